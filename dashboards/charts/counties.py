"""The counties of a city side by side, in the order of their codes; who has not reported is no zero."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, in_parts, lying
from dashboards.charts.grids import stepped
from dashboards.charts.look import ALARM, INK, finish, legend_rows, narrow, percent, wrapped
from dashboards.stamp import Stamp

# State, sign in the cell, fill; the most pressing first.
STATES = [
    ("no_report", "缺", "#c9b8dd"),
    ("missed", "未", "#f2b5a5"),
    ("no_base", "无", "#eef0f3"),
    ("met", "达", "#a3cfe9"),
]
NOTHING = "nothing"
# How a county goes towards a deadline: colour, hatching, and the words beside the bar.
PACES = {
    "finished": ("已完成", "#a3cfe9", ""),
    "in_time": ("照近期进度按期", "#cfe3bf", "\\"),
    "late": ("照近期进度逾期", "#f8d7a8", "/"),
    "stalled": ("近期无进展", "#f2b5a5", "x"),
}
NOT_REPORTED = words.TARGETS["no_report"]


def missing(rows: pd.DataFrame) -> str:
    """How many of the counties have not reported, as the end of a title."""
    counties = rows[["county_name", "has_reported"]].drop_duplicates()
    count = int((~counties["has_reported"]).sum())
    return silent_tail(count)


def silent_tail(count: int) -> str:
    """The end of a title that says how many counties have not reported; nothing if all have."""
    return f"；{count} 个县未报送" if count else ""


def by_metric_and_county(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Metrics with a target by county: met, missed, a share of nothing, or no report."""
    signs = {state: sign for state, sign, _ in STATES}
    metrics = rows.drop_duplicates("metric_code")
    counties = rows.drop_duplicates("county_code")
    cells = [
        (state if state in signs else NOTHING, signs.get(state, ""))
        for state in rows["target_status_code"]
    ]
    hover = [
        f"{escape(row.county_name)}　{escape(row.metric_name)}<br>"
        + words.TARGETS[row.target_status_code]
        + (
            f"：{row.metric_value:g}{row.unit_text}（目标 {row.target_number:g}{row.unit_text}）"
            if pd.notna(row.metric_value)
            else ""
        )
        for row in rows.itertuples()
    ]
    fills = [(NOTHING, "#ffffff"), *((state, fill) for state, _, fill in STATES)]
    figure = go.Figure(stepped(rows["county_code"], rows["metric_code"], cells, hover, fills))
    plain = {"type": "category", "ticks": "", "fixedrange": True, "showgrid": False}
    labels = [narrow(name, 1) for name in counties["county_name"].str.slice(0, 3)]
    figure.update_xaxes(
        plain, side="top", tickangle=0, tickvals=list(counties["county_code"]), ticktext=labels
    )
    figure.update_yaxes(
        plain,
        autorange="reversed",
        categoryarray=list(metrics["metric_code"]),
        tickvals=list(metrics["metric_code"]),
        ticktext=[escape(name) for name in metrics["metric_name"].str.slice(0, 11)],
    )
    note = "，".join(f"{sign}：{words.TARGETS[state]}" for state, sign, _ in STATES)
    return finish(
        figure,
        stamp,
        target_finding(rows),
        f"{note}。只列有目标的指标，按条款顺序；县按代码排列，不是名次。",
        height=22 * len(metrics),
        left=150,
        above=14 + 15 * max(label.count("<br>") + 1 for label in labels),
        below=4,
    )


def target_finding(rows: pd.DataFrame) -> str:
    """Which metric the most counties miss, and how many counties say nothing."""
    missed = rows[rows["target_status_code"] == "missed"]
    silent = rows[rows["target_status_code"] == "no_report"]["county_code"].nunique()
    tail = silent_tail(silent)
    if missed.empty:
        return f"报送的县没有未达到目标的指标{tail}"
    by_metric = missed.groupby("metric_name", sort=False).size()
    worst = by_metric.idxmax()
    reporting = rows["county_code"].nunique() - silent
    return f"未达到目标最多的是{worst}，报送的 {reporting} 个县中 {by_metric.max()} 个{tail}"


def pace(row: object) -> str | None:
    """A key of `PACES`; None where nothing is planned or nothing was reported."""
    if not row.has_reported or not row.planned_count > 0:
        return None
    if row.forecast_code == "forecast":
        # Without a day of its own nobody can say that it will be late.
        is_late = pd.notna(row.forecast_date) and row.forecast_date > row.due_date
        return "late" if is_late else "in_time"
    return "finished" if row.forecast_code == "finished" else "stalled"


