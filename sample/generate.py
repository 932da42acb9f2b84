"""The sample county's half year, written into a home."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sample.build import build_world
from sample.camera_lists import FIRST_LIST, write_cameras
from sample.camera_status import StatusOffice, Uptime
from sample.case_files import CaseOffice
from sample.cases import CaseBook
from sample.clue_files import ClueOffice
from sample.clues import ClueBook
from sample.desk import Desk
from sample.episodes import half_years
from sample.ledgers import write_ledgers
from sample.lists import month_end, months
from sample.outbox import Outbox, Summary
from sample.power import days, write_power
from sample.power_company import FIRST_EXPORT, AlertList, write_users
from sample.registers import write_registers
from sample.returns import write_month, write_standing
from sample.rounds import mondays
from sample.verifications import VerificationOffice
from sample.video import Watch
from sample.video_files import VideoOffice
from sample.world import BUREAU, DAY, PACK, World
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
    world = build_world(seed, meters, first, last)
    for name in PACK_FEEDS:
        content = (PACK / f"{name}.csv").read_bytes()
        rows = content.count(b"\n") - 1
        truth = {"rows_good": rows, "rows_rejected": 0, "rows_skipped": {}}
        outbox.deliver(name, f"{name}.csv", content, PACK_RECEIVED, BUREAU, **truth)
    write_registers(outbox, world, last)
    write_cameras(outbox, world, FIRST_LIST)
    write_users(outbox, world, FIRST_EXPORT)
    steps: list[Iterator[str]] = [
        write_ledgers(outbox, world, first, last),
        write_power(outbox, world, first, last),
        write_signals(outbox, world, first, last),
    ]
    # A step a day of load curves and one of video events, one a week and township of ledgers, one a
    # week and one a month of lists.
    weeks = len(list(mondays(first, last)))
    total = 2 * ((last - first).days + 1) + weeks * (len(world.townships) + 1)
    total += len(list(months(first, last)))
    for done, what in enumerate(itertools.chain(*steps), start=1):
        if on_progress:
            on_progress(what, done, total)
    write_world(outbox, world, first, last)
    return outbox.close()


def write_signals(outbox: Outbox, world: World, first: date, last: date) -> Iterator[str]:
    """Write what cameras, citizens, the power company and case registers say, in the order of time."""
    clues = ClueBook(world)
    cases = CaseBook(world, clues, list(half_years(first, last)))
    uptime = Uptime(world)
    watch = Watch(world, uptime)
    video, status = VideoOffice(outbox, world, watch), StatusOffice(outbox, world, uptime)
    verifications = VerificationOffice(outbox, world, watch, cases)
    alerts = AlertList(outbox, world)
    clue_office = ClueOffice(outbox, world, clues, cases)
    case_office = CaseOffice(outbox, world, cases)
    desk = Desk(outbox, world, clues, cases)
    write_standing(desk, last)
    weeks = {monday + 6 * DAY: monday for monday in mondays(first, last)}
    for day in days(first, last):
        video.write_day(day)
        yield f"视频事件 {day}"
        if day in weeks:
            monday = weeks[day]
            video.write_week(monday)
            status.write_week(monday)
            verifications.write_week(monday)
            alerts.write(day)
            clue_office.write_week(day)
            yield f"周报清单 {day}"
        if day == month_end(day):
            write_cameras(outbox, world, day)
            write_users(outbox, world, day)
            clue_office.write_month(day)
            case_office.write_month(day)
            write_month(desk, day)
            yield f"月报清单 {day:%Y-%m}"
    outbox.write_truth("clues", list(clue_office.truth.values()))
    outbox.write_truth("cases", list(case_office.truth.values()))
    outbox.write_truth("duties", desk.truth())


def settings_text(first: date, last: date) -> str:
    """The pack's settings; months beyond its as-of get one of their own, or nothing could be seen."""
    text = (PACK / "settings.toml").read_text(encoding="utf-8")
    (as_of,) = AS_OF.findall(text)
    if datetime.fromisoformat(as_of).date() < first:
        moment = datetime.combine(last.replace(day=10), datetime.fromisoformat(as_of).time())
        text = AS_OF.sub(f'as_of = "{moment.isoformat()}"', text)
    return text


def write_world(outbox: Outbox, world: World, first: date, last: date) -> None:
    """The truth about the county, and about what went on in these months with all its traces.

    What went on before them and is still spoken of in them (a case, a clue) is there too, marked as not
    whole: its other traces lie in deliveries that were not made.
    """
    outbox.write_truth("sites", [plain(site) for site in world.sites])
    outbox.write_truth("meters", [plain(meter) for meter in world.meters])
    outbox.write_truth("cameras", [plain(camera) for camera in world.cameras])
    for name, things in (("episodes", world.episodes), ("decoys", world.decoys)):
        told = []
        for thing in things:
            traces = outbox.traces.get(thing.id, {})
            if traces or (thing.first <= last and first <= thing.last):
                span = {"first": thing.first, "last": thing.last}
                is_whole = first <= thing.first and thing.last <= last
                told.append(plain(thing) | span | {"is_whole": is_whole, "traces": traces})
        outbox.write_truth(name, told)


def plain(thing: Any) -> Any:
    """A part of the world as plain values; places by their code, sites, meters and cameras by their id."""
    values = {}
    for name in (field.name for field in fields(thing)):
        value = getattr(thing, name)
        if name in ("township", "village"):
            values[f"{name}_code"] = value.code
        elif name in ("site", "meter"):
            values[f"{name}_id"] = value.id if value else None
        elif name in ("meters", "cameras"):
            values[f"{name[:-1]}_ids"] = [each.id for each in value]
        elif name in ("place", "discovery"):
            values[name] = plain(value) if value else None
        else:
            values[name] = value
    return values
