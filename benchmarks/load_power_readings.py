"""Loading a day of load curves against a bare `COPY` of the same CSV into Parquet.

    python -m benchmarks.load_power_readings [--rows N] [--rounds R] [--json]

Measured is the whole load: copy and hash of the delivered bytes, reading, the raw file, the archive,
the record, everything forced to disk. The baseline knows the types beforehand, checks nothing, numbers
no rows and forces nothing to disk. Both run by turns in this process; the ratio is the median of the
rounds' ratios, so that a busy machine hits both alike.
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
from ingestion.readers.load_curve import POINTS
from warehouse.connection import connect
from warehouse.settings import Home

TYPES = {
    "cust_no": "varchar",
    "data_date": "date",
    "data_type": "bigint",
    "data_whole_flag": "varchar",
    "t_factor": "decimal(18, 4)",
} | dict.fromkeys(POINTS, "decimal(9, 3)")


def write_csv(path: Path, rows: int) -> None:
    """Invented curves, the same at every call: one point in fifty is missing."""
    values = [
        "printf('%013d', 1400000000000 + i % 20000)",
        "date '2022-09-01' + (i // 20000)::int",
        "1",
        "repeat('1', 96)",
        "1",
    ]
    for number in range(1, 97):
        value = f"hash(i * 100 + {number})"
        values.append(f"case when {value} % 50 > 0 then ({value} % 200000) / 1000 end")
    columns = ", ".join(f"{v} as {name}" for v, name in zip(values, TYPES, strict=True))
    with connect() as connection:
        connection.execute(f"copy (select {columns} from range({rows}) t(i)) to '{path}' (header)")


def bare_copy(source: Path, target: Path) -> None:
    """What DuckDB alone needs."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.items())
    with connect() as connection:
        connection.execute(
            f"""
            copy (from read_csv('{source}', header = true, columns = {{{columns}}}))
            to '{target}' (format parquet)
            """
        )


def measure(rows: int, rounds: int) -> dict:
    """Median seconds of both, their ratio, and the peak memory of loading."""
    ours, baseline, peak = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "curves.csv"
        write_csv(source, rows)
        for number in range(rounds):
            home = Home(Path(folder) / f"home{number}")
            home.prepare()
            started = time.perf_counter()
            (loaded,) = load(home, [source], "power_readings").files
            ours.append(time.perf_counter() - started)
            assert (loaded.outcome, loaded.good) == ("loaded", rows), loaded
            # Before the first baseline: the peak of a process never falls.
            peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            started = time.perf_counter()
            bare_copy(source, Path(folder) / "bare.parquet")
            baseline.append(time.perf_counter() - started)
    ratio = statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
    return {
        "name": "load_power_readings",
        "rows": rows,
        "seconds": round(statistics.median(ours), 3),
        "baseline_seconds": round(statistics.median(baseline), 3),
        "ratio": round(ratio, 2),
        "peak_mb": round(peak / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
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
