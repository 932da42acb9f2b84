"""The workbook: the statistics table, the lists, corrections, and where each figure comes from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from dashboards.exports import is_formula_like
from reports.document import Content, note, statistics, words
from reports.figures import VALUE
from reports.lists import Listing
from reports.official import chinese_date
from reports.records import Correction
from reports.reproducible import same_zip
from reports.trace import trace

TRACE_SHEET = "溯源"
CELL_LIMIT = 32_000


class Sheets:
    """Writes sheets of one look."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        shared = {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "vcenter", "border": 1}
        self.title = book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 16, "align": "center", "valign": "vcenter"}
        )
        self.head = book.add_format(
            shared
            | {"font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": "#EEEEEE"}
        )
        self.group = book.add_format(shared | {"font_name": "黑体"})
        self.text = book.add_format(shared | {"text_wrap": True})
        self.quoted = book.add_format(shared | {"text_wrap": True, "quote_prefix": True})
        self.number = book.add_format(shared | {"align": "right", "num_format": "0.##"})
        self.whole = book.add_format(shared | {"align": "right", "num_format": "0"})
        self.day = book.add_format(shared | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.note = book.add_format(
            {"font_name": "仿宋_GB2312", "font_size": 10, "text_wrap": True}
        )

    def add(self, name: str, title: str, headings: Sequence[tuple[str, int]]) -> Any:
        """A sheet with its title, its headings on every printed page, and its columns' widths."""
        sheet = self.book.add_worksheet(name)
        last = len(headings) - 1
        sheet.merge_range(0, 0, 0, max(last, 1), title, self.title)
        sheet.set_row(0, 30)
        for column, (text, width) in enumerate(headings):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, text, self.head)
        if any("\n" in text for text, _ in headings):
            sheet.set_row(1, 32)
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(1)
        sheet.set_paper(9)
        if sum(width for _, width in headings) > 90:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C— &P —")
        return sheet

    def write(self, sheet: Any, line: int, column: int, value: Any) -> None:
        """A cell after its kind; text stays text, whatever it begins with."""
        if value is None or value == "":
            sheet.write_blank(line, column, None, self.text)
        elif isinstance(value, (int, float, Decimal)):
            is_whole = value == int(value)
            sheet.write_number(line, column, float(value), self.whole if is_whole else self.number)
        elif isinstance(value, date):
            sheet.write_datetime(line, column, value, self.day)
        else:
            text = str(value)[:CELL_LIMIT]
            style = self.quoted if is_formula_like(text) else self.text
            sheet.write_string(line, column, text, style)


def workbook_bytes(content: Content) -> bytes:
    """The workbook of a report, the same bytes for the same content."""
    figures, stream = content.figures, io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": content.title, "created": figures.as_of_at})
        sheets = Sheets(book)
        about(sheets, content)
        statistics_sheet(sheets, content)
        for number, listing in enumerate(content.annexes, start=2):
            listing_sheet(sheets, f"附件{number}{listing.name}", content, listing)
        if content.corrections:
            corrections_sheet(sheets, content.corrections)
        trace_sheet(sheets, content)
    return same_zip(stream.getvalue(), figures.as_of_at)


