"""From a draft to a locked report: written, signed step by step, locked with its version, bytes and hashes.

`draft/` holds a look at what would be written; nothing refers to it. `for_signing/` holds what is signed,
from a version that is pinned from then on; the last signature writes `locked/` with who signed, number and
day. The record is written after the files it names, so that a kill leaves the old state or the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from reports import ReportError, pdf
from reports.annexes import workbook_bytes
from reports.content import ZERO, content_of, figures_of
from reports.corrections import corrections, kept
from reports.document import Content, document_bytes
from reports.own_tables import own_table
from reports.periods import Period
from reports.recipients import Recipient, recipient_of
from reports.records import FOLDERS, Paper, Record, Step, read_record, report_folder, write_record
from reports.reproducible import sha256
from warehouse.files import write_all_atomically, write_atomically
from warehouse.settings import Home
from warehouse.steps import reached
from warehouse.versions import Version, current, named

SAMPLE = "样例数据_"
LOCK_STEPS = ("report:files", "report:record")


@dataclass(frozen=True)
class Written:
    """Files of a report, and what must be said about them."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]
    record: Record | None


def version_of(home: Home, version_id: str | None) -> Version:
    """The version named, else the current one; ReportError if there is none."""
    version = named(home, version_id) if version_id else current(home)
    if version is None:
        raise ReportError(
            f"没有已发布的版本 {version_id or ''}。没有写任何文件。请先运行 minewatch run，"
            "已有的版本见 versions/。"
        )
    return version


def made(content: Content, paper: Paper, recipient_code: str) -> tuple[dict[str, bytes], list[str]]:
    """The files of a report by name; and why the PDF is missing, where it is."""
    start = (SAMPLE if content.settings.is_sample else "") + content.title
    document = document_bytes(content, paper)
    files = {f"{start}.docx": document}
    filled = own_table(content, paper, recipient_code)
    if filled is not None:
        files[f"{start}（报送表）.xlsx"] = filled
    # Last of the office files: it traces every figure that the others have used.
    files[f"{start}（附表）.xlsx"] = workbook_bytes(content)
    notes = []
    try:
        files[f"{start}.pdf"] = pdf.pdf_bytes(document, content.title, content.figures.as_of_at)
    except ReportError as error:
        notes.append(str(error))
    return files, notes


def write(
    home: Home,
    period: Period,
    recipient_code: str,
    version_id: str | None = None,
    is_draft: bool = False,
    is_zero: bool = False,
) -> Written:
    """Write a report, or give back the locked one; a new text makes signatures on the old one void."""
    recipient = recipient_of(home.settings(), recipient_code)
    record = read_record(home, period, recipient_code)
    if record is not None and record.is_locked:
        if is_draft or (version_id and version_id != record.version_id):
            raise ReportError(
                f"{period.text} 的报告已锁定（版本 {record.version_id}），不再重写。没有写任何文件。"
                "以后的变化写入下一期报告的更正说明。"
            )
        return Written(verified(home, record), (), record)
    version = version_of(home, version_id)
    folder = report_folder(home, period, recipient_code)
    with figures_of(version, period) as figures:
        content = content_of(
            home, recipient, figures, corrections(home, recipient_code, period, version), is_zero
        )
        files, notes = made(content, Paper(is_draft=is_draft), recipient_code)
        if is_draft:
            placed = store(folder / FOLDERS["draft"], files)
            return Written(placed, tuple(notes), None)
        fresh = recorded(recipient, content, version, files)
    if record is not None and record.files == fresh.files:
        fresh = replace(fresh, steps=record.steps)
    elif record is not None and record.steps:
        notes.append("内容与已审签的不同，原有审签作废，请重新审签。")
    version.pin(fresh.holder)
    placed = store(folder / FOLDERS["signing"], files)
    reached(LOCK_STEPS[0])
    write_record(home, fresh)
    reached(LOCK_STEPS[1])
    if record is not None and record.version_id != version.id:
        release(home, record)
    return Written(placed, tuple(notes), fresh)


def release(home: Home, record: Record) -> None:
    """The version of a record that is no more may go, unless somebody else keeps it."""
    old = named(home, record.version_id)
    if old is not None:
        old.release(record.holder)


