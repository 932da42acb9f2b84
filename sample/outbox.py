"""Where deliveries go, and the truth about them, which no loader ever sees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.settings import Home


@dataclass(frozen=True)
class Summary:
    """What was generated: deliveries (sidecars not counted) and their bytes, by feed."""

    file_count: int
    byte_count: int
    file_counts: dict[str, int]


class Outbox:
    """Writes deliveries with their sidecars into the inbox, and keeps the truth for `truth/`."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.names: set[str] = set()
        self.sizes: dict[str, list[int]] = {}
        self.deliveries: list[dict[str, Any]] = []
        self.dirt: list[dict[str, Any]] = []
        self.traces: dict[str, dict[str, list[dict[str, Any]]]] = {}

    def deliver(
        self, feed: str, name: str, content: bytes, received_at: datetime, sender: str, **truth: Any
    ) -> str:
        """Write one file under `inbox/<feed>/`; `truth` is what a loader should find in it.

        Returns the delivery's name in the truth files: its path below the inbox.
        """
        target = self.home.inbox / feed / name
        file = f"{feed}/{name}"
        if file in self.names:
            raise ValueError(f"two deliveries are named {file}")
        self.names.add(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        note = {"received_at": received_at.isoformat(), "sender_unit": sender}
        sidecar = target.with_name(target.name + ".meta.json")
        sidecar.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        target.write_bytes(content)
        self.sizes.setdefault(feed, []).append(len(content))
        self.deliveries.append({"file": file, **note, **truth})
        return file

    def note_dirt(self, kind: str, file: str, **where: Any) -> None:
        """Remember one planted fault: its kind, its file, and where in it (sheet, row, as written)."""
        self.dirt.append({"kind": kind, "file": file, **where})

    def note_trace(self, cause: str, feed: str, file: str, **where: Any) -> None:
        """Remember where an episode or a decoy shows: feed, file, and what tells the row in it."""
        self.traces.setdefault(cause, {}).setdefault(feed, []).append({"file": file, **where})

    def write_truth(self, name: str, content: Any) -> None:
        """Write `truth/<name>.json`."""
        target = self.home.root / "truth" / f"{name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
        target.write_text(text + "\n", encoding="utf-8")

    def close(self) -> Summary:
        """Write what was collected; says how much was delivered."""
        self.write_truth("deliveries", self.deliveries)
        self.write_truth("dirt", self.dirt)
        counts = {feed: len(sizes) for feed, sizes in self.sizes.items()}
        size = sum(sum(sizes) for sizes in self.sizes.values())
        return Summary(sum(counts.values()), size, counts)
