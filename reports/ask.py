"""Requests to verify: a letter for each unit that is asked about contradictions, and the form it answers on.

    minewatch ask --unit 老营镇人民政府 --rule X01

The unit is asked before anybody reports a contradiction. Beside the letter lies the form, a delivery of feed
`explanations` with one row a contradiction; a copy goes into the inbox, so that the next build knows what
was asked, and when the unit sends it back filled in, its rows replace those.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from reports import AskError, official
from reports.published import rows_of
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import current

# The duty to answer, whose limit the letter names.
DUTY = "M26"
KIND = "矛盾"
ANSWERS = ("属实", "部分属实", "不属实", "已说明")
# Headers of feed `explanations`, then what the unit reads to know what it is asked.
FORM = ("对象类型", "对象编号", "下发时间", "说明单位", "说明时间", "结论", "理由", "文号")
CONTEXT = ("线索类别", "台账或登记所述", "其他信息")
WIDTHS = (10, 36, 18, 24, 18, 10, 40, 18, 18, 48, 60)


@dataclass(frozen=True)
class Request:
    """One letter: the unit asked, its contradictions, and the files written."""

    unit_name: str
    contradiction_ids: tuple[str, ...]
    letter: Path
    form: Path


def ask(
    home: Home,
    chosen: Sequence[str],
    unit: str | None,
    rule: str | None,
    target: Path,
    issued_at: datetime,
    number: str | None = None,
) -> list[Request]:
    """Write a letter and a form for each unit asked, into a folder of its own below `target`.

    `chosen` are ids of contradictions or their first characters; without any, all that nobody was asked
    about yet, of one unit (its name or code) and one rule if these are given. Raises AskError before
    anything is written if an id is unknown, or nothing is left to ask.
    """
    version = current(home)
    if version is None:
        raise AskError(
            "还没有发布过版本，没有可下发的线索。没有写任何文件。请先运行 minewatch run。"
        )
    settings = home.settings()
    with connect(version.database, read_only=True) as reader:
        found = contradictions(reader, chosen, unit, rule)
        if not found:
            raise AskError(
                "没有尚未下发、又能确定核实单位的线索符合所选条件。没有写任何文件。"
                "请在“矛盾核查”页查看线索及其状态。"
            )
        due = last_day(reader, issued_at.date())
        requests = []
        for unit_name, rows in groupby(found, lambda row: row["asked_unit_name"]):
            asked = list(rows)
            evidence = evidence_of(reader, [row["contradiction_id"] for row in asked])
            folder = free_folder(target, f"{issued_at:%Y%m%d}{unit_name}")
            letter = folder / f"关于请核实有关线索的函（{unit_name}）.docx"
            form = folder / f"核查说明{folder.name}.xlsx"
            write_letter(letter, settings, unit_name, asked, evidence, issued_at, due, number)
            write_form(form, unit_name, asked, evidence, issued_at)
            ids = tuple(row["contradiction_id"] for row in asked)
            requests.append(Request(unit_name, ids, letter, form))
    inbox = home.inbox / "explanations"
    inbox.mkdir(parents=True, exist_ok=True)
    for request in requests:
        note = json.dumps({"received_at": issued_at.isoformat()})
        (inbox / f"{request.form.name}.meta.json").write_text(note, encoding="utf-8")
        # Whole before it has its name: a load may be running.
        part = inbox / f"{request.form.name}.part"
        part.write_bytes(request.form.read_bytes())
        part.rename(inbox / request.form.name)
    return requests


def free_folder(target: Path, name: str) -> Path:
    """A new folder of that name, or of the name with the next free number."""
    for number in itertools.count(1):
        folder = target / (name if number == 1 else f"{name}{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError


def contradictions(
    reader: duckdb.DuckDBPyConnection, chosen: Sequence[str], unit: str | None, rule: str | None
) -> list[dict[str, Any]]:
    """The contradictions to ask about, by unit, place and day."""
    for start in chosen:
        (count,) = reader.execute(
            "select count(*) from marts.fct_contradictions where starts_with(contradiction_id, $start)",
            {"start": start},
        ).fetchone()
        if count != 1:
            what = "没有这个编号的线索" if count == 0 else f"有 {count} 条线索以此开头"
            raise AskError(f"{start}：{what}。没有写任何文件。请从“矛盾核查”页复制完整编号。")
    return rows_of(
        reader.execute(
            """
            select
                contradiction_id, rule_name, asked_unit_name, claim_text, claim_date,
                claim_file_name, claim_sheet_name, claim_row_number
            from marts.fct_contradictions
            where
                asked_unit_name is not null
                and (
                    list_bool_or(list_transform($chosen, lambda start: starts_with(contradiction_id, start)))
                    or (len($chosen) = 0 and status_code = 'unasked')
                )
                and ($unit is null or $unit in (asked_unit_name, asked_unit_code))
                and ($rule is null or rule_code = $rule)
            order by
                asked_unit_name, coalesce(site_id, unregistered_place_id, village_code, ''), claim_date,
                rule_code, contradiction_id
            """,
            {"chosen": list(chosen), "unit": unit, "rule": rule},
        )
    )


def evidence_of(
    reader: duckdb.DuckDBPyConnection, contradiction_ids: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """The evidence of each contradiction, the strongest first."""
    found = rows_of(
        reader.execute(
            """
            select
                contradiction_id, evidence_type, evidence_text, evidence_file_name, evidence_sheet_name,
                evidence_row_number
            from marts.fct_contradiction_evidence
            where list_contains($ids, contradiction_id)
            order by contradiction_id, evidence_rank
            """,
            {"ids": list(contradiction_ids)},
        )
    )
    return {
        contradiction: list(rows)
        for contradiction, rows in groupby(found, lambda row: row["contradiction_id"])
    }


def last_day(reader: duckdb.DuckDBPyConnection, issued: date) -> date:
    """The last day on which an answer is in time, after the rule in force on the day of asking.

    Raises AskError if the calendar of the published version does not reach that far.
    """
    found = reader.execute(
        """
        select limits.calendar_date
        from marts.dim_obligation_rules as rules
        inner join marts.dim_dates as issued on issued.calendar_date = $issued
        inner join marts.dim_dates as limits
            on
                limits.is_working_day
                and limits.working_day_number = issued.working_day_number + rules.limit_number
        where
            rules.rule_code = $duty
            and rules.valid_from_date <= $issued
            and ($issued < rules.valid_to_date or rules.valid_to_date is null)
        """,
        {"issued": issued, "duty": DUTY},
    ).fetchone()
    if found is None:
        raise AskError(
            f"当前版本的日历或规则 {DUTY} 不含 {issued}，算不出答复期限。没有写任何文件。"
            "请先运行 minewatch run 发布新版本。"
        )
    return found[0]


def source(row: dict[str, Any], kind: str) -> str:
    """Where a row stands, as people look it up; a clue's file would tell how somebody reported."""
    name, sheet, number = (
        row[f"{kind}_{part}"] for part in ("file_name", "sheet_name", "row_number")
    )
    if name is None:
        return "受保护的来件" if row.get("evidence_type") == "clue" else ""
    return f"{name}{f'，工作表“{sheet}”' if sheet else ''}{f'，第{number}行' if number else ''}"


