"""A report as a document: the template of its form, filled with prose, tables and charts.

Templates are .docx files that an office edits in WPS or Word; one in `reports/templates/` of the home goes
before ours. Whatever a template names and nobody knows is an error that says the name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from reports import ReportError, charts, lists
from reports.figures import PREVIOUS, VALUE, Figures
from reports.lists import Listing
from reports.official import chinese_date
from reports.periods import Period, add_months, months_from
from reports.recipients import Recipient
from reports.records import Correction, Paper
from reports.reproducible import same_zip
from reports.text import Prose
from reports.wording import UNKNOWN, digits, growth, plain, trapezoid
from reports.write_templates import ONE_LINE, TEMPLATES, TEXT_WIDTH
from warehouse.settings import Home, HomeSettings

MEASURES = {"本期": VALUE, "上期": PREVIOUS}
TREND_MONTHS = 6
TOWNSHIP_COLUMNS = 10


@dataclass(frozen=True)
class Content:
    """Everything a report says."""

    home: Home
    settings: HomeSettings
    recipient: Recipient
    addressee: Recipient
    copies: tuple[Recipient, ...]
    figures: Figures
    prose: Prose
    annexes: tuple[Listing, ...]
    corrections: tuple[Correction, ...]
    form: str

    @property
    def title(self) -> str:
        """What it is called."""
        period = self.figures.period.name
        if self.form == "table":
            return f"{self.settings.county_name}{period}打击非法采矿工作情况统计表"
        if self.form == "zero":
            return f"关于{period}打击非法采矿工作情况的零报告"
        return f"关于{period}打击非法采矿工作情况的报告"


class ByCode:
    """Figures of one measure by metric, for templates: {{ 本期.patrol_lines }}."""

    def __init__(self, figures: Figures, measure: str):
        self.figures, self.measure = figures, measure

    def __getitem__(self, code: str) -> str:
        """The figure's digits."""
        if code not in self.figures.metrics:
            raise ReportError(
                f"模板中的占位符 {code} 不是指标代码。没有写任何文件。请对照 seeds/metrics.csv 改正模板。"
            )
        return digits(self.figures.of(code, self.measure).value)


def statistics(content: Content) -> list[dict[str, str]]:
    """The lines of the recipient's table as texts; the first of a group names it."""
    rows, group = [], ""
    for number, line in enumerate(content.recipient.lines, start=1):
        measures = (VALUE, PREVIOUS, content.recipient.cumulative)
        now, before, total = (
            content.figures.of(line.metric_code, measure).value for measure in measures
        )
        rows.append(
            {
                "group": line.group_name if line.group_name != group else "",
                "number": str(number),
                "name": line.name,
                "unit": line.unit,
                "now": digits(now, line.divisor),
                "before": digits(before, line.divisor),
                "change": changed(content.recipient, line.unit, line.divisor, now, before),
                "total": digits(total, line.divisor),
                "metric_code": line.metric_code,
            }
        )
        group = line.group_name
    return rows


def changed(
    recipient: Recipient, unit: str, divisor: int, now: Decimal | None, before: Decimal | None
) -> str:
    """The difference, or for who counts years the growth; shares differ in points."""
    if now is None or before is None:
        return UNKNOWN
    if recipient.cumulative == "year" and unit != "%":
        return growth(now, before)
    difference = (now - before) / divisor
    text = digits(difference)
    return f"+{text}" if difference > 0 else text


def words(content: Content) -> dict[str, str]:
    """Headings of the statistics table."""
    period = content.figures.period
    is_year = content.recipient.cumulative == "year"
    return {
        "now": period.word,
        "before": period.previous_word,
        "change": "环比" if is_year else "增减",
        "total": "本年累计" if is_year else "累计",
    }


def note(content: Content) -> str:
    """What must be known to read the table."""
    figures, is_year = content.figures, content.recipient.cumulative == "year"
    base = figures.base
    start = f"自{base.year}年{base.month}月起" if base else ""
    counted = f"指标{start}统计，本年累计不含更早的" if is_year else f"指标和累计{start}统计"
    return (
        f"数据截至{chinese_date(figures.as_of_at.date())}；{counted}；“{UNKNOWN}”表示没有基数或不累计；"
        f"比例的{'环比' if is_year else '增减'}为百分点；数据版本{figures.version_id}。"
    )


