"""Charts of incidents: who told first, and what came of it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.bars import LINE_HEIGHT, lying
from dashboards.charts.look import finish, legend_rows
from dashboards.stamp import Stamp

ANSWERS = {
    "有案件": ("case_count", "#a3cfe9", ""),
    "有书面说明": ("reason_count", "#cfe3bf", "\\"),
    "未处理": ("unanswered_count", "#f2b5a5", "x"),
}


def by_first_source(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Sure incidents by who told first, in parts by what came of them."""
    counts = rows.set_index("first_source_name")[[column for column, *_ in ANSWERS.values()]]
    counts.columns = list(ANSWERS)
    total, open_count = int(counts.to_numpy().sum()), int(counts["未处理"].sum())
    title = f"{total} 起可信程度高的事件，" + (
        f"{open_count} 起既无案件也无说明" if open_count else "都有案件或说明"
    )
    title += f"；最多由{counts.index[0]}首先发现（{counts.iloc[0].sum()} 起）"
    parts = {name: (colour, hatching) for name, (_, colour, hatching) in ANSWERS.items()}
    figure = lying(counts.astype(int), parts, "起", label_width=14)
    return finish(
        figure,
        stamp,
        title,
        "可信程度高：已查实，或有两类以上可信来源。按最早一条信号的来源分。",
        height=LINE_HEIGHT * max(len(counts), 2),
        left=130,
        below=4,
        legend_rows=legend_rows(ANSWERS, 130),
    )
