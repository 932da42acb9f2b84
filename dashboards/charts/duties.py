"""Duties: how they stand by clause and township, who leads what is late, and the way to a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, lying
from dashboards.charts.grids import stepped
from dashboards.charts.look import (
    ALARM,
    FAINT,
    INK,
    LINE,
    finish,
    legend_rows,
    narrow,
    percent,
    width_of,
)
from dashboards.stamp import Stamp

# The most pressing first: a cell shows the first of them that it has. Fills are pale enough for dark
# text and told apart by nearly everyone; done late is never the colour of done in time.
STATES = [
    ("overdue_count", "逾", "#f2b5a5"),
    ("no_report_count", "缺", "#c9b8dd"),
    ("due_soon_count", "临", "#fcf0bd"),
    ("met_late_count", "迟", "#f8d7a8"),
    ("open_count", "待", "#eef0f3"),
    ("met_count", "完", "#a3cfe9"),
    ("waived_count", "免", "#dfe6d8"),
]
NOTHING = ("nothing", "#ffffff")
IN_WORDS = {
    "overdue_count": words.STATUSES["overdue"],
    "no_report_count": words.STATUSES["no_report"],
    "due_soon_count": "即将到期",
    "met_late_count": words.STATUSES["met_late"],
    "open_count": words.STATUSES["open"],
    "met_count": words.STATUSES["met"],
    "waived_count": words.STATUSES["waived"],
}
GRID_NOTE = (
    "每格写最要紧的一类和件数，"
    + "，".join(f"{sign}：{IN_WORDS[column]}" for column, sign, _ in STATES)
    + "；百：一百项及以上；空白：没有此项义务。点选一格，列出这一格的全部义务。"
)
LEAD_PARTS = {
    "overdue_count": ("#f2b5a5", ""),
    "no_report_count": ("#c9b8dd", "/"),
    "due_soon_count": ("#fcf0bd", "\\"),
}
TITLE_LENGTH = 12
# A longer number would not fit a cell on a phone.
MANY = 100
PLAN_COLOUR, DONE_COLOUR = "#8a5a00", "#0072b2"


def state(row: pd.Series) -> tuple[str, str]:
    """State and cell text of one clause and township: the most pressing kind and how many of it."""
    for column, sign, _ in STATES:
        count = int(row[column])
        if count:
            return column, f"{sign}{count if count < MANY else '百'}"
    return NOTHING[0], ""


def by_clause_and_township(
    rows: pd.DataFrame,
    clauses: pd.DataFrame,
    townships: Mapping[str, str],
    stamp: Stamp,
    line_height: int = LINE_HEIGHT,
) -> go.Figure:
    """Heat map of clause by township; the state of a cell is its most pressing obligation's.

    Where lines are lower than usual (`line_height` in pixels), a clause's number and title stand in
    one line, and the page tells what `GRID_NOTE` says.
    """
    titles = dict(zip(clauses["clause_code"], clauses["clause_title"], strict=True))
    # From the bottom up, as a figure counts.
    shown = [code for code in reversed(titles) if code in set(rows["clause_code"])]
    # A township that is none of today's has a column too: nothing that is owed may fall out.
    found = [code for code in rows["township_code"].unique() if code not in townships]
    names = dict(townships) | {code: code for code in found}
    grid = (
        pd.MultiIndex.from_product([shown, names], names=["clause_code", "township_code"])
        .to_frame(index=False)
        .merge(rows, on=["clause_code", "township_code"], how="left")
        .fillna(0)
    )
    cells = [state(row) for _, row in grid.iterrows()]
    hover = [
        f"{words.clause_name(row.clause_code)} {escape(titles[row.clause_code])}"
        f"<br>{escape(names[row.township_code])}　"
        + ("，".join(told(row)) or "没有此项义务")
        + ("<br>点选查看明细" if row.obligation_count else "")
        for row in grid.itertuples()
    ]
    fills = [NOTHING, *((column, fill) for column, _, fill in STATES)]
    heat = stepped(grid["township_code"], grid["clause_code"], cells, hover, fills)
    figure = go.Figure(heat.update(hoverinfo="skip", hovertemplate=None))
    # A cell of a heat map cannot be selected, a point can: an unseen one stands in every cell.
    figure.add_scatter(
        x=grid["township_code"],
        y=grid["clause_code"],
        mode="markers",
        marker={"opacity": 0, "size": 16, "symbol": "square"},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=list(zip(hover, grid["clause_code"], grid["township_code"], strict=True)),
        hovertemplate="%{customdata[0]}<extra></extra>",
        showlegend=False,
    )
    labels = [narrow(name) for name in names.values()]
    plain = {"type": "category", "ticks": "", "fixedrange": True, "showgrid": False}
    figure.update_xaxes(
        plain,
        side="top",
        tickangle=0,
        categoryarray=list(names),
        # Points alone would leave room around them.
        range=[-0.5, len(names) - 0.5],
        tickvals=list(names),
        ticktext=labels,
    )
    figure.update_yaxes(
        plain,
        categoryarray=shown,
        range=[-0.5, len(shown) - 0.5],
        tickvals=shown,
        ticktext=[
            clause_label(code, titles[code], "<br>" if line_height >= LINE_HEIGHT else " ")
            for code in shown
        ],
    )
    finish(
        figure,
        stamp,
        clause_finding(rows, titles),
        GRID_NOTE if line_height >= LINE_HEIGHT else "",
        height=line_height * len(shown),
        left=92 if line_height >= LINE_HEIGHT else 138,
        above=22 + 16 * max(label.count("<br>") + 1 for label in labels),
        below=4,
    )
    # Wherever in a cell the pointer is, its point is the nearest.
    return figure.update_layout(hoverdistance=-1)


def told(row: object) -> list[str]:
    """How many of each kind, in words; those that are due soon are not counted as open once more."""
    counts = {column: int(getattr(row, column)) for column, _, _ in STATES}
    counts["open_count"] -= counts["due_soon_count"]
    return [f"{IN_WORDS[column]} {count}" for column, count in counts.items() if count]


def clause_label(code: str, title: str, between: str) -> str:
    """A clause's number and title, in two lines or one, short enough for the margin."""
    short = title = title.replace("“", "").replace("”", "")
    while width_of(short) > TITLE_LENGTH:
        short = short[:-1]
    return f"{words.clause_name(code)}{between}{escape(short)}{'…' if short != title else ''}"


