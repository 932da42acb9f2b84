"""A plain table of a feed out of grids: the header found, every row read, rejected or counted as skipped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ingestion.declare import Column, Feed, Note, Reading, Refused, Row, Value
from ingestion.feeds import feed_named
from ingestion.masking import Masker
from ingestion.readers.grids import Cell, Grid
from ingestion.values import (
    AMBIGUOUS_DEGREES,
    DITTO_MARKS,
    CellReader,
    as_text,
    cell_reader,
    looks_like_minutes,
    plain,
    plausible_lon_lat,
    unit_factor,
)

# A title, a period, a unit line and a remark may stand above the header, more is another kind of sheet.
HEADER_SEARCH_ROWS = 30
RUNNING_NUMBER_HEADERS = frozenset(["序号", "序", "号", "no", "no.", "编序"])

# Who called, in whatever table: the first is what a header says, the second what it may go on with.
_REPORTER = re.compile(
    r"(?:实名)?(?:举报|报警|报案|来电|投诉|反映|信访|检举|控告|诉求|爆料|领奖|受奖)(?:人员?|者)"
    r"(?:[的其及和与、/]*(?:姓名|名字|名称|信息|电话|手机|号码|联系|身份证|证件|住址|地址).{0,6})?"
    r"|caller_?(?:name|phone|number|id)?",
    re.IGNORECASE,
)
# A name of a person, and what stands in the same place without naming one.
_PERSON_NAME = re.compile(r"[\u3400-\u9fff·]{2,15}")
_NO_NAME = re.compile(
    r"群众|村民|居民|市民|网民|网友|匿名|热心|路人|未知|不详|不愿|拒绝|本人|[乡镇村县局站所]|公司|单位|部门|委员会|办公室|热线|中心"
)
_LOCAL_NUMBER = re.compile(r"\d[\d-]{5,}\d")
_DEFAULT_SHEET = re.compile(r"(?:Sheet|工作表|表)\d{0,3}", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_SUBTOTAL = re.compile(r"\D{0,12}?(?:合计|小计|总计|共计)(?:[:(\d].*)?", re.DOTALL)
_FOOTER = re.compile(
    r"(?:填表人?|制表人?|填报人?|填报单位|填报时间|填表时间|填表日期|制表单位|制表日期|制表时间|审核人?|审批人?"
    r"|复核人?|负责人|单位负责人|主要负责人|分管领导|经办人|联系人|联系电话|打印时间|打印日期|导出时间|说明|备注|注)"
    r"(?:\(.{0,12}\))?(?::.*)?|第\d+页.*|共\d+(?:页|条).*|-+第?\d+页?-+",
    re.DOTALL,
)


@lru_cache(maxsize=4096, typed=True)
def normalised_header(cell: Cell) -> str:
    """A header as it is compared: spaces, line breaks, brackets with units and stars do not matter."""
    return _BRACKETS.sub("", _compact(as_text(cell))).strip("*:").casefold() if cell else ""


@lru_cache(maxsize=4096)
def names_reporter(header: str) -> bool:
    """Whether a normalised header stands over those who reported something."""
    return bool(_REPORTER.fullmatch(header))


def is_personal(feed: Feed, header: str) -> bool:
    """Whether cells under a normalised header are masked as a whole although they are not declared.

    Reporters everywhere, and what had to give way to another header of a masked column. Telephone
    numbers of offices are masked as numbers: who answers them is no secret.
    """
    name = known_headers(feed).get(header)
    return names_reporter(header) or (name is not None and feed.column(name).masked)


def shown_sheet(name: str, masker: Masker, is_protected: bool) -> str:
    """The sheet's name as it may be written: of a protected delivery only if it tells nothing."""
    if is_protected and not (feed_named(name) or _DEFAULT_SHEET.fullmatch(name.strip())):
        return masker.mask_value(name)
    return masker.mask_text(name)


@dataclass(frozen=True)
class Header:
    """Where the columns of a feed stand in one grid. `rows` are header rows, from `top` on."""

    top: int
    rows: int
    columns: dict[str, int]
    texts: list[str]
    missing: tuple[Column, ...] = ()

    @property
    def first_data_row(self) -> int:
        """Index of the row below the header."""
        return self.top + self.rows

    @cached_property
    def names(self) -> dict[int, str]:
        """The columns by where they stand."""
        return {index: name for name, index in self.columns.items()}


