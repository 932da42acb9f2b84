"""Workbooks parsed in a process of their own, which may die without taking the load with it.

The parser trusts what a file says of itself: a damaged count or one cell in the last row and column of
a sheet makes it ask for hundreds of gigabytes, and a failed allocation ends the process. So a child with
a memory limit parses; if it dies, the file is to blame, and the next file gets a new child.

This file is also the child's program, started by its path: it imports nothing of ours.
"""

from __future__ import annotations

import atexit
import resource
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

MEMORY_BYTES = 3 << 30
SECONDS = 120.0

Outcome = Literal["sheets", "broken", "too_large", "too_many_sheets", "died", "timeout"]


@dataclass(frozen=True)
class Parsed:
    """What the child made of a file.

    `content` for "sheets": a list of (name, is_hidden, (first row, first column) 0-based, rows, merged
    ranges); for "too_large": (rows, columns); for "too_many_sheets": their number.
    """

    outcome: Outcome
    content: Any = None


def parse_workbook(
    path: Path,
    max_sheets: int,
    max_rows: int,
    max_columns: int,
    max_cells: int,
    seconds: float = SECONDS,
) -> Parsed:
    """Parse a workbook (xlsx, xls, ods) in the child; never raises for what the file holds."""
    request = (str(path), max_sheets, max_rows, max_columns, max_cells)
    with _lock:
        # Once more if it died: then the machine may have been short of memory, not the file wrong.
        for _ in range(2):
            connection = _child()
            try:
                connection.send(request)
                if connection.poll(seconds):
                    return Parsed(*connection.recv())
                _stop()
                return Parsed("timeout")
            except (EOFError, OSError):
                _stop()
        return Parsed("died")


_lock = threading.Lock()
_running: tuple[subprocess.Popen[bytes], Connection] | None = None


def _child() -> Connection:
    global _running
    if _running is None:
        ours, theirs = Pipe()
        command = [sys.executable, "-I", __file__, str(theirs.fileno()), str(MEMORY_BYTES)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # A parser that gives up writes pages of its own frames there.
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        _running = process, ours
    return _running[1]


@atexit.register
def _stop() -> None:
    global _running
    if _running is not None:
        process, connection = _running
        _running = None
        connection.close()
        process.kill()
        process.wait()


def _serve(descriptor: int, memory_bytes: int) -> None:
    """The child: answer requests until the parent is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(descriptor)
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        connection.send(_parsed(*request))


def _parsed(
    path: str, max_sheets: int, max_rows: int, max_columns: int, max_cells: int
) -> tuple[Outcome, Any]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        # Named by content, not by extension: an archived file has none.
        with Path(path).open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            sheets = [one for one in workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
            if len(sheets) > max_sheets:
                return "too_many_sheets", len(sheets)
            content = []
            for metadata in sheets:
                sheet = workbook.get_sheet_by_name(metadata.name)
                rows, columns = sheet.height, sheet.width
                if rows > max_rows or columns > max_columns or rows * columns > max_cells:
                    return "too_large", (rows, columns)
                is_hidden = metadata.visible is not SheetVisibleEnum.Visible
                cells = [] if sheet.start is None else sheet.to_python()
                merged = sheet.merged_cell_ranges or []
                content.append((metadata.name, is_hidden, sheet.start or (0, 0), cells, merged))
            return "sheets", content
    except BaseException:  # the parser's panics are no Exceptions
        return "broken", None


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
