"""`joint_operations`, `agency_checks`, `inspections`: who went out to look, and what was found there.

Where somebody is digging and a check is known of beforehand, it finds nothing, and says so in good faith.
An inspection's problem is put right in time, late, or not yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sample.cameras import RIVER
from sample.desk import (
    BEGUN,
    COUNTY_GOVERNMENT,
    ENERGY,
    ENVIRONMENT,
    FORESTRY,
    MARKET,
    OFFICE,
    POLICE,
    SAFETY,
    WATER,
    Desk,
    Look,
    drawn,
    listed_from,
    workday,
)
from sample.lists import Row, at, months
from sample.world import BUREAU, DAY, Episode, Site, Township, World

OPERATION_HEADERS = (
    *("行动编号", "日期", "牵头单位", "参加单位", "环节", "出动人次", "车次", "检查点位数"),
    "发现问题数",
)
CHECK_HEADERS = ("单位", "日期", "对象", "点位编号", "环节", "类别", "发现问题", "处置")
INSPECTION_HEADERS = (
    *("抽查编号", "检查层级", "是否事先通知", "日期", "被查单位", "乡镇", "点位编号", "发现问题"),
    *("问题类别", "整改期限", "整改完成日期"),
)
# Who leads, with whom, along which link of the chain.
OPERATIONS = (
    (BUREAU, (POLICE, ENVIRONMENT), "开采"),
    (POLICE, (BUREAU, MARKET), "运输"),
    (WATER, (POLICE, BUREAU), "开采"),
    (BUREAU, (POLICE, WATER, FORESTRY), "开采"),
    (MARKET, (BUREAU, ENVIRONMENT), "销售"),
    (ENVIRONMENT, (BUREAU, SAFETY), "储存"),
)
# Unit → what it looks at, along which link, what it finds if anything.
CHECKS = {
    SAFETY: ("mine", "开采", "安全生产检查", "边坡台阶高度超设计"),
    ENVIRONMENT: ("works", "储存", "扬尘检查", "堆场苫盖不严"),
    WATER: ("river", "开采", "河道巡查", "河道内堆放砂石"),
    FORESTRY: ("forest", "开采", "林草资源检查", "便道占用林地"),
    ENERGY: ("mine", "开采", "能源领域检查", "产量台账登记不全"),
    POLICE: ("mine", "开采", "民爆物品检查", "领用登记不规范"),
    MARKET: ("works", "销售", "经营主体检查", "购销台账不全"),
}
NO_FINDING = ("无", "无", "无", "未发现问题", "未发现")
# Whose checks of which month are not sent, or weeks late.
NOT_SENT = {(FORESTRY, date(2022, 10, 1))} | {(ENERGY, date(2022, n, 1)) for n in (7, 8, 9)}
SENT_LATE = {(MARKET, date(2022, 11, 1))}

PROBLEMS = (
    ("警示标识牌缺失", "标识牌"),
    ("废弃井口封堵不严", "封堵"),
    ("巡查台账填写不及时", "台账"),
    ("监管责任牌未更新", "标识牌"),
    ("网格员不清楚职责", "责任落实"),
)
RECTIFIED = {"in_time": 0.6, "late": 0.2, "open": 0.2}


# Joint operations


def operations(world: World, month: date) -> Iterator[Row]:
    """The operations of a month: two to four, one of them where a check found somebody digging."""
    rng = world.rng("operations", month)
    days = [workday(month + rng.randint(2, 26) * DAY) for _ in range(rng.randint(2, 4))]
    raids = {
        episode.discovery.day: episode
        for episode in world.episodes
        if episode.discovery
        and episode.discovery.source == "check"
        and episode.discovery.day.replace(day=1) == month
    }
    for number, day in enumerate(sorted({*days, *raids}), start=1):
        lead, others, link = rng.choice(OPERATIONS)
        raid = raids.get(day)
        if raid:
            lead, others, link = BUREAU, (POLICE, raid.place.township.government), "开采"
        persons, cars = rng.randint(11, 49), rng.randint(3, 14)
        problems = rng.choice((0, 0, 0, 1, 2)) + (1 if raid else 0)
        has_units = lead == WATER
        yield (
            f"LH{month:%Y%m}{number:02}",
            day,
            lead,
            "、".join(others),
            link,
            f"{persons}人次" if has_units else persons,
            f"{cars}台次" if has_units else cars,
            rng.randint(4, 21),
            problems,
        )


def write_operations(desk: Desk, end: date) -> None:
    """The year's operations, those of each leading agency together."""
    since = max(BEGUN, listed_from(end))
    rows = [row for month in months(since, end) for row in operations(desk.world, month)]
    lead = OPERATION_HEADERS.index("牵头单位")
    rows.sort(key=lambda row: (str(row[lead]), str(row[0])))
    look = Look("联合执法行动台账", unit="次", foot="填表人：执法队员04", grouped="牵头单位")
    name = f"联合执法台账{end:%Y%m}"
    desk.send("joint_operations", name, OPERATION_HEADERS, rows, at(end, 16, 30), OFFICE, look)


