"""A small published home: every mart by its contract, filled with one invented autumn."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import yaml

from dashboards.stamp import Stamp
from warehouse import versions
from warehouse.connection import connect
from warehouse.settings import ROOT, Home

AS_OF = datetime(2022, 12, 10, 8)
TOWNSHIPS = ["青石镇", "柳河镇", "北岭镇", "白杨镇", "上庄镇", "黄土坡镇", "东沟乡", "石桥乡"]
EMPTY_VERSION = "20221210T080500-abc123-0000"
STAMP = Stamp("岚沟县", AS_OF, "20221210T080500-abc123-0001", True)

# Written after the gate and not by dbt, so no contract names its columns.
CHECK_RESULTS = {
    **dict.fromkeys(["check_id", "tool_code", "table_name", "check_name"], "varchar"),
    **dict.fromkeys(["severity_code", "delivery_sha256", "notes_text"], "varchar"),
    "observed_text": "varchar",
    "is_passed": "boolean",
    "checked_at": "timestamp",
}


def contracts() -> dict[str, dict[str, str]]:
    """Columns and types of every mart, as the build enforces them."""
    marts = {"fct_check_results": CHECK_RESULTS}
    for path in sorted((ROOT / "models" / "marts").glob("*/*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            marts[model["name"]] = {
                column["name"]: column["data_type"] for column in model["columns"]
            }
    return marts


class Writer:
    """Fills marts; a column that a row leaves out is null, or false if it is a boolean."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self.connection = connection
        self.marts = contracts()
        connection.execute("create schema marts")
        for mart, columns in self.marts.items():
            typed = ", ".join(f"{name} {data_type}" for name, data_type in columns.items())
            connection.execute(f"create table marts.{mart} ({typed})")

    def add(self, mart: str, rows: list[dict[str, Any]]) -> None:
        columns = self.marts[mart]
        unknown = {name for row in rows for name in row} - set(columns)
        assert not unknown, f"{mart} has no columns {unknown}"
        marks = ", ".join("?" for _ in columns)
        self.connection.executemany(
            f"insert into marts.{mart} values ({marks})",
            [
                [
                    row.get(name, False if data_type == "boolean" else None)
                    for name, data_type in columns.items()
                ]
                for row in rows
            ],
        )


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def code_of(township: str) -> str:
    return f"9909{TOWNSHIPS.index(township):02d}100"


def add_version(write: Writer, version_id: str, is_sample: bool = True) -> None:
    write.add(
        "dim_version",
        [
            {
                "version_id": version_id,
                "county_code": "990900",
                "county_name": STAMP.county_name,
                "delivery_count": 0,
                "is_sample": is_sample,
                "as_of_at": AS_OF,
                "built_at": datetime(2022, 12, 10, 8, 5),
            }
        ],
    )
    write.add(
        "dim_dates",
        [
            {
                "calendar_date": date(2022, 1, 1) + timedelta(days=day),
                "year_number": (date(2022, 1, 1) + timedelta(days=day)).year,
                "is_calendar_known": (date(2022, 1, 1) + timedelta(days=day)).year == 2022,
            }
            for day in range(400)
        ],
    )


def add_places(write: Writer) -> None:
    write.add(
        "dim_townships",
        [
            {
                "township_id": name,
                "township_code": code_of(name),
                "township_name": name,
                "is_current": True,
                "valid_from_date": date(2021, 1, 1),
            }
            for name in TOWNSHIPS
        ],
    )
    outline = [(111.42, 39.32), (111.50, 39.50), (111.62, 39.58), (111.80, 39.60), (111.93, 39.55)]
    outline += [(111.99, 39.44), (111.90, 39.30), (111.78, 39.22), (111.60, 39.20), (111.42, 39.32)]
    write.add(
        "dim_boundary_points",
        [
            {"ring_number": 1, "point_number": i, "longitude": x, "latitude": y}
            for i, (x, y) in enumerate(outline, start=1)
        ],
    )
    classes = ["closed_shaft", "dig_prone", "licensed_mine"]
    sites = []
    for i in range(24):
        township = TOWNSHIPS[i % 8]
        sites.append(
            {
                "site_version_id": f"v{i}",
                "site_id": f"S{i:03d}",
                "site_name": f"{township[:2]}{i + 1}号{('废井', '沟口', '煤矿')[i % 3]}",
                "site_class_code": classes[i % 3],
                "township_code": code_of(township),
                "township_name": township,
                "village_name": f"{township[:2]}村",
                "longitude": None if i == 23 else 111.52 + 0.055 * (i % 7) + 0.004 * i,
                "latitude": None if i == 23 else 39.28 + 0.06 * (i % 5) - 0.002 * i,
                "has_coordinates": i != 23,
                "is_register_complete": i % 4 != 0,
                "is_active": i != 22,
                "is_current": True,
            }
        )
    write.add("dim_sites", sites)
    write.add(
        "dim_deadlines",
        [
            {
                "deadline_code": "video_system",
                "clause_code": "2.3.3",
                "deadline_name": "重点区域视频监控系统建成",
                "days_left": 21,
                "due_date": date(2022, 12, 31),
            }
        ],
    )


