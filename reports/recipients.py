"""Who is told, in which form, and what stands in his table: seeds, with what the county set otherwise."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

from reports import ReportError
from warehouse.settings import ROOT, HomeSettings

FORMS = {"report": "报告", "copy": "抄送报告", "table": "情况统计表"}


@dataclass(frozen=True)
class Line:
    """A line of a statistics table: a metric under the recipient's name and in his unit."""

    group_name: str
    name: str
    metric_code: str
    unit: str
    divisor: int


@dataclass(frozen=True)
class Recipient:
    """Somebody who is told. `cumulative` is the measure whose figures he calls cumulative."""

    code: str
    name: str
    form: str
    cumulative: str
    lines: tuple[Line, ...]


@cache
def seed(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a seed."""
    with (ROOT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def recipients(settings: HomeSettings) -> dict[str, Recipient]:
    """All of them by code, as the county's settings have it; ReportError if these make no sense."""
    found = {}
    for row in seed("report_recipients"):
        code = row["recipient_code"]
        own = own_settings(settings, code)
        form = own.get("form", row["form_code"])
        if form not in FORMS:
            raise ReportError(
                f"settings.toml 的 [report.{code}] form = “{form}” 不可用。没有写任何文件。"
                f"请改为 {'、'.join(FORMS)} 之一。"
            )
        found[code] = Recipient(
            code,
            own.get("name", row["recipient_name"]),
            form,
            {"base": "cumulative", "year": "year"}[row["cumulative_code"]],
            tuple(
                Line(
                    line["group_name"],
                    line["line_name"],
                    line["metric_code"],
                    line["unit_text"],
                    int(line["divisor_number"]),
                )
                for line in sorted(seed("report_lines"), key=lambda line: int(line["line_number"]))
                if line["recipient_code"] == code
            ),
        )
    return found


def own_settings(settings: HomeSettings, code: str) -> dict[str, Any]:
    """What the county's settings say of that recipient."""
    own = settings.report.get(code, {})
    if not isinstance(own, dict):
        raise ReportError(
            f"settings.toml 的 [report] {code} 应为一节（[report.{code}]）。没有写任何文件。"
        )
    return own


def recipient_of(settings: HomeSettings, code: str) -> Recipient:
    """The recipient of that code; ReportError if there is none."""
    known = recipients(settings)
    if code not in known:
        raise ReportError(f"没有名为 {code} 的报送对象。可用：{'、'.join(known)}。没有写任何文件。")
    return known[code]
