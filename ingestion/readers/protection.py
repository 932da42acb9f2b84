"""Which deliveries say who reported, and which lie in the folder of another feed.

The folder alone does not tell: a workbook of cases may carry a sheet of clues, hidden or not, and a list of
callers may be dropped into the wrong folder. What is decided here holds for the whole delivery.
"""

from __future__ import annotations

from pathlib import PurePath

from ingestion.declare import Feed, Refused
from ingestion.feeds import FEEDS, feed_named
from ingestion.readers.grids import Grid
from ingestion.readers.table import (
    HEADER_SEARCH_ROWS,
    Header,
    find_header,
    has_content,
    names_reporter,
    normalised_header,
)

PROTECTED = tuple(feed for feed in FEEDS.values() if feed.is_protected)


def is_named_protected(feed: Feed, name: str) -> bool:
    """Whether folder or file name say so, which must do for a file that cannot be opened."""
    names = (name for feed in PROTECTED for name in (feed.title, *feed.names))
    return feed.is_protected or any(known in PurePath(name).stem for known in names)


def carries_protected(feed: Feed, grids: list[Grid]) -> bool:
    """Whether any sheet, a hidden one too, is of a protected feed or has a column of reporters."""
    return feed.is_protected or any(
        _is_protected(feed, grid) for grid in grids if has_content(grid)
    )


def _is_protected(feed: Feed, grid: Grid) -> bool:
    named = feed_named(grid.sheet) if grid.sheet else None
    if named and named.is_protected:
        return True
    texts = {
        cell
        for row in grid.rows[:HEADER_SEARCH_ROWS]
        for cell in row
        if isinstance(cell, str) and len(cell) < 20
    }
    if any(names_reporter(normalised_header(text)) for text in texts):
        return True
    # A register of cases names its clues too: a sheet that its own feed can use is of that feed.
    own = _header(feed, grid) if feed.reader == "table" else None
    if own and not own.missing:
        return False
    return any(
        header is not None and not header.missing
        for header in (_header(other, grid) for other in PROTECTED)
    )


def misplaced(feed: Feed, grids: list[Grid]) -> Refused | None:
    """Why a file that its folder's feed could not use belongs to another one; None if it does not.

    It does if a sheet has all required columns of a tabular feed and more of its columns than of the
    folder's. The words are ours alone: nothing of the file is quoted.
    """
    best: tuple[int, Feed] | None = None
    for grid in grids:
        if grid.hidden or not has_content(grid):
            continue
        own = _header(feed, grid)
        for other in FEEDS.values():
            if other == feed or other.reader != "table":
                continue
            header = _header(other, grid)
            if header is None or header.missing or len(header.columns) <= _width(own):
                continue
            if best is None or len(header.columns) > best[0]:
                best = len(header.columns), other
    if best is None:
        return None
    other = best[1]
    return Refused(
        f"表头是“{other.title}”的，不是“{feed.title}”的，文件放错了文件夹。",
        f"请改放到 inbox/{other.token}/（{other.title}）后重新投递。",
    )


def _header(feed: Feed, grid: Grid) -> Header | None:
    """The header of that feed, none if the sheet names a column twice: then it is of no use."""
    try:
        return find_header(feed, grid)
    except Refused:
        return None


def _width(header: Header | None) -> int:
    return len(header.columns) if header else 0
