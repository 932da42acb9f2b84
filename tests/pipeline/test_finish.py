"""What a version keeps: marts, seeds, what was frozen, and the tables the next build appends to."""

from datetime import datetime

import pytest

from pipeline import gate
from pipeline.build import Candidate, DbtResult
from pipeline.gate import Check, GateError, Verdict, finish
from warehouse.connection import connect
from warehouse.settings import Home

SAID = "后山老窑夜里有钩机装车"
MOMENT = datetime(2022, 12, 10, 8)
VERDICT = Verdict(
    "v", MOMENT, [Check("c", "dbt", "t", "c", "warning", None, None, None, is_passed=True)]
)


@pytest.fixture
def candidate(tmp_path):
    def model(name, is_incremental=False):
        return DbtResult(name, "model", "success", "error", None, None, None, is_incremental)

    models = [model("int_appended", True), model("int_mentions"), model("fct_clues")]
    candidate = Candidate("v", tmp_path, False, MOMENT, None, {}, models)
    with connect(candidate.database) as connection:
        for schema in ("raw", "staging", "intermediate", "marts", "seeds", "build"):
            connection.execute(f"create schema {schema}")
        connection.execute(f"create table raw.clues as select '{SAID}' as content_text, 1 as n")
        connection.execute("create view staging.stg_clues as from raw.clues")
        connection.execute("create table intermediate.int_mentions as from raw.clues")
        connection.execute("create view intermediate.int_step as from intermediate.int_mentions")
        connection.execute("create table intermediate.int_appended as select 2 as n")
        connection.execute("create table marts.fct_clues (n integer not null)")
        connection.execute("insert into marts.fct_clues select n from intermediate.int_mentions")
        connection.execute("comment on table marts.fct_clues is 'Clues.'")
        connection.execute("comment on column marts.fct_clues.n is 'A number.'")
        connection.execute("create table seeds.settings as select 3 as n")
        connection.execute("create table build.context as select 4 as n")
    return candidate


def test_working_tables_go_and_all_else_stays_as_it_was(candidate):
    assert SAID.encode() in candidate.database.read_bytes()
    finish(candidate, VERDICT)
    with connect(candidate.database, read_only=True) as connection:
        found = connection.execute(
            "select schema_name || '.' || table_name, comment from duckdb_tables() order by 1"
        ).fetchall()
        assert [name for name, _ in found] == [
            "build.context",
            "intermediate.int_appended",
            "marts.fct_check_results",
            "marts.fct_clues",
            "seeds.settings",
        ]
        assert dict(found)["marts.fct_clues"] == "Clues."
        views = "select count(*) from duckdb_views() where not internal"
        assert connection.execute(views).fetchone() == (0,)
        columns = connection.execute(
            "select comment, is_nullable from duckdb_columns() where table_name = 'fct_clues'"
        ).fetchall()
        assert columns == [("A number.", False)]
        assert connection.execute("select n from marts.fct_clues").fetchall() == [(1,)]
        results = connection.execute("select * from marts.fct_check_results").fetchall()
        assert results == [(*vars(VERDICT.checks[0]).values(), MOMENT)]
        # The next build copies this file and opens it under its own name.
        assert connection.execute("select current_database()").fetchone() == ("minewatch",)


def test_not_even_the_blocks_of_a_dropped_table_are_left(candidate):
    finish(candidate, VERDICT)
    assert SAID.encode() not in candidate.database.read_bytes()
    assert [path.name for path in candidate.directory.iterdir()] == [candidate.database.name]


def test_a_copy_that_was_killed_half_way_is_not_published(candidate):
    for suffix in ("part", "part.wal"):
        (candidate.directory / f".minewatch.duckdb.0123abcd.{suffix}").write_bytes(b"half")
    finish(candidate, VERDICT)
    assert [path.name for path in candidate.directory.iterdir()] == [candidate.database.name]


def test_finishing_twice_is_finishing_once(candidate):
    finish(candidate, VERDICT)
    finish(candidate, VERDICT)
    with connect(candidate.database, read_only=True) as connection:
        assert connection.execute("from intermediate.int_appended").fetchall() == [(2,)]


def test_a_finished_candidate_is_not_checked_again(candidate, tmp_path):
    finish(candidate, VERDICT)
    with pytest.raises(GateError, match="只差发布"):
        gate.check(Home(tmp_path / "home"), candidate)


def test_candidates_are_the_operators_alone(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    for folder in (home.build, home.archive):
        assert folder.stat().st_mode & 0o777 == 0o700
