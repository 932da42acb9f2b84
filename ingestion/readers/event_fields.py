"""What an event says, field by field, whatever format it came in: named texts become one row.

DuckDB reads most events by the expressions in `event_lines`; the functions here read the others, and must
say the same of the same field.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from ingestion.declare import Column, Feed, Note, Row
from ingestion.masking import Masker
from ingestion.readers.bulk import ORIGINAL_CHARACTERS
from ingestion.values import FIRST_DATE, LAST_DATE, Read, cell_reader, plausible_lon_lat

# How programs write "nothing" into a text field; what people write stays.
BLANKS = ("", "null", "NULL", "None", "undefined", "-", "--", "N/A")
TEXT_CHARACTERS = 2_000
EXTRA_CHARACTERS = 2_000
PLAIN_IDENTIFIER = r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,63}"
IDENTIFIER_CHARACTERS = 200
ISO_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):?(\d\d))?", re.ASCII
)
COMPACT_TIME = re.compile(r"(\d{14})(\d{3})?", re.ASCII)
EPOCH_SECONDS = re.compile(r"1\d{9}(\.\d{1,6})?", re.ASCII)
EPOCH_MILLISECONDS = re.compile(r"1\d{12}(\.\d{1,3})?", re.ASCII)
PLAIN_NUMBER = re.compile(r"[-+]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][-+]?\d{1,3})?", re.ASCII)
IDENTIFIERS = ("event_id", "device_id", "channel_id")
NUMBERS = ("confidence", "longitude", "latitude")
TIMES = ("occurred_at", "pushed_at")
# A share or a percentage; anything else in that field is something else, a telephone number perhaps.
CONFIDENCES = (0, 100)
# People's writings of the same, for what is none of a machine's.
READ_IDENTIFIER = cell_reader(Column("identifier", "编号", "identifier"))
READ_TIME = cell_reader(Column("time", "时间", "timestamp"))
# More than this in one event is no event.
MAX_FIELDS = 400
# Fields that say whether it is an event at all.
STATE, POST_COUNT = "eventstate", "activepostcount"


class Number(str):
    """A number as it stands in a JSON text: its digits decide whether it can be an identifier."""

    __slots__ = ()


@dataclass(frozen=True, order=True)
class Name:
    """A field as it is written, and the field that it stands in, if any."""

    key: str
    inside: str = ""

    @property
    def label(self) -> str:
        """How it is called in `_extra` and in notes."""
        return f"{self.inside}.{self.key}" if self.inside else self.key


@lru_cache(maxsize=4096)
def simplified(key: str) -> str:
    """A field's name without what never matters: width, case, `_`, `-` and spaces."""
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", key).strip("\ufeff").casefold())


@lru_cache(maxsize=8)
def ranks(feed: Feed) -> dict[str, tuple[str, int]]:
    """Simplified name → the column it means, and its place among the names of that column."""
    return {
        simplified(name): (column.name, rank)
        for column in feed.columns
        if column.name != "source_format"
        for rank, name in reversed(list(enumerate((column.name, column.header, *column.aliases))))
    }


def claims(feed: Feed, names: Iterable[Name]) -> dict[str, list[Name]]:
    """Column → the fields that may fill it, the one to be taken first at the front."""
    known = ranks(feed)
    found: dict[str, list[tuple[int, bool, Name]]] = {}
    for name in names:
        if claim := known.get(simplified(name.key)):
            token, rank = claim
            found.setdefault(token, []).append((rank, bool(name.inside), name))
    return {token: [name for *_, name in sorted(them)] for token, them in found.items()}


def skip_reason(state: str | None, post_count: str | None, event_type: str | None) -> str | None:
    """Why an alert is no event; null if it is one.

    A device that has nothing to tell says so every few seconds, as `activePostCount` 0 or as a lost
    picture that is not lost; `inactive` is the end of an event that was told before.
    """
    if post_count == "0":
        return "heartbeat"
    if state is None or state.casefold() != "inactive":
        return None
    return "heartbeat" if event_type and event_type.casefold() == "videoloss" else "inactive"


def event_row(
    feed: Feed,
    fields: Mapping[Name, str | None],
    number: int,
    masker: Masker,
    source_format: str,
) -> Row | str:
    """The row that the fields make, or why there is none (see `skip_reason`)."""
    stated = {name: text for name, text in fields.items() if text not in (None, *BLANKS)}
    claimed = claims(feed, stated)
    by_key = {simplified(name.key): stated[name] for name in sorted(stated, reverse=True)}
    types = claimed.get("event_type_code")
    if why := skip_reason(
        by_key.get(STATE), by_key.get(POST_COUNT), stated[types[0]] if types else None
    ):
        return why
    if STATE in by_key and POST_COUNT in by_key:
        source_format = "isapi"
    row = Row({"source_format": source_format}, number)
    taken = {token: names[0] for token, names in claimed.items()}
    for token, name in taken.items():
        if token not in ("longitude", "latitude"):
            read_field(feed, row, token, name.label, stated[name], masker)
    read_place(feed, row, taken, stated, masker)
    for column in feed.columns:
        if column.required and column.name not in row.values and column.name not in taken:
            row.reject_reasons.append(Note(None, column.header, f"{column.header}为空"))
    rest = {name.label: text for name, text in stated.items() if name not in taken.values()}
    for label, text in sorted(rest.items()):
        row.extra[masker.mask_text(label)] = masker.mask_text(shortened(text, EXTRA_CHARACTERS))
    if row.reject_reasons:
        identifiers = [taken[token] for token in IDENTIFIERS if token in taken]
        row.original = as_sent(fields, identifiers, masker)
    return row


