"""Charts of contradictions: which rules raise most, and where these stand."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.bars import LINE_HEIGHT, counted, lying
from dashboards.charts.look import finish, legend_rows
from dashboards.stamp import Stamp

STANDINGS = {
    "未下发": (("unasked",), "#e3e6ea", ""),
    "已下发": (("asked",), "#f8d7a8", "/"),
    "已说明或不属实": (("explained", "refuted"), "#cfe3bf", "\\"),
    "属实": (("confirmed",), "#c9b8dd", ""),
    "逾期未说明": (("unanswered",), "#f2b5a5", "x"),
}


def by_rule(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Contradictions by rule, in parts by where they stand."""
    of_code = {code: name for name, (codes, *_) in STANDINGS.items() for code in codes}
    named = rows.assign(part=rows["status_code"].map(of_code))
    counts = counted(named, "rule_name", "part", "contradiction_count", list(STANDINGS))
    total, unasked = int(counts.to_numpy().sum()), int(counts["未下发"].sum())
    title = f"{total} 条需核实线索，{unasked} 条尚未下发；最多为“{counts.index[0]}”"
    parts = {name: (colour, hatching) for name, (_, colour, hatching) in STANDINGS.items()}
    figure = lying(counts, parts, "条", label_width=16)
    return finish(
        figure,
        stamp,
        title,
        "按规则分；同一条台账可因不同规则各列一条。",
        height=LINE_HEIGHT * max(len(counts), 2),
        left=150,
        below=4,
        legend_rows=legend_rows(STANDINGS, 150),
    )
