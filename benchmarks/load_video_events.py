"""Loading a file of JSON-line events against a bare `COPY` of the same file into Parquet.

    python -m benchmarks.load_video_events [--rows N] [--rounds R] [--json]

Measured is the whole load: copy and hash of the delivered bytes, reading, the raw file, the archive,
the record, everything forced to disk. The baseline knows names and types beforehand, checks nothing,
converts no zones, numbers no rows and forces nothing to disk. Both run by turns in this process; the ratio
is the median of the rounds' ratios, so that a busy machine hits both alike.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from pathlib import Path

from ingestion.land import load
from warehouse.connection import connect
from warehouse.settings import Home

TYPES = {
    "event_id": "varchar",
    "device_id": "varchar",
    "channel_id": "varchar",
    "event_type": "varchar",
    "event_time": "timestamp",
    "receive_time": "timestamp",
    "level": "varchar",
    "confidence": "double",
    "longitude": "double",
    "latitude": "double",
    "crs": "varchar",
    "image_url": "varchar",
    "description": "varchar",
}


def write_events(path: Path, rows: int) -> None:
    """Invented events of all fields the contract names, the same at every call; one in ten pushed again."""
    values = [
        "printf('EV%012d', i - (i % 10 = 9)::int)",
        "'1409000000132' || printf('%07d', hash(i) % 500)",
        "(1 + hash(i) % 4)::varchar",
        "['excavator', 'truck', 'smoke', 'intrusion'][1 + (hash(i + 1) % 4)::int]",
        "strftime(timestamp '2022-09-01' + to_seconds(i * 2), '%Y-%m-%dT%H:%M:%S+08:00')",
        "strftime(timestamp '2022-09-01' + to_seconds(i * 2 + 3), '%Y-%m-%dT%H:%M:%S+08:00')",
        "1 + (hash(i + 2) % 4)::int",
        "round(0.5 + (hash(i + 3) % 500) / 1000, 3)",
        "round(111.2 + (hash(i + 4) % 500000) / 1000000, 6)",
        "round(39.2 + (hash(i + 5) % 500000) / 1000000, 6)",
        "'GCJ-02'",
        "'http://10.0.0.9/alarm/202209/' || printf('%08d', i) || '.jpg'",
        "'疑似挖掘机作业'",
    ]
    columns = ", ".join(f"{v} as {name}" for v, name in zip(values, TYPES, strict=True))
    with connect() as connection:
        connection.execute(
            f"copy (select {columns} from range({rows}) t(i)) to '{path}' (format json)"
        )


def bare_copy(source: Path, target: Path) -> None:
    """What DuckDB alone needs."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    with connect() as connection:
        connection.execute(
            f"""
            copy (from read_json('{source}', format = 'newline_delimited', columns = {{{columns}}}))
            to '{target}' (format parquet)
            """
        )


def measure(rows: int, rounds: int) -> dict:
    """Median seconds of both, their ratio, and the peak memory of loading."""
    ours, baseline, peak = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "events.jsonl"
        write_events(source, rows)
        for number in range(rounds):
            home = Home(Path(folder) / f"home{number}")
            home.prepare()
            started = time.perf_counter()
            (loaded,) = load(home, [source], "video_events").files
            ours.append(time.perf_counter() - started)
            assert (loaded.outcome, loaded.good) == ("loaded", rows), loaded
            # Before the first baseline: the peak of a process never falls.
            peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            started = time.perf_counter()
            bare_copy(source, Path(folder) / "bare.parquet")
            baseline.append(time.perf_counter() - started)
    ratio = statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
    return {
        "name": "load_video_events",
        "rows": rows,
        "seconds": round(statistics.median(ours), 3),
        "baseline_seconds": round(statistics.median(baseline), 3),
        "ratio": round(ratio, 2),
        "peak_mb": round(peak / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.rows, options.rounds)
    if options.json:
        print(json.dumps(figures))
    else:
        print(*(f"{name}: {value}" for name, value in figures.items()), sep="\n")


if __name__ == "__main__":
    main()
