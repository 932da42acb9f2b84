"""The desk from which offices send the lists of what they did: which rows a list has, how it looks.

What offices owe and did not do, or did late, is noted here and becomes `truth/duties.json`: not what a
rule would say of it, only what was planted. Whoever judges has to find it, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sample.cases import CaseBook
from sample.clues import ClueBook
from sample.episodes import half_year
from sample.lists import ListFile, Row, quarter_start, send_list
from sample.outbox import Outbox
from sample.world import DAY, World

OFFICE = "县严厉打击非法违法采矿领导小组办公室"
COUNTY_GOVERNMENT = "县人民政府"
POLICE, WATER, SAFETY = "县公安局", "县水利局", "县应急局"
ENERGY, ENVIRONMENT = "县发改局(能源局)", "市生态环境局云岭分局"
MARKET, FORESTRY, FINANCE = "县市场局", "县林业局", "县财政局"
DISCIPLINE, PUBLICITY, PROSECUTORS = "县纪委监委", "县委宣传部", "县检察院"
# Before the campaign nobody kept lists of it.
BEGUN = date(2022, 7, 1)


@dataclass(frozen=True)
class Look:
    """What a list looks like; `unit` counts its rows in the last line, which there is none without.

    Most offices send no list when there is nothing on it; some send the empty form to say just that.
    """

    title: str = ""
    kind: str = "xlsx"
    unit: str = ""
    foot: str = ""
    grouped: str = ""
    is_sent_empty: bool = False


@dataclass
class Desk:
    """Sends lists and keeps what was planted in them."""

    outbox: Outbox
    world: World
    clues: ClueBook
    cases: CaseBook
    duties: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)

    def send(
        self,
        feed: str,
        name: str,
        headers: Sequence[str],
        rows: Sequence[Row],
        now: datetime,
        sender: str,
        look: Look,
        blank: tuple[int, str] | None = None,
    ) -> tuple[str, int] | None:
        """Send one list, unless there is nothing on it; says its name in the truth and its first row.

        `blank`: somebody forgot the required cell under that header in that row, and the row is lost.
        """
        if not rows and not look.is_sent_empty:
            return None
        rows, lost = list(rows), blank is not None and len(rows) > 1
        if blank and lost:
            number, header = blank[0] % len(rows), blank[1]
            column = headers.index(header)
            rows[number] = (*rows[number][:column], None, *rows[number][column + 1 :])
        sent = ListFile(
            name,
            now.date(),
            headers,
            rows,
            look.title,
            total=f"{len(rows)}{look.unit}" if look.unit else "",
            foot=look.foot,
            kind=look.kind,
            grouped=look.grouped,
        )
        file = send_list(self.outbox, feed, sent, now, sender, int(lost))
        if blank and lost:
            self.outbox.note_dirt(
                "required_cell_blank", file, row=sent.first_row + number, header=header
            )
        return file, sent.first_row

    def note_duty(self, kind: str, unit: str, subject: str, outcome: str, **what: Any) -> None:
        """Remember what was not done, or not in time, on purpose."""
        key = (kind, unit, subject)
        self.duties[key] = {
            "kind": kind,
            "unit": unit,
            "subject": subject,
            "outcome": outcome,
        } | what

    def truth(self) -> list[dict[str, Any]]:
        """All of it, in order."""
        return [self.duties[key] for key in sorted(self.duties)]


def listed_from(day: date) -> date:
    """From when on a list that grows through the year has its rows.

    Into the spring it still holds the last quarter of the year before, so that what was begun in winter
    comes to its end.
    """
    before = quarter_start(day - timedelta(days=90))
    return before if before.year < day.year else date(day.year, 1, 1)


def workday(day: date) -> date:
    """The day, or the Friday before it."""
    return day - max(0, day.weekday() - 4) * DAY


def drawn(rng: Random, fates: dict[str, float]) -> str:
    """One of these fates by their shares."""
    return rng.choices(list(fates), list(fates.values()))[0]


class Fates:
    """Deals fates out of a shuffled pack, half year by half year, so that few things have every one too.

    Things come in the order of their days, from the first of a half year on, whatever part of it a list has.
    """

    def __init__(self, world: World, topic: str, fates: dict[str, int]) -> None:
        self.world, self.topic = world, topic
        self.fates = [fate for fate, count in fates.items() for _ in range(count)]
        self.dealt: Counter[date] = Counter()

    def next(self, day: date) -> str:
        """The fate of the next thing, which is of that day."""
        start = half_year(day)
        pack = list(self.fates)
        self.world.rng(self.topic, start).shuffle(pack)
        self.dealt[start] += 1
        return pack[(self.dealt[start] - 1) % len(pack)]
