"""Secret digging, planned half year by half year after the failures that inspections have documented.

A plan depends on the seed and its half year alone, so that a month is the same whatever months are
generated beside it. What an episode leaves behind in the feeds is each feed's own business; here is only
what really happens: where, on which nights, with whose power, in whose sight, and who comes to know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sample.cameras import RIVER, is_measured
from sample.grounds import MINERALS
from sample.places import Point, distance_m, near
from sample.world import (
    DAY,
    REGISTERED,
    Camera,
    Discovery,
    Episode,
    Meter,
    Place,
    Site,
    World,
)


@dataclass(frozen=True)
class Kind:
    """A way of digging: how long it lasts, on how many nights, with how much power, found out by whom.

    `meters`: kinds of accounts whose power is used. `clues`: how many citizens report it, from and to.
    """

    story: str
    days: tuple[int, int]
    share: float
    sources: tuple[str, ...]
    clues: tuple[int, int]
    kw: tuple[float, float] = (0, 0)
    meters: tuple[str, ...] = ()
    is_by_day: bool = False


KINDS = {
    "reopened_shaft": Kind(
        "夜间从废弃企业变压器接电，在已关闭的井口盗采",
        (15, 50),
        0.8,
        ("patrol", "clue", "power", "check"),
        (0, 2),
        kw=(40, 95),
        meters=("abandoned",),
    ),
    "open_pit": Kind(
        "夜间用挖掘机在易发点露天挖煤，货车拉运",
        (10, 30),
        0.7,
        ("video", "patrol", "clue", "check"),
        (0, 2),
    ),
    "river_sand": Kind("夜间在河道里挖砂", (12, 40), 0.6, ("clue", "video", "patrol"), (1, 3)),
    "beyond_licence": Kind(
        "有证矿山越界开采，或许可证到期后照常开采",
        (30, 70),
        0.85,
        ("check", "clue", "video"),
        (0, 2),
        kw=(90, 180),
        meters=("mine",),
        is_by_day=True,
    ),
    "farm_cover": Kind(
        "以养殖场名义用电，夜间在场院里挖掘露头煤",
        (20, 50),
        0.8,
        ("power", "clue", "patrol"),
        (0, 2),
        kw=(45, 80),
        meters=("cover_farm",),
    ),
    "project_cover": Kind(
        "以土地整治、修复工程名义挖煤外运",
        (20, 60),
        0.8,
        ("clue", "check", "video"),
        (0, 2),
        kw=(20, 40),
        meters=("project",),
        is_by_day=True,
    ),
    "suspended_load": Kind(
        "报停或销户的厂子夜间照常用电，加工私挖的矿产",
        (15, 50),
        0.75,
        ("power", "clue", "check"),
        (0, 2),
        kw=(70, 160),
        meters=("suspended", "closed"),
    ),
    "tip_off": Kind(
        "检查前一天停工，检查后恢复",
        (35, 60),
        0.85,
        ("clue",),
        (1, 2),
        kw=(45, 90),
        meters=("abandoned",),
    ),
    "repeat_clues": Kind(
        "群众反复举报，每次答复不属实，挖掘照旧", (45, 90), 0.6, ("clue", "superior"), (3, 5)
    ),
    "camera_off": Kind(
        "挖掘期间摄像机夜夜离线", (14, 35), 0.7, ("patrol", "clue", "check"), (0, 2)
    ),
    "other_mineral": Kind(
        "以批准的矿种为名采煤",
        (30, 70),
        0.8,
        ("clue", "check", "superior"),
        (1, 2),
        kw=(60, 120),
        meters=("mine",),
        is_by_day=True,
    ),
}
EACH = 3
# Nothing begins in the last days of a half year: its traces would fall into the next one.
MARGIN = 21
NEVER_FILED, FILED = 0.58, 0.32
WANTS_A_CAMERA = ("open_pit", "camera_off", "river_sand", "project_cover")


def half_year(day: date) -> date:
    """The first day of its half year."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def half_years(first: date, last: date) -> Iterator[date]:
    """The half years from the begin of the year before until that of the last day.

    Lists of cases and their numbers go back as far, so that a month's lists are the same whatever else
    is generated.
    """
    start = date(first.year - 1, 1, 1)
    while start <= last:
        yield start
        start = half_year(start + timedelta(days=190))


def end_of(start: date) -> date:
    """The last day of the half year that begins then."""
    return half_year(start + timedelta(days=190)) - DAY


