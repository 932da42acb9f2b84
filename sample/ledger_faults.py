"""What goes wrong with ledgers: every kind once a month, each in another township and week.

Some faults are slips, some are laziness: forms of several weeks filled in on one evening, one pair of
coordinates for all places, one grid member in all places at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sample.forms import Form
from sample.invented import invented_identity, invented_phone
from sample.ledger_post import Draft, Post
from sample.rounds import HABITS, WEEK
from sample.wording import answer, written_date, written_point

ANY = tuple(HABITS)
# In the order of planning. Dates of one form alone can be missing only where villages have their own.
FAULTS_OF_A_FORM = (
    *("no_filled_date", "date_only_in_file_name", "implausible_date", "bad_coordinate"),
    *("phone_number", "identity_number", "same_point", "impossible_times"),
)
FAULTS = (
    *("same_point", "impossible_times", "backfilled"),
    *("silent", "late", "corrected", "unreadable", "conflict"),
    *FAULTS_OF_A_FORM[:-2],
)
LAZY = ("carried_over", "backfilled", "same_point", "impossible_times")
# A week before the pack's as-of that arrives after it: nobody has filed it yet.
LATE_BEYOND_THE_AS_OF = ("104", date(2022, 11, 28))
BY_VILLAGE = ("100", "101", "103", "104", "105", "200", "201")
SUITED = {
    # Where villages send files of their own, the township's silence is not theirs.
    "silent": tuple(short for short in ANY if not HABITS[short].own_files),
    "unreadable": ("100", "101", "102", "105"),
    # The file's name must not say the day either.
    "no_filled_date": ("100", "101", "105", "200", "201"),
    "date_only_in_file_name": ("103", "104"),
    "implausible_date": BY_VILLAGE,
    "conflict": ("100", "101", "103"),
    "corrected": BY_VILLAGE,
    # Where every line has coordinates, and where times are written down.
    "same_point": ("102",),
    "impossible_times": ("105",),
    "backfilled": ("101", "103", "200"),
}
Slot = tuple[str, date]


@dataclass(frozen=True)
class Fault:
    """What happens to a township's file of one week; `received` where it comes at a moment of its own."""

    kind: str
    received: datetime | None = None


