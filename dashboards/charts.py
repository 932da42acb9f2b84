"""DataFrames in, pictures out. No SQL and no Streamlit: the monthly report draws the same figures.

Everything is plain SVG without base maps, so it works offline and prints. `finish` stamps each figure
with county, as-of time and the sample mark, so that an exported picture carries them wherever it goes.
"""

from __future__ import annotations

import math
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards import words
from dashboards.stamp import SAMPLE_MARK, Stamp

FONT = "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
INK = "#1f2937"
FAINT = "#6b7280"
LINE = "#d6dcd3"
ALARM = "#b42318"
# A figure does not know how wide its reader's screen is; this many half-width characters fit a phone.
TITLE_WIDTH = 34
WHOLE_DAY_PCT = 99
FOOT = 34

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
# Colour and shape both tell the class: colours of the Okabe-Ito set, told apart by nearly everyone.
SITE_MARKERS = {
    "closed_shaft": ("circle", "#0072b2"),
    "dig_prone": ("triangle-up", "#d55e00"),
    "licensed_mine": ("square", "#009e73"),
}


def width_of(text: str) -> int:
    """Width in half-width characters: a Chinese character is as wide as two Latin ones."""
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)


def wrapped(text: str, width: int = TITLE_WIDTH) -> str:
    """The text in lines of at most that width; no line starts with a closing mark or cuts a number.

    Names come from deliveries, so they are escaped: Plotly would read a tag in them as a link.
    """
    lines, line = [], ""
    for character in text:
        full = width_of(line + character) > width
        cuts_number = bool(line) and line[-1].isascii() and character.isascii()
        if full and not cuts_number and character not in "，。、；：）」%～":
            lines.append(line)
            line = character.lstrip()
        else:
            line += character
    return "<br>".join(escape(one, quote=False) for one in [*lines, line])


