"""`video_verifications`: what whoever went there says about an event, and how soon.

Three kinds of answers: 误报 for wind and headlights, 属实 where somebody was caught, 重复 for what the
camera showed before. An event of an episode that nobody wants to see is 误报, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sample.cases import CaseBook
from sample.lists import ListFile, at, known, minute, send_list
from sample.outbox import Outbox
from sample.video import MINING, Event, Watch
from sample.video_files import level
from sample.world import BUREAU, DAY, Episode, World
from sample.writers import Cell

FEED = "video_verifications"
HEADERS = (
    *("事件编号", "核查时间", "核查单位", "核查结果", "处置时间", "处置情况", "案件编号"),
    "线索编号",
)
# A truck by day is looked into now and then.
DAY_TRUCKS = 0.35
IN_TIME, LATE = 0.7, 0.22
# Days before a discovery from which an event is admitted to be one: where it came out by the camera more.
ADMITTED_BEFORE = {"video": 5}


@dataclass(frozen=True)
class Verification:
    """What was said about one event."""

    event: Event
    verified_at: datetime
    unit: str
    result: str
    disposed_at: datetime | None
    disposition: str
    is_true: bool


class VerificationOffice:
    """Decides who looks into what, and sends the list of every week."""

    def __init__(self, outbox: Outbox, world: World, watch: Watch, cases: CaseBook) -> None:
        self.outbox, self.world, self.watch, self.cases = outbox, world, watch, cases
        self.episodes = {episode.id: episode for episode in world.episodes}
        self.kinds = {decoy.id: decoy.kind for decoy in world.decoys}

    def on(self, day: date) -> list[Verification]:
        """The verifications of the events of one day."""
        rng = self.world.rng("verifications", day)
        seen: set[tuple[str, str | None]] = set()
        found = []
        for event in self.watch.on(day):
            if not event.id or event.kind not in MINING:
                continue
            luck = rng.random()
            if level(event) > 2 and luck > DAY_TRUCKS:
                continue
            minutes = self.delay(rng)
            # Two events of one cause at one camera on one day are one thing.
            key = (event.camera.id, event.cause)
            is_repeated = event.cause is not None and key in seen
            seen.add(key)
            result = "重复" if is_repeated and luck < 0.8 else self.result(event, rng)
            if minutes is None or result is None:
                continue
            verified = event.pushed_at + timedelta(minutes=minutes)
            found.append(self.verification(event, verified.replace(second=0), result, rng))
        return found

    def delay(self, rng: Random) -> int | None:
        """Minutes until somebody has been there; None for never."""
        luck = rng.random()
        if luck < IN_TIME:
            return rng.randint(8, 118)
        return rng.randint(125, 1_900) if luck < IN_TIME + LATE else None

    def result(self, event: Event, rng: Random) -> str | None:
        """What is said; None if nobody says anything."""
        episode = self.episodes.get(event.cause or "")
        if episode is None:
            return "误报" if rng.random() < 0.95 else None
        if self.is_admitted(episode, event.occurred_at.date()):
            return "属实"
        return "误报" if rng.random() < 0.6 else None

    def is_admitted(self, episode: Episode, day: date) -> bool:
        """Whether it has come out by then: the last nights before the discovery, and all after it."""
        found = episode.discovery
        return found is not None and day >= found.day - ADMITTED_BEFORE.get(found.source, 2) * DAY

    def verification(
        self, event: Event, verified: datetime, result: str, rng: Random
    ) -> Verification:
        """The line of the list."""
        township = event.camera.township.government
        is_confirmed = result == "属实"
        words = "现场未发现异常"
        if is_confirmed:
            words = "到场制止，责令停工，人员设备已清离"
        elif self.kinds.get(event.cause or "") == "road_works":
            words = "道路施工，有许可"
        return Verification(
            event=event,
            verified_at=verified,
            unit=rng.choice((township, township, township, BUREAU)),
            result=result,
            disposed_at=verified + timedelta(minutes=rng.randint(20, 300))
            if is_confirmed
            else None,
            disposition=words,
            is_true=is_confirmed or result == "重复" or event.cause not in self.episodes,
        )

    def write_week(self, monday: date) -> None:
        """What was verified in the seven days until the Monday after that week, ten o'clock."""
        now = at(monday + 7 * DAY, 10)
        before = now - 7 * DAY
        days = [monday + offset * DAY for offset in range(-2, 8)]
        done = [v for day in days for v in self.on(day) if before < v.verified_at <= now]
        if not done:
            return
        sent = ListFile(
            f"视频事件核查_{now:%Y%m%d}",
            now.date(),
            HEADERS,
            [self.row(each, now) for each in done],
            "视频预警核查处置情况",
            total=f"{len(done)}条",
        )
        file = send_list(self.outbox, FEED, sent, now + timedelta(minutes=25), BUREAU)
        for row, each in enumerate(done, start=sent.first_row):
            if each.event.cause:
                where = {"row": row, "event_id": each.event.id, "is_result_true": each.is_true}
                self.outbox.note_trace(each.event.cause, FEED, file, **where)

    def row(self, each: Verification, now: datetime) -> tuple[Cell, ...]:
        """The verification as it stands at that time."""
        case = self.cases.of_episode.get(each.event.cause or "")
        filed = case.done("立案") if case and each.result == "属实" else None
        return (
            each.event.id,
            minute(each.verified_at),
            each.unit,
            each.result,
            minute(known(each.disposed_at, now)),
            each.disposition,
            case.id if case and known(filed, now) else None,
            None,
        )
