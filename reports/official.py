"""Official documents after GB/T 9704-2012: page, fonts and paragraphs, as Word and WPS show them.

Fonts are named, not embedded: an office has them, and where one is missing the program takes its own.
East Asian text needs its font named apart from Latin text, or Word takes the theme's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

BODY, HEADING, SUBHEADING, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
# 3号 is 16 pt, 2号 22 pt, 4号 14 pt; 22 lines of 28 characters fill the page.
BODY_SIZE, TITLE_SIZE, SMALL_SIZE, TABLE_SIZE = Pt(16), Pt(22), Pt(14), Pt(12)
LINE_PITCH, INDENT = Pt(28.95), Pt(32)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)


def new_document(title: str, made_on: date) -> Document:
    """An empty A4 document of that title, with page numbers at its outer edges."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        number_pages(footer.paragraphs[0], side)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    return document


def number_pages(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character from the edge."""
    paragraph.alignment = side
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = SMALL_SIZE
    else:
        paragraph.paragraph_format.left_indent = SMALL_SIZE
    write(paragraph, "— ", "宋体", SMALL_SIZE)
    run = write(paragraph, "", "宋体", SMALL_SIZE)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    write(paragraph, " —", "宋体", SMALL_SIZE)


def write(paragraph: Paragraph, text: str, font: str = BODY, size: Pt = BODY_SIZE):
    """Append text in that font; returns the run."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def paragraph(
    document: Document,
    text: str,
    font: str = BODY,
    size: Pt = BODY_SIZE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    is_indented: bool = True,
) -> Paragraph:
    """One paragraph at the fixed line pitch, its first line two characters in."""
    made = document.add_paragraph()
    made.alignment = align
    form = made.paragraph_format
    form.line_spacing, form.space_before, form.space_after = LINE_PITCH, Pt(0), Pt(0)
    form.first_line_indent = INDENT if is_indented else Pt(0)
    write(made, text, font, size)
    return made


def centred(document: Document, text: str, font: str = BODY, size: Pt = BODY_SIZE) -> Paragraph:
    """One line in the middle."""
    return paragraph(document, text, font, size, WD_ALIGN_PARAGRAPH.CENTER, is_indented=False)


def signature(document: Document, name: str, day: date) -> None:
    """Who signs and on which day; the day four characters from the right, the name above its middle."""
    for text, indent in ((name, 2), (chinese_date(day), 4)):
        made = paragraph(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT, is_indented=False)
        made.paragraph_format.right_indent = Pt(16 * indent)


def table(document: Document, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A ruled table whose headings are repeated on every page and whose rows are not torn."""
    made = document.add_table(rows=1, cols=len(headings))
    made.style = "Table Grid"
    fill_row(made.rows[0], headings, HEADING)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        fill_row(made.add_row(), row, BODY)
    for row in made.rows:
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(whole)
    return made


def fill_row(row, texts: Sequence[str], font: str) -> None:
    """Write a table's row."""
    for cell, text in zip(row.cells, texts, strict=True):
        made = cell.paragraphs[0]
        made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(2)
        write(made, text, font, TABLE_SIZE)


def chinese_date(day: date) -> str:
    """2022年9月1日: Arabic digits without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
