"""The published version that papers are written from, and rows out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from dashboards.stamp import Stamp
from reports import PaperError
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import current


@contextmanager
def opened(home: Home) -> Iterator[tuple[duckdb.DuckDBPyConnection, Stamp]]:
    """The current version, read-only, and what papers say of it. PaperError if there is none."""
    version = current(home)
    if version is None:
        raise PaperError("还没有发布过版本，写不出文件。没有写任何文件。请先运行 minewatch run。")
    with connect(version.database, read_only=True) as reader:
        [about] = rows_of(
            reader.execute("select county_name, as_of_at, is_sample from marts.dim_version")
        )
        yield reader, Stamp(version_id=version.id, **about)


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of a result, by column name."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
