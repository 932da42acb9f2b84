"""Deliveries: whose rows could not be read."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import finish, wrapped
from dashboards.stamp import Stamp


def rejected_by_sender(deliveries: pd.DataFrame, stamp: Stamp, shown: int = 10) -> go.Figure:
    """Whose rows were rejected most, and how many cells of theirs were mended."""
    totals = (
        deliveries.assign(sender_name=deliveries["sender_name"].fillna("未知单位"))
        .groupby("sender_name")[["rejected_count", "warning_count"]]
        .sum()
        .sort_values(["rejected_count", "warning_count"], ascending=False)
    )
    totals = totals[totals.sum(axis=1) > 0].head(shown).iloc[::-1]
    figure = go.Figure()
    labels = [wrapped(name, 16) for name in totals.index]
    for column, name, colour, pattern in (
        ("rejected_count", "退回行", "#d55e00", ""),
        ("warning_count", "警示单元格", "#e3b23c", "/"),
    ):
        figure.add_bar(
            y=labels,
            x=totals[column],
            name=name,
            orientation="h",
            text=totals[column],
            textposition="auto",
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fgcolor": "white", "fillmode": "overlay"},
            },
            hovertemplate="%{y}　%{x}" + f"<extra>{name}</extra>",
        )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True, ticks="", ticksuffix=" ")
    figure.update_layout(barmode="stack", bargap=0.3)
    most = int(totals["rejected_count"].max())
    worst = totals["rejected_count"].idxmax()
    title = f"退回最多的是{worst}，{most} 行" if most else "没有退回的行，只有警示单元格"
    return finish(
        figure, stamp, title, height=40 * max(len(totals), 2), left=130, below=4, legend_rows=1
    )
