"""A file as grids of cells: spreadsheets, delimited text, Parquet; told apart by content, not by name.

Files come from strangers. Nothing reaches a parser before its size and its unpacked size are known, and
workbooks are parsed in a process of their own (workbooks.py), because a damaged one can end it.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Literal

import duckdb

from ingestion.declare import Refused
from ingestion.readers.workbooks import parse_workbook
from warehouse.connection import connect

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Grid:
    """One sheet, one Word table or one delimited file.

    `rows[0]` is the physical row `first_row` and each row's first cell the column `first_column` (both
    1-based); a blank cell is None or an empty string, and rows are equally long. Merged cells carry the
    value of their first cell: `fills` maps the 0-based (row, column) of each such copy to the (row,
    column) it was copied from. A hidden sheet is never read as data.
    """

    sheet: str | None
    rows: list[list[Cell]]
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False
    fills: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def row_number(self, row: int) -> int:
        """Physical row number, 1-based, of the 0-based index into `rows`."""
        return self.first_row + row

    def address(self, row: int, column: int) -> str:
        """Spreadsheet address like `C7` of the 0-based (row, column) of `rows`."""
        number, letters = self.first_column + column, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.first_row + row}"


Kind = Literal["xlsx", "ods", "docx", "xls", "parquet", "text"]
MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a file may cost. Far above anything a township sends, far below what hurts the machine.

    Bytes as delivered and unpacked; `ratio` unpacked to packed counts from `ratio_from_bytes` on, small
    files compress well honestly. Cells are those of the rectangle around the filled ones of one sheet.
    """

    file_bytes: int = 100 * MIB
    unpacked_bytes: int = 300 * MIB
    ratio: int = 200
    ratio_from_bytes: int = 20 * MIB
    parts: int = 5_000
    sheets: int = 200
    rows: int = 500_000
    columns: int = 1_000
    cells: int = 5_000_000


LIMITS = Limits()
RESEND = "请用 WPS 或 Excel 打开核对后另存为 .xlsx，重新报送。"


def read_grids(path: Path, name: str, limits: Limits = LIMITS) -> list[Grid]:
    """Every sheet of a spreadsheet, or the one grid of a delimited or Parquet file.

    `name` is the file's name as sent, for messages only. Raises Refused for what cannot be read or is
    larger than the limits.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Refused(
            f"文件“{name}”有 {size // MIB} MB，超过上限 {limits.file_bytes // MIB} MB。",
            "请拆分后重新报送。",
        )
    data = path.read_bytes()
    kind = sniff(data, name)
    if kind == "parquet":
        return [_read_parquet(path, name, limits)]
    if kind == "text":
        return [_read_delimited(data, name, limits)]
    if kind == "docx":
        raise Refused(f"文件“{name}”是 Word 文档，此类数据只收表格。", RESEND)
    if kind != "xls":
        check_package(data, name, limits)
    return _read_workbook(path, name, limits)


def first_rows(path: Path, size: int = 64 * 1024) -> list[Grid]:
    """The beginning of a file that another reader will read, as far as it is a table; else nothing.

    Workbooks are read whole: those readers do not take them, whatever is in them.
    """
    with path.open("rb") as file:
        data = file.read(size)
    try:
        if data.startswith((_ZIP_MAGIC, _OLE_MAGIC)):
            return read_grids(path, "")
        if data.startswith(b"PAR1"):
            with connect() as connection:
                return [Grid(None, [list(connection.read_parquet(str(path)).columns)])]
        if data.startswith(_GZIP_MAGIC):
            data = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, size)
        # The last line is cut off, and with it half a character perhaps.
        return [_read_delimited(data[: data.rfind(b"\n") + 1] or data, "", LIMITS)]
    except (Refused, zlib.error, duckdb.Error):
        return []


_ZIP_MAGIC, _GZIP_MAGIC = b"PK\x03\x04", b"\x1f\x8b"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS_FIRST_RECORD = b"\x09\x08\x10\0\0\x06\x05\0"
_MAGIC = (
    (b"%PDF", "PDF 文件"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (_GZIP_MAGIC, "gz 压缩文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
)


def sniff(data: bytes, name: str) -> Kind:
    """The format by content, whatever the extension says. Raises Refused for any other content."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused(f"文件“{name}”是空的。", "请核对后重新报送。")
    if data[:4] == b"PAR1":
        return "parquet"
    if data[:4] == _ZIP_MAGIC:
        return _sniff_package(data, name)
    if data[:8] == _OLE_MAGIC:
        # The names of an OLE container's streams are UTF-16 in its directory.
        if any(word.encode("utf-16-le") in data for word in ("EncryptedPackage", "EncryptionInfo")):
            raise _password(name)
        if any(word.encode("utf-16-le") in data for word in ("Workbook", "Book")):
            # The parser cannot say this: a FILEPASS record follows the first one of the workbook.
            start = data.find(_XLS_FIRST_RECORD)
            following = data[start + 20 : start + 28].removeprefix(b"\x86\0\0\0")
            if start >= 0 and following.startswith(b"\x2f\0"):
                raise _password(name)
            return "xls"
        raise Refused(f"文件“{name}”是旧版 Office 文件，但不是 Excel 表格，无法读取。", RESEND)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise Refused(f"文件“{name}”实际是{what}，不是表格。", RESEND)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise Refused(f"文件“{name}”实际是网页或 XML 文件，不是表格。", RESEND)
    return "text"


