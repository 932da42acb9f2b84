"""`cases` and `case_events`: the registers of the bureau, the police and the water bureau.

Every list holds the year's cases and those still open from the half year before, as they stand at the
end of the month: amounts come with the appraisal, document numbers sometimes only in the next list.
"""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

from sample.cases import POLICE, WATER, Case, CaseBook, Step
from sample.lists import ListFile, at, known, minute, send_list
from sample.outbox import Outbox
from sample.places import in_system
from sample.world import BUREAU, COUNTY, World
from sample.writers import Cell, Paragraph, docx_bytes

HEADERS = (
    *("案件编号", "案由", "案件类型", "案发地点", "乡镇", "村", "经度", "纬度", "坐标系"),
    *("点位编号", "线索来源", "线索编号", "发现日期", "承办单位", "承办人", "当事人类型"),
    *("当事人标识", "统一社会信用代码", "矿种", "违法数量(吨)", "涉案价值(元)", "是否涉电"),
    *("涉电户号", "是否重大案件", "是否造成严重后果", "督办方式", "督办级别", "区域性质"),
    "行为发生日期",
)
TYPE = HEADERS.index("案件类型")
EVENT_HEADERS = (
    *("案件编号", "节点", "发生时间", "结束时间", "期限", "文书号", "金额(元)", "对方单位"),
    "备注",
)
KINDS = {BUREAU: "xlsx", POLICE: "xls", WATER: "csv"}
# The police write codes.
CODES = {
    "线索登记": "CLUE_REG",
    "线索转办": "CLUE_DISPATCH",
    "线索核查": "CLUE_CHECK",
    "责令停止违法行为": "STOP_NOTICE",
    "立案": "FILING",
    "调查取证": "INVESTIGATE",
    "鉴定": "APPRAISAL",
    "审理": "REVIEW",
    "处罚告知": "NOTICE",
    "听证": "HEARING",
    "作出处罚决定": "DECISION",
    "送达": "SERVE",
    "执行": "EXECUTE",
    "结案": "CLOSE",
    "公示": "PUBLISH",
}
# Months in which something goes wrong with the bureau's list.
WRONG_KIND_MONTH, NO_TYPE_MONTH = 8, 9


