"""Periods as people type and read them: 2022-W45, 2022-11, 2022-Q4."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True)
class Period:
    """A week, month or quarter; `text` is what the models read as this very period."""

    kind: Literal["week", "month", "quarter"]
    text: str
    first: date
    last: date


def period(text: str) -> Period:
    """The period of that name. ValueError if it names none."""
    found = re.fullmatch(r"(\d{4})-(?:W(\d{1,2})|Q([1-4])|(\d{1,2}))", text.strip().upper())
    if not found:
        raise ValueError(text)
    year, week, quarter, month = (int(part) if part else 0 for part in found.groups())
    if week:
        first = date.fromisocalendar(year, week, 1)
        # The week with the month's n-th Thursday (docs/decisions/0003-week-of-month.md).
        thursday = first + timedelta(days=3)
        number = (thursday.day - 1) // 7 + 1
        named = f"{thursday.year}年{thursday.month}月第{number}周"
        return Period("week", named, first, first + timedelta(days=6))
    first = date(year, 3 * quarter - 2 if quarter else month, 1)
    end = first.month + 2 if quarter else first.month
    last = date(year, end, calendar.monthrange(year, end)[1])
    if quarter:
        return Period("quarter", f"{year}年第{'一二三四'[quarter - 1]}季度", first, last)
    return Period("month", f"{year}年{month}月", first, last)
