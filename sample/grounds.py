"""Where the county's supervised sites lie: closed shafts, places prone to digging, licensed mines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from sample.places import distance_m, near
from sample.world import REGISTERED, Site, Township, chance

# Sites of the first registers, by the last three digits of the township's code.
SITE_COUNTS = {
    "100": 11,
    "101": 8,
    "102": 14,
    "103": 11,
    "104": 6,
    "105": 11,
    "200": 9,
    "201": 8,
}
# The same gully names occur in many townships, as they do in reality.
GULLIES = (
    *("西沟", "南沟", "后沟", "寺儿沟", "甘草沟", "阳坡沟", "背阴沟", "柳条沟"),
    *("羊圈沟", "石渠沟", "井儿沟", "大沟", "小西沟", "炭窑沟", "红土沟", "窑湾"),
)
MINERALS = {
    "100": ("石灰岩", "煤", "建筑用砂"),
    "101": ("建筑用砂", "煤"),
    "102": ("煤", "煤", "铝土矿"),
    "103": ("煤", "铁矿", "石灰岩"),
    "104": ("建筑用砂", "石灰岩"),
    "105": ("煤", "铝土矿"),
    "200": ("煤", "石灰岩"),
    "201": ("煤", "耐火粘土"),
}
# enterprise, name of the site, township, village, mineral, state of production, licence until
MINES = (
    ("炭梁煤业有限公司", "炭梁煤业露天矿", "103", "炭梁", "煤", "生产", date(2027, 6, 30)),
    ("黑炭塔煤业有限公司", "黑炭塔煤业一号井", "102", "黑炭塔", "煤", "停产", date(2025, 3, 31)),
    ("铁矿沟铁矿有限公司", "铁矿沟铁矿", "103", "铁矿沟", "铁矿", "生产", date(2024, 11, 30)),
    ("灰窑沟石料有限公司", "灰窑沟石料厂", "100", "灰窑沟", "石灰岩", "生产", date(2022, 9, 30)),
    (
        "红胶泥沟粘土矿业有限公司",
        "红胶泥沟粘土矿",
        "201",
        "红胶泥沟",
        "耐火粘土",
        "停产",
        date(2023, 5, 31),
    ),
    ("碛石湾砂石有限公司", "碛石湾砂石厂", "101", "碛石湾", "建筑用砂", "生产", date(2026, 8, 31)),
)
CLASSES = {
    "closed_shaft": "历史废弃(关闭)矿井",
    "dig_prone": "私挖滥采易发点",
    "licensed_mine": "有证矿山",
}


def site_id(township: Township, number: int) -> str:
    """A number as the bureau gives them out."""
    return f"YL{township.short}{number:04}"


def ordinary_site(township: Township, number: int, taken: list[Site], rng: Random) -> Site:
    """A closed shaft or a place prone to digging, in a village and gully of its own."""
    rural = [village for village in township.villages if not village.is_community]
    while True:
        village = rng.choice(rural)
        gully = rng.choice(GULLIES)
        point = near(village.point, 500, 1_900, rng)
        if any(site.village == village and site.gully == gully for site in taken):
            continue
        # Far enough from its neighbours to be told from them by a handheld receiver.
        if all(distance_m(site.point, point) > 700 for site in taken):
            break
    mineral = rng.choice(MINERALS[township.short])
    is_shaft = mineral != "建筑用砂" and rng.random() < 0.55
    digging = {"煤": "露头煤私挖点", "建筑用砂": "盗采砂石点"}.get(mineral, f"{mineral}私挖点")
    return Site(
        id=site_id(township, number),
        name=f"{village.stem}{gully}{'废弃矿井' if is_shaft else digging}",
        kind="closed_shaft" if is_shaft else "dig_prone",
        township=township,
        village=village,
        gully=gully,
        point=point,
        mineral=mineral,
        registered=REGISTERED,
        has_sign=rng.random() < 0.85,
        has_plate=rng.random() < 0.8,
        is_key=rng.random() < 0.35,
        closed=date(rng.randint(1999, 2016), rng.randint(1, 12), rng.randint(1, 28))
        if is_shaft
        else None,
    )


def licensed_mines(townships: tuple[Township, ...], rng: Random) -> list[Site]:
    """The six mines with a licence; one of them runs out in the middle of the half year."""
    mines = []
    for number, mine in enumerate(MINES, start=901):
        enterprise, name, short, stem, mineral, state, until = mine
        (township,) = (township for township in townships if township.short == short)
        (village,) = (village for village in township.villages if village.stem == stem)
        mines.append(
            Site(
                id=site_id(township, number),
                name=name,
                kind="licensed_mine",
                township=township,
                village=village,
                gully="",
                point=near(village.point, 800, 1_600, rng),
                mineral=mineral,
                registered=REGISTERED,
                has_sign=True,
                has_plate=True,
                is_key=True,
                licence=f"C999901{until.year - 5}{rng.randint(0, 10**12 - 1):012}",
                licence_from=date(until.year - 5, until.month, 1),
                licence_to=until,
                enterprise=enterprise,
                state=state,
            )
        )
    return mines


def build_sites(townships: tuple[Township, ...], seed: int) -> tuple[Site, ...]:
    """All sites, those registered later included, by township and number."""
    sites = licensed_mines(townships, chance(seed, "mines"))
    for township in townships:
        rng = chance(seed, "sites", township.short)
        for number in range(1, SITE_COUNTS[township.short] + 1):
            sites.append(ordinary_site(township, number, sites, rng))
    by_short = {township.short: township for township in townships}
    for short, day in (
        ("104", date(2022, 8, 15)),
        ("200", date(2022, 10, 14)),
        ("102", date(2022, 11, 16)),
    ):
        rng = chance(seed, "new site", short)
        found = ordinary_site(by_short[short], SITE_COUNTS[short] + 1, sites, rng)
        sites.append(replace(found, registered=day, is_key=True, has_sign=False, has_plate=False))
    (struck,) = (site for site in sites if site.id == site_id(by_short["105"], 5))
    sites[sites.index(struck)] = replace(
        struck, deregistered=date(2022, 9, 26), deregistered_reason="已回填复垦，县级验收合格"
    )
    return tuple(sorted(sites, key=lambda site: site.id))
