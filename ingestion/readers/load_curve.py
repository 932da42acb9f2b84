"""Load curves: millions of meter-days a file, read by DuckDB in one pass.

A line that DuckDB reads as it stands never becomes a Python object. The few lines that are anything
else (a broken-off export, a letter among the numbers, a sub-total, a date in words) are taken out by
their line number and read again, one by one, with a reason for whatever cannot be used. Reading every
cell as text and casting it afterwards needs no second look, but costs three times as much.

Values stay as written: the multiplication by the row's own `t_factor` is a matter of the models. A
missing point is null, which is not 0.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

import duckdb

from ingestion.declare import DUCKDB_TYPES, Feed, Note, Refused, Row
from ingestion.masking import Masker
from ingestion.raw_files import Origin
from ingestion.readers.bulk import (
    CHUNK,
    GZIP,
    MAYBE_PERSONAL,
    ORIGINAL_CHARACTERS,
    ROWS_AT_A_TIME,
    UTF16,
    WHOLE_LINE,
    WORKBOOKS,
    BulkReading,
    RawDraft,
    decoded,
    inflated,
    named,
    one_of,
    physical_lines,
    quoted,
    workspace,
)
from ingestion.values import FIRST_DATE, LAST_DATE, NULL_WORDS, Read, cell_reader, plain

# Limits against hostile or broken files, all far beyond what a county's power company sends.
MAX_LINE_BYTES = 1_000_000
MAX_COLUMNS = 400
MAX_PARQUET_ROWS = 50_000_000
# More cells than this that are no numbers: the file is read line by line from the start, for DuckDB
# keeps a copy of the line for each of them.
MAX_REFUSED_CELLS = 20_000

HEADER_WITHIN_LINES = 20
# DuckDB's own cast takes what only begins with a date, and drops a time together with its zone.
PLAIN_DATE = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}( 00:00:00(\.0+)?)?"
EMPTY_LINE = re.compile(rb"\n\r?\n")
POINTS = tuple(f"p{number}" for number in range(1, 97))
# Ways in which the collection system writes "not collected"; people's ways are NULL_WORDS.
BLANKS = ("", "NULL", "Null", "null", r"\N", "-", "--", "NaN", "nan", "None", "none", "/")
SUBTOTAL = re.compile(r"^(合计|小计|总计|共计)")
POWER_LIMIT = Decimal(10) ** 6  # DECIMAL(9,3): six digits before the point
# A row with anything that needs more than a cast.
IS_ODD = f"""(
    is_odd
    or meter_id is null or not regexp_full_match(meter_id, '[0-9A-Za-z]{{1,32}}')
    or reading_date is null
    or reading_date not between date '{FIRST_DATE}' and date '{LAST_DATE}'
    or data_type is null
    or not regexp_full_match(coalesce(data_whole_flag, ''), '[01]{{0,288}}')
    or (factor_text is not null and t_factor is null)
)"""
RESEND = "请核对后重新导出，再装载一次。"


@dataclass(frozen=True)
class Layout:
    """Where the columns of one file are. `columns` are tokens by position, null for an extra one."""

    headers: tuple[str, ...]
    columns: tuple[str | None, ...]
    header_line: int = 0
    delimiter: str = ","


def read_load_curve(
    source: Path, feed: Feed, origin: Origin, masker: Masker, draft: Path, scratch: Path
) -> BulkReading:
    """Read the file into a Parquet draft with exactly the columns of `raw_schema(feed)`.

    The kind of file is told by its first bytes, whatever its name. `scratch` is a directory for what
    must be unpacked or does not fit into memory. Raises Refused.
    """
    with source.open("rb") as file:
        magic = file.read(4)
    if magic.startswith(WORKBOOKS):
        raise Refused("这是表格软件的工作簿，不是负荷曲线的导出文件。", "请导出为 CSV 后再装载。")
    if magic.startswith(UTF16):
        raise Refused("文件是 UTF-16 编码。", "请另存为 UTF-8 编码的 CSV 后再装载。")
    with workspace(scratch) as connection:
        if magic == b"PAR1":
            work: Source = ParquetSource(connection, source, feed)
        else:
            if magic.startswith(GZIP):
                source = inflated(source, scratch / "inflated.csv", "日期")
            work = TextSource(connection, source, feed, scratch)
        return Curves(connection, feed, origin, masker, work).write(draft)


# Headers


def simplified(header: str) -> str:
    """A header without what never matters: width, case, spaces, quotes and a unit in brackets."""
    text = unicodedata.normalize("NFKC", header).strip("\ufeff").casefold()
    return re.sub(r"[\s\"']|\(.*?\)", "", text)


def point_number(header: str) -> int | None:
    """The slot 1…96 that the header names; null if it names none, Refused if it is another grid."""
    if match := re.fullmatch(r"p_?0*([1-9]\d?)", header):
        number = int(match[1])
        return number if number <= 96 else None
    match = re.fullmatch(r"t([012]\d)([0-5]\d)|(\d{1,2}):([0-5]\d)(?::00)?", header)
    if not match:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    if minute % 15 or hour > 23:
        # Taking the quarters out of a five-minute grid, or 24:00 for 23:45, would shift every curve.
        raise Refused(
            f"时刻列“{header}”不在 00:00 至 23:45 每 15 分钟一点的 96 点之内。",
            "请按 96 点（p1…p96 或 00:00…23:45）导出后再装载。",
        )
    return hour * 4 + minute // 15 + 1


def token_of(header: str, feed: Feed) -> str | None:
    """The raw column that the header names, null if it is an extra one."""
    plain = simplified(header)
    for column in feed.columns:
        if plain in {simplified(name) for name in (column.name, column.header, *column.aliases)}:
            return column.name
    number = point_number(plain)
    return f"p{number}" if number else None


def layout_of(
    headers: Iterable[str], feed: Feed, header_line: int = 0, delimiter: str = ","
) -> Layout:
    """Which column is which; Refused for two columns of one meaning, too many, or a missing one."""
    seen: Counter[str] = Counter()
    names = []
    for position, header in enumerate(headers, start=1):
        if position > MAX_COLUMNS:
            raise Refused(f"表头超过 {MAX_COLUMNS} 列。", RESEND)
        name = header.strip("\ufeff\"' \t\r\n") or f"第{position}列"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    columns = tuple(token_of(header, feed) for header in headers)
    for token, count in Counter(column for column in columns if column).items():
        if count > 1:
            same = "、".join(n for n, c in zip(names, columns, strict=True) if c == token)
            raise Refused(f"这几列的含义相同，无法确定取哪一列：{same}。", RESEND)
    missing = [c.header for c in feed.columns if c.required and c.name not in columns]
    if not any(point in columns for point in POINTS):
        missing.append("p1…p96")
    if missing:
        shown = "、".join(names[:30]) + ("……" if len(names) > 30 else "")
        raise Refused(f"缺少必需的列：{'、'.join(missing)}。读到的表头：{shown}。", RESEND)
    return Layout(tuple(names), columns, header_line, delimiter)


# Sources: where rows come from, and how to look at one of them again


class Source:
    """A file as a table `curves`, its rows in file order, and single rows of it as texts.

    `layout` says which column is which. `typed()` fills the table: c<n> for the n-th column, points as
    decimals, everything else as text, `is_odd` for rows to look at again. It returns the numbers of
    rows that are not in the table, or null if DuckDB could not tell them. `cells()` yields the row
    number and its texts (or the whole line and why it is none) for the numbers asked for, or for all.
    """

    layout: Layout
    first_row: int

    def typed(self) -> set[int] | None:
        """Fill `curves`."""
        raise NotImplementedError

    def last_row(self) -> int:
        """The number of the last row in the file."""
        raise NotImplementedError

    def cells(self, wanted: set[int] | None) -> Iterator[tuple[int, list[str] | str, str | None]]:
        """Rows as texts: number, cells, null; or number, whole line, reason."""
        raise NotImplementedError


class TextSource(Source):
    """A delimited text file; a row's number is its physical line, counted from 1."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed, scratch: Path
    ):
        self.connection, self.path, self.scratch = connection, path, scratch
        self.line_count, self.is_plain, self.newline, is_utf8 = surveyed(path)
        self.layout, self.codecs = self.find_header(feed, is_utf8)
        self.first_row = self.layout.header_line + 1

    def find_header(self, feed: Feed, is_utf8: bool) -> tuple[Layout, tuple[str, ...]]:
        """The first line that has all required columns; Refused with what the best line has."""
        best: Refused | None = None
        best_count = 0
        for number, line in enumerate(itertools.islice(self.lines(), HEADER_WITHIN_LINES), 1):
            # An ASCII header leaves the encoding open. Chinese exports are GB18030 if not UTF-8.
            order = ("utf-8",) if is_utf8 else ("utf-8", "gb18030")
            text = next((text for codec in order if (text := decoded(line, codec)) is not None), "")
            if not text.strip():
                continue
            if not is_utf8 and not line.isascii():
                order = ("utf-8",) if decoded(line, "utf-8") is not None else ("gb18030",)
            for delimiter in ",\t;":
                headers = text.split(delimiter)
                if len(headers) <= best_count:
                    continue
                try:
                    return layout_of(headers, feed, number, delimiter), order
                except Refused as refusal:
                    best, best_count = refusal, len(headers)
        raise best or Refused("文件是空的，没有表头。", RESEND)

    def lines(self) -> Iterator[bytes]:
        """Physical lines without their end; one beyond the limit is cut to just above it."""
        return physical_lines(self.path, self.newline, MAX_LINE_BYTES)

    def text(self, line: bytes) -> str | None:
        """The line as text, null if its bytes are none."""
        line = line.removesuffix(b"\r")
        if len(line) > MAX_LINE_BYTES or b"\0" in line or b"\r" in line:
            return None
        return next((t for codec in self.codecs if (t := decoded(line, codec)) is not None), None)

    def last_row(self) -> int:
        """The last physical line."""
        return self.line_count

    def typed(self) -> set[int] | None:
        """Let DuckDB read the file, or a clean copy of it where one line is not one row."""
        path, absent = (self.path, set()) if self.is_plain else self.clean_copy()
        types = ", ".join(
            f"'c{position}': '{DUCKDB_TYPES['power'] if token in POINTS else 'VARCHAR'}'"
            for position, token in enumerate(self.layout.columns)
        )
        quote = "" if self.is_plain else '"'
        if self.last_row() < self.first_row:
            columns = types.replace("'", "").replace(":", "")
            self.connection.execute(f"create table curves ({columns}, is_odd boolean)")
            return absent
        try:
            self.connection.execute(
                f"""
                create table curves as
                select *, false as is_odd
                from read_csv(
                    {quoted(path)}, auto_detect = false, header = false, columns = {{{types}}},
                    skip = {self.layout.header_line}, delim = '{self.layout.delimiter}',
                    quote = '{quote}', escape = '{quote}', nullstr = {list(BLANKS)},
                    store_rejects = true, rejects_limit = {MAX_REFUSED_CELLS}
                )
                """
            )
        except duckdb.InvalidInputException:
            return None
        # A list that was cut off at the limit leaves rows without a number: see `number_rows`.
        found = self.connection.execute("select line from reject_errors").fetchall()
        return absent | {line for (line,) in found}

    def clean_copy(self) -> tuple[Path, set[int]]:
        """The file as UTF-8 in which each line is a row, and the lines left empty because they are none.

        A quotation mark that is never closed would otherwise swallow the good lines after it.
        """
        target = self.scratch / "clean.csv"
        absent = set()
        with target.open("w", encoding="utf-8", newline="") as copy:
            for number, line in enumerate(self.lines(), start=1):
                text = self.text(line)
                if text is None or not text.strip() or text.count('"') % 2:
                    absent.add(number)
                    text = ""
                copy.write(text + "\n")
        return target, {number for number in absent if number >= self.first_row}

    def cells(self, wanted: set[int] | None) -> Iterator[tuple[int, list[str] | str, str | None]]:
        """The lines of these numbers, parsed on their own."""
        width = len(self.layout.columns)
        for number, line in enumerate(self.lines(), start=1):
            if number < self.first_row or (wanted is not None and number not in wanted):
                continue
            text = self.text(line)
            if text is None:
                too_long = len(line) > MAX_LINE_BYTES
                reason = "一行过长" if too_long else "含有无法识别的字节"
                yield number, line[:ORIGINAL_CHARACTERS].decode(self.codecs[0], "replace"), reason
                continue
            if not text.strip(self.layout.delimiter + '" \t'):
                continue
            try:
                (cells,) = csv.reader([text], delimiter=self.layout.delimiter, strict=True)
            except (csv.Error, ValueError):
                yield number, text, "引号不完整"
                continue
            if len(cells) == width:
                yield number, cells, None
            else:
                broken_off = number == self.line_count and len(cells) < width
                what = "文件在此行中断：" if broken_off else ""
                yield number, text, f"{what}有 {len(cells)} 个字段，应为 {width} 个"