def find_header(feed: Feed, grid: Grid) -> Header | None:
    """The header of that feed in the grid, one or more rows high; None if there is none.

    It is the row that names most declared columns; `missing` lists the required ones it lacks. Raises
    Refused if one declared column has two headers; of a masked column or a protected feed the one that
    is declared first counts instead.
    """
    known = known_headers(feed)
    required = {column.name for column in feed.columns if column.required}
    best: tuple[int, int, int] | None = None
    for top in range(min(len(grid.rows), HEADER_SEARCH_ROWS)):
        names = _names(grid, top, 1, known)
        if not names:
            continue
        rows = _merged_header_rows(grid, top)
        if rows > 1:
            names = _names(grid, top, rows, known)
        elif top + 1 < len(grid.rows) and _has_gaps(grid.rows[top]):
            # Without merged cells (delimited text, ods) gaps and more matches tell a second level.
            both = _names(grid, top, 2, known)
            if len(both) > max(len(names), len(_names(grid, top + 1, 1, known))):
                rows, names = 2, both
        if best is None or len(names) > best[0]:
            best = len(names), top, rows
        if required and names >= required:
            break
    if best is None:
        return None
    _, top, rows = best
    return _header_at(feed, grid, top, rows, known)


@lru_cache(maxsize=64)
def known_headers(feed: Feed) -> dict[str, str]:
    """Every normalised header of the feed → its column, in the order of declaration."""
    return {
        normalised_header(name): column.name
        for column in feed.columns
        for name in (column.header, column.name, *column.aliases)
    }


def _merged_header_rows(grid: Grid, top: int) -> int:
    """How many rows the merged cells of a header row reach down, 1 without any."""
    rows = 1
    while top + rows < len(grid.rows) and any(
        grid.fills.get((top + rows, column), (-1, -1))[0] == top
        for column in range(len(grid.rows[top]))
    ):
        rows += 1
    return rows


def _has_gaps(row: list[Cell]) -> bool:
    """Whether a blank cell stands between or behind filled ones."""
    return any(cell is None or cell == "" for cell in row)


def _names(grid: Grid, top: int, rows: int, known: dict[str, str]) -> set[str]:
    """Declared columns that these rows name as a header."""
    if rows == 1:
        # Every row at the top of every sheet is asked for several feeds.
        labels = set(map(normalised_header, grid.rows[top]))
        return {known[label] for label in labels.intersection(known)}
    found = (_declared(grid, top, rows, column, known) for column in range(len(grid.rows[top])))
    return {name for name in found if name}


def _levels(grid: Grid, top: int, rows: int, column: int) -> list[str]:
    """Header texts of a column from top to bottom; a text merged downwards counts once."""
    texts: list[str] = []
    for row in range(top, top + rows):
        text = as_text(grid.rows[row][column])
        if not text and row == top and rows > 1:
            text = _group_to_the_left(grid, top, column)
        if text and (not texts or text != texts[-1]):
            texts.append(text)
    return texts


def _group_to_the_left(grid: Grid, top: int, column: int) -> str:
    """The group a blank upper header belongs to where merging is not known (有效期 over 起 and 止)."""
    upper, lower = grid.rows[top], grid.rows[top + 1]
    while column > 0 and as_text(lower[column]):
        column -= 1
        if text := as_text(upper[column]):
            return text if as_text(lower[column]) else ""
    return ""


def _declared(grid: Grid, top: int, rows: int, column: int, known: dict[str, str]) -> str | None:
    """The declared column under a header."""
    label = _label(grid, top, rows, column, known)
    return known[label] if label else None


def _label(grid: Grid, top: int, rows: int, column: int, known: dict[str, str]) -> str | None:
    """The known header over a column: its lowest level, both (有效期 + 起), or the upper."""
    if rows == 1:
        label = normalised_header(grid.rows[top][column])
        return label if label in known else None
    levels = _levels(grid, top, rows, column)
    for text in (*levels[-1:], "".join(levels), *reversed(levels[:-1])):
        if (label := normalised_header(text)) in known:
            return label
    return None


