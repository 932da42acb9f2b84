"""One site's history: a strip of weeks for each kind of evidence."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.grids import stepped
from dashboards.charts.look import finish, width_of
from dashboards.stamp import Stamp

# Found or late stands out by its mark and its colour; nothing stays white.
STATES = [
    ("nothing", "#ffffff"),
    ("told", "#a3cfe9"),
    ("sure", "#f2b5a5"),
]
LINE_HEIGHT = 30
# More weeks than this would leave no room for a mark.
MOST_WEEKS = 27
# Above these a cell says so instead of pressing three digits into a week.
MANY = 100


def weeks(rows: pd.DataFrame, first: date, last: date, stamp: Stamp) -> go.Figure:
    """Lines of evidence by week; a cell says how many and whether any of it is sure."""
    end = last - timedelta(days=last.weekday())
    begin = max(first - timedelta(days=first.weekday()), end - timedelta(weeks=MOST_WEEKS - 1))
    mondays = [begin + timedelta(weeks=number) for number in range((end - begin).days // 7 + 1)]
    lines = (
        rows.groupby("line_name")["line_code"]
        .first()
        .sort_values(key=lambda codes: codes.map(rank))
    )
    known = rows.assign(week_start_date=pd.to_datetime(rows["week_start_date"]).dt.date).set_index(
        ["line_name", "week_start_date"]
    )
    cells, hover = [], []
    for line in reversed(lines.index):
        for monday in mondays:
            if (line, monday) not in known.index:
                cells.append(("nothing", ""))
                hover.append(f"{escape(line)}　{monday:%Y-%m-%d} 起的一周：没有")
                continue
            one = known.loc[(line, monday)]
            told = int(one["told_count"])
            sure = 0 if pd.isna(one["sure_count"]) else int(one["sure_count"])
            text = str(told) if told < MANY else "百"
            cells.append(("sure" if sure else "told", f"{text}!" if sure else text))
            hover.append(
                f"{escape(line)}　{monday:%Y-%m-%d} 起的一周：{told} 次"
                + (f"，其中发现、属实、立案或逾期 {sure}" if sure else "")
            )
    grid = stepped(
        [
            f"{monday:%m-%d}" if monday.year == end.year else f"{monday:%y-%m-%d}"
            for monday in mondays
        ]
        * len(lines),
        [line for line in reversed(lines.index) for _ in mondays],
        cells,
        hover,
        STATES,
    )
    figure = go.Figure(grid)
    figure.update_xaxes(
        type="category",
        side="top",
        tickangle=0,
        nticks=6,
        ticks="",
        fixedrange=True,
        showgrid=False,
    )
    figure.update_yaxes(type="category", ticks="", ticksuffix=" ", fixedrange=True, showgrid=False)
    told = int(rows["told_count"].sum())
    sure = int(rows["sure_count"].sum())
    left = 20 + 7 * max(width_of(name) for name in lines.index)
    return finish(
        figure,
        stamp,
        f"{len(mondays)} 周里有 {told:,} 条记录，其中 {sure:,} 条是发现、属实、立案或逾期",
        "每格为一周（周一的日期）；数字为条数，带 ! 的格里有发现、属实、立案或逾期；百：一百条及以上。",
        height=LINE_HEIGHT * len(lines),
        left=left,
        above=24,
        below=6,
    )


def rank(line_code: str) -> tuple[int, str]:
    """Papers first, then what was seen, then what came of it."""
    order = ["village", "township", "county", "undetermined"]
    if line_code in order:
        return order.index(line_code), line_code
    return {"case": 90, "late": 91}.get(line_code, 50), line_code
