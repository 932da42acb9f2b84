"""What a feed is, said once: its columns, its key, its names.

A plain tabular feed is one `Feed(...)` in `ingestion/feeds/`; readers, landing, the frozen inputs of a
build and the code hash all work from that declaration.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from warehouse.errors import MinewatchError

Kind = Literal["text", "identifier", "date", "timestamp", "double", "decimal", "bigint", "answer"]
Reader = Literal["table", "form", "load_curve", "events", "package"]

DUCKDB_TYPES: dict[str, str] = {
    "text": "VARCHAR",
    "identifier": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "double": "DOUBLE",
    "decimal": "DECIMAL(18,4)",
    "bigint": "BIGINT",
    "answer": "VARCHAR",
    "power": "DECIMAL(9,3)",
}

# What a cell note looks like in the raw zone: where, under which header, why.
NOTE_TYPE = "STRUCT(cell VARCHAR, header VARCHAR, reason VARCHAR)[]"

OWN_COLUMNS: dict[str, str] = {
    "_extra": "VARCHAR",
    "_delivery_sha256": "VARCHAR",
    "_file_name": "VARCHAR",
    "_sheet": "VARCHAR",
    "_row_number": "BIGINT",
    "_form_number": "BIGINT",
    "_received_at": "TIMESTAMP",
    "_cell_warnings": NOTE_TYPE,
    "_reject_reasons": NOTE_TYPE,
    "_original": "VARCHAR",
}


@dataclass(frozen=True)
class Column:
    """One column of a feed.

    `header` is the Chinese header of the contract; `aliases` are other headers met in the wild (the
    token itself is always accepted). A file without a `required` column is refused; a row whose
    required or key cell is blank or unreadable is rejected. `masked` replaces the whole cell by a
    keyed hash. `answer_scope` picks the extra variants of one answer column (`mining_licence`).
    """

    name: str
    header: str
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    masked: bool = False
    answer_scope: str = "any"


@dataclass(frozen=True)
class Feed:
    """A kind of delivery. `names` are folder and sheet names besides the token and the title.

    `is_protected` is for feeds that say who reported (docs/decisions/0005-protected-deliveries.md):
    only declared columns are kept, no note quotes a cell, the file's name is hashed and its archived
    bytes are encrypted. An alias of such a feed gives way to those before it instead of being refused.
    """

    token: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    reader: Reader = "table"
    names: tuple[str, ...] = ()
    is_protected: bool = False

    def column(self, name: str) -> Column:
        """The column of that token; KeyError if the feed has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Note:
    """Something said about one cell: its address (`C7`, or null), its header, the reason."""

    cell: str | None
    header: str | None
    reason: str


Value = str | int | float | bool | date | datetime | Decimal | None


@dataclass
class Row:
    """One data row as read. `reject_reasons` non-empty means: kept, marked, left out of staging."""

    values: dict[str, Value]
    row_number: int
    sheet: str | None = None
    form_number: int | None = None
    extra: dict[str, str] = field(default_factory=dict)
    warnings: list[Note] = field(default_factory=list)
    reject_reasons: list[Note] = field(default_factory=list)
    original: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """One headed form of a ledger, also when it has no rows (a zero report)."""

    form_number: int
    sheet: str | None
    title: str | None
    reporting_unit_name: str | None
    filled_date: date | None
    period_text: str | None
    level_text: str | None
    row_count: int
    is_zero_report: bool


@dataclass
class Reading:
    """All that one feed got out of one file: every data row, or counts of what was skipped.

    For the bulk reader `rows` stays empty and the counts are set by it. The identity
    `read = good + rejected + skipped` holds by construction.
    """

    feed: Feed
    rows: list[Row] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    forms: list[Form] = field(default_factory=list)
    skipped_sheets: list[str] = field(default_factory=list)


class Refused(MinewatchError):
    """A file that cannot be read at all, or lacks a required column.

    Three parts, each a Chinese sentence for the person who loads: what happened, what state things
    are in now, what to do next. `unquoted` says what happened without the words of the file, where
    `what` quotes some.
    """

    def __init__(
        self,
        what: str,
        next_step: str,
        state: str = "文件已归档，未载入任何一行。",
        unquoted: str | None = None,
    ):
        super().__init__(f"{what} {state} {next_step}")
        self.what, self.state, self.next_step = what, state, next_step
        self.unquoted = f"{unquoted or what} {state} {next_step}"


def raw_schema(feed: Feed) -> dict[str, str]:
    """Column name → DuckDB type of the feed's Parquet files, in order."""
    schema: dict[str, Any] = {}
    for column in feed.columns:
        schema[column.name] = DUCKDB_TYPES[column.kind]
    if feed.reader == "load_curve":
        schema |= {f"p{point}": DUCKDB_TYPES["power"] for point in range(1, 97)}
    return schema | OWN_COLUMNS
