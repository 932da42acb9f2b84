"""County packages (docs/package.md): a zip with a manifest and the Parquet tables it lists, nothing else.

The file comes from outside the house. Its directory is checked before anything is unpacked (grids.py), every
table must have the bytes and the rows that the manifest states, and its texts are masked like any others. The
hashes tell damage and careless edits; who wants to deceive writes a new manifest, against which only the way
the file came can help: the sender reads out the SHA-256 that `minewatch submit` prints.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ingestion.declare import Column, Feed, Note, Reading, Refused, Row, Value
from ingestion.masking import Masker
from ingestion.readers.grids import LIMITS, MIB, Limits, check_package
from warehouse.connection import connect

FORMAT, SCHEMA_VERSION = "minewatch county package", 1
MANIFEST = "manifest.json"
# Of each table the columns it must have; others of the feed may be missing, unknown ones are left out.
TABLES: dict[str, tuple[str, ...]] = {
    "metrics": ("metric_code", "level_code", "numerator", "metric_value"),
    "deadlines": ("deadline_code", "planned_count", "done_count"),
    "cases": ("case_type_code", "discovered_count", "filed_count"),
}
ITEMS = {
    "metric_code": "item_code",
    "metric_name": "item_name",
    "deadline_code": "item_code",
    "deadline_name": "item_name",
    "case_type_code": "item_code",
    "case_type_name": "item_name",
}
LEVELS = ("county", "township", "unit")
RESEND = "请向报送县索取原件，或请其重新运行 minewatch submit 后报送。"


def read_package(path: Path, feed: Feed, masker: Masker, limits: Limits = LIMITS) -> Reading:
    """Every row of every table: good, or rejected with its reasons. Raises Refused."""
    if path.stat().st_size > limits.file_bytes:
        raise Refused(f"数据包超过上限 {limits.file_bytes // MIB} MB。", RESEND)
    data = path.read_bytes()
    try:
        check_package(data, "数据包", limits)
    except Refused as error:
        raise Refused(error.what, RESEND) from error
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if len(set(names)) != len(names):
            raise Refused("数据包里有重名的文件。", RESEND)
        if MANIFEST not in names:
            raise Refused(f"数据包里没有清单 {MANIFEST}。", RESEND)
        manifest = Manifest(package.read(MANIFEST))
        if set(names) != {MANIFEST, *manifest.files()}:
            raise Refused("数据包里的文件与清单所列不一致。", RESEND)
        reading = Reading(feed)
        for table in manifest.tables:
            content = package.read(table["file"])
            if hashlib.sha256(content).hexdigest() != table["sha256"]:
                raise Refused(
                    f"数据表 {table['file']} 与清单上的 SHA-256 不符，内容已被改动或损坏。", RESEND
                )
            rows = table_rows(content, table, limits)
            for number, row in enumerate(rows, start=1):
                reading.rows.append(as_row(feed, manifest, table["name"], number, row, masker))
        return reading


class Manifest:
    """What the package says of itself, checked; Refused if it cannot be used."""

    def __init__(self, content: bytes):
        try:
            said = json.loads(content.decode("utf-8"))
            self.schema_version = int(said["schema_version"])
            is_ours = said["format"] == FORMAT
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Refused("数据包的清单无法读取。", RESEND) from error
        if not is_ours:
            raise Refused("这不是 minewatch 的县级上报数据包。", RESEND)
        if self.schema_version > SCHEMA_VERSION:
            raise Refused(
                f"数据包的格式版本为 {self.schema_version}，本系统只读到 {SCHEMA_VERSION}。",
                "请先升级本系统，再重新投递。",
            )
        try:
            self.county_code, self.county_name = said["county_code"], said["county_name"].strip()
            self.month = datetime.strptime(said["period"], "%Y-%m").date()
            self.as_of_at = datetime.fromisoformat(said["as_of"])
            self.version_id, self.is_sample = str(said["version_id"]), said["is_sample"]
            self.tables = [
                {name: table[name] for name in ("name", "file", "rows", "sha256")}
                for table in said["tables"]
            ]
            is_sound = (
                re.fullmatch(r"\d{6}", self.county_code) is not None
                and self.as_of_at.tzinfo is None
                and self.is_sample in (True, False)
                and 0 < len(self.county_name) <= 40
                and sorted(table["name"] for table in self.tables) == sorted(TABLES)
                and all(table["file"] == f"{table['name']}.parquet" for table in self.tables)
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused("数据包的清单缺项，或写法不对。", RESEND) from error
        if not is_sound:
            raise Refused("数据包的清单缺项，或写法不对。", RESEND)

    def files(self) -> list[str]:
        """The files that the package must have beside the manifest."""
        return [table["file"] for table in self.tables]


def table_rows(content: bytes, table: dict[str, Any], limits: Limits) -> list[dict[str, Any]]:
    """The rows of one table by column name; Refused if it is not what the manifest says."""
    with tempfile.TemporaryDirectory() as folder, connect() as connection:
        file = Path(folder) / "table.parquet"
        file.write_bytes(content)
        connection.execute("set memory_limit = '1GB'")
        try:
            (count,) = connection.execute(
                "select count(*) from read_parquet(?)", [str(file)]
            ).fetchone()
            if count != table["rows"] or count > limits.rows:
                raise Refused(
                    f"数据表 {table['file']} 有 {count} 行，清单上是 {table['rows']} 行。", RESEND
                )
            found = connection.execute("select * from read_parquet(?)", [str(file)])
            names = [column[0] for column in found.description]
            missing = [name for name in TABLES[table["name"]] if name not in names]
            if missing:
                raise Refused(f"数据表 {table['file']} 缺少列 {'、'.join(missing)}。", RESEND)
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        except duckdb.Error as error:
            raise Refused(f"数据表 {table['file']} 无法读取。", RESEND) from error


def as_row(
    feed: Feed,
    manifest: Manifest,
    table_code: str,
    number: int,
    cells: dict[str, Any],
    masker: Masker,
) -> Row:
    """One row of one table, with what the manifest says of all of them."""
    values: dict[str, Value] = {column.name: None for column in feed.columns}
    values |= {
        "county_code": manifest.county_code,
        "county_name": masker.mask_text(manifest.county_name),
        "month_date": manifest.month,
        "table_code": table_code,
        "version_id": masker.mask_text(manifest.version_id),
        "sample_code": "yes" if manifest.is_sample else "no",
        "as_of_at": manifest.as_of_at.replace(microsecond=0),
    }
    row = Row(values, number, table_code)
    for name, cell in cells.items():
        column = next((one for one in feed.columns if one.name == ITEMS.get(name, name)), None)
        if column is None or cell is None or values[column.name] is not None:
            continue
        value = fitting(column, cell)
        if value is None:
            must_be_good = column.required or column.name == "level_code"
            notes = row.reject_reasons if must_be_good else row.warnings
            notes.append(Note(None, name, "不是该列应有的内容"))
        else:
            values[column.name] = masker.mask_text(value) if isinstance(value, str) else value
    if values["item_code"] is None:
        row.reject_reasons.append(Note(None, "项目代码", "必填项为空"))
    if table_code == "metrics" and values["level_code"] not in LEVELS:
        row.reject_reasons.append(Note(None, "level_code", f"应为 {'、'.join(LEVELS)} 之一"))
    if row.reject_reasons:
        row.original = {
            name: masker.mask_text(str(cell)[:200])
            for name, cell in cells.items()
            if cell is not None
        }
    return row


def fitting(column: Column, cell: object) -> Value:
    """The cell as the column's kind has it; null if it is something else."""
    if column.kind in ("text", "identifier"):
        return cell.strip()[:200] or None if isinstance(cell, str) else None
    if column.kind == "date":
        if isinstance(cell, datetime):
            return cell.date()
        return cell if isinstance(cell, date) else None
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    number = Decimal(str(cell))
    if not number.is_finite() or abs(number) >= Decimal(10) ** 14:
        return None
    if column.kind == "bigint":
        return int(number) if number == int(number) and number >= 0 else None
    return number
