"""Charts of incidents: where they lie, who told first, what came of it, and one told along time."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.bars import LINE_HEIGHT, lying
from dashboards.charts.county import in_shape, outlined
from dashboards.charts.look import ALARM, FAINT, LINE, finish, legend_rows, wrapped
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


# Shape tells how exactly the place is known, colour what came of it; the pressing ones on top.
PLACES = {
    "site": ("点位", "circle"),
    "unregistered": ("未登记地点", "diamond"),
    "village": ("只知道村", "square"),
}
STATES = {"有案件": "#0072b2", "有书面说明": "#009e73", "未处理": "#d55e00"}


def placed(rows: pd.DataFrame, boundary: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Incidents on the county's outline; a click on one hands on its number."""
    drawn = rows.dropna(subset=["longitude", "latitude"])
    figure = outlined(boundary)
    states = pd.Series("未处理", index=drawn.index)
    states = states.mask(drawn["has_reason"], "有书面说明").mask(drawn["has_case"], "有案件")
    for state, colour in STATES.items():
        some = drawn[states == state]
        if some.empty:
            continue
        figure.add_scatter(
            x=some["longitude"],
            y=some["latitude"],
            mode="markers",
            name=f"{state} {len(some)}",
            legendrank=1,
            marker={
                "symbol": [PLACES[kind][1] for kind in some["place_kind_code"]],
                "color": colour,
                "size": 11,
                "opacity": 0.85,
                "line": {"color": "white", "width": 1},
            },
            # What is not picked stays as it was: the reader goes on to the next.
            unselected={"marker": {"opacity": 0.85}},
            customdata=[
                (wrapped(sentence(row, state), 40), row.incident_id) for row in some.itertuples()
            ],
            hovertemplate="%{customdata[0]}<br>点选查看卷宗<extra></extra>",
        )
    counts = drawn["place_kind_code"].value_counts()
    for kind, (name, symbol) in PLACES.items():
        if kind in counts:
            figure.add_scatter(
                x=[None],
                y=[None],
                mode="markers",
                name=f"{name} {counts[kind]}",
                legendrank=2,
                marker={"symbol": symbol, "color": FAINT, "size": 11},
            )
    in_shape(figure, boundary["latitude"] if not boundary.empty else drawn["latitude"])
    open_count = int(rows["is_unanswered"].sum())
    title = f"{len(rows)} 起事件，" + (
        f"{open_count} 起既无案件也无说明" if open_count else "都有案件或说明"
    )
    note = "只知道村的画在村中心；同一地点先后几起会重叠。"
    if missing := len(rows) - len(drawn):
        note += f"另有 {missing} 起没有坐标，未上图。"
    names = [trace.name for trace in figure.data if trace.showlegend is None]
    rows_of_legend = legend_rows(names, 8) if names else 0
    finish(figure, stamp, title, note, height=460, below=4, legend_rows=rows_of_legend)
    # Its buttons stand upright beside the map: four in a row would cover the title on a phone.
    return figure.update_layout(dragmode="pan", modebar_orientation="v")


def place_of(row: pd.Series) -> str:
    """Township, village and site of an incident, as far as they are known."""
    place = "".join(
        str(part) for part in (row.township_name, row.village_name) if isinstance(part, str)
    )
    if isinstance(row.site_name, str):
        place += f"“{row.site_name}”"
    if not place and pd.notna(row.longitude):
        place = f"{words.PLACES[row.place_kind_code]}（东经 {row.longitude:.4f}，北纬 {row.latitude:.4f}）"
    return place or words.PLACES[row.place_kind_code]


def sentence(row: pd.Series, state: str) -> str:
    """An incident in one sentence, for who points at it."""
    confirmed = "，已查实" if row.is_confirmed else ""
    week = "当周" if row.first_source_code == "clue" else ""
    return (
        f"{place_of(row)}（{words.PLACES[row.place_kind_code]}）：{row.started_at:%Y-%m-%d} {week}"
        f"由{row.first_source_name}首先发现，{row.source_count} 类来源 {row.signal_count} 条信号，"
        f"可信程度{words.CONFIDENCES[row.confidence_code]}{confirmed}，{state}。"
    )


def decision(row: pd.Series) -> str:
    """Why an incident needs a decision, since when, and whose it is, in one sentence."""
    why = "已查实" if row.is_confirmed else f"{row.source_count} 类来源 {row.signal_count} 条信号"
    units = [unit for unit in (row.township_name, row.county_unit_name) if isinstance(unit, str)]
    whose = f"，由{'、'.join(units)}负责" if units else ""
    week = "当周" if row.first_source_code == "clue" else ""
    return (
        f"{place_of(row)}：{row.first_source_name} {row.started_at:%m-%d} {week}发现，{why}，"
        f"{row.waiting_days} 天无案件、无说明{whose}"
    )


