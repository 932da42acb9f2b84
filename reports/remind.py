"""Letters that remind: one a unit, with what it owes and has not done, or will owe within days.

    minewatch remind --unit 老营镇人民政府

What villages owe is told to their township, which the office writes to. Of rounds that are over, which cannot
be made up for, those of this month and the last are told, and asked for with a reason; older ones were in
earlier letters. Duties about officials are in none: they go past everybody but the discipline inspection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from docx.shared import Mm

from dashboards import words
from dashboards.stamp import SAMPLE_MARK, Stamp
from reports import PaperError, official
from reports.published import opened, rows_of
from warehouse.settings import Home

SOON = "open"
# Of a rule with more, the rest is a number: a letter of thirty pages is read by nobody.
LISTED = 20
# Columns and their widths in mm; together as wide as the page.
SUMMARY = {
    "序号": 11,
    "事项": 38,
    "条款": 30,
    "逾期": 14,
    "未报送": 18,
    "将到期": 18,
    "最早期限": 27,
}
DETAILS = {"责任单位": 32, "对象": 36, "所属期或起算": 34, "期限": 30, "状态": 24}
OPTIONAL = {"责任单位", "所属期或起算"}
# Their keys are codes that say nothing to whom the letter is for.
NAMED = {"village", "unit", "sponsorship", "measure", "deadline"}


def remind(home: Home, unit: str | None, target: Path) -> list[Path]:
    """Write a letter to every unit that owes something, or to one (its name or code).

    Raises PaperError before anything is written if nobody owes anything.
    """
    settings = home.settings()
    with opened(home) as (reader, stamp):
        debts = owed(reader, unit, stamp)
        titles = clause_titles(reader)
    if not debts:
        raise PaperError(
            f"{f'“{unit}”' if unit else '各单位'}没有逾期、未报送或即将到期的事项。没有写任何文件。"
            "如单位名称有误，请在“责任落实”页核对。"
        )
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in groupby(debts, lambda row: row["addressee_name"]):
        path = target / f"催办函（{name}）.docx"
        letter(name, list(rows), titles, stamp, settings.office_name).save(path)
        written.append(path)
    return written


def owed(reader: duckdb.DuckDBPyConnection, unit: str | None, stamp: Stamp) -> list[dict[str, Any]]:
    """What is owed, by addressee, clause and rule, the longest due first."""
    return rows_of(
        reader.execute(
            """
            with

            units as (select * from marts.dim_units where is_current),

            addressed as (
                select
                    owed.*,
                    coalesce(parents.unit_code, owed.owing_unit_code) as addressee_code,
                    coalesce(parents.unit_name, owed.owing_unit_name) as addressee_name
                from marts.fct_obligations as owed
                left join units on owed.owing_unit_code = units.unit_code
                left join units as parents
                    on
                        units.parent_unit_code = parents.unit_code
                        and units.unit_kind_code = 'village_committee'
            )

            select
                addressee_name, clause_code, rule_code, rule_name, basis_text, kind_code, status,
                owing_unit_name, subject_type, subject_id, subject_name, days_late,
                period_start_date, period_end_date, due_date, started_at
            from addressed
            where
                addressee_name is not null
                and not is_restricted
                and not is_in_grace
                and (
                    is_due_soon
                    or (
                        status in ('overdue', 'no_report')
                        and (kind_code <> 'period' or due_date >= $since)
                    )
                )
                and ($unit is null or $unit in (addressee_code, addressee_name))
            order by addressee_name, clause_code, rule_code, due_date, owing_unit_name, subject_name, obligation_id
            """,
            {"unit": unit, "since": month_before(stamp.as_of_at.date())},
        )
    )


def month_before(day: date) -> date:
    """The first day of the month before that of the day."""
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def clause_titles(reader: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Clause → its title in the notice."""
    return dict(
        reader.execute("select clause_code, clause_title from marts.dim_clauses").fetchall()
    )


def letter(
    name: str, rows: list[dict[str, Any]], titles: dict[str, str], stamp: Stamp, office: str
) -> official.Document:
    """The letter to one unit."""
    day = stamp.as_of_at.date()
    title = "关于抓紧办理到期事项的催办函"
    document = official.new_document(title, day)
    if stamp.is_sample:
        official.centred(
            document, f"（{SAMPLE_MARK}，全部为虚构，仅供演示）", size=official.SMALL_SIZE
        )
    official.centred(document, f"〔{day.year}〕　　号")
    official.centred(document, "")
    official.centred(document, title, official.TITLE, official.TITLE_SIZE)
    official.centred(document, "")
    official.paragraph(document, f"{name}：", is_indented=False)
    official.paragraph(document, opening(rows, stamp))
    official.paragraph(
        document,
        "请逐项核对，抓紧办理：未完成的尽快完成；已经完成而没有报送的，补报台账或登记资料；"
        "巡查、督导等已过期的，不得补填日期，请书面说明原因；依规可以免除或延期的，报送批准材料。"
        "本函按截至上述时间收到的资料列出，如有出入，请一并说明。",
    )
    groups = [list(group) for _, group in groupby(rows, lambda row: row["rule_code"])]
    ruled(
        document,
        SUMMARY,
        [
            (
                str(place),
                group[0]["rule_name"],
                titles.get(group[0]["clause_code"], group[0]["clause_code"]),
                *(number(count_of(group, status)) for status in ("overdue", "no_report", SOON)),
                short(group[0]["due_date"], stamp),
            )
            for place, group in enumerate(groups, start=1)
        ],
    )
    official.paragraph(document, "")
    official.paragraph(document, "附件：到期事项明细")
    official.paragraph(document, "")
    official.signature(document, office, day)
    document.add_page_break()
    official.paragraph(document, "附件", official.HEADING, is_indented=False)
    official.centred(document, "到期事项明细", official.TITLE, official.TITLE_SIZE)
    for place, group in enumerate(groups, start=1):
        details(document, place, group, name, stamp)
    return document


