"""What citizens, superiors and other agencies report, and what is made of it.

A clue says where something happens in the words of whoever saw it. Most are about something honest or
nothing at all; those about an episode are often looked into by day, when nobody digs, and answered
不属实. Nobody is named: reporters are 村民甲, numbers nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from sample.episodes import half_year
from sample.invented import invented_phone, reporter
from sample.lists import at, office_hours
from sample.places import Point, distance_m, near
from sample.world import BUREAU, DAY, Decoy, Episode, Place, Village, World

BY_TELEPHONE = ("12345", "110", "举报电话")
CHANNELS = ("12345", "12345", "12345", "110", "110", "举报电话", "举报平台", "网络邮箱", "举报信箱")
UNFOUNDED, FOUNDED, PARTLY = "不属实", "属实", "部分属实"

WORDS = {
    "reopened_shaft": (
        "{where}早就关了的老窑，晚上又在出{mineral}，天不亮就停，有人放哨",
        "{where}废矿那边半夜有机器声，电是从原来矿上的变压器接的",
    ),
    "open_pit": (
        "{where}夜里有挖掘机挖{mineral}，大车一辆接一辆往外拉",
        "{where}晚上十点以后挖机就上去了，挖的是{mineral}",
    ),
    "river_sand": (
        "{where}晚上有人挖河沙，装载机和翻斗车响一夜",
        "有人在{where}偷采砂子，河堤都快挖塌了",
    ),
    "beyond_licence": (
        "{where}挖到界桩外面去了，占了村里的坡地",
        "{where}手续不全还在干，白天黑夜不停",
    ),
    "farm_cover": (
        "{where}挂着养殖的牌子，晚上院里在挖{mineral}，机器响",
        "{where}没见养几头牲口，夜里往外拉{mineral}",
    ),
    "project_cover": (
        "{where}说是整地修复，实际把{mineral}挖出来卖了",
        "{where}打着治理的旗号采{mineral}，天黑以后拉走",
    ),
    "suspended_load": (
        "{where}停了的厂子晚上又开工，加工的{mineral}来路不明",
        "{where}半夜机器响，白天大门锁着",
    ),
    "tip_off": (
        "{where}有人夜里采{mineral}，检查的人来之前就停了，走了又干",
        "{where}一有检查就没动静，肯定有人报信",
    ),
    "repeat_clues": (
        "{where}夜里挖{mineral}，反映过没人管",
        "{where}还是有人半夜挖，上次答复说没有，请再来看看，要晚上来",
        "第几次反映了，{where}晚上挖机照样干活",
    ),
    "camera_off": (
        "{where}晚上有人挖{mineral}，那边的摄像头一到晚上就不亮",
        "{where}夜里有挖机声音",
    ),
    "other_mineral": (
        "{where}办的不是煤的证，挖出来的是煤",
        "{where}借着采石采土挖煤，从后沟拉走",
    ),
    "licensed_blasting": (
        "{where}方向中午放炮，房子都震了，是不是有人偷着炸山",
        "听见{where}爆破声，怀疑非法采矿",
    ),
    "quarry_complaint": (
        "{where}噪声大，扬尘大，影响生活，怀疑没有手续",
        "{where}拉料车把路压坏了，尘土飞扬，请核实是否合法",
    ),
    "road_works": (
        "{where}有挖掘机在挖山，请查是不是采矿",
        "{where}挖机和大车干了好几天了，不知道有没有手续",
    ),
}
NOTHING = (
    "{where}附近晚上有大车经过，怀疑拉煤",
    "听人说{where}有人想开窑，请核查",
    "{where}有新挖的土坑，不知道做什么用",
    "{where}有人拉石头盖房，请问是否允许",
    "{where}河边有人装沙子，三轮车，白天",
)
ANSWERS_OF_DECOYS = {
    "licensed_blasting": UNFOUNDED,
    "quarry_complaint": UNFOUNDED,
    "road_works": UNFOUNDED,
}
OF_DECOYS = {"licensed_blasting": (1, 2), "quarry_complaint": (2, 4), "road_works": (0, 1)}
NOTHING_EACH_MONTH = (11, 18)


@dataclass(frozen=True)
class Clue:
    """One clue with all that becomes of it in time. `cause`: the episode or decoy it is about.

    `is_decisive`: it led to the discovery. `is_result_true`: the answer is what is really so.
    """

    channel: str
    received_at: datetime
    text: str
    place: Place
    point: Point | None
    reporter: str
    phone: str
    is_real_name: bool
    transferred_to: str
    cause: str | None = None
    is_decisive: bool = False
    transferred_at: datetime | None = None
    verified_at: datetime | None = None
    result: str | None = None
    answered_at: datetime | None = None
    is_result_true: bool = True
    id: str = ""


def said(
    kind: str,
    place: Place,
    channel: str,
    moment: datetime,
    rng: Random,
    turn: int = 0,
    mineral: str = "煤",
) -> Clue:
    """A clue in the words of whoever rang up; not yet passed on."""
    texts = WORDS.get(kind, NOTHING)
    where = f"{place.township.name if rng.random() < 0.4 else ''}{place.name}"
    is_anonymous = rng.random() < 0.35
    text = texts[turn % len(texts)].format(where=where, mineral=mineral)
    phone = "" if is_anonymous or channel not in BY_TELEPHONE else invented_phone(rng)
    if phone and rng.random() < 0.06:
        text += f"，可回电{phone}"
    return Clue(
        channel=channel,
        received_at=moment,
        text=text,
        place=place,
        point=near(place.point, 20, 150, rng) if rng.random() < 0.2 else None,
        reporter="匿名" if is_anonymous else reporter(rng),
        phone=phone,
        is_real_name=not is_anonymous and rng.random() < 0.5,
        transferred_to=rng.choice((BUREAU, place.township.government, place.township.government)),
    )


def passed_on(clue: Clue, result: str | None, rng: Random, within: int = 12) -> Clue:
    """The clue passed on, looked into within so many days (or never) and answered (or not)."""
    transferred = office_hours(clue.received_at + timedelta(hours=rng.uniform(1, 60)))
    verified = office_hours(transferred + timedelta(days=rng.uniform(0.5, within)))
    if result is None:
        return replace(clue, transferred_at=transferred)
    answered = None
    if rng.random() < 0.9:
        answered = office_hours(verified + timedelta(days=rng.uniform(0.2, 5)))
    return replace(
        clue, transferred_at=transferred, verified_at=verified, result=result, answered_at=answered
    )


def by_day(day: date, rng: Random) -> datetime:
    """Some waking hour of that day."""
    return at(day, rng.randint(7, 22), rng.randrange(60))


def clues_of_episode(world: World, episode: Episode) -> list[Clue]:
    """What citizens say about an episode: the last one is decisive if it came out by a clue."""
    rng = world.rng("clues", episode.id)
    found = episode.discovery
    by_clue = found is not None and found.source in ("clue", "superior")
    until = found.day if found and (found.is_filed or by_clue) else episode.last
    span = (until - episode.first).days
    clues = []
    for turn in range(episode.clue_count):
        share = (turn + rng.uniform(0.3, 1)) / (episode.clue_count + 0.3)
        day = episode.first + max(2, round(share * span)) * DAY
        is_decisive = by_clue and turn == episode.clue_count - 1
        channel = rng.choice(CHANNELS)
        if is_decisive:
            day = found.day - rng.randint(1, 3) * DAY
            channel = "上级交办" if found.source == "superior" else channel
        clue = said(
            episode.kind, episode.place, channel, by_day(day, rng), rng, turn, episode.mineral
        )
        clue = replace(clue, cause=episode.id, is_decisive=is_decisive)
        if is_decisive:
            verified = at(found.day, 10, 30)
            moved = min(clue.received_at + timedelta(hours=3), verified - timedelta(hours=1))
            clue = replace(
                clue,
                transferred_at=moved,
                verified_at=verified,
                result=FOUNDED if rng.random() < 0.8 else PARTLY,
                answered_at=at(found.day + rng.randint(1, 6) * DAY, 16),
            )
        elif episode.kind == "repeat_clues" or rng.random() < 0.7:
            # By day there is nothing to be seen.
            clue = replace(passed_on(clue, UNFOUNDED, rng, within=6), is_result_true=False)
        else:
            clue = passed_on(clue, None, rng)
        clues.append(clue)
    return clues


def clues_of_decoy(world: World, decoy: Decoy) -> list[Clue]:
    """What citizens say about something honest; neighbours of a quarry say it twice."""
    rng = world.rng("clues", decoy.id)
    clues: list[Clue] = []
    count = rng.randint(*OF_DECOYS[decoy.kind]) if decoy.kind in OF_DECOYS else 0
    for turn in range(count):
        day = decoy.first + rng.randint(0, (decoy.last - decoy.first).days) * DAY
        channel = ("12345", "110", "12345", "举报电话")[turn % 4]
        clue = said(decoy.kind, decoy.place, channel, by_day(day, rng), rng)
        clue = passed_on(clue, ANSWERS_OF_DECOYS[decoy.kind], rng)
        clues.append(replace(clue, cause=decoy.id))
    return clues


def quiet_village(world: World, day: date, rng: Random) -> Village:
    """A village where nobody digs in these weeks, as far as this half year has planned it."""
    weeks = timedelta(days=30)
    noisy = [
        episode.place
        for episode in world.episodes
        if episode.first - weeks <= day <= episode.last + weeks
        and half_year(episode.first) <= half_year(day)
    ]
    while True:
        township = rng.choice(world.townships)
        village = rng.choice(township.villages)
        if all(distance_m(place.point, village.point) > 2_500 for place in noisy):
            return village


def clues_of_nothing(world: World, month: date) -> list[Clue]:
    """What is reported every month and is nothing."""
    rng = world.rng("clues of nothing", month)
    clues = []
    for _ in range(rng.randint(*NOTHING_EACH_MONTH)):
        day = month.replace(day=rng.randint(1, 28))
        village = quiet_village(world, day, rng)
        place = Place(village.name, world.township_of(village), village, village.point)
        channel = rng.choice((*CHANNELS, "部门移送", "上级交办"))
        clue = said("", place, channel, by_day(day, rng), rng, rng.randrange(len(NOTHING)))
        result = rng.choice((UNFOUNDED, UNFOUNDED, UNFOUNDED, UNFOUNDED, None))
        clues.append(passed_on(replace(clue, point=None), result, rng, within=15))
    return clues


class ClueBook:
    """All clues, month by month, with their numbers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.planned = [clue for e in world.episodes for clue in clues_of_episode(world, e)]
        self.planned += [clue for d in world.decoys for clue in clues_of_decoy(world, d)]
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, month: date) -> tuple[Clue, ...]:
        """The clues received in that month in the order of time."""
        found = clues_of_nothing(self.world, month)
        found += [c for c in self.planned if c.received_at.date().replace(day=1) == month]
        found.sort(key=lambda clue: (clue.received_at, clue.text))
        counts: dict[str, int] = {}
        numbered = []
        for clue in found:
            prefix = {"12345": "QX", "110": "JJ"}.get(clue.channel, "XS")
            counts[prefix] = counts.get(prefix, 0) + 1
            identifier = f"{prefix}{month:%Y%m}{counts[prefix]:04}"
            numbered.append(replace(clue, id=identifier))
        return tuple(numbered)

    def decisive(self, episode: Episode) -> Clue | None:
        """The clue by which an episode came out."""
        for planned in self.planned:
            if planned.is_decisive and planned.cause == episode.id:
                month = planned.received_at.date().replace(day=1)
                return next(c for c in self.of(month) if c.is_decisive and c.cause == episode.id)
        return None
