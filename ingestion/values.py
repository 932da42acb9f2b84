"""What a cell says: dates, times, numbers, identifiers, answers and coordinates as people type them.

A cell is read for a declared column; nothing here knows about files. The writings understood are those
of townships' spreadsheets: full-width digits, 二〇二二年九月十九日, `22.9.19`, Excel serials, `12万元`,
`☑是 □否`, 东经111°29′13″.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import cn2an

from ingestion.declare import Column, Value
from warehouse.settings import ROOT

BEIJING = timezone(timedelta(hours=8))
FIRST_DATE, LAST_DATE = date(1949, 1, 1), date(2099, 12, 31)
EXCEL_EPOCH = datetime(1899, 12, 30)
# Excel keeps 15 digits of a number; what stood behind them is gone.
LOST_DIGITS = 10**15

NULL_WORDS = frozenset(
    ["", "—", "－", "-", "--", "——", "/", "／", "\\", "空", "暂无", "不详", "未知", "待查"]
    + ["待核实", "N/A", "n/a", "NULL", "null", "无"]
)
DITTO_MARKS = frozenset(["同上", "〃", "″", '"', "同左", "上同"])


class Read(NamedTuple):
    """One cell, read. A problem without a value is an unreadable cell, with one a doubtful reading."""

    value: Value
    problem: str | None = None


@dataclass(frozen=True)
class Coordinates:
    """Longitude and latitude in decimal degrees as written, both or neither, and what is doubtful."""

    longitude: float | None
    latitude: float | None
    problem: str | None = None


BLANK = Read(None)
CellReader = Callable[[object], Read]

# Full-width forms to plain ones, every kind of dash, space and degree sign to one.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t"), " ")
_PLAIN |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"), None)
_TYPED = _PLAIN | dict.fromkeys(map(ord, "—–－‐‑−─"), "-") | {ord("。"): "."}
_EDGES = " \t\r\n\v\f\u3000\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\ufeff\u2060"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text with full-width letters, digits and punctuation made half-width, trimmed."""
    return text.translate(_PLAIN).strip()


def as_text(cell: object) -> str:
    """A cell as the person who typed it would see it; blank cells are an empty string."""
    if isinstance(cell, str):
        return cell.strip(_EDGES)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < LOST_DIGITS:
            return str(int(cell))
        return repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def read_cell(column: Column, cell: object, *, report_year: int | None = None) -> Read:
    """The value of a cell for that column.

    `report_year` completes dates written without a year. Answers are never null: a blank or unfilled
    cell is `not_stated`. The problem text is Chinese and quotes the cell; the caller masks it.
    """
    return cell_reader(column, report_year)(cell)


@lru_cache(maxsize=1024)
def cell_reader(column: Column, report_year: int | None = None, factor: int = 1) -> CellReader:
    """`read_cell` for one column, made once; strings already met are not parsed again.

    `factor` is what the header makes of a number that states no unit of its own (`unit_factor`).
    """
    if column.kind == "answer":
        from_text, from_other = _answer_reader(column.answer_scope)
    elif column.kind == "double" and column.name in ("longitude", "latitude"):
        from_text, from_other = _angle_from_text, _angle_from_other
    elif column.kind in ("date", "timestamp"):
        from_text, from_other = _moment_reader(column.kind, report_year)
    elif column.kind in ("double", "decimal", "bigint"):
        from_text, from_other = _number_reader(column.kind, factor)
    elif column.kind == "identifier":
        from_text, from_other = _identifier_from_text, _text_from_other
    else:
        from_text, from_other = _text_from_text, _text_from_other
    remembered = lru_cache(maxsize=4096)(from_text)
    blank = remembered("")

    def read(cell: object) -> Read:
        if cell is None:
            return blank
        return remembered(cell) if cell.__class__ is str else from_other(cell)

    return read


# --- text and identifiers ---------------------------------------------------------------------------


