"""File formats: grids of cells (spreadsheet, Word, delimited), tables, forms, load curves."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from ingestion.declare import Feed, Reading
from ingestion.feeds import feed_named
from ingestion.masking import Masker
from ingestion.readers.form import read_forms
from ingestion.readers.grids import Grid, check_package, read_grids, sniff
from ingestion.readers.table import find_header, has_content, read_table


def read_file(
    path: Path,
    feed: Feed,
    masker: Masker,
    name: str,
    received_at: datetime | None = None,
    sender_unit: str | None = None,
) -> list[Reading]:
    """What the feeds in one file say: that of its folder, and others that have a sheet of their own.

    `name` is the name as sent, wherever the bytes lie now. Dates without a year take that of the name,
    else the year of receipt; `sender_unit` stands in where a form names no unit. Feeds of the load-curve
    reader do not come this way. Raises Refused.
    """
    grids = _grids(path, feed, name)
    stem = Path(name).stem
    year = re.search(r"(?<!\d)20\d\d(?!\d)", stem)
    report_year = int(year[0]) if year else received_at.year if received_at else None

    def read(feed: Feed, grids: list[Grid]) -> Reading:
        if feed.reader == "form":
            return read_forms(
                feed,
                grids,
                file_stem=stem,
                received_on=received_at.date() if received_at else None,
                sender_unit=sender_unit,
                masker=masker,
            )
        return read_table(feed, grids, report_year=report_year, masker=masker)

    shares = _shares(feed, grids)
    own = shares.pop(feed, [])
    readings: list[Reading] = []
    left_over: list[str] = []
    if own and shares and not any(_is_named(feed, grid) or _is_for(feed, grid) for grid in own):
        # The folder's feed is not in this workbook, others are: a sheet of notes refuses nothing.
        left_over = [grid.sheet or "" for grid in own if has_content(grid) and not grid.hidden]
    elif own:
        readings.append(read(feed, own))
    for other, sheets in shares.items():
        readings.append(read(other, sheets))
    readings[0].skipped_sheets += left_over
    return readings


def _grids(path: Path, feed: Feed, name: str) -> list[Grid]:
    if feed.reader == "form":
        data = path.read_bytes()
        if sniff(data, name) == "docx":
            # Word is loaded only for the feeds that may come as Word.
            from ingestion.readers.word import read_tables

            check_package(data, name)
            return read_tables(data, name)
    return read_grids(path, name)


def _shares(feed: Feed, grids: list[Grid]) -> dict[Feed, list[Grid]]:
    """Sheets by feed. A sheet goes to another feed if it bears its name and has its header."""
    shares: dict[Feed, list[Grid]] = {}
    for grid in grids:
        other = feed_named(grid.sheet) if grid.sheet else None
        is_other = other is not None and other != feed and not grid.hidden and _is_for(other, grid)
        shares.setdefault(other if other and is_other else feed, []).append(grid)
    return shares


def _is_named(feed: Feed, grid: Grid) -> bool:
    return bool(grid.sheet) and feed_named(grid.sheet or "") == feed


def _is_for(feed: Feed, grid: Grid) -> bool:
    """Whether a sheet can be read as that feed; forms are told by their sheet's name alone."""
    if feed.reader != "table":
        return feed.reader == "form"
    header = find_header(feed, grid)
    return header is not None and not header.missing
