"""Builds without dbt's data tests where a test is about rows: the gate has tests of its own."""

import json

from pipeline import build as build_module
from pipeline import gate
from pipeline.build import Candidate, build_lock
from warehouse.connection import connect


def build_models(county, monkeypatch, compiled=None, names=(), **given) -> Candidate:
    """A candidate whose models were all built; data tests are left out.

    Given the compiled models they run without dbt, and only those named with what they stand on.
    """
    real = build_module.run_dbt

    def only_models(home, database, arguments, progress):
        return real(home, database, [*arguments, "--exclude-resource-type", "test"], progress)

    chosen = compiled.in_place_of_dbt(names) if compiled else only_models
    monkeypatch.setattr(build_module, "run_dbt", chosen)
    with build_lock(county.home):
        candidate = build_module.build(county.home, **given)
    monkeypatch.setattr(build_module, "run_dbt", real)
    failed = [result for result in candidate.dbt if not result.passed]
    assert not failed, failed
    return candidate


def publish_unchecked(county, candidate, make_current=True):
    """Publish with an empty verdict, so that the next build has a base to start from."""
    content = {"version_id": candidate.id, "checked_at": "2022-12-10T08:00:00", "checks": []}
    (county.home.checks / f"{candidate.id}.json").write_text(json.dumps(content))
    return gate.publish(county.home, candidate, make_current)


def marts(database, names=()) -> dict[str, list[dict]]:
    """Every published row by column, sorted; what a version says of itself and its checks left out.

    Of all tables, or of those named.
    """
    found = {}
    with connect(database, read_only=True) as connection:
        known = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
        for name in names or [name for (name,) in known]:
            if name in ("dim_version", "fct_check_results"):
                continue
            result = connection.execute(f"select * from marts.{name}")
            columns = [column[0] for column in result.description]
            rows = (dict(zip(columns, row, strict=True)) for row in result.fetchall())
            found[name] = sorted(rows, key=repr)
    return found