def opening(rows: Sequence[dict[str, Any]], stamp: Stamp) -> str:
    """Until when, how many of which kind."""
    counts = [
        f"{label}{count}项"
        for label, count in (
            ("逾期未完成", count_of(rows, "overdue")),
            ("到期未报送", count_of(rows, "no_report")),
            ("即将到期", count_of(rows, SOON)),
        )
        if count
    ]
    villages = "（含所辖村）" if len({row["owing_unit_name"] for row in rows}) > 1 else ""
    until = f"{official.chinese_date(stamp.as_of_at.date())}{stamp.as_of_at.hour}时"
    return (
        f"截至{until}，你单位{villages}按打击非法采矿工作责任应办理的事项中，"
        f"{'、'.join(counts)}，汇总如下，明细见附件。"
    )


def details(
    document: official.Document,
    place: int,
    group: list[dict[str, Any]],
    addressee: str,
    stamp: Stamp,
) -> None:
    """One rule: what it rests on, and its debts."""
    heading = f"{place}. {group[0]['rule_name']}（{len(group)}项）"
    above = [
        official.paragraph(document, heading, official.HEADING),
        official.paragraph(
            document, f"依据：{group[0]['basis_text']}", official.SUBHEADING, official.SMALL_SIZE
        ),
    ]
    for line in above:
        line.paragraph_format.keep_with_next = True
    ruled(
        document,
        DETAILS,
        [
            (
                "本单位" if row["owing_unit_name"] == addressee else row["owing_unit_name"],
                subject(row),
                span(row, stamp),
                short(row["due_date"], stamp),
                state(row),
            )
            for row in group[:LISTED]
        ],
    )
    if len(group) > LISTED:
        rest = f"其余{len(group) - LISTED}项见“责任落实”页。"
        official.paragraph(document, rest, official.SUBHEADING, official.SMALL_SIZE)


def ruled(
    document: official.Document, columns: dict[str, int], rows: Sequence[Sequence[str]]
) -> None:
    """A table with columns of these widths in mm; a column that says the same or nothing is left out."""
    filled = [
        place
        for place, name in enumerate(columns)
        if name not in OPTIONAL or {row[place] for row in rows} - {"", "本单位"}
    ]
    names, widths = list(columns), list(columns.values())
    table = official.table(
        document, [names[n] for n in filled], [[row[n] for n in filled] for row in rows]
    )
    table.autofit = False
    spare = sum(widths) - sum(widths[n] for n in filled)
    for place, column in zip(filled, table.columns, strict=True):
        wide = Mm(widths[place] + (spare if names[place] == "对象" else 0))
        column.width = wide
        # LibreOffice goes by the columns, Word by the cells.
        for cell in column.cells:
            cell.width = wide


def count_of(rows: Sequence[dict[str, Any]], status: str) -> int:
    """How many stand so."""
    return sum(row["status"] == status for row in rows)


def number(count: int) -> str:
    """A count as a table has it, nothing for none."""
    return str(count) if count else ""


def subject(row: dict[str, Any]) -> str:
    """What it is owed for: its name and number, as far as people know it by them."""
    name, key = row["subject_name"], row["subject_id"]
    if row["subject_type"] in NAMED or (name and re.fullmatch(r"[0-9a-p]{32}|natural:.*", key)):
        return name or key
    return f"{name}（{key}）" if name else key


def span(row: dict[str, Any], stamp: Stamp) -> str:
    """The period of what is owed once a period; when the clock of anything else started."""
    if row["kind_code"] == "period":
        first, last = row["period_start_date"], row["period_end_date"]
        return f"{short(first, stamp)}至{short(last, stamp)}" if first and last else ""
    if row["kind_code"] != "clock" or row["started_at"] is None:
        return ""
    at = row["started_at"]
    hour = f"{at:%H:%M}" if (at.hour, at.minute) != (0, 0) else ""
    return f"{short(at.date(), stamp)}{hour}起算"


def short(day: date, stamp: Stamp) -> str:
    """A day without its year while that is this one's; without hyphens, at which lines break."""
    whole = official.chinese_date(day)
    return whole.partition("年")[2] if day.year == stamp.as_of_at.year else whole


def state(row: dict[str, Any]) -> str:
    """How it stands, and for how long."""
    if row["status"] == SOON:
        return "即将到期"
    days = f"{int(row['days_late'])}天" if row["days_late"] else ""
    return f"逾期{days}" if row["status"] == "overdue" else words.STATUSES[row["status"]]
