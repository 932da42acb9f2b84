"""What the cameras' recognition saw: events with a time, a kind, a place, and what was really there.

Every event has one cause: an episode, a decoy, or just the life of the county. Platforms write them in
their own ways (`video_files`), offices go there or do not (`verifications`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from sample.camera_status import Uptime
from sample.lists import at
from sample.places import Point, near
from sample.world import DAY, Camera, Decoy, Episode, World

# Events a day by what the camera looks at: kind, mean, earliest and latest hour.
LIFE = {
    "site": (
        ("truck", 0.6, 6, 20),
        ("person", 1.0, 6, 21),
        ("motion", 0.9, 0, 24),
        ("excavator", 0.03, 8, 18),
    ),
    "mine": (
        ("truck", 1.6, 5, 23),
        ("person", 1.0, 6, 21),
        ("motion", 1.0, 0, 24),
    ),
    "river": (
        ("truck", 0.6, 6, 20),
        ("person", 1.6, 6, 21),
        ("motion", 0.8, 0, 24),
    ),
    "hill": (
        ("smoke", 0.25, 9, 19),
        ("truck", 0.2, 6, 20),
        ("motion", 0.4, 0, 24),
        ("excavator", 0.05, 8, 18),
    ),
    "road": (
        ("truck", 7.0, 5, 23),
        ("person", 2.5, 6, 22),
        ("excavator", 0.04, 7, 19),
    ),
}
FAULTS = (("video_loss", 0.02), ("blind", 0.015))
# A camera that is easily fooled sees these at night on every day of the year.
FOOLED = (("motion", 2.0), ("truck", 0.7), ("person", 0.4), ("excavator", 0.15))
MINING = {"excavator", "truck"}


@dataclass(frozen=True)
class Event:
    """One event; `cause` is the episode or the decoy behind it. `id` is empty where platforms give none."""

    camera: Camera
    occurred_at: datetime
    kind: str
    confidence: float
    point: Point | None
    cause: str | None = None
    pushed_at: datetime = datetime.min
    id: str = ""


def poisson(mean: float, rng: Random) -> int:
    """How often something happens that happens so often on average."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def moment(day: date, least: float, most: float, rng: Random) -> datetime:
    """Some second between two hours counted from the day's midnight."""
    return at(day, 0) + timedelta(seconds=int(rng.uniform(least, most) * 3600))


def life(camera: Camera, day: date, rng: Random) -> Iterator[Event]:
    """What the camera sees on any day."""
    for kind, mean, least, most in LIFE[camera.role]:
        for _ in range(poisson(mean, rng)):
            point = near(camera.point, 30, camera.radius_m * 0.6, rng)
            when = moment(day, least, most, rng)
            yield Event(camera, when, kind, rng.uniform(0.55, 0.97), point)
    for kind, mean in FAULTS:
        for _ in range(poisson(mean, rng)):
            yield Event(camera, moment(day, 0, 24, rng), kind, 1.0, None)
    if camera.is_easily_fooled:
        for kind, mean in FOOLED:
            for _ in range(poisson(mean, rng)):
                hour = rng.uniform(19, 30) % 24
                point = near(camera.point, 30, camera.radius_m * 0.6, rng)
                when = moment(day, hour, min(hour + 0.1, 23.99), rng)
                yield Event(camera, when, kind, rng.uniform(0.3, 0.7), point)


def digging(world: World, episode: Episode, camera: Camera, night: date) -> Iterator[Event]:
    """What the camera sees of one active night, and of the day before it where digging goes on by day."""
    rng = world.rng("seen", episode.id, camera.id, night)
    # From a tower three kilometres away much is missed.
    is_seen = rng.random() < (0.55 if camera.role == "hill" else 0.88) or night == episode.first
    spans = [(21.6, 29.2, rng.randint(2, 6) if camera.role != "hill" else rng.randint(1, 2))]
    if episode.is_by_day:
        spans.append((9.0, 18.0, rng.randint(1, 3)))
    for least, most, count in spans if is_seen else ():
        for turn in range(count):
            kinds = ("truck", "truck", "person", "excavator")
            kind = "excavator" if turn == 0 else rng.choice(kinds)
            point = near(episode.place.point, 5, 80, rng)
            when = moment(night, least, most, rng)
            yield Event(camera, when, kind, rng.uniform(0.62, 0.98), point, episode.id)