def store(folder: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Write the files and leave no others in their folder."""
    write_all_atomically({folder / name: content for name, content in files.items()})
    for path in folder.iterdir():
        if path.is_file() and path.name not in files:
            path.unlink()
    return tuple(folder / name for name in files)


def recorded(
    recipient: Recipient, content: Content, version: Version, files: dict[str, bytes]
) -> Record:
    """The record of files just made."""
    return Record(
        period=content.figures.period.text,
        recipient=recipient.code,
        form=content.form,
        version_id=version.id,
        as_of_at=content.figures.as_of_at.isoformat(),
        title=content.title,
        files={name: sha256(data) for name, data in files.items()},
        figures=kept(content.figures),
        corrections=list(content.corrections),
    )


def verified(home: Home, record: Record) -> tuple[Path, ...]:
    """The files of a record; ReportError if one is missing or not the one that was recorded."""
    folder = report_folder(home, record.about, record.recipient) / record.folder
    for name, wanted in record.files.items():
        path = folder / name
        if not path.exists() or sha256(path.read_bytes()) != wanted:
            raise ReportError(
                f"{path} 缺失或与记录的指纹不符。没有改动任何文件。"
                + (
                    "请从备份恢复。"
                    if record.is_locked
                    else "请重新运行 minewatch report 生成送审稿。"
                )
            )
    return tuple(folder / name for name in record.files)


def existing(home: Home, period: Period, recipient_code: str) -> Record:
    """The record of a report; ReportError if it was never written."""
    record = read_record(home, period, recipient_code)
    if record is None:
        raise ReportError(
            f"还没有 {period.text} 的报告。没有改动任何文件。"
            f"请先运行 minewatch report {period.text} --to {recipient_code}。"
        )
    return record


def sign(
    home: Home,
    period: Period,
    recipient_code: str,
    step: str,
    position: str,
    at: datetime,
    paper: Paper | None = None,
) -> Written:
    """One more signature; the last one locks the report with what is typed onto its paper."""
    record = existing(home, period, recipient_code)
    if record.is_locked:
        raise ReportError(f"{period.text} 的报告已锁定，不能再审签。没有改动任何文件。")
    wanted = record.next_step
    if step != wanted:
        raise ReportError(f"现在应由{wanted}审签，不是{step}。没有改动任何文件。")
    if not position.strip():
        raise ReportError("没有写明职务。没有改动任何文件。请写职务，不写姓名。")
    verified(home, record)
    signed = replace(
        record,
        steps=[*record.steps, Step(step, position.strip(), at.isoformat(timespec="seconds"))],
    )
    if not signed.is_locked:
        write_record(home, signed)
        return Written(verified(home, signed), (), signed)
    return lock(home, record, signed, paper or Paper())


def lock(home: Home, record: Record, signed: Record, paper: Paper) -> Written:
    """Write the final files from the pinned version and record them."""
    version = version_of(home, record.version_id)
    if record.form == "report" and not (paper.signer or "").strip():
        raise ReportError(
            "上行文须有签发人。没有改动任何文件。请用 --signer 写明签发人姓名（只写入本文件和签发记录）。"
        )
    if paper.signed_on is None:
        raise ReportError("没有成文日期。没有改动任何文件。请用 --date 写明，如 2022-12-05。")
    with figures_of(version, record.about) as figures:
        if not figures.is_over:
            raise ReportError(
                f"{record.about.name}在数据截至时（{figures.as_of_at:%Y-%m-%d}）尚未结束，不能签发。"
                "没有改动任何文件。请在期满并 minewatch run 之后重新生成。"
            )
        content = content_of(
            home,
            recipient_of(home.settings(), record.recipient),
            figures,
            tuple(record.corrections),
            record.form == ZERO,
        )
        files, notes = made(content, paper, record.recipient)
        if kept(figures) != record.figures:
            raise ReportError(
                "程序或口径在送审后有变，数字与审签的不同。没有改动任何文件。"
                "请重新运行 minewatch report 生成送审稿并重新审签。"
            )
    final = replace(
        signed,
        number=paper.number,
        signer=paper.signer,
        signed_on=paper.signed_on.isoformat(),
        files={name: sha256(data) for name, data in files.items()},
    )
    folder = report_folder(home, record.about, record.recipient)
    placed = store(folder / FOLDERS["locked"], files)
    reached(LOCK_STEPS[0])
    write_record(home, final)
    reached(LOCK_STEPS[1])
    return Written(placed, tuple(notes), final)


def attach(home: Home, period: Period, recipient_code: str, scan: Path) -> Record:
    """Keep a scan of the signed paper beside the locked report, with its hash."""
    record = existing(home, period, recipient_code)
    if not record.is_locked:
        raise ReportError(f"{period.text} 的报告还没有锁定，不能附扫描件。没有改动任何文件。")
    try:
        content = scan.read_bytes()
    except OSError as error:
        raise ReportError(f"{scan} 无法读取（{error}）。没有改动任何文件。") from error
    if scan.name in record.scans and record.scans[scan.name] != sha256(content):
        raise ReportError(
            f"已有同名而内容不同的扫描件 {scan.name}。没有改动任何文件。请改名后再附。"
        )
    folder = report_folder(home, period, recipient_code) / "scans"
    write_atomically(folder / scan.name, content)
    extended = replace(record, scans=record.scans | {scan.name: sha256(content)})
    write_record(home, extended)
    return extended


def today(paper_date: str | None, at: datetime) -> date:
    """The day typed, else the day of signing; ReportError if it is none."""
    try:
        return date.fromisoformat(paper_date) if paper_date else at.date()
    except ValueError as error:
        raise ReportError(
            f"{paper_date} 不是日期；写法如 2022-12-05。没有改动任何文件。"
        ) from error