def _text_from_text(text: str) -> Read:
    text = text.strip(_EDGES)
    return BLANK if text in NULL_WORDS else Read(text)


# Excel's own rendering of a number too long for its cell.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


def _identifier_from_text(text: str) -> Read:
    text = "".join(plain(text).split()).lstrip("'")
    if text in NULL_WORDS:
        return BLANK
    if _SCIENTIFIC.fullmatch(text):
        return Read(None, f'编号写成了科学计数，后面的数字已丢失："{text}"')
    return Read(text)


def _text_from_other(cell: object) -> Read:
    if isinstance(cell, float) and not isinstance(cell, bool) and abs(cell) >= LOST_DIGITS:
        return Read(None, f'数字超过15位，后面的数字已丢失："{cell:.0f}"')
    return Read(as_text(cell) or None)


# --- numbers ----------------------------------------------------------------------------------------

_CURRENCY = r"(?:人民币|RMB|CNY)?\s*[¥￥]?"
_UNIT = (
    r"(?P<unit>[元圆]整?|吨|t|米|m|千瓦时|千瓦|千伏安|kWh|kW|kVA|亩|人次|人|车次|次|台套|台|套|辆|处|个|项"
    r"|件|户|家|起|条|名|天)?"
)
_NUMBER = re.compile(
    rf"{_CURRENCY}\s*(?P<digits>[-+]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)?(?:\.\d+)?(?:E[-+]?\d+)?)"
    rf"\s*(?P<scale>[万亿]?)\s*{_UNIT}",
    re.IGNORECASE,
)
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_CHINESE_NUMBER = re.compile(
    rf"{_CURRENCY}\s*(?P<digits>[零〇一二三四五六七八九十百千万亿两点壹贰叁肆伍陆柒捌玖拾佰仟]{{1,30}}){_UNIT}",
    re.IGNORECASE,
)

