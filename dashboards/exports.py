"""Tables as files: they carry the as-of time and the filters, and no cell can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from dashboards.stamp import SAMPLE_MARK, Stamp

# A spreadsheet runs text that begins like this; deliveries hold whatever people typed.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel's own limit of a cell; xlsxwriter drops a longer text without a word.
CELL_LIMIT = 32_767
CUT = "……（过长，已截断）"


def is_formula_like(value: object) -> bool:
    """Whether a spreadsheet would take this text for a formula."""
    return isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS)


def in_words(filters: Mapping[str, list[str]]) -> str:
    """The filters in one line: 报送单位：青石镇、柳河镇；数据种类：全部."""
    return "；".join(f"{name}：{'、'.join(values) or '全部'}" for name, values in filters.items())


def csv_bytes(rows: pd.DataFrame, stamp: Stamp, filters: Mapping[str, list[str]]) -> bytes:
    """UTF-8 with byte order mark, without which Excel shows Chinese as rubbish.

    As-of time, filters and sample mark are columns of every row: lines above the header would break
    every program that reads the file.
    """
    about = {"数据截至": f"{stamp.as_of_at:%Y-%m-%d %H:%M}", "筛选": in_words(filters)}
    if stamp.is_sample:
        about["标记"] = SAMPLE_MARK
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*rows.columns, *about])
    for row in plain(rows):
        cells = [f"'{value}" if is_formula_like(value) else value for value in row]
        writer.writerow([*cells, *about.values()])
    return stream.getvalue().encode("utf-8-sig")


# Rows of an Excel sheet without its header.
SHEET_ROWS = 1_048_575


def xlsx_bytes(
    rows: pd.DataFrame, title: str, stamp: Stamp, filters: Mapping[str, list[str]]
) -> bytes:
    """The workbook of `write_xlsx`, for a download."""
    stream = io.BytesIO()
    write_xlsx(stream, rows, title, stamp, filters)
    return stream.getvalue()


def write_xlsx(
    target: io.BytesIO | Path,
    rows: pd.DataFrame,
    title: str,
    stamp: Stamp,
    filters: Mapping[str, list[str]],
    notes: Mapping[str, str] | None = None,
) -> None:
    """A workbook: first sheet what this is, as of when, with which filters; second sheet the rows.

    `notes` stand below on the first sheet: what the table and its columns mean.
    """
    is_file = isinstance(target, Path)
    # A file is written row by row; a download stays in memory, for the server writes nowhere.
    how = {"constant_memory": True} if is_file else {"in_memory": True}
    with xlsxwriter.Workbook(str(target) if is_file else target, how) as workbook:
        bold = workbook.add_format({"bold": True, "bg_color": "#e8ede6", "text_wrap": True})
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        # Typed as text and marked with Excel's own quote, so that it stays text when edited.
        quoted = workbook.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        about = workbook.add_worksheet("说明")
        facts = {
            "内容": title,
            "县": stamp.county_name,
            "数据截至": f"{stamp.as_of_at:%Y-%m-%d %H:%M}",
            "版本": stamp.version_id,
            **{f"筛选：{name}": "、".join(values) or "全部" for name, values in filters.items()},
            "行数": str(len(rows)),
        }
        if stamp.is_sample:
            facts["标记"] = f"{SAMPLE_MARK}，不是真实情况"
        facts |= notes or {}
        about.set_column(0, 0, 20)
        about.set_column(1, 1, 60)
        for line, (name, value) in enumerate(facts.items()):
            about.write_string(line, 0, name, bold)
            about.write_string(line, 1, value, quoted if is_formula_like(value) else text)
        sheet = workbook.add_worksheet("数据")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(rows.columns) - 1, 0), 20)
        for column, name in enumerate(rows.columns):
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(plain(rows), start=1):
            for column, value in enumerate(row):
                if isinstance(value, (int, float)):
                    sheet.write_number(line, column, value, text)
                elif value:
                    if len(value) > CELL_LIMIT:
                        value = value[: CELL_LIMIT - len(CUT)] + CUT
                    style = quoted if is_formula_like(value) else text
                    sheet.write_string(line, column, value, style)
        if len(rows):
            sheet.autofilter(0, 0, len(rows), len(rows.columns) - 1)


def plain(rows: pd.DataFrame) -> list[list[str | int | float]]:
    """Cells as text or numbers: times without seconds' fractions, truth as 是/否, missing as empty."""

    def cell(value: object) -> str | int | float:
        if isinstance(value, bool):
            return "是" if value else "否"
        if pd.isna(value):
            return ""
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        return value if isinstance(value, (int, float)) else str(value)

    return [
        [cell(value) for value in row]
        for row in rows.astype(object).itertuples(index=False, name=None)
    ]
