"""A file as grids of cells: spreadsheets, delimited text, Parquet; told apart by content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

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
