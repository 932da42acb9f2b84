"""Rejected rows go back to their sender: the workbook as delivered, wrong cells marked, the reason beside each.

    minewatch rejects --workbooks --unit 老营镇人民政府

The sender mends the marked cells and sends the file again under its name: it then stands in for the first
one. Read are the archived bytes, which stay as they are; what is no xlsx goes back as one with the same
sheets and rows. Deliveries that say who reported never go back, nor do machines' files, which nobody mends
by hand. Formulas come back as the values they had, so that no formula of a stranger leaves the house.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from ingestion import archive
from ingestion.feeds import FEEDS
from ingestion.land import clock, newest_deliveries, scratch_directory
from ingestion.masking import Masker
from ingestion.readers import open_file
from ingestion.readers.grids import Grid, sniff
from ingestion.readers.table import shown_sheet
from ingestion.records import Record, read_records, read_withdrawals, withdrawn_at
from pipeline.rejects import Reject, rejects
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import current

MARK = "FFFF9999"
NOTE_SHEET, AUTHOR = "退回说明", "minewatch"
# openpyxl holds a cell in some 50 bytes of objects many times over; what is larger is written anew.
WHOLE_BYTES = 5 << 20
COMMENT_SIZE = {"width": 300, "height": 90}


@dataclass(frozen=True)
class Returned:
    """One workbook that goes back, and how many of its rows are to be mended."""

    sender_name: str
    path: Path
    row_count: int


def write_workbooks(
    home: Home, unit: str | None, target: Path, feed: str | None = None
) -> list[Returned]:
    """A workbook for each delivery with rejected rows that nobody has sent anew, of one unit or of all.

    `feed` is a token; `unit` is a sender's name, or a name or code that the published version knows it by.
    """
    masker = Masker(home.masking_key())
    reasons: dict[str, list[Reject]] = defaultdict(list)
    for reject in rejects(home, feed):
        reasons[reject.delivery_sha256].append(reject)
    written = []
    for record in waiting(home, reasons, unit):
        sender = record.sender_name or "报送单位不详"
        folder = target / re.sub(r'[\\/:*?"<>|]', "", sender) / FEEDS[record.feed].title
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{Path(record.file_name).stem}.xlsx"
        # What people wrote is for the service account until it is sent.
        path.touch(mode=0o600)
        own = reasons[record.sha256]
        write_workbook(home, record, own, masker, path)
        rows = {(one.sheet, one.row_number) for one in own}
        written.append(Returned(sender, path, len(rows)))
    return written


def waiting(home: Home, reasons: Mapping[str, Any], unit: str | None) -> Iterable[Record]:
    """The deliveries that may go back and still matter, oldest first."""
    newest, withdrawals = newest_deliveries(home), read_withdrawals(home)
    known = known_as(home)
    for record in sorted(read_records(home), key=lambda one: (one.received_at, one.sha256)):
        feeds = [FEEDS[token] for token in (record.feed, *(part.feed for part in record.parts))]
        is_by_hand = all(feed.reader in ("table", "form") for feed in feeds)
        is_protected = record.is_protected or any(feed.is_protected for feed in feeds)
        last = newest.get((record.feed, Path(record.file_name).stem), record)
        if (
            record.sha256 in reasons
            and is_by_hand
            and not is_protected
            and last.sha256 == record.sha256
            and not withdrawn_at(withdrawals.get(record.sha256, ()), clock(home))
            and (unit is None or unit in (record.sender_name, *known.get(record.sha256, ())))
        ):
            yield record


def known_as(home: Home) -> dict[str, set[str]]:
    """Delivery → code and official name of its sender, as far as the published version knows."""
    version = current(home)
    if version is None:
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    with connect(version.database, read_only=True) as reader:
        for sha, code, name in reader.execute(
            """
            select deliveries.delivery_sha256, units.unit_code, units.unit_name
            from marts.fct_deliveries as deliveries
            inner join marts.dim_units as units
                on deliveries.sender_unit_code = units.unit_code and units.is_current
            """
        ).fetchall():
            found[sha] |= {code, name}
    return found


def write_workbook(
    home: Home, record: Record, reasons: list[Reject], masker: Masker, path: Path
) -> None:
    """The delivery as a workbook with its wrong cells marked. Raises ArchiveError."""
    feed = FEEDS[record.feed]
    with scratch_directory(home) as scratch:
        source = archive.plain_bytes(home, record.sha256, scratch)
        grids = open_file(source, feed, record.file_name, masker).grids
        notes = {
            number: cell_notes(grid, shown_sheet(grid.sheet or "", masker, False), reasons)
            for number, grid in enumerate(grids)
        }
        about = note_lines(home, record, reasons)
        data = source.read_bytes()
        if not (
            len(data) <= WHOLE_BYTES
            and sniff(data, record.file_name) == "xlsx"
            and mark_whole(source, grids, notes, about, path)
        ):
            write_anew(grids, notes, about, path)


def cell_notes(grid: Grid, sheet: str, reasons: list[Reject]) -> dict[tuple[int, int], str]:
    """What is to be said of which cell of the sheet (1-based row and column).

    A row as a whole is told at its first filled cell.
    """
    said: dict[tuple[int, int], list[str]] = defaultdict(list)
    for reason in reasons:
        if (reason.sheet or "") != sheet:
            continue
        if reason.cell:
            letters, row = coordinate_from_string(reason.cell)
            column = openpyxl.utils.column_index_from_string(letters)
        else:
            row = reason.row_number
            cells = grid.rows[row - grid.first_row]
            filled = (place for place, cell in enumerate(cells) if cell not in (None, ""))
            column = grid.first_column + next(filled, 0)
        name = f"{reason.header}：" if reason.header else ""
        said[row, column].append(f"{name}{reason.reason}")
    return {place: "；".join(dict.fromkeys(texts)) for place, texts in said.items()}


def note_lines(home: Home, record: Record, reasons: list[Reject]) -> list[str]:
    """The first sheet: what this is and what to do, then every reason."""
    rows = {(one.sheet, one.row_number) for one in reasons}
    places: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for one in reasons:
        places[one.sheet, one.cell, one.header, one.reason].append(one.row_number)
    mark = "【样例数据】" if home.settings().is_sample else ""
    return [
        f"{mark}退回修改：{record.file_name}",
        f"本表有 {len(rows)} 行未被采用，其余各行已经采用。出错的单元格已标红，原因写在该格的批注里，并列在下面。",
        "请只改标红的单元格，不要改表头、工作表名和文件名，保存后整份重新报送；改好的文件将替换原来的一份。"
        "本说明工作表可以保留。",
        "",
        *(told(place, rows) for place, rows in places.items()),
    ]


def told(place: tuple[str | None, ...], rows: list[int]) -> str:
    """One reason in a line, and the rows it holds for: a form without its date rejects all of its rows."""
    sheet, cell, header, reason = place
    where = [f"工作表“{sheet}”" if sheet else "", f"第 {'、'.join(map(str, rows))} 行"]
    where.append(f"单元格 {cell}" if cell else "")
    name = f"{header}：" if header else ""
    return f"{'，'.join(part for part in where if part)}：{name}{reason}"


def mark_whole(
    source: Path,
    grids: list[Grid],
    notes: Mapping[int, Mapping[tuple[int, int], str]],
    about: list[str],
    path: Path,
) -> bool:
    """Write the delivered workbook itself with its cells marked; false if it cannot be opened so."""
    try:
        with source.open("rb") as file:
            book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
        sheets = [book[grid.sheet] for grid in grids]
        for sheet in sheets:
            unmark(sheet)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError):
        # It reads less than our parser does.
        return False
    fill = PatternFill("solid", fgColor=MARK)
    for number, sheet in enumerate(sheets):
        merged = {
            place: (one.min_row, one.min_col)
            for one in sheet.merged_cells.ranges
            for place in one.cells
        }
        for place, text in notes[number].items():
            cell = sheet.cell(*merged.get(place, place))
            cell.fill = fill
            cell.comment = Comment(text, AUTHOR, **COMMENT_SIZE)
    if NOTE_SHEET in book.sheetnames:
        del book[NOTE_SHEET]
    note = book.create_sheet(NOTE_SHEET, 0)
    note.column_dimensions["A"].width = 100
    for line, text in enumerate(about, start=1):
        cell = note.cell(line, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        # Words of the file could begin like a formula.
        cell.data_type = "s"
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    book.save(path)
    return True


def unmark(sheet: Worksheet) -> None:
    """Take off what was marked when the workbook went back before."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def write_anew(
    grids: list[Grid],
    notes: Mapping[int, Mapping[tuple[int, int], str]],
    about: list[str],
    path: Path,
) -> None:
    """A new workbook with the same sheets, rows and merged cells, its cells marked."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(path, options) as book:
        red = book.add_format({"bg_color": f"#{MARK[2:]}"})
        wrapped = book.add_format({"text_wrap": True})
        sheet = book.add_worksheet(NOTE_SHEET)
        sheet.set_column(0, 0, 100, wrapped)
        for line, text in enumerate(about):
            sheet.write_string(line, 0, text)
        for number, grid in enumerate(grids):
            if grid.sheet == NOTE_SHEET:
                continue
            sheet = book.add_worksheet(grid.sheet or f"原表{number + 1 if number else ''}")
            if grid.hidden:
                sheet.hide()
            top, left = grid.first_row - 1, grid.first_column - 1
            merged = merged_ranges(grid)
            for row, cells in enumerate(grid.rows):
                for column, value in enumerate(cells):
                    if value is None or value == "" or (row, column) in grid.fills:
                        continue
                    is_wrong = (top + row + 1, left + column + 1) in notes[number]
                    style = red if is_wrong else None
                    if last := merged.get((row, column)):
                        area = (top + row, left + column, top + last[0], left + last[1])
                        sheet.merge_range(*area, "", style)
                    sheet.write(top + row, left + column, value, style)
            for (row, column), text in notes[number].items():
                if not filled(grid, row, column):
                    sheet.write_blank(row - 1, column - 1, None, red)
                sheet.write_comment(row - 1, column - 1, text, COMMENT_SIZE)


def filled(grid: Grid, row: int, column: int) -> bool:
    """Whether the cell (1-based) has something in it."""
    cells = grid.rows[row - grid.first_row]
    place = column - grid.first_column
    return 0 <= place < len(cells) and cells[place] not in (None, "")


def merged_ranges(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """First cell of each merged range → its last one, 0-based."""
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), source in grid.fills.items():
        below, beside = last.get(source, source)
        last[source] = (max(below, row), max(beside, column))
    return last
