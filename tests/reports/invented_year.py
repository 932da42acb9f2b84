"""A small published home for reports: one township, a few deliveries of autumn 2022, every metric counted.

What is delivered late is an argument, so that two versions of one home differ by exactly that.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from functools import cache

from jinja2 import Environment

from reports.figures import Metric
from tests.dashboards.invented_autumn import Writer, sha
from warehouse import versions
from warehouse.connection import connect
from warehouse.settings import ROOT

TOWNSHIP, NAME = "990100100", "青石镇"
AS_OF = datetime(2022, 12, 10, 8)
BASE = date(2022, 9, 1)
FIRST, SECOND = "20221210T080500-abc123-0001", "20230110T080500-abc123-0002"
LATE = "青石镇11月补报台账.xlsx"


@cache
def measures() -> list[dict]:
    """How each metric is counted, out of the macro itself."""
    found: list[list[dict]] = []
    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals["return"] = found.append
    text = (ROOT / "macros" / "metric_measures.sql").read_text(encoding="utf-8")
    environment.from_string(text + "{% do metric_measures() %}").render()
    return found[0]


@cache
def metric_rows() -> list[dict]:
    """dim_metrics, as the model makes it."""
    with (ROOT / "seeds" / "metrics.csv").open(encoding="utf-8", newline="") as file:
        seeds = {row["metric_code"]: row for row in csv.DictReader(file)}
    rows = []
    for measure in measures():
        seed = seeds[measure["metric_code"]]
        rows.append(
            {
                "metric_code": measure["metric_code"],
                "clause_code": seed["clause_code"],
                "kind_code": seed["kind_code"],
                "direction_code": seed["direction_code"],
                "metric_name": seed["metric_name"],
                "definition_text": seed["definition_text"],
                "unit_text": seed["unit_text"],
                "relation_name": measure["relation"],
                "numerator_sql": str(measure.get("counts", 1)),
                "denominator_sql": str(measure["whole"]) if "whole" in measure else None,
                "condition_sql": measure.get("where"),
                "date_sql": None if measure.get("during") else measure["date"],
                "stock_sql": measure.get("during"),
                "township_sql": measure.get("township"),
                "unit_sql": measure.get("unit"),
                "target_number": seed["target_number"] or None,
                "is_additive": seed["is_additive"] == "true",
                "is_assessed": seed["is_assessed"] == "true",
                "is_restricted": seed["is_restricted"] == "true",
                "is_cumulative": not measure.get("during"),
                "is_by_township": "township" in measure,
                "is_by_unit": "unit" in measure,
            }
        )
    return rows


def delivery(feed, name, received):
    return {
        "delivery_sha256": sha(name),
        "feed_code": feed,
        "file_name": name,
        "outcome_code": "used",
        "received_at": received,
    }


def patrol(name, day, number, has_finding=False):
    return {
        "patrol_id": f"{name}-{number}",
        "delivery_sha256": sha(name),
        "reporting_unit_code": "T1",
        "reporting_unit_name": f"{NAME}人民政府",
        "township_code": TOWNSHIP,
        "township_name": NAME,
        "patrol_level_code": "township",
        "file_name": name,
        "sheet_name": "台账",
        "row_number": 3 + number,
        "has_finding": has_finding,
        "patrol_date": day,
    }


def form(name, received, is_zero=False):
    return {
        "form_id": name,
        "delivery_sha256": sha(name),
        "reporting_unit_code": "T1",
        "reporting_unit_name": f"{NAME}人民政府",
        "township_code": TOWNSHIP,
        "township_name": NAME,
        "patrol_level_code": "township",
        "file_name": name,
        "sheet_name": "台账",
        "is_zero_report": is_zero,
        "reported_at": received,
    }


def obligation(number, due, status, rule="M04"):
    return {
        "obligation_id": number,
        "rule_code": rule,
        "clause_code": "2.1.3",
        "kind_code": "period",
        "rule_name": "乡级月排查",
        "lead_unit_name": "县自然资源局",
        "owing_unit_code": "T1",
        "owing_unit_name": f"{NAME}人民政府",
        "township_code": TOWNSHIP,
        "township_name": NAME,
        "subject_type": "site",
        "subject_name": "南沟",
        "status": status,
        "days_late": 10 if status == "overdue" else None,
        "due_date": due,
        "due_at": datetime.combine(due + timedelta(days=1), datetime.min.time()),
    }


def fill(write: Writer, has_late: bool) -> None:
    """October and November as they were told; December told nothing, September only zeros."""
    autumn = [("9月台账.xlsx", 9, 0), ("10月台账.xlsx", 10, 4), ("11月台账.xlsx", 11, 6)]
    if has_late:
        autumn.append((LATE, 11, 2))
    received = {name: datetime(2022, month, 28, 9) for name, month, _ in autumn}
    received[LATE] = datetime(2023, 1, 5, 9)
    write.add("fct_deliveries", [delivery("patrol_ledger", n, received[n]) for n, _, _ in autumn])
    write.add(
        "fct_patrols",
        [
            patrol(name, date(2022, month, 10 + number), number, number == 0 and name != LATE)
            for name, month, count in autumn
            for number in range(count)
        ],
    )
    write.add("fct_patrol_forms", [form(n, received[n], not count) for n, _, count in autumn])
    write.add(
        "fct_obligations",
        [
            obligation("met", date(2022, 11, 30), "met"),
            obligation("late", date(2022, 11, 30), "overdue"),
            obligation("next", date(2022, 12, 31), "open"),
        ],
    )
    write.add(
        "fct_cases",
        [
            {
                "case_id": "C1",
                "delivery_sha256": sha("案件.xlsx"),
                "case_title_text": "南沟无证开采",
                "case_type_name": "无证开采",
                "township_code": TOWNSHIP,
                "township_name": NAME,
                "file_name": "案件.xlsx",
                "sheet_name": "Sheet1",
                "row_number": 2,
                "stage_name": "立案",
                "is_open": True,
                "discovered_date": date(2022, 11, 3),
                "filed_at": datetime(2022, 11, 7, 9),
                "discipline_transferred_at": datetime(2022, 11, 20, 9),
            }
        ],
    )
    write.add(
        "fct_clues",
        [
            {
                "clue_id": "L1",
                "delivery_sha256": sha("线索.xlsx"),
                "row_number": 2,
                "township_code": TOWNSHIP,
                "received_date": date(2022, 11, 9),
            }
        ],
    )
    write.add(
        "fct_contradictions",
        [
            {
                "contradiction_id": number,
                "rule_code": "X01",
                "rule_name": "应发现未发现",
                "asked_unit_name": f"{NAME}人民政府",
                "township_code": TOWNSHIP,
                "township_name": NAME,
                "claim_text": "台账：南沟无发现",
                "evidence_text": "夜间视频告警",
                "status_code": status,
                "is_reportable": status in ("confirmed", "unanswered"),
                "claim_date": date(2022, 11, 2),
                "due_at": datetime(2022, 11, 15),
                "explained_at": datetime(2022, 11, 12) if status == "confirmed" else None,
            }
            for number, status in (
                ("x1", "confirmed"),
                ("x2", "unanswered"),
                ("x3", "asked"),
                ("x4", "refuted"),
                ("x5", "unasked"),
            )
        ],
    )


def publish(home, version_id=FIRST, as_of=AS_OF, is_empty=False, has_late=False):
    """One more version of that home, and the link on it; empty has metrics and nothing counted."""
    directory = home.versions / version_id
    directory.mkdir(parents=True)
    with connect(directory / versions.DATABASE) as connection:
        write = Writer(connection)
        write.add(
            "dim_version",
            [
                {
                    "version_id": version_id,
                    "county_code": "990100",
                    "county_name": "岚沟县",
                    "is_sample": True,
                    "as_of_at": as_of,
                    "built_at": as_of,
                }
            ],
        )
        write.add(
            "dim_townships",
            [{"township_code": TOWNSHIP, "township_name": NAME, "is_current": True}],
        )
        days = [date(2022, 9, 1) + timedelta(days=day) for day in range(200)]
        # The first days of October are holidays.
        off = {date(2022, 10, day) for day in range(1, 8)}
        write.add(
            "dim_dates",
            [
                {
                    "calendar_date": day,
                    "is_working_day": day.weekday() < 5 and day not in off,
                    "is_calendar_known": True,
                }
                for day in days
            ],
        )
        write.add("dim_metrics", metric_rows())
        if not is_empty:
            fill(write, has_late)
        write.add("fct_metrics_monthly", monthly(connection, as_of))
    versions.point_to(home, directory)
    return versions.current(home)


def monthly(connection, as_of):
    """fct_metrics_monthly for the county and its township, month by month."""
    rows = []
    for row in metric_rows():
        metric = Metric(
            row["metric_code"],
            row["metric_name"],
            row["definition_text"],
            row["kind_code"],
            row["unit_text"],
            row["relation_name"],
            numerator=row["numerator_sql"],
            denominator=row["denominator_sql"],
            condition=row["condition_sql"],
            date=row["date_sql"],
            stock=row["stock_sql"],
            township=row["township_sql"],
        )
        scopes = [("county", None)] + ([("township", TOWNSHIP)] if metric.township else [])
        for scope, place in scopes:
            month = BASE
            while month <= as_of.date():
                following = (month + timedelta(days=32)).replace(day=1)
                last = min(following - timedelta(days=1), as_of.date())
                part, whole = connection.execute(metric.query(month, last, place)).fetchone()
                rows.append(
                    {
                        "metric_code": metric.code,
                        "scope_code": scope,
                        "township_code": place,
                        "metric_name": metric.name,
                        "unit_text": metric.unit,
                        "numerator": part,
                        "denominator": (whole or 0) if metric.kind == "share" else None,
                        "month_start_date": month,
                    }
                )
                month = following
    return rows
