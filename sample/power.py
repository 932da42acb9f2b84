"""`power_readings`: daily load curves as the power company's system exports them.

Ordinary users have the shape of their kind; users at abandoned sites draw almost nothing and suspended
ones read 0, which is not the same as a missing point, unless somebody digs with their power. Harvest,
irrigation, holidays and power cuts shape the curves of honest users.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from sample.accounts import SUPPLY_STOPPED, stopped_on
from sample.outbox import Outbox
from sample.world import DAY, POWER_COMPANY, Decoy, Episode, Meter, World
from sample.writers import gz_bytes

FEED = "power_readings"
POINTS = 96
NIGHT = [*range(0, 24), *range(88, POINTS)]  # 22:00 to 06:00
WORKING_HOURS = slice(30, 74)
OUTAGE = slice(28, 78)

# Mean load by hour of the day, 1.0 on average, then the spread of one reading.
SHAPES = {
    "household": ("5 4 4 4 4 5 8 12 10 8 8 11 13 9 7 7 8 12 18 21 20 16 11 7", 0.35),
    "shop": ("3 3 3 3 3 3 4 8 13 16 16 16 16 16 16 16 16 17 18 17 14 9 5 3", 0.15),
    "farm": ("9 8 8 8 9 11 13 12 10 9 9 10 10 9 9 9 10 12 13 12 11 10 10 9", 0.15),
    "pump": ("0 0 0 0 0 6 18 22 22 22 22 18 8 8 18 22 22 18 8 0 0 0 0 0", 0.10),
    "factory": ("2 2 2 2 2 3 6 15 21 22 22 19 16 20 22 22 21 16 8 4 3 2 2 2", 0.12),
    "mine": ("10 10 10 10 10 10 9 9 10 10 10 10 9 10 10 10 10 10 9 10 10 10 10 10", 0.08),
    "closed": ("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", 0.0),
    "suspended": ("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", 0.0),
    "abandoned": ("1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", 0.20),
    "project": ("1 1 1 1 1 1 4 10 14 14 14 12 8 12 14 14 14 10 5 3 2 1 1 1", 0.15),
}
SHAPES["cover_farm"] = SHAPES["farm"]
# Decoys that shape a curve.
SHOWING = {
    *("harvest", "irrigation", "mine_maintenance", "feeder_outage", "holiday"),
    *("new_shop", "honest_pause"),
}
# Months in which a pump waters fields.
IRRIGATION = {4, 5, 6, 7, 8, 9}


@dataclass(frozen=True)
class Export:
    """How the system exports a month: it was reconfigured again and again."""

    meter_header: str = "cust_no"
    date_header: str = "data_date"
    type_header: str | None = "data_type"
    factor_header: str | None = None
    points: str = "p"
    date_format: str = "%Y-%m-%d"
    encoding: str = "utf-8"
    suffix: str = "csv"
    blank: str = ""


# By month of the year, again and again.
EXPORTS = (
    Export(points="P", suffix="csv.gz", type_header=None),
    Export(),
    Export(points="T", factor_header="t_factor", type_header=None),
    Export("户号", "数据日期", "数据类型", points="P", encoding="gb18030", date_format="%Y/%m/%d"),
    Export(suffix="csv.gz", date_format="%Y%m%d"),
    Export("用户编号", "数据日期", None, points=":", encoding="utf-8-sig", blank="NULL"),
)


def export_of(day: date) -> Export:
    """The format of that day's month."""
    return EXPORTS[day.month % 6]


def point_headers(style: str) -> list[str]:
    """The 96 headers of the points."""
    times = [f"{minute // 60:02}{minute % 60:02}" for minute in range(0, 24 * 60, 15)]
    if style == "T":
        return [f"T{text}" for text in times]
    if style == ":":
        return [f"{text[:2]}:{text[2:]}" for text in times]
    return [f"{style}{number}" for number in range(1, POINTS + 1)]


def shape(kind: str) -> np.ndarray:
    """Mean load of the 96 points, 1.0 on average (0 for users that draw nothing)."""
    hours = np.array([float(text) for text in SHAPES[kind][0].split()])
    points = np.repeat(hours, 4)
    # Between the hours the load changes gradually.
    points = (np.roll(points, 1) + points + np.roll(points, -1)) / 3
    return points / points.mean() if points.any() else points


