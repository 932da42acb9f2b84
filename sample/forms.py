"""The ledger form of annex 2 on paper: title, head, ten columns (nineteen if extended), rows, foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sample.places import Point
from sample.wording import written_date
from sample.writers import Cell, Paragraph, Sheet, Table

BARE = (
    *(
        "序号",
        "巡查检查区域位置",
        "矿种",
        "有无采矿证",
        "是否浅层煤浅层矿",
        "是否存在非法违法\n盗采行为",
    ),
    *("是否存在越层越界", "是否存在违规\n生产行为", "制止取缔及关闭情况", "备注"),
)
EXTRA = (
    *(
        "点位编号",
        "所属期",
        "巡查日期",
        "到达时间",
        "巡查级别",
        "巡查人员",
        "经度",
        "纬度",
        "照片编号",
    ),
)
MINERAL = BARE.index("矿种") + 1
NOTES = (
    "说明:1.巡查检查对象包含历史废弃(关闭)矿井、矿山、矿点,可能存在私挖滥采现象的矿井、矿山、矿点,以及有证矿山等。",
    "    2.巡查检查位置区域要明确到乡(镇)、村、沟或矿山名称位置坐标。",
)


@dataclass
class Line:
    """One line of the ledger as written, and what it is really about."""

    location: str
    mineral: str
    licence: str
    shallow: str
    illegal: str
    out_of_bounds: str
    violation: str
    disposition: str
    remark: str
    patrolled: date
    arrived: time
    patroller: str
    photo: str
    site_id: str | None
    point: Point | None
    village_code: str
    place: str
    finding: str
    bad_longitude: str | None = None
    # The episode that goes on there, and whether the line passes it over.
    cause: str | None = None
    is_false: bool = False

    def bare(self) -> tuple[str, ...]:
        """The nine cells behind the number."""
        return (
            self.location,
            self.mineral,
            self.licence,
            self.shallow,
            self.illegal,
            self.out_of_bounds,
            self.violation,
            self.disposition,
            self.remark,
        )

    def extra(self, form: Form) -> tuple[Cell, ...]:
        """The nine cells of the extended form."""
        longitude, latitude = self.point or (None, None)
        return (
            self.site_id,
            form.period_text,
            written_date(self.patrolled, "iso"),
            f"{self.arrived:%H:%M}",
            form.level_text,
            self.patroller,
            self.bad_longitude or (round(longitude, 6) if longitude else None),
            round(latitude, 6) if latitude else None,
            self.photo,
        )

    def truth(self) -> dict[str, Any]:
        """What the line is really about."""
        return {
            "site_id": self.site_id,
            "village_code": self.village_code,
            "place": self.place,
            "finding": self.finding,
            "location": self.location,
            "cause": self.cause,
            "is_false": self.is_false,
        }


@dataclass(frozen=True)
class Form:
    """One filled form. `filled` None: no usable date stands in it, whatever `filled_text` says."""

    title: str
    unit: str
    unit_code: str
    filled: date | None
    filled_text: str
    level: str
    period: tuple[date, date]
    lines: tuple[Line, ...]
    preparer: str
    supervisor: str
    principal: str
    zero_text: str | None = None
    is_extended: bool = False
    level_text: str = ""
    period_text: str = ""
    blank_rows: int = 0
    has_subtotal: bool = False
    has_ditto: bool = False
    merges_minerals: bool = False
    header_again_after: int = 0
    splits_head: bool = False
    copied_from: date | None = field(default=None, compare=False)

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row."""
        return BARE + EXTRA if self.is_extended else BARE

    def head(self) -> tuple[str, str]:
        """Who filled it in, and when."""
        return f"填报单位(盖章)：{self.unit}", f"填写时间：{self.filled_text}"

    def foot(self) -> str:
        """Who signed."""
        gap = "　" * 8
        signed = (f"填表人：{self.preparer}", f"分管领导：{self.supervisor}")
        return gap.join([*signed, f"主要负责人：{self.principal}"])

    def rows(self) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """Every row below the header with its kind, in order."""
        above = ""
        for number, line in enumerate(self.lines, start=1):
            if self.header_again_after and number == self.header_again_after + 1:
                yield "repeated_header", self.headers
            cells = list(line.bare())
            if self.has_ditto and cells[1] and cells[1] == above:
                cells[1] = "同上"
            above = line.bare()[1]
            yield "line", (number, *cells, *(line.extra(self) if self.is_extended else ()))
        if self.zero_text:
            yield "zero_report_row", (1, self.zero_text)
        filled = len(self.lines) + (1 if self.zero_text else 0)
        for number in range(filled + 1, filled + self.blank_rows + 1):
            yield "blank_template_row", (number,)
        if self.has_subtotal:
            yield "subtotal", ("合计", f"{len(self.lines)}处")

    def skipped(self) -> Counter[str]:
        """How many rows are no lines, by kind."""
        return Counter(kind for kind, _ in self.rows() if kind != "line")

    def truth(self, sheet: str) -> dict[str, Any]:
        """What a reader should find out about the form."""
        return {
            "sheet": sheet,
            "unit": self.unit,
            "unit_code": self.unit_code,
            "filled_date": self.filled,
            "level": self.level,
            "period_start": self.period[0],
            "period_end": self.period[1],
            "rows": len(self.lines),
            "is_zero_report": not self.lines,
        }


