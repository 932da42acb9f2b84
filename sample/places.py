"""Points on the ground: distances, the boundary, and the coordinate systems that senders use.

Written apart from the SQL of the warehouse on purpose: the sample's truth must not share a mistake
with what it is there to test.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

Point = tuple[float, float]  # longitude, latitude in degrees

METRES_PER_DEGREE = 111_320.0
# Krasovsky 1940 as the public GCJ-02 algorithm has it.
SEMI_MAJOR, ECCENTRICITY_2 = 6_378_245.0, 0.00669342162296594323
BD_PI = math.pi * 3000 / 180


def wgs84_to_gcj02(point: Point) -> Point:
    """The offset that Chinese maps carry; the public approximation, good to about a metre."""
    longitude, latitude = point
    x, y = longitude - 105.0, latitude - 35.0
    common = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + common
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + common
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    phi = math.radians(latitude)
    magic = 1 - ECCENTRICITY_2 * math.sin(phi) ** 2
    north = math.degrees(north * magic**1.5 / (SEMI_MAJOR * (1 - ECCENTRICITY_2)))
    east = math.degrees(east * math.sqrt(magic) / (SEMI_MAJOR * math.cos(phi)))
    return longitude + east, latitude + north


def gcj02_to_bd09(point: Point) -> Point:
    """Baidu's offset on top of GCJ-02."""
    longitude, latitude = point
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * BD_PI)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * BD_PI)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def gcj02_to_wgs84(point: Point) -> Point:
    """Back again, by trying until the forward offset agrees."""
    longitude, latitude = point
    for _ in range(4):
        there = wgs84_to_gcj02((longitude, latitude))
        longitude += point[0] - there[0]
        latitude += point[1] - there[1]
    return longitude, latitude


def in_system(point: Point, system: str) -> Point:
    """A WGS84 point in the named system; CGCS2000 is WGS84 for this purpose."""
    if system in ("WGS84", "CGCS2000"):
        return point
    shifted = wgs84_to_gcj02(point)
    return gcj02_to_bd09(shifted) if system == "BD-09" else shifted


def distance_m(here: Point, there: Point) -> float:
    """Metres between two points of one county: the plane is good enough."""
    narrow = math.cos(math.radians((here[1] + there[1]) / 2))
    east = (there[0] - here[0]) * METRES_PER_DEGREE * narrow
    return math.hypot(east, (there[1] - here[1]) * METRES_PER_DEGREE)


def moved(point: Point, metres: float, bearing: float) -> Point:
    """The point that many metres away; the bearing in radians, 0 is east."""
    narrow = math.cos(math.radians(point[1]))
    return (
        point[0] + metres * math.cos(bearing) / (METRES_PER_DEGREE * narrow),
        point[1] + metres * math.sin(bearing) / METRES_PER_DEGREE,
    )


def near(point: Point, least: float, most: float, rng: Random) -> Point:
    """A point between `least` and `most` metres away in any direction."""
    return moved(point, rng.uniform(least, most), rng.uniform(0, 2 * math.pi))


def contains(ring: Sequence[Point], point: Point) -> bool:
    """Whether the closed ring encloses the point (even-odd rule)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def area_km2(ring: Sequence[Point]) -> float:
    """Area inside a closed ring of county size."""
    narrow = math.cos(math.radians(ring[0][1]))
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False))
    return abs(doubled) / 2 * narrow * (METRES_PER_DEGREE / 1000) ** 2
