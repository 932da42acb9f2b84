"""Writing so that a kill at any moment leaves either the old file or the whole new one."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def sync_directory(directory: Path) -> None:
    """Make renames inside the directory survive a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_durably(draft: Path, target: Path) -> None:
    """Move a finished draft to its name: file first, then directory, reach the disk."""
    handle = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(target)
    sync_directory(target.parent)


def draft_beside(target: Path) -> Path:
    """A name on the same disk for a file that is not finished; `*.part` is never a delivery."""
    return target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")


def write_atomically(target: Path, content: bytes) -> None:
    """Write all of the content under that name, or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_beside(target)
    draft.write_bytes(content)
    replace_durably(draft, target)
