"""Who looked where in a week, and what the ledger says about it: nearly always nothing.

Rounds are drawn from the world first, village by village, then written in the township's own way. Two
draws of the same week agree, so that a form can repeat last week's word for word. A line about a place
where somebody digs says 无 all the same, unless it was the patrol that found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from random import Random

from sample.forms import Line
from sample.places import Point, distance_m, in_system, near
from sample.wording import SWAPPED, answer, written_point
from sample.world import DAY, Episode, Site, Village, World

FIRST_WEEK = date(2022, 6, 27)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Habit:
    """How one township keeps its ledgers.

    `layout`: a sheet for every village, all forms of the week below each other on one sheet, or one
    form for all villages. `points`: ways of writing coordinates, none among them.
    """

    layout: str = "stacked"
    kind: str = "xlsx"
    dates: str = "cn"
    answers: str = "words"
    places: str = "full"
    points: tuple[str | None, ...] = ("decimal", None)
    system: str = "WGS84"
    is_extended: bool = False
    has_prefix: bool = False
    own_files: tuple[str, ...] = ()
    names_level_monthly: bool = True


HABITS = {
    "100": Habit("sheet_per_village", answers="loose", points=("decimal", "wide_comma", None)),
    "101": Habit(
        dates="dot",
        points=("dms", "dms_latin", "dms", None),
        has_prefix=True,
        names_level_monthly=False,
    ),
    "102": Habit("one_form", points=("wide_comma", "list_comma", "decimal"), system="GCJ-02"),
    "103": Habit(kind="xls", dates="slash", points=("decimal", None, None), places="village"),
    "104": Habit(kind="docx", answers="boxes", dates="spaced", points=("dms_both", "words", None)),
    "105": Habit(
        "sheet_per_village", dates="iso", is_extended=True, system="BD-09", points=(None,)
    ),
    "200": Habit(
        dates="numerals",
        answers="ticks",
        points=("swapped", "full_width", "packed", None),
        names_level_monthly=False,
    ),
    "201": Habit(
        "sheet_per_village",
        dates="full_width",
        places="gully",
        points=("decimal", "dms"),
        own_files=("高峁村", "瓦窑坡村", "沟门前村"),
    ),
}
# This village has filled in one form, once, and copies it ever since.
COPYIST = "寨沟村"

OBSERVATIONS = (
    *("未见新鲜车辙", "无人员活动痕迹", "未见机械设备", "与上次相比无变化", "周边无堆料"),
    *("未发现新挖痕迹", "沿途未见拉运车辆", "走访群众无反映", "无夜间作业迹象", "道路无新开便道"),
)
OBSERVATIONS_AT = {
    "closed_shaft": ("洞口封堵完好", "覆土未被扰动", "围栏完好", "警示牌完好"),
    "dig_prone": ("沟口土堆完好", "便道已断", "警示牌完好"),
    "licensed_mine": ("界桩完好", "未见超界痕迹", "值守人员在岗"),
}
FOUND_WORDS = "发现挖掘作业，已责令停止并清场，移交自然资源局"
TIMES = ("上午", "下午", "傍晚", "清晨", "夜间")
WEEKDAYS = "一二三四五六日"


def week_name(monday: date) -> str:
    """10月第2周; a week belongs to the month of its Thursday."""
    month, number = week_number(monday)
    return f"{month}月第{number}周"


def week_number(monday: date) -> tuple[int, int]:
    """The week's month, and which week of it this is."""
    thursday = monday + timedelta(days=3)
    return thursday.month, (thursday.day - 1) // 7 + 1


def mondays(first: date, last: date) -> Iterator[date]:
    """The weeks that end within these days."""
    sunday = first + timedelta(days=6 - first.weekday())
    while sunday <= last:
        yield sunday - timedelta(days=6)
        sunday += WEEK


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the day's quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class Round:
    """What a village did in a week: the day its form carries, and its lines (none: a zero report)."""

    village: Village
    monday: date
    filled: date
    lines: tuple[Line, ...]
    zero_text: str | None = None
    copied_from: date | None = None


