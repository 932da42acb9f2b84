"""How people write: dates, coordinates, answers and places, each in the ways met in real files."""

from __future__ import annotations

from datetime import date
from random import Random

from sample.places import Point

FULL_WIDTH = str.maketrans("0123456789.,()-", "０１２３４５６７８９．，（）－")
NUMERALS = "〇一二三四五六七八九"
# Either character of a pair is written for the other, whatever the list of villages says.
SWAPPED = str.maketrans("阎闫咀嘴", "闫阎嘴咀")

YES_NO = {
    "licence": ("有", "无"),
    "shallow": ("是", "否"),
    "finding": ("有", "无"),
}


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 十六, 三十."""
    tens, ones = divmod(number, 10)
    text = (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "")
    return text + (NUMERALS[ones] if ones or not tens else "")


def written_date(day: date, style: str) -> str:
    """The date in that style."""
    if style == "dot":
        return f"{day.year}.{day.month}.{day.day}"
    if style == "slash":
        return f"{day.year}/{day.month}/{day.day}"
    if style == "iso":
        return day.isoformat()
    if style == "packed":
        return f"{day:%Y%m%d}"
    if style == "spaced":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    if style == "full_width":
        return f"{day.year}年{day.month}月{day.day}日".translate(FULL_WIDTH)
    if style == "numerals":
        year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
        return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"
    if style == "cn":
        return f"{day.year}年{day.month}月{day.day}日"
    raise ValueError(style)


def sexagesimal(degrees: float, places: int = 0) -> tuple[int, int, str]:
    """Degrees, minutes and the text of the seconds, carried over where the seconds round to 60."""
    tenths = round(degrees * 3600 * 10**places)
    seconds, rest = divmod(tenths, 10**places)
    minutes, seconds = divmod(seconds, 60)
    text = f"{seconds:02}" + (f".{rest:0{places}}" if places else "")
    return minutes // 60, minutes % 60, text


def written_point(point: Point, style: str) -> str:
    """Both coordinates in that style, ready to be put behind a place."""
    longitude, latitude = point
    if style == "decimal":
        return f"({longitude:.6f},{latitude:.6f})"
    if style == "wide_comma":
        return f"（{longitude:.6f}，{latitude:.6f}）"
    if style == "list_comma":
        return f" {longitude:.5f}、{latitude:.5f}"
    if style == "swapped":
        return f"({latitude:.6f},{longitude:.6f})"
    if style == "full_width":
        return f"({longitude:.5f},{latitude:.5f})".translate(FULL_WIDTH)
    if style == "packed":
        east, north = sexagesimal(longitude), sexagesimal(latitude)
        return f" {east[0]}{east[1]:02}{east[2]}, {north[0]}{north[1]:02}{north[2]}"
    east, north = sexagesimal(longitude, 1), sexagesimal(latitude, 1)
    if style == "dms":
        return f" 东经{east[0]}°{east[1]}′{east[2]}″ 北纬{north[0]}°{north[1]}′{north[2]}″"
    if style == "dms_both":
        return f" 东经{east[0]}°{east[1]}′{east[2]}〞E，北纬{north[0]}°{north[1]}′{north[2]}〞N"
    if style == "dms_latin":
        return f" E{east[0]}°{east[1]}'{east[2]}\" N{north[0]}°{north[1]}'{north[2]}\""
    if style == "words":
        return f" {east[0]}度{east[1]}分{east[2]}秒，{north[0]}度{north[1]}分{north[2]}秒"
    raise ValueError(style)


def answer(code: str, column: str, style: str, rng: Random) -> str:
    """An answer cell: `code` is yes, no or suspected; `column` licence, shallow or finding."""
    if code == "suspected":
        return rng.choice(("疑似", "待核实"))
    yes, no = YES_NO[column]
    if style == "ticks":
        return "√" if code == "yes" else "×"
    if style == "boxes":
        return f"☑{yes} □{no}" if code == "yes" else f"□{yes} ☑{no}"
    if column == "finding" and code == "no" and style == "loose":
        return rng.choice(("无", "否", "未发现", "不存在", " 无", "无　"))
    return yes if code == "yes" else no