def draw(form: Form, sheet: Sheet, top: int) -> tuple[int, list[int]]:
    """Draw the form from that row on; returns the first free row below it, and its lines' rows."""
    width = len(form.headers)
    unit, filled = form.head()
    sheet.merge(top, 1, top, width, form.title, "title")
    if form.splits_head:
        sheet.merge(top + 1, 1, top + 1, 5, unit, "plain")
        sheet.merge(top + 1, 6, top + 1, width, filled, "plain")
    else:
        sheet.merge(top + 1, 1, top + 1, width, unit + "　" * 12 + filled, "plain")
    sheet.put_row(top + 2, form.headers, "head")
    row = top + 3
    first = row
    line_rows = []
    for kind, cells in form.rows():
        sheet.put_row(row, [*cells, *[None] * (width - len(cells))])
        if kind == "line":
            line_rows.append(row)
        row += 1
    if form.merges_minerals and not form.header_again_after:
        merge_runs(sheet, form.lines, first)
    sheet.merge(row, 1, row, width, form.foot(), "plain")
    for note in NOTES:
        row += 1
        sheet.merge(row, 1, row, width, note, "plain")
    return row + 3, line_rows


def merge_runs(sheet: Sheet, lines: Sequence[Line], first: int) -> None:
    """One merged cell for a run of lines with the same mineral."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or lines[end].mineral != lines[start].mineral:
            if end - start > 1 and lines[start].mineral:
                mineral = lines[start].mineral
                sheet.merge(first + start, MINERAL, first + end - 1, MINERAL, mineral, "cell")
            start = end


def pages(
    sheets: Iterable[tuple[str, list[Form]]], has_lists: bool
) -> tuple[list[Sheet], list[list[int]]]:
    """A workbook's sheets, forms below each other, and every form's rows of lines.

    `has_lists` adds a hidden sheet with the entries of the drop-down lists.
    """
    drawn = []
    row_numbers = []
    for name, forms in sheets:
        sheet = Sheet(name, widths={1: 6, 2: 46, 9: 22, 10: 34})
        row = 1
        for form in forms:
            row, line_rows = draw(form, sheet, row)
            row_numbers.append(line_rows)
        drawn.append(sheet)
    if has_lists:
        lists = Sheet("选项", is_hidden=True)
        for row, text in enumerate(("有", "无", "是", "否", "疑似"), start=1):
            lists.put(row, 1, text)
        drawn.append(lists)
    return drawn, row_numbers


def document(forms: Iterable[Form]) -> Iterator[Paragraph | Table]:
    """The same forms in a Word document, a table each."""
    for form in forms:
        yield Paragraph(form.title, is_title=True)
        yield Paragraph(("　" * 12).join(form.head()))
        width = len(form.headers)
        rows = [form.headers]
        for _, cells in form.rows():
            texts = ["" if cell is None else str(cell) for cell in cells]
            rows.append((*texts, *[""] * (width - len(texts))))
        yield Table(rows)
        yield Paragraph(form.foot())
        for note in NOTES:
            yield Paragraph(note)
