"""更正说明: what a locked report said otherwise than today's version, before and after, and why.

A locked report is never edited. The next one to the same recipient says what has changed, once: what a
later locked report has corrected counts as said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import duckdb

from dashboards.queries import duties
from reports import ReportError
from reports.content import figures_of
from reports.figures import VALUE, Figure, Figures, figure_of
from reports.periods import Period
from reports.records import Correction, Record, locked_at, records
from reports.wording import with_unit
from warehouse.settings import Home
from warehouse.versions import Version, named

# Deliveries named one by one; the rest is counted.
NAMED = 4


def corrections(
    home: Home, recipient_code: str, period: Period, version: Version
) -> tuple[Correction, ...]:
    """What the report of `period` from `version` has to correct in locked ones to that recipient."""
    locked = sorted(
        (one for one in records(home) if one.is_locked and one.recipient == recipient_code),
        key=locked_at,
    )
    said = {one.figure_id: one.after for record in locked for one in record.corrections}
    found: list[Correction] = []
    for record in sorted(locked, key=lambda one: (one.about.last, one.period)):
        if record.about == period or record.about.last > period.last:
            continue
        found += compared(home, record, version, said)
    return tuple(found)


def compared(
    home: Home, record: Record, version: Version, said: dict[str, str]
) -> list[Correction]:
    """The figures of one locked report that are others now."""
    old = named(home, record.version_id)
    if old is None:
        raise ReportError(
            f"{record.period} 报告所依据的版本 {record.version_id} 不在 versions/ 中，无法比较。"
            "没有写任何文件。请从备份恢复该版本。"
        )
    if old.id == version.id:
        return []
    changed = []
    with figures_of(version, record.about) as now, figures_of(old, record.about) as before:
        for number, kept in sorted(record.figures.items()):
            if kept["measure"] != VALUE or "@" in number:
                continue
            figure = figure_of(now, number)
            text = with_unit(figure.value, figure.metric.unit)
            last = said.get(number, kept["text"])
            if text != last and figure.metric.is_monthly:
                changed.append(
                    Correction(
                        number,
                        record.about.name,
                        figure.metric.name,
                        last,
                        text,
                        reason(before, now, figure_of(before, number), figure),
                    )
                )
    return changed


def reason(before: Figures, now: Figures, old: Figure, new: Figure) -> str:
    """Which deliveries made the difference."""
    known = deliveries(before.cursor)
    present = deliveries(now.cursor)
    if "delivery_sha256" in now.columns[new.metric.relation]:
        was, is_now = rows_of(before, old), rows_of(now, new)
        came = {row[1] for row in is_now - was} - set(known)
        gone = {row[1] for row in was - is_now} - set(present)
    elif new.metric.relation == "fct_obligations":
        changed = rows_of(now, new) - rows_of(before, old)
        proofs = duties.evidence_of(now.cursor, [row[0] for row in changed])
        came, gone = set(proofs["delivery_sha256"]) - set(known), set()
    else:
        came, gone = fed(now, new.metric.clause) - set(known), set()
    parts = []
    if came:
        parts.append(f"报送后收到来件：{told(came, present)}")
    if gone:
        parts.append(f"已撤回来件：{told(gone, known)}")
    return "；".join(parts) or "没有直接计入的新来件，系登记、核查或办理状态在报送后变化"


def rows_of(figures: Figures, figure: Figure) -> Counter[tuple]:
    """The rows behind a figure, each with what it counts for."""
    if figure.numerator is None:
        return Counter()
    return Counter(figures.rows(figure)[1])


def fed(figures: Figures, clause: str) -> set[str]:
    """Deliveries of the feeds that a clause lives on."""
    return {
        sha
        for (sha,) in figures.cursor.execute(
            """
            select deliveries.delivery_sha256
            from marts.fct_deliveries as deliveries
            inner join marts.dim_clauses as clauses
                on list_contains(string_split(clauses.feed_codes, '|'), deliveries.feed_code)
            where clauses.clause_code = $clause and deliveries.outcome_code = 'used'
            """,
            {"clause": clause},
        ).fetchall()
    }


def deliveries(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Name and day of receipt of every used delivery."""
    return dict(
        cursor.execute(
            """
            select
                delivery_sha256,
                any_value(file_name || '（' || strftime(received_at, '%Y-%m-%d') || '收到）' order by feed_code)
            from marts.fct_deliveries
            where outcome_code = 'used'
            group by delivery_sha256
            """
        ).fetchall()
    )


def told(shas: Iterable[str], names: dict[str, str]) -> str:
    """The first of them by name, and how many others."""
    listed = sorted(names.get(sha, sha[:12]) for sha in shas)
    more = f"等{len(listed)}份" if len(listed) > NAMED else ""
    return "、".join(listed[:NAMED]) + more


def kept(figures: Figures) -> dict[str, dict[str, str | None]]:
    """The figures of a report as its record keeps them."""

    def text(value: Decimal | None) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    return {
        number: {
            "name": figure.metric.name,
            "measure": figure.measure,
            "text": with_unit(figure.value, figure.metric.unit),
            "numerator": text(figure.numerator),
            "denominator": text(figure.denominator),
        }
        for number, figure in sorted(figures.used.items())
    }