# Units a header may give a column in place of the one its name ends with, and how many of that one
# they are; found in brackets (金额(万元)) or in a line above the table (单位：万元).
_HEADER_UNITS = {
    "_yuan": re.compile(r"(?P<scale>[百十千]?万|亿|千|百)?[元圆]"),
    "_tonnes": re.compile(r"(?P<scale>[百十千]?万|亿|千|百)?吨"),
    "_m": re.compile(r"(?P<scale>公里|千米|km)|米", re.IGNORECASE),
}
_HEADER_SCALES = {
    "百": 100,
    "千": 1_000,
    "公里": 1_000,
    "千米": 1_000,
    "km": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
# 单位：万元 is about the numbers, 填报单位：… is not.
_UNIT_LINE = re.compile(
    r"(?<!填报|报送|上报|填表|制表|编制|主管|责任|承办|办案|核查|接收)单位:?(?=([^:]{0,12}))"
)


def unit_factor(column: Column, texts: list[str]) -> int:
    """By how much the unit in a header differs from that in the column's name; 1 if it says none.

    `texts` are the header and the lines above the table that speak of a unit. Without this, 12 under
    涉案价值(万元) would be twelve yuan.
    """
    unit = _HEADER_UNITS.get(column.name[column.name.rfind("_") :])
    if unit is None or not texts:
        return 1
    header, *lines = ("".join(plain(text).split()) for text in texts)
    said = _IN_BRACKETS.findall(header)
    said += [words for line in lines for words in _UNIT_LINE.findall(line)]
    for words in said:
        if found := unit.search(words):
            return _HEADER_SCALES[found["scale"].lower()] if found["scale"] else 1
    return 1


def _number_from_text(text: str, factor: int) -> Decimal | None:
    """The number that stands in a cleaned text, times the factor if it states no unit; or None."""
    found = _NUMBER.fullmatch(text)
    if found and any(character.isdigit() for character in found["digits"]):
        try:
            number = Decimal(found["digits"].replace(",", "")) * _SCALES[found["scale"]]
        except ArithmeticError:  # an exponent without end
            return None
        return number if found["scale"] or found["unit"] else number * factor
    if found := _CHINESE_NUMBER.fullmatch(text):
        try:
            number = Decimal(str(cn2an.cn2an(found["digits"].replace("〇", "零"), "smart")))
        except ValueError:
            return None
        has_unit = found["unit"] or "万" in found["digits"] or "亿" in found["digits"]
        return number if has_unit else number * factor
    return None


def _number_reader(kind: str, factor: int) -> tuple[Callable[[str], Read], CellReader]:
    def typed(number: Decimal | float | int, written: object) -> Read:
        if kind == "double":
            value = float(number)
            return Read(value) if math.isfinite(value) else _unreadable("数字", written)
        exact = Decimal(repr(number) if isinstance(number, float) else number)
        if not exact.is_finite():
            return _unreadable("数字", written)
        if kind == "decimal":
            # DECIMAL(18,4): fourteen digits before the point.
            if abs(exact) >= 10**14:
                return Read(None, f'数字过大："{as_text(written)}"')
            return Read(exact.quantize(Decimal("0.0001")))
        if exact != exact.to_integral_value():
            return Read(None, f'应为整数："{as_text(written)}"')
        if abs(exact) >= 2**63 or (isinstance(written, float) and abs(exact) >= LOST_DIGITS):
            return Read(None, f'数字过大："{as_text(written)}"')
        return Read(int(exact))

    def from_text(text: str) -> Read:
        cleaned = plain(text.translate(_TYPED))
        if cleaned in NULL_WORDS:
            return BLANK
        number = _number_from_text(cleaned, factor)
        return _unreadable("数字", text) if number is None else typed(number, text)

    def from_other(cell: object) -> Read:
        if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
            return _unreadable("数字", cell)
        if factor == 1 or not math.isfinite(cell):
            return typed(cell, cell)
        return typed(Decimal(repr(cell) if isinstance(cell, float) else cell) * factor, cell)

    return from_text, from_other


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _unreadable(what: str, cell: object) -> Read:
    return Read(None, f'无法识别的{what}："{_short(as_text(cell))}"')


# --- dates and times --------------------------------------------------------------------------------

_CN = "〇○零一二三四五六七八九"
_CN_DIGITS = str.maketrans(_CN, "000123456789")
_PART = "[0-9〇○零一二三四五六七八九十廿卅]"
_TIME = (
    r"(?:[T\s]*(?P<half>凌晨|早上|上午|中午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*[:时点]"
    r"\s*(?:(?P<minute>\d{1,2})\s*[:分]?\s*(?:(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?)?"
    r"\s*(?P<zone>Z|[-+]\d{2}:?\d{2})?|\s*(?:凌晨|早上|上午|中午|下午|晚上)?)"
)
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_MOMENT = re.compile(
    rf"(?:(?P<year>{_PART}{{4}}|\d{{2}}|[〇○零一二三四五六七八九]{{2}})\s*[-/.、年]\s*)?"
    rf"(?P<month>{_PART}{{1,3}})\s*[-/.、月]\s*(?P<day>{_PART}{{1,3}})\s*[日号]?"
    rf"{_WEEKDAY}{_TIME}{_WEEKDAY}",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(?:(\d{2})(\d{2})?)?(?:[.,]\d+)?(Z|[-+]\d{2}:?\d{2})?)?"
)
_UNFILLED = re.compile(r"(?:20\d?)?年月日(?:时(?:分)?)?")


