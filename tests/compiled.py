"""The models' SQL as dbt compiles it, run without dbt: a fifth of the time where a test is about rows.

dbt runs the same statements in tests/models/test_dbt_build.py, tests/pipeline/test_run.py and wherever a
test runs the command.
"""

import json
import os
from pathlib import Path
from types import SimpleNamespace

from pipeline.build import run_dbt
from pipeline.freeze import make_empty
from warehouse.connection import connect
from warehouse.settings import Home

PLAN = "plan.json"


def dbt(folder, database, *arguments):
    outcome = run_dbt(Home(folder), database, list(arguments), lambda name, done, total: None)
    assert outcome.success, outcome.exception or [
        (result.node.name, result.message) for result in outcome.result if result.message
    ]
    return outcome.result


def compiled(folder, database, select):
    # Without "empty" the tests of the models come too.
    return dbt(folder, database, "compile", "--select", select, "--indirect-selection", "empty")


def compile_project(folder: Path) -> None:
    """Into the folder: a file with the seeds, what dbt has parsed, and every model's SQL in order."""
    folder.mkdir(exist_ok=True)
    database = folder / "minewatch.duckdb"
    with connect(database) as connection:
        make_empty(connection)
    dbt(folder, database, "seed")
    steps = {}
    for result in compiled(folder, database, "resource_type:model"):
        node = result.node
        steps[node.name] = {
            "relation": f'"{node.schema}"."{node.name}"',
            "kind": node.config.materialized,
            "sql": node.compiled_code,
            "stands_on": [one.split(".")[-1] for one in node.depends_on.nodes],
        }
    # Compiled for a table that is there already, they add to it.
    appended = [step for step in steps.values() if step["kind"] == "incremental"]
    with connect(database) as connection:
        for step in appended:
            connection.execute(f"create schema if not exists {step['relation'].split('.')[0]}")
            connection.execute(f"create table {step['relation']} (one integer)")
    for result in compiled(folder, database, "config.materialized:incremental"):
        steps[result.node.name]["append_sql"] = result.node.compiled_code
    assert {step["kind"] for step in steps.values()} == {"view", "table", "incremental"}
    assert all(step["append_sql"] != step["sql"] for step in appended)
    (folder / PLAN).write_text(json.dumps(steps), encoding="utf-8")


class Compiled:
    """The compiled models; `run` makes those named and what they stand on, all if none is named."""

    def __init__(self, folder: Path):
        self.database = folder / "minewatch.duckdb"
        self.steps = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        # Every dbt of this process and of those it starts reads the project as it was parsed here.
        parsed = Home(folder).build / "_dbt" / "target" / "partial_parse.msgpack"
        os.environ["DBT_PARTIAL_PARSE_FILE_PATH"] = str(parsed)

    def wanted(self, names):
        found, left = set(), list(names or self.steps)
        while left:
            name = left.pop()
            if name in self.steps and name not in found:
                found.add(name)
                left += self.steps[name]["stands_on"]
        return found

    def run(self, database: Path, names=()) -> list[str]:
        """Run the models on the frozen inputs in that file, in dbt's order; returns which ran."""
        wanted = self.wanted(names)
        with connect(database) as connection:
            connection.execute(f"attach '{self.database}' as empty (read_only)")
            connection.execute("create schema if not exists seeds")
            tables = connection.execute(
                "select table_name from duckdb_tables() "
                "where database_name = 'empty' and schema_name = 'seeds'"
            ).fetchall()
            for (seed,) in tables:
                connection.execute(
                    f"create or replace table seeds.{seed} as from empty.seeds.{seed}"
                )
            connection.execute("detach empty")
            there = {
                f'"{schema}"."{name}"'
                for schema, name in connection.execute(
                    "select schema_name, table_name from duckdb_tables()"
                ).fetchall()
            }
            for name, step in self.steps.items():
                if name not in wanted:
                    continue
                relation = step["relation"]
                connection.execute(f"create schema if not exists {relation.split('.')[0]}")
                if step["kind"] == "incremental" and relation in there:
                    connection.execute(f"insert into {relation} by name ({step['append_sql']})")
                else:
                    kind = "view" if step["kind"] == "view" else "table"
                    connection.execute(f"create or replace {kind} {relation} as ({step['sql']})")
        return [name for name in self.steps if name in wanted]

    def in_place_of_dbt(self, names=()):
        """What `pipeline.build.run_dbt` may be replaced by."""

        def run(home, database, arguments, progress):
            results = [
                SimpleNamespace(
                    node=SimpleNamespace(
                        name=name,
                        resource_type="model",
                        config=SimpleNamespace(materialized=self.steps[name]["kind"]),
                    ),
                    status="success",
                    failures=None,
                    message=None,
                )
                for name in self.run(database, names)
            ]
            return SimpleNamespace(result=SimpleNamespace(results=results), exception=None)

        return run
