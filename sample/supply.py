"""`grid_applications` and `watchlist`: who asks for supply, and whom the power company is asked to watch.

Every application is a row that fills up step by step; with a letter of commitment, with one ticked but
not dated, or without. The watched come from several agencies; the company answers in its own list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample.desk import BEGUN, MARKET, SAFETY, Desk, Look, drawn, listed_from
from sample.invented import credit_code
from sample.lists import Row, at, listed_since, months
from sample.world import BUREAU, DAY, POWER_COMPANY, Meter, World

HEADERS = (
    *("申请编号", "户号", "申请类型", "受理日期", "申请容量(kVA)", "设计审查日期", "中间检查日期"),
    *("竣工验收日期", "承诺书", "承诺书日期", "审核结果", "办结日期", "点位编号"),
)
KINDS = {"新装": 0.45, "增容": 0.25, "迁移": 0.1, "报停": 0.1, "恢复": 0.1}
CAPACITIES = (50, 80, 100, 160, 200, 315)
COMMITTED = {"yes": 0.62, "late": 0.1, "no_date": 0.1, "no": 0.18}
# Whom the notice means: those who produce something, and farms.
PRODUCERS = ("factory", "farm", "cover_farm", "suspended", "project", "abandoned", "mine", "pump")

WATCH_HEADERS = (
    *("名单编号", "企业名称", "统一社会信用代码", "户号", "提交单位", "提交日期", "监测反馈日期"),
    "反馈结果",
)
ANSWERED = {"in_time": 0.6, "late": 0.2, "never": 0.2}
QUIET = ("监测期内用电平稳", "未见异常", "负荷为零，未用电")
LOUD = "夜间用电负荷偏高，已列入重点监测"


@dataclass(frozen=True)
class Application:
    """One application; a step's day is None if it is not needed or never comes."""

    kind: str
    meter: Meter | None
    accepted: date
    capacity: int
    committed: str
    reviewed: date | None
    inspected: date | None
    finished: date | None
    closed: date | None
    is_refused: bool
    site_id: str

    @property
    def committed_day(self) -> date | None:
        """When the letter of commitment was signed: with the application, or a week later."""
        if self.committed not in ("yes", "late"):
            return None
        return self.accepted + (7 * DAY if self.committed == "late" else 0 * DAY)

    def row(self, identifier: str, day: date) -> Row:
        """The application as it stands on that day."""

        def by(moment: date | None) -> str:
            return moment.isoformat() if moment and moment <= day else ""

        late = by(self.committed_day)
        is_closed = self.closed is not None and self.closed <= day
        result = ("不通过" if self.is_refused else "通过") if is_closed else "审核中"
        return (
            identifier,
            self.meter.id if self.meter and self.kind != "新装" else "",
            self.kind,
            f"{self.accepted:%Y%m%d}",
            self.capacity,
            by(self.reviewed),
            by(self.inspected),
            by(self.finished),
            "无" if self.committed == "no" or (self.committed == "late" and not late) else "有",
            by(self.committed_day),
            result,
            by(self.closed),
            self.site_id,
        )


def application(meter: Meter | None, kind: str, day: date, rng: Random) -> Application:
    """An application with its course; new and more supply is built first, the rest is switched."""
    is_built = kind in ("新装", "增容", "迁移")
    reviewed = day + rng.randint(3, 7) * DAY
    inspected = reviewed + rng.randint(7, 20) * DAY
    finished = inspected + rng.randint(5, 15) * DAY
    closed = finished + rng.randint(1, 4) * DAY if is_built else day + rng.randint(1, 6) * DAY
    committed = drawn(rng, COMMITTED)
    is_refused = committed == "no" and rng.random() < 0.3
    # Of some, the site stands beside it: somebody wants power where no licence is.
    site = meter.site if meter and meter.site and not meter.site.licence else None
    return Application(
        kind,
        meter,
        day,
        rng.choice(CAPACITIES),
        committed,
        reviewed if is_built else None,
        inspected if is_built and not is_refused else None,
        finished if is_built and not is_refused else None,
        closed if rng.random() < 0.9 else None,
        is_refused,
        site.id if site else "",
    )


def applications(world: World, month: date) -> list[Application]:
    """The applications of a month: of those who stop and begin again in good faith, and by chance."""
    found = []
    for decoy in world.decoys:
        if decoy.kind == "honest_pause":
            rng = world.rng("pause", decoy.id)
            steps = (("报停", decoy.first - 3 * DAY), ("恢复", decoy.last - 2 * DAY))
            for kind, day in steps:
                if day.replace(day=1) == month:
                    one = application(decoy.meters[0], kind, day, rng)
                    found.append(one)
    rng = world.rng("applications", month)
    producers = [meter for meter in world.meters if meter.kind in PRODUCERS] or [None]
    for _ in range(rng.randint(4, 7)):
        meter = rng.choice(producers)
        kind = drawn(rng, KINDS) if meter else "新装"
        found.append(application(meter, kind, month + rng.randrange(28) * DAY, rng))
    return sorted(
        found, key=lambda one: (one.accepted, one.kind, one.meter.id if one.meter else "")
    )


