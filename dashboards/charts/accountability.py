"""Matters of officials: what is owed about them, and what was decided. Never who."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, counted, lying
from dashboards.charts.look import finish, legend_rows
from dashboards.stamp import Stamp

STATES = {
    "overdue": ("#f2b5a5", "x"),
    "no_report": ("#c9b8dd", "/"),
    "open": ("#eef0f3", ""),
    "met_late": ("#f8d7a8", "\\"),
    "met": ("#a3cfe9", ""),
    "waived": ("#dfe6d8", ""),
}
PUBLISHED = {"已公开": ("#a3cfe9", ""), "未公开": ("#f8d7a8", "/")}


def by_rule(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Duties about officials by rule, in parts by how they stand."""
    named = rows.assign(part=rows["status"].map(words.STATUSES))
    order = [words.STATUSES[state] for state in STATES if state in set(rows["status"])]
    counts = counted(named, "rule_name", "part", "obligation_count", order)
    parts = {words.STATUSES[state]: look for state, look in STATES.items()}
    late = [words.STATUSES[state] for state in ("overdue", "no_report")]
    by_rule_late = counts.reindex(columns=late, fill_value=0).sum(axis=1)
    title = f"{int(counts.to_numpy().sum())} 项追责义务，"
    if by_rule_late.sum():
        title += f"{by_rule_late.sum()} 项逾期；最多的是{by_rule_late.idxmax()}"
        title += f"（{by_rule_late.max()} 项）"
    else:
        title += "没有逾期"
    note = "所选时间内到期的，加上仍在计时和逾期未办的。"
    if guessed := int(rows["configured_count"].sum()):
        note += f"其中 {guessed} 项的期限是设定值，通知写“及时”或没有写。"
    return finish(
        lying(counts, {name: parts[name] for name in order}, "项", label_width=16),
        stamp,
        title,
        note,
        height=LINE_HEIGHT * max(len(counts), 2),
        left=150,
        below=4,
        legend_rows=legend_rows(order, 150),
    )


def by_action(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Matters closed by kind of action, in parts by whether they are published."""
    named = rows.assign(part=rows["is_published"].map({True: "已公开", False: "未公开"}))
    counts = counted(named, "action_text", "part", "matter_count", list(PUBLISHED))
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    people = rows["person_count"].sum(min_count=1)
    title = f"办结 {int(counts.to_numpy().sum())} 件，"
    title += "人数未填" if pd.isna(people) else f"处理 {int(people)} 人"
    hidden = int(counts["未公开"].sum())
    title += f"；{hidden} 件未公开" if hidden else "；全部公开"
    return finish(
        lying(counts, PUBLISHED, "件", label_width=16),
        stamp,
        title,
        "按处理方式，所选时间内办结的事项。",
        height=LINE_HEIGHT * max(len(counts), 2),
        left=150,
        below=4,
        legend_rows=legend_rows(PUBLISHED, 150),
    )
