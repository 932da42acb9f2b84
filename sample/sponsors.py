"""`sponsorships` and `sponsor_visits`: who answers for which township and village, and who went there.

Sponsors are positions. The county's are listed by the leading group's office, visits of the townships'
own by each township; some months nobody went, or nobody says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample.desk import BEGUN, OFFICE, Desk, Look, drawn
from sample.lists import Row, at, listed_since, month_end, months
from sample.world import DAY, Township, Village, World

HEADERS = ("包联编号", "包联职务", "级别", "包联乡镇", "包联村", "开始日期", "结束日期")
VISIT_HEADERS = ("包联编号", "督导日期", "督导方式", "发现问题数", "整改完成数")
COUNTY_POSITIONS = (
    *("县委书记", "县长", "县委副书记", "常务副县长", "县纪委书记", "县委宣传部部长"),
    *("分管副县长", "县人大常委会副主任"),
)
BEGIN = date(2022, 6, 25)
FIRST_LIST = date(2022, 6, 28)
# Who ends and who begins in the middle of the year, in which township.
MOVED = {
    "105": (date(2022, 9, 15), date(2022, 9, 20)),
    "104": (date(2022, 10, 31), date(2022, 11, 14)),
}
LATER_LISTS = (date(2022, 9, 21), date(2022, 11, 1), date(2022, 11, 15))
# Nobody goes there in these months.
PLANNED = {
    ("BL105A1", date(2022, 10, 1)): "missed",
    ("BL105A1", date(2022, 11, 1)): "missed",
    ("BL103", date(2022, 10, 1)): "late",
    ("BL200A2", date(2022, 9, 1)): "missed",
}
FATES = {"went": 0.92, "missed": 0.05, "late": 0.03}
# Whose list is not sent in some month (the next one has it all), or comes after everything was counted.
NOT_SENT = {("104", date(2022, 10, 1)), ("102", date(2022, 8, 1))}
SENT_LATE = {("201", date(2022, 11, 1))}


@dataclass(frozen=True)
class Sponsorship:
    """A position and what it answers for."""

    id: str
    position: str
    level: str
    township: Township
    village: str
    begin: date
    end: date | None = None

    def row(self, day: date) -> Row:
        """As listed on that day."""
        ended = self.end if self.end and self.end <= day else None
        if self.id == "BL102A2" and day == FIRST_LIST:
            ended = (
                self.begin - 20 * DAY
            )  # typed into the wrong year's row; the next list has it right
        return (
            self.id,
            self.position,
            self.level,
            self.township.name,
            self.village or None,
            self.begin,
            ended,
        )


def key_villages(world: World, township: Township) -> list[Village]:
    """The two villages with most sites."""
    counts = Counter(site.village.code for site in world.sites_of(township) if not site.licence)
    order = sorted(township.villages, key=lambda village: (-counts[village.code], village.code))
    return order[:2]


def sponsorships(world: World) -> list[Sponsorship]:
    """All of them, those of later included."""
    found = []
    for position, township in zip(COUNTY_POSITIONS, world.townships, strict=True):
        found.append(Sponsorship(f"BL{township.short}", position, "县级", township, "", BEGIN))
        head = "镇长" if township.name.endswith("镇") else "乡长"
        for number, (title, village) in enumerate(
            zip(("党委书记", head), key_villages(world, township), strict=True), start=1
        ):
            # One township writes both villages into one cell.
            name = village.name
            if township.short == "101" and number == 2:
                name = "、".join(each.name for each in key_villages(world, township))
            found.append(
                Sponsorship(
                    f"BL{township.short}A{number}",
                    township.name + title,
                    "乡级",
                    township,
                    name,
                    BEGIN,
                )
            )
    return [after for before in found for after in moved(before)]


def moved(sponsorship: Sponsorship) -> list[Sponsorship]:
    """The sponsorship, and who took it over where somebody was moved to another post."""
    short = sponsorship.township.short
    if short not in MOVED or sponsorship.id != {"105": "BL105", "104": "BL104A1"}[short]:
        return [sponsorship]
    ended, begun = MOVED[short]
    position = "副县长" if short == "105" else f"{sponsorship.township.name}党委副书记"
    next_one = replace(sponsorship, id=f"{sponsorship.id}B", position=position, begin=begun)
    return [replace(sponsorship, end=ended), next_one]


def write_sponsorships(desk: Desk, last: date) -> None:
    """The first list, and one after every change up to the last day."""
    found = sponsorships(desk.world)
    for day in (FIRST_LIST, *LATER_LISTS):
        if day <= last:
            rows = [each.row(day) for each in found if each.begin <= day]
            look = Look("党政主要负责人重点区域分级包联责任表", unit="项", foot="填表人：资源专干")
            name = f"包联责任表{day:%Y%m%d}"
            desk.send("sponsorships", name, HEADERS, rows, at(day, 9, 40), OFFICE, look)


# Visits


@dataclass(frozen=True)
class Visit:
    """One visit; `rectified` is when its problems had been put right, if ever."""

    day: date
    method: str
    problems: int
    rectified: date | None


def fate_of(world: World, sponsorship: Sponsorship, month: date) -> str:
    """What becomes of that month's visit; whoever was late for the last one has been there in this one."""
    fate = drawn_fate(world, sponsorship, month)
    before = drawn_fate(world, sponsorship, (month - DAY).replace(day=1))
    return "went" if fate == "missed" and before == "late" else fate


