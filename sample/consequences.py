"""`credit_entries`, `accountability` and `commendations`: what cases bring to companies, officials and units.

A decided penalty is entered in a public credit system within days, weeks too late, or by nobody.
"""

from __future__ import annotations

from datetime import date, timedelta

from sample.cases import Case
from sample.desk import (
    BEGUN,
    DISCIPLINE,
    ENERGY,
    MARKET,
    OFFICE,
    POLICE,
    Desk,
    Fates,
    Look,
    listed_from,
)
from sample.episodes import half_year
from sample.lists import Row, at, quarter_start, quarters
from sample.world import BUREAU, DAY

CREDIT_HEADERS = ("案件编号", "平台", "录入日期")
ENTERED = {"in_time": 6, "late": 2, "never": 2}
ACCOUNT_HEADERS = ("编号", "移送或受理日期", "案件编号", "人数", "处理方式", "办结日期", "公开日期")
# Whether the duty of others is reviewed in a major case.
REVIEWED = {"in_time": 2, "late": 1, "never": 1}
ACTIONS = ("诫勉谈话", "通报批评", "批评教育", "党内警告", "政务警告")
HONOUR_HEADERS = ("编号", "日期", "单位", "对象类别", "金额(元)", "案件编号")
HONOURED = ("办案集体", "网格员", "执法队员", "一线巡查人员")


def decided(desk: Desk, since: date, end: date) -> list[tuple[Case, date]]:
    """Cases with a penalty decided in that time, by the day of it."""
    found = []
    for case in desk.cases.cases:
        moment = case.done("作出处罚决定")
        if moment and since <= moment.date() <= end:
            found.append((case, moment.date()))
    return sorted(found, key=lambda each: (each[1], each[0].id))


def write_credit(desk: Desk, end: date) -> None:
    """The year's entries: companies in the market bureau's list, persons in the other one."""
    companies: list[Row] = []
    persons: list[Row] = []
    since, fates = listed_from(end), Fates(desk.world, "credit entries", ENTERED)
    for case, day in decided(desk, half_year(since), end):
        rng = desk.world.rng("credit entry", case.id)
        fate = fates.next(day)
        if day < since:
            continue
        days = rng.randint(1, 8) if fate == "in_time" else rng.randint(42, 70)
        entered = day + days * DAY
        if fate != "in_time":
            unit = MARKET if case.is_enterprise else ENERGY
            told = {"decided": day} | ({"entered": entered} if fate == "late" else {})
            desk.note_duty("credit_entry", unit, case.id, fate, **told)
        if fate == "never" or entered > end:
            continue
        if case.is_enterprise:
            companies.append((case.id, "国家企业信用信息公示系统", entered))
        else:
            # The other bureau's clerk writes what the site is called.
            platform = rng.choice(("全国信用信息共享平台", "信用中国"))
            persons.append((case.id, platform, f"{entered:%Y/%m/%d}"))
    blank = (0, "录入日期") if end.month == 10 else None
    now, look = at(end, 15), Look("行政处罚信息录入台账", "csv")
    name = f"企业信用录入{end:%Y%m}"
    desk.send("credit_entries", name, CREDIT_HEADERS, companies, now, MARKET, look)
    look = Look("行政处罚信息归集台账", "xls", foot="填表人：执法队员11")
    name = f"信用平台录入{end:%Y%m}"
    desk.send("credit_entries", name, CREDIT_HEADERS, persons, now, ENERGY, look, blank)


def matters(desk: Desk, since: date) -> list[tuple[date, str, str]]:
    """What the discipline commission takes up from that day on: day, number, case.

    What cases brought to light, the duty of others in major cases (or nobody asks for it), and one
    matter a quarter that no case is about.
    """
    found = []
    fates = Fates(desk.world, "major cases reviewed", REVIEWED)
    for case in sorted(desk.cases.cases, key=lambda case: (case.steps[0].at, case.id)):
        moment, filed = case.done("移送纪检监察"), case.done("立案")
        if moment:
            found.append((moment.date() + DAY, f"ZZ{case.id}", case.id))
        elif case.is_major and filed and case.discovered >= half_year(since):
            fate = fates.next(case.discovered)
            rng = desk.world.rng("reviewed", case.id)
            days = rng.randint(6, 24) if fate == "in_time" else rng.randint(48, 70)
            day = filed.date() + days * DAY
            if fate != "in_time" and filed.date() >= since:
                told = {"filed": filed.date(), "day": day if fate == "late" else None}
                desk.note_duty("accountability", DISCIPLINE, case.id, fate, **told)
            if fate != "never":
                found.append((day, f"ZZ{case.id}", case.id))
    for quarter in quarters(max(BEGUN, since), since + timedelta(days=450)):
        rng = desk.world.rng("accountability", quarter)
        found.append((quarter + rng.randint(5, 80) * DAY, f"ZZ{quarter:%Y%m}", ""))
    return sorted(each for each in found if each[0] >= since)


def write_accountability(desk: Desk, end: date) -> None:
    """What the commission has received and decided; no names, no units."""
    rows: list[Row] = []
    for day, number, case_id in matters(desk, listed_from(end)):
        if day > end:
            continue
        rng = desk.world.rng("matter", number)
        # Some take longer than they should.
        closed = day + (rng.randint(30, 75) if rng.random() < 0.8 else rng.randint(110, 150)) * DAY
        published = closed + rng.randint(5, 30) * DAY if rng.random() < 0.5 else None
        is_closed = closed <= end
        rows.append(
            (
                number,
                day,
                case_id or None,
                rng.randint(1, 3) if is_closed else None,
                rng.choice(ACTIONS) if is_closed else None,
                closed if is_closed else None,
                published if published and published <= end else None,
            )
        )
    look = Look("责任追究情况台账", foot="填表人：资源专干")
    name = f"责任追究台账{end:%Y%m}"
    desk.send("accountability", name, ACCOUNT_HEADERS, rows, at(end, 17, 50), DISCIPLINE, look)


def write_commendations(desk: Desk, end: date) -> None:
    """What the office has handed out, some of it for a case that was closed; sent as it grows."""
    rows: list[Row] = []
    since = max(BEGUN, listed_from(end))
    for quarter in quarters(since, end):
        rng = desk.world.rng("commendations", quarter)
        closed = [
            case
            for case in desk.cases.cases
            if (moment := case.done("结案"))
            and quarter - timedelta(days=90) <= moment.date() < quarter
        ]
        for number in range(1, rng.randint(2, 3) + 1):
            day = quarter + rng.randint(8, 24) * DAY
            case = closed[number - 1] if number <= len(closed) else None
            unit = case.unit if case else rng.choice((BUREAU, POLICE, OFFICE))
            if not case:
                unit = rng.choice(desk.world.townships).government
            amount = rng.choice((2000, 3000, 5000, None))
            identifier = f"BZ{quarter_start(day):%Y%m}{number:02}"
            if day <= end:
                case_id = case.id if case else None
                rows.append((identifier, day, unit, rng.choice(HONOURED), amount, case_id))
    look = Look("表彰奖励情况台账", unit="个", foot="填表人：资源专干")
    name = f"表彰奖励台账{end:%Y%m}"
    desk.send("commendations", name, HONOUR_HEADERS, rows, at(end, 10, 50), OFFICE, look)
