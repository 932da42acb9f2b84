"""Honest things that look like digging, planned half year by half year like the episodes.

Whoever looks for digging has to let these pass: harvest and irrigation, maintenance and licensed
blasting, power cuts and holidays, fairs, road works with a permit, new shops, cameras that are easily
fooled, quarries that neighbours complain about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sample.cameras import is_measured
from sample.episodes import Planner, end_of
from sample.places import distance_m, near
from sample.world import DAY, Camera, Decoy, Meter, Place, Site, Village, World


@dataclass(frozen=True)
class Kind:
    """What happens, in which months, for how many days, how often in a half year."""

    story: str
    months: tuple[int, ...]
    days: tuple[int, int]
    count: tuple[int, int] = (5, 7)


ALL_YEAR = tuple(range(1, 13))
KINDS = {
    "harvest": Kind("秋收：脱粒、烘干昼夜用电，拉粮车辆多", (9, 10), (8, 20)),
    "irrigation": Kind("夜间低谷电价时段抽水浇地（含冬浇）", (4, 5, 6, 7, 8, 11), (5, 10)),
    "mine_maintenance": Kind("有证矿山停产检修，负荷骤降，夜间试车", ALL_YEAR, (4, 8)),
    "feeder_outage": Kind("线路停电检修，一片村子没有数据，摄像机离线", ALL_YEAR, (1, 1)),
    "holiday": Kind("工厂节日放假，节后恢复", (1, 5, 10), (3, 7)),
    "licensed_blasting": Kind("有证矿山按批准时间爆破", ALL_YEAR, (1, 3)),
    "festival": Kind("庙会、赶集，傍晚人车多", ALL_YEAR, (2, 4)),
    "road_works": Kind("县道、村道施工，有许可，用挖掘机", (3, 4, 5, 6, 7, 8, 9, 10, 11), (10, 25)),
    "new_shop": Kind("新开门店，用电增加", ALL_YEAR, (60, 110)),
    "fooled_camera": Kind("大风、车灯、昆虫引起的误报", ALL_YEAR, (2, 5), (8, 10)),
    "quarry_complaint": Kind("群众重复反映有证石料厂、矿山噪声扬尘", ALL_YEAR, (4, 9)),
    "honest_pause": Kind("企业办理报停，停产停电", ALL_YEAR, (40, 90)),
}
# First and last day of the holidays on which factories stop, by month.
HOLIDAYS = {1: (1, 3), 5: (1, 5), 10: (1, 7)}
MOST_METERS_OF_A_FEEDER = 14


def plan_decoys(world: World, start: date) -> tuple[Decoy, ...]:
    """The decoys of one half year; `world` has its episodes already, so that none lies on top of one."""
    rng = world.rng("decoys", start)
    planner = DecoyPlanner(world, start)
    found: list[Decoy] = []
    for kind, what in KINDS.items():
        for _ in range(rng.randint(*what.count)):
            if decoy := planner.decoy(kind, len(found) + 1):
                found.append(decoy)
    return tuple(found)


class DecoyPlanner:
    """Gives every decoy of a half year its days, its place, its meters and cameras."""

    def __init__(self, world: World, start: date) -> None:
        self.world, self.start, self.end = world, start, end_of(start)
        self.rng = world.rng("decoy places", start)
        self.spots = Planner(world, start)
        # Meters and mines that are busy with something, and when.
        self.busy: list[tuple[str, date, date]] = []
        for episode in world.episodes:
            for thing in (episode.meter, episode.place.site):
                if thing:
                    self.busy.append((thing.id, episode.first, episode.last))

    def decoy(self, kind: str, number: int) -> Decoy | None:
        """One decoy; None if its season is another or everything suited is busy."""
        makers: dict[str, Callable[[date, date], Decoy | None]] = {
            "harvest": lambda first, last: self.of_meter(kind, "farm", first, last),
            "irrigation": lambda first, last: self.of_meter(kind, "pump", first, last),
            "holiday": lambda first, last: self.of_meter(kind, "factory", first, last),
            "new_shop": lambda first, last: self.of_meter(kind, "shop", first, last),
            "honest_pause": lambda first, last: self.of_meter(kind, "factory", first, last),
            "feeder_outage": self.of_feeder,
            "mine_maintenance": lambda first, last: self.of_mine(kind, first, last),
            "licensed_blasting": lambda first, last: self.of_mine(kind, first, last),
            "quarry_complaint": lambda first, last: self.of_mine(kind, first, last),
            "fooled_camera": lambda first, last: self.of_camera(kind, first, last),
            "festival": lambda first, last: self.of_village(kind, first, last),
            "road_works": lambda first, last: self.of_village(kind, first, last),
        }
        for _ in range(40):
            days = self.days(kind)
            if days is None:
                return None
            if made := makers[kind](*days):
                half = 1 if self.start.month == 1 else 2
                return Decoy(
                    id=f"D{self.start.year}H{half}-{number:03}",
                    kind=kind,
                    story=KINDS[kind].story,
                    place=made.place,
                    first=days[0],
                    last=days[1],
                    meters=made.meters,
                    cameras=made.cameras,
                )
        return None

    def days(self, kind: str) -> tuple[date, date] | None:
        """First and last day; None if the half year has none of its months."""
        what, rng = KINDS[kind], self.rng
        months = [m for m in what.months if self.start.month <= m < self.start.month + 6]
        if not months:
            return None
        month = rng.choice(months)
        if kind == "holiday":
            first, last = HOLIDAYS[month]
            return date(self.start.year, month, first), date(self.start.year, month, last)
        first = date(self.start.year, month, rng.randint(1, 28))
        length = timedelta(days=rng.randint(*what.days) - 1)
        return (first, first + length) if first + length <= self.end else self.shifted(length)

    def shifted(self, length: timedelta) -> tuple[date, date]:
        """The same length, ending with the half year at the latest."""
        first = self.end - length - self.rng.randint(0, 20) * DAY
        return first, first + length

    def is_free(self, identifier: str, first: date, last: date) -> bool:
        """Whether nothing else happens there in these days or close to them."""
        week = 7 * DAY
        return not any(
            name == identifier and first - week <= end and begin <= last + week
            for name, begin, end in self.busy
        )

    def made(
        self,
        place: Place,
        first: date,
        last: date,
        meters: tuple[Meter, ...] = (),
        cameras: tuple[Camera, ...] = (),
    ) -> Decoy:
        """A decoy that still lacks its number; what it uses is busy from now on."""
        for thing in (*meters, *cameras, *((place.site,) if place.site else ())):
            self.busy.append((thing.id, first, last))
        return Decoy("", "", "", place, first, last, meters, cameras)

    def of_meter(self, kind: str, user: str, first: date, last: date) -> Decoy | None:
        """At one ordinary account; harvesters also pass a camera."""
        free = [
            meter
            for meter in self.world.meters
            if meter.kind == user and self.is_free(meter.id, first, last)
        ]
        if not free:
            return None
        meter = self.rng.choice(free)
        cameras: tuple[Camera, ...] = ()
        if kind == "harvest":
            cameras = tuple(
                camera
                for camera in self.world.cameras
                if camera.is_built_on(first) and distance_m(camera.point, meter.point) < 4_000
            )[:1]
        return self.made(self.place_of(meter.village), first, last, (meter,), cameras)

    def place_of(self, village: Village) -> Place:
        """The village as a whole."""
        return Place(village.name, self.world.township_of(village), village, village.point)

    def of_feeder(self, first: date, last: date) -> Decoy | None:
        """The villages round one of them, with their meters and cameras."""
        villages = [
            village
            for township in self.world.townships
            for village in township.villages
            if is_measured(village, township)
        ]
        middle = self.rng.choice(villages)
        around = sorted(villages, key=lambda v: distance_m(v.point, middle.point))[:8]
        codes = {village.code for village in around}
        meters = tuple(m for m in self.world.meters if m.village.code in codes)
        meters = tuple(m for m in meters if self.is_free(m.id, first, last))
        if not meters:
            return None
        cameras = tuple(
            camera
            for camera in self.world.cameras
            if camera.village.code in codes and camera.is_built_on(first)
        )
        place = self.place_of(middle)
        return self.made(place, first, last, meters[:MOST_METERS_OF_A_FEEDER], cameras)

    def of_mine(self, kind: str, first: date, last: date) -> Decoy | None:
        """At a licensed mine that works and does nothing else."""
        mines = [site for site in self.world.sites if self.is_honest_mine(site, kind, first, last)]
        if not mines:
            return None
        site = self.rng.choice(mines)
        meters = tuple(meter for meter in self.world.meters if meter.site == site)
        if kind == "mine_maintenance" and not meters:
            return None
        cameras = tuple(
            camera
            for camera in self.world.cameras
            if camera.is_built_on(first) and camera.sees(site.point)
        )[:1]
        place = Place(site.name, site.township, site.village, site.point, site)
        return self.made(place, first, last, meters, cameras)

    def is_honest_mine(self, site: Site, kind: str, first: date, last: date) -> bool:
        """Whether the mine is licensed then, at work, and free."""
        if site.licence_to is None or site.licence_to < last or site.state != "生产":
            return False
        if kind == "quarry_complaint":
            # Neighbours complain whatever else goes on there, but not while it digs in secret.
            return not any(
                episode.place.site == site and episode.first <= last and first <= episode.last
                for episode in self.world.episodes
            )
        return self.is_free(site.id, first, last)

    def of_camera(self, kind: str, first: date, last: date) -> Decoy | None:
        """At a camera that is easily fooled."""
        free = [
            camera
            for camera in self.world.cameras
            if camera.is_easily_fooled
            and camera.is_built_on(first)
            and self.is_free(camera.id, first, last)
        ]
        if not free:
            return None
        camera = self.rng.choice(free)
        place = Place(camera.village.name, camera.township, camera.village, camera.point)
        return self.made(place, first, last, (), (camera,))

    def of_village(self, kind: str, first: date, last: date) -> Decoy | None:
        """In a village with a camera, in its sight and away from every site and episode."""
        cameras = [
            camera
            for camera in self.world.cameras
            if camera.is_built_on(first) and self.is_free(camera.id, first, last)
        ]
        if not cameras:
            return None
        camera = self.rng.choice(cameras)
        for _ in range(20):
            point = near(camera.point, 60, min(camera.radius_m, 1_200), self.rng)
            is_quiet = all(
                distance_m(point, episode.place.point) > 500
                for episode in self.world.episodes
                if episode.first <= last and first <= episode.last
            )
            if is_quiet and self.spots.is_free(point):
                break
        else:
            return None
        what = "道路施工段" if kind == "road_works" else "庙会场地"
        place = Place(f"{camera.village.name}{what}", camera.township, camera.village, point)
        return self.made(place, first, last, (), (camera,))