# Agencies' own checks


def objects(world: World, kind: str) -> list[tuple[str, Site | None]]:
    """What a unit of that kind looks at: its name, and its site if it is one."""
    if kind == "mine":
        return [(site.name, site) for site in world.sites if site.licence]
    villages = [v for township in world.townships for v in township.villages if not v.is_community]
    if kind == "works":
        works = [m for m in world.meters if m.kind in ("suspended", "factory", "closed")]
        own = [(meter.name, None) for meter in works]
        return own or [(f"{village.stem}建材有限公司", None) for village in villages[:9]]
    if kind == "river":
        stems = {stem for each in RIVER.values() for stem in each}
        return [(f"{village.name}河段", None) for village in villages if village.stem in stems]
    return [(f"{village.name}林地", None) for village in villages]


def checks(world: World, unit: str, month: date) -> list[Row]:
    """A unit's checks of one month."""
    kind, link, category, problem = CHECKS[unit]
    rng = world.rng("agency checks", unit, month)
    found = {}
    for _ in range(rng.randint(3, 6)):
        day = workday(month + rng.randint(2, 27) * DAY)
        name, site = rng.choice(objects(world, kind))
        has_finding = rng.random() < 0.15
        found[day, name] = (
            unit,
            day,
            name,
            site.id if site and rng.random() < 0.7 else None,
            link,
            category,
            problem if has_finding else rng.choice(NO_FINDING),
            rng.choice(("责令限期整改", "已整改")) if has_finding else None,
        )
    return [found[key] for key in sorted(found)]


def write_checks(desk: Desk, end: date) -> None:
    """Every regulator's checks of the month, each in a file of its own."""
    month = end.replace(day=1)
    for order, unit in enumerate(CHECKS):
        if (unit, month) in NOT_SENT:
            desk.note_duty("check_list", unit, f"{month:%Y-%m}", "not_sent")
            continue
        now = at(end, 11, 5 * order)
        if (unit, month) in SENT_LATE:
            now = at(end + 14 * DAY, 9)
            desk.note_duty("check_list", unit, f"{month:%Y-%m}", "sent_late", received_at=now)
        kind = {FORESTRY: "csv", POLICE: "xls", MARKET: "csv"}.get(unit, "xlsx")
        look = Look(
            "部门日常检查台账", kind, unit="次" if kind == "xlsx" else "", foot="填表人：执法队员09"
        )
        name = f"{unit}日常检查{end:%Y%m}"
        blank = (2, "对象") if unit == ENERGY and end.month == 11 else None
        rows = checks(desk.world, unit, month)
        desk.send("agency_checks", name, CHECK_HEADERS, rows, now, unit, look, blank)


# Inspections


@dataclass(frozen=True)
class Inspection:
    """One inspection; `cause` is the episode that went on there, whether it was found or not."""

    level: str
    is_announced: bool
    day: date
    township: Township
    site: Site | None
    problem: str = ""
    kind: str = ""
    due: date | None = None
    rectified: date | None = None
    fate: str = ""
    cause: str = ""


