"""File formats: grids of cells (spreadsheet, Word, delimited), tables, forms, load curves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ingestion.declare import Feed, Reading, Refused
from ingestion.feeds import feed_named
from ingestion.masking import Masker
from ingestion.readers.form import read_forms
from ingestion.readers.grids import Grid, check_package, first_rows, read_grids, sniff
from ingestion.readers.protection import carries_protected, is_named_protected
from ingestion.readers.table import find_header, has_content, read_table


@dataclass(frozen=True)
class Opened:
    """A delivered file before its rows are read: its grids, or why there are none.

    Of a bulky feed only the beginning, which tells nothing but whose file it is.
    """

    is_protected: bool
    grids: list[Grid] = field(default_factory=list)
    refusal: Refused | None = None


def open_file(path: Path, feed: Feed, name: str, masker: Masker) -> Opened:
    """Open the file and find out whether it says who reported; `name` is the name as sent."""
    if feed.reader not in ("table", "form"):
        grids = first_rows(path)
        return Opened(carries_protected(feed, grids), grids)
    is_named = is_named_protected(feed, name)
    try:
        shown = masker.mask_file_name(name) if is_named else masker.mask_text(name)
        grids = _grids(path, feed, shown)
    except Refused as refusal:
        return Opened(is_named, refusal=refusal)
    return Opened(carries_protected(feed, grids), grids)


def read_file(
    path: Path,
    feed: Feed,
    masker: Masker,
    name: str,
    received_at: datetime | None = None,
    sender_unit: str | None = None,
) -> list[Reading]:
    """Open and read a file of a tabular feed or a form. Raises Refused."""
    opened = open_file(path, feed, name, masker)
    return read_opened(opened, feed, masker, name, received_at, sender_unit)


def read_opened(
    opened: Opened,
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
    if opened.refusal:
        raise opened.refusal
    # The name of a protected delivery is not kept: a second reading must not miss what the first took
    # from it, and forms quote it.
    grids, stem = opened.grids, "" if opened.is_protected else Path(name).stem
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
