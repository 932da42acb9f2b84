"""What is due: reports owed by the calendar, with their last days, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from reports.periods import Period, add_months, month_end, months_from, week_of
from reports.recipients import recipients, seed
from reports.records import read_record
from warehouse.settings import Home

# Periods told of each line of the calendar: the running one and those before it.
SHOWN = 3


@dataclass(frozen=True)
class Due:
    """One report owed."""

    period: Period
    recipient_code: str
    recipient_name: str
    form_code: str
    due_date: date
    state: str
    is_certain: bool

    @property
    def name(self) -> str:
        """2022年11月月报."""
        kind = "零报告" if self.form_code == "zero" else self.period.report_word
        return f"{self.period.name}{kind}"


def due(home: Home, cursor: duckdb.DuckDBPyConnection, today: date) -> list[Due]:
    """Reports owed around that day, the first due first; none of periods before anything is counted."""
    settings = home.settings()
    known = recipients(settings)
    (base,) = cursor.execute(
        "select min(month_start_date) from marts.fct_metrics_monthly"
    ).fetchone()
    working = dict(
        cursor.execute("select calendar_date, is_working_day from marts.dim_dates").fetchall()
    )
    found = []
    for line in seed("report_calendar"):
        for period in periods(line["cadence_code"], today):
            if base is None or period.last < base:
                continue
            code = line["recipient_code"]
            day = shifted(last_day(period, int(line["due_day"])), line["shift_code"], working)
            found.append(
                Due(
                    period,
                    code,
                    known[code].name,
                    line["form_code"],
                    day,
                    state(home, period, code, day, today),
                    line["certainty_code"] == "sourced",
                )
            )
    return sorted(found, key=lambda one: (one.due_date, one.recipient_code, one.period.text))


def periods(cadence: str, today: date) -> list[Period]:
    """The period with that day and those before it."""
    running = {
        "month": lambda: months_from(today.replace(day=1), 1, "month"),
        "quarter": lambda: months_from(
            date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3, "quarter"
        ),
        "week": lambda: week_of(today),
    }[cadence]()
    found = [running]
    while len(found) < SHOWN:
        found.append(found[-1].previous)
    return found


def last_day(period: Period, day: int) -> date:
    """The due day after the period: a day of the next month, or a weekday of the next week."""
    if period.kind == "week":
        return period.last + timedelta(days=day)
    first = add_months(period.last, 1)
    return min(first + timedelta(days=day - 1), month_end(first))


def shifted(day: date, shift: str, working: dict[date, bool]) -> date:
    """A working day, after or before the day where it is none; beyond the calendar, weekends are known."""
    step = {"after": 1, "before": -1, "none": 0}[shift]
    while step and not working.get(day, day.weekday() < 5):
        day += timedelta(days=step)
    return day


def state(home: Home, period: Period, recipient: str, day: date, today: date) -> str:
    """How it stands."""
    record = read_record(home, period, recipient)
    if record is not None and record.is_locked:
        return record.state
    told = "未生成" if record is None else record.state
    if period.last >= today:
        return "本期未结束"
    return f"{told}，已逾期{(today - day).days}天" if today > day else told
