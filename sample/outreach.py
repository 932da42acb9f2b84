"""`publicity` and `rewards`: what the public is told and what whoever told the truth is paid.

Results of cases are made public in time, late, or not at all, once with a reason; rewards are paid in
full, in part, not yet, refused, or nobody thought of them. Who is paid stands nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sample.cases import Case
from sample.clues import Clue
from sample.desk import BEGUN, FINANCE, PUBLICITY, Desk, Fates, Look, listed_from
from sample.episodes import half_year
from sample.lists import Row, at, month_end, months, quarters
from sample.world import BUREAU, COUNTY, DAY

HEADERS = (
    *("编号", "发布日期", "类别", "形式", "媒体", "标题", "网址", "不予公开理由", "案件编号"),
    "发布单位",
)
SITE = "http://www.yunling.example"
CAMPAIGNS = (
    ("媒体", "云岭融媒", "严厉打击非法违法采矿，举报有奖"),
    ("宣传车", "", "送法进村：非法采矿的法律后果"),
    ("宣传单", "", "矿产资源法律法规宣传单发放"),
    ("网站", "县政府网站", "关于公布非法采矿举报渠道的公告"),
    ("通气会", "县级媒体", "专项行动阶段情况通报"),
    ("公众号", "云岭发布", "保护矿产资源，人人有责"),
)
# What happens to a closed case that its register does not say was made public.
UNPUBLISHED = {"never": 2, "late": 1, "reason": 1}
# And to the decision of one that its register says was: within days, late, or not before it was closed.
DECISION_SHOWN = {"in_time": 5, "late": 1, "never": 2}
REASON = "涉及尚未侦查终结的刑事案件，经审查暂不公开"

REWARD_HEADERS = (
    *("奖励编号", "线索编号", "认定日期", "核定金额(元)", "发放金额(元)", "发放日期"),
    "不予奖励原因",
)
PAID = {"full": 4, "late": 1, "partly": 1, "unpaid": 2, "refused": 1, "forgotten": 1}
REFUSALS = ("匿名举报，无法核实领奖人", "线索已由执法机关掌握")
AMOUNTS = (5_000, 8_000, 10_000, 20_000, 50_000)


# Publicity


def campaigns(desk: Desk, month: date) -> list[Row]:
    """A month's campaigns of the department, the bureau and some townships."""
    rng = desk.world.rng("campaigns", month)
    units = [PUBLICITY, *campaigners(desk)]
    found = []
    for number in range(1, rng.randint(4, 8) + 1):
        form, medium, title = rng.choice(CAMPAIGNS)
        day = month + rng.randrange(28) * DAY
        url = f"{SITE}/xw/{day:%Y%m%d}_{rng.randint(10, 99)}.html" if medium else None
        unit = rng.choice(units)
        identifier = f"XC{month:%Y%m}{number:02}"
        found.append((identifier, day, "宣传", form, medium or None, title, url, None, None, unit))
    return sorted(found, key=lambda row: (row[1], row[0]))


def note_silence(desk: Desk, since: date, end: date) -> None:
    """Who had no campaign in a whole quarter."""
    for quarter in quarters(since, end):
        last = month_end(quarter + timedelta(days=65))
        if last > end:
            continue
        shown = {row[-1] for month in months(quarter, last) for row in campaigns(desk, month)}
        for unit in campaigners(desk):
            if unit not in shown:
                desk.note_duty("campaign", unit, f"{quarter:%Y-%m}", "missed")


def campaigners(desk: Desk) -> list[str]:
    """Who has to campaign."""
    return [PUBLICITY, BUREAU, *(each.government for each in desk.world.townships)]