def _header_at(feed: Feed, grid: Grid, top: int, rows: int, known: dict[str, str]) -> Header:
    columns: dict[str, int] = {}
    texts: list[str] = []
    order = {label: number for number, label in enumerate(known)}
    ranks: dict[str, int] = {}
    for column in range(len(grid.rows[top])):
        texts.append("".join("".join(_levels(grid, top, rows, column)).split()))
        label = _label(grid, top, rows, column, known)
        if label is None:
            continue
        name, rank = known[label], order[label]
        # One header merged over two columns is one header; its first column holds the values.
        if name in columns and grid.fills.get((top, column)) != (top, columns[name]):
            if feed.is_protected or feed.column(name).masked:
                # Nobody should have to edit a file of reporters by hand, least of all to keep one of
                # two telephone numbers. What gives way is masked or not kept like any other column.
                if rank < ranks[name]:
                    columns[name], ranks[name] = column, rank
                continue
            first, second = texts[columns[name]], texts[column]
            places = f"{grid.address(top, columns[name])}“{first}”和{grid.address(top, column)}“{second}”"
            raise Refused(
                f"{_sheet_words(grid)}有两列都是“{feed.column(name).header}”：{places}。",
                "请保留一列后重新报送。",
                unquoted=f"有两列都是“{feed.column(name).header}”。",
            )
        columns.setdefault(name, column)
        ranks.setdefault(name, rank)
    missing = tuple(
        column for column in feed.columns if column.required and column.name not in columns
    )
    return Header(top, rows, columns, texts, missing)


def _sheet_words(grid: Grid) -> str:
    return f"工作表“{grid.sheet}”" if grid.sheet else "表格"


def read_table(
    feed: Feed, grids: list[Grid], *, report_year: int | None = None, masker: Masker
) -> Reading:
    """Every row of the feed in the grids: good, rejected with reasons, or counted as skipped.

    Hidden sheets are counted, not read. Sheets without the feed's header are listed in
    `skipped_sheets` as long as another sheet has it; otherwise, and if a required column is missing,
    Refused is raised. Empty sheets are nothing.
    """
    reading = Reading(feed)
    visible = [grid for grid in grids if not grid.hidden and has_content(grid)]
    headers = [(grid, find_header(feed, grid)) for grid in visible]
    usable = [(grid, header) for grid, header in headers if header and not header.missing]
    if not usable:
        raise no_header(feed, grids, headers)
    for grid, header in usable:
        SheetRows(feed, grid, header, report_year, masker).read_into(reading)
    reading.skipped_sheets += [
        grid.sheet or "" for grid, header in headers if not header or header.missing
    ]
    for grid in grids:
        if grid.hidden and has_content(grid):
            header = find_header(feed, grid)
            first = header.first_data_row if header else 0
            rows = sum(_is_filled(grid, row) for row in range(first, len(grid.rows)))
            reading.skipped["hidden_sheet"] += rows
    return reading


def no_header(feed: Feed, grids: list[Grid], headers: list[tuple[Grid, Header | None]]) -> Refused:
    """Why no sheet could be used: all hidden or empty, a required column missing, no header at all."""
    if not headers:
        is_hidden = any(grid.hidden and has_content(grid) for grid in grids)
        what = "有内容的工作表都被隐藏" if is_hidden else "表格里没有内容"
        return Refused(f"{what}。", "请核对后重新报送。")
    partial = [(grid, header) for grid, header in headers if header]
    if partial:
        grid, header = min(partial, key=lambda item: len(item[1].missing))
        names = "、".join(f"“{column.header}”" for column in header.missing)
        seen = "、".join(text for text in header.texts if text)
        return Refused(
            f"{_sheet_words(grid)}缺少必填列{names}（表头为：{seen[:300]}）。",
            f"请按“{feed.title}”的表头补齐后重新报送。",
            unquoted=f"缺少必填列{names}。",
        )
    wanted = "、".join(column.header for column in feed.columns if column.required)
    first_texts = (as_text(cell) for row in headers[0][0].rows[:3] for cell in row)
    seen = "、".join(dict.fromkeys(text[:30] for text in first_texts if text))
    return Refused(
        f"找不到“{feed.title}”的表头（应有：{wanted}；前几行为：{seen[:200]}）。",
        "请核对文件是否放对文件夹，表头是否完整，然后重新报送。",
        unquoted=f"找不到“{feed.title}”的表头（应有：{wanted}）。",
    )


