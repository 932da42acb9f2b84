"""`transfers`: clues, cases, enterprises and matters of officials that agencies hand to each other.

The bureau, the police and the power company keep lists of their own, the office one of the others'; the
police send theirs back with what they have signed for and answered. Some transfers are signed for days
later, some never, some get no answer. What concerns officials goes its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from sample.desk import (
    BEGUN,
    DISCIPLINE,
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
)
from sample.lists import Row, at, known, minute, months, office_hours
from sample.world import BUREAU, DAY, POWER_COMPANY

HEADERS = (
    *("移送编号", "移送类型", "移出单位", "接收单位", "移送时间", "签收时间", "反馈时间", "结果"),
    *("环节", "案件编号", "线索编号"),
)
# From, to, link of the chain, how often.
ROUTES = (
    (WATER, BUREAU, "开采"),
    (ENVIRONMENT, BUREAU, "储存"),
    (FORESTRY, BUREAU, "开采"),
    (SAFETY, POLICE, "开采"),
    (POLICE, BUREAU, "运输"),
    (BUREAU, MARKET, "销售"),
    (BUREAU, ENVIRONMENT, "储存"),
    (BUREAU, WATER, "开采"),
)
AGENCIES = (ENVIRONMENT, FORESTRY, SAFETY, WATER)
SIGNED = {"soon": 0.76, "late": 0.14, "never": 0.10}
ANSWERED = {"soon": 0.66, "late": 0.16, "never": 0.18}
RESULTS = ("已核查，未发现违法行为", "已核查，责令整改", "已立案调查", "属实，已处置", "不属实")
OFFICIALS_RESULTS = ("已函询了解", "已批评教育", "已立案审查")
# A list of other agencies' that comes after the month's figures were counted.
LATE_MONTH = date(2022, 11, 1)


@dataclass(frozen=True)
class Transfer:
    """One transfer with all that becomes of it in time."""

    kind: str
    sender: str
    receiver: str
    moment: datetime
    signed: datetime | None
    answered: datetime | None
    result: str
    link: str = ""
    case_id: str = ""
    clue_id: str = ""
    fate: tuple[str, str] = ("soon", "soon")
    id: str = ""


def handled(transfer: Transfer, rng: Random) -> Transfer:
    """The transfer signed for and answered, soon, late or never."""
    signing, answering = drawn(rng, SIGNED), drawn(rng, ANSWERED)
    days = rng.uniform(0.05, 1.2) if signing == "soon" else rng.uniform(8, 13)
    signed = office_hours(transfer.moment + timedelta(days=days)) if signing != "never" else None
    if signed is None and answering == "soon":
        answering = "never"  # whoever has not signed does not answer soon
    days = rng.uniform(3, 13) if answering == "soon" else rng.uniform(35, 50)
    answered = office_hours(transfer.moment + timedelta(days=days))
    return replace(
        transfer,
        signed=signed,
        answered=max(answered, signed + timedelta(hours=5) if signed else answered)
        if answering != "never"
        else None,
        fate=(signing, answering),
    )


def of_cases(desk: Desk, month: date) -> list[Transfer]:
    """Cases handed to the police in that month, and matters of officials found in cases."""
    found = []
    for case in desk.cases.cases:
        rng = desk.world.rng("transfer", case.id)
        moment = case.done("已移送公安")
        if moment and moment.date().replace(day=1) == month:
            is_taken = case.done("公安立案") is not None
            answered = case.done("公安立案") or case.done("公安不予立案")
            signed = min(moment + timedelta(hours=rng.randint(1, 8)), answered)
            result = "已立案侦查" if is_taken else "不予立案，退回"
            one = Transfer("案件", case.unit, POLICE, moment, signed, answered, result, "开采")
            found.append(replace(one, case_id=case.id))
        moment = case.done("移送纪检监察")
        if moment and moment.date().replace(day=1) == month:
            signed = moment + timedelta(days=rng.uniform(0.3, 2))
            result = rng.choice(OFFICIALS_RESULTS)
            is_answered = rng.random() < 0.6
            answered = moment + timedelta(days=rng.uniform(30, 60)) if is_answered else None
            one = Transfer(
                "公职人员问题", BUREAU, DISCIPLINE, moment, signed, answered, result, "", case.id
            )
            found.append(one)
    return found


def of_clues(desk: Desk, month: date) -> list[Transfer]:
    """Clues that the police or another agency passed on to the bureau."""
    found = []
    for clue in desk.clues.of(month):
        is_police = clue.channel == "110" and clue.transferred_to == BUREAU
        if clue.transferred_at is None or not (is_police or clue.channel == "部门移送"):
            continue
        rng = desk.world.rng("transfer", clue.id)
        sender = POLICE if is_police else rng.choice(AGENCIES)
        result = clue.result or ""
        one = Transfer("线索", sender, BUREAU, clue.transferred_at, None, None, result, "开采")
        one = handled(replace(one, clue_id=clue.id), rng)
        found.append(answered_on(one, clue.answered_at))
    return found


def answered_on(one: Transfer, answered: datetime | None) -> Transfer:
    """The transfer answered when the clue's own list says so; nobody answers what he has not signed for."""
    signing, signed = one.fate[0], one.signed
    if answered and (signed is None or signed > answered):
        signing, signed = "soon", one.moment + (answered - one.moment) / 4
    is_late = answered is not None and answered - one.moment > timedelta(days=25)
    answering = "never" if answered is None else "late" if is_late else "soon"
    return replace(one, signed=signed, answered=answered, fate=(signing, answering))


