"""Who is metered: the power company's accounts as they really are, and what becomes of them.

The telling users come first, so that a small sample has them too: mines, transformers left behind by
abandoned enterprises, suspended and closed accounts, farms and building sites. Numbers are identifiers:
ten digits with leading zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample.invented import PERSONS
from sample.places import Point, near
from sample.world import REGISTERED, Episode, Meter, Site, Township, Village, World, chance

TELLING = (
    *("mine", "suspended", "abandoned", "cover_farm", "project", "abandoned", "closed"),
    *("mine", "abandoned", "suspended", "cover_farm", "mine", "abandoned", "project"),
    *("suspended", "abandoned", "cover_farm", "mine", "abandoned", "closed", "suspended"),
    *("abandoned", "mine", "cover_farm", "project", "abandoned", "suspended", "mine"),
    *("abandoned", "cover_farm", "abandoned", "suspended", "project", "closed"),
)
# From here on every second user is an ordinary one.
CLOSE_TOGETHER = 9
# Ordinary users of every kind before chance decides.
FIRST_ORDINARY = ("factory", "farm", "pump", "shop", "household", "farm", "factory", "pump") * 5


@dataclass(frozen=True)
class Class:
    """A kind of user: share of the ordinary ones, usual mean kW, transformer ratios, capacities, words."""

    share: float
    level_kw: tuple[float, float]
    factors: tuple[int, ...]
    capacities: tuple[int, ...]
    category: str
    industry: str
    voltage: str


CLASSES = {
    "household": Class(0.52, (0.2, 0.9), (1,), (8,), "乡村居民生活用电", "居民", "交流220V"),
    "shop": Class(0.08, (0.8, 4.0), (1,), (15, 20), "商业用电", "批发和零售业", "交流380V"),
    "farm": Class(0.16, (2.0, 15.0), (1, 20), (50, 80), "农业生产用电", "畜牧业", "交流380V"),
    "pump": Class(0.10, (8.0, 40.0), (1, 20), (80, 100), "农业排灌用电", "农业灌溉", "交流380V"),
    "factory": Class(0.14, (20, 120), (20, 40, 60), (315, 400), "大工业用电", "制造业", "交流10kV"),
    "mine": Class(0, (250, 700), (80,), (1250, 2000), "大工业用电", "采矿业", "交流10kV"),
    "suspended": Class(0, (0, 0), (20,), (315, 400), "普通工业", "煤炭洗选和石料加工", "交流10kV"),
    "abandoned": Class(0, (0.3, 0.3), (20,), (100, 160, 200), "普通工业", "采矿业", "交流10kV"),
    "closed": Class(0, (0, 0), (20,), (160, 200), "普通工业", "砖瓦制造", "交流10kV"),
    "cover_farm": Class(0, (3.0, 9.0), (20,), (50, 80), "农业生产用电", "畜牧业", "交流380V"),
    "project": Class(0, (2.0, 5.0), (20,), (100, 125), "非工业", "土木工程建筑业", "交流380V"),
}
TITLES = {
    "shop": ("便民超市", "饭店", "农资门市部", "加油站"),
    "farm": ("养羊专业合作社", "奶牛场", "种植专业合作社", "养鸡场"),
    "factory": ("面粉有限公司", "木材加工厂", "建材有限公司", "机械配件厂"),
    "suspended": ("洗煤有限公司", "石料加工厂", "选矿有限公司"),
    "closed": ("砖厂", "预制构件厂"),
    "cover_farm": ("养殖专业合作社", "生态养殖场", "畜牧养殖场"),
    "project": ("土地整治项目部", "生态修复工程项目部", "采空区治理项目部"),
}
STATES = {"suspended": ("报停",), "abandoned": ("报停", "报停", "暂停", "正常")}
SUPPLY_STOPPED = timedelta(days=120)


def kind_of(number: int, rng: Random) -> str:
    """What the user of that number is."""
    if number < CLOSE_TOGETHER:
        return TELLING[number]
    order, is_ordinary = divmod(number - CLOSE_TOGETHER, 2)
    telling = CLOSE_TOGETHER + order
    if not is_ordinary and telling < len(TELLING):
        return TELLING[telling]
    # Those before it, less the telling ones among them.
    ordinary = number - min(len(TELLING), telling + is_ordinary)
    if ordinary < len(FIRST_ORDINARY):
        return FIRST_ORDINARY[ordinary]
    return rng.choices(list(CLASSES), [each.share for each in CLASSES.values()])[0]


def name_of(kind: str, number: int, village: Village, site: Site | None, rng: Random) -> str:
    """The name on the account; a person's is none."""
    if kind == "mine" and site and site.enterprise:
        return site.enterprise
    if kind == "abandoned" and site:
        return f"{village.stem}{site.gully}{'煤矿' if site.mineral == '煤' else '采矿有限公司'}"
    if kind == "household":
        return f"{village.stem}村民{PERSONS[number % 10]}{number // 10}"
    if kind == "pump":
        return village.full_name
    return village.stem + rng.choice(TITLES[kind])


