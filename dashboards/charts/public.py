"""The public's part: clues by month and channel, whether they were dealt with in time, publicity."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, OTHERS, counted, in_parts, lying
from dashboards.charts.look import finish, legend_rows
from dashboards.stamp import Stamp

# As on the page of duties: done late is never the colour of done in time.
STATUSES = {
    "met": ("#a3cfe9", ""),
    "met_late": ("#f8d7a8", "/"),
    "overdue": ("#f2b5a5", "x"),
    "no_report": ("#c9b8dd", "\\"),
    "open": ("#eef0f3", ""),
}


def by_month(
    rows: pd.DataFrame, part: str, count: str, unit: str, title: str, note: str, stamp: Stamp
) -> go.Figure:
    """Months from top to bottom, in parts."""
    table, parts = in_parts(rows, "month_name", part, count)
    return finish(
        lying(table, parts, unit, label_width=12),
        stamp,
        title,
        note,
        height=LINE_HEIGHT * max(len(table), 2),
        left=104,
        below=4,
        legend_rows=legend_rows(parts, 104),
    )


def clues(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """The county's clues per month and channel."""
    totals = rows.groupby("channel_name")["clue_count"].sum()
    title = f"全县线索 {totals.sum():,} 条"
    if len(named := totals.drop(OTHERS, errors="ignore")):
        title += f"，最多来自{named.idxmax()}（{named.max():,} 条）"
    note = "按接收月份和来源渠道，只按全县统计；某月某渠道数量很少的并入其他。"
    return by_month(rows, "channel_name", "clue_count", "条", title, note, stamp)


def publicity(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Published items per month and kind."""
    totals = rows.groupby("publicity_kind_name")["item_count"].sum().sort_values(ascending=False)
    title = "公开：" + "，".join(f"{name} {count:,} 条" for name, count in totals.items())
    return by_month(
        rows, "publicity_kind_name", "item_count", "条", title, "按发布月份和类别。", stamp
    )


def in_time(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Duties about clues and rewards by how they stand."""
    table = counted(rows, "rule_name", "status", "obligation_count", list(STATUSES))
    table = table.loc[:, table.any()]
    late = table.reindex(columns=["met_late", "overdue", "no_report"], fill_value=0).sum(axis=1)
    title = f"{table.to_numpy().sum():,} 项时限，{late.sum():,} 项逾期"
    if late.any():
        title += f"；最多的是{late.idxmax()}（{late.max():,} 项）"
    parts = {words.STATUSES[status]: STATUSES[status] for status in table}
    return finish(
        lying(table.rename(columns=words.STATUSES), parts, "项", label_width=18),
        stamp,
        title,
        "所选时间内到期的，加上仍在计时和逾期未办的。",
        height=LINE_HEIGHT * max(len(table), 2),
        left=150,
        below=4,
        legend_rows=legend_rows(parts, 150),
    )