def shown_case(desk: Desk, case: Case, fate: str) -> Row:
    """What is published of a closed case, or why it is not."""
    closed, shown = case.done("结案"), case.done("公示")
    rng = desk.world.rng("published", case.id)
    day = {
        "in_time": shown.date() if shown else None,
        "late": closed.date() + rng.randint(40, 70) * DAY,
        "reason": closed.date() + rng.randint(3, 12) * DAY,
    }[fate]
    reason = REASON if fate == "reason" else None
    url = f"{SITE}/cf/{day:%Y%m}/{case.id}.html" if not reason else None
    title = f"{case.place.village.name}{case.type_name}案行政处罚结果公示"
    head = (f"GS{case.id}", day, "案件公示", "网站", "县政府网站", title)
    return (*head, url, reason, case.id, case.unit)


def closed_cases(desk: Desk, since: date, end: date) -> list[tuple[Case, str]]:
    """Cases closed in that time with what becomes of their publication."""
    closed = sorted(
        (moment.date(), case.id, case)
        for case in desk.cases.cases
        if (moment := case.done("结案")) and half_year(since) <= moment.date() <= end
    )
    fates = Fates(desk.world, "published", UNPUBLISHED)
    found = []
    for day, _, case in closed:
        fate = "in_time"
        if case.done("公示") is None:
            fate = fates.next(day)
        if day >= since:
            found.append((case, fate))
    return found


def decisions(desk: Desk, since: date, end: date) -> list[Row]:
    """Decisions of that time that were shown by the end of it, of cases whose results are shown as well."""
    decided = sorted(
        (moment.date(), case.id, case)
        for case in desk.cases.cases
        if case.done("公示")
        and (moment := case.done("作出处罚决定"))
        and half_year(since) <= moment.date() <= end
    )
    fates = Fates(desk.world, "decisions shown", DECISION_SHOWN)
    found: list[Row] = []
    for day, _, case in decided:
        rng = desk.world.rng("decision shown", case.id)
        fate = fates.next(day)
        if day < since:
            continue
        shown = day + (rng.randint(2, 6) if fate == "in_time" else rng.randint(18, 26)) * DAY
        if fate != "in_time":
            told = {"decided": day, "day": shown if fate == "late" else None}
            desk.note_duty("decision_result", case.unit, case.id, fate, **told)
        if fate == "never" or shown > end:
            continue
        title = f"{case.place.village.name}{case.type_name}案行政处罚决定书"
        head = (f"CF{case.id}", shown, "案件公示", "网站", "信用中国", title)
        url = f"{SITE}/xzcf/{shown:%Y%m}/{case.id}.html"
        found.append((*head, url, None, case.id, case.unit))
    return found


def typical(desk: Desk, month: date) -> list[Row]:
    """Typical cases exposed in that month: some that were decided in the half year before."""
    rng = desk.world.rng("typical", month)
    found = []
    recent = [
        case
        for case in desk.cases.cases
        if (moment := case.done("作出处罚决定"))
        and month - timedelta(days=120) <= moment.date() < month
    ]
    if not recent or rng.random() < 0.4:
        return found
    for number, case in enumerate(rng.sample(recent, min(2, len(recent))), start=1):
        day = month + rng.randrange(28) * DAY
        form, medium = rng.choice(
            (("新闻发布会", "县级媒体"), ("媒体", "云岭融媒"), ("网站", "县政府网站"))
        )
        title = f"{COUNTY}通报非法采矿典型案例：{case.place.township.name}{case.type_name}案"
        identifier = f"DX{month:%Y%m}{number:02}"
        found.append(
            (identifier, day, "典型案件曝光", form, medium, title, None, None, case.id, PUBLICITY)
        )
    return found


