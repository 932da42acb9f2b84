"""Patrols: coverage of what is owed."""

from __future__ import annotations

import math
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.look import INK, finish, narrow, percent, period_name, relative_period_name
from dashboards.stamp import Stamp

# Fills are pale enough for dark text on all of them; the text alone tells the state.
COVERAGE_STATES = [
    ("nothing_expected", "#eef0f3"),
    ("silent", "#f2b5a5"),
    ("below_60", "#f8d7a8"),
    ("below_90", "#fcf0bd"),
    ("below_100", "#d3e8f5"),
    ("complete", "#a3cfe9"),
]
STATE_NUMBERS = {state: number for number, (state, _) in enumerate(COVERAGE_STATES)}


def coverage_finding(rows: pd.DataFrame, level_code: str, stamp: Stamp) -> str:
    """The last closed period in one sentence; of the open one if none is closed yet."""
    level = words.LEVELS.get(level_code, level_code)
    pool = rows[~rows["is_open"]] if (~rows["is_open"]).any() else rows
    last = pool[pool["period_start_date"] == pool["period_start_date"].max()]
    first_row = last.iloc[0]
    period = relative_period_name(
        first_row["period_kind_code"],
        first_row["period_start_date"].date(),
        first_row["period_end_date"].date(),
        stamp.as_of_at.date(),
    )
    expected, done = last["expected_count"].sum(), last["done_count"].sum()
    if not expected:
        return f"{period}没有应做的{level}巡查"
    silent = last[last["is_silent"] & (last["expected_count"] > 0)]["township_name"].tolist()
    tail = f"，{len(silent)} 个乡镇未报：{'、'.join(silent)}" if silent else "，没有乡镇漏报"
    return f"{period}{level}巡查覆盖率 {percent(done, expected)}{tail}"


def coverage_state(row: pd.Series) -> tuple[str, str]:
    """State and cell text of one township and period."""
    if pd.isna(row["coverage_pct"]):
        return "nothing_expected", "—"
    if row["is_silent"] and not row["done_count"]:
        # While the period runs, nobody is late yet.
        return ("nothing_expected", "待报") if row["is_open"] else ("silent", "未报")
    share = float(row["coverage_pct"])
    state = next(
        (
            name
            for limit, name in ((60, "below_60"), (90, "below_90"), (100, "below_100"))
            if share < limit
        ),
        "complete",
    )
    return state, f"{math.floor(share)}"


def period_label(row: Any, today: date) -> str:
    """A period's name in lines short enough for the margin, with 进行中 while it runs."""
    name = period_name(
        row.period_kind_code, row.period_start_date.date(), row.period_end_date.date(), today
    )
    if row.period_kind_code == "week":
        name = name.replace("年", "年<br>")
    return f"{name}<br>进行中" if row.is_open else name


def coverage(rows: pd.DataFrame, level_code: str, stamp: Stamp) -> go.Figure:
    """Heat map of township by period, the newest period on top.

    Periods run downwards because their number is the reader's choice and the number of townships is
    not: a year of weeks makes the picture longer, never its text smaller.
    """
    today = stamp.as_of_at.date()
    states = [coverage_state(row) for _, row in rows.iterrows()]
    hover = [
        f"{escape(row.township_name)}　{period_label(row, today).replace('<br>', '')}"
        f"<br>应巡 {row.expected_count}，已巡 {row.done_count}"
        f"<br>台账 {row.form_count} 份，其中零报告 {row.zero_report_count} 份"
        for row in rows.itertuples()
    ]
    number = len(COVERAGE_STATES)
    figure = go.Figure(
        go.Heatmap(
            x=rows["township_code"],
            y=rows["period_start_date"].dt.strftime("%Y-%m-%d"),
            z=[STATE_NUMBERS[state] for state, _ in states],
            text=[text for _, text in states],
            texttemplate="%{text}",
            textfont={"size": 12, "color": INK},
            customdata=hover,
            hovertemplate="%{customdata}<extra></extra>",
            zmin=-0.5,
            zmax=number - 0.5,
            # Two edges a colour make steps; a blend would suggest that "not reported" is a number.
            colorscale=[
                (edge / number, colour)
                for place, (_, colour) in enumerate(COVERAGE_STATES)
                for edge in (place, place + 1)
            ],
            showscale=False,
            xgap=2,
            ygap=2,
        )
    )
    townships = rows.drop_duplicates("township_code").sort_values("township_code")
    periods = rows.drop_duplicates("period_start_date").sort_values("period_start_date")
    township_labels = [narrow(name) for name in townships["township_name"]]
    plain = {"type": "category", "ticks": "", "fixedrange": True, "showgrid": False}
    figure.update_xaxes(
        plain,
        side="top",
        tickangle=0,
        categoryarray=townships["township_code"],
        tickvals=townships["township_code"],
        ticktext=township_labels,
    )
    days = periods["period_start_date"].dt.strftime("%Y-%m-%d")
    figure.update_yaxes(
        plain,
        categoryarray=days,
        tickvals=days,
        ticktext=[period_label(row, today) for row in periods.itertuples()],
    )
    return finish(
        figure,
        stamp,
        coverage_finding(rows, level_code, stamp),
        "格内为覆盖率（%）。未报：没有任何台账；待报：本期未完；—：没有应巡对象。",
        height=34 * len(periods),
        left=92,
        above=22 + 16 * max(label.count("<br>") + 1 for label in township_labels),
        below=4,
    )