class Rounds:
    """Who looked where, in the words of each township."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.episodes_at: dict[str, list[Episode]] = {}
        for episode in world.episodes:
            key = episode.place.site.id if episode.place.site else episode.place.village.code
            self.episodes_at.setdefault(key, []).append(episode)
        self.sites = {
            village.code: world.sites_of(village)
            for township in world.townships
            for village in township.villages
        }

    def habit(self, village: Village) -> Habit:
        """The habit of the village's township."""
        return HABITS[village.township_code[-3:]]

    def secret(self, key: str, day: date) -> Episode | None:
        """What is dug on that day at a site, or in a village outside any site."""
        for episode in self.episodes_at.get(key, ()):
            if episode.covers(day):
                return episode
        return None

    def found_by_patrol(self, key: str, day: date) -> Episode | None:
        """What the patrol itself found out in the week before that day."""
        for episode in self.episodes_at.get(key, ()):
            found = episode.discovery
            if found and found.source == "patrol" and found.day <= day <= found.day + 6 * DAY:
                return episode
        return None

    def of(self, village: Village, monday: date) -> Round | None:
        """The village's round in that week; None if it did none or wrote nothing."""
        rng = self.world.rng("round", village.code, monday)
        if rng.random() < 0.05:
            return None
        # Mostly towards the end of the week, sometimes on the Monday after.
        filled = monday + timedelta(days=rng.choice((4, 4, 5, 6, 6, 6, 6, 6, 6, 7)))
        is_copied = village.name == COPYIST or rng.random() < 0.06
        places = [village.code, *(site.id for site in self.sites[village.code])]
        has_found = any(self.found_by_patrol(key, filled) for key in places)
        if is_copied and not has_found and monday > FIRST_WEEK:
            before = FIRST_WEEK if village.name == COPYIST else monday - WEEK
            source = self.of(village, before)
            # Nobody copies a finding.
            if source and {line.finding for line in source.lines} == {"no"}:
                # Word for word, only the day is another.
                lines = tuple(self.copied(line, village, filled) for line in source.lines)
                return Round(village, monday, filled, lines, copied_from=before)
        active = [site for site in self.sites[village.code] if site.is_active_on(monday)]
        lines = [self.line(site, filled, monday) for site in active if rng.random() < 0.97]
        if not active and rng.random() < 0.4 and not village.is_community:
            lines = [self.whole_village(village, filled, monday)]
        if episode := self.found_by_patrol(village.code, filled):
            lines.append(self.found_line(episode, filled))
        if rng.random() < 0.02 and not village.is_community:
            lines.append(self.unknown_place(village, filled, monday))
        zero_text = rng.choice(("零报告", "本周未发现", None, None, None)) if not lines else None
        return Round(village, monday, filled, tuple(lines), zero_text)

    def copied(self, line: Line, village: Village, day: date) -> Line:
        """An old line word for word under another day; whether it is still true is another question."""
        secret = self.secret(line.site_id or village.code, day)
        return replace(
            line, patrolled=day, cause=secret.id if secret else None, is_false=secret is not None
        )

    def line(self, site: Site, day: date, turn: date | str) -> Line:
        """One line about a site; `turn` tells one round from another."""
        habit = HABITS[site.township.short]
        rng = self.world.rng("line", site.id, turn)
        finding, disposition = "no", rng.choice(("无", "/", "", "已封堵", "无"))
        luck = rng.random()
        secret, found = self.secret(site.id, day), self.found_by_patrol(site.id, day)
        if found:
            finding, disposition = "yes", FOUND_WORDS
        elif site.kind == "dig_prone" and not secret and luck < 0.014:
            # Somebody took a cartload of earth.
            finding, disposition = "suspected", "现场有新挖痕迹，已拍照上报待核实"
        out_of_bounds = "suspected" if site.licence and rng.random() < 0.02 else "no"
        point = near(site.point, 3, 60, rng)
        return Line(
            location=self.location(site, point, habit, rng),
            mineral=site.mineral if rng.random() > 0.04 else "",
            licence=self.licence(site, habit, rng),
            shallow=answer(
                "yes" if site.mineral == "煤" and site.kind == "dig_prone" else "no",
                "shallow",
                habit.answers,
                rng,
            ),
            illegal=answer(finding, "finding", habit.answers, rng),
            out_of_bounds=answer(out_of_bounds, "finding", habit.answers, rng),
            violation=answer("no", "finding", habit.answers, rng),
            disposition=disposition,
            remark=self.remark(day, rng, site.kind),
            patrolled=min(day, day - timedelta(days=rng.choice((0, 0, 1, 2)))),
            arrived=time(rng.choice((8, 9, 10, 15, 16)), rng.randrange(60)),
            patroller=f"网格员{1 + int(site.village.code[-3:]) % 20:02}",
            photo=f"IMG_{day:%m%d}_{rng.randrange(10000):04}" if rng.random() < 0.8 else "",
            site_id=site.id,
            point=in_system(point, habit.system),
            village_code=site.village.code,
            place="site",
            finding=finding,
            cause=found.id if found else secret.id if secret else None,
            is_false=secret is not None and not found,
        )

    def found_line(self, episode: Episode, day: date) -> Line:
        """An honest line about a place that no register has."""
        place = episode.place
        habit = self.habit(place.village)
        rng = self.world.rng("found", episode.id, day)
        text = place.name + written_point(in_system(place.point, habit.system), "decimal")
        line = self.plain_line(place.village, text, "unregistered", day, habit, rng)
        return replace(
            line,
            mineral=episode.mineral,
            illegal=answer("yes", "finding", habit.answers, rng),
            finding="yes",
            disposition=FOUND_WORDS,
            point=in_system(place.point, habit.system),
            cause=episode.id,
            is_false=False,
        )

    def location(self, site: Site, point: Point, habit: Habit, rng: Random) -> str:
        """Where it is, in words and often in figures."""
        name = site.name if site.licence else f"{site.village.name}{site.gully}"
        if site.kind == "closed_shaft" and rng.random() < 0.5:
            name += "废弃矿井"
        if habit.places == "gully":
            name = name.removeprefix(site.village.name)
        elif habit.places == "full":
            name = site.township.name + name
        if rng.random() < 0.05:
            # The township's former name lives on.
            name = name.replace("柳树湾镇", "柳树湾乡").translate(SWAPPED)
        style = rng.choice(habit.points)
        return name + (written_point(in_system(point, habit.system), style) if style else "")

    def licence(self, site: Site, habit: Habit, rng: Random) -> str:
        """有无采矿证: sometimes the number itself."""
        if site.licence and rng.random() < 0.3:
            return site.licence
        return answer("yes" if site.licence else "no", "licence", habit.answers, rng)

    def remark(self, day: date, rng: Random, kind: str = "") -> str:
        """A remark of somebody who was there, or none."""
        if rng.random() < 0.1:
            return ""
        seen = "，".join(rng.sample(OBSERVATIONS + OBSERVATIONS_AT.get(kind, ()), 2))
        return f"周{WEEKDAYS[day.weekday()]}{rng.choice(TIMES)}巡查，{seen}"

    def whole_village(self, village: Village, day: date, turn: date) -> Line:
        """A village without any site looks round its ground."""
        habit = self.habit(village)
        rng = self.world.rng("whole", village.code, turn)
        township = self.world.township_of(village).name if habit.places == "full" else ""
        return self.plain_line(
            village, f"{township}{village.name}全村范围", "village", day, habit, rng
        )

    def unknown_place(self, village: Village, day: date, turn: date) -> Line:
        """A place that no register has."""
        habit = self.habit(village)
        rng = self.world.rng("unknown", village.code, turn)
        while True:
            point = near(village.point, 300, 1_800, rng)
            if all(distance_m(site.point, point) > 1_000 for site in self.world.sites):
                break
        where = rng.choice(("东山坡", "河滩", "旧砖窑后", "公路拐弯处"))
        text = f"{village.name}{where}" + written_point(in_system(point, habit.system), "decimal")
        line = self.plain_line(village, text, "unregistered", day, habit, rng)
        finding = "suspected" if rng.random() < 0.4 else "no"
        return replace(
            line,
            illegal=answer(finding, "finding", habit.answers, rng),
            finding=finding,
            point=in_system(point, habit.system),
        )

    def plain_line(
        self, village: Village, text: str, place: str, day: date, habit: Habit, rng: Random
    ) -> Line:
        """A line about no site; it says that nothing was found in the village."""
        secret = self.secret(village.code, day) if place == "village" else None
        no = answer("no", "finding", habit.answers, rng)
        return Line(
            location=text,
            mineral="",
            licence=answer("no", "licence", habit.answers, rng),
            shallow=answer("no", "shallow", habit.answers, rng),
            illegal=no,
            out_of_bounds=no,
            violation=no,
            disposition="无",
            remark=self.remark(day, rng),
            patrolled=day,
            arrived=time(rng.choice((9, 10, 15)), rng.randrange(60)),
            patroller=f"网格员{1 + int(village.code[-3:]) % 20:02}",
            photo="",
            site_id=None,
            point=None,
            village_code=village.code,
            place=place,
            finding="no",
            cause=secret.id if secret else None,
            is_false=secret is not None,
        )
