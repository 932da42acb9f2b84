"""`instructions`, `waivers` and `explanations`: what leaders order and excuse, and what units answer.

An order is carried out in time, late, or is still open; a duty is waived for a reason and by a position;
a question to a unit is answered, answered late, or never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sample.desk import (
    BEGUN,
    COUNTY_GOVERNMENT,
    ENERGY,
    OFFICE,
    POLICE,
    WATER,
    Desk,
    Look,
    drawn,
    listed_from,
)
from sample.lists import Row, at, known, minute, month_end, months
from sample.sponsors import sponsorships
from sample.world import BUREAU, DAY, World

HEADERS = ("交办编号", "交办日期", "承办单位", "事项", "期限", "办结日期", "点位编号", "案件编号")
MATTERS = (
    "核查{village}夜间有运煤车辆进出的反映",
    "对{village}废弃矿井封堵情况逐一核实",
    "督促{village}警示标识牌和监管责任牌补立到位",
    "研究解决{village}一带视频监控盲区",
    "对{village}群众重复举报事项调查并答复",
)
DONE = {"in_time": 0.62, "late": 0.18, "open": 0.2}

WAIVER_HEADERS = ("规则代码", "单位", "对象编号", "起", "止", "理由", "批准职务", "文号")
# Month → why a village's weekly patrol is waived then, for how many days.
CLOSED_ROADS = {
    1: ("大雪封山，道路结冰", 13),
    8: ("连续强降雨，进村道路冲毁", 13),
    12: ("大雪封山，道路结冰", 13),
}

QUESTION_HEADERS = (
    *("对象类型", "对象编号", "下发时间", "说明单位", "说明时间", "结论", "理由", "文号"),
)
ANSWERS = {
    "矛盾": (
        ("属实", "现场核实确有盗采痕迹，已责令停止并移交查处"),
        ("不属实", "经现场核实为秋收车辆，未见采挖痕迹"),
        ("部分属实", "有翻动痕迹，系村民取土，已制止"),
    ),
    "事件": (("不属实", "系道路施工机械，有施工许可"), ("已说明", "已列入本周巡查重点")),
    "义务": (("已说明", "当周道路结冰，次周已补巡"), ("已说明", "台账漏报，已补报")),
}
ANSWERED = {"in_time": 0.6, "late": 0.2, "never": 0.2}


# What leaders order


@dataclass(frozen=True)
class Order:
    """One order with the day on which it was carried out, if ever."""

    id: str
    issued: date
    unit: str
    matter: str
    due: date
    fate: str
    closed: date | None
    site_id: str = ""
    case_id: str = ""


def orders(desk: Desk, month: date) -> Iterator[Order]:
    """The orders of a month: about a case filed in it, about places where somebody said something."""
    world = desk.world
    rng = world.rng("orders", month)
    filed = [
        case
        for case in desk.cases.cases
        if (moment := case.done("立案")) and moment.date().replace(day=1) == month
    ]
    for number in range(1, rng.randint(2, 4) + 1):
        day = month + rng.randrange(26) * DAY
        township = rng.choice(world.townships)
        village = rng.choice([each for each in township.villages if not each.is_community])
        unit = rng.choice((township.government, township.government, BUREAU, WATER, ENERGY))
        matter, site_id, case_id = rng.choice(MATTERS).format(village=village.name), "", ""
        if number == 1 and filed:
            case = filed[0]
            day = case.done("立案").date()
            unit, case_id = case.unit, case.id
            matter = f"依法从快从严查处{case.place.village.name}案件，查清幕后经营者"
        elif sites := [site for site in world.sites_of(village) if site.is_active_on(day)]:
            site_id = sites[0].id
        due = day + rng.choice((7, 10, 15, 20)) * DAY
        fate = drawn(rng, DONE)
        span = (due - day).days
        closed = {
            "in_time": day + rng.randint(2, span) * DAY,
            "late": due + rng.randint(3, 20) * DAY,
            "open": None,
        }[fate]
        identifier = f"JB{month:%Y%m}{number:02}"
        yield Order(identifier, day, unit, matter, due, fate, closed, site_id, case_id)


def write_instructions(desk: Desk, end: date) -> None:
    """The year's orders as they stand at the end of the month."""
    rows: list[Row] = []
    for month in months(max(BEGUN, listed_from(end)), end):
        for each in sorted(orders(desk, month), key=lambda order: (order.issued, order.id)):
            closed = each.closed if each.closed and each.closed <= end else None
            rows.append(
                (
                    each.id,
                    each.issued,
                    each.unit,
                    each.matter,
                    each.due,
                    closed,
                    each.site_id or None,
                    each.case_id or None,
                )
            )
            if each.fate != "in_time":
                told = {"due": each.due, "closed": each.closed}
                desk.note_duty("instruction", each.unit, each.id, each.fate, **told)
    look = Look("县政府领导批示交办事项台账", unit="件", foot="填表人：资源专干")
    name = f"批示交办台账{end:%Y%m}"
    sender = COUNTY_GOVERNMENT
    desk.send("instructions", name, HEADERS, rows, at(end, 17, 30), sender, look)


