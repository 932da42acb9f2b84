"""Every obligation of the six weeks and how it stands, written by hand from the rules beside this test
before anything was built."""

import csv
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ingestion.land import load
from pipeline.freeze import Context, freeze
from tests.county import at
from tests.pipeline.six_weeks import AS_OF, deliver_ledgers, deliver_lists, deliver_reference
from warehouse.connection import connect
from warehouse.settings import ROOT

pytestmark = pytest.mark.slow

EXPECTED = Path(__file__).with_name("obligations_mini_county.csv")


def build(county, folder):
    """The fact and what it stands on, without dbt's own tests."""
    database = folder / "minewatch.duckdb"
    texts = ("v", "999901", "样例县", "hash", None, "dbt", "duckdb")
    with connect(database) as connection:
        freeze(connection, county.home, Context(*texts, True, False, at(AS_OF), at(AS_OF)), {})
    environment = os.environ | {
        "MINEWATCH_DB": str(database),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DO_NOT_TRACK": "1",
    }
    dbt = str(Path(sys.executable).parent / "dbt")
    wanted = ["--select", "+fct_obligations", "--exclude-resource-type", "test", "unit_test"]
    done = subprocess.run(
        [dbt, "build", "--quiet", *wanted],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    return database


def test_every_obligation_of_six_weeks_stands_as_written_by_hand(county, tmp_path):
    county.as_of(AS_OF)
    deliver_reference(county)
    deliver_ledgers(county)
    deliver_lists(county)
    load(county.home)
    database = build(county, tmp_path)

    with EXPECTED.open(encoding="utf-8", newline="") as file:
        *columns, _ = next(csv.reader(file))
        expected = Counter(tuple(row[: len(columns)]) for row in csv.reader(file))
    listed = ", ".join(f"coalesce(cast({column} as varchar), '')" for column in columns)
    with connect(database, read_only=True) as connection:
        found = Counter(
            connection.execute(f"select {listed} from marts.fct_obligations").fetchall()
        )

    assert sorted((expected - found).elements()) == []
    assert sorted((found - expected).elements()) == []
