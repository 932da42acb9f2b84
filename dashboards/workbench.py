"""Analysts' own SQL: a copy of the version without what they may not see, and a process per query.

DuckDB cannot hide rows from SQL, so what is protected is not in the file at all; the process has no
other file, no network, and an end. No Streamlit.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

import pandas as pd
import pyarrow as pa
from filelock import FileLock

from dashboards import scope, words
from warehouse.connection import connect
from warehouse.files import draft_beside, replace_durably, write_atomically
from warehouse.settings import ROOT, Home
from warehouse.versions import Version

SECONDS = 30
MEMORY_BYTES = 1 << 30
ROWS = 100_000
RESULT_BYTES = 64 << 20
# More at once, and a county's machine has nothing left for the pages.
AT_ONCE = BoundedSemaphore(2)
WAIT_SECONDS = 10
COPYING = Lock()
EXAMPLES = Path(__file__).with_name("examples")
# A file's name and nothing that a path could be made of.
NAME = re.compile(r"[\w一-鿿][\w一-鿿 （）()-]{0,59}")
LONGEST_SQL = 20_000


class WorkbenchError(Exception):
    """The query did not end well, or cannot be kept; the message is for the analyst."""


@dataclass(frozen=True)
class Answer:
    """Rows of a query, how long it took, and whether there were more."""

    rows: pd.DataFrame
    seconds: float
    is_cut: bool


def database(home: Home, version: Version) -> Path:
    """The version's copy for analysts, made on first use; those of older versions are removed."""
    folder = home.access / "workbench"
    target = folder / f"{version.id}.duckdb"
    with COPYING:
        if target.exists():
            return target
        home.prepare_access("workbench")
        with FileLock(folder / ".lock", mode=0o600):
            if not target.exists():
                draft = draft_beside(target)
                with connect() as connection:
                    scope.attach(connection, str(version.database.resolve()))
                    cursor = connection.cursor()
                    scope.choose(cursor, scope.COUNTY)
                    scope.copy_into(cursor, scope.general(cursor), str(draft))
                draft.chmod(0o600)
                replace_durably(draft, target)
                for old in folder.glob("*.duckdb"):
                    if old != target:
                        old.unlink()
    return target


def run(home: Home, version: Version, sql: str, seconds: int = SECONDS) -> Answer:
    """The answer of one query; WorkbenchError if it was refused, failed, or took too long."""
    if len(sql) > LONGEST_SQL:
        raise WorkbenchError(f"查询太长（上限 {LONGEST_SQL:,} 个字符）。")
    task = {
        "database": str(database(home, version)),
        "sql": sql,
        "rows": ROWS,
        "memory_bytes": MEMORY_BYTES,
        "result_bytes": RESULT_BYTES,
        "seconds": seconds,
    }
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise WorkbenchError("其他查询正在运行，请稍后再试。")
    started = time.monotonic()
    try:
        told = child(json.dumps(task).encode(), seconds)
    finally:
        AT_ONCE.release()
    if told[:1] == b"E":
        raise WorkbenchError(told[1:].decode("utf-8", "replace"))
    if told[:1] != b"T":
        raise WorkbenchError("查询超出内存或时间上限，已停止。请缩小范围或先汇总。")
    rows = shown(pa.ipc.open_stream(told[1:]).read_all())
    return Answer(rows.head(ROWS), time.monotonic() - started, len(rows) > ROWS)


def shown(table: pa.Table) -> pd.DataFrame:
    """The rows as tables and files take them: decimals as numbers, lists and structures as text."""
    rows = table.to_pandas()
    for column, kind in zip(table.column_names, table.schema.types, strict=True):
        if pa.types.is_decimal(kind):
            rows[column] = rows[column].astype(float)
        elif rows[column].dtype == object and not pa.types.is_date(kind):
            rows[column] = rows[column].map(lambda one: None if one is None else str(one))
    return rows


def child(task: bytes, seconds: int) -> bytes:
    """What the process says; WorkbenchError when its time is over."""
    with subprocess.Popen(
        [sys.executable, "-m", "dashboards.workbench_child"],
        cwd=ROOT,
        # Nothing of this server's surroundings, secrets among them.
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(task, timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            raise WorkbenchError(f"超过 {seconds} 秒，查询已停止。请缩小范围或先汇总。") from None
        finally:
            process.kill()


def tables(home: Home, version: Version) -> pd.DataFrame:
    """Every column that an analyst may read, as the dictionary tells of it."""
    with connect(database(home, version), read_only=True) as connection:
        readable = scope.columns_in(connection)
    told = words.dictionary()
    return readable.merge(told, on=["table_name", "column_name"])[list(told)]


def examples() -> dict[str, str]:
    """Worked examples by their titles, which are the first line of each file."""
    found = {}
    for path in sorted(EXAMPLES.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        found[text.splitlines()[0].removeprefix("-- ")] = text
    return found


def saved(home: Home) -> dict[str, str]:
    """What analysts kept, by name."""
    files = sorted(home.saved_queries.glob("*.sql"))
    return {path.stem: path.read_text(encoding="utf-8") for path in files}


def save(home: Home, name: str, sql: str) -> None:
    """Keep a query under a name; WorkbenchError if the name is no file's name."""
    if not NAME.fullmatch(name):
        raise WorkbenchError("名称只能用文字、数字、空格、括号和连字符，最多 60 个字。没有保存。")
    if not sql.strip() or len(sql) > LONGEST_SQL:
        raise WorkbenchError("查询为空或太长。没有保存。")
    write_atomically(home.saved_queries / f"{name}.sql", sql.encode())


def forget(home: Home, name: str) -> None:
    """Delete a kept query."""
    if NAME.fullmatch(name):
        (home.saved_queries / f"{name}.sql").unlink(missing_ok=True)