def _sniff_package(data: bytes, name: str) -> Kind:
    # Names stand in plain bytes in the directory at the end; opening the package comes later, once.
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise _broken(name)
    size, start = struct.unpack_from("<II", data, end + 12)
    names = data[max(0, end - size) : end] or data[start : start + size]
    if b"xl/workbook.xml" in names:
        return "xlsx"
    if b"word/document.xml" in names:
        return "docx"
    if b"content.xml" in names:
        return "ods"
    if b"manifest.json" in names:
        what = f"文件“{name}”像是县级上报数据包，文件放错了文件夹。"
        raise Refused(what, "请改放到 inbox/county_packages/ 后重新投递。")
    raise Refused(f"文件“{name}”是压缩包，但里面不是表格或 Word 文档。", "请解压后逐个报送。")


def _password(name: str) -> Refused:
    return Refused(f"文件“{name}”设有打开密码，无法读取。", "请取消密码后重新报送。")


def _broken(name: str) -> Refused:
    return Refused(f"文件“{name}”已损坏或不完整，无法打开。", RESEND)


# --- packages (xlsx, ods, docx) ---------------------------------------------------------------------


def _open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise _broken(name) from error


def check_package(data: bytes, name: str, limits: Limits = LIMITS) -> None:
    """Refuse a zip package that would unpack too large or carries XML entities.

    What the directory claims is checked first, then every XML part is inflated and counted, never
    further than the directory claims: a lying directory is refused too.
    """
    with _open_zip(data, name) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        is_bomb = unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * len(data)
        if unpacked > limits.unpacked_bytes or is_bomb or len(parts) > limits.parts:
            raise Refused(
                f"文件“{name}”解压后有 {unpacked // MIB} MB、{len(parts)} 个部件，超过上限。",
                "这样的文件可能有害；请核对来源，另存为普通表格后重新报送。",
            )
        for part in parts:
            if part.flag_bits & 1:
                raise _password(name)
            content = _inflated(data, part, name, limits.unpacked_bytes)
            # Pictures are only counted; a part is XML by what it holds, whatever it is called.
            if not content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                continue
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise Refused(
                    f"文件“{name}”含有 XML 实体定义（{part.filename}），不予读取。",
                    "正常表格没有这种内容；请核对来源，另存为普通表格后重新报送。",
                )
            if part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
                raise _password(name)