def _moment_reader(kind: str, report_year: int | None) -> tuple[Callable[[str], Read], CellReader]:
    what = "日期" if kind == "date" else "时间"

    def typed(moment: datetime, written: object) -> Read:
        if not FIRST_DATE <= moment.date() <= LAST_DATE:
            return Read(None, f'年份不合理："{as_text(written)}"')
        return Read(moment.date() if kind == "date" else moment)

    def from_text(text: str) -> Read:
        cleaned = plain(text.translate(_TYPED))
        if cleaned in NULL_WORDS or _UNFILLED.fullmatch(re.sub(r"[\s_]", "", cleaned)):
            return BLANK
        try:
            if re.fullmatch(r"\d+(?:\.\d+)?", cleaned) and (found := _from_digits(cleaned)):
                return typed(found, text)
            if found := _COMPACT.fullmatch(cleaned):
                year, month, day, hour, minute, second, zone = found.groups()
                return typed(
                    _at_beijing(
                        datetime(int(year), int(month), int(day)), hour, minute, second, zone
                    ),
                    text,
                )
            if found := _MOMENT.fullmatch(cleaned):
                if found["year"]:
                    year = _small_number(found["year"])
                    # 22.9.19; a two-digit year from 50 on is of the last century (a registered mine).
                    if len(found["year"]) == 2:
                        year += 2000 if year < 50 else 1900
                elif report_year is None or "月" not in cleaned:
                    # 9.19 may be a number, a day of a month or a clause.
                    return Read(None, f'缺少年份的{what}："{as_text(text)}"')
                else:
                    year = report_year
                moment = datetime(year, _small_number(found["month"]), _small_number(found["day"]))
                hour = found["hour"]
                if hour and found["half"] in ("中午", "下午", "晚上") and int(hour) < 12:
                    # 中午11点 is before noon, 中午1点 after it.
                    is_before_noon = found["half"] == "中午" and int(hour) == 11
                    hour = hour if is_before_noon else str(int(hour) + 12)
                return typed(
                    _at_beijing(moment, hour, found["minute"], found["second"], found["zone"]),
                    text,
                )
        except (ValueError, OverflowError):
            pass  # the 31st of a short month, hour 25: no date
        return _unreadable(what, text)

    def from_other(cell: object) -> Read:
        if isinstance(cell, datetime):
            if cell.tzinfo:
                cell = cell.astimezone(BEIJING).replace(tzinfo=None)
            return typed(cell, cell)
        if isinstance(cell, date):
            return typed(datetime(cell.year, cell.month, cell.day), cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            text = as_text(cell)
            try:
                if found := _from_digits(text):
                    return typed(found, cell)
                if found := _COMPACT.fullmatch(text):
                    return from_text(text)
            except (ValueError, OverflowError):
                pass
        return _unreadable(what, cell)

    return from_text, from_other


def _small_number(text: str) -> int:
    """二〇二二, 十九, 廿一 or plain digits. ValueError if it is none of these."""
    if text.isdecimal():
        return int(text)
    if any(character in "十廿卅" for character in text):
        return int(cn2an.cn2an(text.replace("廿", "二十").replace("卅", "三十"), "smart"))
    return int(text.translate(_CN_DIGITS))


def _from_digits(text: str) -> datetime | None:
    """Excel serials, Unix seconds and milliseconds; None for other numbers (20220919 is a date)."""
    number = float(text)
    # Serials of 1949 to 2202 or so: a year typed wrong should be called by its name.
    if 17_000 <= number < 150_000 and len(text.partition(".")[0]) <= 6:
        return EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))
    digits = len(text.partition(".")[0])
    # From 2001 to 2033; a leading 2 is a year (2022091908).
    if digits in (10, 13) and text[0] == "1":
        seconds = number / (1000 if digits == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING).replace(tzinfo=None)
    return None


