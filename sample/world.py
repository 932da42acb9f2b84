"""The invented county as it really is: villages, sites, meters, and what goes on in secret.

Everything a sender writes is derived from here, so that two feeds never disagree by accident. The same
seed gives the same world whatever months are generated: each part draws from a source of its own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from sample.places import Point, distance_m, near

PACK = Path(__file__).parent / "county"
COUNTY = "云岭县"
BUREAU = "县自然资源局"
POWER_COMPANY = "国网云岭电力公司"
REGISTERED = date(2022, 6, 24)  # the first registers' date

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
    """A metered user. `level_kw` is its usual mean load; `factor` the ratio of its transformers."""

    id: str
    kind: str
    village: Village = field(repr=False)
    level_kw: float
    factor: int
    site: Site | None = None


@dataclass(frozen=True)
class Episode:
    """Something that nobody reports: secret digging at a site, seen only by the meter beside it."""

    id: str
    site: Site
    meter: Meter
    first: date
    last: date
    night_kw: float
    story: str


@dataclass(frozen=True)
class World:
    """The whole county."""

    seed: int
    townships: tuple[Township, ...]
    sites: tuple[Site, ...]
    meters: tuple[Meter, ...]
    episodes: tuple[Episode, ...]

    def sites_of(self, place: Township | Village) -> list[Site]:
        """The sites of a township or a village, in the order of their numbers."""
        return [
            site for site in self.sites if place.code in (site.township.code, site.village.code)
        ]

    def township(self, short: str) -> Township:
        """The township whose code ends so."""
        (found,) = (township for township in self.townships if township.short == short)
        return found

    def rng(self, *topic: object) -> Random:
        """A source of chance of its own for every topic: what is drawn first changes nothing else."""
        return chance(self.seed, *topic)


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


# Kinds of users: share among the ordinary ones, usual mean kW from and to, transformer ratios.
ORDINARY = {
    "household": (0.52, 0.2, 0.9, (1,)),
    "shop": (0.08, 0.8, 4.0, (1,)),
    "farm": (0.16, 2.0, 15.0, (1, 20)),
    "pump": (0.10, 8.0, 40.0, (1, 20)),
    "factory": (0.14, 20.0, 120.0, (20, 40, 60)),
}
SPECIAL = (
    *("mine", "suspended", "abandoned", "mine", "closed"),
    *("abandoned", "suspended", "abandoned", "mine"),
)
EPISODES = (
    (date(2022, 7, 11), date(2022, 8, 7), 55.0, "夜间从废弃企业变压器接电盗采"),
    (date(2022, 9, 12), date(2022, 10, 23), 80.0, "关闭井口夜间复采，白天封堵伪装"),
    (date(2022, 11, 14), date(2022, 12, 18), 45.0, "养殖场名义用电，夜间挖掘露头煤"),
)


def build_meters(
    townships: tuple[Township, ...], sites: tuple[Site, ...], seed: int, count: int
) -> tuple[Meter, ...]:
    """The first users are the telling ones, so that a small sample has them too."""
    mines = [site for site in sites if site.kind == "licensed_mine"]
    shafts = [
        site
        for site in chance(seed, "abandoned").sample(sites, len(sites))
        if site.kind == "closed_shaft" and site.registered == REGISTERED and not site.deregistered
    ]
    villages = [village for township in townships for village in township.villages]
    meters = []
    for number in range(count):
        rng = chance(seed, "meter", number)
        site = None
        kind = SPECIAL[number] if number < len(SPECIAL) else ""
        if kind == "mine":
            site = mines.pop(0)
            level = rng.uniform(250, 700) if site.state == "生产" else rng.uniform(15, 30)
        elif kind == "abandoned":
            site, level = shafts.pop(0), 0.3
        elif kind:
            level = rng.uniform(5, 20)
        else:
            shares = [share for share, *_ in ORDINARY.values()]
            kind = rng.choices(list(ORDINARY), shares)[0]
            level = rng.uniform(*ORDINARY[kind][1:3])
        village = site.village if site else rng.choice(villages)
        factors = ORDINARY[kind][3] if kind in ORDINARY else (80,) if kind == "mine" else (20,)
        # Ten digits with leading zeros: an identifier, never a number.
        identifier = f"0099{number + 1:06}"
        meters.append(Meter(identifier, kind, village, level, rng.choice(factors), site))
    return tuple(meters)


def build_world(seed: int, meters: int) -> World:
    """The county for that seed, with that many metered users."""
    townships = read_townships()
    sites = build_sites(townships, seed)
    users = build_meters(townships, sites, seed, meters)
    abandoned = [meter for meter in users if meter.kind == "abandoned"]
    episodes = tuple(
        Episode(f"E{number:02}", meter.site, meter, *story)
        for number, (meter, story) in enumerate(zip(abandoned, EPISODES, strict=False), start=1)
        if meter.site
    )
    return World(seed, townships, sites, users, episodes)
