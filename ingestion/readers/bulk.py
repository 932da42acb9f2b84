"""Bulky feeds: good rows go from DuckDB straight into the raw file, the odd ones row by row.

What load curves and video events have in common: a file that is unpacked within bounds, physical lines,
masking inside SQL, one Parquet draft with exact counts.
"""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingestion.declare import Feed, Refused, Row, raw_schema
from ingestion.masking import Masker
from ingestion.raw_files import Origin, rows_table
from warehouse.connection import connect

# Limits against hostile or broken files, all far beyond what a county's senders send.
MAX_INFLATED_BYTES = 8 << 30
MEMORY_LIMIT = "1GB"

CHUNK = 1 << 20
ROWS_AT_A_TIME = 5_000
ORIGINAL_CHARACTERS = 10_000
WHOLE_LINE = "整行"
GZIP = b"\x1f\x8b"
WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Whatever may be a telephone or identity number, in DuckDB's regular expressions; the masker looks closer.
# Most files have none, and a call into Python for every row would cost as much as the rest of the load.
_APART = r"[ \t\x{3000}\x{a0}—–－‐‑−-]?"
_MOBILE = rf"1[3-9][0-9]{_APART}[0-9]{{4}}{_APART}[0-9]{{4}}"
_IDENTITY = (
    rf"[1-8][0-9]{{5}}{_APART}(19|20)[0-9]{{2}}[01][0-9][0-3][0-9]{_APART}[0-9]{{3}}[0-9XxＸｘ]"
)
MAYBE_PERSONAL = "|".join(
    (
        rf"(^|[^0-9])((00)?86{_APART})?({_MOBILE}|{_IDENTITY})([^0-9]|$)",
        rf"(^|[^0-9])0[0-9]{{2,3}}{_APART}[0-9]{{7,8}}([^0-9]|$)",
        r"[０-９]",
    )
)
# The shortest of them.
PERSONAL_CHARACTERS = 11


@dataclass
class BulkReading:
    """The counts of one file whose rows already lie in the Parquet draft."""

    feed: Feed
    good: int = 0
    rejected: int = 0
    warnings: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Every row that is not wholly empty."""
        return self.good + self.rejected + self.skipped.total()


# Files


def quoted(text: str | Path) -> str:
    """The text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def named(text: str) -> str:
    """The text as an SQL identifier."""
    return '"' + text.replace('"', '""') + '"'


def one_of(text: str, values: Iterable[str]) -> str:
    """SQL: whether the text is one of the values; null if it is null.

    DuckDB makes a join of a long `in (…)`, and a join loses the order of rows, which numbers them.
    """
    return f"list_contains([{', '.join(map(quoted, values))}], {text})"


def inflated(source: Path, target: Path, split_by: str) -> Path:
    """The file unpacked; Refused beyond the limit or if the archive is broken off.

    `split_by` is what its sender could split it by (日期).
    """
    size = 0
    try:
        with gzip.open(source) as packed, target.open("wb") as plain:
            while chunk := packed.read(CHUNK):
                size += len(chunk)
                if size > MAX_INFLATED_BYTES:
                    raise Refused(
                        f"解压后超过 {MAX_INFLATED_BYTES >> 20} MB 的上限。",
                        f"请按{split_by}拆分后再装载。",
                    )
                plain.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Refused("压缩文件不完整或已损坏。", "请重新传送该文件，再装载一次。") from error
    return target


def physical_lines(path: Path, newline: bytes, longest: int) -> Iterator[bytes]:
    """Physical lines without their end; one beyond the limit is cut to just above it."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            parts = (rest + chunk).split(newline)
            rest = parts.pop()[: longest + 1]
            yield from parts
    if rest:
        yield rest


def decoded(line: bytes, codec: str) -> str | None:
    """The bytes as text, null if they are none in this encoding."""
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        return None


# Rows


class RawDraft:
    """The rows of one delivery on their way into its Parquet file, and their counts."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        feed: Feed,
        origin: Origin,
        masker: Masker,
    ):
        self.connection, self.feed, self.origin, self.masker = connection, feed, origin, masker
        self.reading = BulkReading(feed)
        self.names = ", ".join(named(name) for name in raw_schema(feed))
        listed = ", ".join(f"{named(name)} {kind}" for name, kind in raw_schema(feed).items())
        connection.execute(f"create table mended ({listed})")

    def add(self, rows: Iterable[Row]) -> None:
        """Rows that were read one by one."""
        rows = iter(rows)
        while chunk := list(itertools.islice(rows, ROWS_AT_A_TIME)):
            table = rows_table(self.feed, chunk, self.origin)
            self.connection.register("chunk", table)
            self.connection.execute("insert into mended by name select * from chunk")
            self.connection.unregister("chunk")
            self.reading.rejected += sum(bool(row.reject_reasons) for row in chunk)
            self.reading.good += sum(not row.reject_reasons for row in chunk)
            self.reading.warnings += sum(len(row.warnings) for row in chunk)

    def columns(self, known: dict[str, str]) -> str:
        """SQL: the columns of the raw zone, from the expressions that are known and where it all came from."""
        ours = {
            "_delivery_sha256": quoted(self.origin.sha256),
            "_file_name": quoted(self.origin.file_name),
            "_received_at": f"timestamp '{self.origin.received_at}'",
        } | known
        return ", ".join(
            f"cast({ours.get(name, 'null')} as {kind}) as {named(name)}"
            for name, kind in raw_schema(self.feed).items()
        )

    def write(self, good: str | None, target: Path, options: str = "compression zstd") -> None:
        """Good rows straight from DuckDB (SQL, null: none), the others as they were read."""
        mended = f"select {self.names} from mended"
        if good is None:
            good = mended
        elif self.connection.execute("select count(*) from mended").fetchone()[0]:
            # One thread writes a union, all of them a table.
            good = f"select {self.names} from ({good}) union all {mended}"
        self.connection.execute(f"copy ({good}) to {quoted(target)} (format parquet, {options})")


@contextmanager
def workspace(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with a limit, beyond which it writes to `scratch`."""
    with connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute(f"set temp_directory = {quoted(scratch / 'spill')}")
        yield connection
