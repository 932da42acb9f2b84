"""Writing so that a kill at any moment leaves either the old file or the whole new one."""

from __future__ import annotations

import os
import secrets
import uuid
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Files synced at once: the disk commits together what waits for it together.
SYNCED_AT_ONCE = 16


def sync(path: Path) -> None:
    """Wait until the file, or the renames inside the directory, would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(paths: Iterable[Path]) -> None:
    """`sync` each of them once, side by side."""
    waiting = dict.fromkeys(paths)
    with ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:
        for _ in pool.map(sync, waiting):
            pass


def replace_durably(draft: Path, target: Path) -> None:
    """Move a finished draft to its name: file first, then directory, reach the disk."""
    sync(draft)
    draft.replace(target)
    sync(target.parent)


def draft_beside(target: Path) -> Path:
    """A name on the same disk for a file that is not finished; `*.part` is never a delivery."""
    return target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")


def write_atomically(target: Path, content: bytes) -> None:
    """Write all of the content under that name, or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_beside(target)
    draft.write_bytes(content)
    replace_durably(draft, target)


def write_all_atomically(contents: Mapping[Path, bytes]) -> None:
    """Write each content under its name, whole or not at all; all are on disk when this returns."""
    drafts = {}
    for target, content in contents.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        drafts[target] = draft_beside(target)
        drafts[target].write_bytes(content)
    sync_all(drafts.values())
    for target, draft in drafts.items():
        draft.replace(target)
    sync_all(target.parent for target in drafts)


def make_secret(path: Path) -> None:
    """A random key that only the owner may read; nothing happens if there is one.

    Linked into place when complete: two that start at once must end with one and the same key.
    """
    if path.exists():
        return
    draft = draft_beside(path)
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def append_line(path: Path, line: str) -> None:
    """Add one line in one write, so that lines of two writers never mix; only the owner may read it."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode() + b"\n")
    finally:
        os.close(handle)
