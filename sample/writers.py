"""Workbooks, documents and text files as bytes that are the same on every run.

Nothing here knows what a ledger or a register is. Dates of the files themselves are fixed: a clock in
the bytes would give every run other hashes.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import docx
import xlsxwriter
import xlwt
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

Cell = str | int | float | date | None
Style = Literal["title", "head", "cell", "plain"]
MADE_AT = datetime(2022, 6, 1)
ZIPPED_AT = (1980, 1, 1, 0, 0, 0)
DATE_FORMAT = "yyyy-mm-dd"


@dataclass
class Sheet:
    """A sheet under construction; rows and columns count from 1, as people see them."""

    name: str
    is_hidden: bool = False
    cells: dict[tuple[int, int], tuple[Cell, Style]] = field(default_factory=dict)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Cell, style: Style = "cell") -> None:
        """Write one cell."""
        self.cells[row, column] = (value, style)

    def put_row(self, row: int, values: Iterable[Cell], style: Style = "cell") -> None:
        """Write a row from the first column on."""
        for column, value in enumerate(values, start=1):
            self.put(row, column, value, style)

    def merge(
        self, row: int, column: int, last_row: int, last_column: int, value: Cell, style: Style
    ) -> None:
        """Write one cell over a range."""
        for covered_row in range(row, last_row + 1):
            for covered in range(column, last_column + 1):
                self.cells.pop((covered_row, covered), None)
        self.put(row, column, value, style)
        if (row, column) != (last_row, last_column):
            self.merges[row, column] = (last_row, last_column)


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """An `.xlsx` workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": MADE_AT})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    bordered = base | {"border": 1, "align": "center"}
    formats = {
        "title": book.add_format(base | {"bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format(bordered | {"bold": True}),
        "cell": book.add_format(bordered),
        "plain": book.add_format(base),
    }
    day = book.add_format(bordered | {"num_format": DATE_FORMAT})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.is_hidden:
            page.hide()
        for column, width in sheet.widths.items():
            page.set_column(column - 1, column - 1, width)
        for (row, column), (value, style) in sheet.cells.items():
            where = (row - 1, column - 1)
            if (row, column) in sheet.merges:
                last_row, last_column = sheet.merges[row, column]
                page.merge_range(*where, last_row - 1, last_column - 1, value, formats[style])
            elif isinstance(value, date):
                page.write_datetime(*where, datetime(value.year, value.month, value.day), day)
            elif isinstance(value, str):
                page.write_string(*where, value, formats[style])
            else:
                page.write(*where, value, formats[style])
    book.close()
    return target.getvalue()


def xls_bytes(sheets: Sequence[Sheet]) -> bytes:
    """An old `.xls` workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    centred = "font: name 宋体; alignment: horizontal center, vertical center, wrap true"
    boxed = centred + "; borders: left thin, right thin, top thin, bottom thin"
    formats = {
        "title": xlwt.easyxf(centred + "; font: bold true, height 320"),
        "head": xlwt.easyxf(boxed + "; font: bold true"),
        "cell": xlwt.easyxf(boxed),
        "plain": xlwt.easyxf("font: name 宋体"),
    }
    day = xlwt.easyxf(boxed, num_format_str=DATE_FORMAT)
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        page.visibility = 1 if sheet.is_hidden else 0
        for column, width in sheet.widths.items():
            page.col(column - 1).width = int(256 * width)
        for (row, column), (value, style) in sheet.cells.items():
            kind = day if isinstance(value, date) else formats[style]
            if (row, column) in sheet.merges:
                last_row, last_column = sheet.merges[row, column]
                page.write_merge(row - 1, last_row - 1, column - 1, last_column - 1, value, kind)
            else:
                page.write(row - 1, column - 1, value, kind)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@dataclass(frozen=True)
class Paragraph:
    """A line of text in a document."""

    text: str
    is_title: bool = False


@dataclass(frozen=True)
class Table:
    """A table in a document, header first."""

    rows: Sequence[Sequence[str]]


def docx_bytes(blocks: Iterable[Paragraph | Table]) -> bytes:
    """A Word document."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = MADE_AT
    normal = document.styles["Normal"]
    normal.font.name = "仿宋_GB2312"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraph = document.add_paragraph(block.text)
            if block.is_title:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.runs[0].bold = True
            continue
        table = document.add_table(
            rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid"
        )
        # Asked for once: python-docx walks the whole table for every single cell otherwise.
        cells = table._cells
        for row, values in enumerate(block.rows):
            for column, value in enumerate(values):
                if value:
                    cells[row * len(values) + column].text = value
    target = io.BytesIO()
    document.save(target)
    return rezipped(target.getvalue())


def rezipped(content: bytes) -> bytes:
    """The same archive without the times at which its members were written."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            fresh = zipfile.ZipInfo(member.filename, ZIPPED_AT)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, old.read(member))
    return target.getvalue()


def csv_bytes(rows: Iterable[Sequence[object]], encoding: str = "utf-8") -> bytes:
    """A CSV file with the line ends that spreadsheets write."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def gz_bytes(content: bytes) -> bytes:
    """The content packed by gzip, without the time of packing."""
    return gzip.compress(content, compresslevel=6, mtime=0)