def write_letter(
    path: Path,
    settings: Any,
    unit_name: str,
    asked: list[dict[str, Any]],
    evidence: dict[str, list[dict[str, Any]]],
    issued_at: datetime,
    due: date,
    number: str | None,
) -> None:
    """The letter, as Word and WPS open it."""
    title = "关于请核实有关线索的函"
    document = official.new_document(title, issued_at.date())
    if settings.is_sample:
        official.centred(document, "（样例数据，全部为虚构，仅供演示）", size=official.SMALL_SIZE)
    official.centred(document, number or f"〔{issued_at.year}〕　　号")
    official.centred(document, "")
    official.centred(document, title, official.TITLE, official.TITLE_SIZE)
    official.centred(document, "")
    official.paragraph(document, f"{unit_name}：", is_indented=False)
    official.paragraph(
        document,
        f"在对照台账、登记册与视频监控、用电监测、群众举报等信息时，发现以下{len(asked)}条需核实线索。"
        "所列情况尚未核实，不作为认定依据。请于"
        f"{official.chinese_date(due)}前逐条核实，将说明填入所附《核查说明》报我办；"
        "逾期未说明的，将列入督办事项。",
    )
    for place, row in enumerate(asked, start=1):
        official.paragraph(
            document,
            f"{place}. {row['rule_name']}（线索编号{row['contradiction_id'][:8]}）",
            official.HEADING,
        )
        official.paragraph(document, f"{row['claim_text']}。")
        if told := source(row, "claim"):
            official.paragraph(
                document, f"（出处：{told}）", official.SUBHEADING, official.SMALL_SIZE
            )
        for one in evidence[row["contradiction_id"]]:
            official.paragraph(document, f"{one['evidence_text']}。")
            if told := source(one, "evidence"):
                official.paragraph(
                    document, f"（出处：{told}）", official.SUBHEADING, official.SMALL_SIZE
                )
    official.paragraph(document, "")
    official.paragraph(document, "附件：核查说明（待填）")
    official.paragraph(document, "")
    official.signature(document, settings.office_name, issued_at.date())
    document.save(path)


def write_form(
    path: Path,
    unit_name: str,
    asked: list[dict[str, Any]],
    evidence: dict[str, list[dict[str, Any]]],
    issued_at: datetime,
) -> None:
    """The form the unit fills in: a delivery of feed `explanations`, its answers left blank."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("核查说明")
        head = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#DDE5DA", "text_wrap": True}
        )
        plain = book.add_format(
            {"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
        )
        blank = book.add_format(
            {"border": 1, "text_wrap": True, "bg_color": "#FFF8DC", "num_format": "@"}
        )
        for column, (name, width) in enumerate(zip(FORM + CONTEXT, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for line, row in enumerate(asked, start=1):
            texts = [one["evidence_text"] for one in evidence[row["contradiction_id"]]]
            given = (KIND, row["contradiction_id"], f"{issued_at:%Y-%m-%d %H:%M:%S}", unit_name)
            context = (row["rule_name"], row["claim_text"], "；".join(texts))
            for column, text in enumerate(given):
                sheet.write_string(line, column, text, plain)
            for column in range(len(given), len(FORM)):
                sheet.write_blank(line, column, None, blank)
            for column, text in enumerate(context, start=len(FORM)):
                sheet.write_string(line, column, text, plain)
        answer = FORM.index("结论")
        sheet.data_validation(
            1, answer, len(asked), answer, {"validate": "list", "source": list(ANSWERS)}
        )
        sheet.freeze_panes(1, 0)
