"""`clues`: the lists that the hotline, the police, the bureau and townships keep, each in its own way.

A list holds the quarter's clues as they stand on the day it is sent, so that a clue comes again when it
has been passed on, looked into and answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sample.cases import POLICE, CaseBook
from sample.clues import Clue, ClueBook
from sample.lists import ListFile, at, known, listed_since, minute, month_end, send_list
from sample.outbox import Outbox
from sample.world import BUREAU, COUNTY, DAY, World
from sample.writers import Cell

FEED = "clues"
HOTLINE = "县行政审批局"
# Header of each list → what stands in the column.
HOTLINE_COLUMNS = {
    "工单编号": "id",
    "来源渠道": "channel",
    "受理时间": "received",
    "紧急程度": "urgency",
    "内容": "text",
    "地点": "place",
    "乡镇": "township",
    "村": "village",
    "来电人": "reporter",
    "来电号码": "phone",
    "是否实名": "is_real_name",
    "转办单位": "transferred_to",
    "转办时间": "transferred",
    "核查时间": "verified",
    "核查结果": "result",
    "答复时间": "answered",
    "案件编号": "case_id",
}
COLUMNS = {
    "线索编号": "id",
    "来源渠道": "channel",
    "接收时间": "received",
    "内容": "text",
    "地点": "place",
    "乡镇": "township",
    "村": "village",
    "经度": "longitude",
    "纬度": "latitude",
    "点位编号": "site_id",
    "举报人": "reporter",
    "联系电话": "phone",
    "是否实名": "is_real_name",
    "转办单位": "transferred_to",
    "转办时间": "transferred",
    "核查时间": "verified",
    "核查结果": "result",
    "答复时间": "answered",
    "案件编号": "case_id",
}


@dataclass(frozen=True)
class Habit:
    """How one office keeps its list."""

    columns: dict[str, str]
    title: str = ""
    kind: str = "xlsx"
    foot: str = ""
    has_total: bool = False


HABITS = {
    HOTLINE: Habit(HOTLINE_COLUMNS, kind="csv"),
    POLICE: Habit(COLUMNS, "涉矿警情登记表", kind="xls"),
    BUREAU: Habit(COLUMNS, "非法违法采矿线索台账", foot="填表人：执法队员05", has_total=True),
}
OF_TOWNSHIPS = Habit(COLUMNS, "群众举报线索登记表", foot="填表人：乡级网格员01")


def keeper(clue: Clue) -> str:
    """In whose list the clue stands."""
    if clue.channel == "12345":
        return HOTLINE
    if clue.channel == "110":
        return POLICE
    is_local = clue.channel == "举报电话" and clue.transferred_to != BUREAU
    return clue.transferred_to if is_local else BUREAU


class ClueOffice:
    """Sends every office's list."""

    def __init__(self, outbox: Outbox, world: World, book: ClueBook, cases: CaseBook) -> None:
        self.outbox, self.world, self.book, self.cases = outbox, world, book, cases
        self.truth: dict[str, dict[str, Any]] = {}

    def until(self, now: datetime, keeper_name: str) -> list[Clue]:
        """The quarter's clues in that list by then."""
        month, found = listed_since(now.date()), []
        while month <= now.date():
            found += [c for c in self.book.of(month) if keeper(c) == keeper_name]
            month = month_end(month) + DAY
        return [clue for clue in found if clue.received_at <= now]

    def write_week(self, sunday: date) -> None:
        """The hotline exports every Sunday night."""
        self.write(HOTLINE, at(sunday, 23, 30), f"12345工单_{sunday:%Y%m%d}")

    def write_month(self, end: date) -> None:
        """The others send theirs at the end of the month, townships only if they have any."""
        self.write(POLICE, at(end, 17, 20), f"110涉矿警情{end:%Y%m}")
        self.write(BUREAU, at(end, 17, 45), f"线索台账{end.year}年{end.month}月")
        for number, township in enumerate(self.world.townships):
            name = f"{township.name}线索登记表{end.year}年{end.month}月"
            self.write(township.government, at(end, 16, 5 * number), name)

    def write(self, keeper_name: str, now: datetime, name: str) -> None:
        """Send one list as of that time."""
        clues = self.until(now, keeper_name)
        if not clues:
            return
        habit = HABITS.get(keeper_name, OF_TOWNSHIPS)
        sent = ListFile(
            name,
            now.date(),
            list(habit.columns),
            [self.row(clue, habit, now) for clue in clues],
            COUNTY + habit.title,
            total=f"{len(clues)}条" if habit.has_total else "",
            foot=habit.foot,
            kind=habit.kind,
        )
        file = send_list(self.outbox, FEED, sent, now, keeper_name)
        for row, clue in enumerate(clues, start=sent.first_row):
            if clue.id not in self.truth:
                self.note(clue, file, row)

    def note(self, clue: Clue, file: str, row: int) -> None:
        """What the clue is really about."""
        self.truth[clue.id] = {
            "clue_id": clue.id,
            "file": file,
            "row": row,
            "cause": clue.cause,
            "village_code": clue.place.village.code,
            "site_id": clue.place.site.id if clue.place.site else None,
            "result": clue.result,
            "is_result_true": clue.is_result_true,
            "is_decisive": clue.is_decisive,
        }
        if clue.cause:
            self.outbox.note_trace(clue.cause, FEED, file, row=row, clue_id=clue.id)

    def row(self, clue: Clue, habit: Habit, now: datetime) -> tuple[Cell, ...]:
        """The clue as it stands at that time."""
        rng = self.world.rng("clue row", clue.id)
        site = clue.place.site if rng.random() < 0.3 else None
        longitude, latitude = clue.point or (None, None)
        is_known = known(clue.verified_at, now)
        values: dict[str, Cell] = {
            "id": clue.id,
            "channel": clue.channel,
            "received": minute(clue.received_at),
            "urgency": rng.choice(("一般", "一般", "紧急")),
            "text": clue.text,
            "place": clue.place.name,
            "township": clue.place.township.name,
            "village": clue.place.village.name if rng.random() < 0.9 else None,
            "longitude": round(longitude, 6) if longitude else None,
            "latitude": round(latitude, 6) if latitude else None,
            "site_id": site.id if site else None,
            "reporter": clue.reporter,
            "phone": clue.phone or None,
            "is_real_name": "是" if clue.is_real_name else "否",
            "transferred_to": clue.transferred_to if known(clue.transferred_at, now) else None,
            "transferred": minute(known(clue.transferred_at, now)),
            "verified": minute(is_known),
            "result": clue.result if is_known else None,
            "answered": minute(known(clue.answered_at, now)),
            "case_id": self.case_id(clue, now),
        }
        return tuple(values[what] for what in habit.columns.values())

    def case_id(self, clue: Clue, now: datetime) -> str | None:
        """The case the clue led to, once it is filed."""
        case = self.cases.of_episode.get(clue.cause or "") if clue.is_decisive else None
        filed = case.done("立案") if case else None
        return case.id if case and known(filed, now) else None