def clause_finding(rows: pd.DataFrame, titles: Mapping[str, str]) -> str:
    """How many obligations are late, and under which clause the most."""
    late = rows["overdue_count"] + rows["no_report_count"]
    if not late.sum():
        soon = rows["due_soon_count"].sum()
        return "没有逾期的义务" + (f"，{soon:,} 项即将到期" if soon else "")
    by_clause = late.groupby(rows["clause_code"]).sum()
    worst = by_clause.idxmax()
    return (
        f"逾期 {rows['overdue_count'].sum():,} 项，未报送 {rows['no_report_count'].sum():,} 项，"
        f"最多的是{titles[worst]}（{by_clause.max():,} 项）"
    )


def by_lead_unit(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """What is late and what soon will be, by the unit that leads."""
    names = {column: IN_WORDS[column] for column in LEAD_PARTS}
    table = rows.set_index("lead_unit_name")[list(LEAD_PARTS)].astype(int).rename(columns=names)
    table = table.loc[:, table.any()]
    parts = {names[column]: look for column, look in LEAD_PARTS.items() if names[column] in table}
    late = (rows["overdue_count"] + rows["no_report_count"]).astype(int)
    first = rows.iloc[0]
    if late.iloc[0]:
        title = f"逾期最多的是{first['lead_unit_name']}牵头的义务，{late.iloc[0]:,} 项"
        longest = rows["most_days_late"].astype(float).max()
        title += f"；最久的已逾期 {longest:,.0f} 天"
    else:
        title = f"没有逾期，{rows['due_soon_count'].sum():,} 项即将到期"
    return finish(
        lying(table, parts, "项", label_width=12),
        stamp,
        title,
        "按牵头单位；具体由谁承办见下方明细。",
        height=LINE_HEIGHT * max(len(table), 2),
        left=128,
        below=4,
        legend_rows=legend_rows(parts, 128),
    )


def deadline_finding(last: pd.Series, stamp: Stamp) -> str:
    """Where the work towards a deadline stands by its last week, and where it leads, by its name."""
    place = "" if pd.isna(last["township_name"]) else f"{last['township_name']} · "
    left = (last["due_date"].date() - stamp.as_of_at.date()).days
    stalled = last["forecast_code"] == "stalled"
    due = f"，离期限还有 {left} 天" if left >= 0 else f"，已过期限 {-left} 天"
    return f"{place}{last['deadline_name']}：{progress_finding(last)}{due if stalled else ''}"


def progress_finding(last: pd.Series) -> str:
    """The same without the name and the days left."""
    planned, done = int(last["planned_count"]), int(last["done_count"])
    if not planned:
        return "没有列入计划的事项"
    progress = f"已完成 {done}/{planned}（{percent(done, planned)}）"
    if last["forecast_code"] == "stalled":
        return f"{progress}，近期没有新完成的，推算不出完成日期"
    day, after = f"{last['forecast_date']:%Y-%m-%d}", int(last["days_after_due"])
    against = f"比期限晚 {after} 天" if after > 0 else f"比期限早 {-after} 天"
    if not after:
        against = "正是期限当天"
    if last["forecast_code"] == "finished":
        return f"{planned} 项已于 {day} 全部完成，{against}"
    return f"{progress}，照近期进度 {day} 完成，{against}"


def deadline_weeks(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Burn-up of one deadline: planned, due by plan, done, and where the recent pace leads."""
    last = rows.iloc[-1]
    due = last["due_date"]
    figure = go.Figure()
    lines = [("planned_count", "计划", INK, "solid", 1.5, "hv")]
    # Where each thing is due on the last day itself this line would lie on the axis until then.
    if (rows["due_count"] > 0)[rows["measured_at"] <= due].any():
        lines.append(("due_count", "按计划应完成", PLAN_COLOUR, "dot", 2, "hv"))
    lines.append(("done_count", "已完成", DONE_COLOUR, "solid", 3, "linear"))
    for column, name, colour, dash, width, shape in lines:
        days, counts = list(rows["measured_at"]), list(rows[column])
        if column == "planned_count":
            # As far as the deadline, so that what is missing there can be seen.
            days, counts = [*days, max(due, days[-1])], [*counts, counts[-1]]
        figure.add_scatter(
            x=days,
            y=counts,
            mode="lines" if len(rows) > 1 else "lines+markers",
            name=name,
            line={"color": colour, "dash": dash, "width": width, "shape": shape},
            hovertemplate="%{x|%Y-%m-%d}　%{y:,} 项" + f"<extra>{name}</extra>",
        )
    begin = rows["week_start_date"].min()
    end = max(due + timedelta(days=1), last["measured_at"])
    if last["forecast_code"] == "forecast":
        figure.add_scatter(
            x=[last["measured_at"], last["forecast_date"]],
            y=[last["done_count"], last["planned_count"]],
            mode="lines",
            name="按近期进度推算",
            line={"color": DONE_COLOUR, "dash": "dash", "width": 2},
            hovertemplate="%{x|%Y-%m-%d}　%{y:,} 项<extra>按近期进度推算</extra>",
        )
        # A day years ahead would press everything else into the margin: the title says it.
        end = max(end, min(last["forecast_date"], end + (end - begin)))
    figure.add_vline(x=due.timestamp() * 1000, line={"color": ALARM, "width": 1.5})
    figure.add_annotation(
        x=due,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text=f"期限 {due:%m-%d}",
        showarrow=False,
        font={"size": 12, "color": ALARM},
    )
    span = end - begin
    figure.update_xaxes(
        tickformat="%Y-%m" if span.days > 300 else "%m-%d",
        range=[begin, end + span * 0.03],
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
        range=[0, 1.06 * max(rows["planned_count"].max(), 1)],
        nticks=5,
        tickformat=",d",
        tickfont={"color": FAINT},
    )
    note = "每周末累计的项数；免除的不计。"
    if last["forecast_code"] == "forecast":
        note += f"近期每周完成 {float(last['pace_per_week']):.1f} 项，虚线照此推算。"
    if last["certainty_code"] == "configured":
        note += "期限是设定值，通知没有写明。"
    names = [trace.name for trace in figure.data]
    return finish(
        figure,
        stamp,
        deadline_finding(last, stamp),
        note,
        height=260,
        left=44,
        above=26,
        legend_rows=legend_rows(names, 44),
    )
