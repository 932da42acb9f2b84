"""The process that runs one query of the SQL page, and ends: `python -m dashboards.workbench_child`.

It reads JSON from standard input (database, sql, limits) and writes an Arrow stream, or one line of
error, to standard output. It holds no data but what an analyst may see, reaches no file and no network,
and whoever started it ends it when its time is over.
"""

from __future__ import annotations

import json
import resource
import sys

import duckdb
import pyarrow as pa

# The interpreter, DuckDB and Arrow before the first row; address space, not memory in use.
OVERHEAD_BYTES = 3 << 30


class QueryError(Exception):
    """The query is refused or failed; the message is for the analyst."""


def limit(memory_bytes: int, seconds: int) -> None:
    """What the system itself keeps, should the database or the parent fail to: no file, no more memory."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes + OVERHEAD_BYTES,) * 2)
    # Of all threads together.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds * 4, seconds * 4 + 2))


def opened(database: str, memory_bytes: int) -> duckdb.DuckDBPyConnection:
    """The database read-only, with every way out of it shut and locked."""
    connection = duckdb.connect(
        database,
        read_only=True,
        config={
            "memory_limit": f"{memory_bytes >> 20}MiB",
            "threads": "2",
            # Nothing is written to disk, also not what does not fit into memory.
            "max_temp_directory_size": "0KiB",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            # A table name must not find a variable of this program.
            "python_enable_replacements": "false",
        },
    )
    connection.execute("set TimeZone = 'Asia/Shanghai'")
    connection.execute("set search_path = 'marts'")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def the_one(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one query of the text; QueryError if it is anything but one query."""
    statements = connection.extract_statements(sql)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise QueryError("只能写一条查询（select 或 with … select），不能修改、设置、读写文件。")
    return statements[0]


def answer(task: dict[str, object]) -> pa.Table:
    """The rows of the query, one more than wanted where there are more."""
    with opened(str(task["database"]), int(str(task["memory_bytes"]))) as connection:
        query = connection.sql(the_one(connection, str(task["sql"])))
        if query is None:
            raise QueryError("这条语句没有结果。")
        table = query.limit(int(str(task["rows"])) + 1).to_arrow_table()
    if table.nbytes > int(str(task["result_bytes"])):
        raise QueryError("结果太大。请只选需要的列，或先汇总。")
    return table


def main() -> None:
    """One query, one answer."""
    task = json.load(sys.stdin)
    limit(int(task["memory_bytes"]), int(task["seconds"]))
    out = sys.stdout.buffer
    try:
        table = answer(task)
    except QueryError as error:
        out.write(b"E" + str(error).encode())
    except (duckdb.OutOfMemoryException, MemoryError):
        out.write("E内存超出上限，查询已停止。请缩小范围或先汇总。".encode())
    except duckdb.Error as error:
        out.write(b"E" + str(error).encode())
    else:
        out.write(b"T")
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)


if __name__ == "__main__":
    main()
