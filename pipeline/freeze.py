"""Frozen inputs: what a build may see, written into the candidate before dbt starts.

dbt reads `build.*` and `raw.*` as ordinary sources, so every model of a build sees the same files
whatever arrives meanwhile. `python -m pipeline.freeze --empty DIR` makes a file with all of them empty,
which is what working on a model needs.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from ingestion.declare import Feed, raw_schema
from ingestion.feeds import FEEDS
from ingestion.records import Record, read_records, read_withdrawals, withdrawn_at
from warehouse.connection import connect
from warehouse.errors import MinewatchError
from warehouse.settings import Home

# The bulky feeds stay in their Parquet files; copying them into every candidate would double the disk.
VIEWED = {feed.token for feed in FEEDS.values() if feed.reader in ("load_curve", "events")}

BUILD_TABLES = {
    "context": """
        version_id varchar, county_code varchar, county_name varchar, code_hash varchar,
        base_version_id varchar, dbt_version varchar, duckdb_version varchar,
        is_sample boolean, is_as_of_build boolean, as_of_at timestamp, built_at timestamp""",
    "deliveries": """
        delivery_sha256 varchar, read_id varchar, feed_code varchar, file_name varchar,
        file_stem varchar, sender_name varchar, outcome_code varchar, refusal_text varchar,
        skipped_text varchar, received_at_source_code varchar, size_bytes bigint,
        read_count bigint, good_count bigint, rejected_count bigint, skipped_count bigint,
        warning_count bigint, form_count bigint, zero_report_count bigint, received_at timestamp""",
    "delivery_forms": """
        delivery_sha256 varchar, feed_code varchar, sheet_name varchar, title_text varchar,
        reporting_unit_name varchar, period_text varchar, level_text varchar, file_name varchar,
        file_stem varchar, form_number bigint, row_count bigint, is_zero_report boolean,
        filled_date date, received_at timestamp""",
    "rejected_cells": """
        delivery_sha256 varchar, feed_code varchar, severity_code varchar, file_name varchar,
        sheet_name varchar, cell varchar, header_text varchar, reason_text varchar,
        original_text varchar, row_number bigint, note_number bigint, received_at timestamp""",
    "settings": "setting_code varchar, setting_value varchar",
    "extra_holidays": "calendar_date date, day_kind_code varchar, holiday_name varchar",
}


class HolidaysError(MinewatchError):
    """The home's holidays.csv cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Context:
    """The one row of `build.context`: what a version says of itself."""

    version_id: str
    county_code: str
    county_name: str
    code_hash: str
    base_version_id: str | None
    dbt_version: str
    duckdb_version: str
    is_sample: bool
    is_as_of_build: bool
    as_of_at: datetime
    built_at: datetime


def quoted(text: str | Path) -> str:
    """The text as an SQL literal (paths in view definitions cannot be bound)."""
    return "'" + str(text).replace("'", "''") + "'"


def make_empty(connection: duckdb.DuckDBPyConnection) -> None:
    """All tables of `build` and `raw`, typed and empty; what an earlier build left is dropped."""
    connection.execute("drop schema if exists raw cascade; create schema raw")
    connection.execute("create schema if not exists build")
    for name, columns in BUILD_TABLES.items():
        connection.execute(f"create or replace table build.{name} ({columns})")
    for feed in FEEDS.values():
        columns = ", ".join(f'"{name}" {kind}' for name, kind in raw_schema(feed).items())
        connection.execute(f"create table raw.{feed.token} ({columns})")


def visible(home: Home, as_of: datetime) -> list[Record]:
    """The deliveries received up to that moment and not withdrawn by then, oldest first."""
    withdrawals = read_withdrawals(home)
    return sorted(
        (
            record
            for record in read_records(home)
            if record.received_at <= as_of
            and not withdrawn_at(withdrawals.get(record.sha256, ()), as_of)
        ),
        key=lambda record: (record.received_at, record.file_name, record.sha256),
    )


