"""Bars that lie, one line a thing, in parts that colour and hatching both tell apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import INK, wrapped

# Pale enough for dark figures on all of them; neighbours differ in hatching too.
PARTS = [
    ("#a3cfe9", ""),
    ("#f8d7a8", "/"),
    ("#c9b8dd", ""),
    ("#cfe3bf", "\\"),
    ("#f2b5a5", ""),
    ("#e3e6ea", "x"),
]
LINE_HEIGHT = 34
OTHERS = "其他"


def lying(
    figure_rows: pd.DataFrame, parts: Mapping[str, tuple[str, str]], unit: str, label_width: int
) -> go.Figure:
    """Index as lines from top to bottom, columns as parts; `parts` gives fill and hatching of each."""
    rows = figure_rows.iloc[::-1]
    totals = rows.sum(axis=1)
    labels = [
        f"{wrapped(str(name), label_width)}　<b>{total:,}</b>"
        for name, total in zip(rows.index, totals, strict=True)
    ]
    figure = go.Figure()
    for part, (colour, hatching) in parts.items():
        counts = rows[part]
        figure.add_bar(
            y=labels,
            x=counts,
            name=escape(part),
            orientation="h",
            text=[f"{count:,}" if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 12, "color": INK},
            marker={
                "color": colour,
                "line": {"color": "white", "width": 1},
                "pattern": {"shape": hatching, "fgcolor": "white", "fillmode": "overlay"},
            },
            customdata=[escape(str(name)) for name in rows.index],
            hovertemplate="%{customdata}　%{x:,} " + unit + f"<extra>{escape(part)}</extra>",
        )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True, ticks="", ticksuffix=" ")
    # A figure too narrow for its number shows none; the number by the name is that of the whole line.
    figure.update_layout(barmode="stack", bargap=0.25, uniformtext={"minsize": 10, "mode": "hide"})
    return figure


def counted(
    rows: pd.DataFrame, line: str, part: str, count: str, order: Sequence[str]
) -> pd.DataFrame:
    """Counts as lines by these parts in this order, 0 where there are none; lines as they come."""
    return (
        rows.pivot_table(
            index=line, columns=part, values=count, aggfunc="sum", fill_value=0, sort=False
        )
        .reindex(columns=list(order), fill_value=0)
        .astype(int)
    )


def in_parts(
    rows: pd.DataFrame, line: str, part: str, count: str
) -> tuple[pd.DataFrame, dict[str, tuple[str, str]]]:
    """Counts as lines by parts, the largest part first; parts beyond the fifth become one.

    Lines keep the order in which they come.
    """
    sizes = rows.groupby(part)[count].sum().sort_values(ascending=False, kind="stable")
    named = list(sizes.index[: len(PARTS) - 1])
    parts = rows[part].where(rows[part].isin(named), OTHERS)
    order = named + ([OTHERS] if OTHERS in set(parts) and OTHERS not in named else [])
    table = counted(rows.assign(**{part: parts}), line, part, count, order)
    return table, dict(zip(order, PARTS, strict=False))