def periods(level: str) -> list[tuple[date, date]]:
    if level == "village":
        monday = date(2022, 9, 5)
        weeks = [monday + timedelta(weeks=i) for i in range(14)]
        return [(day, day + timedelta(days=6)) for day in weeks]
    if level == "township":
        return [
            (date(2022, 9, 1), date(2022, 9, 30)),
            (date(2022, 10, 1), date(2022, 10, 31)),
            (date(2022, 11, 1), date(2022, 11, 30)),
            (date(2022, 12, 1), date(2022, 12, 31)),
        ]
    return [(date(2022, 7, 1), date(2022, 9, 30)), (date(2022, 10, 1), date(2022, 12, 31))]


KINDS = {"village": "week", "township": "month", "county": "quarter"}


def add_patrols(write: Writer) -> None:
    coverage = []
    for level, kind in KINDS.items():
        for number, (start, end) in enumerate(periods(level)):
            for place, township in enumerate(TOWNSHIPS):
                # 石桥乡 has nothing to patrol, and is silent where three others are.
                expected = 0 if township == "石桥乡" else 6 + place
                is_open = start <= AS_OF.date() <= end
                is_silent = level == "village" and (
                    (number == 12 and place in (1, 3, 5, 7)) or (number == 4 and place == 2)
                )
                is_silent = is_silent or (is_open and place in (0, 6))
                done = 0 if is_silent else max(0, expected - (number * place) % 5)
                coverage.append(
                    {
                        "township_code": code_of(township),
                        "township_name": township,
                        "patrol_level_code": level,
                        "period_kind_code": kind,
                        "subject_kind_code": "village" if level == "village" else "site",
                        "expected_count": expected,
                        "done_count": min(done, expected),
                        "form_count": 0 if is_silent else 3,
                        "zero_report_count": 0 if is_silent else place % 2,
                        "coverage_pct": round(100 * done / expected, 2) if expected else None,
                        "is_open": is_open,
                        "is_silent": is_silent,
                        "period_start_date": start,
                        "period_end_date": end,
                    }
                )
    write.add("rpt_patrol_coverage", coverage)
    write.add(
        "fct_patrol_forms",
        [
            {
                "form_id": f"f{i}",
                "reporting_unit_name": f"{TOWNSHIPS[i % 8]}人民政府",
                "township_code": code_of(TOWNSHIPS[i % 8]),
                "township_name": TOWNSHIPS[i % 8],
                "patrol_level_code": "township",
                "delivery_sha256": sha(f"form{i}"),
                "file_name": f"{TOWNSHIPS[i % 8]}巡查检查台账.xlsx",
                "sheet_name": f"第{i + 1}周",
                "row_count": 0 if i % 5 == 0 else 6,
                "is_zero_report": i % 5 == 0,
                "is_superseded": i == 1,
                "reported_at": datetime(2022, 9, 12, 17) + timedelta(days=4 * i),
            }
            for i in range(20)
        ],
    )
    write.add(
        "fct_patrols",
        [
            {
                "patrol_id": f"p{i}",
                "form_id": f"f{i % 20}",
                "reporting_unit_name": f"{TOWNSHIPS[i % 8]}人民政府",
                "township_code": code_of(TOWNSHIPS[i % 8]),
                "township_name": TOWNSHIPS[i % 8],
                "village_name": f"{TOWNSHIPS[i % 8][:2]}村",
                "patrol_level_code": "township" if i % 4 else "undetermined",
                "illegal_mining_code": "suspected" if i % 13 == 0 else "no",
                "out_of_bounds_code": "no",
                "violation_code": "not_stated",
                "location_text": f"{TOWNSHIPS[i % 8]}{TOWNSHIPS[i % 8][:2]}村{'南沟' if i % 2 else '后坡'}",
                "disposition_text": "现场制止，遣散人员，机具已扣押" if i % 13 == 0 else None,
                "file_name": f"{TOWNSHIPS[i % 8]}巡查检查台账.xlsx",
                "sheet_name": f"第{i % 20 + 1}周",
                "row_number": 5 + i // 20,
                "site_id": None if i % 10 == 9 else f"S{i % 20:03d}",
                "unregistered_place_id": f"u{i % 3}" if i % 10 == 9 else None,
                "has_finding": i % 13 == 0,
                "is_carried_over": i % 11 == 0,
                "patrol_date": date(2022, 9, 10) + timedelta(days=i),
                "reported_at": datetime(2022, 9, 12, 17) + timedelta(days=i),
            }
            for i in range(88)
        ],
    )