class CaseOffice:
    """Sends every register once a month."""

    def __init__(self, outbox: Outbox, world: World, book: CaseBook) -> None:
        self.outbox, self.world, self.book = outbox, world, book
        self.truth: dict[str, dict[str, Any]] = {}

    def write_month(self, end: date) -> None:
        """All registers at the end of a month; one without cases is not sent."""
        for order, register in enumerate(KINDS):
            now = at(end, 16, 10 + 12 * order)
            cases = [c for c in self.book.in_list(register, end) if c.steps[0].at <= now]
            if cases:
                self.write_cases(register, cases, now)
                self.write_events(register, cases, now)
        if end.month == WRONG_KIND_MONTH:
            self.write_wrong_kind(at(end, 16, 50))

    def write_cases(self, register: str, cases: list[Case], now: datetime) -> None:
        """One register."""
        rows = [self.row(case, now) for case in cases]
        rejected = 0
        if now.month == NO_TYPE_MONTH and register == BUREAU:
            rows[0] = (*rows[0][:TYPE], None, *rows[0][TYPE + 1 :])
            rejected = 1
        kind = KINDS[register]
        sent = ListFile(
            f"{register}案件登记册{now:%Y%m}",
            now.date(),
            HEADERS,
            rows,
            f"{COUNTY}非法违法采矿案件登记册",
            total=f"{len(rows)}宗" if register == BUREAU else "",
            foot="填表人：执法队员03　　审核人：分管负责人",
            kind=kind,
        )
        file = send_list(self.outbox, "cases", sent, now, register, rejected)
        if rejected:
            self.outbox.note_dirt("no_case_type", file, row=sent.first_row)
        for row, case in enumerate(cases, start=sent.first_row):
            if case.id not in self.truth and not (rejected and row == sent.first_row):
                self.note(case, file, row)

    def write_events(self, register: str, cases: list[Case], now: datetime) -> None:
        """All steps that have been taken by then."""
        taken = [(case, step) for case in cases for step in case.steps if step.at <= now]
        sent = ListFile(
            f"{register}案件节点{now:%Y%m}",
            now.date(),
            EVENT_HEADERS,
            [self.event_row(case, step, now) for case, step in taken],
            "案件办理节点台账",
            kind=KINDS[register],
        )
        send_list(self.outbox, "case_events", sent, now, register)

    def write_wrong_kind(self, now: datetime) -> None:
        """A notice dropped into the folder of the register."""
        content = docx_bytes(
            [Paragraph("关于报送案件登记册的通知", True), Paragraph("请按月报送。")]
        )
        name = f"关于报送案件登记册的通知{now:%Y%m}.docx"
        file = self.outbox.deliver("cases", name, content, now, BUREAU, is_unreadable=True)
        self.outbox.note_dirt("wrong_kind", file, really="docx")

    def note(self, case: Case, file: str, row: int) -> None:
        """What the case is really about."""
        self.truth[case.id] = {
            "case_id": case.id,
            "file": file,
            "row": row,
            "cause": case.cause,
            "path": case.path,
            "village_code": case.place.village.code,
            "site_id": case.place.site.id if case.place.site else None,
            "value_yuan": case.value,
            "steps": [[step.state, step.at, step.ended] for step in case.steps],
        }
        if case.cause:
            self.outbox.note_trace(case.cause, "cases", file, row=row, case_id=case.id)

    def row(self, case: Case, now: datetime) -> tuple[Cell, ...]:
        """The case as the register has it at that time."""
        rng = self.world.rng("case row", case.id)
        place, site = case.place, case.place.site
        system = rng.choice(("WGS84", "CGCS2000", "GCJ-02"))
        is_measured, knows_site, knows_clue, says_power, is_loose, *has_separators = (
            rng.random() < share for share in (0.75, 0.6, 0.8, 0.85, 0.3, 0.3, 0.3)
        )
        longitude, latitude = in_system(place.point, system)
        is_weighed = known(case.done("审理") or case.done("已移送公安"), now)
        supervised = known(case.done("挂牌督办"), now)
        return (
            case.id,
            f"{place.village.name}涉嫌{case.type_name}案",
            case.type_name,
            f"{place.township.name}{place.name}",
            place.township.name,
            place.village.name,
            round(longitude, 6) if is_measured else None,
            round(latitude, 6) if is_measured else None,
            system if is_measured else None,
            site.id if site and knows_site else None,
            case.source,
            case.clue_id if knows_clue and case.clue_id else None,
            case.discovered,
            case.unit,
            f"执法队员{rng.randint(1, 12):02}",
            "企业" if case.is_enterprise else "个人",
            self.party(case, rng),
            case.credit_code or None,
            "砂石" if is_loose and "砂" in case.mineral else case.mineral,
            amount(case.tonnes, case, has_separators[0]) if is_weighed else None,
            amount(case.value, case, has_separators[1]) if is_weighed else None,
            ("是" if case.meter_id else "否") if says_power else None,
            case.meter_id or None,
            "是" if case.is_major else "否",
            "是" if case.has_serious_consequence else "否",
            case.supervision if supervised else None,
            case.level if supervised else None,
            case.area or None,
            case.act_date,
        )

    def party(self, case: Case, rng: Random) -> str:
        """当事人标识: the same enterprise has the same one; some persons come again."""
        mine = case.place.site if case.place.site and case.place.site.licence else None
        number = int(mine.id[-3:]) if mine else rng.randint(1, 60)
        return f"DSR{number:04}"

    def event_row(self, case: Case, step: Step, now: datetime) -> tuple[Cell, ...]:
        """One step; its document's number may come only with the next month's list."""
        rng = self.world.rng("case step", case.id, step.state, step.at)
        is_new = (step.at.year, step.at.month) == (now.year, now.month)
        is_late = is_new and rng.random() < 0.12
        has_time = case.register != WATER
        ended = known(step.ended, now)
        return (
            case.id,
            CODES.get(step.state, step.state) if case.register == POLICE else step.state,
            minute(step.at) if has_time else f"{step.at:%Y/%m/%d}",
            (minute(ended) if has_time else f"{ended:%Y/%m/%d}") if ended else None,
            step.due.isoformat() if step.due else None,
            None if is_late else step.document or None,
            step.amount,
            step.counterpart or None,
            step.remark or None,
        )


def amount(number: int, case: Case, has_separators: bool) -> Cell:
    """An amount as people write it."""
    if case.register == POLICE and number >= 10_000:
        return f"{number / 10_000:.4f}万"
    return f"{number:,}" if has_separators else number