def of_month(desk: Desk, month: date) -> list[Transfer]:
    """All transfers of a month, in order of time, with their numbers."""
    rng = desk.world.rng("transfers", month)
    found = of_cases(desk, month)
    if month >= BEGUN:
        found += of_clues(desk, month)
        for _ in range(rng.randint(2, 4)):
            sender, receiver, link = rng.choice(ROUTES)
            moment = at(month + rng.randrange(27) * DAY, rng.randint(9, 17), rng.randrange(60))
            kind = "问题企业" if link in ("储存", "销售") and rng.random() < 0.5 else "线索"
            result = rng.choice(RESULTS)
            one = Transfer(kind, sender, receiver, moment, None, None, result, link)
            found.append(handled(one, rng))
        moment = at(month + rng.randrange(27) * DAY, 15)
        receiver = rng.choice((BUREAU, MARKET))
        one = Transfer(
            "问题企业", POWER_COMPANY, receiver, moment, None, None, "已列入监管", "储存"
        )
        found.append(handled(one, rng))
    found.sort(key=lambda one: (one.moment, one.sender, one.receiver))
    return [
        replace(one, id=f"YS{month:%Y%m}{number:03}") for number, one in enumerate(found, start=1)
    ]


def row(one: Transfer, now: datetime) -> Row:
    """The transfer as known at that time."""
    answered = known(one.answered, now)
    return (
        one.id,
        one.kind,
        one.sender,
        one.receiver,
        minute(one.moment),
        minute(known(one.signed, now)),
        minute(answered),
        one.result if answered else None,
        one.link or None,
        one.case_id or None,
        one.clue_id or None,
    )


def write_transfers(desk: Desk, end: date) -> None:
    """The year's transfers in all lists, the police's answers last."""
    month = end.replace(day=1)
    since = listed_from(end)
    found = [one for each in months(since, end) for one in of_month(desk, each)]
    for one in found:
        note_duty(desk, one)
    found = [one for one in found if one.moment <= at(end, 17)]
    about = [one for one in found if one.kind == "公职人员问题"]
    others = [one for one in found if one.kind != "公职人员问题"]
    sheets = (
        (BUREAU, [one for one in others if one.sender == BUREAU], "xlsx", at(end, 17)),
        (
            POWER_COMPANY,
            [one for one in others if one.sender == POWER_COMPANY],
            "csv",
            at(end, 17, 5),
        ),
        (OFFICE, [one for one in others if one.sender in AGENCIES], "xlsx", at(end, 17, 10)),
        (
            POLICE,
            [one for one in others if POLICE in (one.sender, one.receiver)],
            "xls",
            at(end, 18),
        ),
    )
    for sender, rows, kind, now in sheets:
        if sender == OFFICE and month == LATE_MONTH:
            now = at(end + 12 * DAY, 10)
            desk.note_duty("transfer_list", OFFICE, f"{month:%Y-%m}", "sent_late", received_at=now)
        look = Look(
            f"{sender.removesuffix('严厉打击非法违法采矿领导小组办公室')}移送台账",
            kind,
            unit="件" if kind == "xlsx" else "",
            foot="填表人：执法队员06",
        )
        name = f"{'各部门' if sender == OFFICE else sender}移送台账{end:%Y%m}"
        blank = (1, "移送时间") if sender == BUREAU and end.month == 10 else None
        shown = [row(one, at(end, 17)) for one in rows]
        desk.send("transfers", name, HEADERS, shown, now, sender, look, blank)
    look = Look("公职人员问题线索移送清单")
    name = f"问题线索移送清单{end:%Y%m}"
    shown = [row(one, at(end, 17)) for one in about]
    desk.send("transfers", name, HEADERS, shown, at(end, 17, 40), BUREAU, look)


def note_duty(desk: Desk, one: Transfer) -> None:
    """What was not signed for or answered, or late."""
    signing, answering = one.fate
    if signing == answering == "soon":
        return
    told = {"moment": one.moment, "signed": one.signed, "answered": one.answered}
    desk.note_duty(
        "transfer", one.receiver, one.id, f"signed {signing}, answered {answering}", **told
    )
