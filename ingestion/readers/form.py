"""Patrol forms out of grids: where each begins and ends, who filed it and when, and every row in it.

A form is a heading (title, unit and date), a header row, rows, a foot with names, notes. Several stand
below each other on a sheet, on several sheets, and every one of these parts may be missing, split over
cells and lines, or merged with its neighbour. What is found is never guessed away: a row whose form names
no unit or date is kept as a rejected row, a headed form without rows is a zero report, and only a
template that nobody has touched is nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from ingestion.declare import Column, Feed, Form, Note, Reading, Row, Value
from ingestion.masking import Masker
from ingestion.readers.grids import Cell, Grid
from ingestion.readers.table import (
    Header,
    SheetRows,
    find_header,
    has_content,
    known_headers,
    no_header,
    normalised_header,
)
from ingestion.values import NULL_WORDS, Read, as_text, cell_reader, plain, read_coordinates

UNIT, DATE, PERIOD, LEVEL = "reporting_unit_name", "filled_date", "period_text", "patrol_level"
PERSONS = ("preparer_name", "supervisor_name", "principal_name")
PATROLLED, NOTES = "patrol_date", "notes"
LOCATION, NUMBER = "location_text", "entry_number"

# What a form calls its own particulars. The first ones are said nowhere else; a weak one is a label only
# with a colon behind it.
_STRONG_LABELS = {
    UNIT: ("填报单位", "填表单位", "报送单位", "上报单位", "巡查单位", "检查单位", "巡查检查单位")
    + ("填报单位名称", "填报部门", "填报乡镇", "填报村", "报告单位"),
    DATE: ("填写时间", "填写日期", "填报时间", "填报日期", "填表时间", "填表日期")
    + ("上报时间", "上报日期", "报送时间", "报送日期", "制表时间", "制表日期"),
    PERIOD: ("所属期", "所属时期", "所属周期", "巡查周期", "报告期", "填报周期"),
    LEVEL: ("巡查级别", "巡查层级"),
    "preparer_name": ("填表人", "填报人", "制表人", "填表人员"),
    "supervisor_name": ("分管领导", "分管负责人", "分管副职"),
    "principal_name": ("主要负责人", "主要领导", "单位负责人"),
}
_WEAK_LABELS = {
    UNIT: ("单位", "单位名称"),
    DATE: ("日期", "时间"),
    PERIOD: ("期间", "周期"),
    LEVEL: ("级别",),
    "preparer_name": ("经办人",),
    "principal_name": ("负责人",),
    PATROLLED: ("巡查时间", "巡查日期", "检查时间", "检查日期"),
    NOTES: (
        "说明",
        "填表说明",
        "注",
        "备注",
        "审核人",
        "审核",
        "联系人",
        "联系电话",
        "电话",
        "手机",
    ),
}
_LABEL_NAMES = {
    word: name
    for labels in (_STRONG_LABELS, _WEAK_LABELS)
    for name, words in labels.items()
    for word in words
}
_STRONG_WORDS = frozenset(word for words in _STRONG_LABELS.values() for word in words)
_WORDS = sorted(_LABEL_NAMES, key=len, reverse=True)
_STAMP = r"(?:\s*\((?:公章|盖章|盖公章|签章|加盖公章|章|签字|签名)\))?"
# 填 表 人: the characters of a label are often spread.
_SPREAD_WORDS = "|".join(r"\s*".join(word) for word in _WORDS)
_LABEL = re.compile(rf"(?P<word>{_SPREAD_WORDS}){_STAMP}\s*(?P<colon>:)?{_STAMP}")
_FIRST_LABEL = re.compile(f"({'|'.join(_WORDS)})(?:\\([^()]*\\))?(:?)")

_TITLE = re.compile(
    r".{0,60}(?:台账|(?:巡查|排查|检查).{0,12}(?:表|册|记录))(?:\(.{1,30}\)|[\d一二三四五六七八九十].{0,15})?"
    r"|.{0,20}严厉打击.{0,30}|附[件表录][\d一二三四五六七八九十]*[:.、]?"
)
_ATTACHMENT = re.compile(r"附[件表录][\d一二三四五六七八九十]*[:.、]?")

_YEAR = r"(?:(?:20)?\d{2}年|二[〇○零][一二三四五六七八九〇○零]{2}年)?"
_COUNT = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = (
    rf"(?:{_YEAR}{_COUNT}月{_COUNT}[日号]|20\d{{2}}-\d{{1,2}}-\d{{1,2}}"
    r"|(?:20\d{2}[./])?\d{1,2}[./]\d{1,2})"
)
_PERIOD = re.compile(
    rf"{_DAY}[-—–~_至到](?:{_DAY}|{_COUNT}[日号])"
    rf"|{_YEAR}{_COUNT}月份?第?{_COUNT}周|{_YEAR}第{_COUNT}周|{_YEAR}第?[1-4一二三四]季度"
    rf"|{_YEAR}{_COUNT}月份?[上中下]旬|{_YEAR}{_COUNT}月份?(?!{_COUNT}[日号]|\d)"
)
_LEVEL = re.compile(r"县级|乡镇级|乡(?:\(镇\))?级|镇级|村(?:\(社区\))?级")
_FULL_DATE = re.compile(
    r"(?<!\d)(20\d{2})(?:[-./_年](\d{1,2})[-./_月](\d{1,2})日?|(\d{2})(\d{2}))(?!\d)"
)
_UNFILLED = re.compile(r"(?:20)?\s*年\s*月\s*日")
# With its year: of 二二〇二年十一月四日 the rest alone would be another date.
_DATE_IN_TEXT = re.compile(
    rf"(?<![\d二])(?:20\d{{2}}年|二[〇○零][一二三四五六七八九〇○零]{{2}}年){_COUNT}月{_COUNT}[日号]"
    r"|(?<!\d)20\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
)
# Dates and periods are cut out of a sheet's or file's name before a unit is looked for in it.
_UNIT_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])(?:关于)?(?:报送|上报)?(?P<unit>[\u4e00-\u9fff]{1,20}"
    r"(?:村民委员会|居民委员会|村委会|居委会|委员会|人民政府|政府|办事处|街道办|街道|社区|公司|中心|大队"
    r"|局|镇|乡|村))(?![级委])"
)
_NO_UNIT = frozenset(
    ["各村", "各镇", "各乡", "各乡镇", "乡镇", "全村", "全镇", "全乡", "本村", "本镇"]
)

_ZERO_BEFORE = (
    r"经|通过|对|巡查|排查|检查|本|当|该|全|我|此|各|周|月|季度|旬|期|次|日|辖区|境|镇|乡|村|县|区域|范围"
    r"|点位|内|均|暂|皆|中|,|、|:"
)
_ZERO_AFTER = (
    r"任何|异常|情况|问题|隐患|新增|发现|报告|报|非法|违法|违规|盗采|私挖滥采|越层越界|开采|采矿|矿产资源"
    r"|生产|行为|现象|活动|线索|存在|,|、|和|及|等"
)
_ZERO = re.compile(
    rf"(?:{_ZERO_BEFORE})*(?:无|没有|未发现|未见|未出现|零报告|一切正常)(?:{_ZERO_AFTER})*"
)
# What an extended form handed out by the office has printed in its rows: filled in or not, they have these.
_PRINTED = frozenset([NUMBER, LOCATION, PERIOD, LEVEL, "mineral_text", "site_id"])
# A row that says when and by whom, but names no place, still says that nothing was found.
_WHEN_AND_WHO = frozenset(
    [PERIOD, LEVEL, PATROLLED, "arrived_at", "patroller_text", UNIT, DATE, *PERSONS]
)


def read_forms(
    feed: Feed,
    grids: list[Grid],
    *,
    file_stem: str,
    received_on: date | None = None,
    sender_unit: str | None = None,
    masker: Masker,
) -> Reading:
    """Every form in the grids: its rows good, rejected with reasons, or counted as skipped.

    Where a form names no unit, the sheet's name, the file's or `sender_unit` stands in; where it has no
    date, one in title, sheet or file name; both with a warning. A date without a year takes that of the
    file's name, else the one that brings it close to `received_on`. Hidden sheets are counted, not read;
    visible ones without a ledger's header are listed in `skipped_sheets`. Raises Refused if no sheet
    has one.
    """
    reading = Reading(feed)
    found = [(grid, _find_forms(feed, grid)) for grid in grids if has_content(grid)]
    visible = [(grid, forms) for grid, forms in found if not grid.hidden]
    if not any(forms for _, forms in visible):
        headers = [(grid, find_header(feed, grid)) for grid, _ in visible]
        raise no_header(feed, grids, headers)
    near = _near(file_stem, received_on)
    for grid, forms in found:
        if not grid.hidden and not forms:
            reading.skipped_sheets.append(grid.sheet or "")
        # A hidden sheet is read apart, only to know how many rows it has.
        into = Reading(feed) if grid.hidden else reading
        slices = _Slices(grid)
        for form in forms:
            _FormReader(feed, slices, form, file_stem, near, sender_unit, masker, into).read()
        if grid.hidden and forms:
            reading.skipped["hidden_sheet"] += len(into.rows) + into.skipped.total()
    return reading


def _near(file_stem: str, received_on: date | None) -> date | None:
    """The day that a date without a year is close to: the last of the file name's year, or receipt."""
    year = re.search(r"(?<!\d)20\d\d(?!\d)", file_stem)
    if year and (received_on is None or int(year[0]) != received_on.year):
        return date(int(year[0]), 12, 31)
    return received_on


