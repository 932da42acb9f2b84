"""Writes reports/templates/*.docx: `.venv/bin/python -m reports.write_templates` after a change here.

The files are ordinary documents that an office edits in WPS or Word: it copies one into `reports/templates/`
of its home and changes the fixed words there. What stands in braces is filled in (docs/operations.md).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports import official
from reports.reproducible import same_zip

TEMPLATES = Path(__file__).parent / "templates"
MADE = datetime(2022, 9, 19)
RED = RGBColor(0xFF, 0, 0)
# Styles whose paragraphs are squeezed until they stand on one line, with the size of their characters.
RED_HEAD, COLOPHON = "发文机关标志", "版记"
ONE_LINE = {RED_HEAD: Pt(30), COLOPHON: official.SMALL_SIZE}
CELL_SIZE = Pt(10.5)
# Widths of a statistics table's columns in millimetres; together the 156 of the page.
STATISTICS = (13, 53, 15, 19, 19, 18, 19)
TEXT_WIDTH = Mm(156)


def control(document: Document, tag: str) -> None:
    """A line that only steers: {%p if … %}."""
    official.paragraph(document, tag, is_indented=False)


def each(document: Document, names: str, text: str, font: str = official.BODY) -> None:
    """A paragraph for each text of a list."""
    control(document, f"{{%p for text in {names} %}}")
    official.paragraph(document, text, font)
    control(document, "{%p endfor %}")


def heading(document: Document, text: str) -> Paragraph:
    """一、…, kept with what follows."""
    made = official.paragraph(document, text, official.HEADING)
    made.paragraph_format.keep_with_next = True
    return made


def marks(document: Document) -> None:
    """样例数据, 草稿: what the paper must say of itself before anything else."""
    control(document, "{%p for text in marks %}")
    official.centred(document, "{{ text }}", size=official.SMALL_SIZE)
    control(document, "{%p endfor %}")


def red_head(document: Document) -> None:
    """Who writes in red, the number and who signs, and the red rule below."""
    document.styles.add_style(RED_HEAD, WD_STYLE_TYPE.PARAGRAPH)
    made = official.centred(document, "{{ head }}", official.TITLE, ONE_LINE[RED_HEAD])
    made.style = RED_HEAD
    made.paragraph_format.line_spacing = 1.0
    # The upper edge stands 35 mm below that of the text.
    made.paragraph_format.space_before, made.paragraph_format.space_after = Mm(20), Mm(10)
    made.runs[0].font.color.rgb = RED
    line = official.paragraph(document, "", is_indented=False)
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    form = line.paragraph_format
    form.left_indent = form.right_indent = official.BODY_SIZE
    form.tab_stops.add_tab_stop(TEXT_WIDTH - official.BODY_SIZE, WD_TAB_ALIGNMENT.RIGHT)
    official.write(line, "{{ number }}")
    official.write(line, "{% if signer is not none %}\t签发人：{% endif %}")
    official.write(line, "{% if signer is not none %}{{ signer }}{% endif %}", official.SUBHEADING)
    rule = official.paragraph(document, "", size=Pt(2), is_indented=False)
    rule.paragraph_format.line_spacing = Mm(4)
    border(rule, "FF0000", 16)


def border(
    paragraph: Paragraph, colour: str, eighths: int, edges: Sequence[str] = ("bottom",)
) -> None:
    """Rules at the edges of a paragraph."""
    borders = OxmlElement("w:pBdr")
    for edge in edges:
        rule = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", eighths), ("space", 1), ("color", colour)):
            rule.set(qn(f"w:{name}"), str(value))
        borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def title(document: Document) -> None:
    """The title in its lines."""
    control(document, "{%p for text in title %}")
    made = official.centred(document, "{{ text }}", official.TITLE, official.TITLE_SIZE)
    made.paragraph_format.line_spacing = Pt(35)
    control(document, "{%p endfor %}")


def ruled(
    document: Document,
    widths: Sequence[float],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers_from: int,
) -> None:
    """A ruled table with those rows; cells from `numbers_from` on are set to the right.

    A row of one text is a steering line, one of a text in a list is a heading across the table.
    """
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for place, texts in enumerate([headings, *rows]):
        row = table.add_row()
        is_across = len(texts) == 1
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
        cells = [row.cells[0].merge(row.cells[-1])] if is_across else row.cells
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            made = cell.paragraphs[0]
            form = made.paragraph_format
            form.line_spacing, form.space_before, form.space_after = Pt(14.5), Pt(1), Pt(1)
            is_head = place == 0 or is_across
            # A heading of a group does not stand at the foot of a page.
            form.keep_with_next = is_head
            if place == 0:
                made.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif column >= numbers_from:
                made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            official.write(made, text, official.HEADING if is_head else official.BODY, CELL_SIZE)
        properties = row._tr.get_or_add_trPr()
        flags = ("w:cantSplit", "w:tblHeader") if place == 0 else ("w:cantSplit",)
        for flag in flags:
            element = OxmlElement(flag)
            element.set(qn("w:val"), "true")
            properties.append(element)


def statistics(document: Document) -> None:
    """The statistics table: a line a metric, headings of groups between."""
    ruled(
        document,
        STATISTICS,
        ("序号", "指标", "单位", "{{ words.now }}", "{{ words.before }}")
        + ("{{ words.change }}", "{{ words.total }}"),
        [
            ["{%tr for row in statistics %}"],
            ["{%tr if row.group %}"],
            ["{{ row.group }}"],
            ["{%tr endif %}"],
            ["{{ row.number }}", "{{ row.name }}", "{{ row.unit }}", "{{ row.now }}"]
            + ["{{ row.before }}", "{{ row.change }}", "{{ row.total }}"],
            ["{%tr endfor %}"],
        ],
        numbers_from=3,
    )


def small(document: Document, text: str) -> Paragraph:
    """A note in small type."""
    made = official.paragraph(document, text, size=Pt(10.5), is_indented=False)
    made.paragraph_format.line_spacing = Pt(16)
    return made


def new_page(document: Document, label: str) -> None:
    """附件1 on a new page."""
    made = official.paragraph(document, label, official.HEADING, is_indented=False)
    made.paragraph_format.page_break_before = True


def annex_title(document: Document, text: str) -> None:
    """The title of an annex, in the middle."""
    made = official.centred(document, text, official.TITLE, official.TITLE_SIZE)
    made.paragraph_format.line_spacing = Pt(35)
    made.paragraph_format.space_after = Pt(8)


def corrections(document: Document, number: str) -> None:
    """更正说明: what was reported otherwise before, where there is any."""
    control(document, "{%p if corrections %}")
    heading(document, f"{number}、更正说明")
    official.paragraph(
        document,
        "与已报送的报告比较，以下数字因报送后收到来件或情况变化而更正，累计数相应调整：",
    )
    ruled(
        document,
        (27, 38, 20, 20, 51),
        ("报告期", "数字", "原报", "更正为", "原因"),
        [
            ["{%tr for row in corrections %}"],
            ["{{ row.period }}", "{{ row.name }}", "{{ row.before }}", "{{ row.after }}"]
            + ["{{ row.reason }}"],
            ["{%tr endfor %}"],
        ],
        numbers_from=9,
    )
    control(document, "{%p endif %}")


def colophon(document: Document) -> None:
    """版记 below everything: copies, who printed it and when. A frame at the foot is lost in LibreOffice."""
    document.styles.add_style(COLOPHON, WD_STYLE_TYPE.PARAGRAPH)
    official.paragraph(document, "", is_indented=False)
    control(document, "{%p if copies %}")
    ruled_line(document, "抄送：{{ copies }}。")
    control(document, "{%p endif %}")
    ruled_line(document, "{{ office }}\t{{ day }}印发")


def ruled_line(document: Document, text: str) -> None:
    """A line of the 版记, ruled above and below."""
    made = official.paragraph(document, text, size=official.SMALL_SIZE, is_indented=False)
    made.style = COLOPHON
    form = made.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(22), Pt(0), Pt(0)
    form.left_indent = form.right_indent = official.SMALL_SIZE
    form.tab_stops.add_tab_stop(TEXT_WIDTH - official.SMALL_SIZE, WD_TAB_ALIGNMENT.RIGHT)
    border(made, "000000", 8, ("top", "bottom", "between"))


def report() -> Document:
    """A report upwards: red head, text, statistics as annexes."""
    document = official.new_document("报告", date(2022, 9, 19))
    marks(document)
    red_head(document)
    official.centred(document, "")
    official.centred(document, "")
    title(document)
    official.centred(document, "")
    official.paragraph(document, "{{ addressee }}：", is_indented=False)
    official.paragraph(document, "现将{{ period }}打击非法采矿工作情况报告如下。")
    heading(document, "一、基本情况")
    each(document, "basic", "{{ text }}")
    heading(document, "二、主要措施和成效")
    control(document, "{%p for group in measures %}")
    made = official.paragraph(document, "{{ group.heading }}", official.SUBHEADING)
    made.paragraph_format.keep_with_next = True
    each(document, "group.texts", "{{ text }}")
    control(document, "{%p endfor %}")
    control(document, "{%p for chart in charts %}")
    picture = official.centred(document, "{{ chart.picture }}")
    picture.paragraph_format.line_spacing = 1.0
    picture.paragraph_format.keep_with_next = True
    official.centred(document, "{{ chart.caption }}", official.HEADING, Pt(12))
    control(document, "{%p endfor %}")
    heading(document, "三、存在的问题")
    each(document, "problems", "{{ text }}")
    heading(document, "四、下一步工作")
    each(document, "steps", "{{ text }}")
    corrections(document, "五")
    # The signature never stands on a page without text.
    for text in ("特此报告。", "", "{%p for text in annexes %}", "{{ text }}", "{%p endfor %}", ""):
        made = official.paragraph(document, text)
        made.paragraph_format.keep_with_next = True
    sign(document)
    new_page(document, "附件1")
    annex_title(document, "{{ period }}情况统计表")
    statistics(document)
    small(document, "注：{{ note }}")
    control(document, "{%p if townships %}")
    new_page(document, "附件2")
    annex_title(document, "{{ period }}分乡镇情况")
    by_township(document)
    small(document, "注：各乡镇与“县本级及其他”之和等于全县。")
    control(document, "{%p endif %}")
    colophon(document)
    return document


def by_township(document: Document) -> None:
    """Townships down, metrics across."""
    ruled(
        document,
        (29, *(12.7,) * 10),
        ["乡镇", *(f"{{{{ township_words.{place} }}}}" for place in range(10))],
        [
            ["{%tr for row in townships %}"],
            ["{{ row.0 }}", *(f"{{{{ row.{place} }}}}" for place in range(1, 11))],
            ["{%tr endfor %}"],
        ],
        numbers_from=1,
    )


def sign(document: Document) -> None:
    """Who writes, and when."""
    for text, indent in (("{{ office }}", 2), ("{{ day }}", 4)):
        made = official.paragraph(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT, is_indented=False)
        made.paragraph_format.right_indent = Pt(16 * indent)
        made.paragraph_format.keep_with_next = indent == 2


def table() -> Document:
    """The statistics table alone, addressed to nobody."""
    document = official.new_document("情况统计表", date(2022, 9, 19))
    marks(document)
    title(document)
    line = small(document, "填报单位（盖章）：{{ office }}")
    line.paragraph_format.space_before = Pt(10)
    small(document, "填报日期：{{ day }}")
    statistics(document)
    small(document, "注：{{ note }}")
    control(document, "{%p for text in basic %}")
    small(document, "{{ text }}")
    control(document, "{%p endfor %}")
    corrections(document, "附")
    line = small(document, "填报人：\t分管领导：\t主要负责人：{{ signer or '' }}")
    line.paragraph_format.space_before = Pt(12)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(55))
    line.paragraph_format.tab_stops.add_tab_stop(Mm(105))
    return document


def zero() -> Document:
    """A zero report: that nothing happened, in one page."""
    document = official.new_document("零报告", date(2022, 9, 19))
    marks(document)
    title(document)
    official.centred(document, "")
    official.paragraph(document, "{{ addressee }}：", is_indented=False)
    official.paragraph(
        document,
        "{{ period }}，未发现非法采矿行为，没有新立案件，巡查检查、部门检查和督导抽查未发现问题。",
    )
    each(document, "basic", "{{ text }}")
    corrections(document, "附")
    official.paragraph(document, "特此报告（零报告）。")
    official.paragraph(document, "")
    sign(document)
    return document


FORMS = {"report": report, "table": table, "zero": zero}


def template_bytes(form: str) -> bytes:
    """The template of a form, the same bytes whenever it is made."""
    content = io.BytesIO()
    FORMS[form]().save(content)
    return same_zip(content.getvalue(), MADE)


def main() -> None:
    """Write all of them."""
    TEMPLATES.mkdir(exist_ok=True)
    for form in FORMS:
        (TEMPLATES / f"{form}.docx").write_bytes(template_bytes(form))
        sys.stdout.write(f"{TEMPLATES / form}.docx\n")


if __name__ == "__main__":
    main()