class ParquetSource(Source):
    """A Parquet file; a row's number is its place in the file, counted from 1."""

    first_row = 1

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, feed: Feed):
        self.connection = connection
        self.scan = f"read_parquet({quoted(path)}, file_row_number = true)"
        try:
            described = connection.execute(f"describe select * from {self.scan}").fetchall()
            self.count = connection.execute(f"select count(*) from {self.scan}").fetchone()[0]
        except duckdb.Error as error:
            raise Refused(
                "Parquet 文件不完整或已损坏。", "请重新传送该文件，再装载一次。"
            ) from error
        if self.count > MAX_PARQUET_ROWS:
            raise Refused(f"超过 {MAX_PARQUET_ROWS:,} 行的上限。", "请按日期拆分后再装载。")
        self.types = {name: kind for name, kind, *_ in described if name != "file_row_number"}
        self.layout = layout_of(self.types, feed)

    def last_row(self) -> int:
        """The number of rows."""
        return self.count

    def as_text(self, name: str) -> str:
        """SQL for the column as text; a whole number kept as a float loses its `.0`."""
        if self.types[name] in ("DOUBLE", "FLOAT"):
            whole = f"cast(cast({named(name)} as hugeint) as varchar)"
            exact = f"{named(name)} = floor({named(name)}) and abs({named(name)}) < 1e15"
            return f"case when {exact} then {whole} else cast({named(name)} as varchar) end"
        return f"cast({named(name)} as varchar)"

    def typed(self) -> set[int] | None:
        """Cast column by column; a row with a point that is no number is looked at again."""
        columns, odd = [], ["false"]
        for position, (name, token) in enumerate(zip(self.types, self.layout.columns, strict=True)):
            if token in POINTS:
                number = f"try_cast({named(name)} as {DUCKDB_TYPES['power']})"
                columns.append(f"{number} as c{position}")
                odd.append(f"({named(name)} is not null and {number} is null)")
            else:
                text = self.as_text(name)
                columns.append(
                    f"case when not {one_of(text, BLANKS)} then {text} end as c{position}"
                )
        try:
            self.connection.execute(
                f"""
                create table curves as
                select {", ".join(columns)}, {" or ".join(odd)} as is_odd
                from {self.scan}
                """
            )
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise Refused(
                "Parquet 文件不完整或已损坏。", "请重新传送该文件，再装载一次。"
            ) from error
        return set()

    def cells(self, wanted: set[int] | None) -> Iterator[tuple[int, list[str] | str, str | None]]:
        """The rows of these numbers as texts."""
        texts = ", ".join(f"coalesce({self.as_text(name)}, '')" for name in self.types)
        cursor = self.connection.cursor()
        cursor.execute("create temp table wanted (number bigint)")
        cursor.execute("insert into wanted select unnest(?)", [sorted(wanted or ())])
        cursor.execute(
            f"""
            select file_row_number + 1, {texts} from {self.scan}
            where {str(wanted is None).lower()}
                or file_row_number + 1 in (select number from wanted)
            order by file_row_number
            """
        )
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            for number, *cells in rows:
                if any(cell.strip() for cell in cells):
                    yield number, cells, None


