"""The invented county as it really is: villages, sites, meters, cameras, and what goes on in secret.

Everything a sender writes is derived from here, so that two feeds never disagree by accident. The same
seed gives the same world whatever months are generated: each part draws from a source of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TypeVar

from sample.places import Point, distance_m

PACK = Path(__file__).parent / "county"
COUNTY = "云岭县"
BUREAU = "县自然资源局"
POWER_COMPANY = "国网云岭电力公司"
REGISTERED = date(2022, 6, 24)  # the first registers' date
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Village:
    """A village or community; the point is its seat in WGS84, near the township's where unknown."""

    code: str
    name: str
    full_name: str
    township_code: str
    point: Point

    @property
    def is_community(self) -> bool:
        """A residents' committee of the county town."""
        return self.name.endswith("社区")

    @property
    def stem(self) -> str:
        """The name without 村 or 社区."""
        return self.name.removesuffix("村").removesuffix("社区")


@dataclass(frozen=True)
class Township:
    """A township of today with its villages, in the order of their codes."""

    code: str
    name: str
    point: Point
    villages: tuple[Village, ...] = field(repr=False)

    @property
    def short(self) -> str:
        """The last three digits of the code."""
        return self.code[-3:]

    @property
    def government(self) -> str:
        """The township's name as a unit."""
        return f"{self.name}人民政府"


@dataclass(frozen=True)
class Site:
    """One supervised place as it really is; `point` is its true place in WGS84."""

    id: str
    name: str
    kind: str
    township: Township = field(repr=False)
    village: Village = field(repr=False)
    gully: str
    point: Point
    mineral: str
    registered: date
    has_sign: bool
    has_plate: bool
    is_key: bool
    closed: date | None = None
    licence: str | None = None
    licence_from: date | None = None
    licence_to: date | None = None
    enterprise: str | None = None
    state: str | None = None
    deregistered: date | None = None
    deregistered_reason: str | None = None

    def is_active_on(self, day: date) -> bool:
        """Registered by that day and not yet struck off."""
        return self.registered <= day and (self.deregistered is None or day < self.deregistered)


@dataclass(frozen=True)
class Meter:
    """A metered user. `level_kw` is its usual mean load; `factor` the ratio of its transformers.

    `state` is what the account says when nothing has happened; a closed one says 正常 until `closed`.
    """

    id: str
    kind: str
    name: str
    village: Village = field(repr=False)
    point: Point
    level_kw: float
    factor: int
    capacity_kva: int
    opened: date
    state: str = "正常"
    closed: date | None = None
    site: Site | None = None


@dataclass(frozen=True)
class Camera:
    """A camera of the video system, with its dates as they will be, whatever a list says before.

    `role`: what it was put up for: a site, a mine, a river, a hill to look from, a road. `maker` decides
    how its events are worded.
    """

    id: str
    name: str
    role: str
    township: Township = field(repr=False)
    village: Village = field(repr=False)
    point: Point
    radius_m: int
    platform: str
    maker: str
    planned: date
    built: date
    accepted: date
    is_easily_fooled: bool = False

    def is_built_on(self, day: date) -> bool:
        """Whether it stands there and looks."""
        return self.built <= day

    def sees(self, point: Point) -> bool:
        """Whether the point lies within its view."""
        return distance_m(self.point, point) <= self.radius_m


@dataclass(frozen=True)
class Place:
    """A spot on the ground and what people call it: a registered site, or none at all."""

    name: str
    township: Township = field(repr=False)
    village: Village = field(repr=False)
    point: Point
    site: Site | None = None


@dataclass(frozen=True)
class Discovery:
    """How the authorities came to know: the day, from what, and whether anything was filed."""

    day: date
    source: str
    is_filed: bool