def about(sheets: Sheets, content: Content) -> None:
    """What this is, from which version, and what it is not."""
    figures, settings = content.figures, content.settings
    facts = {
        "内容": f"{content.title}（附表）",
        "填报单位": settings.office_name,
        "报告期": f"{figures.period.name}（{figures.period.first} 至 {figures.period.last}）",
        "数据截至": chinese_date(figures.as_of_at.date()),
        "数据版本": figures.version_id,
        "说明": note(content),
        "数字编号": f"形如 {figures.period.text}/patrol_lines/value；“{TRACE_SHEET}”页逐一列出来源，"
        "也可运行 minewatch report explain 编号。",
    }
    if settings.is_sample:
        facts = {"标记": "样例数据，全部为虚构，不是真实情况"} | facts
    sheet = sheets.add("说明", "说明", (("项目", 16), ("内容", 90)))
    for line, (name, value) in enumerate(facts.items(), start=2):
        sheets.write(sheet, line, 0, name)
        sheets.write(sheet, line, 1, value)
        sheet.set_row(line, 18 * (1 + len(value) // 45))


def statistics_sheet(sheets: Sheets, content: Content) -> None:
    """附件1: the recipient's table, as numbers, with the ids of the figures."""
    told = words(content)
    headings = (("序号", 6), ("类别", 16), ("指标", 28), ("单位", 8), (told["now"], 12))
    headings += ((told["before"], 12), (told["change"], 12), (told["total"], 12))
    headings += (("口径", 60), ("数字编号", 42))
    sheet = sheets.add("附件1情况统计表", f"{content.figures.period.name}情况统计表", headings)
    group = ""
    for line, row in enumerate(statistics(content), start=2):
        group = row["group"] or group
        figure = content.figures.of(row["metric_code"], VALUE)
        sheets.write(sheet, line, 0, int(row["number"]))
        for column, text in ((1, group), (2, row["name"]), (3, row["unit"])):
            sheets.write(sheet, line, column, text)
        for column, key in ((4, "now"), (5, "before"), (6, "change"), (7, "total")):
            sheets.write(sheet, line, column, number_of(row[key]))
        sheets.write(sheet, line, 8, figure.metric.definition)
        sheets.write(sheet, line, 9, figure.id)
    last = line + 1
    below(sheets, sheet, last, len(headings) - 2, note(content))
    # Definitions and ids are for the screen; on paper they would make the numbers unreadable.
    sheet.print_area(0, 0, last, len(headings) - 3)
    sheet.set_portrait()


def number_of(text: str) -> Decimal | str:
    """A text of digits as a number; whatever else as it is."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def listing_sheet(sheets: Sheets, name: str, content: Content, listing: Listing) -> None:
    """A list of rows; where there are none it says so."""
    sheet = sheets.add(name, f"{content.figures.period.name}{listing.name}", listing.headings)
    for line, row in enumerate(listing.rows, start=2):
        for column, value in enumerate(row):
            sheets.write(sheet, line, column, value)
    if listing.rows:
        sheet.autofilter(1, 0, len(listing.rows) + 1, len(listing.headings) - 1)
    empty = "" if listing.rows else "本期没有应列入的事项。"
    below(sheets, sheet, max(len(listing.rows), 1) + 2, len(listing.headings), empty + listing.note)


def below(sheets: Sheets, sheet: Any, line: int, width: int, text: str) -> None:
    """A note below a table."""
    if text:
        sheet.merge_range(line, 0, line, width - 1, f"注：{text}", sheets.note)
        sheet.set_row(line, 32)


def corrections_sheet(sheets: Sheets, corrections: Sequence[Correction]) -> None:
    """更正说明: every number that was reported otherwise."""
    headings = (
        ("报告期", 14),
        ("数字", 36),
        ("原报", 16),
        ("更正为", 16),
        ("原因", 80),
        ("数字编号", 44),
    )
    sheet = sheets.add("更正说明", "更正说明", headings)
    for line, one in enumerate(corrections, start=2):
        cells = (one.period, one.name, one.before, one.after, one.reason, one.figure_id)
        for column, value in enumerate(cells):
            sheets.write(sheet, line, column, value)


def trace_sheet(sheets: Sheets, content: Content) -> None:
    """Every figure of the report with the deliveries, sheets and rows behind it."""
    headings = (("数字编号", 44), ("指标", 30), ("口径", 40), ("数值", 14), ("统计范围", 38))
    headings += (("版本", 30), ("来件", 50), ("工作表", 18), ("行号", 30), ("行数", 8))
    headings += (("计入分子", 12), ("计入分母", 12), ("来件指纹", 66), ("查询", 60))
    sheet = sheets.add(TRACE_SHEET, "数字来源", headings)
    line = 2
    for figure in sorted(content.figures.used.values(), key=lambda figure: figure.id):
        found = trace(content.figures, figure)
        first: Sequence[Any] = (
            figure.id,
            figure.metric.name,
            figure.metric.definition,
            found.text,
            found.measure,
            found.version_id,
        )
        for place, source in enumerate(found.sources or (None,)):
            cells = [*first]
            if source:
                cells += [source.file_name, source.sheet_name, source.rows, source.row_count]
                cells += [source.numerator, source.denominator, source.delivery_sha256]
            else:
                cells += ["没有计入的行"] + [None] * 6
            cells.append(found.query if place == 0 else "同上")
            for column, value in enumerate(cells):
                sheets.write(sheet, line, column, value)
            line += 1
    if line > 2:
        sheet.autofilter(1, 0, line - 1, len(headings) - 1)
