"""Tables as plain escaped HTML, for a page and for paper. No Streamlit.

`st.table` reads its cells as Markdown, so that a file name could fetch a picture from the internet.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboards import exports
from dashboards.charts.look import FONT
from dashboards.stamp import SAMPLE_MARK, Stamp

# On a phone a row becomes a small card with the column's name before each value.
STYLE = """<style>
.listed {width: 100%; border-collapse: collapse; margin-bottom: 0.5rem}
.listed th, .listed td {text-align: left; vertical-align: top; padding: 0.35rem 0.6rem;
  border-bottom: 1px solid #d6dcd3; overflow-wrap: anywhere}
.listed th {font-weight: 600; white-space: nowrap; background: #f4f6f3}
.listed td.whole {white-space: nowrap}
@media screen and (max-width: 640px) {
  .listed thead, .listed tbody th {display: none}
  .listed tr {display: block; border-bottom: 2px solid #d6dcd3; padding: 0.3rem 0}
  .listed td {display: block; border: none; padding: 0.1rem 0.2rem}
  .listed td:empty {display: none}
  .listed td::before {content: attr(data-label) "："; color: #6b7280}
}
.changes {width: 100%; border-collapse: collapse; font-size: 0.88rem}
.changes th, .changes td {text-align: left; font-weight: 400; padding: 0.1rem 0.4rem;
  border-bottom: 1px solid #d6dcd3}
.changes td:nth-child(2) {font-weight: 600; text-align: right; padding-right: 1rem}
.tiles {display: flex; flex-wrap: wrap; gap: 0.5rem}
.tiles a {flex: 1 1 30%; min-width: 9.5rem; border: 1px solid #d6dcd3; border-radius: 6px;
  padding: 0.35rem 0.7rem; color: inherit; text-decoration: none; line-height: 1.35}
.tiles a:hover, .tiles a:focus {border-color: #14532d; background: #f4f6f3}
.tiles span, .tiles small {display: block; color: #4b5563; font-size: 0.8rem}
.tiles small {letter-spacing: -0.02em}
.tiles b {font-size: 1.4rem; font-weight: 600; line-height: 1.3}
.links {margin: 0 0 0.4rem; padding-left: 1.4rem; font-size: 0.88rem; line-height: 1.35}
.links li {margin-bottom: 0.2rem}
.links a {color: inherit}
.progress {margin-bottom: 0.45rem; font-size: 0.92rem}
.progress p {display: flex; justify-content: space-between; gap: 1rem; margin: 0.15rem 0}
.progress div {height: 0.7rem; border: 1px solid #0072b2; border-radius: 4px; overflow: hidden}
.progress i {display: block; height: 100%; background: #0072b2}
</style>"""
# On a desk, who looks stands in the bar of the menu, where it takes nothing from the page. Small print is
# as dark as it must be to be read by those who see badly.
EVERYWHERE = """<style>
[data-testid=stCaptionContainer], [data-testid=stCaptionContainer] p {color: #4b5563; opacity: 1}
@media (min-width: 1400px) {
  .st-key-introduced {position: fixed; top: 0.85rem; right: 4.5rem; z-index: 999999; width: auto}
}
</style>"""
# Streamlit's box for files says "Upload" and "200MB per file", and takes no other words.
DROP_HERE = """<style>
[data-testid=stFileUploaderDropzone] button p, [data-testid=stFileUploaderDropzoneInstructions] span {font-size: 0}
[data-testid=stFileUploaderDropzone] button p::after {content: "选择文件"; font-size: 0.875rem}
[data-testid=stFileUploaderDropzoneInstructions] span::after {
  content: "也可以拖到这里，每份不超过 %d MB"; font-size: 0.875rem}
</style>"""
# A wall shows no menus and larger letters.
WALL = """<style>
html {font-size: 130%}
header[data-testid=stHeader], [data-testid=stElementToolbar], .st-key-introduced {display: none}
[data-testid=stMainBlockContainer] {padding: 1rem 2rem; max-width: none}
</style>"""
# What a form lists of one kind: about two pages.
PAPER_ROWS = 30
# A sheet that is filled in by hand. What browsers do not print in the margin stands in the head too.
PAPER = """<style>
@page {size: A4; margin: 16mm 14mm 18mm;
  @bottom-center {content: "%(foot)s　第 " counter(page) " 页"; font: 8pt %(font)s; color: #444}}
body {font: 10.5pt/1.45 %(font)s; color: black; max-width: 182mm; margin: 0 auto; padding: 0 4mm}
h1 {font-size: 18pt; text-align: center; margin: 4mm 0 2mm}
h2 {font-size: 12pt; margin: 5mm 0 1.5mm; break-after: avoid}
.listed {font-size: 9pt}
.listed th, .listed td {border: 1px solid #777; padding: 0.8mm 1.5mm; white-space: normal}
.listed tr {break-inside: avoid}
.listed.facts th {width: 34mm}
.mark {color: #b42318; font-weight: 700}
.blank td {height: 14mm}
@media print {body {max-width: none; padding: 0}}
</style>"""


def listed(rows: pd.DataFrame) -> str:
    """A table with a line a row, every word visible; empty columns are left out."""
    cells = exports.plain(rows)
    filled = [place for place in range(len(rows.columns)) if any(row[place] != "" for row in cells)]
    names = [html.escape(str(rows.columns[place])) for place in filled]
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{name}"{whole(value)}>{html.escape(in_digits(value))}</td>'
            for name, value in zip(names, (row[place] for place in filled), strict=True)
        )
        + "</tr>"
        for row in cells
    )
    return f'<table class="listed"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def facts(row: pd.DataFrame) -> str:
    """One row with many columns, a line a column; empty ones are left out."""
    [cells] = exports.plain(row)
    lines = [
        f'<tr><th>{html.escape(str(name))}</th><td data-label="{html.escape(str(name))}">'
        f"{html.escape(in_digits(cell))}</td></tr>"
        for name, cell in zip(row.columns, cells, strict=True)
        if cell != ""
    ]
    return f'<table class="listed facts"><tbody>{"".join(lines)}</tbody></table>'


def in_digits(value: str | int | float) -> str:
    """A cell as text; numbers in groups of three digits, whole ones without a decimal point."""
    if isinstance(value, str):
        return value
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def whole(value: str | int | float) -> str:
    """A day or time is not broken into two lines."""
    return " class=whole" if re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", str(value)) else ""


def progress(name: str, left: str, share: float, text: str) -> str:
    """A deadline: its name and the days left, a bar as long as what is done, and where that leads."""
    width = f"{100 * min(max(share, 0), 1):.0f}%"
    return (
        f'<div class="progress"><p><b>{html.escape(name)}</b><b>{html.escape(left)}</b></p>'
        f'<div role="img" aria-label="{html.escape(text)}"><i style="width:{width}"></i></div>'
        f"<p>{html.escape(text)}</p></div>"
    )


def tile(label: str, value: str, note: str, told: str, page: str) -> str:
    """One figure that leads to its page; `told` says how it is counted, for who points at it."""
    return (
        f'<a href="{html.escape(page)}" target="_self" title="{html.escape(told)}">'
        f"<span>{html.escape(label)}</span><b>{html.escape(value)}</b>"
        f"<small>{html.escape(note)}</small></a>"
    )


def links(texts: Mapping[str, str]) -> str:
    """Sentences that lead somewhere, one below the other; keys are the addresses."""
    return (
        '<ol class="links">'
        + "".join(
            f'<li><a href="{html.escape(page)}" target="_self">{html.escape(text)}</a></li>'
            for page, text in texts.items()
        )
        + "</ol>"
    )


def changes(rows: pd.DataFrame) -> str:
    """Counts of a week beside those of the week before, and by how much they differ."""
    lines = []
    for row in rows.itertuples():
        more = row.this_week_count - row.last_week_count
        sign = f"多 {more:,}" if more > 0 else f"少 {-more:,}" if more < 0 else "持平"
        lines.append(
            f"<tr><th>{html.escape(row.change_name)}</th><td>{row.this_week_count:,}</td>"
            f"<td>前七天 {row.last_week_count:,}，{sign}</td></tr>"
        )
    return f'<table class="changes"><tbody>{"".join(lines)}</tbody></table>'


def form(
    title: str,
    notice: str,
    parts: Mapping[str, str],
    blanks: Sequence[str],
    stamp: Stamp,
) -> bytes:
    """A sheet for A4 as one HTML file that needs nothing else: parts by their headings, then blanks."""
    # It stands in a style sheet's text, where these would end it.
    foot = re.sub(r'["\\<>\n]', "", stamp.line)
    mark = (
        f'<p class="mark">【{SAMPLE_MARK}】虚构的数据，不是真实情况。</p>'
        if stamp.is_sample
        else ""
    )
    body = "".join(f"<h2>{html.escape(name)}</h2>{part}" for name, part in parts.items())
    lines = "".join(f"<tr><th>{html.escape(name)}</th><td></td></tr>" for name in blanks)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title>{STYLE}"
        f"{PAPER % {'foot': foot, 'font': FONT}}</head><body>"
        f"<h1>{html.escape(title)}</h1>{mark}"
        f"<p>{html.escape(stamp.line)} · 版本 {html.escape(stamp.version_id)}</p>"
        f"<p>{html.escape(notice)}</p>{body}"
        f'<table class="listed facts blank"><tbody>{lines}</tbody></table>'
        "</body></html>"
    ).encode()
