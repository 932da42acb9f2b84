"""The one look of all figures: title, note and stamp, lengths of text, numbers and periods in words.

`finish` stamps each figure with county, as-of time and the sample mark, so that an exported picture
carries them wherever it goes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from html import escape

import plotly.graph_objects as go

from dashboards import words
from dashboards.stamp import SAMPLE_MARK, Stamp

FONT = "minewatch, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
INK = "#1f2937"
FAINT = "#6b7280"
LINE = "#d6dcd3"
ALARM = "#b42318"
# A figure does not know how wide its reader's screen is; this many half-width characters fit a phone.
TITLE_WIDTH = 34
FOOT = 34
# A character with the marks around it, or a number or word with its unit: 12 件, （42%），.
TOGETHER = re.compile(r"[（「“]*(?:[!-~]+(?: [^ -~])?|.)[，。、；：）」”～]*", re.S)
# Pixels of a figure on a phone, without the page's margins.
PHONE_WIDTH = 356
# Of nothing there is no share: neither 0 % nor 100 % would be true.
NOT_APPLICABLE = "—"


def width_of(text: str) -> int:
    """Width in half-width characters: a Chinese character is as wide as two Latin ones."""
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)


def wrapped(text: str, width: int = TITLE_WIDTH) -> str:
    """The text in lines of at most that width; what `TOGETHER` keeps together is never cut.

    Names come from deliveries, so they are escaped: Plotly would read a tag in them as a link.
    """
    lines, line = [], ""
    for piece in TOGETHER.findall(text):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
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


def enlarged(figure: go.Figure, factor: float) -> go.Figure:
    """The figure with its letters, margins and height larger by that factor, for who stands far off."""
    layout = figure.layout
    margins = {side: layout.margin[side] * factor for side in ("l", "r", "t", "b")}
    figure.update_layout(
        font_size=layout.font.size * factor, margin=margins, height=layout.height * factor
    )
    for note in layout.annotations:
        note.font.size = (note.font.size or layout.font.size) * factor
        note.xshift, note.yshift = (note.xshift or 0) * factor, (note.yshift or 0) * factor
    for trace in figure.select_traces(selector={"type": "heatmap"}):
        trace.textfont.size *= factor
    return figure


def legend_rows(names: Iterable[str], left: int) -> int:
    """Lines that a legend takes on a phone, where Plotly sets its entries in equal columns.

    However wide the figure, the legend is no wider than its plot, right of the margin `left`.
    """
    widths = [40 + 6.5 * width_of(name) for name in names]
    columns = max(int((PHONE_WIDTH - left - 12) // max(widths)), 1)
    return math.ceil(len(widths) / columns)


def percent(done: float, expected: float) -> str:
    """Whole percent, rounded down: 100 % is said only when nothing is missing."""
    return f"{math.floor(100 * done / expected)}%" if expected else NOT_APPLICABLE


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


def days_name(first: date, last: date, today: date) -> str:
    """A range of days for people: 09-11～12-10, with years where they are not today's."""
    form = "%m-%d" if first.year == last.year == today.year else "%Y-%m-%d"
    return f"{first:{form}}" if first == last else f"{first:{form}}～{last:{form}}"


def yuan(amount: float | None) -> str:
    """Money for people: 860 元, 12.3 万元; nothing at all is no zero."""
    if amount is None or math.isnan(amount):
        return NOT_APPLICABLE
    return f"{amount / 10_000:,.1f} 万元" if amount >= 10_000 else f"{amount:,.0f} 元"


def hours(number: float | None) -> str:
    """Hours for people: 40 分钟, 5.5 小时, 3.2 天."""
    if number is None or math.isnan(number):
        return NOT_APPLICABLE
    if number < 1:
        return f"{60 * number:.0f} 分钟"
    return f"{number:.1f} 小时" if number < 72 else f"{number / 24:.1f} 天"


def narrow(name: str, length: int = 2) -> str:
    """A place's name in short lines, for narrow columns: 老牛/湾镇."""
    parts = (name[i : i + length] for i in range(0, len(name), length))
    return "<br>".join(escape(part, quote=False) for part in parts)