def drawn_fate(world: World, sponsorship: Sponsorship, month: date) -> str:
    """What was planned, else what chance decides."""
    planned = PLANNED.get((sponsorship.id, month))
    return planned or drawn(world.rng("visit fate", sponsorship.id, month), FATES)


def visits(world: World, sponsorship: Sponsorship, month: date) -> list[Visit]:
    """The visits owed for that month; a late one falls into the next."""
    begin = max(month, sponsorship.begin)
    last = month_end(month)
    if sponsorship.end and sponsorship.end <= last:
        last = sponsorship.end
    if begin > last:
        return []
    rng = world.rng("visits", sponsorship.id, month)
    fate = fate_of(world, sponsorship, month)
    if fate == "missed":
        return []
    if fate == "late":
        return [visit_on(last + rng.randint(2, 4) * DAY, rng)]
    count = 1 if sponsorship.level == "县级" else rng.choice((1, 1, 2, 3))
    span = (last - begin).days
    days = {begin + rng.randint(0, span) * DAY for _ in range(count)}
    return [visit_on(day, rng) for day in sorted(days)]


def visit_on(day: date, rng: Random) -> Visit:
    """A visit on that day."""
    method = rng.choice(
        ("日常督导", "日常督导", "调研督导", "突击检查", "夜查", "明察暗访", "暗访")
    )
    problems = rng.choice((0, 0, 0, 1, 1, 2))
    is_rectified = problems and rng.random() < 0.8
    return Visit(day, method, problems, day + rng.randint(3, 25) * DAY if is_rectified else None)


def visit_row(sponsorship: Sponsorship, visit: Visit, now: date) -> Row:
    """The visit as listed on that day; townships leave 0 blank."""
    blank = None if sponsorship.level == "乡级" else 0
    done = visit.problems if visit.rectified and visit.rectified <= now else 0
    return (sponsorship.id, visit.day, visit.method, visit.problems or blank, done or blank)


def write_visits(desk: Desk, end: date) -> None:
    """The quarter's visits, as the office and every township know them at the end of the month."""
    world, month = desk.world, end.replace(day=1)
    found = sponsorships(world)
    for order, township in enumerate((None, *world.townships)):
        own = [
            each
            for each in found
            if (each.level == "县级") == (township is None)
            and (township is None or each.township == township)
        ]
        note_duties(desk, own, township.government if township else OFFICE, end)
        if township and is_silent(world, township, month):
            desk.note_duty("visit_list", township.government, f"{month:%Y-%m}", "not_sent")
            continue
        rows = [
            visit_row(each, visit, end)
            for each in own
            for each_month in months(max(BEGUN, listed_since(end)), end)
            for visit in visits(world, each, each_month)
            if visit.day <= end
        ]
        now = at(end, 15, 20 + order)
        if township and is_sent_late(world, township, month):
            now = at(end + timedelta(days=13), 9, 30)
            desk.note_duty(
                "visit_list", township.government, f"{month:%Y-%m}", "sent_late", received_at=now
            )
        name = f"{township.name if township else '县级'}包联督导台账{end:%Y%m}"
        kind = {"103": "csv", "105": "xls"}.get(township.short, "xlsx") if township else "xlsx"
        look = Look(
            "包联督导台账",
            kind,
            unit="次",
            foot="填表人：资源专干",
            grouped="包联编号" if township is None else "",
        )
        blank = (
            (3, "督导日期") if township and township.short == "102" and end.month == 11 else None
        )
        sender = township.government if township else OFFICE
        desk.send("sponsor_visits", name, VISIT_HEADERS, rows, now, sender, look, blank)


def is_silent(world: World, township: Township, month: date) -> bool:
    """Whether the township sends no list this month."""
    if month.year == BEGUN.year:
        return (township.short, month) in NOT_SENT
    return world.rng("visits not sent", township.short, month).random() < 0.03


def is_sent_late(world: World, township: Township, month: date) -> bool:
    """Whether its list comes weeks later."""
    if month.year == BEGUN.year:
        return (township.short, month) in SENT_LATE
    return world.rng("visits sent late", township.short, month).random() < 0.03


def note_duties(desk: Desk, own: list[Sponsorship], sender: str, end: date) -> None:
    """Which whole months passed without a visit, or with one afterwards."""
    month = end.replace(day=1)
    for each in own:
        is_whole = each.begin <= month and (each.end is None or each.end >= end)
        fate = fate_of(desk.world, each, month)
        if is_whole and fate != "went":
            days = [visit.day for visit in visits(desk.world, each, month)]
            told = {"days": days} if days else {}
            desk.note_duty("visit", each.id, f"{month:%Y-%m}", fate, sender=sender, **told)
