"""Periods that papers are about: a month, a quarter, a year, a week, or months from one to another."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.errors import MinewatchError

# What a kind of period is called when it is this one, the one before and the one after.
WORDS = {
    "month": ("本月", "上月", "下月", "月报"),
    "quarter": ("本季度", "上季度", "下季度", "季报"),
    "year": ("本年", "上年", "下年", "年报"),
    "week": ("本周", "上周", "下周", "周报"),
    "span": ("本期", "上期", "下期", "阶段报告"),
}
HOW = "写法如 2022-11、2022-Q4、2022、2022-W47、2022-09..2022-11。"


class PeriodError(MinewatchError):
    """A text names no period, or none of the kind that is needed."""


@dataclass(frozen=True)
class Period:
    """What a paper is about, first and last day included."""

    text: str
    kind: str
    first: date
    last: date

    @property
    def word(self) -> str:
        """本月, 本季度 and so on."""
        return WORDS[self.kind][0]

    @property
    def previous_word(self) -> str:
        """上月 and so on."""
        return WORDS[self.kind][1]

    @property
    def next_word(self) -> str:
        """下月 and so on."""
        return WORDS[self.kind][2]

    @property
    def report_word(self) -> str:
        """月报 and so on."""
        return WORDS[self.kind][3]

    @property
    def name(self) -> str:
        """The period in a title."""
        year, month = self.first.year, self.first.month
        if self.kind == "month":
            return f"{year}年{month}月"
        if self.kind == "quarter":
            return f"{year}年第{'一二三四'[month // 3]}季度"
        if self.kind == "year":
            return f"{year}年"
        if self.kind == "week":
            # 2022年11月28日至12月4日
            start = f"{year}年{month}月{self.first.day}日"
            end_year = f"{self.last.year}年" if self.last.year != year else ""
            return f"{start}至{end_year}{self.last.month}月{self.last.day}日"
        end_year = f"{self.last.year}年" if self.last.year != year else ""
        return f"{year}年{month}月至{end_year}{self.last.month}月"

    @property
    def ledger_name(self) -> str:
        """The period on a ledger, as the models read it: a week is one of its month's."""
        if self.kind != "week":
            return self.name
        # The week with the month's n-th Thursday (docs/decisions/0003-week-of-month.md).
        thursday = self.first + timedelta(days=3)
        return f"{thursday.year}年{thursday.month}月第{(thursday.day - 1) // 7 + 1}周"

    @property
    def previous(self) -> Period:
        """The period of the same kind, and for months of the same number of them, before this one."""
        if self.kind == "week":
            return week_of(self.first - timedelta(days=7))
        return months_from(add_months(self.first, -self.month_count), self.month_count, self.kind)

    @property
    def next(self) -> Period:
        """The period of the same kind after this one."""
        if self.kind == "week":
            return week_of(self.last + timedelta(days=1))
        return months_from(add_months(self.first, self.month_count), self.month_count, self.kind)

    @property
    def month_count(self) -> int:
        """Months in it; 0 for a week."""
        if self.kind == "week":
            return 0
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def add_months(day: date, months: int) -> date:
    """The first of the month that many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_from(first: date, count: int, kind: str) -> Period:
    """That many whole months."""
    last = add_months(first, count) - timedelta(days=1)
    text = {
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "year": f"{first.year}",
        "span": f"{first:%Y-%m}..{last:%Y-%m}",
    }[kind]
    return Period(text, kind, first, last)


def week_of(day: date) -> Period:
    """The week from Monday to Sunday with that day, named after ISO 8601."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = monday.isocalendar()
    return Period(f"{year}-W{week:02d}", "week", monday, monday + timedelta(days=6))


def period_of(text: str) -> Period:
    """The period written so; PeriodError if nothing is."""
    text = text.strip().upper()
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}", text):
            return months_from(month_of(text), 1, "month")
        if re.fullmatch(r"\d{4}-Q[1-4]", text):
            return months_from(date(int(text[:4]), int(text[-1]) * 3 - 2, 1), 3, "quarter")
        if re.fullmatch(r"\d{4}", text):
            return months_from(date(int(text), 1, 1), 12, "year")
        if re.fullmatch(r"\d{4}-W\d{1,2}", text):
            return week_of(date.fromisocalendar(int(text[:4]), int(text[6:]), 1))
        if re.fullmatch(r"\d{4}-\d{1,2}\.\.\d{4}-\d{1,2}", text):
            first, last = map(month_of, text.split(".."))
            count = (last.year - first.year) * 12 + last.month - first.month + 1
            if count > 0:
                return months_from(first, count, "span")
    except ValueError:
        pass
    raise PeriodError(f"{text} 不是周期；{HOW}没有写任何文件。")


def month_of(text: str) -> date:
    """The first day of a month written 2022-9 or 2022-09."""
    year, month = map(int, text.split("-"))
    return date(year, month, 1)


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