# What they excuse


def waivers(world: World, month: date) -> list[Row]:
    """What was waived in that month."""
    rng = world.rng("waivers", month)
    found: list[Row] = []
    if month.month in CLOSED_ROADS:
        reason, days = CLOSED_ROADS[month.month]
        township = rng.choice(world.townships)
        village = rng.choice([each for each in township.villages if not each.is_community])
        begin = month + rng.randrange(7) * DAY
        begin -= begin.weekday() * DAY
        found.append(
            ("M03", township.name + village.full_name, village.code, begin, begin + days * DAY)
            + (reason, "分管副县长", f"云矿打办〔{begin.year}〕{rng.randint(1, 60)}号")
        )
    if month.month in (4, 10):
        site = rng.choice([each for each in world.sites if each.is_key and not each.licence])
        found.append(
            ("M04", site.township.government, site.id, month, month_end(month))
            + ("点位所在道路施工封闭，由县级无人机代巡", "分管副县长", "")
        )
    if month.month in (5, 11):
        sponsored = rng.choice([s for s in sponsorships(world) if s.level == "乡级" and not s.end])
        begin = month
        found.append(
            ("M02", sponsored.township.government, sponsored.id, begin, month_end(month))
            + ("参加省里集中培训", "县委副书记", f"云矿打办〔{begin.year}〕{rng.randint(61, 90)}号")
        )
    return found


def write_waivers(desk: Desk, end: date) -> None:
    """The year's waivers; written anew when there is one more."""
    if not waivers(desk.world, end.replace(day=1)):
        return
    since = max(BEGUN, listed_from(end))
    rows = [row for month in months(since, end) for row in waivers(desk.world, month)]
    look = Look("免责、延期事项审批台账", "xls", foot="填表人：资源专干")
    desk.send("waivers", f"免责延期台账{end:%Y%m}", WAIVER_HEADERS, rows, at(end, 9), OFFICE, look)


# What units explain


@dataclass(frozen=True)
class Question:
    """A question put to a unit, and its answer, if there is one."""

    kind: str
    object_id: str
    issued: datetime
    unit: str
    fate: str
    answered: datetime | None
    conclusion: str
    reason: str
    number: str


def questions(world: World, month: date) -> list[Question]:
    """What units were asked in that month; the numbers are those of the office's own list."""
    rng = world.rng("questions", month)
    found = []
    for number in range(1, rng.randint(4, 7) + 1):
        kind = rng.choice(("矛盾", "矛盾", "事件", "义务"))
        issued = at(month + rng.randrange(27) * DAY, rng.randint(9, 16), rng.randrange(60))
        unit = rng.choice([township.government for township in world.townships] + [BUREAU, POLICE])
        fate = drawn(rng, ANSWERED)
        answered = {
            "in_time": issued + timedelta(days=rng.uniform(0.5, 4.5)),
            "late": issued + timedelta(days=rng.uniform(15, 30)),
            "never": None,
        }[fate]
        conclusion, reason = rng.choice(ANSWERS[kind])
        document = f"〔{month.year}〕{rng.randint(1, 99)}号" if rng.random() < 0.4 else ""
        prefix = {"矛盾": "MD", "事件": "SJ", "义务": "YW"}[kind]
        identifier = f"{prefix}{month:%Y%m}{number:03}"
        found.append(
            Question(kind, identifier, issued, unit, fate, answered, conclusion, reason, document)
        )
    return sorted(found, key=lambda question: question.issued)


def write_explanations(desk: Desk, end: date) -> None:
    """The year's questions with the answers that have come by the end of the month."""
    now, rows = at(end, 18), []
    for month in months(max(BEGUN, listed_from(end)), end):
        for each in questions(desk.world, month):
            moment = known(each.answered, now)
            # A space has got into some numbers.
            shown = (
                f"{each.object_id[:8]} {each.object_id[8:]}"
                if each.kind == "义务"
                else each.object_id
            )
            rows.append(
                (
                    each.kind,
                    shown,
                    minute(each.issued),
                    each.unit,
                    minute(moment),
                    each.conclusion if moment else None,
                    each.reason if moment else None,
                    each.number if moment and each.number else None,
                )
            )
            if each.fate != "in_time":
                told = {"issued": each.issued, "answered": each.answered}
                desk.note_duty("explanation", each.unit, each.object_id, each.fate, **told)
    look = Look("核查说明台账", unit="条", foot="填表人：资源专干")
    blank = (2, "下发时间") if end.month == 11 else None
    name = f"核查说明台账{end:%Y%m}"
    desk.send("explanations", name, QUESTION_HEADERS, rows, now, OFFICE, look, blank)