def finish(
    figure: go.Figure,
    stamp: Stamp,
    title: str,
    note: str = "",
    height: int = 420,
    left: int = 8,
    above: int = 10,
    below: int = 22,
    legend_rows: int = 0,
) -> go.Figure:
    """The finding as title, a note on how to read it, one look, and the stamp at the foot.

    All lengths are pixels. `height` is that of the plot itself; `left`, `above` and `below` leave room
    for its axis labels. The title is an annotation: Plotly's own cuts the first of several lines.
    """
    heading, small = wrapped(title), wrapped(note, TITLE_WIDTH + 16)
    heading_height = 8 + 23 * (heading.count("<br>") + 1)
    small_height = 18 * (small.count("<br>") + 1) if note else 0
    top = heading_height + small_height + above
    bottom = below + 26 * legend_rows + FOOT
    figure.update_layout(
        template="none",
        font={"family": FONT, "size": 12, "color": INK},
        hoverlabel={"font": {"family": FONT, "size": 13}, "align": "left"},
        margin={"l": left, "r": 12, "t": top, "b": bottom, "autoexpand": False},
        height=top + height + bottom,
        dragmode=False,
        showlegend=legend_rows > 0,
        legend={
            "orientation": "h",
            "traceorder": "normal",
            "xref": "container",
            "x": 0,
            "yref": "container",
            "y": FOOT / (top + height + bottom),
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        separators=".,",
        paper_bgcolor="white",
        plot_bgcolor="white",
        meta={"title": title},
    )
    mark = f"<b>【{SAMPLE_MARK}】</b>"
    texts = [
        ("title", f"<b>{heading}</b>", 17, INK, 1, top - 4),
        ("note", small, 12, FAINT, 1, top - heading_height),
        (
            "stamp",
            stamp.line.replace(f"【{SAMPLE_MARK}】", mark),
            11,
            ALARM if stamp.is_sample else FAINT,
            0,
            26 - bottom,
        ),
    ]
    for name, text, size, colour, y, shift in texts:
        if text:
            figure.add_annotation(
                name=name,
                text=text,
                font={"size": size, "color": colour},
                align="left",
                showarrow=False,
                xref="paper",
                x=0,
                xanchor="left",
                xshift=4 - left,
                yref="paper",
                y=y,
                yanchor="top",
                yshift=shift,
            )
    return figure


def percent(done: float, expected: float) -> str:
    """Whole percent, rounded down: 100 % is said only when nothing is missing."""
    return f"{math.floor(100 * done / expected)}%" if expected else "不适用"


def period_name(kind_code: str, start: date, end: date, today: date) -> str:
    """A period for people: 11-28～12-04, 2022年11月, 2022年第4季度; weeks of other years say so."""
    if kind_code == "month":
        return f"{start:%Y}年{start.month}月"
    if kind_code == "quarter":
        return f"{start:%Y}年第{(start.month + 2) // 3}季度"
    year = "" if start.year == today.year else f"{start:%Y}年"
    return f"{year}{start:%m-%d}～{end:%m-%d}"


def relative_period_name(kind_code: str, start: date, end: date, today: date) -> str:
    """The same, with 上周, 本月 and so on where it is close to today."""
    name = period_name(kind_code, start, end, today)
    word = words.PERIODS.get(kind_code, "期")
    longest = {"week": 7, "month": 31, "quarter": 92}.get(kind_code, 0)
    if start <= today <= end:
        return f"本{word}（{name}）"
    if 0 < (today - end).days <= longest:
        return f"上{word}（{name}）"
    return name


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


def patrol_coverage(rows: pd.DataFrame, level_code: str, stamp: Stamp) -> go.Figure:
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


def narrow(name: str, length: int = 2) -> str:
    """A place's name in short lines, for narrow columns: 老牛/湾镇."""
    parts = (name[i : i + length] for i in range(0, len(name), length))
    return "<br>".join(escape(part, quote=False) for part in parts)


def county_map(
    boundary: pd.DataFrame, sites: pd.DataFrame, last_patrols: pd.DataFrame, stamp: Stamp
) -> go.Figure:
    """The county's outline and its sites; shape and colour tell the class."""
    figure = go.Figure()
    for _, ring in boundary.groupby("ring_number"):
        figure.add_scatter(
            x=ring["longitude"],
            y=ring["latitude"],
            mode="lines",
            fill="toself",
            fillcolor="#f4f6f3",
            line={"color": FAINT, "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
            name="县界",
        )
    sites = sites.merge(last_patrols, on="site_id", how="left")
    placed = sites.dropna(subset=["longitude", "latitude"])
    classes = placed["site_class_code"].where(placed["site_class_code"].isin(SITE_MARKERS), "other")
    for class_code, some in placed.groupby(classes):
        symbol, colour = SITE_MARKERS.get(class_code, ("x", FAINT))
        figure.add_scatter(
            x=some["longitude"],
            y=some["latitude"],
            mode="markers",
            name=f"{words.SITE_CLASSES.get(class_code, '类别不明')} {len(some)}",
            marker={
                "symbol": symbol,
                "color": colour,
                "size": 11,
                "line": {"color": "white", "width": 1},
            },
            customdata=[
                (
                    escape(site.site_name),
                    escape("".join(filter(pd.notna, (site.township_name, site.village_name)))),
                    "从未"
                    if pd.isna(site.last_patrol_date)
                    else f"{site.last_patrol_date:%Y-%m-%d}",
                )
                for site in some.itertuples()
            ],
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}"
            "<br>最近巡查：%{customdata[2]}<extra></extra>",
        )
    middle = boundary["latitude"] if not boundary.empty else placed["latitude"]
    stretch = 1 / math.cos(math.radians(middle.mean())) if len(middle) else 1
    for axis in (figure.update_xaxes, figure.update_yaxes):
        axis(visible=False)
    # A degree of latitude is longer than one of longitude; without this the county looks squashed.
    figure.update_yaxes(scaleanchor="x", scaleratio=stretch, constrain="domain")
    figure.update_xaxes(constrain="domain")
    never = int(sites["last_patrol_date"].isna().sum())
    missing = len(sites) - len(placed)
    title = "登记册里没有在册的监管对象"
    if len(sites):
        title = f"登记册在册 {len(sites)} 处"
        title += f"，其中 {never} 处从未见于台账" if never else "，每处都有巡查记录"
    note = f"另有 {missing} 处没有坐标，未上图。" if missing else ""
    finish(figure, stamp, title, note, height=460, below=4, legend_rows=2)
    # Its buttons stand upright beside the map: four in a row would cover the title on a phone.
    return figure.update_layout(dragmode="pan", modebar_orientation="v")


def power_days(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Energy per day, day and night, above the shares of night use and of collected points."""
    large = rows["energy_kwh"].max() >= 100_000
    unit, factor = ("万千瓦时", 10_000) if large else ("千瓦时", 1)
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.64, 0.36], vertical_spacing=0.13
    )
    night = rows["night_energy_kwh"] / factor
    # A day with a gap is hatched, so that a gap is no drop in use. A few points are missing on almost
    # every day and change nothing that the eye can see.
    whole = rows["completeness_pct"] >= WHOLE_DAY_PCT
    shape = ["" if is_whole else "/" for is_whole in whole]
    for name, values, colour in (
        ("夜间电量", night, "#33507a"),
        ("日间电量", rows["energy_kwh"] / factor - night, "#e3b23c"),
    ):
        figure.add_bar(
            x=rows["reading_date"],
            y=values,
            name=name,
            marker={
                "color": colour,
                "line": {"width": 0},
                "pattern": {"shape": shape, "fgcolor": "white", "fillmode": "overlay"},
            },
            hovertemplate="%{x|%Y-%m-%d}　%{y:,.1f} " + unit + f"<extra>{name}</extra>",
            row=1,
            col=1,
        )
    for name, column, colour, dash in (
        ("夜间占比", "night_share_pct", "#33507a", "solid"),
        ("数据完整率", "completeness_pct", "#8a5a00", "dot"),
    ):
        figure.add_scatter(
            x=rows["reading_date"],
            y=rows[column],
            mode="lines+markers" if len(rows) == 1 else "lines",
            name=name,
            line={"color": colour, "dash": dash, "width": 2},
            hovertemplate="%{x|%Y-%m-%d}　%{y:.1f}%" + f"<extra>{name}</extra>",
            row=2,
            col=1,
        )
    for row, text in ((1, f"日电量（{unit}）"), (2, "占比（%）")):
        figure.add_annotation(
            text=text,
            showarrow=False,
            xref="paper",
            x=0,
            xanchor="left",
            xshift=-52,
            yshift=5,
            yref="y domain" if row == 1 else "y2 domain",
            y=1,
            yanchor="bottom",
            font={"size": 12, "color": FAINT},
        )
    is_long = (rows["reading_date"].max() - rows["reading_date"].min()).days > 300
    figure.update_xaxes(
        tickformat="%Y-%m" if is_long else "%m-%d",
        nticks=6,
        fixedrange=True,
        showgrid=False,
        linecolor=LINE,
        tickangle=0,
    )
    figure.update_yaxes(
        fixedrange=True, gridcolor=LINE, zeroline=False, rangemode="tozero", nticks=5
    )
    figure.update_yaxes(range=[0, 104], tickvals=[0, 50, 100], row=2, col=1)
    figure.update_layout(barmode="stack", bargap=0.15)
    total = rows["energy_kwh"].sum()
    days = f"{rows['reading_date'].min():%m-%d}～{rows['reading_date'].max():%m-%d}"
    title = f"{days} 监测电表没有采集到电量"
    if rows["energy_kwh"].notna().any():
        title = f"{days} 监测电表用电 {energy(total)}"
    if total > 0:
        title += f"，夜间占 {100 * rows['night_energy_kwh'].sum() / total:.0f}%"
    gaps = int((~whole).sum())
    note = f"{int(rows['meter_count'].max())} 块电表。"
    whole_day = f"{WHOLE_DAY_PCT}%"
    if gaps:
        note += f"斜纹的 {gaps} 天采集点不足 {whole_day}，电量偏低不等于停产。"
    else:
        note += f"每天采集到 {whole_day} 以上的点。"
    return finish(figure, stamp, title, note, height=380, left=56, above=28, legend_rows=2)


def energy(kwh: float) -> str:
    """Energy for people, in kWh or ten thousand kWh."""
    return f"{kwh / 10_000:,.1f} 万千瓦时" if kwh >= 10_000 else f"{kwh:,.0f} 千瓦时"


def rejected_by_sender(deliveries: pd.DataFrame, stamp: Stamp, shown: int = 10) -> go.Figure:
    """Whose rows were rejected most, and how many cells of theirs were mended."""
    totals = (
        deliveries.assign(sender_name=deliveries["sender_name"].fillna("未知单位"))
        .groupby("sender_name")[["rejected_count", "warning_count"]]
        .sum()
        .sort_values(["rejected_count", "warning_count"], ascending=False)
    )
    totals = totals[totals.sum(axis=1) > 0].head(shown).iloc[::-1]
    figure = go.Figure()
    labels = [wrapped(name, 16) for name in totals.index]
    for column, name, colour, pattern in (
        ("rejected_count", "退回行", "#d55e00", ""),
        ("warning_count", "警示单元格", "#e3b23c", "/"),
    ):
        figure.add_bar(
            y=labels,
            x=totals[column],
            name=name,
            orientation="h",
            text=totals[column],
            textposition="auto",
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fgcolor": "white", "fillmode": "overlay"},
            },
            hovertemplate="%{y}　%{x}" + f"<extra>{name}</extra>",
        )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True, ticks="", ticksuffix=" ")
    figure.update_layout(barmode="stack", bargap=0.3)
    most = int(totals["rejected_count"].max())
    worst = totals["rejected_count"].idxmax()
    title = f"退回最多的是{worst}，{most} 行" if most else "没有退回的行，只有警示单元格"
    return finish(
        figure, stamp, title, height=40 * max(len(totals), 2), left=130, below=4, legend_rows=1
    )
