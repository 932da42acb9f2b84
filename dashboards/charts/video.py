"""Video: what cameras reported day by day, and how far building has come."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, counted, lying
from dashboards.charts.look import LINE, days_name, finish, legend_rows, percent
from dashboards.stamp import Stamp

BUILD_STATES = {
    "accepted": ("#a3cfe9", ""),
    "built": ("#d3e8f5", "/"),
    "under_construction": ("#fcf0bd", ""),
    "planned": ("#e3e6ea", "/"),
    "unknown": ("#f2b5a5", "x"),
}
# What may be mining is loud, everything else pale.
MINING = ("其他涉采", ["#d55e00", "#e69f00", "#8c3b2e", "#f2c879", "#cc79a7"])
OTHER = ("其他告警", ["#7f9bb3", "#aebfcd", "#d9e1e8"])


def events_by_day(
    rows: pd.DataFrame, counts: pd.Series, first: date, last: date, stamp: Stamp
) -> go.Figure:
    """Events per day by kind, those that may be mining at the bottom; `counts` sums the range."""
    figure = go.Figure()
    for is_mining, (rest, fills) in ((True, MINING), (False, OTHER)):
        some = rows[rows["is_mining_related"] == is_mining]
        sizes = some.groupby("event_kind_name")["event_count"].sum()
        sizes = sizes.sort_values(ascending=False, kind="stable")
        named = list(sizes.index if len(sizes) <= len(fills) else sizes.index[: len(fills) - 1])
        kinds = some["event_kind_name"].where(some["event_kind_name"].isin(named), rest)
        for kind, fill in zip([*named, rest], [*fills, fills[-1]], strict=False):
            days = some[kinds == kind].groupby("event_date")["event_count"].sum()
            if days.empty:
                continue
            figure.add_bar(
                x=days.index,
                y=days,
                name=escape(kind),
                marker={"color": fill, "line": {"width": 0}},
                hovertemplate="%{x|%Y-%m-%d}　%{y:,} 条" + f"<extra>{escape(kind)}</extra>",
            )
    is_long = (last - first).days > 300
    figure.update_xaxes(
        tickformat="%Y-%m" if is_long else "%m-%d",
        # The whole range, so that days without events are seen as such.
        range=[f"{first:%Y-%m-%d} 00:00", f"{last:%Y-%m-%d} 23:59"],
        nticks=6,
        fixedrange=True,
        showgrid=False,
        linecolor=LINE,
        tickangle=0,
    )
    figure.update_yaxes(
        fixedrange=True,
        gridcolor=LINE,
        zeroline=False,
        rangemode="tozero",
        nticks=5,
        tickformat=",d",
    )
    figure.update_layout(barmode="stack", bargap=0.1)
    # A bar is as wide as a day even if only one day has events.
    figure.update_traces(width=0.9 * 24 * 3600 * 1000, offset=0)
    mining, verified = int(counts["mining_count"]), int(counts["mining_verified_count"])
    title = (
        f"{days_name(first, last, stamp.as_of_at.date())} 告警 {counts['event_count']:,} 条，"
        f"涉采 {mining:,} 条"
    )
    if mining:
        title += f"：属实 {counts['mining_confirmed_count']:,} 条，待核实 {mining - verified:,} 条"
    note = "每天告警条数，按种类；重复推送的同一事件只计一次。"
    if counts["fault_count"]:
        note += f"设备故障 {counts['fault_count']:,} 条未计入。"
    names = [trace.name for trace in figure.data]
    return finish(
        figure,
        stamp,
        title,
        note,
        height=300,
        left=44,
        above=14,
        legend_rows=legend_rows(names, 44),
    )


def built_by_township(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Cameras of each township by how far they have been built."""
    states = rows["build_state_code"].where(rows["build_state_code"].isin(BUILD_STATES), "unknown")
    named = rows.assign(
        township_name=rows["township_name"].fillna("乡镇不明"), build_state_code=states
    )
    table = counted(named, "township_name", "build_state_code", "camera_count", list(BUILD_STATES))
    table = table.loc[:, table.any()]
    totals = table.sum(axis=1)
    serving = named.groupby("township_name", sort=False)["in_service_count"].sum()
    title = (
        f"登记 {totals.sum():,} 台，已投用 {serving.sum():,} 台"
        f"（{percent(serving.sum(), totals.sum())}）"
    )
    share = serving / totals
    if len(table) > 1 and share.min() < 1:
        slowest = share.idxmin()
        title += f"，最慢的是{slowest}（{serving[slowest]}/{totals[slowest]}）"
    note = "登记册上的全部摄像机，按建设状态。"
    if conflicts := int(rows["conflict_count"].sum()):
        note += f"{conflicts} 台的状态与日期矛盾，是否投用以日期为准。"
    parts = {words.BUILD_STATES[state]: BUILD_STATES[state] for state in table}
    return finish(
        lying(table.rename(columns=words.BUILD_STATES), parts, "台", label_width=12),
        stamp,
        title,
        note,
        height=LINE_HEIGHT * max(len(table), 2),
        left=112,
        below=4,
        legend_rows=legend_rows(parts, 112),
    )
