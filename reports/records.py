"""The record of a report, `reports/<period>/<recipient>/record.json`, written last: the commit marker.

Steps of signing have a time and a position, no name; the name of who signs is typed and stands on the paper
and in the record of signing, nowhere else.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reports import ReportError
from reports.periods import Period, period_of
from warehouse.files import write_atomically
from warehouse.settings import Home

# Who checks and signs, in this order; the last one locks.
STEPS = ("填报人", "分管领导", "主要负责人")
FOLDERS = {"draft": "draft", "signing": "for_signing", "locked": "locked"}


@dataclass(frozen=True)
class Correction:
    """A number that was reported otherwise, and why it is another one now."""

    figure_id: str
    period: str
    name: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Paper:
    """What is typed onto a report and does not come from the warehouse."""

    number: str | None = None
    signer: str | None = None
    signed_on: date | None = None
    is_draft: bool = False


@dataclass(frozen=True)
class Step:
    """Somebody agreed, in his position, at a time."""

    step: str
    position: str
    at: str


@dataclass(frozen=True)
class Record:
    """How a report stands."""

    period: str
    recipient: str
    form: str
    version_id: str
    as_of_at: str
    title: str
    files: dict[str, str]
    figures: dict[str, dict[str, Any]]
    corrections: list[Correction] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    number: str | None = None
    signer: str | None = None
    signed_on: str | None = None
    scans: dict[str, str] = field(default_factory=dict)

    @property
    def is_locked(self) -> bool:
        """Everybody has signed."""
        return len(self.steps) == len(STEPS)

    @property
    def next_step(self) -> str | None:
        """Who is to sign next; None once it is locked."""
        return None if self.is_locked else STEPS[len(self.steps)]

    @property
    def state(self) -> str:
        """Where it is, in words."""
        return "已锁定" if self.is_locked else f"待{self.next_step}审签"

    @property
    def paper(self) -> Paper:
        """What was typed onto it."""
        return Paper(
            self.number, self.signer, date.fromisoformat(self.signed_on) if self.signed_on else None
        )

    @property
    def about(self) -> Period:
        """The period."""
        return period_of(self.period)

    @property
    def holder(self) -> str:
        """By which name it keeps its version."""
        return f"report:{self.period}:{self.recipient}"

    @property
    def folder(self) -> str:
        """The folder of its files."""
        return FOLDERS["locked" if self.is_locked else "signing"]


def report_folder(home: Home, period: Period, recipient: str) -> Path:
    """Where a report lies."""
    return home.reports / period.text / recipient


def read_record(home: Home, period: Period, recipient: str) -> Record | None:
    """The record of a report; None if there is none."""
    return load(report_folder(home, period, recipient) / "record.json")


def load(path: Path) -> Record | None:
    """A record from its file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Record(
            **content
            | {
                "corrections": [Correction(**one) for one in content["corrections"]],
                "steps": [Step(**one) for one in content["steps"]],
            }
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f"{path} 无法读取（{error}）。没有改动任何文件。请从备份恢复这一个文件。"
        ) from error


def write_record(home: Home, record: Record) -> None:
    """Write it: from then on it is so."""
    folder = report_folder(home, record.about, record.recipient)
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(folder / "record.json", (text + "\n").encode())


def records(home: Home) -> list[Record]:
    """All reports of this home, by period and recipient."""
    found = [load(path) for path in home.reports.glob("*/*/record.json")]
    return sorted(
        (record for record in found if record),
        key=lambda one: (one.about.last, one.period, one.recipient),
    )


def signed_otherwise(home: Home, figure_id: str, version_id: str) -> list[Record]:
    """Locked reports that tell this figure from another version."""
    return [
        record
        for record in records(home)
        if record.is_locked and figure_id in record.figures and record.version_id != version_id
    ]


def locked_at(record: Record) -> datetime:
    """When the last one signed."""
    return datetime.fromisoformat(record.steps[-1].at)
