"""Rows as they lie in the raw zone: typed columns, then ours, the same for every feed and reader."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.declare import NOTE_TYPE, Feed, Note, Row, raw_schema

NOTES = pa.list_(
    pa.struct([("cell", pa.string()), ("header", pa.string()), ("reason", pa.string())])
)
ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "DOUBLE": pa.float64(),
    "BIGINT": pa.int64(),
    "DECIMAL(18,4)": pa.decimal128(18, 4),
    "DECIMAL(9,3)": pa.decimal128(9, 3),
    NOTE_TYPE: NOTES,
}
# Made once: `json.dumps` makes one for every row.
TEXTS = json.JSONEncoder(ensure_ascii=False)
# A form of some lines shrinks by a tenth, and its thirty-odd columns take twice as long.
UNCOMPRESSED_ROWS = 500


@dataclass(frozen=True)
class Origin:
    """What every row of one delivery says of where it came from; the file name is masked already."""

    sha256: str
    file_name: str
    received_at: datetime


@lru_cache(maxsize=64)
def arrow_schema(feed: Feed) -> pa.Schema:
    """The feed's raw schema in Arrow's types."""
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in raw_schema(feed).items()])


def as_json(texts: dict[str, str]) -> str | None:
    """The texts as one JSON object; null when there are none."""
    return TEXTS.encode(texts) if texts else None


def as_notes(notes: Sequence[Note]) -> list[dict[str, str | None]] | None:
    """Notes as Arrow takes them; null when there are none, so that `is null` means good."""
    return [vars(note) for note in notes] or None


def fitted(value: Any, kind: pa.DataType) -> Any:
    """A decimal with the digits its column keeps: Arrow refuses more, and means it as an error."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-kind.scale), ROUND_HALF_UP)
    return value


def rows_table(feed: Feed, rows: Sequence[Row], origin: Origin) -> pa.Table:
    """The rows with exactly the columns of `raw_schema(feed)`; a value a row lacks is null."""
    schema = arrow_schema(feed)
    own: dict[str, list[Any]] = {
        "_extra": [as_json(row.extra) for row in rows],
        "_delivery_sha256": [origin.sha256] * len(rows),
        "_file_name": [origin.file_name] * len(rows),
        "_sheet": [row.sheet for row in rows],
        "_row_number": [row.row_number for row in rows],
        "_form_number": [row.form_number for row in rows],
        "_received_at": [origin.received_at] * len(rows),
        "_cell_warnings": [as_notes(row.warnings) for row in rows],
        "_reject_reasons": [as_notes(row.reject_reasons) for row in rows],
        "_original": [TEXTS.encode(row.original) if row.reject_reasons else None for row in rows],
    }
    columns = [
        as_array(own.get(name) or [row.values.get(name) for row in rows], kind)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def as_array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """The values of one column; most of a small file's columns are empty."""
    if values.count(None) == len(values):
        return pa.nulls(len(values), kind)
    if pa.types.is_decimal(kind):
        values = [fitted(value, kind) for value in values]
    return pa.array(values, kind)


def parquet_bytes(feed: Feed, rows: Sequence[Row], origin: Origin) -> memoryview:
    """The rows as a Parquet file; equal rows give equal bytes."""
    content = pa.BufferOutputStream()
    compression = "zstd" if len(rows) > UNCOMPRESSED_ROWS else "none"
    pq.write_table(rows_table(feed, rows, origin), content, compression=compression)
    return memoryview(content.getvalue())