def of_episode(episode: Episode, day: date, rng: Random) -> Inspection:
    """The county's check where somebody digs: it finds that out, or comes announced and finds nothing."""
    place, found = episode.place, episode.discovery
    is_found = found is not None and found.source == "check" and found.day == day
    inspection = Inspection("县", not is_found, day, place.township, place.site, cause=episode.id)
    if not is_found:
        return inspection
    return with_problem(inspection, "存在非法盗采行为，现场有新鲜采挖面", "非法采矿", rng)


def with_problem(inspection: Inspection, problem: str, kind: str, rng: Random) -> Inspection:
    """The inspection with a problem and what becomes of it."""
    due = inspection.day + rng.choice((10, 15, 30)) * DAY
    fate = drawn(rng, RECTIFIED)
    days = {
        "in_time": (due - inspection.day).days - rng.randint(0, 6),
        "late": (due - inspection.day).days + rng.randint(2, 25),
        "open": 0,
    }[fate]
    values = vars(inspection) | {"problem": problem, "kind": kind, "due": due, "fate": fate}
    return Inspection(**values | {"rectified": inspection.day + days * DAY if days else None})


def inspections(world: World, month: date) -> list[Inspection]:
    """A month's inspections: of the county where episodes had them, others by chance, in order of time."""
    rng = world.rng("inspections", month)
    found = [
        of_episode(episode, day, world.rng("inspection", episode.id, day))
        for episode in world.episodes
        for day in episode.checks
        if day.replace(day=1) == month
    ]
    levels = ["县"] * rng.randint(3, 5) + ["市"] * rng.randint(1, 2)
    levels += ["省"] if month.month % 3 == 2 else []
    for level in levels:
        day = workday(month + rng.randint(2, 27) * DAY)
        township = rng.choice(world.townships)
        sites = [each for each in world.sites_of(township) if each.is_active_on(day)]
        site = rng.choice(sites) if sites and rng.random() < 0.85 else None
        one = Inspection(level, rng.random() < 0.3, day, township, site)
        if rng.random() < 0.55:
            one = with_problem(one, *rng.choice(PROBLEMS), rng)
        found.append(one)
    return sorted(found, key=lambda one: (one.day, one.level, one.township.code, one.cause))


def write_inspections(desk: Desk, end: date) -> None:
    """The year's inspections with what has been put right by the end of the month."""
    rows: list[Row] = []
    causes = []
    for month in months(max(BEGUN, listed_from(end)), end):
        for number, one in enumerate(inspections(desk.world, month), start=1):
            identifier = f"CC{month:%Y%m}{number:03}"
            is_late = one.rectified and one.rectified <= end
            rows.append(
                (
                    identifier,
                    one.level,
                    "是" if one.is_announced else "否",
                    one.day,
                    one.township.government,
                    one.township.name,
                    one.site.id if one.site else None,
                    one.problem or "无",
                    one.kind or None,
                    one.due,
                    one.rectified if is_late else None,
                )
            )
            causes.append((one.cause, identifier))
            if one.fate in ("late", "open"):
                told = {"due": one.due, "rectified": one.rectified}
                unit = one.township.government
                desk.note_duty("rectification", unit, identifier, one.fate, **told)
    look = Look("督导抽查及整改台账", unit="次", foot="填表人：执法队员02　　审核人：分管负责人")
    name, now = f"督导抽查台账{end:%Y%m}", at(end, 16, 50)
    blank = (0, "日期") if end.month == 9 else None
    sent = desk.send(
        "inspections", name, INSPECTION_HEADERS, rows, now, COUNTY_GOVERNMENT, look, blank
    )
    for order, (cause, identifier) in enumerate(causes):
        is_lost = blank is not None and order == blank[0]
        if cause and sent and not is_lost:
            where = {"row": sent[1] + order, "inspection_id": identifier}
            desk.outbox.note_trace(cause, "inspections", sent[0], **where)