def plan_episodes(world: World, start: date) -> tuple[Episode, ...]:
    """The episodes of one half year, in the order of their first nights."""
    rng = world.rng("episodes", start)
    kinds = [kind for kind in KINDS for _ in range(EACH + (rng.random() < 0.3))]
    rng.shuffle(kinds)
    planner = Planner(world, start)
    gap = (planner.end - start - timedelta(days=MARGIN)) / len(kinds)
    found = []
    for order, kind in enumerate(kinds):
        first = start + (order + rng.random()) * gap
        if episode := planner.episode(kind, first, len(found) + 1):
            found.append(episode)
    return tuple(found)


class Planner:
    """Gives every episode of a half year a place, an account and cameras of its own."""

    def __init__(self, world: World, start: date) -> None:
        self.world, self.start, self.end = world, start, end_of(start)
        self.rng = world.rng("episode places", start)
        self.taken: set[str] = set()
        self.points: list[Point] = []
        self.load: Counter[str] = Counter()

    def episode(self, kind: str, first: date, number: int) -> Episode | None:
        """One episode; None if there is no place left for one of this kind."""
        way, rng = KINDS[kind], self.rng
        found = self.find(kind, first)
        if found is None:
            return None
        place, meter = found
        self.load[place.township.code] += 1
        self.points.append(place.point)
        self.taken |= {thing.id for thing in (place.site, meter) if thing}
        # Nothing goes on across the end of a half year, and not everything ends with it.
        latest = self.end - rng.randint(2, 12) * DAY
        last = min(first + timedelta(days=rng.randint(*way.days)), latest)
        cameras = tuple(self.cameras_at(place.point, first)[:2])
        checks = self.tipped_off_checks(first, last) if kind == "tip_off" else ()
        nights = self.nights(first, last, way.share, checks)
        discovery = self.discovery(kind, nights, bool(cameras), meter)
        clue_count = rng.randint(*way.clues)
        if not (cameras and meter) or (discovery and discovery.source == "clue"):
            clue_count = max(clue_count, 1)
        if discovery and discovery.source == "check":
            checks = (*checks, discovery.day)
        half = 1 if self.start.month == 1 else 2
        return Episode(
            id=f"E{self.start.year}H{half}-{number:02}",
            kind=kind,
            story=way.story,
            place=place,
            mineral=self.mineral(kind, place),
            nights=nights,
            is_by_day=way.is_by_day,
            kw=round(rng.uniform(*way.kw), 1) if meter else 0.0,
            meter=meter,
            cameras=cameras,
            is_camera_off=kind == "camera_off",
            clue_count=clue_count,
            checks=checks,
            discovery=discovery,
        )

    # Time

    def tipped_off_checks(self, first: date, last: date) -> tuple[date, ...]:
        """Two visits of the county, about a third of the time apart."""
        third = (last - first) / 3
        days = [first + third * step + self.rng.randint(0, 4) * DAY for step in (1, 2)]
        return tuple(day if day.weekday() < 5 else day - 2 * DAY for day in days)

    def nights(
        self, first: date, last: date, share: float, checks: tuple[date, ...]
    ) -> tuple[date, ...]:
        """The evenings on which digging begins; the first and the last day are among them."""
        span = [first + offset * DAY for offset in range((last - first).days + 1)]
        chosen = [day for day in span if day in (first, last) or self.rng.random() < share]
        # Somebody has rung up: nobody digs in the night before a visit and the one after it.
        return tuple(day for day in chosen if day not in checks and day + DAY not in checks)

    def discovery(
        self, kind: str, nights: tuple[date, ...], has_camera: bool, meter: Meter | None
    ) -> Discovery | None:
        """Found out at the end and filed, told to stop in the middle and not filed, or never."""
        rng = self.rng
        possible = {"video": has_camera, "power": meter is not None}
        sources = [name for name in KINDS[kind].sources if possible.get(name, True)]
        # Clues are in every list of sources; what offices and cameras see would be rare without weight.
        weights = [2 if name in ("patrol", "check", "video") else 1 for name in sources]
        luck, source = rng.random(), rng.choices(sources, weights)[0]
        if luck < FILED:
            return Discovery(nights[-1] + DAY, source, True)
        if luck < NEVER_FILED and kind not in ("repeat_clues", "tip_off"):
            return Discovery(nights[len(nights) * rng.randint(3, 7) // 10] + DAY, source, False)
        return None

    # Place

    def find(self, kind: str, first: date) -> tuple[Place, Meter | None] | None:
        """Where it happens and whose power is used."""
        if kind in ("beyond_licence", "other_mineral"):
            return self.mine(kind, first)
        if KINDS[kind].meters:
            meter = self.meter(kind, first)
            if meter is None:
                return None
            return (self.site_place(meter.site) if meter.site else self.yard(kind, meter)), meter
        if kind == "river_sand":
            return self.river(first), None
        site = self.site(kind, first)
        return (self.site_place(site), None) if site else None

    def turn(self, township_code: str) -> tuple[int, float]:
        """Places in townships with fewer episodes come first, then chance decides."""
        return self.load[township_code], self.rng.random()

    def meter(self, kind: str, first: date) -> Meter | None:
        """An account of a suited kind that no other episode uses."""
        suited = [
            (*self.turn(meter.village.township_code), meter.id, meter)
            for meter in self.world.meters
            if meter.kind in KINDS[kind].meters
            and meter.id not in self.taken
            and not (meter.site and meter.site.id in self.taken)
            and (meter.closed is None or meter.closed < first)
        ]
        return min(suited)[-1] if suited else None

    def mine(self, kind: str, first: date) -> tuple[Place, Meter | None] | None:
        """A licensed mine: one whose licence has run out first, one without coal for other minerals."""
        mines = [
            site
            for site in self.world.sites
            if site.kind == "licensed_mine"
            and site.id not in self.taken
            and (kind == "beyond_licence" or site.mineral != "煤")
        ]
        if not mines:
            return None
        rank = {}
        for site in mines:
            has_expired = bool(site.licence_to and site.licence_to < first)
            fits = has_expired if kind == "beyond_licence" else not has_expired
            rank[site.id] = (not fits, self.rng.random())
        site = min(mines, key=lambda site: rank[site.id])
        meters = [meter for meter in self.world.meters if meter.site == site]
        beyond = near(site.point, 120, 260, self.rng)
        place = Place(site.name, site.township, site.village, beyond, site)
        return place, meters[0] if meters else None

    def site(self, kind: str, first: date) -> Site | None:
        """A registered site without a licence that no other episode uses."""
        suited = []
        for site in self.world.sites:
            is_there = site.is_active_on(max(first, REGISTERED)) and not site.deregistered
            if not is_there or site.licence or site.id in self.taken:
                continue
            if kind == "open_pit" and (site.kind != "dig_prone" or site.mineral == "建筑用砂"):
                continue
            is_seen = bool(self.cameras_at(site.point, first))
            if kind == "camera_off" and not is_seen:
                continue
            wants = kind in WANTS_A_CAMERA and not is_seen
            suited.append((wants, *self.turn(site.township.code), site.id, site))
        return min(suited)[-1] if suited else None

    def site_place(self, site: Site) -> Place:
        """Right at the site."""
        name = site.name if site.licence else f"{site.village.name}{site.gully}"
        point = near(site.point, 10, 70, self.rng)
        return Place(name, site.township, site.village, point, site)

    def yard(self, kind: str, meter: Meter) -> Place:
        """Behind the walls of whoever the meter belongs to; no register has it."""
        what = {"farm_cover": "养殖场院内", "project_cover": "项目区"}.get(kind, "厂院内")
        township = self.world.township_of(meter.village)
        point = near(meter.point, 30, 110, self.rng)
        return Place(f"{meter.village.name}{what}", township, meter.village, point)

    def river(self, first: date) -> Place:
        """A bank of the river that no register has, in sight of a camera if there is one."""
        spots = []
        for short, stems in RIVER.items():
            township = self.world.township(short)
            for village in township.villages:
                if village.stem in stems and is_measured(village, township):
                    for _ in range(6):
                        point = near(village.point, 250, 1_100, self.rng)
                        if self.is_free(point):
                            is_unseen = not self.cameras_at(point, first)
                            spots.append((is_unseen, *self.turn(township.code), village, point))
        _, _, _, village, point = min(spots, key=lambda spot: spot[:3])
        return Place(f"{village.name}河滩", self.world.township_of(village), village, point)

    def is_free(self, point: Point) -> bool:
        """Far enough from every site and every other episode to be told from them."""
        others = (*(site.point for site in self.world.sites), *self.points)
        return all(distance_m(point, other) > 600 for other in others)

    def cameras_at(self, point: Point, day: date) -> list[Camera]:
        """Cameras that stand by then and see the point, the nearest first."""
        seeing = [c for c in self.world.cameras if c.is_built_on(day) and c.sees(point)]
        return sorted(seeing, key=lambda camera: distance_m(camera.point, point))

    def mineral(self, kind: str, place: Place) -> str:
        """What is dug out."""
        if kind == "river_sand":
            return "建筑用砂"
        if place.site and kind != "other_mineral":
            return place.site.mineral
        local = MINERALS[place.township.short]
        return "煤" if kind == "other_mineral" or "煤" in local else local[0]
