"""Events as JSON lines, read by DuckDB in one pass; the odd lines one by one.

Three ways lead to the same rows, the first that adds up is taken. *Quick*: DuckDB reads the fields that the
first lines have. It says nothing of fields it was not asked for, nor of a value it could not read; but the
file has as many `":` as it has fields, so if the values it found are as many, nothing was left out. *Careful*:
every field of the file is looked up first, then read as text, line by line, if need be from a clean copy
(GB18030, blank lines). *One by one*: in Python, for files that even this cannot tell.

A line that DuckDB reads as it stands never becomes a Python object. A row's number is its physical line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ingestion.declare import Note, Refused, Row
from ingestion.readers.bulk import (
    CHUNK,
    MAYBE_PERSONAL,
    ORIGINAL_CHARACTERS,
    PERSONAL_CHARACTERS,
    WHOLE_LINE,
    RawDraft,
    decoded,
    named,
    one_of,
    physical_lines,
    quoted,
)
from ingestion.readers.event_fields import (
    BLANKS,
    CONFIDENCES,
    EXTRA_CHARACTERS,
    IDENTIFIERS,
    MAX_FIELDS,
    NUMBERS,
    POST_COUNT,
    STATE,
    TEXT_CHARACTERS,
    TIMES,
    Name,
    Number,
    claims,
    event_row,
    simplified,
)
from ingestion.values import CHINA_LATITUDES, CHINA_LONGITUDES, FIRST_DATE, LAST_DATE

# An event may carry its picture as text.
MAX_LINE_BYTES = 8 << 20
SAMPLED_LINES = 200
# An expression a field: more of them than platforms send do not fit into the memory we allow.
MAX_SQL_FIELDS = 100
SAMPLED_BYTES = 4 << 20
# As much as stays in a processor's cache while it is looked at several times.
SURVEYED_BYTES = 1 << 18
# Fields that hold an event, as an object or as text.
WRAPPERS = ("data", "bizdata")
XML_ROOT = re.compile(r"\s*(<\?xml\b|<(?:[\w.-]+:)?(Notify|EventNotificationAlert)[\s>])", re.I)
RESEND = "请核对后重新导出，再装载一次。"

# An identifier as JSON: text, or a number whose digits no float can have eaten.
IDENTIFIER_JSON = r'(?:"(?:[0-9A-Za-z][0-9A-Za-z_.:-]*)?"|[0-9]{1,15}|[0-9]{18,62}[1-9])'
BLANKS_IN_JSON = tuple(f'"{blank}"' for blank in BLANKS if blank)


# Columns whose text is taken as it is.
FREE = (
    "event_type_code",
    "event_type_name",
    "priority",
    "crs_name",
    "image_url",
    "description_text",
)


class NotLines(Exception):
    """One line is not one event here: XML among the lines, or several events in one."""


# --- expressions: what `event_fields` says, in SQL --------------------------------------------------


def moment_sql(text: str) -> str:
    """SQL: a time of a machine's writing, in Beijing; null for any other.

    The usual writings come first. DuckDB's cast to a timestamp drops a zone.
    """
    local, hours = f"try_cast({text} as timestamp)", "interval 8 hour"
    clock = "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
    return f"""case
        when {text} like '____-__-__T__:__:__+08:00' then {local}
        when {text} like '____-__-__ __:__:__' and not ends_with({text}, 'Z') then {local}
        when regexp_full_match({text}, '{clock}([+]08:?00)?') then {local}
        when regexp_full_match({text}, '{clock}Z') then {local} + {hours}
        when regexp_full_match({text}, '{clock}[-+][0-9]{{2}}:?[0-9]{{2}}')
            then make_timestamp(epoch_us(try_cast({text} as timestamptz))) + {hours}
        when regexp_full_match({text}, '[0-9]{{14}}') then try_strptime({text}, '%Y%m%d%H%M%S')
        when regexp_full_match({text}, '[0-9]{{17}}') then try_strptime({text}, '%Y%m%d%H%M%S%g')
        when regexp_full_match({text}, '1[0-9]{{9}}([.][0-9]{{1,6}})?')
            then make_timestamp(cast(cast({text} as decimal(18, 6)) * 1000000 as bigint)) + {hours}
        when regexp_full_match({text}, '1[0-9]{{12}}([.][0-9]{{1,3}})?')
            then make_timestamp(cast(cast({text} as decimal(18, 3)) * 1000 as bigint)) + {hours}
    end"""


def listed(columns: dict[str, str]) -> str:
    """SQL: expressions with their names."""
    return ", ".join(f"{text} as {name}" for name, text in columns.items())


def stated_sql(text: str) -> str:
    """SQL: the text, null if it says nothing.

    Most texts are longer than any that says nothing, and a list is dear to look through.
    """
    longest = max(map(len, BLANKS))
    return f"case when strlen({text}) > {longest} or not {one_of(text, BLANKS)} then {text} end"


def within_sql(value: str, limits: tuple[float, float]) -> str:
    """SQL: whether the number is in the range."""
    return f"{value} between {limits[0]} and {limits[1]}"


@dataclass(frozen=True)
class Found:
    """Fields of one file and the SQL of each: text, or JSON for identifiers, or DOUBLE (`is_typed`)."""

    columns: dict[Name, str]
    source: str
    is_typed: bool = False


class EventLines:
    """One file of JSON lines on its way into the raw draft.

    `lenient`: lines without the fields of an event reject themselves only, not the file.
    """

    def __init__(self, draft: RawDraft, path: Path, scratch: Path, lenient: bool = False):
        self.draft, self.connection, self.feed = draft, draft.connection, draft.feed
        self.path, self.scratch, self.lenient = path, scratch, lenient
        # Beside DuckDB's reading: what the bytes say is asked once the rows are there.
        pool = ThreadPoolExecutor(1)
        self.surveying = pool.submit(surveyed, path)
        pool.shutdown(wait=False)

    @property
    def survey(self) -> Survey:
        """What the bytes of the file say."""
        return self.surveying.result()

    def read(self) -> str | None:
        """Add the odd lines to the draft and return SQL for the good rows, null if there are none.

        Raises NotLines if the file is none of lines; the draft is then to be thrown away.
        """
        as_sent = self.quick() or (
            self.survey.longest <= MAX_LINE_BYTES and self.careful(self.path)
        )
        if not (as_sent or self.careful(self.clean_copy())):
            self.draft.add(self.rows(None))
            return None
        counted = self.connection.execute(
            "select coalesce(skip_reason, case when is_odd then 'odd' end), count(*) "
            "from events group by all"
        ).fetchall()
        counts = dict(counted)
        odd, plain = counts.pop("odd", 0), counts.pop(None, 0)
        self.draft.reading.good += plain
        self.draft.reading.skipped.update(counts)
        if odd:
            where = "where is_odd and skip_reason is null"
            numbers = self.connection.execute(f"select rowid + 1 from events {where}").fetchall()
            self.draft.add(self.rows({number for (number,) in numbers}))
        known = {column.name: column.name for column in self.feed.columns}
        known |= {"_extra": "_extra", "_row_number": "rowid + 1"}
        good = f"select {self.draft.columns(known)} from events"
        if plain < self.survey.lines:
            good += " where not is_odd and skip_reason is null"
        return good

    # Ways

    def quick(self) -> bool:
        """Ask DuckDB for the fields of the first lines; false unless all of the file is accounted for."""
        sample = self.sample()
        names = list(dict.fromkeys(key for fields in sample for key in fields))
        values = [value for fields in sample for value in fields.values()]
        if (
            not names
            or len(names) > MAX_SQL_FIELDS
            or "" in names
            # DuckDB's names do not tell these apart.
            or len({name.casefold() for name in names}) < len(names)
            or any(simplified(name) in WRAPPERS for name in names)
            or any(isinstance(value, dict | list) for value in values)
        ):
            return False
        claimed = self.claims(names)
        if any(len(them) > 1 for them in claimed.values()):
            return False
        tokens = {them[0].key: token for token, them in claimed.items()}
        kinds = {
            key: "JSON" if token in IDENTIFIERS else "DOUBLE" if token in NUMBERS else "VARCHAR"
            for key in names
            for token in [tokens.get(key)]
        }
        columns = ", ".join(f"{quoted(key)}: '{kind}'" for key, kind in kinds.items())
        source = (
            f"read_json({quoted(self.path)}, format = 'newline_delimited', ignore_errors = true, "
            f"columns = {{{columns}}})"
        )
        found = Found({Name(key): named(key) for key in names}, source, is_typed=True)
        if not self.make_events(found):
            return False
        if self.survey.is_spaced or self.survey.longest > MAX_LINE_BYTES:
            return False
        (values,) = self.connection.execute("select sum(field_count) from events").fetchone()
        missing = self.survey.pairs - values
        if missing and missing != null_count(self.path):
            return False
        self.check_required(list(found.columns))
        return True

    def careful(self, path: Path) -> bool:
        """Look every field up, then read each as text; false if DuckDB cannot tell the lines apart."""
        lines = (
            f"read_csv({quoted(path)}, auto_detect = false, header = false, "
            "columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', comment = '', "
            f"nullstr = chr(2), strict_mode = false, max_line_size = {MAX_LINE_BYTES + 1})"
        )
        try:
            keys = self.keys_of("try(json_keys(line))", lines)
            wrappers = [key for key in keys or () if simplified(key) in WRAPPERS]
            # What a wrapper holds is text here, whether it was text there or an object.
            texts = {
                key: f"try(json_extract_string(line, {quoted(pointer(key))}))" for key in wrappers
            }
            held = {
                key: self.keys_of(f"try(json_keys({text}))", lines) for key, text in texts.items()
            }
        except duckdb.Error as error:
            return given_up(error)
        if keys is None or None in held.values():
            return False
        names = [Name(key) for key in keys]
        inner = [Name(key, wrapper) for wrapper, inside in held.items() for key in inside or ()]
        self.check_required(names + inner)
        return self.make_events(self.extracted(names, held, lines))

    def keys_of(self, keys: str, lines: str) -> list[str] | None:
        """The names of all fields, sorted; null if there are too many."""
        listed = f"select {keys} as keys from {lines}"
        (most,) = self.connection.execute(f"select max(len(keys)) from ({listed})").fetchone()
        if most is not None and most > MAX_SQL_FIELDS:
            return None
        found = self.connection.execute(
            f"select distinct unnest(keys) as key from ({listed}) limit {MAX_SQL_FIELDS + 1}"
        ).fetchall()
        return sorted(key for (key,) in found) if len(found) <= MAX_SQL_FIELDS else None

    def extracted(self, names: list[Name], held: dict[str, list[str] | None], lines: str) -> Found:
        """All fields of a line in one look at it, and one more for each wrapper."""
        by_wrapper: dict[str, list[Name]] = {"": names}
        for wrapper, keys in held.items():
            by_wrapper[wrapper] = [Name(key, wrapper) for key in keys or ()]
        identifying = {
            name
            for token, them in claims(self.feed, sum(by_wrapper.values(), [])).items()
            if token in IDENTIFIERS
            for name in them
        }
        columns: dict[Name, str] = {}
        looks, texts, checks = ["line"], [], []
        for place, (wrapper, them) in enumerate(by_wrapper.items()):
            text = "line"
            if wrapper:
                text = f"held{place}"
                looked = f"try(json_extract_string(line, {quoted(pointer(wrapper))}))"
                looks.append(f"{looked} as {text}")
                checks.append(
                    f"coalesce(try(json_type({text})) = 'OBJECT', false) as is_held{place}"
                )
                # An object's fields stand for it.
                columns[Name(wrapper)] = f"case when not is_held{place} then {text} end"
            for kind, function in (("texts", "json_extract_string"), ("jsons", "json_extract")):
                asked = [name for name in them if (name in identifying) == (kind == "jsons")]
                if not asked:
                    continue
                pointers = ", ".join(quoted(pointer(name.key)) for name in asked)
                looked = f"try({function}({text}, [{pointers}]))"
                if wrapper:
                    looked = f"case when is_held{place} then {looked} end"
                texts.append(f"{looked} as {kind}{place}")
                for number, name in enumerate(asked, start=1):
                    item = f"{kind}{place}[{number}]"
                    item = f"nullif(cast({item} as varchar), 'null')" if kind == "jsons" else item
                    columns.setdefault(name, item)
        source = f"(select {', '.join(looks)} from {lines})"
        for step in (checks, texts):
            if step:
                source = f"(select *, {', '.join(step)} from {source})"
        return Found(columns, source)

    def make_events(self, found: Found) -> bool:
        """Make the table `events`, one row a line; false if the rows are not the lines."""
        self.connection.execute("drop table if exists events")
        try:
            self.connection.execute(f"create table events as {self.typed(found)}")
        except duckdb.Error as error:
            return given_up(error)
        (rows,) = self.connection.execute("select count(*) from events").fetchone()
        return rows == self.survey.lines

    def typed(self, found: Found) -> str:
        """SQL: the columns of the raw zone by name, and what is to be done with the row."""
        claimed = claims(self.feed, found.columns)
        stated = {}
        for column in self.feed.columns:
            names = [found.columns[name] for name in claimed.get(column.name, ())]
            kind = "varchar"
            if column.name in IDENTIFIERS:
                names = [f"""nullif({name}, '""')""" for name in names]
            elif found.is_typed and column.name in NUMBERS:
                kind = "double"
            else:
                names = [stated_sql(name) for name in names]
            text = f"coalesce({', '.join(names)})" if names else "null"
            stated[f"{column.name}_"] = f"cast({text} as {kind})"
        rest = self.rest(found, claimed)
        texts = [f"{name}_" for name in FREE] + [f"rest{number}" for number in range(len(rest))]
        stated |= dict(zip(texts[len(FREE) :], rest.values(), strict=True))
        stated |= {"state": self.meant(found, STATE), "post_count": self.meant(found, POST_COUNT)}
        present = (f"cast({column} is not null as utinyint)" for column in found.columns.values())
        stated["field_count"] = " + ".join(present) if found.is_typed else "0"
        read = {name: f"try_cast({name}_ as double)" for name in NUMBERS}
        read |= {name: moment_sql(f"{name}_") for name in TIMES}
        is_nowhere = "coalesce(longitude, 0) = 0 and coalesce(latitude, 0) = 0"
        last = {
            name: f"case when starts_with({name}_, '\"') "
            f"then substr({name}_, 2, strlen({name}_) - 2) else {name}_ end"
            for name in IDENTIFIERS
        }
        last |= {name: f"{name}_" for name in FREE} | {"confidence": "confidence"}
        last |= {name: f"case when not ({is_nowhere}) then {name} end" for name in NUMBERS[1:]}
        last |= {name: name for name in TIMES}
        last["_extra"] = self.extra_json(list(rest))
        last["skip_reason"] = """case
            when post_count = '0' then 'heartbeat'
            when lower(state) = 'inactive' and lower(event_type_code_) = 'videoloss' then 'heartbeat'
            when lower(state) = 'inactive' then 'inactive'
        end"""
        last["source_format"] = (
            "case when state is not null and post_count is not null then 'isapi' else 'json' end"
        )
        last["field_count"] = "field_count"
        last["is_odd"] = self.is_odd(texts)
        return (
            f"select {listed(last)} from (select *, {listed(read)} "
            f"from (select {listed(stated)} from {found.source}))"
        )

    @staticmethod
    def is_odd(texts: Sequence[str]) -> str:
        """SQL: whether anything in the row needs a closer look, be it to be masked."""
        identifiers = ", ".join(f"{name}_" for name in IDENTIFIERS)
        moments = f"between timestamp '{FIRST_DATE}' and timestamp '{LAST_DATE} 23:59:59.999999'"
        checks = [
            "device_id_ is null",
            f"not regexp_full_match(concat_ws(',', {identifiers}), "
            f"'{IDENTIFIER_JSON}(?:,{IDENTIFIER_JSON})*')",
            # A time that is no time is null and so odd; a time that is not stated is none.
            f"not coalesce(occurred_at {moments}, false)",
            f"not (pushed_at_ is null or coalesce(pushed_at {moments}, false))",
            f"not (confidence_ is null or coalesce({within_sql('confidence', CONFIDENCES)}, false))",
            f"""not case
                when longitude_ is null or latitude_ is null
                    then coalesce(longitude, 0) = 0 and coalesce(latitude, 0) = 0
                        and (longitude_ is null or longitude is not null)
                        and (latitude_ is null or latitude is not null)
                else coalesce(
                    (longitude = 0 and latitude = 0)
                    or ({within_sql("longitude", CHINA_LONGITUDES)}
                        and {within_sql("latitude", CHINA_LATITUDES)}), false
                )
            end""",
        ]
        checks += [
            f"coalesce(strlen({name}_) > 66 or {one_of(f'{name}_', BLANKS_IN_JSON)}, false)"
            for name in IDENTIFIERS
        ]
        checks += [f"coalesce(strlen({name}_) > {TEXT_CHARACTERS}, false)" for name in FREE]
        checks += [
            f"case when length({text}) >= {PERSONAL_CHARACTERS} "
            f"then regexp_matches({text}, {quoted(MAYBE_PERSONAL)}) else false end"
            for text in texts
        ]
        return " or ".join(checks)

    def rest(self, found: Found, claimed: dict[str, list[Name]]) -> dict[str, str]:
        """Label → SQL text of every field that fills no column, or is told already by another."""
        rest = {}
        token_of = {
            name: (token, place)
            for token, them in claimed.items()
            for place, name in enumerate(them)
        }
        for name, column in found.columns.items():
            token, place = token_of.get(name, (None, 0))
            if token is not None and place == 0:
                continue
            text = f"cast({column} as varchar)"
            if token in IDENTIFIERS:
                text = f"json_extract_string({column}, '$')"
            text = stated_sql(text)
            if token is not None:
                before = []
                for other in claimed[token][:place]:
                    blanks = ('""',) if token in IDENTIFIERS else BLANKS
                    told = one_of(f"cast({found.columns[other]} as varchar)", blanks)
                    before.append(f"coalesce(not {told}, false)")
                text = f"case when {' or '.join(before)} then {text} end"
            rest[name.label] = text
        return dict(sorted(rest.items()))

    def extra_json(self, labels: Sequence[str]) -> str:
        """SQL: the other fields as one JSON object, masked, null when all are empty."""
        cells = []
        for number, label in enumerate(labels):
            text = f"rest{number}"
            short = (
                f"case when length({text}) > {EXTRA_CHARACTERS} "
                f"then left({text}, {EXTRA_CHARACTERS}) || '…' else {text} end"
            )
            key = json.dumps(self.draft.masker.mask_text(label), ensure_ascii=False)
            cells.append(
                f"case when {text} is not null "
                f"then {quoted(key + ': ')} || cast(to_json({short}) as varchar) end"
            )
        if not cells:
            return "null"
        return f"nullif('{{' || concat_ws(', ', {', '.join(cells)}) || '}}', '{{}}')"

    def meant(self, found: Found, key: str) -> str:
        """SQL: the text of the field of that simplified name."""
        texts = [
            stated_sql(f"cast({column} as varchar)")
            for name, column in sorted(found.columns.items())
            if simplified(name.key) == key
        ]
        return f"coalesce({', '.join(texts)})" if texts else "cast(null as varchar)"

    # Fields and lines

    def claims(self, keys: Sequence[str]) -> dict[str, list[Name]]:
        """Which of these fields fill which columns."""
        return claims(self.feed, [Name(key) for key in keys])

    def check_required(self, names: list[Name]) -> None:
        """Refused if no line can be an event, because its fields are never there.

        A file that holds other things too is not judged by its fields.
        """
        if self.lenient or not self.is_all_objects():
            return
        claimed = claims(self.feed, names)
        missing = [c.header for c in self.feed.columns if c.required and c.name not in claimed]
        if names and missing:
            labels = sorted(self.draft.masker.mask_text(name.label) for name in names)
            shown = "、".join(labels[:30]) + ("……" if len(labels) > 30 else "")
            raise Refused(f"缺少必需的字段：{'、'.join(missing)}。读到的字段：{shown}。", RESEND)

    def sample(self) -> list[dict[str, Any]]:
        """The first lines that are objects, parsed."""
        contents = (parsed(line.decode("utf-8", "replace")) for line in self.first_lines())
        return [content for content in contents if isinstance(content, dict)]

    def is_all_objects(self) -> bool:
        """Whether each of the first lines that says anything begins like an object."""
        texts = (line.strip(b"\0 \t\r\xef\xbb\xbf") for line in self.first_lines())
        return all(text.startswith(b"{") for text in texts if text)

    def first_lines(self) -> list[bytes]:
        """The first lines of the file, a bounded part of it."""
        with self.path.open("rb") as file:
            return file.read(SAMPLED_BYTES).split(b"\n", SAMPLED_LINES)[:SAMPLED_LINES]

    def clean_copy(self) -> Path:
        """The file as UTF-8 with a row for every physical line: `{}` for what is none."""
        target = self.scratch / "clean.jsonl"
        with target.open("w", encoding="utf-8", newline="") as copy:
            for line in self.lines():
                text = "" if len(line) > MAX_LINE_BYTES else text_of(line) or ""
                text = re.sub(r"[\r\x00-\x02]", " ", text)
                copy.write((text if text.strip() else "{}") + "\n")
        return target

    def lines(self) -> Iterator[bytes]:
        """Physical lines."""
        return physical_lines(self.path, b"\n", MAX_LINE_BYTES)

    def rows(self, wanted: set[int] | None) -> Iterator[Row]:
        """The lines of these numbers (null: all of them), read one by one."""
        if wanted is not None and not wanted:
            return
        for number, line in enumerate(self.lines(), start=1):
            if wanted is None or number in wanted:
                row = self.row(number, line)
                if isinstance(row, str):
                    self.draft.reading.skipped[row] += 1
                elif row is not None:
                    yield row

    def row(self, number: int, line: bytes) -> Row | str | None:
        """One line with everything that is to be said of it; null if it is blank, else why it is skipped."""
        if len(line) > MAX_LINE_BYTES:
            return self.unread(
                number, line[:ORIGINAL_CHARACTERS].decode("utf-8", "replace"), "一行过长"
            )
        text = text_of(line)
        if text is None:
            shown = line[:ORIGINAL_CHARACTERS].decode("utf-8", "replace")
            return self.unread(number, shown, "含有无法识别的字节")
        if not text.strip("\0 \t\r\n\ufeff"):
            return None
        content = parsed(text)
        if isinstance(content, dict):
            fields = flattened(content, text)
            if len(fields) > MAX_FIELDS:
                return self.unread(number, text, f"字段超过 {MAX_FIELDS} 个")
            return event_row(self.feed, fields, number, self.draft.masker, "json")
        if content is not None:
            return self.unread(number, text, "不是一个事件（JSON 对象）")
        if XML_ROOT.match(text) or has_several(text):
            raise NotLines
        is_last = number == self.survey.lines and not self.survey.is_ended
        return self.unread(number, text, "文件在此行中断" if is_last else "不是完整的 JSON")

    def unread(self, number: int, text: str, reason: str) -> Row:
        """A line that is no event, with the reason."""
        whole = self.draft.masker.mask_text(text[:ORIGINAL_CHARACTERS].replace("\0", ""))
        return Row(
            {}, number, reject_reasons=[Note(None, None, reason)], original={WHOLE_LINE: whole}
        )


# --- lines ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Survey:
    """What the bytes of a file say before anything is parsed.

    `pairs` is how often `":` stands in it; `is_spaced`: a field's name and its `:` may be apart; `longest`
    is the longest line's length in bytes.
    """

    lines: int
    longest: int
    pairs: int
    is_spaced: bool
    is_ended: bool


def surveyed(path: Path) -> Survey:
    """Count physical lines and fields."""
    lines = pairs = longest = open_length = 0
    is_spaced, last = False, b""
    with path.open("rb") as file:
        while chunk := file.read(SURVEYED_BYTES):
            block = last + chunk
            for start in (0, 1):
                # Two bytes at a time: what stands before a colon is what the pair has above it.
                twos = np.frombuffer(block, "<u2", (len(block) - start) // 2, start)
                before = twos - np.uint16(ord(":") << 8)
                pairs += int(np.count_nonzero(before == ord('"')))
                is_spaced = is_spaced or bool(np.any(before <= ord(" ")))
            ends = np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord("\n"))
            lines += len(ends)
            lengths = np.diff(ends, prepend=-1 - open_length, append=len(chunk)) - 1
            longest = max(longest, int(lengths.max()))
            open_length = int(lengths[-1])
            last = chunk[-1:]
    return Survey(lines + (last not in (b"", b"\n")), longest, pairs, is_spaced, last == b"\n")


def null_count(path: Path) -> int:
    """How many fields are written as null."""
    nulls, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            block = last + chunk
            nulls += block.count(b'":null') + block.count(b'": null')
            # No longer than what is looked for, so that nothing is counted twice.
            last = block[-6:]
            nulls -= last.count(b'":null')
    return nulls


def given_up(error: duckdb.Error) -> bool:
    """False, for the next way to be tried; the failures of our machine are raised."""
    if isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException):
        raise error
    return False


def pointer(key: str) -> str:
    """The field as a JSON pointer."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


