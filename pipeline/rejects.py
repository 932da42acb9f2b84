"""Rejected rows straight from the raw zone, so that a clerk can mend a file before any build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingestion.records import read_records
from warehouse.connection import connect
from warehouse.settings import Home


@dataclass(frozen=True)
class Reject:
    """One reason why one row was left out."""

    feed: str
    file_name: str
    sheet: str | None
    row_number: int
    cell: str | None
    header: str | None
    reason: str
    sender_name: str | None
    delivery_sha256: str
    received_at: datetime


def rejects(home: Home, feed: str | None = None) -> list[Reject]:
    """Every reason of every rejected row in the raw zone, oldest delivery first."""
    found: list[Reject] = []
    with connect() as connection:
        for record in sorted(read_records(home), key=lambda one: (one.received_at, one.sha256)):
            for part in record.parts:
                if not part.rejected or (feed and part.feed != feed):
                    continue
                rows = connection.execute(
                    """
                    select _sheet, _row_number, note.cell, note.header, note.reason
                    from (
                        select *, unnest(_reject_reasons) as note
                        from read_parquet(?)
                        where _reject_reasons is not null
                    )
                    order by _sheet nulls first, _row_number
                    """,
                    [str(Path(home.root / part.file))],
                ).fetchall()
                found += [
                    Reject(
                        feed=part.feed,
                        file_name=record.file_name,
                        sheet=sheet,
                        row_number=row_number,
                        cell=cell,
                        header=header,
                        reason=reason,
                        sender_name=record.sender_name,
                        delivery_sha256=record.sha256,
                        received_at=record.received_at,
                    )
                    for sheet, row_number, cell, header, reason in rows
                ]
    return found