class Loads:
    """What every meter draws on any day, in thousandths of a kW; -1 is a point not collected."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.meters = world.meters
        kinds = [meter.kind for meter in world.meters]
        self.base = np.array([shape(kind) for kind in kinds])
        self.base *= np.array([[meter.level_kw] for meter in world.meters])
        self.spread = np.array([[SHAPES[kind][1]] for kind in kinds])
        self.is_working = np.array([[kind in ("factory", "shop")] for kind in kinds])
        self.is_pump = np.array([[kind == "pump"] for kind in kinds])
        # What is dug by the light of each day's lamps, from the evening or until the morning.
        self.digging: dict[date, list[Episode]] = {}
        self.stopped: dict[int, list[date]] = {}
        for episode in world.episodes:
            if episode.meter is None:
                continue
            for day in sorted({*episode.nights, *(night + DAY for night in episode.nights)}):
                self.digging.setdefault(day, []).append(episode)
            if stopped := stopped_on(episode):
                self.stopped.setdefault(world.row_of[episode.meter.id], []).append(stopped)

    def on(self, day: date) -> np.ndarray:
        """One row a meter, 96 columns."""
        noise = np.random.Generator(np.random.PCG64([self.world.seed % 2**64, day.toordinal()]))
        load = self.base * (1 + self.spread * noise.standard_normal(self.base.shape))
        # Every user has good and bad days.
        load *= noise.uniform(0.8, 1.2, (len(self.meters), 1))
        if day.weekday() >= 5:
            load = np.where(self.is_working, load * 0.4, load)
        if day.month not in IRRIGATION:
            load = np.where(self.is_pump, 0, load)
        for episode in self.digging.get(day, ()):
            self.dig(load, episode, day, noise)
        outages = []
        for decoy in self.world.decoys_on(day):
            if decoy.kind == "feeder_outage":
                outages += self.rows(decoy)
            else:
                live_through(load, self.rows(decoy), decoy, day, noise)
        load[[row for row, spans in self.stopped.items() if is_within(day, spans)]] = 0
        thousandths = np.rint(np.maximum(load, 0) * 1000).astype(np.int64)
        missing = noise.random(thousandths.shape) < 0.002
        thousandths[missing] = -1
        thousandths[outages, OUTAGE] = -1
        return thousandths

    def rows(self, decoy: Decoy) -> list[int]:
        """The rows of the decoy's meters."""
        return [self.world.row_of[meter.id] for meter in decoy.meters]

    def dig(
        self, load: np.ndarray, episode: Episode, day: date, noise: np.random.Generator
    ) -> None:
        """Add what is drawn from the evening of an active night on, and until the morning after it."""
        row = self.world.row_of[episode.meter.id]
        begin, end = 88 + int(episode.id[-2:]) % 6, 16 + int(episode.id[-2:]) % 7
        drawn = episode.kw * noise.uniform(0.85, 1.1, POINTS)
        if day in episode.nights:
            load[row, begin:] += drawn[begin:]
            if episode.is_by_day:
                load[row, WORKING_HOURS] += 0.6 * drawn[WORKING_HOURS]
        if day - DAY in episode.nights:
            load[row, :end] += drawn[:end]


def is_within(day: date, stopped: list[date]) -> bool:
    """Whether supply is cut off on that day."""
    return any(begin < day < begin + SUPPLY_STOPPED for begin in stopped)


def live_through(
    load: np.ndarray, rows: list[int], decoy: Decoy, day: date, noise: np.random.Generator
) -> None:
    """Change the load of a decoy's meters on one of its days."""
    if decoy.kind == "harvest":
        # Drying goes on round the clock.
        load[rows] += noise.uniform(18, 34, (len(rows), POINTS))
    elif decoy.kind == "irrigation":
        # At night, when power is cheap.
        levels = [[meter.level_kw] for meter in decoy.meters]
        load[rows] = 0
        load[np.ix_(rows, NIGHT)] = levels * noise.uniform(1.6, 2.0, (len(rows), len(NIGHT)))
    elif decoy.kind == "mine_maintenance":
        load[rows] *= 0.1
        if decoy.last - day <= 1 * DAY:
            # Trial runs.
            levels = [[meter.level_kw * 0.5] for meter in decoy.meters]
            load[rows, 88:] += levels * noise.uniform(0.9, 1.1, (len(rows), POINTS - 88))
    elif decoy.kind == "holiday":
        load[rows] *= 0.03
    elif decoy.kind == "new_shop":
        load[rows] *= 4
    elif decoy.kind == "honest_pause":
        load[rows] = 0


def row_text(meter: Meter, day: date, values: list[int], export: Export, data_type: int = 1) -> str:
    """One line of the export; `values` are true loads in thousandths of a kW."""
    factor = meter.factor if export.factor_header else 1
    cells = [meter.id, day.strftime(export.date_format)]
    if export.type_header:
        cells.append(str(data_type))
    if export.factor_header:
        cells.append(str(factor))
    cells += [export.blank if value < 0 else f"{value // factor / 1000:.3f}" for value in values]
    return ",".join(cells)


def header_text(export: Export) -> str:
    """The header line."""
    names = [export.meter_header, export.date_header, export.type_header, export.factor_header]
    return ",".join([*filter(None, names), *point_headers(export.points)])


def packed(lines: list[str], export: Export) -> bytes:
    """The file's bytes."""
    content = ("\r\n".join(lines) + "\r\n").encode(export.encoding)
    return gz_bytes(content) if export.suffix.endswith("gz") else content


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


