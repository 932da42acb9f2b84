"""Files dropped in the browser go the way of all files: into the inbox, then through `minewatch load`.

A file that brings a reader down leaves the pages up. No Streamlit.
"""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboards.command import minewatch
from warehouse.settings import Home

# A county's largest file, a month of load curves, takes a few seconds.
LOAD_SECONDS = 600


class IntakeError(Exception):
    """The loader itself failed; the message says in what state the files are and what to do."""


@dataclass(frozen=True)
class Taken:
    """What became of one dropped file: the loader's line, and the receipt if it lies in the raw zone."""

    name: str
    outcome: str
    message: str | None
    receipt: dict[str, Any] | None


def take(
    home: Home, feed: str, sender: str | None, files: Mapping[str, bytes], now: datetime
) -> list[Taken]:
    """Put the files into the inbox and load them; IntakeError if the loader could not run.

    Each lot has a folder of its own, so that a file of the same name that waits there is not replaced.
    """
    folder = home.inbox / feed / uuid.uuid4().hex
    folder.mkdir(parents=True)
    for name, content in files.items():
        # A browser names a file without folders; nothing else may lead out of this one.
        path = folder / Path(name).name
        if sender:
            note = {"received_at": now.isoformat(), "sender_unit": sender}
            path.with_name(f"{path.name}.meta.json").write_text(
                json.dumps(note, ensure_ascii=False), encoding="utf-8"
            )
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.rename(path)
    loaded = told(home, "load", "--feed", feed, "--json", str(folder))
    known = [one["sha256"] for one in loaded if one["sha256"] and one["outcome"] != "refused"]
    receipts = told(home, "receipt", "--json", *known) if known else []
    by_sha = {one["sha256"]: one for one in receipts}
    remove_if_empty(folder)
    return [
        Taken(one["name"], one["outcome"], one["message"], by_sha.get(one["sha256"]))
        for one in loaded
    ]


def told(home: Home, *arguments: str) -> list[dict[str, Any]]:
    """What the command prints as JSON; code 3 means that some file was refused, which it tells."""
    try:
        done = minewatch(home, *arguments, seconds=LOAD_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise IntakeError(waiting("装载超时")) from error
    if done.returncode not in (0, 3):
        raise IntakeError(waiting("装载程序出错"))
    return json.loads(done.stdout)


def waiting(what: str) -> str:
    """A failure of ours: the files wait in the inbox and the next load takes them."""
    return f"{what}。文件已在收件箱，没有丢失；下次运行 minewatch run 时会再读。请通知系统管理员查看日志。"


def remove_if_empty(folder: Path) -> None:
    """The lot's folder goes once the loader has taken everything out of it."""
    if not any(folder.iterdir()):
        folder.rmdir()
