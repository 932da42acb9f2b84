"""A county's pack, delivered into a home: settings, and its own reference feeds through the inbox."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

from ingestion.feeds import FEEDS
from warehouse.errors import MinewatchError
from warehouse.files import write_atomically
from warehouse.settings import ROOT, Home

COUNTIES = ROOT / "counties"


class PackError(MinewatchError):
    """The pack cannot be delivered; the message says why and what to do."""


def pack_directory(name: str) -> Path:
    """The pack of that name under `counties/`, or the directory of that path."""
    for directory in (COUNTIES / name, Path(name)):
        if (directory / "settings.toml").exists():
            return directory
    known = "、".join(sorted(path.parent.name for path in COUNTIES.glob("*/settings.toml")))
    raise PackError(
        f"没有名为 {name} 的县级资料包。没有改动任何数据。"
        f"请用 --county 指定其中之一：{known}；或给出含 settings.toml 的目录。"
    )


def deliver_pack(home: Home, pack: Path) -> list[Path]:
    """Copy the pack's settings into the home and its files into the inbox; returns the files.

    An existing settings.toml is kept: the county may have edited it.
    """
    home.prepare()
    settings = tomllib.loads((pack / "settings.toml").read_text(encoding="utf-8"))
    received_at = settings.get("pack", {}).get("received_at")
    if not home.settings_file.exists():
        shutil.copyfile(pack / "settings.toml", home.settings_file)
    delivered = []
    for file in sorted(pack.glob("*.csv")):
        if file.stem not in FEEDS:
            raise PackError(f"{file} 的文件名不是任何一种数据的代码。没有投递。请改名后再运行。")
        target = home.inbox / file.stem / file.name
        if received_at:
            note = json.dumps({"received_at": str(received_at)}).encode()
            write_atomically(target.with_name(target.name + ".meta.json"), note)
        write_atomically(target, file.read_bytes())
        delivered.append(target)
    return delivered
