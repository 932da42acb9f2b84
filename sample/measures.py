"""`measures` and `capacity`: what units have set up and issued, and with whom and what they enforce.

The office keeps one list of measures for all units; some of what a clause asks of a unit is not in it, or
came late. Clauses are written as the notice numbers them, or as people read them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sample.desk import (
    COUNTY_GOVERNMENT,
    DISCIPLINE,
    ENERGY,
    ENVIRONMENT,
    FINANCE,
    FORESTRY,
    OFFICE,
    POLICE,
    PROSECUTORS,
    PUBLICITY,
    SAFETY,
    WATER,
    Desk,
    Look,
    listed_from,
)
from sample.lists import Row, at, quarter_start
from sample.world import BUREAU, DAY, POWER_COMPANY, World

HEADERS = ("条款", "责任单位", "事项", "文号", "完成日期", "网址")
SPOKEN = {"2.1.1": "二（一）1", "2.3.1": "二(三)1", "2.4.1": "二（四）1"}
REGULATORS = (BUREAU, ENVIRONMENT, SAFETY, WATER, ENERGY, FORESTRY)


@dataclass(frozen=True)
class Matter:
    """Something a clause asks of units, and of all townships or none; done within so many days.

    Who never does it, and who does it on a later day: units, or townships by the end of their codes.
    """

    clause: str
    item: str
    units: tuple[str, ...]
    begin: date
    days: int
    has_townships: bool = True
    never: tuple[str, ...] = ()
    late: tuple[tuple[str, date], ...] = ()


MATTERS = (
    Matter(
        "2.1.1",
        "成立机构",
        (COUNTY_GOVERNMENT, *REGULATORS[:-1], POLICE, DISCIPLINE, PUBLICITY, POWER_COMPANY),
        date(2022, 6, 16),
        25,
        never=(SAFETY,),
        late=((ENVIRONMENT, date(2022, 11, 8)),),
    ),
    Matter("2.1.4", "部门联合工作机制", (BUREAU,), date(2022, 10, 10), 25, has_townships=False),
    Matter(
        "2.2.1",
        "公布举报渠道",
        (BUREAU, POLICE, "县行政审批局"),
        date(2022, 7, 5),
        60,
        never=("201",),
        late=(("105", date(2022, 11, 9)),),
    ),
    Matter(
        "2.2.5",
        "行刑衔接制度",
        (BUREAU, POLICE, PROSECUTORS),
        date(2022, 10, 8),
        35,
        has_townships=False,
        late=((PROSECUTORS, date(2022, 12, 2)),),
    ),
    Matter(
        "2.3.1",
        "点位摸排",
        (BUREAU, FORESTRY),
        date(2022, 7, 20),
        60,
        late=(("103", date(2022, 11, 14)), ("200", date(2022, 11, 21))),
    ),
    Matter(
        "2.3.3",
        "实施方案",
        (BUREAU, FORESTRY),
        date(2022, 9, 22),
        25,
        has_townships=False,
        late=((FORESTRY, date(2022, 11, 16)),),
    ),
    Matter(
        "2.4.1",
        "涉电清查",
        (*REGULATORS, POWER_COMPANY),
        date(2022, 9, 26),
        40,
        never=(WATER,),
        late=((ENVIRONMENT, date(2022, 12, 7)),),
    ),
    Matter(
        "2.4.1",
        "用电监测方案",
        (ENERGY, POWER_COMPANY),
        date(2022, 9, 26),
        40,
        has_townships=False,
        late=((ENERGY, date(2022, 12, 6)),),
    ),
    Matter(
        "2.5.2",
        "奖励办法",
        (BUREAU,),
        date(2022, 7, 25),
        50,
        never=("200", "104"),
        late=(("201", date(2022, 12, 5)),),
    ),
    Matter(
        "2.5.4",
        "办案奖励制度",
        (BUREAU, POLICE, FINANCE),
        date(2022, 9, 30),
        60,
        never=(FINANCE, "102"),
    ),
)
STEMS = {
    COUNTY_GOVERNMENT: "政",
    DISCIPLINE: "纪",
    PUBLICITY: "宣",
    PROSECUTORS: "检",
    BUREAU: "自然资",
    POLICE: "公",
    WATER: "水",
    ENERGY: "发改",
    POWER_COMPANY: "电",
}

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


def measures(world: World) -> list[Measure]:
    """All measures that are asked for, done or not."""
    found = []
    for matter in MATTERS:
        owing = [(unit, unit) for unit in matter.units]
        if matter.has_townships:
            owing += [(township.short, township.government) for township in world.townships]
        late = dict(matter.late)
        for key, unit in owing:
            rng = world.rng("measure", matter.clause, matter.item, unit)
            done = late.get(key, matter.begin + rng.randrange(matter.days) * DAY)
            stem = STEMS.get(
                unit, unit.removesuffix("人民政府").removesuffix("局").strip("县市")[:3]
            )
            number = (
                f"云{stem}发〔{done.year}〕{rng.randint(1, 90)}号" if rng.random() < 0.8 else ""
            )
            page = f"t{done:%Y%m%d}_{rng.randint(100, 999)}.html"
            url = (
                f"http://www.yunling.example/zwgk/{done:%Y%m}/{page}" if rng.random() < 0.4 else ""
            )
            known = None if key in matter.never else done
            found.append(Measure(matter.clause, unit, matter.item, known, key in late, number, url))
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
