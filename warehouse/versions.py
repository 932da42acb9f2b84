"""Published versions: one immutable file each, and the link that names the current one.

Readers resolve the link, open that file and keep it until they ask again; nothing ever replaces a file
under a name that a reader may hold open (the reader would go on seeing the old data, or worse).
"""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from warehouse.files import sync, write_atomically
from warehouse.settings import Home
from warehouse.steps import reached

DATABASE = "minewatch.duckdb"
PINNED = "pinned"
KEPT_VERSIONS = 10
PUBLISH_STEPS = ("publish:synced", "publish:moved", "publish:linked")


@dataclass(frozen=True)
class Version:
    """One published version."""

    id: str
    directory: Path

    @property
    def database(self) -> Path:
        """The DuckDB file; its name never changes, for its stem is the catalogue's name."""
        return self.directory / DATABASE

    @property
    def is_pinned(self) -> bool:
        """Kept: a report that is under way or signed refers to it, or somebody put the file there."""
        return (self.directory / PINNED).exists()

    def pin(self, holder: str) -> None:
        """Keep this version for as long as that holder needs it."""
        write_atomically(self.directory / PINNED, lines(self.holders() | {holder}))

    def release(self, holder: str) -> None:
        """That holder needs it no longer; it may be pruned once nobody does."""
        if holder not in (held := self.holders()):
            return
        if left := held - {holder}:
            write_atomically(self.directory / PINNED, lines(left))
        else:
            (self.directory / PINNED).unlink()

    def holders(self) -> set[str]:
        """Who needs this version; an empty file `pinned` was put there by somebody."""
        try:
            return set((self.directory / PINNED).read_text(encoding="utf-8").split()) or {
                "somebody"
            }
        except FileNotFoundError:
            return set()


def lines(holders: set[str]) -> bytes:
    """The file `pinned`: one holder a line."""
    return "".join(f"{holder}\n" for holder in sorted(holders)).encode()


def named(home: Home, version_id: str) -> Version | None:
    """The published version of that id; None if it was pruned or never existed."""
    directory = home.versions / version_id
    return Version(version_id, directory.resolve()) if directory.is_dir() else None


def current(home: Home) -> Version | None:
    """The version that readers should open now; None before the first publishing."""
    try:
        directory = home.current.resolve(strict=True)
    except FileNotFoundError:
        return None
    return Version(directory.name, directory)


def published(home: Home) -> list[Version]:
    """All versions on disk, oldest first."""
    if not home.versions.exists():
        return []
    return [
        Version(directory.name, directory)
        for directory in sorted(home.versions.iterdir())
        if directory.is_dir()
    ]


def sync_files(directory: Path) -> None:
    """Every file of a finished candidate reaches the disk before its name says published."""
    for file in directory.iterdir():
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync(directory)


def publish(home: Home, candidate: Path) -> Version:
    """Move a finished, closed candidate among the versions and make it the current one.

    Safe to repeat after a kill: a candidate that was moved but not linked is only linked.
    """
    directory = home.versions / candidate.name
    if not directory.exists():
        sync_files(candidate)
        reached("publish:synced")
        candidate.rename(directory)
        sync(home.versions)
    reached("publish:moved")
    point_to(home, directory)
    reached("publish:linked")
    return Version(directory.name, directory)


def point_to(home: Home, directory: Path) -> None:
    """Move the link `current`; a reader sees the old version or the new one, never none."""
    draft = home.root / f".current.{uuid.uuid4().hex[:8]}.part"
    draft.symlink_to(directory.relative_to(home.root))
    draft.replace(home.current)
    sync(home.root)


def prune(home: Home, keep: int = KEPT_VERSIONS) -> list[str]:
    """Delete the oldest versions beyond `keep`; never the current one or a pinned one."""
    now = current(home)
    loose = [
        version
        for version in published(home)
        if not version.is_pinned and (now is None or version.id != now.id)
    ]
    doomed = loose[: max(0, len(loose) - (keep - 1))]
    for version in doomed:
        shutil.rmtree(version.directory)
    return [version.id for version in doomed]
