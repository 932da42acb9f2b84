"""Cases: how far those of a period have come, and where the open ones stand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.bars import LINE_HEIGHT, lying
from dashboards.charts.look import INK, days_name, finish, legend_rows, percent
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