def add_power(write: Writer) -> None:
    days = []
    for day in range(100):
        for meter in range(4):
            failed = day == 60 and meter < 3
            points = 0 if failed else 72 if day == 61 else 96
            energy = None if failed else round(points * (5 + meter + day % 7), 4)
            days.append(
                {
                    "meter_id": f"00000{meter}",
                    "delivery_sha256": sha(f"power{day}"),
                    "point_count": points,
                    "energy_kwh": energy,
                    "night_energy_kwh": None if failed else round(energy * (0.2 + day / 400), 4),
                    "is_complete": points == 96,
                    "is_collection_failure": failed,
                    "reading_date": date(2022, 9, 1) + timedelta(days=day),
                }
            )
    write.add("fct_power_days", days)


def add_deliveries(write: Writer) -> None:
    deliveries = []
    for i in range(26):
        township = TOWNSHIPS[i % 8]
        deliveries.append(
            {
                "delivery_sha256": sha(f"d{i}"),
                "feed_code": ["patrol_ledger", "patrol_ledger", "sites", "power_readings"][i % 4],
                "file_name": f"{township}巡查检查台账（{i + 1}）.xlsx",
                "sender_name": f"{township}人民政府",
                "township_code": code_of(township),
                "township_name": township,
                "outcome_code": "used",
                "size_bytes": 20_000 + i,
                "read_count": 20,
                "good_count": 18 - i % 3,
                "rejected_count": i % 3,
                "skipped_count": 2,
                "warning_count": i % 2,
                "form_count": 1,
                "zero_report_count": 0,
                "rejected_pct": round(100 * (i % 3) / 18, 2),
                "received_at": datetime(2022, 9, 10, 9, 30) + timedelta(days=3 * i),
            }
        )
    deliveries[5] |= {
        "outcome_code": "refused",
        "file_name": "台账.xls",
        "refusal_text": "无法打开：文件不是电子表格（开头是 PDF 标记）。原件已归档，没有载入任何行。"
        "请发送单位另存为 .xlsx 后重新报送。",
    }
    deliveries[7] |= {
        "outcome_code": "quarantined",
        "feed_code": "power_readings",
        "refusal_text": "平均负荷 8,200 千瓦，超过 5,000 千瓦的上限，疑为单位有误。",
    }
    write.add("fct_deliveries", deliveries)
    noted = []
    for i in range(30):
        delivery = deliveries[i % 26]
        noted.append(
            {
                "delivery_sha256": delivery["delivery_sha256"],
                "feed_code": delivery["feed_code"],
                "file_name": delivery["file_name"],
                "sheet_name": "10月第2周",
                "sender_name": delivery["sender_name"],
                "cell": f"C{i + 4}",
                "header_text": "经度",
                "reason_text": f'经度不合理："{i}11.5"',
                "row_number": i + 4,
                "received_at": delivery["received_at"],
            }
        )
    rejected = [
        note
        | {
            "rejected_row_id": f"r{i}",
            "reason_text": '无法识别的日期："2022年9月下旬"',
            "original_text": json.dumps({"巡查检查区域位置": "青石村南沟"}, ensure_ascii=False),
        }
        for i, note in enumerate(noted[:12])
    ]
    rejected[0]["original_text"] = '=HYPERLINK("http://example.invalid";"x")'
    write.add("fct_rejected_rows", rejected)
    write.add(
        "fct_cell_warnings", [note | {"cell_warning_id": f"w{i}"} for i, note in enumerate(noted)]
    )


def add_checks(write: Writer) -> None:
    checks = [
        {
            "check_id": f"dbt.not_null_{i}",
            "tool_code": "dbt",
            "table_name": "marts.fct_patrols",
            "check_name": f"not_null_fct_patrols_{i}",
            "severity_code": "critical",
            "is_passed": True,
            "checked_at": AS_OF,
        }
        for i in range(20)
    ]
    checks.append(
        {
            "check_id": "gx.silent",
            "tool_code": "great_expectations",
            "table_name": "marts.fct_deliveries",
            "check_name": "expect_column_max_to_be_between",
            "severity_code": "warning",
            "notes_text": "十天没有收到台账，通常是有人忘了报送，不是没有巡查。",
            "observed_text": "最近一份：2022-11-24",
            "is_passed": False,
            "checked_at": AS_OF,
        }
    )
    write.add("fct_check_results", checks)


def publish(home: Home, version_id: str, is_empty: bool = False, is_sample: bool = True) -> None:
    """One more published version of that home, and the link on it."""
    directory = home.versions / version_id
    directory.mkdir(parents=True)
    with connect(directory / versions.DATABASE) as connection:
        write = Writer(connection)
        add_version(write, version_id, is_sample)
        if not is_empty:
            for add in (add_places, add_patrols, add_power, add_deliveries, add_checks):
                add(write)
    versions.point_to(home, directory)
