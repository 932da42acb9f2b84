"""`measures` and `capacity`: what units have set up and issued, and with whom and what they enforce.

The office keeps one list of measures for all units; some of what a clause asks of a unit is not in it, or
came late. Clauses are written as the notice numbers them, or as people read them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample.desk import (
    ENERGY,
    ENVIRONMENT,
    FINANCE,
    FORESTRY,
    OFFICE,
    POLICE,
    SAFETY,
    WATER,
    Desk,
    Look,
    listed_from,
)
from sample.lists import Row, at, quarter_start
from sample.meetings import groups
from sample.world import BUREAU, DAY, POWER_COMPANY, World

HEADERS = ("条款", "责任单位", "事项", "文号", "完成日期", "网址")
SPOKEN = {"2.1.1": "二（一）1", "2.3.1": "二(三)1", "2.4.1": "二（四）1"}
REGULATORS = (BUREAU, ENVIRONMENT, SAFETY, WATER, ENERGY, FORESTRY)
# Clause and matter → from when on, within how many days, who never does it and who does it late.
WANTED = {
    ("2.1.1", "成立机构"): (date(2022, 6, 16), 25, (), ()),
    ("2.2.1", "公布举报渠道"): (date(2022, 7, 5), 60, ("201",), ("105",)),
    ("2.3.1", "点位摸排"): (date(2022, 7, 20), 60, (), ("103", "200")),
    ("2.3.3", "实施方案"): (date(2022, 9, 22), 25, (), (FORESTRY,)),
    ("2.4.1", "涉电清查"): (date(2022, 9, 26), 40, (WATER,), (ENVIRONMENT,)),
    ("2.4.1", "用电监测方案"): (date(2022, 9, 26), 40, (), (ENERGY,)),
    ("2.5.2", "奖励办法"): (date(2022, 7, 25), 50, ("200", "104"), ("201",)),
    ("2.5.4", "办案奖励制度"): (date(2022, 9, 30), 40, (FINANCE,), ()),
}
LATE = timedelta(days=35)
STEMS = {BUREAU: "自然资", POLICE: "公", WATER: "水", ENERGY: "发改", POWER_COMPANY: "电"}

CAPACITY_HEADERS = (
    *("单位", "统计日期", "编制数", "实有人数", "应配车辆", "执法车辆", "应配装备", "装备台套"),
    *("年度经费预算(万元)", "已拨付(万元)"),
)
# Posts, vehicles and equipment due, budget in 万元.
FORCES = {
    BUREAU: (18, 5, 24, 86),
    POLICE: (12, 4, 16, 60),
    WATER: (8, 2, 10, 32),
    SAFETY: (10, 3, 12, 45),
    ENVIRONMENT: (9, 3, 14, 42),
}
FIRST_COUNT = date(2022, 6, 30)


@dataclass(frozen=True)
class Measure:
    """Something set up or issued; `done` is None if it never was."""

    clause: str
    unit: str
    item: str
    done: date | None
    is_late: bool
    number: str
    url: str


def owing(world: World, clause: str, item: str) -> list[tuple[str, str]]:
    """Who owes it: how WANTED calls the unit, and its name."""
    townships = [(township.short, township.government) for township in world.townships]
    if item == "成立机构":
        return [(each.short, each.name) for each in groups(world)]
    if clause == "2.3.1":
        return townships
    units = {
        "公布举报渠道": (BUREAU, POLICE),
        "实施方案": (BUREAU, FORESTRY),
        "涉电清查": (*REGULATORS, POWER_COMPANY),
        "用电监测方案": (ENERGY, POWER_COMPANY),
        "奖励办法": (BUREAU,),
        "办案奖励制度": (BUREAU, POLICE, FINANCE),
    }[item]
    named = [(unit, unit) for unit in units]
    return named if item in ("实施方案", "用电监测方案", "办案奖励制度") else named + townships


def measures(world: World) -> list[Measure]:
    """All measures that are asked for, done or not."""
    found = []
    for (clause, item), (begin, days, never, late) in WANTED.items():
        for key, unit in owing(world, clause, item):
            rng = world.rng("measure", clause, item, unit)
            done = begin + rng.randrange(days) * DAY + (LATE if key in late else 0 * DAY)
            stem = STEMS.get(unit, unit.removesuffix("人民政府")[:3])
            number = (
                f"云{stem}发〔{done.year}〕{rng.randint(1, 90)}号" if rng.random() < 0.8 else ""
            )
            url = f"http://www.yunling.example/zwgk/{done:%Y%m}/t{done:%Y%m%d}_{rng.randint(100, 999)}.html"
            found.append(
                Measure(
                    clause,
                    unit,
                    item,
                    None if key in never else done,
                    key in late,
                    number,
                    url if rng.random() < 0.4 else "",
                )
            )
    return found


def write_measures(desk: Desk, end: date) -> None:
    """The year's measures as the office knows them at the end of the month."""
    rows: list[Row] = []
    for each in measures(desk.world):
        if each.done is None or each.is_late:
            outcome = "never" if each.done is None else "late"
            subject = f"{each.clause} {each.item}"
            desk.note_duty("measure", each.unit, subject, outcome, day=each.done)
        if each.done and listed_from(end) <= each.done <= end:
            clause = (
                SPOKEN.get(each.clause, each.clause) if "人民政府" in each.unit else each.clause
            )
            row = (clause, each.unit, each.item, each.number or None, each.done, each.url or None)
            rows.append(row)
    rows.sort(key=lambda row: (str(row[0]), str(row[2]), str(row[1])))
    look = Look("各单位制度措施落实台账", unit="项", foot="填表人：资源专干")
    blank = (5, "完成日期") if end.month == 10 else None
    name = f"制度措施台账{end:%Y%m}"
    desk.send("measures", name, HEADERS, rows, at(end, 10, 30), OFFICE, look, blank)


def capacity_row(world: World, unit: str, day: date) -> Row:
    """A unit's force as counted on that day."""
    posts, vehicles, equipment, budget = FORCES[unit]
    rng = world.rng("capacity", unit, day)
    paid = round(budget * min(1.0, day.month / 12 + rng.uniform(-0.15, 0.05)), 1)
    is_in_yuan = unit == ENVIRONMENT and day.month == 9
    return (
        unit,
        day,
        posts,
        posts - rng.randint(0, 4),
        vehicles,
        max(1, vehicles - rng.randint(0, 2)),
        equipment,
        equipment - rng.randint(0, 8),
        budget * 10_000 if is_in_yuan else budget,
        paid * 10_000 if is_in_yuan else paid,
    )


def write_capacity(desk: Desk, day: date) -> None:
    """The count of that day, compiled by the office some days later."""
    # Whoever was too busy to count.
    missing = WATER if (day.year, day.month) == (2022, 9) else ""
    rows = [capacity_row(desk.world, unit, day) for unit in FORCES if unit != missing]
    if missing:
        desk.note_duty("capacity", missing, f"{quarter_start(day):%Y-%m}", "missed")
    look = Look("行政执法力量统计表", foot="填表人：资源专干　　审核人：分管负责人")
    name = f"执法力量统计表{day:%Y%m%d}"
    desk.send("capacity", name, CAPACITY_HEADERS, rows, at(day + 8 * DAY, 11), OFFICE, look)


def write_capacity_month(desk: Desk, end: date) -> None:
    """In the first month of a quarter: the count at the end of the one before."""
    day = end.replace(day=1) - DAY
    if end.month % 3 == 1 and day > FIRST_COUNT:
        write_capacity(desk, day)
