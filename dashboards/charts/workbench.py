"""The answer of an analyst's own query: one column along the axis, one number for each of its values."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import finish, width_of
from dashboards.stamp import Stamp

# More marks than anyone tells apart; the table and the files hold them all.
SHOWN = 60


def numbers(rows: pd.DataFrame) -> list[str]:
    """Columns that can be drawn as heights."""
    return [name for name in rows if pd.api.types.is_numeric_dtype(rows[name].infer_objects())]


def answered(rows: pd.DataFrame, along: str, value: str, is_line: bool, stamp: Stamp) -> go.Figure:
    """Bars, or a line in the order of the rows."""
    drawn = rows[[along, value]].dropna().head(SHOWN)
    labels = drawn[along].astype(str).str.slice(0, 20)
    figure = go.Figure()
    look = {"hovertemplate": "%{x}　%{y}<extra></extra>"}
    if is_line:
        figure.add_scatter(x=labels, y=drawn[value], mode="lines+markers", **look)
    else:
        figure.add_bar(x=labels, y=drawn[value], **look)
    figure.update_traces(marker={"color": "#0072b2"})
    figure.update_xaxes(type="category", fixedrange=True, automargin=False, tickangle=-60)
    figure.update_yaxes(fixedrange=True, gridcolor="#e5e9e3", rangemode="tozero")
    longest = max((width_of(label) for label in labels), default=0)
    more = len(rows) - len(drawn)
    return finish(
        figure,
        stamp,
        f"{value}（按{along}）",
        f"只画前 {len(drawn)} 行，另有 {more} 行见表" if more else "",
        height=260,
        left=60,
        below=24 + 6 * longest,
    )
