"""The video system as it is built up to the end of 2022: where cameras stand, and since when.

Four platforms have grown apart: the bureau's own, the foresters' towers, the police's (GB/T 28181), and
recorders of the mines (ISAPI). Which camera stands where depends on the seed, how many on none.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sample.places import Point, contains, distance_m, gcj02_to_wgs84, near
from sample.world import Camera, Site, Township, Village, chance, pack_rows

SITE_CAMERAS = 18
# Villages on the river, where sand is taken, by township.
RIVER = {
    "101": ("滩上", "渡口", "碛石湾", "黄沙洼"),
    "104": ("鱼儿坪", "河湾", "芦草坪", "桥头"),
    "100": ("河底", "水磨湾", "二道河"),
}
# Planned for, how many of the forty.
PHASES = ((date(2022, 6, 30), 12), (date(2022, 9, 30), 13), (date(2022, 12, 31), 15))
MAKERS = ("snake", "camel", "nested")
# Up on a hill in the wind, or towards a road: one in five is fooled by headlights and branches.
FOOLED_EVERY = 5


def village_named(township: Township, stem: str) -> Village:
    """The township's village of that name."""
    (found,) = (village for village in township.villages if village.stem == stem)
    return found


def is_measured(village: Village, township: Township) -> bool:
    """Whether anybody knows where the village lies."""
    return distance_m(village.point, township.point) > 1


def watched_sites(sites: tuple[Site, ...], rng: Random) -> list[Site]:
    """The sites that get a camera: key ones first, townships taking turns."""
    suited = [site for site in sites if site.kind != "licensed_mine" and not site.deregistered]
    rng.shuffle(suited)
    suited.sort(key=lambda site: not site.is_key)
    turns: dict[str, int] = {}
    order = []
    for site in suited:
        turns[site.township.code] = turns.get(site.township.code, 0) + 1
        order.append((turns[site.township.code], site))
    return [site for _, site in sorted(order, key=lambda turn: turn[0])][:SITE_CAMERAS]


def boundary_ring() -> list[Point]:
    """The county's outline, WGS84."""
    return [
        gcj02_to_wgs84((float(row["经度"]), float(row["纬度"]))) for row in pack_rows("boundary")
    ]


def build_cameras(
    townships: tuple[Township, ...], sites: tuple[Site, ...], seed: int
) -> tuple[Camera, ...]:
    """All forty cameras in the order of their numbers."""
    rng = chance(seed, "cameras")
    ring = boundary_ring()
    spots: list[tuple[str, str, Township, Village, Point, int]] = []

    def stand(point: Point, least: float, most: float) -> Point:
        while True:
            found = near(point, least, most, rng)
            if contains(ring, found):
                return found

    for site in sites:
        if site.kind == "licensed_mine":
            spots.append(
                (f"{site.name}出入口", "mine", site.township, site.village)
                + (stand(site.point, 150, 350), 900)
            )
    for site in watched_sites(sites, rng):
        spots.append(
            (f"{site.village.name}{site.gully}沟口", "site", site.township, site.village)
            + (stand(site.point, 150, 350), rng.choice((600, 800, 1_000)))
        )
    by_short = {township.short: township for township in townships}
    for short, stem in (("101", "滩上"), ("101", "碛石湾"), ("104", "河湾"), ("100", "河底")):
        village = village_named(by_short[short], stem)
        spots.append(
            (f"{village.name}河道", "river", by_short[short], village)
            + (stand(village.point, 200, 500), 1_200)
        )
    for township in townships:
        rural = [v for v in township.villages if not v.is_community and is_measured(v, township)]
        village = rng.choice(rural)
        spots.append(
            (f"{village.stem}瞭望塔", "hill", township, village)
            + (stand(village.point, 400, 1_200), 3_000)
        )
    for short in ("100", "103", "105", "200"):
        township = by_short[short]
        village = next(v for v in township.villages if not v.is_community)
        spots.append(
            (f"{township.name}{village.name}路口", "road", township, village)
            + (stand(village.point, 50, 200), 400)
        )
    return tuple(camera(order, spot, seed) for order, spot in enumerate(spots, start=1))


def platform_of(role: str, order: int) -> str:
    """Whose platform the camera hangs on."""
    if role == "hill":
        return "forest"
    if role == "mine":
        return "recorder"
    return "police" if role == "road" or order % 6 == 0 else "bureau"


def camera(order: int, spot: tuple[str, str, Township, Village, Point, int], seed: int) -> Camera:
    """One camera with its number and its dates."""
    name, role, township, village, point, radius = spot
    rng = chance(seed, "camera", order)
    planned = rng.choices([day for day, _ in PHASES], [count for _, count in PHASES])[0]
    if role in ("hill", "mine"):
        # These stood there before, for forest fires and safety.
        planned = PHASES[0][0]
    # Most are up in time; some are not.
    built = planned + timedelta(days=rng.choice((-40, -33, -26, -20, -15, -11, -6, -2, 9, 24)))
    kind = {"forest": 131, "recorder": 118, "police": 132, "bureau": 132}[platform_of(role, order)]
    return Camera(
        id=f"99990100{township.short[-2:]}{kind}0{order:06}",
        name=name,
        role=role,
        township=township,
        village=village,
        point=point,
        radius_m=radius,
        platform=platform_of(role, order),
        maker="camel" if role == "hill" else MAKERS[order % len(MAKERS)],
        planned=planned,
        built=built,
        accepted=built + timedelta(days=rng.randint(8, 30)),
        is_easily_fooled=order % FOOLED_EVERY == 0,
    )