def write_publicity(desk: Desk, end: date) -> None:
    """The department's list of the year, and the bureau's of the cases it made public."""
    since = max(BEGUN, listed_from(end))
    rows = []
    for month in months(since, end):
        rows += campaigns(desk, month) + typical(desk, month)
    note_silence(desk, since, end)
    look = Look("宣传曝光工作台账", unit="条", foot="填表人：资源专干")
    blank = (4, "类别") if end.month == 11 else None
    name = f"宣传曝光台账{end:%Y%m}"
    desk.send("publicity", name, HEADERS, rows, at(end, 16, 20), PUBLICITY, look, blank)
    results = decisions(desk, listed_from(end), end)
    for case, fate in closed_cases(desk, listed_from(end), end):
        row = shown_case(desk, case, fate) if fate != "never" else None
        if fate != "in_time":
            told = {"closed": case.done("结案").date(), "day": row[1] if row else None}
            desk.note_duty("case_result", case.unit, case.id, fate, **told)
        if row and row[1] <= end:
            results.append(row)
    results.sort(key=lambda row: (row[1], row[0]))
    name = f"案件公示台账{end:%Y%m}"
    desk.send("publicity", name, HEADERS, results, at(end, 17, 15), BUREAU, Look("", "csv"))


# Rewards


@dataclass(frozen=True)
class Reward:
    """A reward for a clue that proved true; what is not yet known by some day is not in the list then."""

    clue: Clue
    fate: str
    recognised: date
    approved: int
    paid: int
    paid_day: date | None
    reason: str
    # The clerk has read the clue's number off without its last digit.
    is_number_short: bool


def proved(desk: Desk, since: date, end: date) -> list[tuple[Clue, str]]:
    """Clues of that time that have proved true, with what becomes of their rewards."""
    fates = Fates(desk.world, "rewards", PAID)
    found = []
    for month in months(half_year(since), end):
        for clue in desk.clues.of(month):
            if clue.result in ("属实", "部分属实") and clue.verified_at:
                fate = fates.next(month)
                if month >= since:
                    found.append((clue, fate))
    return found


def reward(desk: Desk, clue: Clue, fate: str) -> Reward | None:
    """The reward of a clue that proved true; None if nobody thought of one."""
    rng = desk.world.rng("reward", clue.id)
    recognised = clue.verified_at.date() + rng.randint(8, 28) * DAY
    approved = rng.choice(AMOUNTS)
    if clue.reporter == "匿名" and fate in ("full", "late"):
        fate = "refused"
    if fate == "forgotten":
        desk.note_duty("reward", BUREAU, clue.id, fate, verified=clue.verified_at)
        return None
    paid = {"full": approved, "late": approved, "partly": approved // 2}.get(fate, 0)
    days = rng.randint(45, 60) if fate == "late" else rng.randint(12, 28)
    reason = rng.choice(REFUSALS) if fate == "refused" else ""
    if fate in ("late", "partly", "unpaid"):
        told = {"recognised": recognised, "approved": approved, "paid": paid}
        desk.note_duty("reward", FINANCE, clue.id, fate, **told)
    return Reward(
        clue,
        fate,
        recognised,
        0 if reason else approved,
        paid,
        recognised + days * DAY if paid else None,
        reason,
        rng.random() < 0.12,
    )


def write_rewards(desk: Desk, end: date) -> None:
    """The bureau's list of what was recognised and, in quarters, what was paid."""
    rows: list[Row] = []
    for clue, fate in proved(desk, listed_from(end), end):
        found = reward(desk, clue, fate) if clue.verified_at.date() <= end else None
        if found is None or found.recognised > end:
            continue
        is_paid = found.paid_day is not None and found.paid_day <= end
        rows.append(
            (
                f"JL{clue.id}",
                clue.id[:-1] if found.is_number_short else clue.id,
                found.recognised,
                written_amount(found.approved),
                found.paid if is_paid else None,
                found.paid_day if is_paid else None,
                found.reason or None,
            )
        )
    look = Look("举报奖励发放台账", unit="笔", foot="填表人：资源专干")
    now = at(end, 17, 5)
    blank = (0, "核定金额(元)") if end.month == 11 else None
    name = f"举报奖励台账{end:%Y%m}"
    desk.send("rewards", name, REWARD_HEADERS, rows, now, BUREAU, look, blank)


def written_amount(yuan: int) -> str | int:
    """The amount; round ones in 万元."""
    return f"{yuan // 10_000}万元" if yuan and yuan % 10_000 == 0 else yuan