# --- where forms begin and end ----------------------------------------------------------------------


@dataclass
class _Said:
    """What stands behind one label, over as many cells as it takes."""

    cell: str
    parts: list[Cell] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All parts as one text; blank if there is only what the template prints to be written on."""
        text = " ".join(" ".join(map(as_text, self.parts)).replace("_", " ").split())
        return "" if _UNFILLED.fullmatch(text) else text


@dataclass
class _Heading:
    """Lines that may be the heading of the next form or the end of the one above."""

    rows: list[int] = field(default_factory=list)
    said: dict[str, _Said] = field(default_factory=dict)
    lines: list[Cell] = field(default_factory=list)

    def add(self, row: int, said: Mapping[str, _Said], lines: list[Cell]) -> None:
        """One more line; what was said before stands, unless it was left blank."""
        self.rows.append(row)
        _complete(self.said, said)
        self.lines += lines

    @property
    def names_a_form(self) -> bool:
        """Whether it has a unit or date label, filled or not."""
        return UNIT in self.said or DATE in self.said


@dataclass
class _Section:
    """Rows below one header row; `start` is where the cut-out grid begins."""

    start: int
    header: Header
    rows: list[int] = field(default_factory=list)


@dataclass
class _Found:
    """One form as it stands in the grid."""

    sections: list[_Section]
    said: dict[str, _Said]
    lines: list[Cell]


def _complete(said: dict[str, _Said], more: Mapping[str, _Said]) -> None:
    for name, value in more.items():
        if name not in said or not said[name].text:
            said[name] = value


def _find_forms(feed: Feed, grid: Grid) -> list[_Found]:
    finder = _Finder(feed, grid)
    for row in range(len(grid.rows)):
        finder.take(row)
    finder.finish()
    return finder.forms


class _Finder:
    """Reads a sheet downwards: heading, header, rows, foot, and again."""

    def __init__(self, feed: Feed, grid: Grid):
        self.feed, self.grid = feed, grid
        self.known = known_headers(feed)
        self.slices = _Slices(grid)
        self.forms: list[_Found] = []
        self.heading = _Heading()
        self.header_end = 0
        self.is_below_foot = False
        # Labels of the foot that no name has been found for yet: it may stand in the row below.
        self.unnamed: list[str] = []

    def take(self, row: int) -> None:
        """One row of the sheet."""
        own = [
            (column, cell)
            for column, cell in enumerate(self.grid.rows[row])
            if as_text(cell) and (row, column) not in self.grid.fills
        ]
        if not own or row < self.header_end:
            return
        labels = self.known.keys() & {normalised_header(cell) for _, cell in own}
        names = {self.known[label] for label in labels}
        if LOCATION in names and len(names) > 1:
            self._begin(row)
            return
        kind = self._kind(own)
        unnamed, self.unnamed = self.unnamed, []
        if kind == "heading" or not self.forms:
            self._head(row, own)
        elif self.heading.rows:
            self._below_heading(row, own)
        elif kind == "foot":
            said, _ = self._said(row, own)
            _complete(self.forms[-1].said, said)
            self.unnamed = [name for name in PERSONS if name in said and not said[name].text]
            self.is_below_foot = True
        elif kind == "notes":
            self.is_below_foot = True
        elif self.is_below_foot:
            self._below_foot(row, own, unnamed)
        else:
            self._section.rows.append(row)

    def finish(self) -> None:
        """The end of the sheet: lines without a header below them belong to the last form."""
        if self.forms:
            self._give_back_heading()

    @property
    def _section(self) -> _Section:
        return self.forms[-1].sections[-1]

    def _kind(self, own: list[tuple[int, Cell]]) -> str | None:
        """Whether a row begins like a heading, a foot or notes; None for anything else."""
        first = _compact(own[0][1])
        is_numbered = first.isdecimal()
        if (
            len(own) <= 2
            and not is_numbered
            and any(_TITLE.fullmatch(_compact(cell)) for _, cell in own)
        ):
            return "heading"
        labelled = [
            _compact(cell)
            for _, cell in own[:6]
            if isinstance(cell, str) and (":" in cell or "：" in cell)
        ]
        words = ("填表人:", "分管领导:", "主要负责人:")
        if sum(word in text for text in labelled for word in words) > 1:
            # A foot may begin with a telephone number.
            return "heading" if first.startswith("填报单位") else "foot"
        if not (label := _FIRST_LABEL.match(first)):
            return None
        name, is_strong = _LABEL_NAMES[label[1]], label[1] in _STRONG_WORDS
        if not label[2] and not (is_strong and (len(own) > 1 or name in (UNIT, DATE))):
            return None
        if name == NOTES:
            return "notes" if len(own) <= 2 else None
        if not is_strong and not self.is_below_foot:
            return None
        return "foot" if name in PERSONS else "heading"

    def _said(self, row: int, own: list[tuple[int, Cell]]) -> tuple[dict[str, _Said], list[Cell]]:
        """What stands behind which label in this row, and what stands behind none."""
        said: dict[str, _Said] = {}
        lines: list[Cell] = []
        current: _Said | None = None

        def give(value: Cell) -> None:
            if as_text(value):
                (lines if current is None else current.parts).append(value)

        for column, cell in own:
            if not isinstance(cell, str):
                give(cell)
                continue
            text, position = plain(cell), 0
            for label in _LABEL.finditer(text):
                word = "".join(label["word"].split())
                before, after = text[: label.start()], text[label.end() :]
                is_apart = not before or not "\u4e00" <= before[-1] <= "\u9fff"
                is_strong = word in _STRONG_WORDS
                if not (is_apart or (is_strong and label["colon"])):
                    continue
                if not label["colon"] and not (is_strong and (not after or after[0].isspace())):
                    continue
                give(text[position : label.start()])
                current = _Said(self.grid.address(row, column))
                said.setdefault(_LABEL_NAMES[word], current)
                position = label.end()
            give(text[position:].strip())
        return said, lines

    def _head(self, row: int, own: list[tuple[int, Cell]]) -> None:
        said, lines = self._said(row, own)
        pending = self.heading
        if self.forms and pending.names_a_form:
            is_said_again = any(name in said and name in pending.said for name in (UNIT, DATE))
            if is_said_again or not said:
                # A second unit line, or a title below a date: the lines before ended the form above.
                self._give_back_heading()
        self.heading.add(row, said, lines)

    def _begin(self, row: int) -> None:
        """A header row: of a new form, or once more in the same form after a page break."""
        header = find_header(self.feed, self.slices.cut(row, row + 1))
        assert header is not None, "a row that names a column is a header"
        levels = find_header(self.feed, self.slices.cut(row, min(row + 6, len(self.grid.rows))))
        # A second row that adds no column is a row of the form, merged with the header by mistake.
        is_whole = levels is not None and not levels.top and not levels.missing
        if levels and is_whole and len(levels.columns) > len(header.columns):
            header = levels
        self.header_end = row + header.first_data_row
        section = _Section(row, header)
        if self.forms and not self.heading.rows and not self.is_below_foot:
            above = self._section
            if (above.header.columns, above.header.texts) == (header.columns, header.texts):
                above.rows += range(row, self.header_end)
            else:
                self.forms[-1].sections.append(section)
            return
        self._new_form(section)

    def _new_form(self, section: _Section) -> None:
        self.forms.append(_Found([section], self.heading.said, self.heading.lines))
        self.heading = _Heading()
        self.is_below_foot = False

    def _below_heading(self, row: int, own: list[tuple[int, Cell]]) -> None:
        looks_like_row = self._looks_like_row(own)
        if self.heading.names_a_form and (looks_like_row or _is_zero_text(as_text(own[0][1]))):
            # The header was not repeated for this form.
            self._new_form(self._headless(row))
            self._section.rows.append(row)
        elif looks_like_row:
            self._give_back_heading()
            self.is_below_foot = False
            self._section.rows.append(row)
        else:
            said, lines = self._said(row, own)
            self.heading.add(row, said, lines)

    def _looks_like_row(self, own: list[tuple[int, Cell]]) -> bool:
        """Whether cells below a foot or heading stand where those of a row of the form above stand."""
        place = self._section.header.columns[LOCATION]
        has_place = any(column == place for column, _ in own)
        is_numbered = as_text(own[0][1]).isdecimal()
        if is_numbered:
            return has_place or len(own) > 2
        return has_place and len(own) > (1 if own[0][0] == place else 2)

    def _headless(self, row: int) -> _Section:
        above = self._section.header
        return _Section(row, Header(0, 0, above.columns, above.texts))

    def _give_back_heading(self) -> None:
        """The lines gathered are no heading of a form with a header: whose are they?"""
        heading, form = self.heading, self.forms[-1]
        if not heading.rows:
            return
        unit, date_, above = (
            "".join(said[name].text.split()) if name in said else ""
            for said, name in ((heading.said, UNIT), (heading.said, DATE), (form.said, UNIT))
        )
        is_foot = any(name in heading.said for name in PERSONS)
        if unit and date_ and above and not is_foot and unit not in above and above not in unit:
            # Another unit and its date, without header and rows: a form of its own.
            self._new_form(self._headless(heading.rows[-1] + 1))
            return
        if heading.said:
            _complete(form.said, heading.said)
        elif not self.is_below_foot:
            # Titles look like rows of one cell; these were rows.
            self._section.rows += heading.rows
        self.heading = _Heading()

    def _below_foot(self, row: int, own: list[tuple[int, Cell]], unnamed: list[str]) -> None:
        texts = [as_text(cell) for _, cell in own]
        if unnamed and len(own) <= len(unnamed) and all(re.fullmatch(r"\D{2,8}", t) for t in texts):
            for name, (column, cell) in zip(unnamed, own, strict=False):
                said = _Said(self.grid.address(row, column), [cell])
                _complete(self.forms[-1].said, {name: said})
            return
        if self._looks_like_row(own):
            # Rows added below the foot are rows.
            self._section.rows.append(row)


class _Slices:
    """Cuts rows out of a grid without walking through all of its merged cells each time."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.fills: dict[int, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
        for (row, column), source in grid.fills.items():
            self.fills[row].append((column, source))

    def cut(self, start: int, end: int) -> Grid:
        """Rows `start` to before `end`, 0-based, with their own row numbers and merged cells."""
        fills = {
            (row - start, column): (from_row - start, from_column)
            for row in range(start, end)
            for column, (from_row, from_column) in self.fills.get(row, ())
        }
        grid = self.grid
        return Grid(
            grid.sheet,
            grid.rows[start:end],
            grid.first_row + start,
            grid.first_column,
            grid.hidden,
            fills,
        )


