"""`meetings`: the quarterly joint meetings of the county's and the townships' leading groups.

Every group sends its year's list after a meeting, and again when something decided there has been done.
Now and then a group does not meet in a quarter, meets after its end, or meets and says so weeks later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample.desk import BEGUN, OFFICE, Desk, Look, drawn, listed_from, workday
from sample.lists import Row, at, month_end, quarter_start, quarters
from sample.wording import numeral
from sample.world import DAY, Township, World

HEADERS = ("领导小组", "会议日期", "会议类型", "议定事项数", "已办结事项数", "纪要文号")
# What is planned for the first half year; after it chance decides. A group by its township, "" the county's.
PLANNED = {
    ("200", date(2022, 7, 1)): "missed",
    ("101", date(2022, 7, 1)): "late",
    ("105", date(2022, 7, 1)): "told_late",
    ("201", date(2022, 10, 1)): "late",
    ("103", date(2022, 10, 1)): "missed",
}
FATES = {"held": 0.86, "missed": 0.05, "late": 0.05, "told_late": 0.04}


@dataclass(frozen=True)
class Meeting:
    """One meeting; `told` is the day from which the group's list has it, `closed` when what was done."""

    day: date
    kind: str
    decisions: int
    closed: tuple[date, ...]
    minutes: str
    told: date


@dataclass(frozen=True)
class Group:
    """A leading group: its township, if any, how it calls itself, who sends its list."""

    short: str
    name: str
    sender: str

    def fate(self, world: World, quarter: date) -> str:
        """What becomes of that quarter's meeting."""
        planned = PLANNED.get((self.short, quarter))
        if planned or quarter < date(2023, 1, 1):
            return planned or "held"
        return drawn(world.rng("meeting fate", self.short, quarter), FATES)

    def meetings(self, world: World, quarter: date) -> list[Meeting]:
        """The meetings owed for that quarter, and special ones."""
        rng = world.rng("meetings", self.short, quarter)
        fate = self.fate(world, quarter)
        end = month_end(quarter + timedelta(days=65))
        # Nobody meets in the first days of October.
        regular = workday(quarter + rng.randint(10, 78) * DAY)
        days = {"regular": (regular, "联席会议", regular)}
        if fate == "late":
            held = workday(end + rng.randint(10, 14) * DAY)
            days["regular"] = (held, "季度例会", held)
        elif fate == "told_late":
            days["regular"] = (regular, "联席会议", end + rng.randint(30, 40) * DAY)
        elif fate == "missed":
            del days["regular"]
        if not self.short and rng.random() < 0.6:
            special = workday(quarter + rng.randint(14, 80) * DAY)
            days["special"] = (special, "专题会议", special)
        found = []
        for day, kind, told in days.values():
            decisions = rng.randint(2, 6)
            done = [day + rng.randint(8, 70) * DAY for _ in range(decisions) if rng.random() < 0.85]
            number = f"云矿打纪〔{day.year}〕{rng.randint(1, 30)}号"
            minutes = number if rng.random() < 0.85 else ""
            found.append(Meeting(day, kind, decisions, tuple(sorted(done)), minutes, told))
        return found


def groups(world: World) -> list[Group]:
    """All groups; those of some townships call themselves by their short name."""
    found = [Group("", "县严厉打击非法违法采矿领导小组", OFFICE)]
    return found + [group_of(township) for township in world.townships]


def group_of(township: Township) -> Group:
    """A township's group."""
    what = "领导小组" if township.short in ("101", "104", "200") else "严厉打击非法违法采矿领导小组"
    return Group(township.short, township.name + what, township.government)


def row(group: Group, meeting: Meeting, now: date) -> Row:
    """The meeting as the group has it by then; one group writes its counts in words."""
    closed = sum(day <= now for day in meeting.closed)
    is_in_words = group.short == "104"
    return (
        group.name,
        meeting.day if group.short != "201" else f"{meeting.day:%Y.%m.%d}",
        meeting.kind,
        f"{numeral(meeting.decisions)}项" if is_in_words else meeting.decisions,
        f"{numeral(closed)}项" if is_in_words else closed,
        meeting.minutes or None,
    )


def write_meetings(desk: Desk, end: date) -> None:
    """The lists of a month: of groups that have met, told of a meeting or done something decided."""
    since = max(BEGUN, listed_from(end))
    for order, group in enumerate(groups(desk.world)):
        all_meetings = [
            meeting
            for quarter in quarters(since, end)
            for meeting in group.meetings(desk.world, quarter)
        ]
        known = sorted((m for m in all_meetings if m.told <= end), key=lambda m: m.day)
        month = end.replace(day=1)
        is_new = any(
            month <= day <= end for meeting in known for day in (meeting.told, *meeting.closed)
        )
        note_duties(desk, group, end)
        if not is_new:
            continue
        rows = [row(group, meeting, end) for meeting in known]
        kind = {"102": "xls", "105": "csv"}.get(group.short, "xlsx")
        look = Look(f"{group.name}联席会议台账", kind, foot="填表人：资源专干")
        name = f"{group.name}联席会议台账{end:%Y%m}"
        desk.send("meetings", name, HEADERS, rows, at(end, 14, 10 + order), group.sender, look)


def note_duties(desk: Desk, group: Group, end: date) -> None:
    """What happened to the quarters up to this one."""
    for quarter in quarters(max(BEGUN, listed_from(end)), end):
        fate = group.fate(desk.world, quarter)
        if fate == "held":
            continue
        told = {}
        if fate != "missed":
            meeting = group.meetings(desk.world, quarter)[0]
            told = {"day": meeting.day, "told": meeting.told}
        subject = f"{quarter:%Y}Q{quarter_start(quarter).month // 3 + 1}"
        desk.note_duty("meeting", group.name, subject, fate, **told)
