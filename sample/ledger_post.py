"""Sends ledgers and remembers for every line where it came to lie and what it was about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sample.forms import Form, document, pages
from sample.outbox import Outbox
from sample.rounds import HABITS, Rounds
from sample.world import BUREAU, Township, World
from sample.writers import docx_bytes, xls_bytes, xlsx_bytes

FEED = "patrol_ledger"


@dataclass
class Draft:
    """A delivery before it is written: its forms, one list a sheet, and what was put into it."""

    township: Township | None
    name: str
    sheets: list[tuple[str, list[Form]]]
    filled: date
    is_own: bool = False
    faults: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def forms(self) -> list[Form]:
        """All forms in their order."""
        return [form for _, forms in self.sheets for form in forms]

    def replace_form(self, old: Form, new: Form) -> None:
        """Put another form in its place."""
        self.sheets = [
            (name, [new if form is old else form for form in forms]) for name, forms in self.sheets
        ]


class Post:
    """The way from a draft to the inbox."""

    def __init__(self, outbox: Outbox, world: World, rounds: Rounds) -> None:
        self.outbox, self.world, self.rounds = outbox, world, rounds
        self.rows: list[dict[str, Any]] = []
        self.false: list[dict[str, Any]] = []

    def path(self, draft: Draft, suffix: str) -> str:
        """Where the file lies below the feed's folder."""
        folder = draft.township.name if draft.township else BUREAU
        # Hardly anybody puts the year into a file's name.
        return f"{folder}/{draft.filled.year}/{draft.name}.{suffix}"

    def received(self, draft: Draft, days_late: int = 0) -> datetime:
        """On the evening of the day, or on the Monday after it, before noon."""
        rng = self.world.rng("received", draft.name)
        latest = max([form.filled for form in draft.forms if form.filled] + [draft.filled])
        day = latest + timedelta(days=rng.choice((0, 1)) + days_late)
        hour = 17 if day == latest else 9
        return datetime.combine(day, time(hour, rng.randrange(60)))

    def content(self, draft: Draft) -> tuple[bytes, str, list[list[int]]]:
        """The file's bytes and suffix, and where the lines of each form came to lie."""
        kind = HABITS[draft.township.short].kind if draft.township else "xlsx"
        if kind == "docx":
            # A Word table has no row numbers that people would name.
            return docx_bytes(document(draft.forms)), kind, []
        has_lists = draft.township is not None and draft.township.short == "100"
        sheets, row_numbers = pages(draft.sheets, has_lists)
        return (xls_bytes if kind == "xls" else xlsx_bytes)(sheets), kind, row_numbers

    def send_truncated(self, draft: Draft) -> None:
        """A file whose end was lost on the way."""
        content, suffix, _ = self.content(draft)
        file = self.outbox.deliver(
            FEED,
            self.path(draft, suffix),
            content[: len(content) * 3 // 5],
            self.received(draft),
            draft.township.government,
            is_unreadable=True,
        )
        self.outbox.note_dirt("unreadable", file)

    def send(self, draft: Draft, days_late: int = 0, received: datetime | None = None) -> None:
        """Deliver the file and write down what should be found in it."""
        content, suffix, row_numbers = self.content(draft)
        sender = draft.township.government if draft.township else BUREAU
        if draft.township and draft.is_own:
            (village,) = (v for v in draft.township.villages if v.code == draft.forms[0].unit_code)
            sender = draft.township.name + village.full_name
        forms = [form.truth(sheet) for sheet, forms in draft.sheets for form in forms]
        skipped: dict[str, int] = {}
        for form in draft.forms:
            for reason, count in form.skipped().items():
                skipped[reason] = skipped.get(reason, 0) + count
        file = self.outbox.deliver(
            FEED,
            self.path(draft, suffix),
            content,
            received or self.received(draft, days_late),
            sender,
            rows_good=sum(len(form.lines) for form in draft.forms if form.filled),
            rows_rejected=sum(len(form.lines) for form in draft.forms if not form.filled),
            rows_skipped=skipped,
            forms=forms,
        )
        for kind, where in draft.faults:
            self.outbox.note_dirt(kind, file, **where)
        sheet_names = [name for name, forms in draft.sheets for _ in forms]
        for number, form in enumerate(draft.forms, start=1):
            where = {"file": file, "form": number, "sheet": sheet_names[number - 1]}
            self.note_form(form, where, row_numbers[number - 1] if row_numbers else [])

    def note_form(self, form: Form, where: dict[str, Any], row_numbers: list[int]) -> None:
        """What the form's lines are about, and which of them pass something over."""
        if form.copied_from:
            number = {"form": where["form"], "unit": form.unit, "rows": len(form.lines)}
            self.outbox.note_dirt("carried_over", where["file"], **number)
        for order, line in enumerate(form.lines):
            row = row_numbers[order] if row_numbers else None
            self.rows.append(where | {"row": row} | line.truth())
            if line.cause:
                self.note_line(where | {"row": row}, line.cause, line.finding, line.is_false)
        if not form.lines and form.filled:
            secret = self.rounds.secret(form.unit_code, form.filled)
            if secret:
                self.note_line(where | {"row": None}, secret.id, "zero_report", True)

    def note_line(self, where: dict[str, Any], cause: str, claim: str, is_false: bool) -> None:
        """One line that says something, true or not, about a place where somebody digs."""
        rest = {key: value for key, value in where.items() if key != "file"}
        self.outbox.note_trace(cause, FEED, where["file"], **rest, claim=claim, is_false=is_false)
        if is_false:
            self.false.append({"episode_id": cause, **where, "claim": claim})
