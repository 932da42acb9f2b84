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
    Look,
    dealt,
    listed_from,
)
from sample.lists import Row, at, quarter_start, quarters
from sample.world import BUREAU, DAY

CREDIT_HEADERS = ("案件编号", "平台", "录入日期")
ENTERED = {"in_time": 6, "late": 2, "never": 2}
ACCOUNT_HEADERS = ("编号", "移送或受理日期", "案件编号", "人数", "处理方式", "办结日期", "公开日期")
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
    orders: dict[int, int] = {}
    for case, day in decided(desk, listed_from(end), end):
        rng = desk.world.rng("credit entry", case.id)
        orders[day.year] = order = orders.get(day.year, -1) + 1
        fate = dealt(desk.world.rng("credit entries", day.year), ENTERED, order)
        days = rng.randint(1, 8) if fate == "in_time" else rng.randint(20, 60)
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


def write_accountability(desk: Desk, end: date) -> None:
    """What the discipline commission has received and decided; no names, no units."""
    rows: list[Row] = []
    matters: list[tuple[date, str]] = []
    since = listed_from(end)
    for case in desk.cases.cases:
        moment = case.done("移送纪检监察")
        if moment and since <= moment.date() <= end:
            matters.append((moment.date() + DAY, case.id))
    for quarter in quarters(max(BEGUN, since), end):
        rng = desk.world.rng("accountability", quarter)
        matters.append((quarter + rng.randint(5, 80) * DAY, ""))
    for number, (day, case_id) in enumerate(sorted(matters), start=1):
        if day > end:
            continue
        rng = desk.world.rng("matter", day, case_id)
        closed = day + rng.randint(30, 75) * DAY
        published = closed + rng.randint(5, 30) * DAY if rng.random() < 0.5 else None
        is_closed = closed <= end
        rows.append(
            (
                f"ZZ{day.year}{number:03}",
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