def text_of(line: bytes) -> str | None:
    """The bytes as text, UTF-8 or GB18030; null if they are neither."""
    return next(
        (t for codec in ("utf-8", "gb18030") if (t := decoded(line, codec)) is not None), None
    )


def parsed(text: str) -> Any:
    """The JSON that the text is, its numbers as they are written; null if it is none."""
    try:
        return json.loads(
            text.strip("\0 \t\r\n\ufeff"),
            parse_int=Number,
            parse_float=Number,
            object_pairs_hook=first_of_each,
            strict=False,
        )
    except (ValueError, RecursionError):
        return None


def first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two fields of one name the first counts, as it does for DuckDB."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def has_several(text: str) -> bool:
    """Whether the line holds one object after another."""
    try:
        first, end = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and text.lstrip()[end:].lstrip(" ,").startswith("{")


def flattened(content: dict[str, Any], text: str) -> dict[Name, str | None]:
    """The fields of an event as texts, those of a wrapper beside the others."""
    fields: dict[Name, str | None] = {}
    for key, value in content.items():
        held = None
        if simplified(key) in WRAPPERS:
            held = parsed(value) if isinstance(value, str) else value
        if isinstance(held, dict):
            fields |= {Name(inner, key): as_text(value) for inner, value in held.items()}
        else:
            fields[Name(key)] = as_text(value)
    return fields


def as_text(value: Any) -> str | None:
    """A value as DuckDB gives it."""
    if value is None:
        return None
    if isinstance(value, Number):
        # Still a number: what identifies must not be one that lost its digits.
        return value if value.lstrip("-").isdecimal() else Number(repr(float(value)))
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\0", "")
    if isinstance(value, bool):
        return "true" if value else "false"
    return compact(value)


def compact(value: Any) -> str:
    """An object or a list as JSON without spaces."""
    if isinstance(value, dict):
        items = (f"{json.dumps(k, ensure_ascii=False)}:{compact(v)}" for k, v in value.items())
        return "{" + ",".join(items) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    if isinstance(value, Number):
        return as_text(value) or ""
    return json.dumps(value, ensure_ascii=False)
