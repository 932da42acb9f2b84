"""What a report of a period says to a recipient, from one published version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reports import ReportError
from reports.document import ANNEXES, Content
from reports.figures import Figures
from reports.periods import Period
from reports.recipients import Recipient, recipients
from reports.records import Correction
from reports.text import prose
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import Version

ZERO = "zero"
# Whom the county reports to; others get copies.
NEXT_LEVEL = "city"
# What a zero report says that there was none of.
MUST_BE_ZERO = (
    "cases_discovered",
    "cases_filed",
    "patrol_findings",
    "agency_check_findings",
    "inspection_problems",
)


@contextmanager
def figures_of(version: Version, period: Period) -> Iterator[Figures]:
    """The figures of a period in a version."""
    with connect(version.database, read_only=True) as reader:
        as_of_at, version_id = reader.execute(
            "select as_of_at, version_id from marts.dim_version"
        ).fetchone()
        yield Figures(reader, period, as_of_at, version_id)


def content_of(
    home: Home,
    recipient: Recipient,
    figures: Figures,
    corrections: tuple[Correction, ...],
    is_zero: bool = False,
) -> Content:
    """Everything the report says; ReportError if the period has not begun, or is no zero period."""
    settings = home.settings()
    period = figures.period
    if period.first > figures.as_of_at.date():
        raise ReportError(
            f"{period.name}还没有开始（数据截至 {figures.as_of_at:%Y-%m-%d}）。没有写任何文件。"
        )
    known = recipients(settings)
    addressee, form, shown = recipient, recipient.form, recipient
    if form == "copy":
        # A copy of what the city is told, in the city's words.
        addressee = shown = known[NEXT_LEVEL]
        form = "report"
    if is_zero:
        refuse_unless_zero(figures)
        form = ZERO
        addressee = recipient if recipient.form == "report" else known[NEXT_LEVEL]
    copies = tuple(
        one
        for one in known.values()
        if form == "report" and one.code != addressee.code and one.form != "report"
    )
    annexes = tuple(annex(figures) for annex in ANNEXES)
    said = prose(figures, shown)
    return Content(
        home, settings, shown, addressee, copies, figures, said, annexes, corrections, form
    )


def refuse_unless_zero(figures: Figures) -> None:
    """ReportError with what was found, where something was, or where nobody reported at all."""
    found = [
        f"{figure.metric.name}{figure.value.normalize():f}{figure.metric.unit}"
        for code in MUST_BE_ZERO
        if (figure := figures.of(code)).value
    ]
    if found:
        raise ReportError(
            f"{figures.period.name}有{'、'.join(found)}，不能作零报告。没有写任何文件。请报送{figures.period.report_word}。"
        )
    if not figures.is_counted or not figures.of("deliveries_used").value:
        raise ReportError(
            f"{figures.period.name}没有收到任何可用来件，没有报送不等于零。没有写任何文件。"
            "请先向各报送单位核对，再运行 minewatch run。"
        )