def write_applications(desk: Desk, end: date) -> None:
    """The quarter's applications as the company's system has them at the end of the month."""
    rows = []
    for month in months(max(BEGUN, listed_since(end)), end):
        for number, one in enumerate(applications(desk.world, month), start=1):
            identifier = f"00{month:%Y%m}{number:04}"
            rows.append(one.row(identifier, end))
            if one.committed != "yes":
                outcomes = {"no": "no_commitment", "no_date": "commitment_not_dated"}
                outcome = outcomes.get(one.committed, "commitment_late")
                desk.note_duty("commitment", POWER_COMPANY, identifier, outcome, day=one.accepted)
    look = Look("", "csv", unit="户")
    blank = (2, "受理日期") if end.month == 10 else None
    name, now = f"用电申请_{end:%Y%m%d}", at(end, 18, 40)
    desk.send("grid_applications", name, HEADERS, rows, now, POWER_COMPANY, look, blank)


# Whom to watch


@dataclass(frozen=True)
class Watch:
    """One entry with what the company says of it, if anything."""

    name: str
    credit_code: str
    meter_id: str
    submitter: str
    submitted: date
    fate: str
    answered: date | None
    answer: str


def watches(world: World, month: date) -> list[Watch]:
    """The entries of a month."""
    rng = world.rng("watches", month)
    suited = [
        meter
        for meter in world.meters
        if meter.kind in ("suspended", "abandoned", "cover_farm", "closed", "factory")
    ]
    found = []
    for _ in range(rng.randint(2, 3)):
        day = month + rng.randint(2, 24) * DAY
        submitter = rng.choice((BUREAU, BUREAU, SAFETY, MARKET, world.townships[0].government))
        meter = rng.choice(suited) if suited else None
        name = meter.name if meter else rng.choice([s for s in world.sites if s.licence]).enterprise
        code = credit_code(world.rng("watched", name))
        fate = drawn(rng, ANSWERED)
        days = rng.randint(4, 14) if fate == "in_time" else rng.randint(30, 55)
        answered = day + days * DAY if fate != "never" else None
        until = answered or day
        is_dug = meter is not None and any(
            episode.meter == meter and episode.first <= until and day <= episode.last
            for episode in world.episodes
        )
        quiet = rng.choice(QUIET)
        found.append(
            Watch(
                name,
                code if rng.random() < 0.7 else "",
                meter.id if meter and rng.random() < 0.7 else "",
                submitter,
                day,
                fate,
                answered,
                LOUD if is_dug else quiet,
            )
        )
    return sorted(found, key=lambda watch: (watch.submitted, watch.name))


def write_watchlist(desk: Desk, end: date) -> None:
    """The month's new entries from the agencies, then the company's list with its answers."""
    new: dict[str, list[Row]] = {}
    whole: list[Row] = []
    for month in months(max(BEGUN, listed_from(end)), end):
        for number, one in enumerate(watches(desk.world, month), start=1):
            identifier = f"MD{month:%Y%m}{number:02}"
            is_answered = one.answered is not None and one.answered <= end
            head = (
                identifier,
                one.name,
                one.credit_code or None,
                one.meter_id or None,
                one.submitter,
            )
            if month == end.replace(day=1):
                new.setdefault(one.submitter, []).append((*head, one.submitted, None, None))
            answered = f"{one.answered}" if is_answered else None
            answer = one.answer if is_answered else None
            whole.append((*head, f"{one.submitted}", answered, answer))
            if one.fate != "in_time":
                told = {"submitted": one.submitted, "answered": one.answered}
                desk.note_duty("watch_feedback", POWER_COMPANY, identifier, one.fate, **told)
    for submitter, rows in sorted(new.items()):
        look = Look("问题企业名单", foot="填表人：执法队员08")
        name, now = f"{submitter}问题企业名单{end:%Y%m}", at(end - timedelta(days=2), 10)
        desk.send("watchlist", name, WATCH_HEADERS, rows, now, submitter, look)
    look = Look("", "csv")
    blank = (1, "企业名称") if end.month == 11 else None
    name = f"问题企业监测反馈_{end:%Y%m%d}"
    now = at(end, 19)
    desk.send("watchlist", name, WATCH_HEADERS, whole, now, POWER_COMPANY, look, blank)