class Faults:
    """Plans a month's faults and sends the weekly files with them."""

    def __init__(self, post: Post) -> None:
        self.post, self.world, self.rounds = post, post.world, post.rounds

    def of_month(self, weeks: Sequence[date]) -> dict[Slot, Fault]:
        """The month's faults by township and week."""
        month = f"{weeks[-1]:%Y-%m}"
        slots = [(township.short, monday) for monday in weeks for township in self.world.townships]
        self.world.rng("faults", month).shuffle(slots)
        planned = {slot: Fault("late") for slot in slots if slot == LATE_BEYOND_THE_AS_OF}
        for kind in FAULTS:
            for short, monday in slots:
                both = [(short, monday)]
                fault = Fault(kind)
                if kind == "backfilled":
                    # Two weeks are made up for on the evening of the third one's end.
                    both.append((short, monday + WEEK))
                    fault = Fault(kind, datetime.combine(monday + 3 * WEEK, time(21, 47)))
                is_free = all(slot in slots and slot not in planned for slot in both)
                if is_free and short in SUITED.get(kind, ANY):
                    planned |= dict.fromkeys(both, fault)
                    break
        return planned

    def send_week(self, draft: Draft, fault: Fault | None) -> None:
        """Send a weekly file with its fault, if any."""
        kind = fault.kind if fault else None
        if kind in FAULTS_OF_A_FORM:
            self.put(draft, kind)
        if kind == "silent":
            unit = draft.township.government
            self.post.outbox.note_dirt("silent_week", "", unit=unit, name=draft.name)
            return
        if kind == "late":
            rng = self.world.rng("late", draft.name)
            draft.faults.append(("late_delivery", {}))
            self.post.send(draft, days_late=rng.randint(9, 13))
            return
        if kind == "backfilled":
            draft.faults.append((kind, {"received_at": fault.received, "rows": rows_of(draft)}))
            self.post.send(draft, received=fault.received)
            return
        if kind == "unreadable":
            self.post.send_truncated(draft)
            # The township is called and sends it once more.
            self.post.send(replace(draft, name=f"{draft.name}（重发）"), days_late=2)
            return
        self.post.send(draft)
        if kind == "corrected":
            self.send_corrected(draft)
        if kind == "conflict":
            self.send_conflicting(draft)

    def struck_form(self, draft: Draft, kind: str) -> Form | None:
        """The form that a fault strikes: one with lines."""
        forms = [form for form in draft.forms if form.lines and not form.copied_from]
        return self.world.rng("struck", kind, draft.name).choice(forms) if forms else None

    def put(self, draft: Draft, kind: str) -> None:
        """Change the draft and remember how."""
        if kind == "impossible_times":
            self.put_everywhere_at_once(draft)
            return
        form = self.struck_form(draft, kind)
        if form is None:
            return
        line = form.lines[0]
        where: dict[str, Any] = {"unit": form.unit, "line": 1}
        if kind == "no_filled_date":
            changed = replace(form, filled=None, filled_text="    年    月    日")
            where = {"unit": form.unit, "rows": len(form.lines)}
        elif kind == "date_only_in_file_name":
            changed = replace(form, filled=draft.filled, filled_text="    年    月    日")
            where = {"unit": form.unit, "rows": len(form.lines)}
        elif kind == "implausible_date":
            wrong = written_date(form.filled.replace(year=2204), HABITS[draft.township.short].dates)
            changed = replace(form, filled=None, filled_text=wrong)
            where = {"unit": form.unit, "rows": len(form.lines), "written": wrong}
        elif kind == "bad_coordinate":
            written = f"{place_only(line.location)} 东经111°75′30″ 北纬43°68′12″"
            if form.is_extended:
                line = replace(line, bad_longitude="111.5x3")
                where |= {"written": "111.5x3"}
            else:
                line = replace(line, location=written, point=None)
                where |= {"written": written}
            changed = replace(form, lines=(line, *form.lines[1:]))
        elif kind in ("phone_number", "identity_number"):
            rng = self.world.rng("number", draft.name)
            number = invented_phone(rng) if kind == "phone_number" else invented_identity(rng)
            remark = f"群众反映夜间有车辆进出，联系方式{number}，已现场核实未发现"
            changed = replace(form, lines=(replace(line, remark=remark), *form.lines[1:]))
            where |= {"number": number}
        elif kind == "same_point":
            changed, count = with_one_point(form)
            where = {"unit": form.unit, "rows": count}
        else:
            raise ValueError(kind)
        draft.replace_form(form, changed)
        draft.faults.append((kind, where))

    def put_everywhere_at_once(self, draft: Draft) -> None:
        """One grid member, at the same minute, wherever the township has places."""
        for form in draft.forms:
            lines = tuple(
                replace(line, arrived=time(9, 0), patroller="网格员01", patrolled=form.filled)
                for line in form.lines
            )
            draft.replace_form(form, replace(form, lines=lines))
        draft.faults.append(("impossible_times", {"rows": rows_of(draft)}))

    def send_corrected(self, draft: Draft) -> None:
        """Three days later the same forms again, with one answer changed."""
        form = self.struck_form(draft, "corrected")
        if form is None:
            return
        line = replace(
            form.lines[0],
            illegal=answer("suspected", "finding", "words", self.world.rng("again", draft.name)),
            finding="suspected",
            disposition="复查发现新挖痕迹，已上报",
            is_false=False,
        )
        again = replace(draft, name=f"{draft.name}（更正）", sheets=list(draft.sheets))
        again.replace_form(form, replace(form, lines=(line, *form.lines[1:])))
        again.faults = [("corrected", {"unit": form.unit, "line": 1, "replaces": draft.name})]
        self.post.send(again, days_late=3)

    def send_conflicting(self, draft: Draft) -> None:
        """One village also sends a form of its own for the same day, about other places."""
        form = self.struck_form(draft, "conflict")
        if form is None:
            return
        (village,) = (v for v in draft.township.villages if v.code == form.unit_code)
        line = self.rounds.unknown_place(village, form.filled, form.filled)
        other = replace(form, title=f"{village.name}自查表", lines=(line,), blank_rows=0)
        name = f"{village.name}自查{form.filled:%m%d}"
        second = Draft(draft.township, name, [("自查", [other])], form.filled, is_own=True)
        second.faults.append(("form_conflict", {"unit": form.unit, "other": draft.name}))
        self.post.send(second, days_late=1)


def rows_of(draft: Draft) -> int:
    """How many lines the draft has."""
    return sum(len(form.lines) for form in draft.forms)


def place_only(location: str) -> str:
    """A place as written, without the coordinates behind it."""
    return location.split("(")[0].split("（")[0].split(" ")[0]


def with_one_point(form: Form) -> tuple[Form, int]:
    """The form with one place's coordinates behind its first three places, and how many those are."""
    points = [line.point for line in form.lines if line.point]
    count = min(3, len(form.lines)) if points else 0
    lines = tuple(
        replace(
            line,
            location=place_only(line.location) + written_point(points[0], "decimal"),
            point=points[0],
        )
        for line in form.lines[:count]
    )
    return replace(form, lines=(*lines, *form.lines[count:])), count