VERDICTS = {
    "confirmed": ("属实", "circle", ALARM),
    "none": ("未核实", "circle-open", "#0072b2"),
    "refuted": ("不属实", "x-thin-open", FAINT),
}
LEDGER = "巡查台账"
STEPS = {
    "first_verified_at": "首次核实",
    "case_filed_at": "立案",
    "case_closed_at": "结案",
}


def course(
    incident: pd.Series, signals: pd.DataFrame, ledger_lines: pd.DataFrame, stamp: Stamp
) -> go.Figure:
    """All evidence of an incident along time, a line a source, and what ledgers said meanwhile."""
    figure = go.Figure()
    sources = list(signals["source_name"].unique())
    lasting = signals[signals["ended_at"] > signals["started_at"]]
    # Each stretch ends with a gap, so that one trace holds all of them.
    figure.add_scatter(
        x=[at for row in lasting.itertuples() for at in (row.started_at, row.ended_at, None)],
        y=[name for name in lasting["source_name"] for _ in range(3)],
        mode="lines",
        line={"color": "#a3cfe9", "width": 6},
        hoverinfo="skip",
        showlegend=False,
        name="持续时间",
    )
    for verdict, (name, symbol, colour) in VERDICTS.items():
        some = signals[signals["verdict_code"] == verdict]
        if len(some):
            figure.add_scatter(
                x=some["started_at"],
                y=some["source_name"],
                mode="markers",
                name=f"信号{name} {len(some)}",
                marker={
                    "symbol": symbol,
                    "color": colour,
                    "size": 10,
                    "line": {"color": colour, "width": 2},
                },
                customdata=[
                    f"{escape(str(row.source_name))}　{name}"
                    + (f"　{row.repeat_count} 次" if row.repeat_count > 1 else "")
                    for row in some.itertuples()
                ],
                hovertemplate="%{x|%Y-%m-%d %H:%M}　%{customdata}<extra></extra>",
            )
    for found, name, symbol, colour in (
        (False, "台账未发现", "square-open", FAINT),
        (True, "台账发现问题", "square", ALARM),
    ):
        some = ledger_lines[ledger_lines["has_finding"] == found]
        if len(some):
            figure.add_scatter(
                x=some["patrol_date"],
                y=[LEDGER] * len(some),
                mode="markers",
                name=f"{name} {len(some)}",
                marker={"symbol": symbol, "color": colour, "size": 10},
                customdata=[escape(str(unit)) for unit in some["reporting_unit_name"]],
                hovertemplate="%{x|%Y-%m-%d}　%{customdata}　" + name + "<extra></extra>",
            )
    lines = [*sources, *([LEDGER] if len(ledger_lines) else [])]
    steps = {name: incident[column] for column, name in STEPS.items() if pd.notna(incident[column])}
    for place, (name, at) in enumerate(steps.items()):
        figure.add_shape(
            type="line",
            x0=at,
            x1=at,
            yref="paper",
            y0=0,
            y1=1,
            line={"color": "#8a5a00", "width": 1.5, "dash": "dot"},
        )
        # One above the other: steps of one week would write over each other.
        figure.add_annotation(
            x=at,
            yref="paper",
            y=1,
            yanchor="bottom",
            yshift=2 + 15 * place,
            xanchor="center",
            text=f"{name} {at:%m-%d}",
            showarrow=False,
            font={"size": 11, "color": "#8a5a00"},
        )
    times = pd.concat(
        [signals["started_at"], signals["ended_at"], ledger_lines["patrol_date"]]
    ).dropna()
    first = min([times.min(), *steps.values()])
    last = max([times.max(), *steps.values()])
    room = max((last - first) * 0.06, pd.Timedelta(days=1))
    figure.update_xaxes(
        range=[first - room, last + room],
        tickformat="%m-%d" if first.year == last.year else "%Y-%m-%d",
        nticks=5,
        tickangle=0,
        fixedrange=True,
        gridcolor=LINE,
        zeroline=False,
    )
    figure.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=lines[::-1],
        range=[-0.6, len(lines) - 0.4],
        fixedrange=True,
        gridcolor=LINE,
        ticks="",
        ticksuffix=" ",
    )
    title = f"{len(signals)} 条信号来自 {len(sources)} 类来源"
    if quiet := int((~ledger_lines["has_finding"].astype(bool)).sum()):
        title += f"，同期台账 {len(ledger_lines)} 行中 {quiet} 行写未发现"
    elif len(ledger_lines):
        title += f"，同期台账 {len(ledger_lines)} 行都写发现问题"
    else:
        title += "，同期没有这个地点的台账"
    names = [trace.name for trace in figure.data if trace.showlegend is None]
    return finish(
        figure,
        stamp,
        title,
        "横线为持续时间。群众线索只到接收周，画在周一。",
        height=max(40 * len(lines), 120),
        left=118,
        above=10 + 15 * len(steps),
        below=26,
        legend_rows=legend_rows(names, 118),
    )
