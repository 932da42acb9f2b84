"""Delivery records: the commit markers of the raw zone, and tombstones of withdrawn deliveries.

A delivery is in the raw zone if and only if `raw/_deliveries/<sha256>.json` is there; it is written
last. A withdrawal leaves a dated tombstone beside it and deletes nothing.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from ingestion.declare import Form
from warehouse.files import write_all_atomically, write_atomically
from warehouse.settings import Home


@dataclass(frozen=True)
class Part:
    """What one feed got out of a delivery. `file` is relative to the home."""

    feed: str
    file: str
    content_hash: str
    read: int
    good: int
    rejected: int
    skipped: dict[str, int] = field(default_factory=dict)
    warnings: int = 0


@dataclass(frozen=True)
class Record:
    """One delivery: what came, from whom, when, and what became of it.

    Of a protected delivery (docs/decisions/0005-protected-deliveries.md) the file name is a hash and the
    archived bytes are encrypted.
    """

    sha256: str
    file_name: str
    feed: str
    size_bytes: int
    received_at: datetime
    received_at_source: Literal["sidecar", "load"]
    sender_name: str | None
    loaded_at: datetime
    reader_version: str
    outcome: Literal["loaded", "refused"]
    refusal_text: str | None = None
    parts: list[Part] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    skipped_sheets: list[str] = field(default_factory=list)
    is_protected: bool = False


@dataclass(frozen=True)
class WithdrawalEvent:
    """A delivery was withdrawn, or brought back (`is_undo`), at that moment."""

    at: datetime
    reason: str
    is_undo: bool = False


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value)} in a record")


def check_counts(record: Record) -> None:
    """ValueError if what was read of the delivery is not all accounted for."""
    for part in record.parts:
        accounted = part.good + part.rejected + sum(part.skipped.values())
        if part.read != accounted:
            raise ValueError(f"{record.file_name}: read {part.read}, accounted {accounted}")


def write_records(home: Home, records: Iterable[Record]) -> None:
    """Write the records, which commits the deliveries; ValueError if the rows of one do not add up."""
    contents = {}
    for record in records:
        check_counts(record)
        content = dataclasses.asdict(record)
        text = json.dumps(content, default=_plain, ensure_ascii=False, indent=1)
        contents[home.records / f"{record.sha256}.json"] = text.encode()
    write_all_atomically(contents)


def read_record(home: Home, sha256: str) -> Record | None:
    """The record of that delivery; None if it was never committed."""
    path = home.records / f"{sha256}.json"
    return _record(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def _record(content: dict[str, Any]) -> Record:
    for name in ("received_at", "loaded_at"):
        content[name] = datetime.fromisoformat(content[name])
    content["parts"] = [Part(**part) for part in content["parts"]]
    content["forms"] = [
        Form(
            **form
            | {
                "filled_date": date.fromisoformat(form["filled_date"])
                if form["filled_date"]
                else None
            }
        )
        for form in content["forms"]
    ]
    return Record(**content)


def read_records(home: Home) -> list[Record]:
    """Every committed delivery, in no particular order."""
    return [
        _record(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(home.records.glob("*.json"))
    ]


def read_withdrawals(home: Home) -> dict[str, list[WithdrawalEvent]]:
    """SHA-256 → what happened to that delivery, oldest first."""
    found = {}
    for path in sorted(home.withdrawals.glob("*.json")):
        found[path.stem] = [
            WithdrawalEvent(datetime.fromisoformat(e["at"]), e["reason"], e["is_undo"])
            for e in json.loads(path.read_text(encoding="utf-8"))
        ]
    return found


def write_withdrawal(home: Home, sha256: str, events: list[WithdrawalEvent]) -> None:
    """Replace the tombstone of that delivery by one with all of these events."""
    content = [dataclasses.asdict(event) for event in events]
    text = json.dumps(content, default=_plain, ensure_ascii=False, indent=1)
    write_atomically(home.withdrawals / f"{sha256}.json", text.encode())


def withdrawn_at(events: Iterable[WithdrawalEvent], moment: datetime) -> bool:
    """Whether the delivery was withdrawn at that moment."""
    known = [event for event in events if event.at <= moment]
    return bool(known) and not known[-1].is_undo