# --- what a form says about itself ------------------------------------------------------------------


@dataclass
class _Particular:
    """Unit or date of a form: its value, or why there is none; where it was taken from if not there."""

    value: Value = None
    is_own: bool = False
    problem: Note | None = None
    warning: Note | None = None


def _dated(column: Column, cell: Cell, near: date | None) -> Read:
    """A date or time; one without a year falls in that of `near`, or before it over New Year."""
    read = cell_reader(column, near.year if near else None)(cell)
    day = read.value.date() if isinstance(read.value, datetime) else read.value
    # A form is filled in before it is received: 12月30日 in January is last year's.
    is_ahead = near is not None and isinstance(day, date) and day - near > timedelta(days=183)
    if is_ahead and near and cell_reader(column, None)(cell).value is None:
        return cell_reader(column, near.year - 1)(cell)
    return read


def _date_in(text: str) -> date | None:
    """The one full date in a name; None without any or with several, which would be a period."""
    days = set()
    for found in _FULL_DATE.finditer(text):
        year, *parts = (int(part) for part in found.groups() if part)
        try:
            days.add(date(year, *parts))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def _unit_in(text: str) -> str | None:
    """The unit that a sheet or file is named after, if its name looks like one."""
    text = plain(text)
    for pattern in (_FULL_DATE, _PERIOD):
        text = pattern.sub(" ", text)
    for found in _UNIT_NAME.finditer(text):
        if found["unit"] not in _NO_UNIT:
            return found["unit"]
    return None