def deadline(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """One deadline: how much of its plan each county has done, and where its pace leads."""
    paces = [pace(row) for row in rows.itertuples()]
    texts = [progress(row, one) for row, one in zip(rows.itertuples(), paces, strict=True)]
    shown = [one or NOTHING for one in paces]
    labels = [wrapped(name, 14) for name in rows["county_name"]]
    figure = go.Figure()
    for code, (name, colour, hatching) in PACES.items():
        some = [place for place, one in enumerate(shown) if one == code]
        if not some:
            continue
        figure.add_bar(
            y=[labels[place] for place in some],
            x=rows["done_pct"].astype(float).iloc[some],
            name=f"{name} {len(some)}",
            orientation="h",
            marker={
                "color": colour,
                "line": {"color": INK, "width": 0.5},
                "pattern": {"shape": hatching, "fgcolor": "white", "fillmode": "overlay"},
            },
            customdata=[texts[place] for place in some],
            hovertemplate="%{y}　%{customdata}<extra></extra>",
        )
    # Beside no bar at all there is a word, too: a missing report is no zero.
    figure.add_scatter(
        y=labels,
        x=[1.5] * len(labels),
        mode="text",
        text=texts,
        textposition="middle right",
        textfont={
            "size": 12,
            "color": [INK if told else ALARM for told in rows["has_reported"]],
        },
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, 101])
    figure.update_yaxes(
        type="category",
        fixedrange=True,
        ticks="",
        ticksuffix=" ",
        categoryorder="array",
        categoryarray=labels,
        range=[len(labels) - 0.5, -0.5],
    )
    figure.update_layout(bargap=0.25, barmode="overlay")
    names = [trace.name for trace in figure.data if trace.showlegend is not False]
    return finish(
        figure,
        stamp,
        deadline_finding(rows, paces),
        "完成数/计划数，月末的情况；条长为完成率，右端为 100%。县按代码排列，不是名次。"
        + (
            "期限是设定值，通知没有写明。" if rows["certainty_code"].iloc[0] == "configured" else ""
        ),
        height=LINE_HEIGHT * max(len(labels), 2),
        left=104,
        below=4,
        legend_rows=legend_rows(names, 104) if names else 0,
    )


def progress(row: object, one: str | None) -> str:
    """What stands on a county's line."""
    if not row.has_reported:
        return NOT_REPORTED
    if one is None:
        return words.FORECASTS["nothing_planned"] if row.planned_count == 0 else "没有这项期限"
    day = f" {row.forecast_date:%m-%d}" if one == "late" else ""
    done = f"{int(row.done_count)}/{int(row.planned_count)}"
    return f"{done}（{percent(row.done_count, row.planned_count)}）{PACES[one][0]}{day}"


def deadline_finding(rows: pd.DataFrame, paces: list[str | None]) -> str:
    """How many of the counties that reported have finished, and how many will not in time."""
    first = rows.iloc[0]
    due = f"（{first['due_date']:%Y-%m-%d}）" if pd.notna(first["due_date"]) else ""
    reporting = int(rows["has_reported"].sum())
    parts = [
        f"{paces.count(code)} 个{said}"
        for code, said in (
            ("finished", "已完成"),
            ("late", "照近期进度逾期"),
            ("stalled", "近期无进展"),
        )
        if code in paces
    ]
    told = "，".join(parts) or "没有已完成的，也没有预计逾期的"
    return f"{first['deadline_name']}{due}：{reporting} 个县报送，{told}{missing(rows)}"


def cases_by_type(rows: pd.DataFrame, reported: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Open cases by county and type; who has not reported is told and not drawn."""
    table, parts = in_parts(rows, "county_name", "case_type_name", "open_count")
    total = int(rows["open_count"].sum())
    reporting = int(reported["has_reported"].sum())
    title = (
        f"月末在办 {total:,} 件，在报送的 {reporting} 个县中的 {len(table)} 个{missing(reported)}"
    )
    silent = "、".join(reported.loc[~reported["has_reported"], "county_name"])
    note = "按案件类型；没有在办案件的县不画，县按代码排列，不是名次。"
    note += f"未报送：{silent}。" if silent else ""
    return finish(
        lying(table, parts, "件", label_width=12),
        stamp,
        title,
        note,
        height=LINE_HEIGHT * max(len(table), 2),
        left=128,
        below=4,
        legend_rows=legend_rows(parts, 128),
    )