def surveyed(path: Path) -> tuple[int, bool, bytes, bool]:
    """What must be known before DuckDB may read the file as it is.

    Returns the number of physical lines; whether each of them is one row beyond doubt (UTF-8, one kind
    of line end, no quotation marks, no empty line, none too long); the line end; whether it is UTF-8.
    """
    utf8 = codecs.getincrementaldecoder("utf-8")()
    lines = returns = pairs = 0
    is_utf8, is_plain, last = True, True, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            seam = last + chunk[:2]
            lines += chunk.count(b"\n")
            if b"\r" in chunk:
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n") + seam.startswith(b"\r\n")
            # Longer than a chunk without an end would be longer than a line may be.
            is_plain &= b"\n" in chunk or len(chunk) < CHUNK
            is_plain &= not (b'"' in chunk or b"\0" in chunk)
            is_plain &= not (EMPTY_LINE.search(chunk) or EMPTY_LINE.match(seam))
            if is_utf8 and not (chunk.isascii() and not utf8.getstate()[0]):
                try:
                    utf8.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            last = chunk[-1:]
    is_utf8 = is_utf8 and not utf8.getstate()[0]
    newline = b"\n" if lines or not returns else b"\r"
    ends = lines if newline == b"\n" else returns
    is_plain = is_plain and is_utf8 and newline == b"\n" and returns == pairs
    is_plain = is_plain and returns in (0, lines)
    return ends + (last != newline), is_plain, newline, is_utf8


