"""Every obligation of the six weeks and how it stands, written by hand from the rules beside this test
before anything was built."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from ingestion.land import load
from pipeline.freeze import Context, freeze
from tests.county import at
from tests.pipeline.six_weeks import AS_OF, deliver_ledgers, deliver_lists, deliver_reference
from warehouse.connection import connect

pytestmark = pytest.mark.slow

EXPECTED = Path(__file__).with_name("obligations_mini_county.csv")


def test_every_obligation_of_six_weeks_stands_as_written_by_hand(county, compiled, tmp_path):
    county.as_of(AS_OF)
    deliver_reference(county)
    deliver_ledgers(county)
    deliver_lists(county)
    load(county.home)
    database = tmp_path / "minewatch.duckdb"
    texts = ("v", "999901", "样例县", "hash", None, "dbt", "duckdb")
    with connect(database) as connection:
        freeze(connection, county.home, Context(*texts, True, False, at(AS_OF), at(AS_OF)), {})
    compiled.run(database, ["fct_obligations"])

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