class Exporter:
    """Writes one file a day and the faults planned for it."""

    def __init__(self, outbox: Outbox, world: World) -> None:
        self.outbox, self.world = outbox, world
        self.loads = Loads(world)
        self.truth: list[dict[str, object]] = []

    def faults_of(self, day: date) -> set[str]:
        """Each fault strikes once a month, each on a day of its own."""
        kinds = ("all_null", "bad_cell", "no_meter", "late", "correction", "subtotal", "reactive")
        chosen = self.world.rng("power faults", day.year, day.month).sample(
            range(2, 26), len(kinds)
        )
        return {kind for kind, number in zip(kinds, chosen, strict=True) if number == day.day}

    def write_day(self, day: date) -> None:
        """The day's delivery, and a corrected one where that is planned."""
        export, faults = export_of(day), self.faults_of(day)
        rng = self.world.rng("power day", day)
        values = self.loads.on(day)
        meters = self.world.meters
        struck = rng.randrange(len(meters))
        if "all_null" in faults:
            values[struck, :] = -1
        rows = [
            row_text(meter, day, values[row].tolist(), export) for row, meter in enumerate(meters)
        ]
        row_number = struck + 2
        notes: list[tuple[str, dict[str, object]]] = []
        if "all_null" in faults:
            notes.append(("all_null_day", {"row": row_number, "meter_id": meters[struck].id}))
        if "bad_cell" in faults:
            cells = rows[struck].split(",")
            # The last point; as sent by a system that ran into a rounding error.
            cells[-1] = "1.2.3"
            rows[struck], values[struck, -1] = ",".join(cells), -1
            notes.append(("bad_cell", {"row": row_number, "written": "1.2.3"}))
        good, rejected, skipped = len(rows), 0, {}
        if "no_meter" in faults:
            rows[struck] = "," + rows[struck].split(",", 1)[1]
            values[struck, :] = -1
            good, rejected = good - 1, 1
            notes.append(("no_meter_id", {"row": row_number}))
        if "reactive" in faults and export.type_header:
            rows.append(row_text(meters[0], day, (values[0] // 4).tolist(), export, data_type=5))
            good += 1
            notes.append(("reactive_row", {"row": len(rows) + 1, "meter_id": meters[0].id}))
        if "subtotal" in faults:
            width = rows[0].count(",")
            rows.append("合计" + "," * width)
            skipped = {"subtotal": 1}
            notes.append(("subtotal_row", {"row": len(rows) + 1}))
        delay = 4 if "late" in faults else 1
        received = datetime.combine(day + timedelta(days=delay), time(6, 30))
        name = f"负荷曲线_{day:%Y%m%d}"
        truth = {"rows_good": good, "rows_rejected": rejected, "rows_skipped": skipped}
        if "correction" in faults:
            self.write_correction(day, export, values, struck, rows)
        file = self.send(
            f"{name}.{export.suffix}", [header_text(export), *rows], received, export, truth
        )
        if "late" in faults:
            notes.append(("late_delivery", {"days": delay}))
        for kind, where in notes:
            self.outbox.note_dirt(kind, file, **where)
        self.note_traces(day, file)
        self.note_energy(day, export, values)

    def note_traces(self, day: date, file: str) -> None:
        """Whose curves of that day show more, or less, than their own work."""
        for episode in self.loads.digging.get(day, ()):
            self.outbox.note_trace(episode.id, FEED, file, meter_id=episode.meter.id, date=day)
        for decoy in self.world.decoys_on(day):
            for meter in decoy.meters if decoy.kind in SHOWING else ():
                self.outbox.note_trace(decoy.id, FEED, file, meter_id=meter.id, date=day)

    def write_correction(
        self, day: date, export: Export, values: np.ndarray, struck: int, rows: list[str]
    ) -> None:
        """The first file has a curve ten times too high; two days later a short file puts it right."""
        meter = self.world.meters[struck]
        wrong = [value * 10 if value > 0 else value for value in values[struck].tolist()]
        rows[struck], right = row_text(meter, day, wrong, export), rows[struck]
        received = datetime.combine(day + timedelta(days=2), time(10, 5))
        truth = {"rows_good": 1, "rows_rejected": 0, "rows_skipped": {}}
        name = f"负荷曲线_{day:%Y%m%d}_更正.{export.suffix}"
        file = self.send(name, [header_text(export), right], received, export, truth)
        self.outbox.note_dirt("correction", file, meter_id=meter.id, rows=1)

    def send(
        self, name: str, lines: list[str], received: datetime, export: Export, truth: dict
    ) -> str:
        """Deliver one file."""
        content = packed(lines, export)
        return self.outbox.deliver(FEED, name, content, received, POWER_COMPANY, **truth)

    def note_energy(self, day: date, export: Export, values: np.ndarray) -> None:
        """The day's true figures, after all corrections: points as written times their factor."""
        factors = np.array(
            [[meter.factor if export.factor_header else 1] for meter in self.world.meters]
        )
        written = np.where(values < 0, 0, values // factors * factors)
        self.truth.append(
            {
                "date": day.isoformat(),
                "point_count": int((values >= 0).sum()),
                # A quarter of an hour of thousandths of a kW.
                "energy_wh": int(written.sum()) / 4,
            }
        )


def write_power(outbox: Outbox, world: World, first: date, last: date) -> Iterator[str]:
    """Write every day's file; yields its name when it is done."""
    exporter = Exporter(outbox, world)
    for day in days(first, last):
        exporter.write_day(day)
        yield f"负荷曲线 {day}"
    outbox.write_truth("power_days", exporter.truth)
