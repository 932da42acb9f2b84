"""`fct_obligations` from ledgers and cases: our models against a hand-written script, same rows; and growth.

    python -m benchmarks.build_obligations [--sites N] [--years Y] [--rounds R] [--growth] [--json]

Measured is the chain from the tables it reads (ledger lines and forms as read and placed, the register's
versions, the steps and pauses of cases; `INPUTS`) to the fact: the statements dbt compiles the models to,
run in order as `create table as` (or view), in turn with `build_obligations.sql`. That script is what one would
write for the rules that make most of the rows (`RULES`: patrols by week, month and quarter, four clocks of
cases), with their limits in it and DuckDB's own functions; our chain also judges all other rules in the
same time. The rows of those rules are compared before any figure is printed. What dbt adds to each model
whatever its rows is in neither.

`--growth` measures the chain alone for ever more sites and years, each size in a process of its own, and
gives microseconds a row and the peak of its memory. DuckDB may take `MEMORY_LIMIT`, not all of the machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb

from pipeline.build import run_dbt
from pipeline.freeze import make_empty
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import DATABASE

BY_HAND = Path(__file__).with_suffix(".sql")
RULES = ("M03", "M04", "M05", "C01", "C05", "C20", "C21")
# What a machine of 8 GB has to spare.
MEMORY_LIMIT = "5GB"
START = date(2022, 9, 19)
GROWTH = ((100, 1), (1_000, 1), (10_000, 1), (100, 10), (1_000, 10), (10_000, 10))

# What the chain reads. Those without a statement stay as an empty county has them: calendars as they are,
# other feeds without a row.
INPUTS = {
    "int_calendar_days": "",
    "int_working_days": "",
    "int_periods": "",
    "int_feeds_delivered": "",
    "int_unit_acts": "",
    "int_sponsorship_versions": "",
    "int_sponsor_visits_resolved": "",
    **{
        f"int_duty_steps__{subject}": ""
        for subject in (
            *("transfers", "tasks", "clues", "reasons", "sites", "power", "video", "patches"),
            "case_papers",
        )
    },
    "int_units_dated": "select *, unit_code as unit_id, true as is_current from units",
    "dim_units": "select *, unit_code as unit_id, true as is_current from units",
    "int_sole_unit_names": "select *, unit_name as name_text from units",
    "int_township_governments": """
        select township_code, unit_code from units where unit_kind_code = 'township_government'""",
    "dim_townships": """
        select township_code, unit_name as township_name, true as is_current from units
        where unit_kind_code = 'township_government'""",
    "int_site_versions": "from sites",
    "int_patrols_dated": """
        select *, true as is_date_derived from lines""",
    "int_patrol_mentions": "select patrol_id as mention_id, patrol_id from lines",
    "int_mentions_placed": "select patrol_id as mention_id, township_code, village_code from lines",
    "int_mentions_matched": """
        select patrol_id as mention_id, 'patrol' as source_code, site_id, township_code, village_code
        from lines""",
    "int_patrol_forms_resolved": "from forms",
    "int_patrol_forms_superseded": "select form_id, is_superseded, false as is_conflict from forms",
    "int_patrol_forms_dated": "select form_id, period_kind_code, period_start_date from forms",
    "int_patrol_form_periods_stated": "",
    "int_waivers_resolved": "from waivers",
    "int_duty_cases": "from cases",
    "int_case_events_ordered": "from steps",
    "int_case_events_resolved": """
        select *, received_at as first_received_at from steps""",
    "int_case_stages_reached": """
        select case_id, sum(amount_yuan) as fine_imposed_yuan from steps
        where amount_kind_code = 'fine_imposed' group by case_id""",
    "int_case_pauses": """
        select case_event_id, case_id, state_code, occurred_at as started_at, ended_at from steps
        where is_pause""",
}

# An invented county of N sites, two a village, ten a township, reporting for Y years. Villages file a
# form a week, townships one a month, the county one a quarter; some are missing, late, replaced, zero
# reports, without a level or a date. `one_in` is true for one in n, the same at every call.
WORLD = """
    create or replace macro one_in(n, key) as hash(key) % n = 0;

    create or replace temp table sites as
    select
        printf('S%06d', i) as site_id, 'site ' || i as site_name, printf('T%04d', i // 10) as township_code,
        printf('V%05d', i // 2) as village_code, 'village ' || i // 2 as village_name,
        i % 5 > 0 as is_key_area, true as is_current, true as is_active,
        date '{start}' as registered_date,
        case when one_in(50, 'off' || i) then date '{start}' + ({days} // 2) end as deregistered_date,
        timestamp '{start}' as valid_from_at
    from range({sites}) as listed (i);

    create or replace temp table units as
    select
        'G' || township_code as unit_code, 'township ' || township_code as unit_name,
        'township_government' as unit_kind_code, 'township' as level_code, township_code,
        date '2020-01-01' as valid_from_date
    from sites group by township_code
    union all by name
    select '县自然资源局' as unit_name, 'U01' as unit_code, 'county_department' as unit_kind_code,
        'county' as level_code, date '2020-01-01' as valid_from_date;

    create or replace temp table sent as
    with villages as (
        select village_code, township_code from sites group by all
    ), weeks as (
        select date '{start}' + 7 * w::int as day from range({days} // 7) as listed (w)
    ), months as (
        select day from weeks where day(day) <= 7
    ), filed as (
        select 'village' as patrol_level_code, 'week' as period_kind_code, township_code, village_code,
            day as period_start_date, day + 4 + (hash(village_code || day) % 4)::int as filled_date
        from villages, weeks where not one_in(10, 'missing' || village_code || day)
        union all
        select 'township', 'month', township_code, null, date_trunc('month', day), day + 24
        from (select distinct township_code from villages), months
        where day >= date '2022-10-01'
        union all
        select 'county', 'quarter', null, null, date_trunc('quarter', day), day + 60
        from months where month(day) in (1, 4, 7, 10)
        union all
        select 'undetermined', 'none', township_code, null, null, day + 2
        from (select distinct township_code from villages), weeks
        where one_in(30, 'level' || township_code || day)
    ), told_apart as (
        select *, patrol_level_code || coalesce(village_code, township_code, '') || filled_date as form_id
        from filed
    )
    select
        *,
        coalesce(village_code is not null and one_in(33, 'zero' || form_id), false) as is_zero_report,
        filled_date + interval '17' hour
        + case when one_in(20, 'late' || form_id) then interval '6' day else interval '0' day end
            as received_at
    from told_apart;

    create or replace temp table forms as
    select *, false as is_superseded from sent where received_at <= timestamp '{as_of}'
    union all by name
    select * replace (form_id || 'x' as form_id, received_at - interval '3' hour as received_at),
        true as is_superseded
    from sent where received_at <= timestamp '{as_of}' and one_in(50, 'again' || form_id);

    create or replace temp table lines as
    with named as (
        select forms.*, sites.site_id, sites.village_code as named_village
        from forms inner join sites
            on forms.village_code = sites.village_code
            or (forms.village_code is null and forms.township_code = sites.township_code)
        where not is_zero_report
        union all
        select forms.*, sites.site_id, sites.village_code
        from forms cross join sites
        where patrol_level_code = 'county' and is_key_area
    )
    select
        form_id || site_id as patrol_id, form_id, patrol_level_code, period_kind_code, township_code,
        -- One in forty names no place, one in five hundred of the weekly ones has no date.
        case when not one_in(40, 'where' || form_id || site_id) then named_village end as village_code,
        case when not one_in(40, 'where' || form_id || site_id) then site_id end as site_id,
        case when not (one_in(500, form_id || site_id) and period_kind_code = 'week') then filled_date end
            as patrol_date,
        case when not (one_in(500, form_id || site_id) and period_kind_code = 'week')
            then period_start_date end as period_start_date
    from named where not one_in(8, 'line' || form_id || site_id);

    create or replace temp table waivers as
    select 'M03' as rule_code, village_code as unit_code, 'road closed' as reason_text,
        date '{start}' + 30 as from_date, date '{start}' + 60 as to_date,
        timestamp '{start}' as received_at
    from sites where one_in(40, 'waived' || village_code) group by village_code;

    create or replace temp table cases as
    select printf('C%07d', i) as case_id, 'U01' as handling_unit_code, township_code,
        case_date as discovered_date, case_date as act_date, 'case ' || i as case_name, false as is_grave,
        'enterprise' as party_kind_code
    from (
        select i, printf('T%04d', hash(i) % ({sites} // 10)) as township_code,
            date '{start}' + (hash('day' || i) % {days})::int as case_date
        from range({sites} * {days} // 900) as listed (i)
    );

    -- Filed, appraised (and heard at the same time), extended, decided, served, published, closed.
    create or replace temp table steps as
    with taken as (
        select case_id, listed.state_code, listed.branch_code, listed.is_pause, listed.ends,
            discovered_date + interval '9' hour
            + ((listed.after_days + hash(state_code || case_id) % listed.spread)::int) * interval '1' day
                as occurred_at
        from cases, (values
            ('FILING', 'main', 2, 5, false, 1, 0), ('APPRAISAL', 'procedure', 10, 30, true, 3, 20),
            ('HEARING', 'procedure', 30, 30, true, 5, 15), ('EXTENSION', 'procedure', 60, 60, false, 6, 0),
            ('DECISION', 'main', 70, 90, false, 1, 0), ('SERVE', 'main', 162, 12, false, 1, 0),
            ('PUBLISH', 'main', 165, 20, false, 2, 0), ('CLOSE', 'main', 190, 60, false, 1, 0)
        ) as listed (state_code, branch_code, after_days, spread, is_pause, rarity, ends)
        where one_in(listed.rarity, state_code || 'taken' || case_id)
    )
    select
        case_id || state_code as case_event_id, case_id, state_code, branch_code, is_pause,
        row_number() over (partition by case_id order by occurred_at, state_code) as sequence_number,
        1 as round_number, true as is_known_case, true as is_known_state,
        case when state_code = 'DECISION' then 50000 end as amount_yuan,
        case when state_code = 'DECISION' then 'fine_imposed' end as amount_kind_code,
        occurred_at > timestamp '{as_of}' as is_after_as_of,
        occurred_at,
        case when ends > 0 then occurred_at + ends * interval '1' day end as ended_at,
        occurred_at + case when one_in(15, 'told' || case_id) then interval '40' day
            else interval '3' day end as received_at
    from taken where occurred_at <= timestamp '{as_of}';

    insert into build.deliveries by name
    select form_id as delivery_sha256, 'patrol_ledger' as feed_code, 'used' as outcome_code, received_at,
        case when one_in(100, 'load' || form_id) then 'load' else 'sidecar' end as received_at_source_code
    from forms
    union all by name
    select 'first ' || feed as delivery_sha256, feed as feed_code, 'used' as outcome_code,
        timestamp '{start}' as received_at, 'sidecar' as received_at_source_code
    from (values ('patrol_ledger'), ('case_events')) as listed (feed);
"""


def silent(name: str, done: int, total: int) -> None:
    """No progress bar in a measurement."""


def prepare(folder: Path) -> None:
    """An empty county's tables, and the chain's statements in the order in which dbt ran them."""
    home = Home(folder / "home")
    home.prepare()
    database = folder / "empty" / DATABASE
    database.parent.mkdir()
    with connect(database) as connection:
        make_empty(connection)
    command = ["build", "--select", "+fct_obligations"]
    command += ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    outcome = run_dbt(home, database, command, silent)
    assert outcome.success, outcome
    nodes = {result.node.unique_id: result.node for result in outcome.result.results}
    chain, asked = set(), ["model.minewatch.fct_obligations"]
    while asked:
        node = nodes.get(asked.pop())
        if node and node.resource_type == "model" and node.name not in INPUTS:
            chain.add(node.unique_id)
            asked += node.depends_on.nodes
    statements = [
        f"create or replace {node.config.materialized} {node.schema}.{node.name} as "
        + node.compiled_code
        for unique_id, node in nodes.items()
        if unique_id in chain
    ]
    inputs = {node.name: f"{node.schema}.{node.name}" for node in nodes.values()}
    content = {"chain": statements, "inputs": {name: inputs[name] for name in INPUTS}}
    (folder / "chain.json").write_text(json.dumps(content))


def fill(
    connection: duckdb.DuckDBPyConnection, inputs: dict[str, str], sites: int, years: int
) -> None:
    """The invented county in the tables that the chain reads."""
    days = 365 * years
    as_of = datetime.combine(START + timedelta(days=days), datetime.min.time().replace(hour=20))
    connection.execute(WORLD.format(sites=sites, days=days, start=START, as_of=as_of))
    connection.execute("insert into build.context (version_id, as_of_at) values ('v', ?)", [as_of])
    for name, statement in INPUTS.items():
        if statement:
            table = inputs[name]
            kept = connection.execute(f"describe {table}").fetchall()
            given = connection.execute(f"describe {statement}").fetchall()
            columns = [row[0] for row in given if row[0] in {known[0] for known in kept}]
            # Without the contract of a mart, whose other columns nothing here reads.
            connection.execute(f"create or replace table {table} as from {table} limit 0")
            connection.execute(
                f"insert into {table} by name select {', '.join(columns)} from ({statement})"
            )


def run_chain(connection: duckdb.DuckDBPyConnection, chain: list[str]) -> float:
    """Seconds of all statements of the chain."""
    started = time.perf_counter()
    for statement in chain:
        connection.execute(statement)
    return time.perf_counter() - started


def run_by_hand(connection: duckdb.DuckDBPyConnection) -> float:
    """Seconds of the hand-written script."""
    started = time.perf_counter()
    connection.execute(BY_HAND.read_text(encoding="utf-8"))
    return time.perf_counter() - started


def check_same(connection: duckdb.DuckDBPyConnection) -> int:
    """AssertionError if the two differ in a row of the compared rules; returns how many there are."""
    ours, theirs = f"from marts.fct_obligations where rule_code in {RULES}", "from by_hand"
    for left, right in ((ours, theirs), (theirs, ours)):
        differing = connection.execute(
            f"select rule_code, count(*) from ({left} except all {right}) group by all"
        ).fetchall()
        assert not differing, f"rows of {left} that the other has not: {differing}"
    return connection.execute("select count(*) from by_hand").fetchone()[0]


def fill_apart(folder: Path, sites: int, years: int) -> None:
    """A copy of the prepared file with the invented county in it."""
    content = json.loads((folder / "chain.json").read_text())
    database = folder / "filled" / DATABASE
    database.parent.mkdir(exist_ok=True)
    # The file keeps its name: it is the catalogue's, which stands in every statement of dbt's.
    shutil.copyfile(folder / "empty" / DATABASE, database)
    with connect(database) as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'; set enable_progress_bar = false")
        fill(connection, content["inputs"], sites, years)


def measure_apart(folder: Path, rounds: int, is_compared: bool) -> dict:
    """Seconds of the chain, beside the script if asked for, and the peak of this process."""
    content = json.loads((folder / "chain.json").read_text())
    ours, baseline, peak = [], [], 0
    with connect(folder / "filled" / DATABASE) as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'; set enable_progress_bar = false")
        for _ in range(rounds):
            ours.append(run_chain(connection, content["chain"]))
            # Before the first baseline: the peak of a process never falls.
            peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if is_compared:
                baseline.append(run_by_hand(connection))
        (rows,) = connection.execute("select count(*) from marts.fct_obligations").fetchone()
        figures = {
            "rows": rows,
            "seconds": round(statistics.median(ours), 3),
            "us_per_row": round(1e6 * statistics.median(ours) / rows, 1),
        }
        if is_compared:
            ratio = statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
            figures |= {
                "compared_rows": check_same(connection),
                "baseline_seconds": round(statistics.median(baseline), 3),
                "ratio": round(ratio, 2),
            }
    return figures | {"peak_mb": round(peak / 1024)}


def apart(function: Callable, *arguments: object) -> dict:
    """Call it in a process of its own, in which no other has left its peak of memory."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sites", type=int, default=1_000)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sizes = GROWTH if options.growth else ((options.sites, options.years),)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        prepare(folder)
        for sites, years in sizes:
            apart(fill_apart, folder, sites, years)
            figures = {"name": "build_obligations", "sites": sites, "years": years}
            figures |= apart(measure_apart, folder, options.rounds, not options.growth)
            if options.json:
                print(json.dumps(figures))
            else:
                print(
                    *(f"{name}: {value}" for name, value in figures.items()), sep="\n", end="\n\n"
                )


if __name__ == "__main__":
    main()