def readable(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether the Parquet file is there and whole enough to have a footer."""
    try:
        connection.execute("select count(*) from read_parquet(?)", [str(path)]).fetchone()
    except duckdb.Error:
        return False
    return True


def fill_raw(
    connection: duckdb.DuckDBPyConnection, feed: Feed, files: dict[str, Path]
) -> dict[str, str]:
    """Fill `raw.<feed>` from exactly these files; returns sha → reason for files that cannot be read.

    Files of older declarations are read by column name: a column they lack is null, a column that is
    no longer declared is left out.
    """
    unreadable: dict[str, str] = {}
    schema = raw_schema(feed)

    def fill(paths: list[Path]) -> None:
        listed = ", ".join(quoted(path) for path in paths)
        source = f"read_parquet([{listed}], union_by_name = true)"
        known = {
            row[0] for row in connection.execute(f"describe select * from {source}").fetchall()
        }
        if feed.token in VIEWED:
            casts = ", ".join(
                f"cast({name if name in known else 'null'} as {kind}) as {name}"
                for name, kind in schema.items()
            )
            connection.execute(f"drop table raw.{feed.token}")
            connection.execute(f"create view raw.{feed.token} as select {casts} from {source}")
        else:
            names = ", ".join(name for name in schema if name in known)
            connection.execute(f"insert into raw.{feed.token} by name select {names} from {source}")

    if files and feed.token not in VIEWED:
        try:
            fill(list(files.values()))
            return unreadable
        except duckdb.Error:
            connection.execute(f"truncate raw.{feed.token}")
    # A view is not read when it is made, so its files are tried one by one; so are a table's files
    # once reading them together has failed: one corrupt file must not fail the feed.
    good = {}
    for sha, path in files.items():
        if readable(connection, path):
            good[sha] = path
        else:
            unreadable[sha] = (
                f"原始区文件损坏或缺失（{path.name}）；请运行 minewatch reread 重新读取。"
            )
    if good:
        fill(list(good.values()))
    return unreadable


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    """Append rows to a small `build` table."""
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into build.{table} values ({marks})", rows)


def extra_holidays(home: Home) -> list[tuple]:
    """Rows of the home's holidays.csv (columns of seeds/holidays.csv); none if there is no file."""
    if not home.holidays_file.exists():
        return []
    try:
        with home.holidays_file.open(encoding="utf-8-sig", newline="") as file:
            rows = []
            for row in csv.DictReader(file):
                kind = row["day_kind_code"].strip()
                if kind not in {"holiday", "adjusted_working_day"}:
                    raise ValueError(f"day_kind_code {kind!r}")
                day = datetime.strptime(row["calendar_date"].strip(), "%Y-%m-%d").date()
                rows.append((day, kind, row["holiday_name"].strip()))
            return rows
    except (KeyError, ValueError, AttributeError, UnicodeDecodeError) as error:
        raise HolidaysError(
            f"{home.holidays_file} 无法读取（{error}）。没有生成新版本，已发布版本不变。"
            "请按 seeds/holidays.csv 的三列改正后再运行。"
        ) from error


def freeze(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    context: Context,
    quarantined: dict[str, str],
) -> None:
    """Write `build.*` and `raw.*` for this build.

    `quarantined` maps the SHA-256 of deliveries that failed a critical check to the reason: they are
    listed with it, and their rows are left out.
    """
    make_empty(connection)
    records = visible(home, context.as_of_at)

    set_aside = dict(quarantined)
    for feed in FEEDS.values():
        files = {
            record.sha256: home.root / part.file
            for record in records
            if record.outcome == "loaded" and record.sha256 not in quarantined
            for part in record.parts
            if part.feed == feed.token
        }
        set_aside |= fill_raw(connection, feed, files)

    deliveries, forms = [], []
    for record in records:
        stem = Path(record.file_name).stem
        # A refused file has no parts; it is still one row, under the feed it was meant for.
        for part in record.parts or [None]:
            outcome, reason = "used", None
            if record.outcome == "refused":
                outcome, reason = "refused", record.refusal_text
            elif record.sha256 in set_aside:
                outcome, reason = "quarantined", set_aside[record.sha256]
            own_forms = record.forms if part and FEEDS[part.feed].reader == "form" else []
            deliveries.append(
                (
                    record.sha256,
                    part.content_hash if part else None,
                    part.feed if part else record.feed,
                    record.file_name,
                    stem,
                    record.sender_name,
                    outcome,
                    reason,
                    json.dumps(part.skipped, ensure_ascii=False) if part and part.skipped else None,
                    record.received_at_source,
                    record.size_bytes,
                    part.read if part else 0,
                    part.good if part else 0,
                    part.rejected if part else 0,
                    sum(part.skipped.values()) if part else 0,
                    part.warnings if part else 0,
                    len(own_forms),
                    sum(form.is_zero_report for form in own_forms),
                    record.received_at,
                )
            )
            if outcome == "used" and part:
                forms += [
                    (
                        record.sha256,
                        part.feed,
                        form.sheet,
                        form.title,
                        form.reporting_unit_name,
                        form.period_text,
                        form.level_text,
                        record.file_name,
                        stem,
                        form.form_number,
                        form.row_count,
                        form.is_zero_report,
                        form.filled_date,
                        record.received_at,
                    )
                    for form in own_forms
                ]
    insert(connection, "deliveries", deliveries)
    insert(connection, "delivery_forms", forms)
    insert(connection, "extra_holidays", extra_holidays(home))
    insert(connection, "settings", sorted(home.settings().overrides.items()))
    insert(connection, "context", [tuple(vars(context).values())])
    for feed in FEEDS.values():
        for severity, notes, original in (
            ("rejected", "_reject_reasons", "_original"),
            ("warning", "_cell_warnings", "null"),
        ):
            connection.execute(
                f"""
                insert into build.rejected_cells
                select
                    _delivery_sha256, '{feed.token}', '{severity}', _file_name, _sheet,
                    note.cell, note.header, note.reason, {original}, _row_number,
                    note_number, _received_at
                from (
                    select *, unnest({notes}) as note, generate_subscripts({notes}, 1) as note_number
                    from raw.{feed.token}
                    where {notes} is not null
                )
                """
            )


def main(arguments: list[str]) -> None:
    """`--empty DIR`: a file with every source empty, for work on models."""
    if len(arguments) != 2 or arguments[0] != "--empty":
        raise SystemExit("usage: python -m pipeline.freeze --empty DIR")
    directory = Path(arguments[1])
    directory.mkdir(parents=True, exist_ok=True)
    with connect(directory / "minewatch.duckdb") as connection:
        make_empty(connection)


if __name__ == "__main__":
    main(sys.argv[1:])
