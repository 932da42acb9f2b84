"""Patrol ledgers to fill in: the extended form of annex 2 with a unit's sites written in, a workbook each.

    minewatch forms --unit 老营镇人民政府 --period 2022-11

The period decides the level, as the rules of patrol do: a week is the villages' (a sheet a village), a month
the township's, a quarter the lead unit's (a sheet a township). Written in is what the register knows: unit,
period, level, number, place and mineral. What somebody has to go and see is left blank, the coordinates
among it: a position copied from the register would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboards.stamp import SAMPLE_MARK, Stamp
from reports import PaperError
from reports.periods import Period
from reports.published import opened, rows_of
from warehouse.settings import Home

LEVELS = {"village": "村级", "township": "乡级", "county": "县级"}
TITLE = "非法违法开采矿产资源行为巡查检查台账"
YES_NO, FOUND = ("是", "否"), ("是", "否", "疑似")
# Header, width, and what may be chosen; annex 2 and then the extended columns.
COLUMNS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("序号", 4, ()),
    ("巡查检查区域位置", 27, ()),
    ("矿种", 6, ()),
    ("有无采矿证", 6, ("有", "无")),
    ("是否浅层煤浅层矿", 7, YES_NO),
    ("是否存在非法违法盗采行为", 8, FOUND),
    ("是否存在越层越界", 7, FOUND),
    ("是否存在违规生产行为", 8, FOUND),
    ("制止取缔及关闭情况", 11, ()),
    ("备注", 10, ()),
    ("点位编号", 11, ()),
    ("所属期", 11, ()),
    ("巡查日期", 11, ()),
    ("到达时间", 7, ()),
    ("巡查级别", 6, tuple(LEVELS.values())),
    ("巡查人员", 8, ()),
    ("经度", 10, ()),
    ("纬度", 9, ()),
    ("照片编号", 9, ()),
)
HEADERS = [header for header, _, _ in COLUMNS]
# For places that the register does not have.
SPARE_ROWS = 5
NOTES = (
    "说明：1.浅黄色格待填；是、否等请从下拉列表选择。没有去的点位整行留空，不填即视为未巡查，不要删除该行。",
    "2.登记册以外的地点填在后面的空行，位置写到乡（镇）、村、沟或矿山名称；经度、纬度填现场读数（小数度）。",
    "3.填好填写时间后原样报送本工作簿，不要改表头。",
)


def write_forms(home: Home, period: Period, unit: str | None, target: Path) -> list[Path]:
    """Write the workbooks of that period, of one unit or township (name or code) or of all.

    Raises PaperError before anything is written if nothing is to be patrolled in that period.
    """
    with opened(home) as (reader, stamp):
        books = workbooks(reader, period, unit)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, sheets in books.items():
        path = target / f"{SAMPLE_MARK + '_' if stamp.is_sample else ''}{name}.xlsx"
        write_workbook(path, sheets, period, stamp)
        written.append(path)
    return written


def workbooks(
    reader: duckdb.DuckDBPyConnection, period: Period, unit: str | None
) -> dict[str, list[list[dict[str, Any]]]]:
    """Name of each workbook → its sheets, each the sites of one form; PaperError if there is none."""
    sites = rows_of(
        reader.execute(
            """
            with

            -- Who patrols in a period of that kind, by the rule in force on its first day.
            duties as (
                select
                    case owner_code when 'lead_unit' then 'county' else owner_code end as level_code,
                    lead_unit_code
                from marts.dim_obligation_rules
                where
                    family_code = 'patrols'
                    and period_kind_code = $kind
                    and valid_from_date <= $first
                    and coalesce($first < valid_to_date, true)
            ),

            units as (select * from marts.dim_units where is_current),

            governments as (select * from units where unit_kind_code = 'township_government')

            select
                duties.level_code,
                units.unit_code,
                units.unit_name,
                sites.township_code,
                sites.township_name,
                sites.village_name,
                sites.site_id,
                sites.site_name,
                sites.small_place_name,
                sites.mineral_name
            from marts.dim_sites as sites
            cross join duties
            left join governments on sites.township_code = governments.township_code
            inner join units
                on
                    units.unit_code = case duties.level_code
                        when 'village' then sites.village_code
                        when 'township' then governments.unit_code
                        else duties.lead_unit_code
                    end
            where
                sites.is_current
                and sites.is_active
                and (
                    $unit is null
                    or $unit in (
                        units.unit_code, units.unit_name, governments.unit_code,
                        governments.unit_name, sites.township_code, sites.township_name
                    )
                )
            order by sites.township_code, units.unit_code, sites.village_name nulls last, sites.site_id
            """,
            {"kind": period.kind, "first": period.first, "unit": unit},
        )
    )
    if not sites:
        raise PaperError(
            f"{period.ledger_name}没有{f'“{unit}”' if unit else ''}应巡查的在册点位，或没有按该周期巡查的规则。"
            "没有写任何文件。请核对单位名称、登记册和 seeds/obligation_rules.csv。"
        )
    books: dict[str, list[list[dict[str, Any]]]] = {}
    for (place, owner), group in groupby(
        sites, lambda site: (site["township_name"], site["unit_name"])
    ):
        level = sites[0]["level_code"]
        of = owner if level == "county" else place
        name = f"{of}{period.ledger_name}{LEVELS[level]}巡查检查台账"
        books.setdefault(name, []).append(list(group))
    return books


def write_workbook(
    path: Path, sheets: Sequence[list[dict[str, Any]]], period: Period, stamp: Stamp
) -> None:
    """One workbook, a sheet a form."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # Equal registers give equal bytes.
        book.set_properties({"created": stamp.as_of_at})
        style = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
        formats = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "line": book.add_format({"font_size": 11}),
            "head": book.add_format(style | {"bold": True, "align": "center"}),
            # Text, or a number such as 0012 would lose its zeros when somebody edits it.
            "given": book.add_format(style | {"num_format": "@"}),
            "blank": book.add_format(style | {"bg_color": "#FFF8DC"}),
            "date": book.add_format(style | {"bg_color": "#FFF8DC", "num_format": "yyyy-mm-dd"}),
            "time": book.add_format(style | {"bg_color": "#FFF8DC", "num_format": "hh:mm"}),
        }
        taken: set[str] = set()
        for sites in sheets:
            first = sites[0]
            # A county's sheet is a township's; a village committee's name ends in what all share.
            named = (
                first["village_name"]
                if first["level_code"] == "village"
                else first["township_name"]
            )
            write_form(book.add_worksheet(sheet_name(named, taken)), sites, period, stamp, formats)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes and no sheet of the workbook has."""
    base = re.sub(r"[\[\]:*?/\\']", "", wanted)[:28] or "台账"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}{number}"
    taken.add(name)
    return name


def write_form(
    sheet: Worksheet,
    sites: list[dict[str, Any]],
    period: Period,
    stamp: Stamp,
    formats: dict[str, Any],
) -> None:
    """One form: title, unit and date, header, a row a site, spare rows, foot."""
    level = LEVELS[sites[0]["level_code"]]
    last = len(COLUMNS) - 1
    mark = f"【{SAMPLE_MARK}】" if stamp.is_sample else ""
    # Whatever stands behind the unit's label would be read as its name.
    sheet.merge_range(
        0, 0, 0, last, f"{mark}{TITLE}（{period.ledger_name} {level}）", formats["title"]
    )
    sheet.merge_range(1, 0, 1, 7, f"填报单位（盖章）：{reporter(sites[0])}", formats["line"])
    sheet.write_string(1, 8, "填写时间：", formats["line"])
    sheet.merge_range(1, 9, 1, 10, None, formats["date"])
    for column, (header, width, _) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, header, formats["head"])
    end = 2 + len(sites) + SPARE_ROWS
    for number, row in enumerate(range(3, end + 1), start=1):
        site = sites[number - 1] if number <= len(sites) else None
        given = given_cells(site, period, level) if site else {}
        for column, header in enumerate(HEADERS):
            if header == "序号":
                sheet.write_number(row, column, number, formats["given"])
            elif text := given.get(header):
                sheet.write_string(row, column, text, formats["given"])
            else:
                kind = {"巡查日期": "date", "到达时间": "time"}.get(header, "blank")
                sheet.write_blank(row, column, None, formats[kind])
    limit(sheet, end, period)
    foot = end + 1
    for column, text in ((0, "填表人："), (5, "分管领导："), (10, "主要负责人：")):
        sheet.write_string(foot, column, text, formats["line"])
    for line, note in enumerate(NOTES, start=foot + 1):
        sheet.write_string(line, 0, note, formats["line"])
    sheet.set_row(2, 45)
    for row in range(3, end + 1):
        # High enough for two lines, or for a pen.
        sheet.set_row(row, 27)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def reporter(site: dict[str, Any]) -> str:
    """The unit as its form names it: villages of two townships may have one name."""
    name, township = site["unit_name"], site["township_name"]
    is_plain = site["level_code"] == "village" and not name.startswith(township)
    return f"{township}{name}" if is_plain else name


def given_cells(site: dict[str, Any], period: Period, level: str) -> dict[str, str]:
    """What the register knows of a row."""
    names = ("township_name", "village_name", "small_place_name", "site_name")
    parts: list[str] = []
    for name in names:
        text = site[name]
        if text and not any(text in part for part in parts):
            # 南沟 before 南沟废弃煤窑 would be said twice.
            parts = [part for part in parts if part not in text] + [text]
    number = site["site_id"]
    return {
        "巡查检查区域位置": "".join(parts),
        "矿种": site["mineral_name"] or "",
        # A key of ours, which the register did not give, says nothing to a township.
        "点位编号": "" if number.startswith("natural:") else number,
        "所属期": period.ledger_name,
        "巡查级别": level,
    }


def limit(sheet: Worksheet, end: int, period: Period) -> None:
    """Drop-downs and limits, for the rows of sites and the spare ones."""
    for column, (_, _, choices) in enumerate(COLUMNS):
        if choices:
            sheet.data_validation(
                3,
                column,
                end,
                column,
                {
                    "validate": "list",
                    "source": list(choices),
                    "error_title": "请从列表选择",
                    "error_message": f"只能填 {'、'.join(choices)}，或留空。",
                },
            )
    day = HEADERS.index("巡查日期")
    sheet.data_validation(
        3,
        day,
        end,
        day,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": period.first,
            "maximum": period.last,
            "input_message": f"{period.first} 至 {period.last}",
            "error_message": f"巡查日期应在 {period.first} 至 {period.last} 之间。",
        },
    )
    for header, low, high in (("经度", 73, 136), ("纬度", 3, 54)):
        column = HEADERS.index(header)
        sheet.data_validation(
            3,
            column,
            end,
            column,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "error_message": f"{header}填小数度，如 {(low + high) / 2:.6f}。",
            },
        )
    # A date before the period cannot be when its round was written down.
    sheet.data_validation(
        1,
        9,
        1,
        9,
        {
            "validate": "date",
            "criteria": ">=",
            "value": period.first,
            "input_message": "填写本表的日期",
            "error_message": f"填写时间应不早于 {period.first}。",
        },
    )