def honest(world: World, decoy: Decoy, camera: Camera, day: date) -> Iterator[Event]:
    """What the camera sees of a decoy on one of its days."""
    rng = world.rng("seen", decoy.id, camera.id, day)
    plans: dict[str, tuple[tuple[str, int, float, float], ...]] = {
        "harvest": (("truck", rng.randint(3, 8), 7, 23.2),),
        "road_works": (
            ("excavator", rng.randint(3, 8), 7, 19.5 if rng.random() < 0.8 else 22.5),
            ("truck", rng.randint(2, 6), 7, 20),
        ),
        "festival": (
            ("person", rng.randint(12, 25), 15, 23.4),
            ("truck", rng.randint(4, 9), 8, 22),
        ),
        "licensed_blasting": (("smoke", rng.randint(1, 2), 12, 12.6), ("truck", 2, 13, 17)),
        "quarry_complaint": (("truck", rng.randint(3, 7), 6, 21),),
        "fooled_camera": (
            ("truck", rng.randint(6, 14), 19, 23.9),
            ("excavator", rng.randint(2, 6), 19, 23.9),
            ("motion", rng.randint(8, 20), 0, 6),
        ),
    }
    for kind, count, least, most in plans.get(decoy.kind, ()):
        for _ in range(count):
            confidence = rng.uniform(0.3, 0.66) if decoy.kind == "fooled_camera" else 0.9
            is_there = decoy.kind not in ("fooled_camera", "harvest")
            point = near(decoy.place.point if is_there else camera.point, 20, 120, rng)
            yield Event(camera, moment(day, least, most, rng), kind, confidence, point, decoy.id)


class Watch:
    """All events of a day, in the order of time, with their numbers."""

    def __init__(self, world: World, uptime: Uptime) -> None:
        self.world, self.uptime = world, uptime
        self.on = lru_cache(maxsize=16)(self._on)

    def raw(self, day: date) -> Iterator[Event]:
        """Everything that happens in front of a camera on that day; also what belongs to the next one."""
        for camera in self.world.cameras:
            if camera.is_built_on(day):
                yield from life(camera, day, self.world.rng("life", camera.id, day))
        for decoy in self.world.decoys_on(day):
            for camera in decoy.cameras:
                yield from honest(self.world, decoy, camera, day)
        for night in (day - DAY, day):
            for episode in self.world.episodes_on(night):
                is_hidden = episode.is_camera_off and night in episode.nights[2:]
                if night in episode.nights and not is_hidden:
                    for camera in episode.cameras:
                        yield from digging(self.world, episode, camera, night)

    def _on(self, day: date) -> tuple[Event, ...]:
        """The day's events."""
        seen = [
            event
            for event in self.raw(day)
            if event.occurred_at.date() == day
            and not self.uptime.is_off(event.camera, event.occurred_at)
        ]
        seen.sort(key=lambda event: (event.occurred_at, event.camera.id, event.kind))
        rng = self.world.rng("push", day)
        found = []
        for number, event in enumerate(seen, start=1):
            seconds = rng.uniform(3, 90) if rng.random() < 0.96 else rng.uniform(600, 21_600)
            identifier = {
                "bureau": f"SP{day:%Y%m%d}{number:05}",
                "forest": f"{day:%y%m%d}-{rng.getrandbits(32):08x}",
            }.get(event.camera.platform, "")
            pushed = event.occurred_at + timedelta(seconds=int(seconds))
            found.append(replace(event, id=identifier, pushed_at=pushed))
        return tuple(found)