def read_field(feed: Feed, row: Row, token: str, label: str, text: str, masker: Masker) -> None:
    """Put the field's value into the row, or say why not."""
    column = feed.column(token)
    if token in IDENTIFIERS:
        value, problem = identifier(text)
        if value is not None and not re.fullmatch(PLAIN_IDENTIFIER, str(value)):
            value = masker.mask_text(str(value))
    elif token in TIMES:
        value, problem = moment(text)
    elif token in NUMBERS:
        value, problem = number(text)
        if value is not None and not CONFIDENCES[0] <= value <= CONFIDENCES[1]:
            value, problem = (
                None,
                f"置信度不在 {CONFIDENCES[0]} 到 {CONFIDENCES[1]} 之间：“{text[:40]}”",
            )
    else:
        value, problem = masker.mask_text(text[:TEXT_CHARACTERS]), None
        if len(text) > TEXT_CHARACTERS:
            problem = f"{column.header}过长，只保留前 {TEXT_CHARACTERS} 个字"
    if value is not None:
        row.values[token] = value
    elif column.required:
        problem = problem or f"{column.header}为空"
    if problem:
        # An event whose number cannot be used is still told apart by device, type and time.
        notes = row.reject_reasons if column.required else row.warnings
        notes.append(Note(None, label, masker.mask_text(problem)))


def read_place(
    feed: Feed, row: Row, taken: Mapping[str, Name], stated: Mapping[Name, str], masker: Masker
) -> None:
    """Put the coordinates into the row: both, or neither, or half a pair with a warning."""
    pair: dict[str, float | None] = {"longitude": None, "latitude": None}
    labels = []
    for token in pair:
        if name := taken.get(token):
            labels.append(name.label)
            value, problem = number(stated[name])
            if value is None or abs(value) >= 1_000:
                read = cell_reader(feed.column(token))(stated[name])
                value, problem = read.value, read.problem
            pair[token] = value
            if problem:
                row.warnings.append(Note(None, name.label, masker.mask_text(problem)))
    *both, problem = plausible_lon_lat(*pair.values())
    for token, value in zip(pair, both, strict=True):
        if value is not None:
            row.values[token] = value
    if problem:
        row.warnings.append(Note(None, "、".join(labels), masker.mask_text(problem)))


def as_sent(
    fields: Mapping[Name, str | None], identifiers: Sequence[Name], masker: Masker
) -> dict[str, str]:
    """The fields as they were sent, without personal numbers, up to a bounded length."""
    sent: dict[str, str] = {}
    left = ORIGINAL_CHARACTERS
    for name, text in fields.items():
        if text is not None and left > 0:
            text = shortened(text, min(left, EXTRA_CHARACTERS))
            left -= len(text)
            kept = text if name in identifiers else masker.mask_text(text)
            sent[masker.mask_text(name.label)] = kept
    return sent


def shortened(text: str, characters: int) -> str:
    """The text, cut with a mark if it is longer."""
    return text if len(text) <= characters else text[:characters] + "…"


# What one field says


def identifier(text: str) -> Read:
    """A number or name of a thing, as text; a number in the JSON may have lost its last digits."""
    if isinstance(text, Number):
        if not text.isdecimal():
            return Read(None, f"编号写成了带小数或科学计数的数字：“{text[:40]}”")
        if len(text) > 15 and text == through_a_float(text):
            return Read(None, f"编号写成了数字，15 位之后的数字可能已丢失：“{text[:40]}”")
        return Read(str(text))
    if not re.fullmatch(PLAIN_IDENTIFIER, text):
        read = READ_IDENTIFIER(text)
        if not isinstance(read.value, str):
            return read
        text = read.value
    if text in BLANKS:
        return Read(None)
    if len(text) > IDENTIFIER_CHARACTERS:
        return Read(None, f"编号过长：“{text[:40]}…”")
    return Read(text)


def through_a_float(digits: str) -> str:
    """What a program that keeps numbers as floats writes for these digits."""
    return format(Decimal(repr(float(digits))), "f")


def moment(text: str) -> Read:
    """A time in any of the platforms' writings, in Beijing, fractions of a second kept."""
    text = text.strip()
    try:
        if found := at_beijing(text):
            if FIRST_DATE <= found.date() <= LAST_DATE:
                return Read(found)
            return Read(None, f"年份不合理：“{text}”")
    except (ValueError, OverflowError):
        pass
    return READ_TIME(text)


def at_beijing(text: str) -> datetime | None:
    """The time of a machine's writing, null for any other; ValueError for the 31st of a short month."""
    if found := ISO_TIME.fullmatch(text):
        day, clock, fraction, utc, sign, hours, minutes = found.groups()
        moment = datetime.fromisoformat(f"{day} {clock}")
        moment += timedelta(microseconds=int((fraction or "0").ljust(6, "0")[:6]))
        if not utc and not sign:
            return moment
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return moment - (-offset if sign == "-" else offset) + timedelta(hours=8)
    if found := COMPACT_TIME.fullmatch(text):
        moment = datetime.strptime(found[1], "%Y%m%d%H%M%S")
        return moment + timedelta(milliseconds=int(found[2] or 0))
    scale = 1_000_000 if EPOCH_SECONDS.fullmatch(text) else 1_000
    if scale == 1_000_000 or EPOCH_MILLISECONDS.fullmatch(text):
        return datetime(1970, 1, 1, 8) + timedelta(microseconds=int(Decimal(text) * scale))
    return None


def number(text: str) -> tuple[float | None, str | None]:
    """A plain number."""
    value = float(text) if PLAIN_NUMBER.fullmatch(text.strip()) else math.nan
    return (value, None) if math.isfinite(value) else (None, f"无法识别的数字：“{text[:40]}”")