def _title(lines: list[Cell]) -> str | None:
    """The title among the lines above the header: the last that reads like one, else the first line."""
    texts = [" ".join(text.split()) for cell in lines if isinstance(cell, str) and (text := cell)]
    texts = [text for text in texts if not _ATTACHMENT.fullmatch("".join(text.split()))]
    for number in range(len(texts) - 1, -1, -1):
        if _TITLE.fullmatch("".join(texts[number].split())):
            # 严厉打击…行为 / 巡查检查台账 / (10月第2周): one title on up to three lines.
            first = number
            if first and "严厉打击" in texts[first - 1] and "台账" not in texts[first - 1]:
                first -= 1
            below = texts[number + 1 : number + 2]
            last = number + bool(below and re.fullmatch(r"\(.{1,30}\)", below[0]))
            return "".join(texts[first : last + 1])
    return texts[0] if texts and len(texts[0]) <= 60 else None


def _compact(cell: Cell) -> str:
    """The beginning of a cell as labels are looked for in it: plain, without any space."""
    return "".join(plain(as_text(cell)[:200]).split())


def _is_zero_text(text: str) -> bool:
    compact = "".join(plain(text[:60]).split()).rstrip(".。!")
    return len(compact) <= 40 and _ZERO.fullmatch(compact) is not None