def _inflated(data: bytes, part: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    """The unpacked bytes of one part, at most what the directory says. Raises Refused otherwise."""
    header = part.header_offset
    try:
        name_length, extra_length = struct.unpack_from("<HH", data, header + 26)
        start = header + 30 + name_length + extra_length
        packed = data[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            content = packed
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            # One byte more than claimed is enough to prove the claim false.
            most = min(part.file_size, limit) + 1
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
        else:
            raise _broken(name)
    except (struct.error, zlib.error) as error:
        raise _broken(name) from error
    if len(content) != part.file_size:
        raise _broken(name)
    return content


# --- workbooks --------------------------------------------------------------------------------------


def _read_workbook(path: Path, name: str, limits: Limits) -> list[Grid]:
    parsed = parse_workbook(path, limits.sheets, limits.rows, limits.columns, limits.cells)
    match parsed.outcome:
        case "broken":
            raise _broken(name)
        case "too_large":
            _check_size(*parsed.content, name, limits)
        case "too_many_sheets":
            raise Refused(
                f"文件“{name}”有 {parsed.content} 个工作表，超过上限 {limits.sheets} 个。",
                "请拆分后重新报送。",
            )
        case "died" | "timeout":
            raise Refused(
                f"文件“{name}”的表格范围过大（常见于表格边缘误填了内容），或文件已损坏，无法读取。",
                "请删除多余的行列，另存为 .xlsx 后重新报送。",
            )
    grids = []
    for sheet, is_hidden, (top, left), rows, merged in parsed.content:
        ranges = (
            (first[0] - top, first[1] - left, last[0] - top, last[1] - left)
            for first, last in merged
        )
        fills = fill_merged(rows, ranges, name, limits)
        grids.append(Grid(sheet, rows, top + 1, left + 1, is_hidden, fills))
    return grids


def _check_size(rows: int, columns: int, name: str, limits: Limits) -> None:
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise Refused(
            f"文件“{name}”的表格有 {rows} 行 {columns} 列，超过上限"
            f"（{limits.rows} 行、{limits.columns} 列、{limits.cells} 格）。",
            "请删除多余的行列（常见于误填在表格边缘的内容），另存后重新报送。",
        )


def fill_merged(
    rows: list[list[Cell]],
    ranges: Iterable[tuple[int, int, int, int]],
    name: str = "",
    limits: Limits = LIMITS,
) -> dict[tuple[int, int], tuple[int, int]]:
    """Copy the first cell of each range (top, left, bottom, right; 0-based) over the rest of it.

    Changes `rows`; returns which cell was copied from where, as `Grid.fills` has it. Ranges with an
    empty first cell or beyond the rows are left out.
    """
    fills: dict[tuple[int, int], tuple[int, int]] = {}
    height, width = len(rows), len(rows[0]) if rows else 0
    budget = limits.cells
    for top, left, bottom, right in ranges:
        if top < 0 or left < 0 or top >= height or left >= width:
            continue
        value = rows[top][left]
        if value is None or value == "":
            continue
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        budget -= max(0, bottom - top + 1) * max(0, right - left + 1)
        if budget < 0:
            raise Refused(f"文件“{name}”的合并单元格过多，超过上限。", RESEND)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left) and rows[row][column] in (None, ""):
                    rows[row][column] = value
                    fills[row, column] = (top, left)
    return fills


# --- delimited text ---------------------------------------------------------------------------------

_PRIVATE_OR_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\ue000-\uf8ff\ufffe\uffff]")
# ="00123" keeps Excel from eating the zeros; the quotes are not part of the number.
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
DELIMITERS = ",\t;"


def _read_delimited(data: bytes, name: str, limits: Limits) -> Grid:
    text = _decoded(data, name)
    csv.field_size_limit(MIB)
    try:
        delimiter = _delimiter(text)
        rows: list[list[Cell]] = []
        width = 0
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([*row])
            width = max(width, len(row))
            if (
                len(rows) > limits.rows
                or width > limits.columns
                or len(rows) * width > limits.cells
            ):
                _check_size(len(rows), width, name, limits)
    except csv.Error as error:
        raise Refused(f"文件“{name}”不是有效的分隔文本：{error}。", RESEND) from error
    has_formulas = '="' in text
    for row in rows:
        if has_formulas:
            row[:] = [_TEXT_FORMULA.sub(r"\1", str(cell)) for cell in row]
        row.extend([""] * (width - len(row)))
    return Grid(None, rows)


def _decoded(data: bytes, name: str) -> str:
    """The text in whatever encoding it is: the claim of a byte order mark is only the first guess."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif b"\0" in data[:200]:
        # UTF-16 without a mark: the zero bytes of digits and commas tell the order.
        candidates = [
            "utf-16-le" if data[1:200:2].count(0) >= data[:200:2].count(0) else "utf-16-be"
        ]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = data.removeprefix(b"\xef\xbb\xbf").decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig" and error.end >= len(data) - 3 and error.start > 0:
                # All but the last character is good UTF-8: the file was cut off in the middle of it.
                raise _broken(name) from error
            continue
        if not _PRIVATE_OR_CONTROL.search(text):
            return text
    raise Refused(f"文件“{name}”不是表格，也不是可识别编码的文本。", RESEND)


def _delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines, most of them into equally many cells."""
    best, best_score = ",", (0, 0, 0)
    for delimiter in DELIMITERS:
        lines = csv.reader(io.StringIO(text[: 64 * 1024], newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(lines, 30) if len(row) > 1)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            # Lines cut at all come first: a comma inside the texts of some rows cuts only those.
            score = (widths.total(), count, width)
            if score > best_score:
                best, best_score = delimiter, score
    return best


# --- Parquet ----------------------------------------------------------------------------------------


def _read_parquet(path: Path, name: str, limits: Limits) -> Grid:
    with connect() as connection:
        try:
            result = connection.sql("select * from read_parquet(?)", params=[str(path)])
            columns = result.columns
            (count,) = connection.execute(
                "select count(*) from read_parquet(?)", [str(path)]
            ).fetchone()
            _check_size(count + 1, len(columns), name, limits)
            rows = [[_parquet_cell(cell) for cell in row] for row in result.fetchall()]
        except duckdb.Error as error:
            raise _broken(name) from error
    return Grid(None, [list(columns), *rows])


def _parquet_cell(cell: object) -> Cell:
    if cell is None or isinstance(cell, str | int | float | date | time | timedelta):
        return cell
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return str(cell)