# From rows to the raw zone


class Curves:
    """One file on its way into the raw zone."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        feed: Feed,
        origin: Origin,
        masker: Masker,
        source: Source,
    ):
        self.connection, self.feed, self.masker = connection, feed, masker
        self.source, self.layout = source, source.layout
        self.draft = RawDraft(connection, feed, origin, masker)
        self.reading = self.draft.reading
        self.readers = {column.name: cell_reader(column) for column in feed.columns}

    def write(self, target: Path) -> BulkReading:
        """Good rows straight from DuckDB, the others row by row, all into one Parquet file."""
        absent = self.source.typed()
        if absent is not None and not self.number_rows(absent):
            absent = None
        good = None
        if absent is None:
            self.mend(None)
        else:
            typed = self.typed_rows(not absent)
            odd = {
                number
                for (number,) in self.connection.execute(
                    f"select _row_number from ({typed}) where {IS_ODD}"
                ).fetchall()
            }
            rows = self.connection.execute("select count(*) from curves").fetchone()[0]
            self.reading.good += rows - len(odd)
            good = f"select {self.draft.names} from ({typed})"
            if odd:
                self.connection.execute("create table odd as select unnest(?) as number", [[*odd]])
                good += " where _row_number not in (select number from odd)"
            self.mend(absent | odd)
        self.draft.write(good, target)
        return self.reading

    def number_rows(self, absent: set[int]) -> bool:
        """Make `row_numbers`, one for each row of `curves` in its order, unless it is a plain count.

        False if they do not add up: then DuckDB saw other lines than we did, and nothing it says of
        the file is used.
        """
        first, last = self.source.first_row, self.source.last_row()
        rows = self.connection.execute("select count(*) from curves").fetchone()[0]
        if rows != last - first + 1 - len(absent):
            return False
        if not absent:
            return True
        self.connection.execute("create table absent as select unnest(?) as number", [[*absent]])
        self.connection.execute(
            """
            create table row_numbers as
            select number as _row_number from range(?, ? + 1) as every (number)
            where number not in (select number from absent)
            order by number
            """,
            [first, last],
        )
        return True

    def typed_rows(self, is_whole: bool) -> str:
        """SQL: `curves` with the columns of the raw zone; `is_whole`: no row number is left out."""
        at = {token: f"c{place}" for place, token in enumerate(self.layout.columns) if token}
        day, kind, factor = at["reading_date"], at.get("data_type"), at.get("t_factor")
        formats = ["%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d"]
        known = {
            "meter_id": at["meter_id"],
            "reading_date": f"case when regexp_full_match({day}, '{PLAIN_DATE}') "
            f"then try_cast({day} as date) "
            f"else cast(try_strptime({day}, {formats}) as date) end",
            "data_type": f"case when {kind} is null then 1 when regexp_full_match({kind}, "
            f"'[0-9]{{1,4}}') then cast({kind} as bigint) end"
            if kind
            else "1",
            "data_whole_flag": at.get("data_whole_flag", "null"),
            "t_factor": f"try_cast({factor} as {DUCKDB_TYPES['decimal']})" if factor else "null",
            "_extra": self.extra_json(),
            "_row_number": "_row_number",
        }
        known |= {point: at[point] for point in POINTS if point in at}
        columns = self.draft.columns(known)
        # One thread reads a positional join, all of them a table.
        source = "curves positional join row_numbers"
        if is_whole:
            source = f"(select *, rowid + {self.source.first_row} as _row_number from curves)"
        return f"select {columns}, is_odd, {factor or 'null'} as factor_text from {source}"

    def extra_json(self) -> str:
        """SQL: the columns we do not know as a JSON object, masked, null when all are empty."""
        cells = [
            f"case when trim(c{place}) <> '' then {quoted(json.dumps(header, ensure_ascii=False))}"
            f" || ': ' || cast(to_json({self.masked(f'trim(c{place})')}) as varchar) end"
            for place, (header, token) in enumerate(
                zip(self.layout.headers, self.layout.columns, strict=True)
            )
            if token is None
        ]
        if not cells:
            return "null"
        self.connection.create_function("masked", self.masker.mask_text, ["varchar"], "varchar")
        return f"nullif('{{' || concat_ws(', ', {', '.join(cells)}) || '}}', '{{}}')"

    @staticmethod
    def masked(text: str) -> str:
        """SQL: the text without personal numbers."""
        return (
            f"case when regexp_matches({text}, {quoted(MAYBE_PERSONAL)}) "
            f"then masked({text}) else {text} end"
        )

    # One row at a time

    def mend(self, numbers: set[int] | None) -> None:
        """Read these rows again (null: all of them) and put them into `mended` with what was said."""
        if numbers is not None and not numbers:
            return
        self.draft.add(
            row
            for number, cells, reason in self.source.cells(numbers)
            if (row := self.row(number, cells, reason))
        )

    def row(self, number: int, cells: list[str] | str, reason: str | None) -> Row | None:
        """One row with everything that is to be said of it; null if it is skipped, which is counted."""
        if isinstance(cells, str):
            whole = self.masker.mask_text(cells[:ORIGINAL_CHARACTERS])
            notes = [Note(None, None, reason or "")]
            return Row({}, number, reject_reasons=notes, original={WHOLE_LINE: whole})
        texts = [cell.strip() for cell in cells]
        texts = ["" if text in BLANKS or text in NULL_WORDS else text for text in texts]
        first = next((text for text in texts if text), "")
        if SUBTOTAL.match(first):
            self.reading.skipped["subtotal"] += 1
            return None
        pairs = zip(texts, self.layout.headers, strict=True)
        if first and all(simplified(text) == simplified(header) for text, header in pairs):
            self.reading.skipped["repeated_header"] += 1
            return None
        row = Row({"data_type": 1}, number)
        for text, token, header in zip(
            texts, self.layout.columns, self.layout.headers, strict=True
        ):
            if token is None:
                if text:
                    row.extra[header] = self.masker.mask_text(text)
            elif text or token in ("meter_id", "reading_date"):
                self.read_cell(row, token, header, text)
        if row.reject_reasons:
            row.original = {
                header: text if token == "meter_id" else self.masker.mask_text(text)
                for text, token, header in zip(
                    texts, self.layout.columns, self.layout.headers, strict=True
                )
                if text
            }
        return row

    def read_cell(self, row: Row, token: str, header: str, text: str) -> None:
        """Put the cell's value into the row, or say why not."""
        if token in POINTS:
            value, problem = power(text)
        else:
            value, problem = self.readers[token](text)
        is_key = token in self.feed.key
        if isinstance(value, str) and not is_key:
            value = self.masker.mask_text(value)
        if value is not None:
            row.values[token] = value
        elif token in ("meter_id", "reading_date"):
            problem = problem or f"{self.feed.column(token).header}为空"
        if problem:
            notes = row.reject_reasons if is_key else row.warnings
            notes.append(Note(None, header, self.masker.mask_text(problem)))


def power(text: str) -> Read:
    """A mean power in kW, as written."""
    try:
        value = Decimal(plain(text).replace(",", ""))
        if abs(value) < POWER_LIMIT:
            value = value.quantize(Decimal("0.001"), ROUND_HALF_UP)
    except InvalidOperation:
        return Read(None, f"无法识别的功率：“{text[:40]}”")
    if not value.is_finite() or abs(value) >= POWER_LIMIT:
        return Read(None, f"功率超出可记录的范围：“{text[:40]}”")
    return Read(value)
