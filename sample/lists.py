"""Lists as offices send them: one row a thing, sent again and again as it grows and changes."""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sample.outbox import Outbox
from sample.writers import Cell, Sheet, csv_bytes, xls_bytes, xlsx_bytes

Row = tuple[Cell, ...]


@dataclass(frozen=True)
class ListFile:
    """One list before it is sent. `kind` is the file's suffix; `encoding` that of a CSV file.

    Spreadsheets have a title above the header, and below the rows a sum and a foot where they are given.
    The day on which it was made stands in the title or in a last column, so that no two lists are the
    same bytes.
    """

    name: str
    made: date
    headers: Sequence[str]
    rows: Sequence[Row]
    title: str
    total: str = ""
    foot: str = ""
    kind: str = "xlsx"
    encoding: str = "gb18030"
    # The header of a column whose equal cells are one merged cell, with a sum below each of them. The
    # rows come in that order.
    grouped: str = ""

    @property
    def first_row(self) -> int:
        """The number of the first data row."""
        return 2 if self.kind == "csv" else 3

    def skipped(self) -> dict[str, int]:
        """What a reader has to skip."""
        found = {"subtotal": int(bool(self.total))}
        if self.kind != "csv":
            found["subtotal"] += len(self.groups()) if self.grouped else 0
            found["footer"] = int(bool(self.foot))
        return {reason: count for reason, count in found.items() if count}

    def groups(self) -> list[list[Row]]:
        """Runs of rows that have the same in the grouped column; one of all rows without it."""
        if not self.grouped:
            return [list(self.rows)]
        column = self.headers.index(self.grouped)
        return [list(rows) for _, rows in itertools.groupby(self.rows, lambda row: row[column])]

    def content(self) -> bytes:
        """The file's bytes."""
        if self.kind == "csv":
            made = self.made.isoformat()
            rows = [(*self.headers, "填报日期"), *((*row, made) for row in self.rows)]
            if self.total:
                rows.append(("合计", self.total, *[""] * (len(self.headers) - 1)))
            return csv_bytes(rows, self.encoding)
        sheet = Sheet("Sheet1", widths=dict.fromkeys(range(1, len(self.headers) + 1), 16.0))
        title = f"{self.title}（截至{self.made.year}年{self.made.month}月{self.made.day}日）"
        sheet.merge(1, 1, 1, len(self.headers), title, "title")
        row = 2
        sheet.put_row(row, self.headers, "head")
        for group in self.groups():
            for cells in group:
                row += 1
                sheet.put_row(row, cells)
            if self.grouped:
                column = self.headers.index(self.grouped)
                top, value = row - len(group) + 1, group[0][column]
                sheet.merge(top, column + 1, row, column + 1, value, "cell")
                row += 1
                sheet.put(row, 1, "小计")
                sheet.put(row, 2, len(group))
        if self.total:
            row += 1
            sheet.put(row, 1, "合计")
            sheet.put(row, 2, self.total)
        if self.foot:
            row += 1
            sheet.merge(row, 1, row, len(self.headers), self.foot, "plain")
        return (xls_bytes if self.kind == "xls" else xlsx_bytes)([sheet])


def send_list(
    outbox: Outbox,
    feed: str,
    sent: ListFile,
    received_at: datetime,
    sender: str,
    rejected: int = 0,
    **truth: Any,
) -> str:
    """Deliver a list, `rejected` of whose rows no reader can use; returns its name in the truth."""
    return outbox.deliver(
        feed,
        f"{sent.name}.{sent.kind}",
        sent.content(),
        received_at,
        sender,
        rows_good=len(sent.rows) - rejected,
        rows_rejected=rejected,
        rows_skipped=sent.skipped(),
        **truth,
    )


def minute(moment: datetime | None) -> str | None:
    """A moment as offices type it."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


def known(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment if it has come by then."""
    return moment if moment and moment <= now else None


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from the first to the last."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=31)).replace(day=1)


def quarters(first: date, last: date) -> Iterator[date]:
    """The first days of the quarters from the first day's to the last day's."""
    for month in months(quarter_start(first), last):
        if month.month % 3 == 1:
            yield month


def quarter_start(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def listed_since(day: date) -> date:
    """From when on a list of that day has its rows: its quarter, begun late, so that nothing gets lost.

    What was reported at the end of a quarter is looked into in the next one.
    """
    return quarter_start(day - timedelta(days=45))


def at(day: date, hour: int, minutes: int = 0) -> datetime:
    """A time of a day."""
    return datetime.combine(day, time(hour, minutes))


def office_hours(moment: datetime) -> datetime:
    """The moment, or the next one at which somebody sits in an office."""
    if moment.hour < 8:
        return moment.replace(hour=8)
    return moment if moment.hour < 18 else moment.replace(hour=9) + timedelta(days=1)
