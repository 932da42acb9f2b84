"""Daily features of load curves: our models against one hand-written statement, same result.

    python -m benchmarks.build_power_days [--rows N] [--rounds R] [--json]

Measured are the two statements dbt compiles the models to (features of every delivered row, then the
version of each day that counts), run as `create table as` in turn with the baseline, which is one
statement over the same Parquet file written for DuckDB alone. The comparisons between days that
`fct_power_days` adds are not in it. What dbt adds to each model whatever its rows (contract, comments,
bookkeeping; a few tenths of a second here) is printed beside it as `dbt_seconds` and not in the ratio.
Both results are compared row by row before any figure is printed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from ingestion.declare import raw_schema
from ingestion.feeds import FEEDS
from pipeline.build import run_dbt
from pipeline.freeze import make_empty
from warehouse.connection import connect
from warehouse.settings import Home

FEATURES = """
    meter_id, delivery_sha256, point_count, zero_point_count, peak_slot_number, dark_hours_mask,
    energy_kwh, mean_kw, peak_kw, min_kw, night_energy_kwh, night_share_pct, completeness_pct, is_complete,
    is_collection_failure, reading_date, reported_at"""


def by_hand(source: str) -> str:
    """The same rows in one statement, with everything DuckDB offers."""
    points = ", ".join(f"p{n}" for n in range(1, 97))
    dark = " + ".join(
        f"if(greatest({', '.join(f'p{4 * hour + n}' for n in range(1, 5))}) > 0, 0, {2**hour})"
        for hour in range(24)
    )
    night = ", ".join(f"p{n}" for n in (*range(1, 25), *range(89, 97)))
    return f"""
        create or replace table by_hand as
        with latest as (
            select *, coalesce(cast(t_factor as double), 1) as factor,
                [{points}] as points, [{night}] as night_points
            from {source}
            where _reject_reasons is null and coalesce(data_type, 1) = 1
            qualify row_number() over (
                partition by meter_id, reading_date
                order by _received_at desc, _file_name desc, _delivery_sha256 desc, _row_number desc
            ) = 1
        ), summed as (
            select *, list_count(points) as point_count,
                coalesce(list_sum(points), 0)::double as total_kw,
                coalesce(list_sum(night_points), 0)::double as night_kw,
                list_max(points) as peak, list_min(points) as low
            from latest
        ), featured as (
            select *,
                case when point_count > 0 then round(total_kw * factor * 0.25, 4)::decimal(18, 4) end
                    as energy_kwh,
                case when point_count > 0 then round(night_kw * factor * 0.25, 4)::decimal(18, 4) end
                    as night_energy_kwh
            from summed
        )
        select
            meter_id, _delivery_sha256 as delivery_sha256, point_count,
            len(list_filter(points, lambda p: p = 0)) as zero_point_count,
            case when point_count > 0 then list_position(points, peak) end as peak_slot_number,
            {dark} as dark_hours_mask, energy_kwh,
            case when point_count > 0 then round(total_kw * factor / point_count, 3)::decimal(18, 3) end
                as mean_kw,
            round(peak::double * factor, 3)::decimal(18, 3) as peak_kw,
            round(low::double * factor, 3)::decimal(18, 3) as min_kw,
            night_energy_kwh,
            case when energy_kwh > 0
                then round(100 * night_energy_kwh::double / energy_kwh::double, 2)::decimal(5, 2)
            end as night_share_pct,
            round(point_count::double * 100 / 96, 2)::decimal(5, 2) as completeness_pct,
            point_count = 96 as is_complete, point_count = 0 as is_collection_failure,
            reading_date, _received_at as reported_at
        from featured"""


def write_readings(path: Path, rows: int) -> None:
    """Invented curves in the raw zone's shape: one point in fifty missing, one row in ten re-sent."""
    schema = raw_schema(FEEDS["power_readings"])
    given = {
        "meter_id": "printf('%013d', i % 20000)",
        "reading_date": "date '2022-01-01' + (i // 20000)::int",
        "_delivery_sha256": "'d' || (i % 10)",
        "_file_name": "'curves.csv'",
        "_row_number": "i",
        "_received_at": "timestamp '2022-12-01' + to_seconds(i)",
    }
    for number in range(1, 97):
        value = f"hash(i * 100 + {number})"
        given[f"p{number}"] = f"case when {value} % 50 > 0 then ({value} % 200000) / 1000 end"
    columns = ", ".join(f"cast({given.get(n, 'null')} as {t}) as {n}" for n, t in schema.items())
    with connect() as connection:
        connection.execute(f"copy (select {columns} from range({rows}) t(i)) to '{path}'")


def silent(name: str, done: int, total: int) -> None:
    """No progress bar in a measurement."""


def measure(rows: int, rounds: int) -> dict:
    """Median seconds of both, their ratio, and the peak memory of this process."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        home.prepare()
        parquet = Path(folder) / "readings.parquet"
        write_readings(parquet, rows)
        database = Path(folder) / "minewatch.duckdb"
        with connect(database) as connection:
            make_empty(connection)
            connection.execute("drop table raw.power_readings")
            connection.execute(
                f"create view raw.power_readings as select * from read_parquet(['{parquet}'])"
            )
            connection.executemany(
                """insert into build.deliveries (delivery_sha256, read_id, feed_code, outcome_code)
                values (?, ?, 'power_readings', 'used')""",
                [(f"d{n}", f"r{n}") for n in range(10)],
            )
            connection.execute(
                "insert into build.context (version_id, as_of_at) values ('v', ?)",
                [datetime(2023, 1, 1)],
            )
        prepare = ["build", "--select", "+int_settings", "stg_power_readings"]
        prepare += ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
        assert run_dbt(home, database, prepare, silent).success
        models = ["int_power_days_measured", "int_power_days_latest"]
        outcome = run_dbt(home, database, ["run", "--full-refresh", "--select", *models], silent)
        assert outcome.success, outcome
        by_dbt = sum(result.execution_time for result in outcome.result.results)
        compiled = {r.node.name: r.node.compiled_code for r in outcome.result.results}
        ours, baseline = [], []
        with connect(database) as connection:
            for _ in range(rounds):
                started = time.perf_counter()
                for name in models:
                    connection.execute(
                        f"create or replace table intermediate.{name} as {compiled[name]}"
                    )
                ours.append(time.perf_counter() - started)
                started = time.perf_counter()
                connection.execute(by_hand("raw.power_readings"))
                baseline.append(time.perf_counter() - started)
            tables = ("intermediate.int_power_days_latest", "by_hand")
            for left, right in (tables, tables[::-1]):
                differing = connection.execute(
                    f"select count(*) from (select {FEATURES} from {left} "
                    f"except all select {FEATURES} from {right})"
                ).fetchone()[0]
                assert differing == 0, f"{differing} rows of {left} are not in {right}"
    ratio = statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
    return {
        "name": "build_power_days",
        "rows": rows,
        "seconds": round(statistics.median(ours), 3),
        "baseline_seconds": round(statistics.median(baseline), 3),
        "dbt_seconds": round(by_dbt - statistics.median(ours), 3),
        "ratio": round(ratio, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
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