def has_content(grid: Grid) -> bool:
    """Whether a sheet has any row at all."""
    return any(_is_filled(grid, row) for row in range(len(grid.rows)))


def _is_filled(grid: Grid, row: int) -> bool:
    """Whether a row has a cell of its own: copies of merged cells alone do not make a row."""
    return any(
        cell is not None
        and (not isinstance(cell, str) or cell.strip())
        and (row, column) not in grid.fills
        for column, cell in enumerate(grid.rows[row])
    )


@dataclass(frozen=True)
class _Field:
    """One declared column that the sheet has."""

    column: Column
    index: int
    header: str
    read: CellReader
    is_answer: bool
    is_key: bool
    copies_ditto: bool
    is_masked_text: bool


@dataclass
class SheetRows:
    """The rows below one header; keeps what depends on the rows before (ditto marks, the footer)."""

    feed: Feed
    grid: Grid
    header: Header
    report_year: int | None
    masker: Masker
    fields: list[_Field] = field(default_factory=list)
    previous: dict[int, Cell] = field(default_factory=dict)
    is_below_footer: bool = False

    def __post_init__(self) -> None:
        header = self.header
        above = self.grid.rows[: header.first_data_row]
        lines = (as_text(cell) for row in self.grid.rows[: header.top] for cell in row)
        self.unit_lines = [line for line in dict.fromkeys(lines) if "单位" in line]
        for column in self.feed.columns:
            index = header.columns.get(column.name)
            if index is None:
                continue
            is_key = column.name in self.feed.key
            is_identifier = column.kind == "identifier"
            texts = [header.texts[index], *self.unit_lines]
            self.fields.append(
                _Field(
                    column,
                    index,
                    # A bracket in the header of a protected feed could say anything.
                    column.header if self.feed.is_protected else header.texts[index],
                    cell_reader(column, self.report_year, unit_factor(column, texts)),
                    column.kind == "answer",
                    is_key,
                    # A number that names one thing is never "as above": the rows would be one.
                    copies_ditto=not (is_key and is_identifier),
                    # A key is joined on as it is; of a protected feed it may be a caller's number,
                    # which other feeds that name the row mask as well.
                    is_masked_text=not column.masked
                    and (
                        column.kind == "text"
                        or (is_identifier and (not is_key or self.feed.is_protected))
                    ),
                )
            )
        self.fields.sort(key=lambda one: one.index)
        declared = {one.index for one in self.fields}
        self.unknown = _unknown_headers(self.grid, header, declared)
        self.running = {
            index
            for index, text in enumerate(header.texts)
            if normalised_header(text) in RUNNING_NUMBER_HEADERS
        }
        self.masked = {one.index for one in self.fields if one.column.masked}
        self.masked |= {
            index
            for index in self.unknown
            if is_personal(self.feed, normalised_header(header.texts[index]))
        }
        self.blanks: dict[str, Value] = {
            column.name: "not_stated" if column.kind == "answer" else None
            for column in self.feed.columns
        }
        self.words_above = {normalised_header(cell) for row in above for cell in row if cell}
        names = {one.column.name: one for one in self.fields}
        self.point = (
            (names["longitude"], names["latitude"])
            if "longitude" in names and "latitude" in names
            else None
        )
        self.sheet = (
            shown_sheet(self.grid.sheet, self.masker, self.feed.is_protected)
            if self.grid.sheet
            else None
        )

    def read_into(self, reading: Reading) -> None:
        """Add every row below the header to the reading."""
        for row in range(self.header.first_data_row, len(self.grid.rows)):
            own = self.own_cells(row)
            if not own:
                continue
            if skipped := self.skip_reason(row, own):
                reading.skipped[skipped] += 1
                continue
            read = self.row(row)
            if read is None:
                reading.skipped["blank_template_row"] += 1
            else:
                reading.rows.append(read)

    def own_cells(self, row: int) -> list[int]:
        """Columns of the filled cells that are no copies."""
        fills = self.grid.fills
        return [
            column
            for column, cell in enumerate(self.grid.rows[row])
            if cell is not None
            and cell != ""
            and (cell.__class__ is not str or not cell.isspace())  # type: ignore[union-attr]
            and (not fills or (row, column) not in fills)
        ]

    def skip_reason(self, row: int, own: list[int]) -> str | None:
        """Why a row is no data row, judged by its own cells; None if it may be one."""
        cells = self.grid.rows[row]
        if self.running.issuperset(own) and all(as_text(cells[n]).isdecimal() for n in own):
            return "blank_template_row"
        if all(normalised_header(cells[n]) in self.words_above for n in own):
            return "repeated_header"
        # Forms number their columns in the row under the header.
        if row == self.header.first_data_row and len(own) > 2:
            numbers = [str(n + 1) for n in range(len(own))]
            if [as_text(cells[n]) for n in own] == numbers:
                return "repeated_header"
        # The label stands first or after a running number.
        first, *second = (_compact(as_text(cells[n])[:200]) for n in own[:2])
        if any(
            "计" in text and len(text) < 60 and _SUBTOTAL.fullmatch(text)
            for text in (first, *second)
        ):
            return "subtotal"
        is_footer = len(own) <= 6 and _FOOTER.fullmatch(first)
        # Notes under a footer run on in rows of a single cell.
        if is_footer or (self.is_below_footer and len(own) == 1):
            self.is_below_footer = True
            return "footer"
        self.is_below_footer = False
        return None

    def row(self, row: int) -> Row | None:
        """The row as read, or None if nothing was filled in."""
        grid, mask = self.grid, self.masker.mask_text
        cells = grid.rows[row]
        values = dict(self.blanks)
        result = Row(values, grid.row_number(row), self.sheet)
        has_value = False
        for one in self.fields:
            cell = cells[one.index]
            is_copy = bool(grid.fills) and (row, one.index) in grid.fills
            if is_copy:
                cell = self._copied(row, one.index)
            if cell is None or cell == "":
                self.previous.pop(one.index, None)
                if one.column.required:
                    result.reject_reasons.append(self._note(row, one, "必填项为空"))
                continue
            if isinstance(cell, str) and cell.strip() in DITTO_MARKS:
                has_value = True
                cell = self._ditto(row, one, cell, result)
                if cell is None:
                    continue
            self.previous[one.index] = cell
            value, problem = one.read(cell)
            if one.is_answer:
                text = as_text(cell)
                if text and not self.feed.is_protected:
                    result.extra[one.column.header] = mask(text)
                has_value |= value != "not_stated"
            elif value is not None:
                is_number = one.index in self.running and str(value).isdecimal()
                has_value |= not is_copy and not is_number
                if one.column.masked:
                    value = self.masker.mask_value(str(value))
                elif one.is_masked_text:
                    value = mask(value)
            values[one.column.name] = value
            if problem:
                has_value = True
                reason = "无法识别" if one.column.masked else self._reason(problem)
                must_be_good = one.column.required or one.is_key
                notes = result.reject_reasons if must_be_good else result.warnings
                notes.append(self._note(row, one, reason))
            elif value is None and one.column.required:
                result.reject_reasons.append(self._note(row, one, "必填项为空"))
        if self.point:
            self._check_point(row, result)
        has_value |= self._read_unknown(row, result)
        if not has_value:
            return None
        if self.feed.is_protected:
            self._hide_reporter(row, result)
            if result.reject_reasons:
                self._blank_texts(result)
        if result.reject_reasons:
            result.original = self.original(row)
        return result

    def _copied(self, row: int, column: int) -> Cell:
        """The value of a merged copy: only from above in the same column, and never from the header."""
        from_row, from_column = self.grid.fills[row, column]
        if from_column != column or from_row < self.header.first_data_row:
            return None
        return self.grid.rows[row][column]

    def _ditto(self, row: int, one: _Field, mark: str, result: Row) -> Cell:
        copied = self.previous.get(one.index) if one.copies_ditto else None
        if copied is None:
            is_needed = one.column.required or one.is_key
            notes = result.reject_reasons if is_needed else result.warnings
            notes.append(self._note(row, one, f'"{mark.strip()}"上方没有可沿用的值'))
            return None
        result.warnings.append(self._note(row, one, f'"{mark.strip()}"，沿用上一行'))
        return copied

    def _check_point(self, row: int, result: Row) -> None:
        """Longitude and latitude together: swapped back, or null if they are no place in China."""
        east, north = self.point  # type: ignore[misc]
        before = result.values[east.column.name], result.values[north.column.name]
        if before == (None, None):
            return
        longitude, latitude, warning = plausible_lon_lat(*before)  # type: ignore[arg-type]
        result.values[east.column.name] = longitude
        result.values[north.column.name] = latitude
        is_null = longitude is None and latitude is None
        if warning is None and not is_null:
            cells = self.grid.rows[row]
            if all(looks_like_minutes(as_text(cells[one.index])) for one in (east, north)):
                warning = AMBIGUOUS_DEGREES
        if is_null and east.column.required:
            reason = self._reason(warning or "坐标为 0，等于没有")
            result.reject_reasons.append(self._note(row, east, reason))
        elif warning:
            result.warnings.append(self._note(row, east, self._reason(warning)))

    def _read_unknown(self, row: int, result: Row) -> bool:
        """Keep undeclared columns as text, none of a protected feed; whether any was filled.

        The running number does not count as filled.
        """
        cells, fills = self.grid.rows[row], self.grid.fills
        is_filled = False
        for index, header in self.unknown.items():
            cell = cells[index]
            if cell is None or cell == "":
                continue
            if fills and (row, index) in fills:
                cell = self._copied(row, index)
            if text := as_text(cell):
                if not self.feed.is_protected:
                    result.extra[header] = self._mask_at(index)(text)
                is_filled |= index not in self.running and (row, index) not in fills
        return is_filled

    def _mask_at(self, index: int) -> Callable[[str], str]:
        return self.masker.mask_value if index in self.masked else self.masker.mask_text

    def _reason(self, problem: str) -> str:
        """What is wrong with a cell; of a protected feed without the cell, which may hold anything."""
        if self.feed.is_protected:
            return problem.partition('："')[0]
        return self.masker.mask_text(problem)

    def _hide_reporter(self, row: int, result: Row) -> None:
        """Mask who reported also where the texts of the row name them."""
        said: list[str] = []
        for index in self.masked:
            # What a ditto mark or a merged cell stands for is what was read last.
            text = as_text(self.previous.get(index) or self.grid.rows[row][index])
            said += _LOCAL_NUMBER.findall(text)
            said += [name for name in _PERSON_NAME.findall(text) if not _NO_NAME.search(name)]
        for one in self.fields if said else ():
            text = result.values[one.column.name]
            if one.is_masked_text and isinstance(text, str):
                for name in said:
                    text = text.replace(name, self.masker.mask_value(name))
                result.values[one.column.name] = text

    def _blank_texts(self, result: Row) -> None:
        """Of a rejected row keep no text, which no model reads.

        It may be out of line by one cell: a reporter's name where a place should be.
        """
        for one in self.fields:
            value = result.values[one.column.name]
            if one.is_masked_text and (one.column.kind == "text" or not str(value).isascii()):
                result.values[one.column.name] = None

    def original(self, row: int) -> dict[str, str]:
        """Every filled cell of the row as sent, masked, under its header.

        Of a protected feed only numbers of things and times, as far as they were readable.
        """
        original: dict[str, str] = {}
        if self.feed.is_protected:
            for one in self.fields:
                if one.column.kind in ("identifier", "date", "timestamp") and not one.column.masked:
                    value = one.read(self.grid.rows[row][one.index]).value
                    if value is not None and str(value).isascii():
                        original[one.header] = self.masker.mask_text(str(value))
            return original
        for index, cell in enumerate(self.grid.rows[row]):
            text = as_text(cell)
            if text:
                header = self.unknown.get(index) or self.header.texts[index]
                original[header] = self._mask_at(index)(text)
        return original

    def _note(self, row: int, one: _Field, reason: str) -> Note:
        return Note(self.grid.address(row, one.index), one.header, reason)


def _unknown_headers(grid: Grid, header: Header, declared: set[int]) -> dict[int, str]:
    """Undeclared columns and the name of each: its header, numbered if met before, or its letter."""
    named: dict[int, str] = {}
    taken = {header.texts[index] for index in declared}
    for index, text in enumerate(header.texts):
        if index in declared:
            continue
        base = name = text or grid.address(0, index).rstrip("0123456789") + "列"
        count = 1
        while name in taken:
            count += 1
            name = f"{base}({count})"
        taken.add(name)
        named[index] = name
    return named


def _compact(text: str) -> str:
    return "".join(plain(text).split())
