"""Cases: how far those of a period have come, where the open ones stand, what limits they kept."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, lying
from dashboards.charts.look import (
    ALARM,
    FAINT,
    INK,
    LINE,
    days_name,
    finish,
    legend_rows,
    percent,
    wrapped,
)
from dashboards.stamp import Stamp

STAGES = {
    "discovered_count": "发现",
    "stop_notice_count": "责令停止",
    "filed_count": "立案",
    "decided_count": "处罚决定",
    "closed_count": "结案",
    "published_count": "公示",
}
# Days a case has been open, to sort by eye; no legal limit hangs on them.
AGES = {
    "30 天以内": ("#d3e8f5", ""),
    "31～60 天": ("#fcf0bd", ""),
    "61～90 天": ("#f8d7a8", "/"),
    "90 天以上": ("#f2b5a5", "x"),
}
AGE_LIMITS = [30, 60, 90]


def stages_reached(row: pd.Series, first: date, last: date, stamp: Stamp) -> go.Figure:
    """Of the cases discovered in a range, how many have reached each stage."""
    counts = [int(row[stage]) for stage in STAGES]
    discovered = counts[0]
    figure = go.Figure(
        go.Bar(
            y=list(STAGES.values()),
            x=counts,
            orientation="h",
            text=[
                f"{count}" if place == 0 else f"{count}（{percent(count, discovered)}）"
                for place, count in enumerate(counts)
            ],
            # Beside a bar that is too short for it.
            textposition=["inside" if 3 * count > discovered else "outside" for count in counts],
            insidetextanchor="start",
            textangle=0,
            textfont={"size": 13, "color": INK},
            cliponaxis=False,
            marker={"color": "#a3cfe9"},
            hovertemplate="%{y}　%{x} 件<extra></extra>",
        )
    )
    # Room for a figure beside the shortest bars.
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, discovered * 1.05])
    figure.update_yaxes(fixedrange=True, ticks="", ticksuffix=" ", autorange="reversed")
    figure.update_layout(bargap=0.25)
    title = (
        f"{days_name(first, last, stamp.as_of_at.date())} 发现 {discovered} 件："
        f"立案 {row['filed_count']} 件，结案 {row['closed_count']} 件"
    )
    note = (
        "发现日期在此期间的案件，截至目前走到各环节的件数和占比；没有经过的环节不补。"
        f"其中移送公安 {row['transferred_count']} 件。"
    )
    return finish(figure, stamp, title, note, height=LINE_HEIGHT * len(STAGES), left=72, below=4)


def open_by_stage(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Open cases by the stage they stand at and by their age."""
    ages = pd.cut(
        rows["days_open"].astype(float).fillna(0),
        [-float("inf"), *AGE_LIMITS, float("inf")],
        labels=list(AGES),
    )
    stages = rows["stage_name"].fillna("环节不明")
    counts = pd.crosstab(stages, ages, dropna=False)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    old = int(counts["90 天以上"].sum())
    title = f"在办 {len(rows)} 件，"
    title += f"{old} 件已超过 90 天" if old else "都在 90 天以内"
    title += f"；最多停在{counts.index[0]}（{counts.iloc[0].sum()} 件）"
    figure = lying(counts, AGES, "件", label_width=14)
    return finish(
        figure,
        stamp,
        title,
        "自发现之日起的自然日，含停钟；是否超过法定期限另计。",
        height=LINE_HEIGHT * max(len(counts), 2),
        left=130,
        below=4,
        legend_rows=legend_rows(AGES, 130),
    )


# Shape and colour both tell how a clock stands.
CLOCKS = {
    "met": ("circle", "#0072b2"),
    "met_late": ("diamond", "#d55e00"),
    "overdue": ("x", ALARM),
    "no_report": ("square", "#8e5ea2"),
    "open": ("circle-open", FAINT),
}
# Beyond it a clock stands at the edge: one that ran for years would squeeze all others together.
LONGEST_PCT = 300


def clocks(rows: pd.DataFrame, first: date, last: date, stamp: Stamp) -> go.Figure:
    """Per legal limit how much of it each case used; right of the line it was too late."""
    is_late = rows["status"].isin(["met_late", "overdue", "no_report"])
    late = is_late.groupby(rows["rule_name"]).agg(["sum", "count"])
    late = late.sort_values(["sum", "count"], ascending=True, kind="stable")
    labels = {
        name: f"{wrapped(name, 16)}　<b>{row['sum']}/{row['count']}</b>"
        for name, row in late.iterrows()
    }
    figure = go.Figure()
    for status, (symbol, colour) in CLOCKS.items():
        some = rows[(rows["status"] == status) & rows["used_pct"].notna()]
        if some.empty:
            continue
        figure.add_scatter(
            x=some["used_pct"].clip(upper=LONGEST_PCT),
            y=[labels[name] for name in some["rule_name"]],
            mode="markers",
            name=f"{words.STATUSES[status]} {int((rows['status'] == status).sum())}",
            marker={"symbol": symbol, "color": colour, "size": 9, "opacity": 0.8},
            customdata=[
                (escape(str(row.case_id)), escape(row.rule_name), row.used_pct, row.due_date)
                for row in some.itertuples()
            ],
            hovertemplate="%{customdata[0]}　%{customdata[1]}<br>用去期限的 %{customdata[2]:.0f}%，"
            "最后期限 %{customdata[3]|%Y-%m-%d}<extra></extra>",
        )
    figure.add_vline(x=100, line={"color": INK, "width": 1.5})
    figure.update_xaxes(
        range=[-6, LONGEST_PCT + 10],
        tickvals=[0, 100, 200, LONGEST_PCT],
        ticktext=["0", "期限", "2 倍", "≥3 倍"],
        fixedrange=True,
        gridcolor=LINE,
        zeroline=False,
        tickangle=0,
    )
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(labels.values()),
        range=[-0.6, len(labels) - 0.4],
        fixedrange=True,
        gridcolor=LINE,
        ticks="",
        ticksuffix=" ",
    )
    title = f"{len(rows)} 项法定时限，{int(is_late.sum())} 项逾期"
    if is_late.any():
        title += f"；最多的是{late.index[-1]}（{late['sum'].iloc[-1]} 项）"
    note = (
        f"{days_name(first, last, stamp.as_of_at.date())} 到期的，加上仍在计时和逾期未办的，一点一件；"
        "期限已含停钟和延期。名称后为逾期数和总数。"
    )
    if unknown := int(rows["used_pct"].isna().sum()):
        note += f"{unknown} 项只知上报日期，未画。"
    names = [trace.name for trace in figure.data]
    return finish(
        figure,
        stamp,
        title,
        note,
        height=max(LINE_HEIGHT * len(labels), 100),
        left=170,
        below=26,
        legend_rows=legend_rows(names, 170) if names else 0,
    )
