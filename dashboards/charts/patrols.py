"""Patrols: coverage of what is owed, and what came from whom."""

from __future__ import annotations

import math
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.grids import stepped
from dashboards.charts.look import finish, narrow, percent, period_name, relative_period_name
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
RECEIPT_STATES = [
    ("waiting", "#eef0f3"),
    ("silent", "#f2b5a5"),
    ("zero_reports", "#fcf0bd"),
    ("lines", "#a3cfe9"),
]


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


def township_grid(
    rows: pd.DataFrame,
    cells: list[tuple[str, str]],
    hover: list[str],
    colours: list[tuple[str, str]],
    stamp: Stamp,
    title: str,
    note: str,
) -> go.Figure:
    """Heat map of township by period, the newest period on top.

    `cells` are state and text of each row, `colours` state and fill. Periods run downwards because
    their number is the reader's choice and the number of townships is not: a year of weeks makes the
    picture longer, never its text smaller.
    """
    today = stamp.as_of_at.date()
    first_days = rows["period_start_date"].dt.strftime("%Y-%m-%d")
    figure = go.Figure(stepped(rows["township_code"], first_days, cells, hover, colours))
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
        title,
        note,
        height=34 * len(periods),
        left=92,
        above=22 + 16 * max(label.count("<br>") + 1 for label in township_labels),
        below=4,
    )


def coverage(rows: pd.DataFrame, level_code: str, stamp: Stamp) -> go.Figure:
    """How much of what was owed in each township and period was patrolled."""
    today = stamp.as_of_at.date()
    hover = [
        f"{escape(row.township_name)}　{period_label(row, today).replace('<br>', '')}"
        f"<br>应巡 {row.expected_count}，已巡 {row.done_count}"
        f"<br>台账 {row.form_count} 份，其中零报告 {row.zero_report_count} 份"
        for row in rows.itertuples()
    ]
    return township_grid(
        rows,
        [coverage_state(row) for _, row in rows.iterrows()],
        hover,
        COVERAGE_STATES,
        stamp,
        coverage_finding(rows, level_code, stamp),
        "格内为覆盖率（%）。未报：没有任何台账；待报：本期未完；—：没有应巡对象。",
    )


def weeks_of_receipt(
    forms: pd.DataFrame, townships: pd.DataFrame, first: date, last: date, stamp: Stamp
) -> pd.DataFrame:
    """Every township in every week that touches the range, also those from which nothing came."""
    monday = first - timedelta(days=first.weekday())
    weeks = pd.DataFrame({"period_start_date": pd.date_range(monday, last, freq="7D", unit="us")})
    rows = (
        townships[["township_code", "township_name"]]
        .merge(weeks, how="cross")
        .merge(
            forms.rename(columns={"week_start_date": "period_start_date"}),
            on=["township_code", "period_start_date"],
            how="left",
        )
        .fillna({"form_count": 0, "zero_report_count": 0, "row_count": 0})
        .astype({"form_count": int, "zero_report_count": int, "row_count": int})
    )
    end = rows["period_start_date"] + timedelta(days=6)
    return rows.assign(
        period_kind_code="week",
        period_end_date=end,
        is_open=end.dt.date >= stamp.as_of_at.date(),
    )


def receipt_state(row: Any) -> tuple[str, str]:
    """State and cell text of one township and week: nothing, zero reports only, or lines."""
    if not row.form_count:
        return ("waiting", "待报") if row.is_open else ("silent", "未收")
    if row.form_count == row.zero_report_count:
        return "zero_reports", "零报告"
    return "lines", f"{row.row_count}"


def receipt_finding(rows: pd.DataFrame, stamp: Stamp) -> str:
    """The last full week in one sentence; the running one if there is no other."""
    pool = rows[~rows["is_open"]] if (~rows["is_open"]).any() else rows
    last = pool[pool["period_start_date"] == pool["period_start_date"].max()]
    first_row = last.iloc[0]
    week = relative_period_name(
        "week",
        first_row["period_start_date"].date(),
        first_row["period_end_date"].date(),
        stamp.as_of_at.date(),
    )
    silent = last[last["form_count"] == 0]["township_name"].tolist()
    title = f"{week}收到台账 {last['form_count'].sum()} 份"
    if len(silent) == len(last) > 1:
        return f"{week}没有收到任何乡镇的台账"
    return (
        f"{title}，{len(silent)} 个乡镇未报：{'、'.join(silent)}"
        if silent
        else (f"{title}，没有乡镇漏报")
    )


def forms_by_week(
    forms: pd.DataFrame, townships: pd.DataFrame, first: date, last: date, stamp: Stamp
) -> go.Figure:
    """Which township sent ledgers in which week: silent, zero reports only, or lines."""
    today = stamp.as_of_at.date()
    rows = weeks_of_receipt(forms, townships, first, last, stamp)
    hover = [
        f"{escape(row.township_name)}　{period_label(row, today).replace('<br>', '')}"
        f"<br>收到 {row.form_count} 份，其中零报告 {row.zero_report_count} 份"
        f"<br>台账行 {row.row_count} 条"
        for row in rows.itertuples()
    ]
    return township_grid(
        rows,
        [receipt_state(row) for row in rows.itertuples()],
        hover,
        RECEIPT_STATES,
        stamp,
        receipt_finding(rows, stamp),
        "格内为收到的台账行数，按接收时间归周，含后来被更正的台账。"
        "未收：整周没有任何台账；零报告：来了，表中没有行。",
    )
