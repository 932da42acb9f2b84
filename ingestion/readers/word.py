"""A Word document as one grid: paragraphs as rows of one cell, tables in between, in reading order.

Annex 2 is a Word table, so ledgers come as Word too. Heads and feet stand in paragraphs or in the table,
cells are merged, check boxes are symbols of a picture font, drafts carry tracked changes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from ingestion.declare import Refused
from ingestion.readers.grids import LIMITS, RESEND, Cell, Grid, Limits, fill_merged

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
# What was deleted, moved away, is an instruction to Word, or an older Word's copy of a text box.
_NOT_READ = frozenset(
    [
        *(qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    ]
)
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Ticked and empty boxes of Wingdings and Wingdings 2.
_SYMBOLS = dict.fromkeys(["F0FE", "F052", "F0FC", "F050", "F0FD", "F053"], "☑") | dict.fromkeys(
    ["F0A8", "F0A3", "F06F", "F030", "F071"], "□"
)


def read_tables(data: bytes, name: str, limits: Limits = LIMITS) -> list[Grid]:
    """The document as a single grid without a sheet name; row numbers count paragraphs and table rows.

    Merged cells carry the value of their first cell. The package must have passed
    `grids.check_package`. Raises Refused for what is no Word document or larger than the limits.
    """
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
    ) as e:
        raise _broken(name) from e
    if body is None:
        raise _broken(name)
    if body.getroottree().docinfo.internalDTD is not None:
        # In UTF-16 the search for entities in the bytes does not see it.
        raise Refused(
            f"文件“{name}”含有 XML 实体定义，不予读取。", "请核对来源，另存为普通文档后重新报送。"
        )
    reading = _Document(name, limits)
    reading.read_blocks(body)
    return [reading.grid()]


def _broken(name: str) -> Refused:
    return Refused(f"文件“{name}”不是完整的 Word 文档，无法打开。", RESEND)


class _Document:
    """Rows as they come; they are made equally long at the end."""

    def __init__(self, name: str, limits: Limits):
        self.name, self.limits = name, limits
        self.rows: list[list[Cell]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.width = 0

    def grid(self) -> Grid:
        """Everything read so far."""
        for row in self.rows:
            row.extend([None] * (self.width - len(row)))
        fills = fill_merged(self.rows, self.merged, self.name, self.limits)
        return Grid(None, self.rows, fills=fills)

    def read_blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables below an element, through the wrappers of controls and changes."""
        for child in _children(parent, (_PARAGRAPH, _TABLE)):
            if child.tag == _PARAGRAPH:
                self._add([_text(child)])
            else:
                self._read_table(child)

    def _add(self, row: list[Cell]) -> None:
        self.rows.append(row)
        self.width = max(self.width, len(row))
        height, limits = len(self.rows), self.limits
        if (
            height > limits.rows
            or self.width > limits.columns
            or height * self.width > limits.cells
        ):
            raise Refused(
                f"文件“{self.name}”的表格超过上限（{limits.rows} 行、{limits.columns} 列）。",
                "请删除多余的行列后重新报送。",
            )

    def _read_table(self, table: etree._Element) -> None:
        # Column → the range (top, left, bottom, right) that a cell merged downwards fills so far.
        open_ranges: dict[int, list[int]] = {}
        nested: list[etree._Element] = []
        for row in _children(table, (_ROW,)):
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                continue
            top = len(self.rows)
            cells: list[Cell] = [None] * _number(row, "w:trPr/w:gridBefore", 0)
            still_open: dict[int, list[int]] = {}
            for cell in _children(row, (_CELL,)):
                left = len(cells)
                span = _number(cell, "w:tcPr/w:gridSpan", 1)
                if left + span > self.limits.columns:
                    self._add([None] * (left + span))
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                is_continued = merge is not None and merge.get(qn("w:val")) != "restart"
                above = open_ranges.get(left) if is_continued else None
                if above:
                    above[2] = top
                    still_open[left] = above
                    cells += [None] * span
                    continue
                cells += [_cell_text(cell)] + [None] * (span - 1)
                nested += _children(cell, (_TABLE,))
                reach = [top, left, top, left + span - 1]
                if merge is not None:
                    still_open[left] = reach
                elif span > 1:
                    self.merged.append((top, left, top, left + span - 1))
            for left, reach in open_ranges.items():
                if still_open.get(left) is not reach:
                    self.merged.append((reach[0], reach[1], reach[2], reach[3]))
            open_ranges = still_open
            self._add(cells)
        self.merged += [(reach[0], reach[1], reach[2], reach[3]) for reach in open_ranges.values()]
        # A ledger laid out inside a cell of another table follows it.
        for inner in nested:
            self._read_table(inner)


def _children(parent: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Children of these kinds, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif isinstance(child.tag, str) and child.tag in _WRAPPERS:
            yield from _children(child, tags)


_WRAPPERS = frozenset(
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)


def _number(element: etree._Element, path: str, default: int) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    text = found.get(qn("w:val"), "") if found is not None else ""
    # Longer than any table is wide: the width limit refuses it.
    return min(int(text[:6]), 10**6) if text.isdecimal() else default


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(_text(child) for child in _children(cell, (_PARAGRAPH,))).strip()


def _text(element: etree._Element) -> str:
    parts: list[str] = []
    # A stack instead of recursion: the depth is the sender's choice.
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if current.tag in _NOT_READ:
            continue
        if current.tag == qn("w:t"):
            parts.append(current.text or "")
        elif current.tag in _BREAKS:
            parts.append(_BREAKS[current.tag])
        elif current.tag == qn("w:sym"):
            parts.append(_SYMBOLS.get(current.get(qn("w:char"), "").upper(), ""))
        waiting += reversed(current)
    return "".join(parts)