def _at_beijing(
    day: datetime, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> datetime:
    if hour is None:
        return day
    if int(hour) == 24 and not int(minute or 0) and not int(second or 0):
        return day + timedelta(days=1)
    moment = datetime.combine(day, time(int(hour), int(minute or 0), int(second or 0)))
    if zone is None:
        return moment
    if zone in "Zz":
        offset = timedelta()
    else:
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (
            -1 if zone[0] == "-" else 1
        )
    return moment - offset + timedelta(hours=8)


# --- answers ----------------------------------------------------------------------------------------

_CHECKED, _OPEN = "☑☒√✓✔■●R✅", "□☐○£×✗✕"
_EMPTY_BRACKETS = re.compile(r"[\[(]\s*[\])]")
_OPTION = r"不存在|存在|未发现|发现|没有|有证|无证|疑似|有|无|是|否"
_MARK_FIRST = re.compile(rf"[\[(]?([{_CHECKED}{_OPEN}])[\])]?({_OPTION})[,;、/]?")
_OPTION_FIRST = re.compile(rf"({_OPTION})[\[(]?([{_CHECKED}{_OPEN}]?)[\])]?[,;、/]?")
_LICENCE_NUMBER = re.compile(r"(?:有证?[,:;]?)?(?:(?:采矿)?(?:许可)?证?号[:]?)?[Cc]?\d{13,25}")


@lru_cache(maxsize=8)
def _answers(scope: str) -> dict[str, str]:
    """Answer writings of that scope, as `_answer_text` leaves them, to their code."""
    path = ROOT / "seeds" / "answer_variants.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["column_scope"] in ("any", scope)]
    # The rows of one scope come last: they override.
    rows.sort(key=lambda row: row["column_scope"] != "any")
    return {_answer_text(row["variant_text"]): row["answer_code"] for row in rows}


def _answer_text(text: str) -> str:
    return "".join(text.translate(_PLAIN).split()).casefold()


def _answer_reader(scope: str) -> tuple[Callable[[str], Read], CellReader]:
    def from_text(text: str) -> Read:
        return Read(_answer(text, scope))

    def from_other(cell: object) -> Read:
        if isinstance(cell, bool | int | float):
            return from_text(as_text(cell))
        return Read("unclear")

    return from_text, from_other


def _answer(text: str, scope: str) -> str:
    answers = _answers(scope)
    compact = _answer_text(text).rstrip(".。,;!")
    if compact in answers:
        return answers[compact]
    if not compact or compact in NULL_WORDS:
        return "not_stated"
    if scope == "mining_licence" and _LICENCE_NUMBER.fullmatch(compact):
        return "yes"
    if (boxes := _checked_answer(compact, answers)) is not None:
        return boxes
    # An answer followed by a bracket is the answer: 有（2025年到期）.
    word, bracket, rest = compact.partition("(")
    if bracket and rest.endswith(")") and word in answers:
        return answers[word]
    return "unclear"


def _checked_answer(compact: str, answers: dict[str, str]) -> str | None:
    """The answer of `☑是□否` or `是√否□`; None if the text is not made of options and boxes."""
    text = _EMPTY_BRACKETS.sub("□", compact).replace("r", "R")
    if pairs := _all_of(_MARK_FIRST, text):
        options = [(option, mark in _CHECKED) for mark, option in pairs]
    elif (pairs := _all_of(_OPTION_FIRST, text)) and any(mark for _, mark in pairs):
        options = [(option, bool(mark) and mark in _CHECKED) for option, mark in pairs]
    else:
        return None
    chosen = {answers.get(option, "unclear") for option, is_checked in options if is_checked}
    if not chosen:
        return "not_stated"
    return chosen.pop() if len(chosen) == 1 else "unclear"


def _all_of(pattern: re.Pattern[str], text: str) -> list[tuple[str, str]] | None:
    """The groups of repeated matches that cover the text without a gap, or None."""
    found, position = [], 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None or match.end() == position:
            return None
        found.append((match[1], match[2]))
        position = match.end()
    return found


# --- coordinates ------------------------------------------------------------------------------------

CHINA_LONGITUDES, CHINA_LATITUDES = (73.0, 136.0), (3.0, 54.0)
_ANGLE_MARKS = _PLAIN | dict.fromkeys(map(ord, "度º˚"), "°")
_ANGLE_MARKS |= dict.fromkeys(map(ord, "分′’‘´`"), "'") | dict.fromkeys(map(ord, "秒″”“〞〃"), '"')
_ANGLE_MARKS |= dict.fromkeys(map(ord, "、，；;"), ",")
_LETTER = r"(?:东经|北纬|[EN])"
_DEGREES = re.compile(
    rf"(?P<letter>{_LETTER})?\s*:?\s*(?<![\d.])(?P<d>\d{{1,3}}(?:\.\d+)?)\s*°"
    r"(?:\s*(?P<m>\d{1,2}(?:\.\d+)?)\s*(?:'(?:\s*(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:\"|'')?)?)?)?",
    re.IGNORECASE,
)
_BETWEEN = rf"[°\s]*{_LETTER}?\s*[,/]?\s*{_LETTER}?\s*:?\s*"
_DECIMALS = re.compile(
    rf"(?<![\d.])(\d{{1,3}}\.\d{{2,}}){_BETWEEN}(?<![\d.])(\d{{1,3}}\.\d{{2,}})(?![\d.])",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(
    rf"(?<![\d.])(\d{{6,7}}(?:\.\d+)?){_BETWEEN}(?<![\d.])(\d{{6,7}}(?:\.\d+)?)(?![\d.])",
    re.IGNORECASE,
)
_GAUSS = re.compile(r"[XY]\s*[=:]\s*\d{7,8}", re.IGNORECASE)


def read_coordinates(text: str) -> Coordinates | None:
    """The first pair of coordinates in a free text, in any order; None if it names none.

    Longitude and latitude do not overlap in China, so the range tells which is which. A pair that
    may be degrees.minutes-seconds as well as decimal degrees is read as decimal and flagged.
    """
    return _coordinates(text) if any(character.isdecimal() for character in text) else None


def _with_plain_marks(text: str) -> str:
    # Before 度 becomes a degree sign.
    text = text.replace("经度", "东经").replace("纬度", "北纬")
    return text.translate(_ANGLE_MARKS).replace("''", '"')


@lru_cache(maxsize=4096)
def _coordinates(text: str) -> Coordinates | None:
    cleaned = _with_plain_marks(text)
    # 10度 of electricity is no coordinate: minutes, decimals or a letter make it one.
    angles = [
        found
        for found in (_DEGREES.finditer(cleaned) if "°" in cleaned else ())
        if found["m"] or found["letter"] or "." in found["d"]
    ]
    if len(angles) >= 2:
        pair = _pair(_degrees(angles[0]), _degrees(angles[1]))
        if pair is None:
            return Coordinates(None, None, f'坐标超出范围："{_short(text)}"')
        return Coordinates(*pair, MORE_THAN_ONE if len(angles) > 2 else None)
    if (decimals := _decimals(cleaned, text)) is not None:
        return decimals
    if found := _RUN_TOGETHER.search(cleaned):
        pair = _pair(_run_together(found[1]), _run_together(found[2]))
        if pair:
            return Coordinates(*pair)
    if angles and angles[0]["m"]:
        return Coordinates(None, None, f'只有一个坐标值："{_short(text)}"')
    if _GAUSS.search(cleaned):
        return Coordinates(None, None, f'高斯投影坐标，未换算："{_short(text)}"')
    return None


def _decimals(cleaned: str, text: str) -> Coordinates | None:
    """The first believable pair of decimals; flagged if only unbelievable ones look meant as such."""
    first_pair: Coordinates | None = None
    out_of_range = False
    position = 0
    while found := _DECIMALS.search(cleaned, position):
        pair = _pair(float(found[1]), float(found[2]))
        if pair and first_pair:
            return Coordinates(first_pair.longitude, first_pair.latitude, MORE_THAN_ONE)
        if pair:
            is_doubtful = looks_like_minutes(found[1]) and looks_like_minutes(found[2])
            first_pair = Coordinates(*pair, AMBIGUOUS_DEGREES if is_doubtful else None)
        elif float(found[1]) or float(found[2]):
            # Two decimals could be sizes in metres, four are meant as a place.
            out_of_range |= min(len(number.partition(".")[2]) for number in found.groups()) >= 4
        position = found.end() if pair else found.end(1)
    if first_pair is None and out_of_range:
        return Coordinates(None, None, f'坐标超出范围："{_short(text)}"')
    return first_pair


MORE_THAN_ONE = "有多组坐标，取第一组"
AMBIGUOUS_DEGREES = "坐标可能是“度.分秒”写法，已按十进制度读取"
SWAPPED = "经纬度写反，已对调"


def looks_like_minutes(number: str | float) -> bool:
    """Whether decimals could be minutes and seconds: 111.2913 may mean 111°29′13″."""
    decimals = str(number).partition(".")[2]
    return len(decimals) == 4 and int(decimals[:2]) < 60 and int(decimals[2:]) < 60


def plausible_lon_lat(
    longitude: float | None, latitude: float | None
) -> tuple[float | None, float | None, str | None]:
    """The pair, swapped back if it was swapped, and a warning; a pair outside China is null.

    0/0 is how platforms write "none". Half a pair is kept as it is, with a warning.
    """
    if longitude is None and latitude is None:
        return None, None, None
    if longitude is None or latitude is None:
        known = latitude if longitude is None else longitude
        if known == 0:
            return None, None, None
        return longitude, latitude, "经度和纬度只填了一个"
    if longitude == 0 and latitude == 0:
        return None, None, None
    if _within(longitude, CHINA_LONGITUDES) and _within(latitude, CHINA_LATITUDES):
        return longitude, latitude, None
    if _within(latitude, CHINA_LONGITUDES) and _within(longitude, CHINA_LATITUDES):
        return latitude, longitude, SWAPPED
    return None, None, f'坐标超出范围："{longitude},{latitude}"'


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _pair(first: float | None, second: float | None) -> tuple[float, float] | None:
    """Longitude and latitude of two numbers in either order, or None if they are no place in China."""
    if first is None or second is None:
        return None
    longitude, latitude, _ = plausible_lon_lat(first, second)
    return None if longitude is None or latitude is None else (longitude, latitude)


def _degrees(found: re.Match[str]) -> float | None:
    """Decimal degrees of one match, rounded to a ten-thousandth of a second; None if 60′ or more."""
    minutes, seconds = float(found["m"] or 0), float(found["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    return round(float(found["d"]) + minutes / 60 + seconds / 3600, 8)


def _run_together(digits: str) -> float | None:
    """1112913 → 111°29′13″; None where the digits cannot be that."""
    whole, _, fraction = digits.partition(".")
    degrees, minutes = int(whole[:-4]), int(whole[-4:-2])
    seconds = float(f"{whole[-2:]}.{fraction or 0}")
    if (
        minutes >= 60
        or seconds >= 60
        or not (_within(degrees, CHINA_LONGITUDES) or _within(degrees, CHINA_LATITUDES))
    ):
        return None
    return round(degrees + minutes / 60 + seconds / 3600, 8)


_ONE_DECIMAL = re.compile(rf"{_LETTER}?\s*:?\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*{_LETTER}?", re.I)


def _angle_from_text(text: str) -> Read:
    cleaned = _with_plain_marks(text).strip()
    if cleaned in NULL_WORDS:
        return BLANK
    if found := _ONE_DECIMAL.fullmatch(cleaned):
        return _angle_from_other(float(found[1]))
    found = _DEGREES.match(cleaned)
    if found and re.fullmatch(rf"\s*{_LETTER}?", cleaned[found.end() :], re.IGNORECASE):
        value = _degrees(found)
        if value is not None:
            return Read(value)
    return _unreadable("坐标", text)


def _angle_from_other(cell: object) -> Read:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return _unreadable("坐标", cell)
    value = float(cell)
    if not math.isfinite(value):
        return _unreadable("坐标", cell)
    if 100_000 <= value < 10_000_000:
        degrees = _run_together(as_text(value))
        return _unreadable("坐标", cell) if degrees is None else Read(degrees)
    return Read(value)
