"""A small published home: every mart by its contract, filled with one invented autumn."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import duckdb
import pandas as pd
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


@cache
def contracts() -> dict[str, dict[str, str]]:
    """Columns and types of every mart, as the build enforces them."""
    marts = {"fct_check_results": CHECK_RESULTS}
    for path in sorted((ROOT / "models" / "marts").glob("*/*.yml")):
        # The C loader is ten times as quick, and this is most of what the first test of a module waits for.
        text = path.read_text(encoding="utf-8")
        for model in yaml.load(text, Loader=yaml.CSafeLoader)["models"]:
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
        # One statement a mart: row by row it takes as long as all tests that read it.
        given = pd.DataFrame(
            [
                [
                    row.get(name, False if data_type == "boolean" else None)
                    for name, data_type in columns.items()
                ]
                for row in rows
            ],
            columns=list(columns),
            dtype=object,
        )
        self.connection.register("given", given)
        self.connection.execute(f"insert into marts.{mart} select * from given")
        self.connection.unregister("given")


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
    write.add(
        "dim_villages",
        [
            {
                "village_id": "石桥村",
                "village_code": "99090710001",
                "village_name": "石桥村",
                "longitude": 111.8,
                "latitude": 39.45,
                "is_current": True,
            }
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
                "has_township_grid_member": True,
                "has_village_grid_member": i % 4 != 0,
                "county_unit_name": "县自然资源局",
                "valid_from_at": datetime(2021, 1, 1),
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
                "certainty_code": "sourced",
                "source_text": "通知二（三）3：2022年12月底前完成",
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


def add_power_users(write: Writer) -> None:
    states = ["normal", "normal", "suspended", "normal", "closed", "normal", "cut_off", "unknown"]
    write.add(
        "dim_power_users",
        [
            {
                "power_user_version_id": f"u{i}",
                "meter_id": f"00000{i:02d}",
                "site_id": "S016" if i in (0, 16) else None,
                "power_user_name": None if i % 4 == 3 else f"{TOWNSHIPS[i % 8][:2]}煤业公司",
                "user_state_code": states[i % 8],
                "township_code": code_of(TOWNSHIPS[i % 8]),
                "township_name": TOWNSHIPS[i % 8],
                "contract_capacity_kva": 315 + 10 * i,
                "is_organisation": i % 4 != 3,
                "is_key_monitored": i % 3 == 0,
                # The last one is an earlier version of the first.
                "is_current": i != 16,
                "opened_date": date(2015, 3, 1),
                "valid_from_at": datetime(2022, 9, 1) + timedelta(days=i),
            }
            for i in range(17)
        ],
    )
    kinds = ["夜间用电突增", "报停户用电", "负荷与产能不符"]
    alerts = []
    for i in range(30):
        alerted = datetime(2022, 9, 15, 2, 40) + timedelta(days=3 * i)
        is_checked, is_fed_back = i % 3 != 2, i % 3 == 0
        alerts.append(
            {
                "power_alert_id": f"YJ{i:03d}",
                "meter_id": f"00000{i % 16:02d}",
                "township_code": code_of(TOWNSHIPS[i % 5]),
                "township_name": TOWNSHIPS[i % 5],
                "source_code": "company",
                "alert_type_code": f"t{i % 3}",
                "alert_type_name": kinds[i % 3],
                "level_name": "一般",
                "reason_text": "凌晨 1 时至 4 时负荷为前 28 天同时段的 3.2 倍",
                "check_result_code": ("confirmed" if i % 2 else "false_alarm")
                if is_checked
                else "none",
                "disposition_text": "已现场停电" if is_fed_back else None,
                "hours_to_check": 5 + i % 4 if is_checked else None,
                "hours_to_feedback": 80 if is_fed_back else None,
                "is_known_meter": i != 4,
                "is_checked": is_checked,
                "is_confirmed": is_checked and i % 2 == 1,
                "is_fed_back": is_fed_back,
                "is_open": not is_fed_back,
                "alert_date": alerted.date(),
                "alerted_at": alerted,
                "checked_at": alerted + timedelta(hours=5 + i % 4) if is_checked else None,
                "fed_back_at": alerted + timedelta(hours=80) if is_fed_back else None,
                "file_name": "用电异常预警.csv",
                "row_number": 2 + i,
            }
        )
    derived = [
        {
            "power_alert_id": f"derived{i}",
            "meter_id": f"00000{i:02d}",
            "township_code": code_of(TOWNSHIPS[i]),
            "township_name": TOWNSHIPS[i],
            "source_code": "derived",
            "rule_code": "night_share",
            "alert_type_code": "night_use",
            "alert_type_name": "夜间用电占比异常",
            "check_result_code": "none",
            "reason_text": "夜间用电占比 78%，近60天同类日中位数 12%，最高偏离 9.4 倍MAD",
            "days_count": 5,
            "is_known_meter": True,
            "is_checked": False,
            "is_confirmed": False,
            "is_fed_back": False,
            "is_open": True,
            "alert_date": date(2022, 10, 3 + i),
            "last_date": date(2022, 10, 7 + i),
            "alerted_at": datetime(2022, 10, 3 + i),
            "file_name": "负荷曲线.csv",
            "row_number": 2 + i,
        }
        for i in range(3)
    ]
    write.add("fct_power_alerts", alerts + derived)
    write.add(
        "fct_power_alert_curves",
        [
            {
                "power_alert_id": "derived0",
                "meter_id": "0000000",
                "point_number": point,
                "minute_number": 15 * (point - 1),
                "baseline_day_count": 40,
                # Work at night, and one point that was not collected.
                "power_kw": None if point == 50 else 80 if point <= 24 else 2,
                "usual_kw": 3,
                "usual_low_kw": 1,
                "usual_high_kw": 5,
                "is_working_day": True,
                "is_night": point <= 24 or point >= 89,
                "curve_date": date(2022, 10, 5),
            }
            for point in range(1, 97)
        ],
    )


# How far each case has come: the number of these steps that it has behind it.
STEPS = [
    ("stop_notice", "责令停止违法行为", 1),
    ("filed", "立案", 4),
    ("investigated", "调查取证", 20),
    ("decided", "作出处罚决定", 30),
    ("closed", "结案", 20),
    ("published", "公示", 10),
]


def add_cases(write: Writer) -> None:
    cases, events = [], []
    for i in range(24):
        township = TOWNSHIPS[i * i % 7]
        discovered = datetime(2022, 6, 20, 9) + timedelta(days=7 * i)
        reached, moment = [], discovered
        for step, name, days in STEPS[: 6 - i % 4]:
            moment += timedelta(days=days)
            if moment > AS_OF:
                break
            reached.append((step, name, moment))
        is_closed = any(step == "closed" for step, _, _ in reached)
        is_decided = any(step == "decided" for step, _, _ in reached)
        cases.append(
            {
                "case_id": f"岚自然资立〔2022〕{i + 1}号",
                "case_title_text": f"{township}{('无证开采', '越界开采')[i % 2]}案",
                "case_type_code": ("unlicensed_mining", "out_of_bounds")[i % 2],
                "case_type_name": ("无证开采", "越界开采")[i % 2],
                "township_code": code_of(township),
                "township_name": township,
                "village_name": f"{township[:2]}村",
                "site_name": f"{township[:2]}{i + 1}号沟口" if i % 3 else None,
                "handling_unit_name": "县自然资源局",
                "stage_code": reached[-1][0] if reached else "clue_registered",
                "stage_name": reached[-1][1] if reached else "线索登记",
                "illegal_tonnes": 120.5 + i,
                "case_value_yuan": 36_000 + 1_000 * i,
                "fine_imposed_yuan": 30_000 if is_decided else None,
                "fine_paid_yuan": 10_000 if is_decided else None,
                "confiscated_yuan": 5_000 if is_decided else None,
                "event_count": len(reached),
                "days_to_filing": 5 if len(reached) > 1 else None,
                "paused_days": 0,
                "days_open": (
                    (dict((s, m) for s, _, m in reached)["closed"] if is_closed else AS_OF)
                    - discovered
                ).days,
                "is_major": i % 8 == 0,
                "is_supervised": i % 8 == 0,
                "is_electricity_involved": i % 5 == 0,
                "is_transferred_to_police": i in (2, 9),
                "ending_state_name": "结案" if is_closed else None,
                "is_open": not is_closed,
                "ended_at": dict((s, m) for s, _, m in reached).get("closed"),
                "is_published": len(reached) == 6,
                "discovered_date": discovered.date(),
                "transferred_at": discovered + timedelta(days=12) if i in (2, 9) else None,
                **{f"{step}_at": at for step, _, at in reached},
                "file_name": "案件登记册.xlsx",
                "sheet_name": "2022",
                "row_number": 3 + i,
            }
        )
        before = None
        for number, (step, name, at) in enumerate(reached, start=1):
            events.append(
                {
                    "case_event_id": f"e{i}-{number}",
                    "case_id": f"岚自然资立〔2022〕{i + 1}号",
                    "state_code": step,
                    "state_name": name,
                    "document_number": f"岚自然资责停〔2022〕{i + 1}号" if number == 1 else None,
                    "sequence_number": 10 * number,
                    "days_since_previous": (at - before).days if before else None,
                    "is_known_case": True,
                    "is_known_state": True,
                    "occurred_at": at,
                    "file_name": "案件节点.xlsx",
                    "sheet_name": "2022",
                    "row_number": 3 + 6 * i + number,
                }
            )
            before = at
    write.add("fct_cases", cases)
    write.add("fct_case_events", events)


def add_video(write: Writer) -> None:
    states = ["accepted", "built", "built", "under_construction", "planned"]
    cameras, days, events = [], [], []
    for i in range(20):
        township = TOWNSHIPS[i % 6]
        state = states[i % 5]
        camera = {
            "camera_id": f"140900000013200{i:05d}",
            "camera_name": f"{township[:2]}高点{i + 1}号",
            "township_code": code_of(township),
            "township_name": township,
        }
        cameras.append(
            camera
            | {
                "site_id": "S016" if i == 0 else None,
                "camera_kind_code": "high_360",
                "build_state_code": state,
                "is_in_service": state in ("accepted", "built"),
                "planned_date": date(2022, 12, 31),
            }
        )
        if state not in ("accepted", "built"):
            continue
        for day in range(60):
            # The second camera has been silent for ten days, the third is off line at night.
            is_silent = i == 1 and day >= 50
            offline = 480 if i == 2 else 0
            days.append(
                camera
                | {
                    "status_count": 0 if is_silent else 24,
                    "online_minutes": 0 if is_silent else 1440 - offline,
                    "offline_minutes": 0 if is_silent else offline,
                    "silent_minutes": 1440 if is_silent else 0,
                    "online_pct": None if is_silent else round(100 * (1440 - offline) / 1440, 2),
                    "offline_spell_count": 1 if offline else 0,
                    "event_count": 0 if is_silent else day % 3,
                    "is_silent": is_silent,
                    "camera_date": date(2022, 10, 12) + timedelta(days=day),
                }
            )
    kinds = [
        ("mining_machine", "挖掘机作业", True, False),
        ("truck", "车辆进出", True, False),
        ("people", "人员闯入", False, False),
        ("fire", "烟火", False, False),
        ("fault", "信号丢失", False, True),
    ]
    for i in range(120):
        code, name, is_mining, is_fault = kinds[i % 5]
        camera = cameras[(i * 3) % 20]
        occurred = datetime(2022, 10, 12, 3, 12) + timedelta(hours=11 * i)
        verification = "none" if i % 4 == 3 else ("confirmed", "false_alarm", "duplicate")[i % 3]
        events.append(
            {
                **{
                    name: camera[name]
                    for name in ("camera_id", "camera_name", "township_code", "township_name")
                },
                "video_event_id": f"ev{i}",
                "device_id": camera["camera_id"],
                "event_kind_code": code,
                "event_kind_name": name,
                "event_type_name": name,
                "verification_code": verification,
                "verifying_unit_name": None
                if verification == "none"
                else f"{camera['township_name']}人民政府",
                "disposition_text": "到场无人，已回填" if verification == "confirmed" else None,
                "push_count": 1 + i % 3,
                "verification_minutes": None if verification == "none" else 95 + i,
                "is_known_camera": True,
                "is_mining_related": is_mining,
                "is_device_fault": is_fault,
                "is_verified": verification != "none",
                "event_date": occurred.date(),
                "occurred_at": occurred,
                "verified_at": None
                if verification == "none"
                else occurred + timedelta(minutes=95 + i),
                "file_name": "events-202211.jsonl",
                "row_number": 1 + i,
            }
        )
    # One spell that an incident names; one of a place where digging was seen night after night.
    write.add(
        "fct_video_spells",
        [
            {
                **{
                    name: events[number][name]
                    for name in ("video_event_id", "device_id", "camera_id", "camera_name")
                    + ("township_code", "township_name", "event_kind_code", "event_kind_name")
                },
                "verdict_code": "confirmed",
                "event_count": 1,
                "night_count": nights,
                "is_repeated": nights > 0,
                "started_at": events[number]["occurred_at"],
                "ended_at": events[number]["occurred_at"],
            }
            for number, nights in ((45, 0), (50, 8))
        ],
    )
    write.add(
        "fct_camera_dark_spells",
        [
            {
                "camera_dark_spell_id": "dark",
                **{
                    name: cameras[2][name]
                    for name in ("camera_id", "camera_name", "township_code", "township_name")
                },
                "night_count": 4,
                "offline_minutes": 4 * 480,
                "first_night_date": date(2022, 10, 20),
                "last_night_date": date(2022, 10, 25),
                "file_name": "摄像机状态.csv",
                "row_number": 9,
            }
        ],
    )
    write.add(
        "fct_camera_dark_nights",
        [
            {
                "camera_dark_night_id": f"dark{night}",
                "camera_dark_spell_id": "dark",
                "camera_id": cameras[2]["camera_id"],
                "offline_minutes": 480,
                "night_date": date(2022, 10, 20) + timedelta(days=night),
                "delivery_sha256": sha("camera_status"),
                "file_name": "摄像机状态.csv",
                "row_number": 9 + night,
            }
            for night in (0, 1, 3, 5)
        ],
    )
    write.add("dim_cameras", cameras)
    write.add("fct_camera_days", days)
    write.add("fct_video_events", events)


def add_clues(write: Writer) -> None:
    states = ["received", "transferred", "transferred", "verified", "answered"]
    clues = []
    for i in range(20):
        received = date(2022, 9, 20) + timedelta(days=4 * i)
        state = states[i % 5]
        clues.append(
            {
                "clue_id": f"XS{i:03d}",
                "channel_code": ("hotline_12345", "report_letter")[i % 10 == 0],
                "channel_name": ("12345 热线", "举报信箱")[i % 10 == 0],
                "township_code": code_of(TOWNSHIPS[i % 8]),
                "township_name": TOWNSHIPS[i % 8],
                "village_name": f"{TOWNSHIPS[i % 8][:2]}村",
                "state_code": state,
                "is_verified": state in ("verified", "answered"),
                "is_confirmed": i == 3,
                "has_case": i == 3,
                "is_reported_again": i == 4,
                "received_date": received,
                "received_week_date": received - timedelta(days=received.weekday()),
            }
        )
    write.add("fct_clues", clues)


def add_public(write: Writer) -> None:
    """Three rewards, one of them refused; four items, one kept back; one commendation."""
    write.add(
        "fct_rewards",
        [
            {
                "reward_id": f"JL{i}",
                "clue_id": f"XS{i:03d}",
                "approved_yuan": 0 if i == 2 else 5_000,
                "paid_yuan": 5_000 if i == 0 else None,
                "is_paid": i == 0,
                "is_paid_in_full": i == 0,
                "is_refused": i == 2,
                "recognised_date": date(2022, 10, 5 + i),
            }
            for i in range(3)
        ],
    )
    write.add(
        "fct_publicity",
        [
            {
                "publicity_id": f"XC{i}",
                "publicity_kind_code": ("campaign", "typical_case")[i % 2],
                "publicity_kind_name": ("宣传", "典型案件曝光")[i % 2],
                "title_text": f"送法进村第 {i} 期",
                "unit_name": "县委宣传部",
                "not_published_reason": "案件正在侦查" if i == 3 else None,
                "is_published": i != 3,
                "published_date": date(2022, 9 + i % 3, 15),
                "file_name": "宣传曝光台账.xlsx",
                "row_number": 3 + i,
            }
            for i in range(4)
        ],
    )
    write.add(
        "fct_commendations",
        [
            {
                "commendation_id": "BZ1",
                "unit_name": "县自然资源局",
                "object_kind_name": "办案集体",
                "amount_yuan": 5_000,
                "commendation_date": date(2022, 10, 22),
            }
        ],
    )


CLAUSES = [
    ("2.1.1", "健全常态化领导机构"),
    ("2.1.3", "构建“网格化”监管责任体系"),
    ("2.2.3", "严肃责任追究"),
    ("2.3.3", "推动实时视频监控系统建设"),
    ("annex2", "巡查检查台账"),
]


def add_duties(write: Writer) -> None:
    """Five duties a township, one of each kind of state in turn, and one about officials."""
    write.add(
        "dim_clauses", [{"clause_code": code, "clause_title": title} for code, title in CLAUSES]
    )
    kinds = [
        ("met", "2.1.3", "period"),
        ("overdue", "2.1.3", "period"),
        ("no_report", "annex2", "period"),
        ("met_late", "2.1.1", "dated"),
        ("open", "2.3.3", "dated"),
        ("overdue", "2.3.3", "dated"),
    ]
    duties = []
    for place, township in enumerate(TOWNSHIPS):
        for number, (status, clause, kind) in enumerate(kinds):
            is_late = status in ("overdue", "no_report")
            is_done = status in ("met", "met_late")
            # What is owed once for all is still owed, though it fell due before the range.
            due = date(2022, 12, 31) if status == "open" else date(2022, 11, 20)
            due = date(2022, 6, 1) if (status, kind) == ("overdue", "dated") else due
            due = date(2022, 12, 24) if (status, place) == ("open", 0) else due
            # Legal clocks run for the first four townships' cases and for two clues.
            is_clock = kind == "dated" and place < 6
            subject_type = ("case" if place < 4 else "clue") if is_clock else "unit"
            subject_id = f"岚自然资立〔2022〕{place + 1}号" if is_clock else code_of(township)
            duties.append(
                {
                    "obligation_id": f"o{place}-{number}",
                    "rule_code": f"M{number + 1:02d}",
                    "clause_code": clause,
                    "kind_code": "clock" if is_clock else kind,
                    "owing_unit_code": code_of(township),
                    "owing_unit_name": f"{township}人民政府",
                    "lead_unit_name": "县自然资源局" if number % 2 else "县公安局",
                    "township_code": code_of(township),
                    "township_name": township,
                    "subject_type": subject_type,
                    "subject_id": subject_id,
                    "evidence_type": "measure" if is_done else None,
                    "evidence_id": f"m{place}" if is_done else None,
                    "certainty_code": "sourced",
                    "status": status,
                    "rule_name": f"义务{number + 1}",
                    "basis_text": "通知二（一）",
                    "extension_count": 0,
                    "paused_days": 0,
                    "days_late": 10 + place if is_late or status == "met_late" else None,
                    "is_due_soon": status == "open" and place < 3,
                    "is_in_grace": status == "overdue" and place == 0,
                    "due_date": due,
                    "started_at": datetime.combine(due, datetime.min.time()) - timedelta(days=19)
                    if is_clock
                    else None,
                    "due_at": datetime.combine(due, datetime.min.time()) + timedelta(days=1),
                    "fulfilled_at": datetime(2022, 11, 30, 9) if is_done else None,
                }
            )
    county = {"township_code": None, "township_name": None, "owing_unit_name": "县自然资源局"}
    duties.append(duties[1] | county | {"obligation_id": "of_county"})
    duties.append(
        duties[1]
        | {
            "obligation_id": "of_officials",
            "clause_code": "2.2.3",
            "rule_name": "责任倒查",
            "lead_unit_name": "县纪委监委",
            "is_restricted": True,
        }
    )
    write.add("fct_obligations", duties)
    write.add(
        "fct_measures",
        [
            {
                "measure_id": f"m{place}",
                "delivery_sha256": sha("measures"),
                "file_name": "制度措施.xlsx",
                "sheet_name": "2022",
                "row_number": 3 + place,
            }
            for place in range(len(TOWNSHIPS))
        ],
    )
    weeks = []
    for scope, township in [("county", None), ("no_township", None)] + [
        ("township", township) for township in TOWNSHIPS
    ]:
        share = {"county": 20, "no_township": 0, "township": 3}[scope]
        for week in range(12):
            monday = date(2022, 9, 19) + timedelta(weeks=week)
            done = min(share, (share * (week + 1)) // 16)
            is_moving = bool(share) and done < share
            weeks.append(
                {
                    "deadline_progress_id": f"{scope}{township}{week}",
                    "deadline_code": "video_system",
                    "clause_code": "2.3.3",
                    "certainty_code": "sourced",
                    "scope_code": scope,
                    "township_code": code_of(township) if township else None,
                    "township_name": township,
                    "forecast_code": "forecast" if is_moving else "nothing_planned",
                    "deadline_name": "重点区域视频监控系统建成",
                    "planned_count": share,
                    "due_count": share // 2,
                    "done_count": done,
                    "done_in_time_count": done,
                    "remaining_count": share - done,
                    "recent_done_count": share // 4,
                    "done_pct": round(100 * done / share, 2) if share else None,
                    "pace_per_week": share / 16,
                    "days_after_due": 7 if is_moving else None,
                    "is_open": week == 11,
                    "week_start_date": monday,
                    "week_end_date": monday + timedelta(days=6),
                    "due_date": date(2022, 12, 31),
                    "forecast_date": date(2023, 1, 7) if is_moving else None,
                    "measured_at": min(
                        datetime.combine(monday, datetime.min.time()) + timedelta(days=7), AS_OF
                    ),
                }
            )
    write.add("fct_deadline_progress", weeks)


COUNTY_FEEDS = [
    ("measures", "县自然资源局", 10),
    ("cases", "县自然资源局", 6),
    ("case_events", "县自然资源局", 6),
    ("cameras", "县自然资源局", 30),
    ("camera_status", "县自然资源局", 1),
    ("video_events", "县自然资源局", 0),
    ("video_verifications", "县自然资源局", 2),
    ("power_users", "县电力公司", 40),
    ("power_alerts", "县电力公司", 3),
    ("clues", "县自然资源局", 9),
    ("county_packages", "河东县", 8),
    ("accountability", "县纪委监委", 5),
]


def of_county_unit(feed_code: str, sender_name: str, days_ago: int) -> dict[str, Any]:
    return {
        "delivery_sha256": sha(feed_code),
        "feed_code": feed_code,
        "file_name": f"{feed_code}.csv",
        "sender_name": sender_name,
        "outcome_code": "used",
        "size_bytes": 10_000,
        "read_count": 20,
        "good_count": 20,
        "rejected_count": 0,
        "skipped_count": 0,
        "warning_count": 0,
        "form_count": 0,
        "zero_report_count": 0,
        "rejected_pct": 0,
        "received_at": AS_OF - timedelta(days=days_ago, hours=1),
    }


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
    write.add("fct_deliveries", deliveries + [of_county_unit(*one) for one in COUNTY_FEEDS])
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


def add_metrics(write: Writer) -> None:
    """Three metrics over two months for the county and, of two of them, its townships."""
    kinds = [
        ("cases_filed", "2.2.2", "立案", "起", "count", None, False),
        ("patrols_village_met", "2.1.3", "村级周巡查完成", "%", "share", 100, False),
        ("accountability_matters", "2.2.3", "责任追究办结", "件", "count", None, True),
    ]
    metrics, monthly = [], []
    for code, clause, name, unit, kind, target, is_restricted in kinds:
        shared = {
            "metric_code": code,
            "clause_code": clause,
            "metric_name": name,
            "unit_text": unit,
            "target_number": target,
            "is_restricted": is_restricted,
        }
        metrics.append(shared | {"kind_code": kind, "definition_text": f"{name}的口径"})
        members = [("county", None, None), *(("township", code_of(t), t) for t in TOWNSHIPS)]
        for scope, township_code, township in members:
            for month in (11, 12):
                # A township that owed nothing has no share.
                is_share, is_void = kind == "share", township == TOWNSHIPS[1]
                monthly.append(
                    shared
                    | {
                        "metric_month_id": f"{code}-{scope}-{township_code}-{month}",
                        "scope_code": scope,
                        "township_code": township_code,
                        "township_name": township,
                        "numerator": 0 if is_void else 3,
                        "denominator": (0 if is_void else 4) if is_share else None,
                        "metric_value": None if is_share and is_void else 75 if is_share else 3,
                        "previous_value": None,
                        "cumulative_value": 3 * (month - 10),
                        "target_status_code": (
                            ("no_base" if is_void else "missed") if is_share else "no_target"
                        ),
                        "is_complete": month == 11,
                        "month_start_date": date(2022, month, 1),
                    }
                )
    write.add("dim_metrics", metrics)
    write.add("fct_metrics_monthly", monthly)


def add_incidents(write: Writer) -> None:
    """One incident a township: every third sure, the first two dealt with; the first has three signals.

    The last two are at no site: one at a place nobody registered, of the other the village is known.
    """
    signals, members, incidents = [], [], []
    for place, township in enumerate(TOWNSHIPS):
        site_id = "S016" if place == 0 else f"S{place:03d}" if place < 6 else None
        place_of = {
            "place_kind_code": ["site", "unregistered", "village"][max(place - 5, 0)],
            "place_id": site_id or f"place{place}",
            "site_id": site_id,
        }
        at = datetime(2022, 11, 1 + place, 2)
        sources = [("video", "视频告警", "video_event"), ("clue", "群众线索", "clue")]
        sources += [("patrol", "巡查发现", "patrol")]
        count = 3 if place == 0 else 1
        for rank, (code, name, evidence) in enumerate(sources[:count], start=1):
            is_clue = code == "clue"
            signals.append(
                {
                    "signal_id": f"signal{place}-{rank}",
                    "source_code": code,
                    "source_name": name,
                    "evidence_type": evidence,
                    # The first is the first event of the one spell of video.
                    "evidence_id": "ev45" if (place, rank) == (0, 1) else f"{evidence}{place}",
                    "delivery_sha256": sha(f"{evidence}{place}"),
                    **place_of,
                    "verdict_code": "confirmed" if place == 0 else "none",
                    "confidence_code": "high" if place == 0 else "low",
                    "gravity_code": "high",
                    "case_id": "案2022001" if place == 0 else None,
                    "file_name": None if is_clue else f"{evidence}.xlsx",
                    "row_number": 7,
                    "repeat_count": 4,
                    "started_at": at + timedelta(days=rank),
                    "ended_at": at + timedelta(days=rank, hours=1),
                }
            )
            members.append(
                {
                    "signal_id": f"signal{place}-{rank}",
                    "incident_id": f"signal{place}-1",
                    "signal_rank": rank,
                    "is_first": rank == 1,
                }
            )
        incidents.append(
            {
                "incident_id": f"signal{place}-1",
                **place_of,
                "village_code": "99090710001" if place == 7 else None,
                "longitude": 111.55 + 0.04 * place if place < 7 else None,
                "latitude": 39.3 + 0.03 * place if place < 7 else None,
                "township_code": code_of(township),
                "township_name": township,
                "site_name": f"{township}南沟" if site_id else None,
                "village_name": None if site_id else f"{township[:2]}村",
                "first_source_code": "video" if place < 6 else "clue",
                "first_source_name": "视频告警" if place < 6 else "群众线索",
                "case_id": "案2022001" if place == 0 else None,
                "case_link_code": "named" if place == 0 else "none",
                "confidence_code": "high" if place % 3 == 0 else "low",
                "gravity_code": "high",
                "signal_count": count,
                "repeat_count": 4 * count,
                "source_count": count,
                "credible_count": count,
                "credible_source_count": 2 if place % 3 == 0 else 1,
                "confirmed_count": count if place == 0 else 0,
                "days_to_verification": 2 if place == 0 else None,
                "days_to_filing": 4 if place == 0 else None,
                "is_confirmed": place == 0,
                "is_suspected": place % 3 == 0 or place == 4,
                "has_case": place == 0,
                "has_reason": place == 1,
                "is_unanswered": place > 1,
                "started_date": (at + timedelta(days=1)).date(),
                "started_at": at + timedelta(days=1),
                "ended_at": at + timedelta(days=count, hours=1),
            }
        )
    write.add("fct_signals", signals)
    write.add("fct_incident_signals", members)
    write.add("fct_incidents", incidents)
    write.add(
        "dim_sponsorships",
        [
            {
                "sponsorship_version_id": f"{level}{number}",
                "position_name": position,
                "level_code": level,
                "township_code": code_of("青石镇"),
                "is_current": True,
                "start_date": date(2022, 1, 1),
                "end_date": end,
            }
            for number, (level, position, end) in enumerate(
                [
                    ("county", "副县长", None),
                    ("township", "青石镇党委书记", date(2022, 11, 2)),
                    ("township", "青石镇原镇长", date(2022, 11, 1)),
                ]
            )
        ],
    )


def add_contradictions(write: Writer) -> None:
    """One contradiction a township, of three rules in turn, the first asked, the second unanswered; and
    where to look next week."""
    rules = ["应发现未发现", "台账逐字重复", "应发现未发现"]
    contradictions, evidence = [], []
    for place, township in enumerate(TOWNSHIPS):
        number = f"{place}" * 32
        contradictions.append(
            {
                "contradiction_id": number,
                "rule_code": "X01",
                "rule_name": rules[place % 3],
                "township_code": code_of(township),
                "township_name": township,
                "site_name": f"{township}南沟",
                "asked_unit_name": f"{township}人民政府",
                "claim_unit_name": f"{township}人民政府",
                "status_code": {0: "asked", 1: "unanswered"}.get(place, "unasked"),
                "confidence_code": "high" if place % 2 else "medium",
                "claim_text": f"{township}台账：南沟无发现",
                "claim_file_name": "台账.xlsx",
                "claim_sheet_name": "南沟",
                "claim_row_number": 4,
                "evidence_text": "深夜视频告警",
                "evidence_count": 2,
                "has_village_grid_member": True,
                "claim_date": date(2022, 11, 1 + place),
                "raised_date": date(2022, 11, 2 + place),
            }
        )
        for rank, (kind, file) in enumerate([("video_event", "告警.xml"), ("clue", None)], start=1):
            evidence.append(
                {
                    "contradiction_id": number,
                    "evidence_type": kind,
                    "evidence_text": "深夜视频告警" if file else "群众线索",
                    "confidence_code": "medium",
                    "evidence_file_name": file,
                    "evidence_row_number": 9,
                    "evidence_rank": rank,
                    "evidence_date": date(2022, 11, 1 + place),
                    "hours_between": 0,
                }
            )
    write.add("fct_contradictions", contradictions)
    write.add("fct_contradiction_evidence", evidence)
    write.add(
        "rpt_patrol_suggestions",
        [
            {
                "township_code": code_of(township),
                "township_name": township,
                "pick_number": number,
                "place_name": f"{township}{name}",
                "pick_code": pick,
                "total_points": 40 - number,
                "reasons_text": "近期有可疑事件（30分）",
                "week_start_date": date(2022, 12, 12),
                "week_end_date": date(2022, 12, 18),
            }
            for township in TOWNSHIPS
            for number, (name, pick) in enumerate([("南沟", "risk"), ("北沟", "coverage")], start=1)
        ],
    )
    write.add(
        "rpt_sensor_quality",
        [
            {
                "sensor_kind_code": kind,
                "window_code": "history",
                "sensor_name": name,
                "alert_count": 20,
                "verified_count": verified,
                "confirmed_count": verified // 2,
                "refuted_count": verified - verified // 2,
                "precision_pct": 50 if verified else None,
                "precision_lower_pct": 25 if verified else None,
            }
            for kind, name, verified in [
                ("camera", "北山", 10),
                ("camera", "南山", 0),
                ("alert_rule", "夜间", 4),
            ]
        ],
    )
    write.add(
        "rpt_silent_sensors",
        [
            {
                "sensor_kind_code": "meter",
                "sensor_id": "0099",
                "sensor_name": "某户",
                "silent_days": 20,
            }
        ],
    )


def add_accountability(write: Writer) -> None:
    """Four matters of officials, one of each kind of state, what is owed about two, one passed on."""
    case = "岚自然资立〔2022〕1号"
    of_case = {"case_id": case, "township_code": code_of("青石镇"), "township_name": "青石镇"}
    of_file = {"file_name": "追责台账.xlsx", "sheet_name": "2022"}
    matters = [
        of_case | {"received_date": date(2022, 9, 1), "status": "overdue", "days_late": 10},
        {"received_date": date(2022, 11, 1), "status": "open", "due_date": date(2023, 1, 29)},
        of_case
        | {"closed_date": date(2022, 11, 8), "published_date": date(2022, 11, 20)}
        | {"action_text": "诫勉谈话", "person_count": 2, "is_published": True},
        {"closed_date": date(2022, 11, 9), "action_text": "政务警告", "person_count": 1},
    ]
    write.add(
        "fct_accountability",
        [
            {"received_date": date(2022, 5, 1), "row_number": number + 2}
            | of_file
            | matter
            | {"accountability_id": f"ZZ{number}", "is_closed": "closed_date" in matter}
            for number, matter in enumerate(matters, start=1)
        ],
    )
    shared = {
        "kind_code": "clock",
        "clause_code": "2.2.3",
        "certainty_code": "configured",
        "owing_unit_name": "县纪委监委",
        "lead_unit_name": "县纪委监委",
        "is_restricted": True,
    }
    write.add(
        "fct_obligations",
        [
            shared
            | {"obligation_id": f"of_matter{place}", "rule_name": "责任追究办结", "status": status}
            | {"subject_type": "accountability", "subject_id": f"ZZ{place + 1}", "due_date": due}
            for place, (status, due) in enumerate(
                [("overdue", date(2022, 11, 30)), ("open", date(2023, 1, 29))]
            )
        ],
    )
    write.add(
        "fct_transfers",
        [
            of_file
            | {
                "transfer_id": "YS1",
                "case_id": case,
                "from_unit_name": "县自然资源局",
                "to_unit_name": "县纪委监委",
                "row_number": 3,
                "is_about_officials": True,
                "is_acknowledged": True,
                "transferred_at": datetime(2022, 11, 2, 9),
                "acknowledged_at": datetime(2022, 11, 3, 9),
            }
        ],
    )


COUNTIES = {"990921": "河东县", "990922": "河西县", "990923": "河北县"}


def add_counties(write: Writer) -> None:
    """Three counties that hand up: all of them October, two November; one that is not invented."""
    metrics = [
        ("patrols_village_met", "2.1.3", "村级周巡查完成", "%", "share", 100),
        ("cases_filed", "2.2.2", "立案", "起", "count", None),
        ("fines_imposed", "2.2.2", "罚款决定金额", "元", "amount", None),
    ]
    months, summary, deadlines, cases = [], [], [], []
    for month in (10, 11):
        first = {"month_start_date": date(2022, month, 1)}
        for place, (code, name) in enumerate(COUNTIES.items()):
            has_reported = month == 10 or place < 2
            county = first | {"county_code": code, "county_name": name}
            came = {"received_at": datetime(2022, month + 1, 2, 9)} if has_reported else {}
            counts = {"filed_count": 3 + place, "open_count": 5 * place} if has_reported else {}
            months.append(county | came | counts | {"has_reported": has_reported})
            for metric, clause, metric_name, unit, kind, target in metrics:
                state = ("met", "missed", "no_base")[place] if target else "no_target"
                value = (100, 80, None)[place] if target else 1_000 + place
                summary.append(
                    county
                    | came
                    | {
                        "county_summary_id": f"{code}-{metric}-{month}",
                        "metric_code": metric,
                        "clause_code": clause,
                        "metric_name": metric_name,
                        "unit_text": unit,
                        "kind_code": kind,
                        "target_number": target,
                        "target_status_code": state if has_reported else "no_report",
                        "metric_value": value if has_reported else None,
                        "has_reported": has_reported,
                    }
                )
            if has_reported:
                deadlines.append(
                    county
                    | {
                        "deadline_code": "video_system",
                        "deadline_name": "重点区域视频监控系统建成",
                        "forecast_code": ("finished", "forecast", "stalled")[place],
                        "planned_count": 20,
                        "done_count": (20, 15, 0)[place],
                        "done_pct": (100, 75, 0)[place],
                        "is_sample": True,
                        "due_date": date(2022, 12, 31),
                        "forecast_date": (date(2022, 11, 6), date(2023, 1, 7), None)[place],
                    }
                )
                cases.append(
                    county
                    | {
                        "case_type_code": "unlicensed_mining",
                        "case_type_name": "无证开采",
                        "open_count": 5 * place,
                        "is_sample": True,
                    }
                )
    write.add("rpt_county_months", months)
    write.add("rpt_county_summary", summary)
    write.add("fct_county_deadlines", deadlines)
    write.add("fct_county_cases", cases)
    write.add("fct_county_metrics", [{"county_code": "990924", "county_name": "真县"}])


def publish(home: Home, version_id: str, is_empty: bool = False, is_sample: bool = True) -> None:
    """One more published version of that home, and the link on it."""
    directory = home.versions / version_id
    directory.mkdir(parents=True)
    with connect(directory / versions.DATABASE) as connection:
        write = Writer(connection)
        add_version(write, version_id, is_sample)
        if not is_empty:
            for add in (
                add_places,
                add_patrols,
                add_power,
                add_power_users,
                add_cases,
                add_video,
                add_clues,
                add_public,
                add_duties,
                add_metrics,
                add_incidents,
                add_contradictions,
                add_accountability,
                add_counties,
                add_deliveries,
                add_checks,
            ):
                add(write)
    versions.point_to(home, directory)