@dataclass(frozen=True)
class Episode:
    """Secret digging at one place over some weeks; `nights` are the evenings on which it begins."""

    id: str
    kind: str
    story: str
    place: Place
    mineral: str
    nights: tuple[date, ...]
    is_by_day: bool
    kw: float
    meter: Meter | None = None
    cameras: tuple[Camera, ...] = ()
    is_camera_off: bool = False
    clue_count: int = 0
    checks: tuple[date, ...] = ()
    discovery: Discovery | None = None

    @property
    def first(self) -> date:
        """The first evening."""
        return self.nights[0]

    @property
    def last(self) -> date:
        """The last evening."""
        return self.nights[-1]

    def covers(self, day: date) -> bool:
        """Whether it goes on at that time, on the day itself or not."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Decoy:
    """Something honest that looks like digging to a sensor or a neighbour."""

    id: str
    kind: str
    story: str
    place: Place
    first: date
    last: date
    meters: tuple[Meter, ...] = ()
    cameras: tuple[Camera, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether it goes on on that day."""
        return self.first <= day <= self.last


Thing = TypeVar("Thing", Episode, Decoy)


@dataclass(frozen=True)
class World:
    """The whole county; episodes and decoys are those of the months asked for and the year before."""

    seed: int
    townships: tuple[Township, ...]
    sites: tuple[Site, ...]
    meters: tuple[Meter, ...]
    cameras: tuple[Camera, ...]
    episodes: tuple[Episode, ...] = ()
    decoys: tuple[Decoy, ...] = ()

    def sites_of(self, place: Township | Village) -> list[Site]:
        """The sites of a township or a village, in the order of their numbers."""
        return [
            site for site in self.sites if place.code in (site.township.code, site.village.code)
        ]

    def township(self, short: str) -> Township:
        """The township whose code ends so."""
        (found,) = (township for township in self.townships if township.short == short)
        return found

    def township_of(self, village: Village) -> Township:
        """The township a village belongs to."""
        return self.township(village.township_code[-3:])

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Where each meter stands in the list."""
        return {meter.id: row for row, meter in enumerate(self.meters)}

    @cached_property
    def episodes_by_day(self) -> dict[date, list[Episode]]:
        """What is being dug in these days, day by day."""
        return by_day(self.episodes)

    @cached_property
    def decoys_by_day(self) -> dict[date, list[Decoy]]:
        """What goes on honestly, day by day."""
        return by_day(self.decoys)

    def episodes_on(self, day: date) -> list[Episode]:
        """What is being dug in these days."""
        return self.episodes_by_day.get(day, [])

    def decoys_on(self, day: date, *kinds: str) -> list[Decoy]:
        """Honest things of these kinds that go on on that day; all kinds if none is named."""
        found = self.decoys_by_day.get(day, [])
        return [decoy for decoy in found if not kinds or decoy.kind in kinds]

    def rng(self, *topic: object) -> Random:
        """A source of chance of its own for every topic: what is drawn first changes nothing else."""
        return chance(self.seed, *topic)


def by_day(things: Iterable[Thing]) -> dict[date, list[Thing]]:
    """Things by every day from their first to their last."""
    found: dict[date, list[Thing]] = {}
    for thing in things:
        for offset in range((thing.last - thing.first).days + 1):
            found.setdefault(thing.first + offset * DAY, []).append(thing)
    return found


def chance(seed: int, *topic: object) -> Random:
    """Random numbers that depend on the seed and the topic alone (texts are hashed by SHA-512)."""
    return Random("|".join(map(str, (seed, *topic))))


def pack_rows(name: str) -> list[dict[str, str]]:
    """Rows of a file of the pack."""
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_townships() -> tuple[Township, ...]:
    """Today's townships with their villages, out of the committed pack."""
    townships = []
    villages = pack_rows("villages")
    for row in pack_rows("townships"):
        if row["止"]:
            continue
        seat = (float(row["经度"]), float(row["纬度"]))
        own = []
        for village in villages:
            if village["乡镇代码"] != row["乡镇代码"]:
                continue
            point = seat
            if village["经度"]:
                point = (float(village["经度"]), float(village["纬度"]))
            names = (village["村代码"], village["村名称"], village["全称"])
            own.append(Village(*names, row["乡镇代码"], point))
        townships.append(Township(row["乡镇代码"], row["乡镇名称"], seat, tuple(own)))
    return tuple(townships)
