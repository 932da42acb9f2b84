"""Landing: a delivered file becomes rows in the raw zone, bytes in the archive and one record.

The order is what makes a kill harmless: Parquet, archived bytes, then the record, each under a
temporary name until it is on disk, and only then is the inbox file removed. Without its record
nothing of a delivery counts, and the next load writes the same files again. Small deliveries go that way
by the batch, because waiting for the disk is most of the work: the files of all, then the records of
all. The received time is fixed when the bytes are first seen (`archive/<sha256>.meta.json`, made
exclusively), so a second attempt and a second loader beside this one write equal files: there is no
lock, and whoever comes last changes nothing.

    minewatch load            everything in the inbox
    minewatch load --feed power_readings /mnt/usb/curves
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import hashlib
import json
import os
import shutil
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import duckdb
from filelock import FileLock

from ingestion import archive
from ingestion.archive import ArchiveError, hashed
from ingestion.declare import Feed, Form, Reading, Refused
from ingestion.feeds import FEEDS, feed_named
from ingestion.masking import Masker
from ingestion.raw_files import Origin, parquet_bytes
from ingestion.readers.events import read_events
from ingestion.readers.load_curve import read_load_curve
from ingestion.records import (
    Part,
    Record,
    WithdrawalEvent,
    check_counts,
    read_record,
    read_records,
    read_withdrawals,
    withdrawn_at,
    write_records,
    write_withdrawal,
)
from warehouse.files import draft_beside, replace_durably, sync, sync_all
from warehouse.settings import ROOT, Home
from warehouse.steps import reached

if TYPE_CHECKING:
    from ingestion.readers import Opened

LOAD_STEPS = (
    "load:copied",
    "load:drafted",
    "load:parquet_renamed",
    "load:archived",
    "load:recorded",
    "load:sidecar_removed",
    "load:inbox_cleared",
)
REREAD_STEPS = (
    "reread:parquet_renamed",
    "reread:archived",
    "reread:recorded",
    "reread:old_removed",
)
BEIJING = ZoneInfo("Asia/Shanghai")
SIDECAR = ".meta.json"
CHUNK = 1 << 20
# What a killed loader left behind is removed after this long, when no loader can still be using it.
SCRATCH_SECONDS = 24 * 3600
# Committed together at most: what a kill in between costs is reading these again.
BATCH_FILES = 64
BATCH_BYTES = 64 << 20
# Not worth a thread below.
SYNCED_EARLY_BYTES = 8 << 20
# Failures of our machine, not of the file: they stop the load instead of refusing the delivery.
OURS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE}

# Readers that write the raw file themselves.
BULK_READERS = {"load_curve": read_load_curve, "events": read_events}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class LoadedFile:
    """What became of one file. `message` is for the person who loads, null if all went well.

    `path` is for that person's eyes; whatever is kept or sent on names the file by `name`.
    """

    path: Path
    name: str
    feed: str | None
    outcome: Literal["loaded", "known", "refused"]
    sha256: str | None = None
    read: int = 0
    good: int = 0
    rejected: int = 0
    skipped: int = 0
    warnings: int = 0
    message: str | None = None
    is_protected: bool = False


@dataclass(frozen=True)
class LoadResult:
    """All files of one load, in the order in which they were read."""

    files: list[LoadedFile] = field(default_factory=list)


@dataclass(frozen=True)
class Envelope:
    """What is known of a delivery besides its bytes; the file name is masked, or hashed whole."""

    file_name: str
    received_at: datetime
    received_at_source: Literal["sidecar", "load"]
    sender_unit: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What today's reader makes of a delivery: parts with their drafts, or why it was refused."""

    parts: list[tuple[Part, Path]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    skipped_sheets: list[str] = field(default_factory=list)
    refusal: str | None = None


@dataclass(frozen=True)
class Arrival:
    """A file that was picked up: a private copy of its bytes, and its sidecar's.

    `state` is what the file was like before it was copied (`identity`). `is_known_protected`: a refused
    delivery stays as protected as it was when it is tried again.
    """

    path: Path
    state: tuple[int, int, int] | None
    feed: Feed
    copy: Path
    sha256: str
    size_bytes: int
    sidecar: bytes | None
    is_known_protected: bool = False


@dataclass(frozen=True)
class Draft:
    """A delivery that has been read: all that is missing is that its files get their names."""

    arrival: Arrival
    record: Record
    parts: list[tuple[Part, Path]]
    archived: Path


class SidecarError(Exception):
    """The sidecar cannot be used; carries its text, which would be lost otherwise."""


# Loading


def load(
    home: Home,
    paths: Iterable[Path] | None = None,
    feed: str | None = None,
    on_progress: Progress | None = None,
) -> LoadResult:
    """Load files, or everything below directories; the inbox if no path is given.

    A file's feed is that of the nearest folder above it that bears a feed's name, unless `feed` (a
    token) is given. A file that cannot be used is refused with a reason and does not stop the others.
    Files in the inbox are removed once committed, others never.
    """
    home.prepare()
    remove_stale_scratch(home)
    masker = Masker(home.masking_key())
    waiting = list(deliveries(home.inbox if paths is None else paths))
    # Read once and only if a known file turns up: a folder may be full of them.
    newest = functools.cache(lambda: newest_deliveries(home))
    files = []
    done = 0
    for batch in batches(waiting):
        drafts: dict[str, Draft] = {}
        with scratch_directory(home) as scratch:
            try:
                for path in batch:
                    if on_progress:
                        on_progress(path.name, done, len(waiting))
                    chosen = FEEDS[feed] if feed else feed_of(path)
                    copy = scratch / str(done)
                    loaded = load_one(home, path, chosen, masker, newest, copy, drafts)
                    if loaded:
                        files.append(loaded)
                    done += 1
            finally:
                # Also when a file cannot be read for a failure of ours: those before it are good.
                commit(home, drafts)
    if on_progress:
        on_progress("", len(waiting), len(waiting))
    return LoadResult(files)


def batches(paths: list[Path]) -> Iterator[list[Path]]:
    """The paths in their order, cut where a batch has enough files or bytes."""
    batch: list[Path] = []
    size = 0
    for path in paths:
        state = identity(path)
        more = state[1] if state else 0
        if batch and (len(batch) == BATCH_FILES or size + more > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += more
    if batch:
        yield batch


def deliveries(paths: Path | Iterable[Path]) -> Iterator[Path]:
    """The files among and below the paths that are deliveries, in a fixed order."""
    for given in [paths] if isinstance(paths, Path) else paths:
        for path in sorted(given.rglob("*")) if given.is_dir() else [given]:
            inner = path.relative_to(given).parts if given.is_dir() else (path.name,)
            is_hidden = any(part.startswith((".", "~$")) for part in inner)
            # A pipe or a device would never end; a path that is not there is reported.
            is_readable = path.is_file() or not path.exists()
            if is_readable and not is_hidden and not path.name.endswith((".part", SIDECAR)):
                yield path


def feed_of(path: Path) -> Feed | None:
    """The feed named by the nearest folder above the file."""
    return next(
        (feed for folder in path.absolute().parents if (feed := feed_named(folder.name))), None
    )


def load_one(
    home: Home,
    path: Path,
    feed: Feed | None,
    masker: Masker,
    newest: Callable[[], dict[tuple[str, str], Record]],
    copy: Path,
    drafts: dict[str, Draft],
) -> LoadedFile | None:
    """Copy one file to `copy`, read it and add its draft to those that wait to be committed.

    Null if another loader has taken it meanwhile.
    """
    if feed is None:
        why = (
            "未指明数据种类。文件留在原处，未归档。请放入 inbox/<种类>/ 下，或用 --feed 指定种类。"
        )
        return LoadedFile(path, masker.mask_text(path.name), None, "refused", message=why)
    is_protected = feed.is_protected
    name = masker.mask_file_name(path.name) if is_protected else masker.mask_text(path.name)
    try:
        state = identity(path)
        sha256, size = copy_and_hash(path, copy)
        sidecar = sidecar_of(path)
        note = sidecar.read_bytes() if sidecar.exists() else None
    except FileNotFoundError:
        if is_in_inbox(home, path):
            return None
        why = f"找不到文件 {path.with_name(name)}。请核对路径。"
        return LoadedFile(path, name, feed.token, "refused", message=why, is_protected=is_protected)
    except OSError as error:
        if error.errno in OURS:
            raise
        why = f"无法打开文件（{error.strerror}）。文件留在原处，未归档。请检查权限后再装载。"
        return LoadedFile(path, name, feed.token, "refused", message=why, is_protected=is_protected)
    reached("load:copied")
    if sha256 in drafts:
        # The same bytes under another name: what was read of them must be known first.
        commit(home, drafts)
    record = read_record(home, sha256)
    if record is None or record.outcome == "refused":
        # A delivery that was refused is tried again: under another feed, with a newer reader.
        is_known_protected = record is not None and record.is_protected
        arrival = Arrival(path, state, feed, copy, sha256, size, note, is_known_protected)
        drafts[sha256] = drafted(home, arrival, masker, copy.parent)
        return as_loaded(path, drafts[sha256].record)
    why = known(home, record, feed, newest())
    clear_inbox(home, path, state)
    return LoadedFile(
        path,
        record.file_name,
        record.feed,
        "known",
        sha256,
        message=why,
        is_protected=record.is_protected,
    )


def drafted(home: Home, arrival: Arrival, masker: Masker, scratch: Path) -> Draft:
    """Read the copied bytes into drafts; nothing of them counts yet."""
    feed, sha256 = arrival.feed, arrival.sha256
    is_known = arrival.is_known_protected
    opened = opened_file(arrival.copy, feed, arrival.path.name, masker, is_known)
    masked = masker.mask_file_name if opened.is_protected else masker.mask_text
    name = masked(arrival.path.name)
    bad_note = None
    try:
        sidecar = read_sidecar(arrival.sidecar, name)
    except SidecarError as error:
        sidecar, bad_note = None, str(error)
    # Of a protected delivery a note that is no note could say anything: its text is not kept.
    kept_note = None if opened.is_protected else bad_note
    envelope = first_envelope(home, arrival, name, sidecar, masker, kept_note)
    if bad_note is None:
        with synced_meanwhile(arrival.copy, arrival.size_bytes):
            outcome = interpreted(feed, arrival.copy, sha256, envelope, masker, scratch, opened)
    else:
        refused = Refused(
            f"随附说明 {name}{SIDECAR} 无法读取。",
            '请改正为 {"received_at": "2022-10-09T17:20:00", "sender_unit": "…"} 后连同文件重新投递。',
        )
        outcome = Outcome(refusal=str(refused))
    archived = archive.draft(home, arrival.copy, sha256, opened.is_protected, scratch)
    reached("load:drafted")
    record = record_of(feed, sha256, arrival.size_bytes, envelope, outcome, opened.is_protected)
    # Here and not only on writing: a reader that miscounts one file must not hold up its batch.
    check_counts(record)
    return Draft(arrival, record, outcome.parts, archived)


def commit(home: Home, drafts: dict[str, Draft]) -> None:
    """Put everything in its place, the records last, then clear the inbox; no draft is left waiting.

    Every file is on disk before it gets its name, and its name before any record is written.
    """
    waiting = list(drafts.values())
    drafts.clear()
    if not waiting:
        return
    files = [file for draft in waiting for _, file in draft.parts]
    sync_all([*files, *(draft.archived for draft in waiting)])
    folders = {home.archive}
    for draft in waiting:
        for part, file in draft.parts:
            target = raw_file(home, part.file, part.feed)
            file.replace(target)
            folders.add(target.parent)
        reached("load:parquet_renamed")
    for draft in waiting:
        draft.archived.replace(home.archive / draft.arrival.sha256)
        reached("load:archived")
    sync_all(folders)
    write_records(home, [draft.record for draft in waiting])
    reached("load:recorded")
    for draft in waiting:
        clear_inbox(home, draft.arrival.path, draft.arrival.state)


def clear_inbox(home: Home, path: Path, state: tuple[int, int, int] | None) -> None:
    """Remove a committed file and its sidecar if they lie in the inbox.

    A sender that was still writing has changed the file since: it stays for the next load.
    """
    if is_in_inbox(home, path) and identity(path) == state:
        sidecar_of(path).unlink(missing_ok=True)
        reached("load:sidecar_removed")
        path.unlink(missing_ok=True)
        reached("load:inbox_cleared")


def opened_file(
    copy: Path, feed: Feed, name: str, masker: Masker, is_known_protected: bool
) -> Opened:
    """The file opened, and whether it is protected; whatever is wrong with it becomes a refusal."""
    from ingestion.readers import Opened, open_file

    try:
        found = open_file(copy, feed, name, masker)
    except Exception as error:
        found = Opened(feed.is_protected, refusal=unreadable(error))
    # Once protected, a delivery stays so, whatever today's reader sees in it.
    return dataclasses.replace(found, is_protected=found.is_protected or is_known_protected)


def unreadable(error: Exception) -> Refused:
    """The refusal of a file that a reader broke down on; failures of our machine are raised again."""
    if isinstance(error, duckdb.IOException) or (
        isinstance(error, OSError) and error.errno in OURS
    ):
        raise error
    # The message of the error may quote a cell, so only its place is told.
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
    return Refused(
        f"读取程序无法处理该文件的内容（{place}）。", "请把文件另存一次再装载；仍不行请报告。"
    )


def interpreted(
    feed: Feed,
    copy: Path,
    sha256: str,
    envelope: Envelope,
    masker: Masker,
    scratch: Path,
    opened: Opened,
) -> Outcome:
    """What today's reader makes of the bytes; whatever is wrong with them becomes a refusal."""
    from ingestion.readers import read_opened
    from ingestion.readers.package import read_package
    from ingestion.readers.protection import misplaced
    from ingestion.readers.table import shown_sheet

    origin = Origin(sha256, envelope.file_name, envelope.received_at)
    try:
        if feed.reader in BULK_READERS:
            own = scratch / sha256
            own.mkdir()
            draft = own / f"{feed.token}.parquet"
            bulk = BULK_READERS[feed.reader](copy, feed, origin, masker, draft, own)
            part = Part(
                feed.token,
                parquet_name(feed.token, sha256),
                hashed(draft),
                bulk.read,
                bulk.good,
                bulk.rejected,
                dict(bulk.skipped),
                bulk.warnings,
            )
            return Outcome([(part, draft)])
        if feed.reader == "package":
            return Outcome([written(read_package(copy, feed, masker), origin, scratch)])
        name, received, sender = envelope.file_name, envelope.received_at, envelope.sender_unit
        readings = merged(read_opened(opened, feed, masker, name, received, sender))
        skipped = {sheet for reading in readings for sheet in reading.skipped_sheets}
        return Outcome(
            [written(reading, origin, scratch) for reading in readings],
            [form for reading in readings for form in reading.forms],
            sorted(shown_sheet(sheet, masker, opened.is_protected) for sheet in skipped),
        )
    except Refused as refusal:
        refusal = misplaced(feed, opened.grids) or refusal
        text = refusal.unquoted if opened.is_protected else str(refusal)
        return Outcome(refusal=masker.mask_text(text))
    except Exception as error:
        return Outcome(refusal=str(unreadable(error)))


def merged(readings: Iterable[Reading]) -> list[Reading]:
    """One reading a feed: several sheets of a workbook may carry the same."""
    by_feed: dict[str, Reading] = {}
    for reading in readings:
        whole = by_feed.setdefault(reading.feed.token, Reading(reading.feed))
        whole.rows += reading.rows
        whole.skipped += reading.skipped
        whole.forms += reading.forms
        whole.skipped_sheets += reading.skipped_sheets
    return list(by_feed.values())


def written(reading: Reading, origin: Origin, scratch: Path) -> tuple[Part, Path]:
    """The rows as a Parquet draft, and the counts that go into the record."""
    token = reading.feed.token
    draft = scratch / f"{origin.sha256}.{token}.parquet"
    content = parquet_bytes(reading.feed, reading.rows, origin)
    draft.write_bytes(content)
    rejected = sum(bool(row.reject_reasons) for row in reading.rows)
    part = Part(
        token,
        parquet_name(token, origin.sha256),
        hashlib.sha256(content).hexdigest(),
        len(reading.rows) + reading.skipped.total(),
        len(reading.rows) - rejected,
        rejected,
        dict(reading.skipped),
        sum(len(row.warnings) for row in reading.rows),
    )
    return part, draft


def record_of(
    feed: Feed,
    sha256: str,
    size: int,
    envelope: Envelope,
    outcome: Outcome,
    is_protected: bool,
) -> Record:
    """The record of a delivery that today's reader has read."""
    units = {form.reporting_unit_name for form in outcome.forms if form.reporting_unit_name}
    return Record(
        sha256=sha256,
        file_name=envelope.file_name,
        feed=feed.token,
        size_bytes=size,
        received_at=envelope.received_at,
        received_at_source=envelope.received_at_source,
        sender_name=envelope.sender_unit or (units.pop() if len(units) == 1 else None),
        loaded_at=now(),
        reader_version=reader_version(),
        outcome="refused" if outcome.refusal else "loaded",
        refusal_text=outcome.refusal,
        parts=[part for part, _ in outcome.parts],
        forms=outcome.forms,
        skipped_sheets=outcome.skipped_sheets,
        is_protected=is_protected,
    )


def as_loaded(path: Path, record: Record) -> LoadedFile:
    """The line of the closing table."""
    sums: Counter[str] = Counter()
    for part in record.parts:
        sums += Counter(
            read=part.read,
            good=part.good,
            rejected=part.rejected,
            skipped=sum(part.skipped.values()),
            warnings=part.warnings,
        )
    outcome, why = record.outcome, record.refusal_text
    return LoadedFile(
        path,
        record.file_name,
        record.feed,
        outcome,
        record.sha256,
        **sums,
        message=why,
        is_protected=record.is_protected,
    )


def known(
    home: Home, record: Record, feed: Feed, newest: dict[tuple[str, str], Record]
) -> str | None:
    """What to say of bytes that are in the raw zone already; null if there is nothing to add."""
    if feed.token not in {record.feed, *(part.feed for part in record.parts)}:
        title = FEEDS[record.feed].title if record.feed in FEEDS else record.feed
        return f"同样的内容已作为“{title}”装载过，没有再次装载。如种类有误，请先撤回。"
    events = read_withdrawals(home).get(record.sha256, ())
    if withdrawn_at(events, clock(home)):
        return f"该来件已撤回（{events[-1].reason}），不会再用。如需恢复请用 minewatch withdraw --undo。"
    later = newest.get((record.feed, Path(record.file_name).stem), record)
    if later.received_at <= record.received_at:
        return None
    return f"已装载过；{later.received_at:%Y-%m-%d %H:%M} 接收的同名文件更新，以更新的为准。"


def newest_deliveries(home: Home) -> dict[tuple[str, str], Record]:
    """The loaded delivery received last, by feed and stem of the file name."""
    found: dict[tuple[str, str], Record] = {}
    for record in sorted(read_records(home), key=lambda one: one.received_at):
        if record.outcome == "loaded":
            found[record.feed, Path(record.file_name).stem] = record
    return found


# What is known of a delivery besides its bytes


def read_sidecar(note: bytes | None, name: str) -> Envelope | None:
    """What the sidecar says, null without one or if it gives no time; SidecarError if unreadable."""
    if note is None:
        return None
    try:
        content = json.loads(note.decode("utf-8-sig"))
        received, sender = content.get("received_at"), content.get("sender_unit")
        if sender is not None and not isinstance(sender, str):
            raise ValueError("sender_unit")
        if received is None:
            return Envelope(name, datetime.min, "load", sender)
        moment = datetime.fromisoformat(received)
        if moment.tzinfo:
            moment = moment.astimezone(BEIJING).replace(tzinfo=None)
        if not 1949 <= moment.year <= 2099:
            raise ValueError("received_at")
        return Envelope(name, moment.replace(microsecond=0), "sidecar", sender)
    except (ValueError, TypeError, AttributeError) as error:
        raise SidecarError(note[:2000].decode("utf-8", "replace")) from error


def first_envelope(
    home: Home,
    arrival: Arrival,
    name: str,
    sidecar: Envelope | None,
    masker: Masker,
    unreadable_sidecar: str | None,
) -> Envelope:
    """Fix when these bytes were received, and keep what else is known of them beside the archive.

    The sidecar's time counts. Without one it is the moment at which any loader first saw the bytes.
    """
    path = home.archive / f"{arrival.sha256}{SIDECAR}"
    sender = masker.mask_text(sidecar.sender_unit) if sidecar and sidecar.sender_unit else None
    has_time = sidecar is not None and sidecar.received_at_source == "sidecar"
    envelope = Envelope(
        name,
        sidecar.received_at if sidecar and has_time else clock(home),
        "sidecar" if has_time else "load",
        sender,
    )
    if not has_time and (seen := kept_envelope(home, arrival.sha256)):
        source = seen.received_at_source
        envelope = Envelope(name, seen.received_at, source, sender or seen.sender_unit)
    note = masker.mask_text(unreadable_sidecar) if unreadable_sidecar else None
    if has_time or path.exists():
        write_envelope(home, arrival.sha256, envelope, arrival.feed, note)
        return envelope
    draft = draft_beside(path)
    draft.write_text(envelope_json(envelope, arrival.feed, note), encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        return kept_envelope(home, arrival.sha256) or envelope
    finally:
        draft.unlink()
    return envelope


def envelope_json(envelope: Envelope, feed: Feed, unreadable_sidecar: str | None) -> str:
    """What is kept beside the archived bytes."""
    content = dataclasses.asdict(envelope) | {
        "received_at": envelope.received_at.isoformat(),
        "feed": feed.token,
    }
    if unreadable_sidecar:
        content["unreadable_sidecar"] = unreadable_sidecar
    return json.dumps(content, ensure_ascii=False, indent=1)


def write_envelope(
    home: Home,
    sha256: str,
    envelope: Envelope,
    feed: Feed,
    unreadable_sidecar: str | None = None,
) -> None:
    """Replace what is kept beside the archived bytes."""
    path = home.archive / f"{sha256}{SIDECAR}"
    draft = draft_beside(path)
    draft.write_text(envelope_json(envelope, feed, unreadable_sidecar), encoding="utf-8")
    draft.replace(path)


def kept_envelope(home: Home, sha256: str) -> Envelope | None:
    """What was kept beside the archived bytes; null if nothing was, or a power cut spoilt it."""
    try:
        content = json.loads((home.archive / f"{sha256}{SIDECAR}").read_text(encoding="utf-8"))
        return Envelope(
            content["file_name"],
            datetime.fromisoformat(content["received_at"]),
            content["received_at_source"],
            content["sender_unit"],
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


# Withdrawing and reading again


UNCHANGED = "没有改动任何数据。"


def the_delivery(home: Home, sha_prefix: str) -> Record:
    """The delivery of which at least 8 digits are given; Refused if these name none or several."""
    prefix = sha_prefix.strip().lower()
    found = [record for record in read_records(home) if record.sha256.startswith(prefix)]
    if len(prefix) < 8 or len(found) != 1:
        what = f"指纹 {sha_prefix} 对应 {len(found)} 份来件。"
        raise Refused(what, "请给出 8 位以上、只对应一份来件的指纹。", UNCHANGED)
    return found[0]


def retrieve(home: Home, sha_prefix: str, target: Path) -> Record:
    """Write the bytes as delivered, decrypted, to a new file that only its owner can read.

    Raises Refused, or ArchiveError if the archived bytes cannot be had.
    """
    record = the_delivery(home, sha_prefix)
    if target.exists():
        raise Refused(f"{target} 已存在，没有覆盖。", "请换一个文件名。", UNCHANGED)
    with scratch_directory(home) as scratch:
        source = archive.plain_bytes(home, record.sha256, scratch)
        target.touch(mode=0o600, exist_ok=False)
        shutil.copyfile(source, target)
    return record


def withdraw(home: Home, sha_prefix: str, reason: str, undo: bool = False) -> Record:
    """Leave a dated tombstone for the delivery, or bring it back; nothing is deleted.

    The prefix has at least 8 digits and names exactly one loaded delivery. Raises Refused.
    """
    record = the_delivery(home, sha_prefix)
    events = read_withdrawals(home).get(record.sha256, [])
    is_withdrawn = bool(events) and not events[-1].is_undo
    if is_withdrawn is not undo:
        what = "该来件没有被撤回。" if undo else "该来件此前已撤回。"
        raise Refused(
            f"{record.file_name}（{record.sha256[:12]}）：{what}", "无需再做。", UNCHANGED
        )
    masker = Masker(home.masking_key())
    event = WithdrawalEvent(clock(home), masker.mask_text(reason), undo)
    write_withdrawal(home, record.sha256, [*events, event])
    return record


def reread(
    home: Home,
    feed: str | None = None,
    force: bool = False,
    on_progress: Progress | None = None,
) -> LoadResult:
    """Read archived deliveries again with today's reader; received times stay.

    Those are read whose record is of another reader version or whose raw file is missing or damaged;
    all of them with `force`. Changed rows get a file of their own name (`<sha256>.<hash>.parquet`), so
    that until the record is replaced the old record and the old file still belong together.
    """
    home.prepare()
    masker = Masker(home.masking_key())
    # Two of these at once would remove each other's new files as left over.
    with FileLock(home.root / "reread.lock"):
        due = [
            record
            for record in sorted(read_records(home), key=lambda one: (one.received_at, one.sha256))
            if (feed is None or feed == record.feed or feed in [part.feed for part in record.parts])
            and record.feed in FEEDS
            and (force or record.reader_version != reader_version() or not is_intact(home, record))
        ]
        files = []
        for done, record in enumerate(due):
            if on_progress:
                on_progress(record.file_name, done, len(due))
            files.append(reread_one(home, record, masker))
        remove_unnamed_files(home)
    if on_progress:
        on_progress("", len(due), len(due))
    return LoadResult(files)


def reread_one(home: Home, record: Record, masker: Masker) -> LoadedFile:
    """Read one archived delivery again and replace its record."""
    kept = kept_envelope(home, record.sha256)
    envelope = Envelope(
        record.file_name,
        record.received_at,
        record.received_at_source,
        kept.sender_unit if kept else None,
    )
    before = {part.feed: part for part in record.parts}
    with scratch_directory(home) as scratch:
        try:
            source = archive.plain_bytes(home, record.sha256, scratch)
        except ArchiveError as error:
            loaded = as_loaded(home.archive / record.sha256, record)
            return dataclasses.replace(loaded, outcome="refused", message=str(error))
        feed, sha256 = FEEDS[record.feed], record.sha256
        opened = opened_file(source, feed, record.file_name, masker, record.is_protected)
        is_protected = opened.is_protected
        is_new = is_protected and not record.is_protected
        name = masker.mask_file_name(record.file_name) if is_new else record.file_name
        envelope = dataclasses.replace(envelope, file_name=name)
        outcome = interpreted(feed, source, sha256, envelope, masker, scratch, opened)
        parts = []
        for part, draft in outcome.parts:
            file = part.file
            if old := before.get(part.feed):
                is_same = old.content_hash == part.content_hash
                file = old.file if is_same else parquet_name(part.feed, sha256, part)
            replace_durably(draft, raw_file(home, file, part.feed))
            parts.append((dataclasses.replace(part, file=file), draft))
        reached("reread:parquet_renamed")
        if is_new:
            # Before the record: killed here, the delivery is still due to be read again.
            write_envelope(home, sha256, envelope, feed)
            archived = archive.draft(home, source, sha256, is_protected, scratch)
            replace_durably(archived, home.archive / sha256)
        reached("reread:archived")
        outcome = dataclasses.replace(outcome, parts=parts)
        renewed = record_of(feed, sha256, record.size_bytes, envelope, outcome, is_protected)
        if not renewed.sender_name:
            renewed = dataclasses.replace(renewed, sender_name=record.sender_name)
        write_records(home, [renewed])
        reached("reread:recorded")
    for old in {part.file for part in record.parts} - {part.file for part in renewed.parts}:
        (home.root / old).unlink(missing_ok=True)
    reached("reread:old_removed")
    return as_loaded(Path(record.file_name), renewed)


def is_intact(home: Home, record: Record) -> bool:
    """Whether the raw files are those that the record was written for."""
    return all(
        (home.root / part.file).exists() and hashed(home.root / part.file) == part.content_hash
        for part in record.parts
    )


def remove_unnamed_files(home: Home) -> None:
    """Remove raw files of committed deliveries that their records do not name (a killed reread)."""
    named = {r.sha256: {p.file for p in r.parts} for r in read_records(home) if r.parts}
    for path in home.raw.glob("[!_]*/*.parquet"):
        sha256 = path.name.split(".")[0]
        if sha256 in named and str(path.relative_to(home.root)) not in named[sha256]:
            path.unlink()


# Files and time


def parquet_name(token: str, sha256: str, changed: Part | None = None) -> str:
    """The raw file of a delivery relative to the home; `changed` is what a reread made of it."""
    suffix = f".{changed.content_hash[:8]}" if changed else ""
    return f"raw/{token}/{sha256}{suffix}.parquet"


def raw_file(home: Home, file: str, token: str) -> Path:
    """Where a raw file goes; the folder of a protected feed is the operator's only."""
    target = home.root / file
    target.parent.mkdir(parents=True, exist_ok=True)
    if FEEDS[token].is_protected:
        target.parent.chmod(0o700)
    return target


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a delivery lies, if it has one."""
    return path.with_name(path.name + SIDECAR)


def is_in_inbox(home: Home, path: Path) -> bool:
    """Whether the file lies in the home's inbox, from which it is removed once committed."""
    return (path.parent.resolve() / path.name).is_relative_to(home.inbox.resolve())


def identity(path: Path) -> tuple[int, int, int] | None:
    """What changes when a sender writes to the file; null if it is gone."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns


def copy_and_hash(source: Path, target: Path) -> tuple[str, int]:
    """Copy the file; the SHA-256 and size are of exactly the bytes that were copied."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as original, target.open("wb") as copy, ThreadPoolExecutor(1) as pool:
        while chunk := original.read(CHUNK):
            # A short one is not worth a thread.
            is_long = len(chunk) == CHUNK
            hashing = pool.submit(digest.update, chunk) if is_long else digest.update(chunk)
            copy.write(chunk)
            size += len(chunk)
            if hashing:
                hashing.result()
    return digest.hexdigest(), size


@contextmanager
def synced_meanwhile(path: Path, size: int) -> Iterator[None]:
    """A big file is on its way to the disk already while it is read; small ones wait for each other."""
    with ThreadPoolExecutor(1) as pool:
        # Only the first to ask is told of a disk that failed, so the answer must be heard.
        syncing = pool.submit(sync, path) if size > SYNCED_EARLY_BYTES else None
        yield
    if syncing:
        syncing.result()


@contextmanager
def scratch_directory(home: Home) -> Iterator[Path]:
    """A directory for drafts on the home's disk, so that they can be renamed into place."""
    directory = home.root / "scratch" / uuid.uuid4().hex
    directory.mkdir(parents=True, mode=0o700)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def remove_stale_scratch(home: Home) -> None:
    """Remove drafts of loaders that were killed."""
    for directory in (home.root / "scratch").glob("*"):
        state = identity(directory)
        if state and time.time() - state[2] / 1e9 > SCRATCH_SECONDS:
            shutil.rmtree(directory, ignore_errors=True)


def now() -> datetime:
    """The present moment in Beijing, whole seconds."""
    return datetime.now(BEIJING).replace(tzinfo=None, microsecond=0)


def clock(home: Home) -> datetime:
    """The moment that counts in this home: a sample county lives at its own as-of time."""
    as_of = home.settings().as_of if home.settings_file.exists() else None
    return as_of or now()


@functools.cache
def reader_version() -> str:
    """Twelve hex digits over everything that decides what a file is read as."""
    digest = hashlib.sha256()
    for path in [*sorted(ROOT.glob("ingestion/**/*.py")), ROOT / "seeds" / "answer_variants.csv"]:
        if path.exists():
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
