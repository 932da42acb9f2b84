"""What became of one delivery, for who sent it: counts, forms, and every cell that was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from ingestion.land import the_delivery
from warehouse.connection import connect
from warehouse.settings import Home

# What a person can mend at a sitting; the counts tell how many there are in all.
MOST_COMPLAINTS = 500


@dataclass(frozen=True)
class Complaint:
    """Why a row was left out (`rejected`), or a cell was not taken while its row was (`warning`)."""

    kind: Literal["rejected", "warning"]
    feed: str
    sheet: str | None
    row_number: int
    cell: str | None
    header: str | None
    reason: str


@dataclass(frozen=True)
class Receipt:
    """One delivery as it lies in the raw zone: read = good + rejected + skipped."""

    sha256: str
    file_name: str
    feed: str
    sender_name: str | None
    received_at: datetime
    loaded_at: datetime
    outcome: Literal["loaded", "refused"]
    refusal: str | None
    read: int
    good: int
    rejected: int
    skipped: int
    warnings: int
    form_count: int
    zero_report_count: int
    complaints: tuple[Complaint, ...]


def receipt(home: Home, sha_prefix: str) -> Receipt:
    """The receipt of the delivery whose hash begins like this; LandError if there is not exactly one."""
    record = the_delivery(home, sha_prefix)
    complaints: list[Complaint] = []
    with connect() as connection:
        for part in record.parts:
            if not part.rejected and not part.warnings:
                continue
            rows = connection.execute(
                """
                select kind, _sheet, _row_number, note.cell, note.header, note.reason
                from (
                    select 'rejected' as kind, _sheet, _row_number, unnest(_reject_reasons) as note
                    from read_parquet($path)
                    where _reject_reasons is not null
                    union all
                    select 'warning', _sheet, _row_number, unnest(_cell_warnings)
                    from read_parquet($path)
                    where _cell_warnings is not null
                )
                order by kind, _sheet nulls first, _row_number, note.cell
                limit $most
                """,
                {"path": str(Path(home.root / part.file)), "most": MOST_COMPLAINTS},
            ).fetchall()
            complaints += [
                Complaint(kind, part.feed, sheet, number, cell, header, reason)
                for kind, sheet, number, cell, header, reason in rows
            ]
    return Receipt(
        sha256=record.sha256,
        file_name=record.file_name,
        feed=record.feed,
        sender_name=record.sender_name,
        received_at=record.received_at,
        loaded_at=record.loaded_at,
        outcome=record.outcome,
        refusal=record.refusal_text,
        read=sum(part.read for part in record.parts),
        good=sum(part.good for part in record.parts),
        rejected=sum(part.rejected for part in record.parts),
        skipped=sum(sum(part.skipped.values()) for part in record.parts),
        warnings=sum(part.warnings for part in record.parts),
        form_count=len(record.forms),
        zero_report_count=sum(form.is_zero_report for form in record.forms),
        complaints=tuple(complaints[:MOST_COMPLAINTS]),
    )
