"""The one way to open a warehouse file."""

from __future__ import annotations

from pathlib import Path

import duckdb

# No setting may make DuckDB reach for the internet: a county's intranet has none.
OFFLINE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def connect(
    database: Path | str = ":memory:", read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open the database by its real path, in Beijing time, without extension downloads.

    A connection is not thread-safe: take a `cursor()` for each query. The path is resolved because
    DuckDB keys its instances by path: through a link a process would go on seeing the old version.
    """
    path = str(database) if str(database) == ":memory:" else str(Path(database).resolve())
    connection = duckdb.connect(path, read_only=read_only, config=dict(OFFLINE))
    # The zone is known only once ICU is loaded, which happens on connecting: no option can name it.
    connection.execute("set TimeZone = 'Asia/Shanghai'")
    return connection