def _period_in(*texts: str | None) -> str | None:
    for text in texts:
        if text and (found := _PERIOD.search("".join(plain(text).split()))):
            return found[0]
    return None


def _level_in(*texts: str | None) -> str | None:
    """The levels that the first text with any names; several are kept, they decide nothing."""
    for text in texts:
        if text and (found := _LEVEL.findall("".join(plain(text).split()))):
            return "、".join(dict.fromkeys(found))
    return None


# --- reading one form -------------------------------------------------------------------------------


@dataclass
class _FormReader:
    """One form being read into the reading."""

    feed: Feed
    slices: _Slices
    form: _Found
    file_stem: str
    near: date | None
    sender_unit: str | None
    masker: Masker
    reading: Reading

    def read(self) -> None:
        """Add the form and its rows; a template that nobody has touched adds nothing but counts."""
        said, sheet, mask = self.form.said, self.slices.grid.sheet, self.masker.mask_text
        self.title = _title(self.form.lines)
        self.unit, self.filled = self._unit(), self._filled()
        self.form_values: dict[str, Value] = {UNIT: self.unit.value, DATE: self.filled.value}
        self.form_values |= {
            name: mask(said[name].text) if name in said and said[name].text else None
            for name in PERSONS
        }
        self.number = len(self.reading.forms) + 1
        self.zero_rows: list[Row] = []
        self.has_unanswered = False
        rows = [row for section in self.form.sections for row in self._rows_of(section)]
        self.reading.rows += rows
        # A date over places of which nothing is said reports nothing of them.
        is_dated = self.filled.is_own and not self.has_unanswered
        is_touched = is_dated or bool(self.zero_rows)
        is_headed = self.unit.value is not None and self.filled.value is not None
        if not rows and not is_touched and not self.unit.is_own:
            return
        if rows:
            notes = (self.unit.warning, self.filled.warning)
            rows[0].warnings[:0] = [note for note in notes if note]
        stated = [said[name].text if name in said else None for name in (PERIOD, LEVEL)]
        from_row = [
            next((row.values[name] for row in self.zero_rows if row.values[name]), None)
            for name in (PERIOD, LEVEL)
        ]
        lines = [cell for cell in self.form.lines if isinstance(cell, str)]
        period = stated[0] or _period_in(self.title, *lines, sheet, self.file_stem) or from_row[0]
        level = stated[1] or _level_in(self.title, *lines, sheet, self.file_stem) or from_row[1]
        self.reading.forms.append(
            Form(
                form_number=self.number,
                sheet=mask(sheet) if sheet else None,
                title=mask(self.title) if self.title else None,
                reporting_unit_name=self.unit.value,
                filled_date=self.filled.value,
                period_text=mask(str(period)) if period else None,
                level_text=mask(str(level)) if level else None,
                row_count=len(rows),
                is_zero_report=not rows and is_headed and is_touched,
            )
        )

    def _unit(self) -> _Particular:
        said = self.form.said.get(UNIT)
        cell = said.cell if said else None
        text = "".join(said.text.split()) if said else ""
        if text and DATE not in self.form.said:
            # 填报单位:老营镇人民政府 2022年10月9日, without a label between them.
            found = re.fullmatch(r"(.*?)((?:20\d\d|二[〇○零]..)年.+[日号])", text)
            if said and found:
                text = found[1]
                self.form.said[DATE] = _Said(said.cell, [found[2]])
        mask = self.masker.mask_text
        if text and text not in NULL_WORDS:
            return _Particular(mask(text), is_own=True)
        for name, place in (
            (self.slices.grid.sheet, "工作表名"),
            (self.file_stem, "文件名"),
        ):
            if name and (unit := _unit_in(name)):
                return self._stand_in(UNIT, cell, mask(unit), f"{place}“{mask(name)}”")
        if self.sender_unit:
            return self._stand_in(UNIT, cell, mask(self.sender_unit), "随附说明中的报送单位")
        return _Particular(problem=self._note(UNIT, cell, "填报单位为空"))

    def _filled(self) -> _Particular:
        column = self.feed.column(DATE)
        said = self.form.said.get(DATE)
        cell = said.cell if said else None
        if said and said.text:
            read = self._read_date(said)
            if read.problem:
                problem = self._note(DATE, cell, self.masker.mask_text(read.problem))
                return _Particular(is_own=True, problem=problem)
            if isinstance(read.value, date):
                return _Particular(read.value, True, warning=self._year_note(said, read.value))
        for line in self.form.lines:
            # A date on the right above the table needs no label.
            if not isinstance(line, str) or re.search(r"年.*月.*日", line):
                value = cell_reader(column)(line).value
                if isinstance(value, date):
                    return _Particular(value, is_own=True)
        visited = self.form.said.get(PATROLLED)
        if visited and isinstance(value := self._read_date(visited).value, date):
            particular = self._stand_in(DATE, visited.cell, value, "巡查时间")
            return replace(particular, is_own=True)
        for name, place in (
            (self.title, "标题"),
            (self.slices.grid.sheet, "工作表名"),
            (self.file_stem, "文件名"),
        ):
            if name and (day := _date_in(plain(name))):
                return self._stand_in(DATE, cell, day, f"{place}“{self.masker.mask_text(name)}”")
        return _Particular(problem=self._note(DATE, cell, "填写时间为空"))

    def _read_date(self, said: _Said) -> Read:
        """The date behind a label: one cell of any kind, or the pieces of 2022 年 10 月 9 日."""
        column = self.feed.column(DATE)
        if len(said.parts) == 1 and not isinstance(said.parts[0], str):
            return _dated(column, said.parts[0], self.near)
        compact = "".join(said.text.split())
        first: Read | None = None
        for text in (said.text, compact, *_DATE_IN_TEXT.findall(compact)[:1]):
            read = _dated(column, text, self.near)
            if not read.problem:
                return read
            first = first or read
        assert first is not None
        return first

    def _year_note(self, said: _Said, value: date) -> Note | None:
        text = "".join(said.text.split())
        if len(said.parts) == 1 and not isinstance(said.parts[0], str):
            return None
        if not re.match(r"\D{0,4}\d{1,2}月|\D{0,4}[一二三四五六七八九十]{1,2}月", text):
            return None
        return self._note(DATE, said.cell, f"填写时间没有年份，按{value.year}年")

    def _stand_in(self, name: str, cell: str | None, value: Value, source: str) -> _Particular:
        header = self.feed.column(name).header
        return _Particular(value, warning=self._note(name, cell, f"{header}为空，取自{source}"))

    def _note(self, name: str, cell: str | None, reason: str) -> Note:
        return Note(cell, self.feed.column(name).header, reason)

    def _rows_of(self, section: _Section) -> Iterator[Row]:
        """Good and rejected rows of one section; all others are counted as skipped."""
        if not section.rows:
            return
        end = max(section.rows[-1] + 1, section.start + section.header.first_data_row)
        part = self.slices.cut(section.start, end)
        near = self.filled.value if isinstance(self.filled.value, date) else self.near
        year = near.year if near else None
        reader = SheetRows(self.feed, part, section.header, year, self.masker)
        skipped = self.reading.skipped
        for row in (number - section.start for number in section.rows):
            own = reader.own_cells(row)
            if reason := reader.skip_reason(row, own):
                skipped[reason] += 1
                continue
            read = reader.row(row)
            if self._says_nothing_found(section.header, part.rows[row], own):
                if read is None:
                    read = Row(dict(reader.blanks), part.row_number(row), reader.sheet)
                self.zero_rows.append(read)
                if self.unit.value is not None and self.filled.value is not None:
                    skipped["zero_report_row"] += 1
                    continue
            elif self._is_unanswered(section.header, own):
                self.has_unanswered = True
                read = None
            if read is None:
                skipped["blank_template_row"] += 1
                continue
            self._complete_row(read, reader, row, near)
            yield read

    def _is_unanswered(self, header: Header, own: list[int]) -> bool:
        """Whether a row of an extended form has only what was printed in it: nobody has been there."""
        is_extended = header.columns.keys() >= {"site_id", PATROLLED}
        return is_extended and all(header.names.get(index) in _PRINTED for index in own)

    def _says_nothing_found(self, header: Header, cells: list[Cell], own: list[int]) -> bool:
        """无, 本周无异常 where the place should stand (or over the whole row), and nothing else said."""
        is_said = False
        for index in own:
            name, text = header.names.get(index), as_text(cells[index])
            if name == NUMBER and text.isdecimal():
                continue
            if _is_zero_text(text):
                is_said |= name in (LOCATION, NUMBER)
            elif name in _WHEN_AND_WHO or text in NULL_WORDS:
                continue
            elif name and (column := self.feed.column(name)).kind == "answer":
                if cell_reader(column)(cells[index]).value not in ("no", "not_stated"):
                    return False
            else:
                return False
        return is_said

    def _complete_row(self, row: Row, reader: SheetRows, number: int, near: date | None) -> None:
        """What the form and the other cells say about a row."""
        row.form_number = self.number
        for name, value in self.form_values.items():
            # A list with a unit or date in every row speaks for itself.
            if row.values[name] is None:
                row.values[name] = value
        for name, particular in ((UNIT, self.unit), (DATE, self.filled)):
            if row.values[name] is None and particular.problem:
                row.reject_reasons.append(particular.problem)
        self._complete_times(row, reader, number, near)
        if row.values["longitude"] is None or row.values["latitude"] is None:
            self._take_coordinates(row, reader, number)
        if row.reject_reasons:
            row.original = reader.original(number)

    def _complete_times(self, row: Row, reader: SheetRows, number: int, near: date | None) -> None:
        """Dates without a year over New Year, and a time of day alone on the day of the patrol."""
        columns = reader.header.columns
        for name in (PATROLLED, "arrived_at"):
            if row.values[name] is not None:
                cell = reader.previous.get(columns[name])
                row.values[name] = _dated(self.feed.column(name), cell, near).value
        day = row.values[PATROLLED] or row.values[DATE]
        cell = reader.previous.get(columns.get("arrived_at", -1))
        if row.values["arrived_at"] is not None or day is None or cell is None:
            return
        if isinstance(cell, float) and 0 <= cell < 1:
            cell = timedelta(seconds=round(cell * 86_400))
        read = cell_reader(self.feed.column("arrived_at"))(f"{day} {as_text(cell)}")
        if read.value is not None:
            row.values["arrived_at"] = read.value
            address = reader.grid.address(number, columns["arrived_at"])
            row.warnings[:] = [
                note
                for note in row.warnings
                if note.cell != address or not note.reason.startswith("无法识别")
            ]

    def _take_coordinates(self, row: Row, reader: SheetRows, number: int) -> None:
        """Longitude and latitude out of the location, where their own columns do not give both."""
        index = reader.header.columns[LOCATION]
        found = read_coordinates(as_text(reader.previous.get(index)))
        if found is None:
            return
        if found.longitude is not None:
            row.values["longitude"], row.values["latitude"] = found.longitude, found.latitude
        if found.problem:
            address = reader.grid.address(number, index)
            reason = self.masker.mask_text(found.problem)
            row.warnings.append(Note(address, reader.header.texts[index], reason))