def trend(content: Content) -> list[dict[str, Any]]:
    """Charts of the last months with their captions; none for a week, and none of nothing but zeros."""
    figures = content.figures
    months = trend_months(figures)
    if len(months) < 2 or figures.period.kind == "week":
        return []

    def values(code: str) -> list[Decimal]:
        found = figures.months.get((code, None), {})
        return [found.get(month.first, (Decimal(0), None))[0] for month in months]

    labels = [f"{month.first.year % 100:02d}年{month.first.month}月" for month in months]
    patrols = [("巡查点次", values("patrol_lines"))]
    findings = ("发现问题（条）", values("patrol_findings"))
    cases = [
        (name, values(code))
        for name, code in (
            ("发现", "cases_discovered"),
            ("立案", "cases_filed"),
            ("结案", "cases_closed"),
        )
    ]
    drawn = [
        (caption, charts.bars_and_line(labels, bars, line, unit))
        for caption, bars, line, unit in (
            ("巡查点次和发现问题", patrols, findings, "点次"),
            ("案件发现、立案和结案", cases, None, "起"),
        )
        if any(any(numbers) for _, numbers in bars)
    ]
    return [
        {"picture": picture, "caption": f"图{number}  {caption}"}
        for number, (caption, picture) in enumerate(drawn, start=1)
    ]


def trend_months(figures: Figures) -> list[Period]:
    """The counted months up to the period's last, at most six."""
    if figures.base is None:
        return []
    last = figures.period.last.replace(day=1)
    months = [months_from(add_months(last, -back), 1, "month") for back in range(TREND_MONTHS)]
    return [month for month in reversed(months) if month.first >= figures.base]


def by_township(content: Content) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the township table, as wide as the template's."""
    listing = content.annexes[0]
    names = [name for name, _ in listing.headings]
    empty = TOWNSHIP_COLUMNS + 1 - len(names)
    rows = [
        [row[0], *(plain(Decimal(cell)) for cell in row[1:]), *[UNKNOWN] * empty]
        for row in listing.rows
    ]
    return [*names[1:], *[""] * empty], rows


def context(content: Content, paper: Paper) -> dict[str, Any]:
    """What a template may name."""
    figures, settings = content.figures, content.settings
    marks = []
    if settings.is_sample:
        marks.append("（样例数据，全部为虚构，仅供演示）")
    if paper.is_draft:
        marks.append("（草稿，未经审签，不得外传）")
    if not figures.is_over:
        marks.append(
            f"（{figures.period.word}尚未结束，数据截至{chinese_date(figures.as_of_at.date())}）"
        )
    names, townships = by_township(content)
    year = (paper.signed_on or figures.as_of_at).year
    annexes = [
        f"{number}. {name}"
        for number, name in enumerate(
            ("情况统计表", *(listing.name for listing in content.annexes)), start=1
        )
    ]
    return {
        "marks": marks,
        "head": f"{settings.office_name}文件",
        "number": paper.number or f"{settings.report.get('series', '')}〔{year}〕　　号",
        "signer": paper.signer or ("　　　　" if content.form == "report" else ""),
        "title": trapezoid(content.title),
        "addressee": content.addressee.name,
        "office": settings.office_name,
        "day": chinese_date(paper.signed_on) if paper.signed_on else f"{year}年　　月　　日",
        "period": figures.period.name,
        "basic": content.prose.basic,
        "measures": [
            {"heading": f"（{'一二三四五六七八九'[place]}）{name}", "texts": texts}
            for place, (name, texts) in enumerate(content.prose.measures)
        ],
        "problems": content.prose.problems,
        "steps": content.prose.steps,
        "corrections": content.corrections,
        "statistics": statistics(content),
        "words": words(content),
        "note": note(content),
        "townships": townships,
        "township_words": names,
        "annexes": [
            f"{'附件：' if place == 0 else '　　　'}{text}" for place, text in enumerate(annexes)
        ],
        "copies": "，".join(
            f"{one.name}（情况统计表）" if one.form == "table" else one.name
            for one in content.copies
        ),
        **{name: ByCode(figures, measure) for name, measure in MEASURES.items()},
        "累计": ByCode(figures, content.recipient.cumulative),
    }


