"""Where a figure comes from: its metric, version, query, and the delivered rows behind it.

Rows are told by file, sheet and row numbers, a line a sheet. Who reported must not be found out, nor which
official a matter is about: of such metrics the number of rows is told and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from dashboards.queries import duties
from reports.figures import MEASURES, Figure, Figures
from reports.wording import digits

# Feeds whose files would tell how somebody reported.
PROTECTED = {"fct_clues", "fct_rewards"}
SECRET = "受保护的来件，只计数"
SUMMED = "由多行汇总，无单独来源行"


@dataclass(frozen=True)
class Source:
    """Rows of one sheet that count for a figure."""

    file_name: str
    delivery_sha256: str
    sheet_name: str
    rows: str
    row_count: int
    numerator: Decimal
    denominator: Decimal | None


@dataclass(frozen=True)
class Trace:
    """All there is to say about a figure."""

    figure: Figure
    version_id: str
    query: str
    sources: tuple[Source, ...]

    @property
    def text(self) -> str:
        """The number with its unit."""
        return digits(self.figure.value) + self.figure.metric.unit

    @property
    def measure(self) -> str:
        """What it counts, and from when to when."""
        figure = self.figure
        return f"{MEASURES[figure.measure]}（{figure.first} 至 {figure.last}）"


def trace(figures: Figures, figure: Figure) -> Trace:
    """Where a figure comes from."""
    if figure.numerator is None:
        return Trace(figure, figures.version_id, "", ())
    query, rows = figures.rows(figure)
    if figure.metric.is_restricted or figure.metric.relation in PROTECTED:
        rows = [(None, None, SECRET, None, None, *row[5:]) for row in rows]
    if figure.metric.relation == "fct_obligations":
        rows = with_evidence(figures, rows)
    return Trace(figure, figures.version_id, query, tuple(grouped(rows)))


def with_evidence(figures: Figures, rows: list[tuple]) -> list[tuple]:
    """Duties have no row of their own: the row that proves one, or the rule of one that nothing proves."""
    ids = [row[0] for row in rows]
    names = dict(
        figures.cursor.execute(
            "select obligation_id, rule_name from marts.fct_obligations where list_contains($ids, obligation_id)",
            {"ids": ids},
        ).fetchall()
    )
    proofs: dict[str, tuple] = {}
    for number, sha, file, sheet, line in duties.evidence_of(figures.cursor, ids).itertuples(
        index=False, name=None
    ):
        told = (None, SECRET, None, None) if pd.isna(file) else (sha, file, sheet, line)
        proofs.setdefault(number, tuple(None if pd.isna(cell) else cell for cell in told))
    return [
        (row[0], *proofs.get(row[0], (None, f"义务：{names[row[0]]}", None, None)), *row[5:])
        for row in rows
    ]


def grouped(rows: Iterable[tuple]) -> list[Source]:
    """Rows by delivery and sheet."""
    sheets: dict[tuple[str, str, str], list[tuple]] = {}
    for row in rows:
        _, sha, file, sheet, *_ = row
        sheets.setdefault((file or SUMMED, sha or "", sheet or ""), []).append(row)
    found = []
    for (file, sha, sheet), members in sorted(sheets.items()):
        parts = [Decimal(row[5] or 0) for row in members]
        wholes = [Decimal(row[6]) for row in members if row[6] is not None]
        found.append(
            Source(
                file,
                sha,
                sheet,
                ranges(int(row[4]) for row in members if row[4] is not None),
                len(members),
                sum(parts, Decimal(0)),
                sum(wholes, Decimal(0)) if wholes else None,
            )
        )
    return found


def ranges(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 → 1–3、7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(f"{a}" if a == b else f"{a}–{b}" for a, b in runs)
