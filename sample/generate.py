"""The sample county's half year, written into a home."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sample.ledgers import mondays, write_ledgers
from sample.outbox import Outbox, Summary
from sample.power import write_power
from sample.registers import write_registers
from sample.world import BUREAU, PACK, World, build_world
from warehouse.settings import Home, SettingsError

Progress = Callable[[str, int, int], None]
PACK_FEEDS = ("townships", "villages", "units", "boundary")
PACK_RECEIVED = datetime(2022, 6, 20)
AS_OF = re.compile(r'(?m)^as_of = "([^"]+)"$')


def generate(
    home: Home,
    seed: int,
    first_month: date,
    last_month: date,
    meters: int,
    on_progress: Progress | None = None,
) -> Summary:
    """Write the pack, the settings and all deliveries of these months into the home's inbox.

    Any day names its month. `on_progress` is told (what, done, total). The same arguments give the
    same bytes; existing files of the same names are replaced. Raises SettingsError for a home that is
    a real county's, before anything is written.
    """
    if home.settings_file.exists() and not home.settings().is_sample:
        raise SettingsError(
            f"{home.root} 是真实县的数据目录，不能写入样例数据。没有改动任何数据。"
            "请用 --home 指定另一个目录。"
        )
    first = first_month.replace(day=1)
    last = last_month.replace(day=calendar.monthrange(last_month.year, last_month.month)[1])
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(settings_text(first, last), encoding="utf-8")
    outbox = Outbox(home)
    world = build_world(seed, meters)
    for name in PACK_FEEDS:
        content = (PACK / f"{name}.csv").read_bytes()
        rows = content.count(b"\n") - 1
        truth = {"rows_good": rows, "rows_rejected": 0, "rows_skipped": {}}
        outbox.deliver(name, f"{name}.csv", content, PACK_RECEIVED, BUREAU, **truth)
    write_registers(outbox, world, last)
    steps: list[Iterator[str]] = [
        write_ledgers(outbox, world, first, last),
        write_power(outbox, world, first, last),
    ]
    # One step a day of load curves, and one a week and township of ledgers.
    total = (last - first).days + 1 + len(list(mondays(first, last))) * len(world.townships)
    for done, what in enumerate(itertools.chain(*steps), start=1):
        if on_progress:
            on_progress(what, done, total)
    write_world(outbox, world)
    return outbox.close()


def settings_text(first: date, last: date) -> str:
    """The pack's settings; months beyond its as-of get one of their own, or nothing could be seen."""
    text = (PACK / "settings.toml").read_text(encoding="utf-8")
    (as_of,) = AS_OF.findall(text)
    if datetime.fromisoformat(as_of).date() < first:
        moment = datetime.combine(last.replace(day=10), datetime.fromisoformat(as_of).time())
        text = AS_OF.sub(f'as_of = "{moment.isoformat()}"', text)
    return text


def write_world(outbox: Outbox, world: World) -> None:
    """The truth about sites, meters and episodes."""
    outbox.write_truth("sites", [plain(site) for site in world.sites])
    outbox.write_truth("meters", [plain(meter) for meter in world.meters])
    outbox.write_truth("episodes", [plain(episode) for episode in world.episodes])


def plain(thing: Any) -> dict[str, Any]:
    """A part of the world as plain values; places by their code, sites and meters by their id."""
    values = {}
    for name in (field.name for field in fields(thing)):
        value = getattr(thing, name)
        if name in ("township", "village"):
            values[f"{name}_code"] = value.code
        elif name in ("site", "meter"):
            values[f"{name}_id"] = value.id if value else None
        else:
            values[name] = value
    return values