def abandoned_shafts(sites: tuple[Site, ...], seed: int) -> list[Site]:
    """Closed shafts in the order in which their transformers are metered, townships taking turns."""
    shafts = [
        site
        for site in chance(seed, "abandoned").sample(sites, len(sites))
        if site.kind == "closed_shaft" and site.registered == REGISTERED and not site.deregistered
    ]
    seen: dict[str, int] = {}
    turns = []
    for site in shafts:
        seen[site.township.code] = seen.get(site.township.code, 0) + 1
        turns.append((seen[site.township.code], site))
    return [site for _, site in sorted(turns, key=lambda turn: turn[0])]


def build_meters(
    townships: tuple[Township, ...], sites: tuple[Site, ...], seed: int, count: int
) -> tuple[Meter, ...]:
    """The first `count` users of the county."""
    mines = [site for site in sites if site.kind == "licensed_mine"]
    shafts = abandoned_shafts(sites, seed)
    villages = [village for township in townships for village in township.villages]
    meters = []
    for number in range(count):
        rng = chance(seed, "meter", number)
        kind = kind_of(number, rng)
        site = None
        if kind in ("mine", "abandoned"):
            site = (mines if kind == "mine" else shafts).pop(0)
        village = site.village if site else rng.choice(villages)
        while village.is_community and kind not in ("household", "shop"):
            village = rng.choice(villages)
        level = rng.uniform(*CLASSES[kind].level_kw)
        if site and site.state == "停产":
            level = rng.uniform(15, 30)
        meters.append(
            Meter(
                id=f"0099{number + 1:06}",
                kind=kind,
                name=name_of(kind, number, village, site, rng),
                village=village,
                point=standing(site, village, rng),
                level_kw=level,
                factor=rng.choice(CLASSES[kind].factors),
                capacity_kva=rng.choice(CLASSES[kind].capacities),
                opened=date(
                    2022 if kind == "project" else rng.randint(2004, 2020),
                    rng.randint(1, 6),
                    rng.randint(1, 28),
                ),
                state=rng.choice(STATES.get(kind, ("正常",))),
                closed=date(2022, 7, rng.randint(1, 31)) if kind == "closed" else None,
                site=site,
            )
        )
    return tuple(meters)


def standing(site: Site | None, village: Village, rng: Random) -> Point:
    """Where the meter hangs: beside its site, or somewhere in the village."""
    return near(site.point, 80, 220, rng) if site else near(village.point, 60, 900, rng)


# What becomes of an account


def stopped_on(episode: Episode) -> date | None:
    """When the company cut off a user that was found out, if it did; a licensed mine it does not."""
    found, meter = episode.discovery, episode.meter
    if found is None or not found.is_filed or meter is None or meter.kind == "mine":
        return None
    return found.day + timedelta(days=2 + int(episode.id[-2:]) % 6)


def state_on(world: World, meter: Meter, day: date) -> str:
    """用户状态 on that day."""
    if meter.closed and meter.closed <= day:
        return "销户"
    for episode in world.episodes:
        if episode.meter == meter:
            stopped = stopped_on(episode)
            # Supply is taken up again after some months, once everything is in order.
            if stopped and stopped <= day < stopped + SUPPLY_STOPPED:
                return "停供"
    if any(meter in decoy.meters for decoy in world.decoys_on(day, "honest_pause")):
        return "报停"
    return meter.state
