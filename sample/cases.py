"""Cases: what is filed after a discovery, and what becomes of it, in time or not.

Some go their way in the time the law allows; some are decided late, lie for months, are paused for an
appraisal, are or should have been handed to the police. Parties are companies or 个人, never names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from sample.clues import ClueBook
from sample.episodes import end_of, half_year
from sample.invented import credit_code
from sample.lists import at
from sample.world import BUREAU, DAY, Episode, Place, World

WATER, POLICE = "县水利局", "县公安局"
TYPES = {
    "reopened_shaft": "关闭/废弃矿井盗采",
    "open_pit": "无证开采",
    "river_sand": "河道非法采砂",
    "beyond_licence": "越界开采",
    "farm_cover": "以工程/治理/养殖等名义采矿",
    "project_cover": "以工程/治理/养殖等名义采矿",
    "suspended_load": "无证开采",
    "tip_off": "私挖滥采",
    "repeat_clues": "盗采",
    "camera_off": "无证开采",
    "other_mineral": "不按批准矿种开采",
}
SOURCES = {
    "patrol": "日常巡查",
    "clue": "群众举报",
    "video": "视频监控",
    "power": "用电监测",
    "check": "督察检查",
    "superior": "上级交办",
}
# Yuan a tonne.
PRICES = {"煤": 620, "建筑用砂": 55, "石灰岩": 45, "铝土矿": 310, "铁矿": 520, "耐火粘土": 90}
ORDINARY = (
    ("非法收购运输销售矿产品", "部门移送", POLICE),
    ("违规生产", "日常巡查", "县应急局"),
    ("涉电违法", "用电监测", "县发改局(能源局)"),
)
ORDINARY_EACH_HALF = 3
# What becomes of the cases of a half year: these first, in any order, then the others.
FIRST_PATHS = ("full", "late_decision", "stuck", "not_transferred", "transferred", "full")
MORE_PATHS = (
    *("full", "full", "full", "paused", "paused", "extended", "refused"),
    *("late_decision", "stuck", "not_transferred"),
)
MUST_TRANSFER_YUAN = 100_000


@dataclass(frozen=True)
class Step:
    """One step of a case."""

    state: str
    at: datetime
    ended: datetime | None = None
    due: date | None = None
    document: str = ""
    amount: int | None = None
    counterpart: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Case:
    """A case as the register will have it in the end, and its steps."""

    cause: str | None
    path: str
    type_name: str
    place: Place
    source: str
    discovered: date
    unit: str
    is_enterprise: bool
    mineral: str
    tonnes: int
    act_date: date
    clue_id: str = ""
    meter_id: str = ""
    steps: tuple[Step, ...] = field(default=(), repr=False)
    is_major: bool = False
    has_serious_consequence: bool = False
    supervision: str = ""
    level: str = ""
    area: str = ""
    credit_code: str = ""
    id: str = ""

    @property
    def value(self) -> int:
        """涉案价值 in yuan."""
        return self.tonnes * PRICES[self.mineral]

    @property
    def register(self) -> str:
        """Who keeps the register it stands in."""
        return self.unit if self.unit in (WATER, POLICE) else BUREAU

    def done(self, state: str) -> datetime | None:
        """When that step was taken."""
        return next((step.at for step in self.steps if step.state == state), None)


class Course:
    """Builds the steps of one case one after the other."""

    def __init__(self, case: Case, rng: Random) -> None:
        self.case, self.rng = case, rng
        self.day, self.steps = case.discovered, list[Step]()
        self.short = {WATER: "水", POLICE: "公"}.get(case.unit, "自然资")

    def after(self, least: int, most: int) -> date:
        """So many days later, never on a weekend."""
        self.day += self.rng.randint(least, most) * DAY
        while self.day.weekday() >= 5:
            self.day += DAY
        return self.day

    def step(self, state: str, least: int, most: int, **more: object) -> Step:
        """The next step."""
        moment = at(self.after(least, most), self.rng.randint(9, 17), self.rng.randrange(0, 60, 5))
        if self.steps:
            moment = max(moment, self.steps[-1].at + timedelta(minutes=20))
        step = replace(Step(state, moment), **more)
        self.steps.append(step)
        return step

    def number(self, kind: str) -> str:
        """A document's number."""
        return f"云{self.short}{kind}〔{self.day.year}〕{self.rng.randint(1, 99)}号"

    def until_filed(self) -> date:
        """From the clue to the filing."""
        moment = at(self.case.discovered, 8, self.rng.randrange(60))
        self.steps.append(Step("线索登记", moment))
        self.step("线索转办", 0, 1)
        self.step("线索核查", 0, 1)
        self.step("责令停止违法行为", 0, 0, document=self.number("责停"))
        self.step("立案", 2, 9, document=self.number("立"))
        return self.day

    def pause(self) -> None:
        """An appraisal, which stops the clock."""
        days = timedelta(days=self.rng.randint(20, 34))
        begun = self.step("鉴定", 1, 6, counterpart="价格认证中心")
        self.steps[-1] = replace(begun, ended=begun.at + days)
        self.day += days

    def to_the_police(self, is_taken: bool) -> None:
        """Approved, handed over, and taken up or not; the administrative case waits for it."""
        day = self.day
        self.step("移送公安审批", 2, 5)
        self.step("已移送公安", 1, 1, counterpart=POLICE, document=self.number("移"))
        state = "公安立案" if is_taken else "公安不予立案"
        self.step(state, 1, 4, counterpart=POLICE)
        self.day = day

    def decide(self, filed: date) -> None:
        """Reviewed, notified, decided as late as the path says, served, carried out, closed, shown."""
        rng, path = self.rng, self.case.path
        self.step("审理", 8, 20)
        self.step("处罚告知", 1, 4, document=self.number("告"))
        if rng.random() < 0.25:
            heard = self.step("听证", 7, 9)
            self.steps[-1] = replace(heard, ended=heard.at + timedelta(days=rng.randint(2, 5)))
            self.day += 5 * DAY
        if path == "late_decision":
            self.day = max(self.day, filed + 93 * DAY)
        if path == "extended":
            self.day = max(self.day, filed + 80 * DAY)
            self.step("延期批准", 1, 5, due=filed + 120 * DAY)
            self.day = max(self.day, filed + 98 * DAY)
        fine = max(20_000, round(self.case.value * rng.uniform(0.3, 0.5), -3))
        self.step("作出处罚决定", 6, 14, document=self.number("罚"), amount=int(fine))
        self.step("送达", 1, 8, document=self.number("送"))
        self.step("执行", 3, 22, amount=int(fine) if rng.random() < 0.85 else int(fine // 2))
        self.step("结案", 2, 12)
        if rng.random() < 0.75:
            self.step("公示", 1, 14, remark="县政府网站")


def finished(case: Case, rng: Random) -> Case:
    """The case with its steps."""
    course = Course(case, rng)
    filed = course.until_filed()
    course.step("调查取证", 0, 3)
    if case.path == "paused":
        course.pause()
    if case.path in ("transferred", "refused"):
        course.to_the_police(case.path == "transferred")
    if case.path != "stuck":
        course.decide(filed)
    steps = sorted(course.steps, key=lambda step: step.at)
    if case.supervision:
        due = case.discovered + 60 * DAY
        moment = at(case.discovered + 12 * DAY, 10)
        steps.append(Step("挂牌督办", moment, due=due, counterpart="市自然资源局"))
    if case.has_serious_consequence:
        moment = at(case.discovered + 25 * DAY, 11)
        steps.append(Step("移送纪检监察", moment, counterpart="县纪委监委"))
    return replace(case, steps=tuple(sorted(steps, key=lambda step: step.at)))


def tonnes_of(path: str, mineral: str, rng: Random) -> int:
    """So much that what ought to be handed over is worth it, and the rest less."""
    most = MUST_TRANSFER_YUAN / PRICES[mineral]
    if path in ("transferred", "refused", "not_transferred"):
        return round(most * rng.uniform(1.2, 6))
    return round(most * rng.uniform(0.1, 0.9))


def cases_of_episodes(world: World, book: ClueBook, start: date) -> list[Case]:
    """What was filed about the episodes of a half year."""
    filed = [
        episode
        for episode in world.episodes
        if half_year(episode.first) == start and episode.discovery and episode.discovery.is_filed
    ]
    rng = world.rng("paths", start)
    paths = rng.sample(FIRST_PATHS, len(FIRST_PATHS)) + rng.sample(MORE_PATHS, len(MORE_PATHS))
    return [
        case_of_episode(world, book, episode, paths[order % len(paths)])
        for order, episode in enumerate(filed)
    ]


def case_of_episode(world: World, book: ClueBook, episode: Episode, path: str) -> Case:
    """What was filed about an episode, and what became of it."""
    found = episode.discovery
    rng = world.rng("case", episode.id)
    clue = book.decisive(episode)
    mine = episode.place.site if episode.place.site and episode.place.site.licence else None
    type_name = TYPES[episode.kind]
    if mine and mine.licence_to < found.day and episode.kind == "beyond_licence":
        type_name = "证照过期/注销/吊销仍开采"
    is_supervised = rng.random() < 0.15
    is_enterprise = mine is not None or rng.random() < 0.3
    case = Case(
        cause=episode.id,
        path=path,
        type_name=type_name,
        place=episode.place,
        source=SOURCES[found.source],
        discovered=found.day,
        unit=WATER if episode.kind == "river_sand" else BUREAU,
        is_enterprise=is_enterprise,
        mineral=episode.mineral,
        tonnes=tonnes_of(path, episode.mineral, rng),
        act_date=episode.first,
        clue_id=clue.id if clue else "",
        meter_id=episode.meter.id if episode.meter and not mine else "",
        is_major=is_supervised or path in ("transferred", "not_transferred"),
        has_serious_consequence=rng.random() < 0.07,
        supervision="挂牌督办" if is_supervised else "",
        level="市级" if is_supervised else "",
        area="河道" if episode.kind == "river_sand" else rng.choice(("", "", "林地", "草原")),
        # The same enterprise has the same code, whenever it is caught.
        credit_code=credit_code(world.rng("credit", mine.id) if mine else rng)
        if is_enterprise
        else "",
    )
    return finished(case, rng)


def ordinary_cases(world: World, start: date) -> list[Case]:
    """Cases of a half year that have nothing to do with secret digging."""
    rng = world.rng("ordinary cases", start)
    found = []
    days = (end_of(start) - start).days
    for type_name, source, unit in rng.choices(ORDINARY, k=ORDINARY_EACH_HALF):
        township = rng.choice(world.townships)
        village = rng.choice([v for v in township.villages if not v.is_community])
        place = Place(f"{village.name}路口", township, village, village.point)
        mineral = rng.choice(("煤", "石灰岩"))
        discovered = start + rng.randrange(days) * DAY
        case = Case(
            cause=None,
            path=rng.choice(("full", "full", "late_decision")),
            type_name=type_name,
            place=place,
            source=source,
            discovered=discovered,
            unit=unit,
            is_enterprise=rng.random() < 0.5,
            mineral=mineral,
            tonnes=tonnes_of("full", mineral, rng),
            act_date=discovered,
        )
        found.append(finished(case, rng))
    return found


class CaseBook:
    """All cases, year by year, with their numbers."""

    def __init__(self, world: World, clues: ClueBook, starts: list[date]) -> None:
        self.cases: list[Case] = []
        for start in starts:
            self.cases += cases_of_episodes(world, clues, start)
            self.cases += ordinary_cases(world, start)
        self.cases.sort(key=lambda case: (case.discovered, case.place.name, case.type_name))
        self.cases = self.numbered()
        self.of_episode = {case.cause: case for case in self.cases if case.cause}
        self.in_list = lru_cache(maxsize=None)(self._in_list)

    def numbered(self) -> list[Case]:
        """Each register counts its cases of a year from one on."""
        counts: dict[tuple[str, int], int] = {}
        numbered = []
        for case in self.cases:
            key = (case.register, case.discovered.year)
            counts[key] = counts.get(key, 0) + 1
            short = {WATER: "SL", POLICE: "GA"}.get(case.register, "ZR")
            identifier = f"{short}AJ{case.discovered.year}{counts[key]:03}"
            numbered.append(replace(case, id=identifier))
        return numbered

    def _in_list(self, register: str, day: date) -> tuple[Case, ...]:
        """Cases known by that day: of this year, and of the half year before it if still open."""
        new_year = date(day.year, 1, 1)
        since = half_year(new_year - DAY)
        found = []
        for case in self.cases:
            if case.register != register or not since <= case.discovered <= day:
                continue
            closed = case.done("结案")
            if case.discovered >= new_year or closed is None or closed.date() >= new_year:
                found.append(case)
        return tuple(found)
