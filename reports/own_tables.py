"""The recipient's own workbook, filled by a mapping: which cell takes which figure.

`reports/tables/<recipient>.xlsx` in the home is the table as it was sent down; beside it
`<recipient>.csv` has the columns 工作表, 单元格, 数字 and 除数, a line a cell. 数字 is `metric/measure`
(patrol_lines/value), or one of the words 报告期, 填报单位, 填报日期. Nothing but these cells is changed.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from reports import ReportError
from reports.document import Content
from reports.figures import MEASURES
from reports.official import chinese_date
from reports.records import Paper
from reports.reproducible import same_zip

COLUMNS = ("工作表", "单元格", "数字", "除数")


def own_table(content: Content, paper: Paper, recipient_code: str) -> bytes | None:
    """The filled table; None where the recipient has none. ReportError names the line that cannot be used."""
    folder = content.home.reports / "tables"
    table = folder / f"{recipient_code}.xlsx"
    mapping = table.with_suffix(".csv")
    if not table.exists() and not mapping.exists():
        return None
    for path in (table, mapping):
        if not path.exists():
            raise ReportError(
                f"缺 {path}：报送表和对照表要放在一起。没有写任何文件。请补上，或把另一个移开。"
            )
    return filled(content, paper, table, mapping)


def filled(content: Content, paper: Paper, table: Path, mapping: Path) -> bytes:
    """The table with the cells of its mapping."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(table)
    except Exception as error:  # openpyxl raises whatever a broken file made it stumble over
        raise ReportError(
            f"{table} 无法打开（{error}）。没有写任何文件。请用 WPS 或 Excel 另存为 .xlsx。"
        ) from error
    with mapping.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {
        "报告期": content.figures.period.name,
        "填报单位": content.settings.office_name,
        "填报日期": chinese_date(paper.signed_on) if paper.signed_on else "",
    }
    for line, row in enumerate(rows, start=2):
        sheet, cell, wanted, divisor = ((row.get(name) or "").strip() for name in COLUMNS)
        where = f"{mapping} 第{line}行"
        if sheet not in book.sheetnames:
            raise ReportError(f"{where}：{table.name} 没有工作表“{sheet}”。没有写任何文件。")
        try:
            target = book[sheet][cell]
            # A value in a covered part of a merged range would not be shown.
            target.value = (
                texts.get(wanted) if wanted in texts else number(content, wanted, divisor)
            )
        except (AttributeError, ValueError, IndexError, ArithmeticError) as error:
            raise ReportError(
                f"{where}：单元格“{cell}”或除数“{divisor}”不可用（合并区域请写左上角的单元格）。没有写任何文件。"
            ) from error
        except ReportError as error:
            raise ReportError(f"{where}：{error}") from error
    book.properties.creator = ""
    book.properties.created = book.properties.modified = content.figures.as_of_at
    made = io.BytesIO()
    book.save(made)
    return same_zip(made.getvalue(), content.figures.as_of_at)


def number(content: Content, wanted: str, divisor: str) -> float | str | None:
    """The figure named `metric/measure`, in the recipient's unit; a dash where there is none."""
    code, _, measure = wanted.partition("/")
    if measure not in MEASURES:
        raise ReportError(
            f"“{wanted}”不是数字；写法如 patrol_lines/value，后半可用 {'、'.join(MEASURES)}。没有写任何文件。"
        )
    value = content.figures.of(code, measure).value
    if value is None:
        return "—"
    return float(round(value / int(divisor or 1), 2))