def template_file(home: Home, form: str) -> Path:
    """The office's own template of a form, else ours."""
    own = home.reports / "templates" / f"{form}.docx"
    return own if own.exists() else TEMPLATES / f"{form}.docx"


def document_bytes(content: Content, paper: Paper) -> bytes:
    """The report as a .docx; ReportError names what a template asks for in vain."""
    from docxtpl import DocxTemplate, InlineImage

    path = template_file(content.home, content.form)
    try:
        template = DocxTemplate(path)
        values = context(content, paper)
        values["charts"] = [
            one | {"picture": InlineImage(template, io.BytesIO(one["picture"]), width=Mm(148))}
            for one in (trend(content) if content.form == "report" else [])
        ]
        fill(template, values, path)
    except (KeyError, ValueError, OSError) as error:
        raise ReportError(
            f"模板 {path} 不是可用的 .docx 文件（{error}）。没有写任何文件。"
            "请从 WPS 或 Word 另存为 .docx，或删除它改用自带模板。"
        ) from error
    document = template.docx
    fit(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = content.title, "", ""
    properties.comments, properties.revision = "", 1
    made = io.BytesIO()
    document.save(made)
    return same_zip(made.getvalue(), content.figures.as_of_at)


def fill(template: Any, values: Mapping[str, Any], path: Path) -> None:
    """Render; ReportError with the placeholder where one is unknown or wrongly written."""
    from jinja2 import (
        Environment,
        StrictUndefined,
        TemplateError,
        TemplateSyntaxError,
        UndefinedError,
    )

    for paragraph in paragraphs(template):
        # A brace that nobody closes swallows the text up to the next one, without an error.
        left = re.sub(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}", "", paragraph)
        if re.search(r"\{\{|\}\}|\{%|%\}", left):
            raise ReportError(
                f"模板 {path.name} 中的占位符写法有误：{paragraph.strip()}。没有写任何文件。"
                f"请改正 {path}：占位符写在 {{{{ }}}} 中，一个不能跨段。"
            )
    try:
        template.render(values, Environment(undefined=StrictUndefined, autoescape=True))
    except UndefinedError as error:
        named = re.search(r"'([^']+)' is undefined|attribute '([^']+)'", str(error))
        name = next(filter(None, named.groups())) if named else str(error)
        raise ReportError(
            f"模板 {path.name} 中的占位符 {name} 没有对应的内容。没有写任何文件。"
            f"请改正 {path}，可用的占位符见 docs/operations.md。"
        ) from error
    except TemplateSyntaxError as error:
        near = [line for line in getattr(error, "docx_context", []) if "{" in line]
        told = re.sub(r"<[^>]+>", "", near[len(near) // 2]).strip() if near else error.message
        raise ReportError(
            f"模板 {path.name} 中的占位符写法有误：{told}（{error.message}）。没有写任何文件。"
            f"请改正 {path}：占位符写在 {{{{ }}}} 中，一个不能跨段。"
        ) from error
    except TemplateError as error:
        raise ReportError(f"模板 {path} 无法填写（{error}）。没有写任何文件。") from error


def paragraphs(template: Any) -> list[str]:
    """The text of every paragraph of a template, those in tables too."""
    template.init_docx()
    found = template.docx.element.body.iter(qn("w:p"))
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in found]


def fit(document: Document) -> None:
    """Squeeze the characters of what must stand on one line until it does."""
    for paragraph in document.paragraphs:
        size = ONE_LINE.get(paragraph.style.name)
        if size is None:
            continue
        length = sum(0.55 if ord(one) < 256 else 1 for one in paragraph.text)
        room = TEXT_WIDTH - 2 * (paragraph.paragraph_format.left_indent or 0)
        share = int(room * 98 / (length * size)) if length else 100
        for run in paragraph.runs if share < 100 else []:
            scale = OxmlElement("w:w")
            scale.set(qn("w:val"), str(max(share, 33)))
            run._r.get_or_add_rPr().insert_element_before(
                scale, "w:kern", "w:position", "w:sz", "w:szCs", "w:u", "w:rtl", "w:cs"
            )


ANNEXES: tuple[Callable[[Figures], Listing], ...] = (
    lists.townships,
    lists.patrols,
    lists.cases,
    lists.obligations,
    lists.contradictions,
)
