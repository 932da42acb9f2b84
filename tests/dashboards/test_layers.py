"""Who may do what among the modules of the dashboards, and that words match the rest of the house."""

import ast
import csv
import importlib
import re

import duckdb
import pytest
import yaml
from invented_autumn import contracts

from dashboards import queries, words
from ingestion.feeds import FEEDS
from warehouse.settings import ROOT

DASHBOARDS = ROOT / "dashboards"
# Marts whose rows a page lists.
SHOWN_MARTS = ["fct_deliveries", "fct_rejected_rows", "fct_cell_warnings", "fct_patrols"]
SHOWN_MARTS += ["fct_patrol_forms", "fct_cases", "fct_case_events", "fct_video_events"]
SHOWN_MARTS += ["fct_camera_days", "fct_power_alerts", "dim_power_users"]
SHOWN_MARTS += ["fct_obligations", "fct_deadline_progress", "fct_metrics_monthly"]
SHOWN_MARTS += ["fct_incidents", "fct_signals", "dim_sites", "dim_cameras"]
SHOWN_MARTS += ["fct_clues", "fct_rewards", "fct_publicity", "fct_commendations"]
SHOWN_MARTS += ["fct_camera_dark_spells", "fct_video_spells"]
SHOWN_MARTS += ["fct_contradictions", "fct_contradiction_evidence"]
SHOWN_MARTS += ["fct_inspections", "dim_metrics", "fct_accountability", "fct_transfers"]
SHOWN_MARTS += ["rpt_county_months", "fct_county_deadlines"]
SHOWN_MARTS += ["rpt_patrol_suggestions", "rpt_sensor_quality", "rpt_silent_sensors"]
QUERIES = sorted((DASHBOARDS / "queries").glob("*.py"))
CHARTS = sorted((DASHBOARDS / "charts").glob("*.py"))
WITHOUT_STREAMLIT = [
    *QUERIES,
    *CHARTS,
    *(DASHBOARDS / f"{name}.py" for name in ("exports", "markup", "stamp", "words")),
    *(DASHBOARDS / f"{name}.py" for name in ("access", "access_log", "accounts", "scope")),
    *(DASHBOARDS / f"{name}.py" for name in ("claims", "units")),
    *(DASHBOARDS / f"{name}.py" for name in ("permissions", "workbench", "workbench_child")),
]
SQL = re.compile(
    r"\b(select|insert|update|delete|with)\b[^一-鿿]*\b(from|into|set|as)\b", re.I | re.S
)


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sql_texts(path):
    tree = parsed(path)
    prose = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
    }
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and value not in prose and SQL.search(value):
            yield value


def test_only_queries_speak_sql():
    speaking = {path for path in DASHBOARDS.rglob("*.py") if any(sql_texts(path))}
    # `scope` makes the views that queries read.
    speaking -= {DASHBOARDS / "scope.py"}
    assert speaking == {path for path in QUERIES if path.stem != "__init__"}


def test_only_data_opens_a_database():
    opening = {
        path.stem
        for path in DASHBOARDS.rglob("*.py")
        if "warehouse.connection.connect" in imports(path)
    }
    # `workbench` copies a version for its own process; `units` says who somebody is before `data` can ask.
    assert opening == {"data", "units", "workbench"}


@pytest.mark.parametrize(
    "path", WITHOUT_STREAMLIT, ids=lambda path: f"{path.parent.name}.{path.stem}"
)
def test_what_the_report_will_reuse_knows_no_streamlit(path):
    assert not [one for one in imports(path) if one.startswith("streamlit")]


@pytest.mark.parametrize("package", ["queries", "charts"])
def test_every_subject_is_reached_by_its_package(package):
    """`queries.cases.listed` reads as a sentence; a module left out would only work by accident."""
    module = importlib.import_module(f"dashboards.{package}")
    stems = {path.stem for path in (DASHBOARDS / package).glob("*.py")} - {"__init__"}
    assert set(module.__all__) == stems


def test_queries_read_marts_only():
    known = {f"marts.{mart}" for mart in contracts()}
    for path in QUERIES:
        for text in sql_texts(path):
            read = set(re.findall(r"\b(?:from|join)\s+([\w.]+)", text))
            steps = set(re.findall(r"\b(\w+) as \(\s*select", text))
            assert read - steps <= known, f"{path.stem} reads what is no mart with a contract"


def test_pages_have_emoji_icons_only():
    """A page icon `:material/…:` makes the browser ask an outside host."""
    assert ":material" not in (DASHBOARDS / "app.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("feed", FEEDS.values(), ids=lambda feed: feed.token)
def test_every_feed_has_the_name_its_declaration_gives(feed):
    assert words.feed_name(feed.token) == feed.title


def test_every_kind_of_evidence_has_its_name_and_its_mart():
    """Those without one row of their own, and those about officials, are named beside the list."""
    with (ROOT / "seeds" / "evidence_types.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["evidence_type"]: row["evidence_name"] for row in csv.DictReader(file)}
    assert kinds == words.EVIDENCE
    found = {kind for kind, _, _ in queries.duties.PROVED_BY}
    assert set(kinds) - found == {"milestone", "accountability", "boundary"}


def accepted_values():
    """Every code that a mart's contract allows in a column that pages show in words."""
    for path in sorted((ROOT / "models" / "marts").glob("*/*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            for column in model["columns"]:
                for test in column.get("data_tests", []):
                    if column["name"] in words.CODES and "accepted_values" in test:
                        values = test["accepted_values"]["arguments"]["values"]
                        yield model["name"], column["name"], values


def test_every_code_that_a_contract_allows_has_its_word():
    shown = list(accepted_values())
    assert {column for _, column, _ in shown} >= {
        "build_state_code",
        "certainty_code",
        "check_result_code",
        "forecast_code",
        "patrol_level_code",
        "scope_code",
        "status",
        "user_state_code",
        "verification_code",
    }
    wordless = {
        f"{mart}.{column}: {value}"
        for mart, column, values in shown
        for value in values
        if value not in words.CODES[column]
    }
    assert not wordless


@pytest.mark.parametrize("mart", SHOWN_MARTS)
def test_every_column_that_is_shown_has_a_chinese_label(mart):
    labels = words.labels(mart)
    assert set(labels) == set(contracts()[mart])
    assert all(re.search("[一-鿿]", label) for label in labels.values())
    assert len(set(labels.values())) == len(labels)


def test_an_unknown_code_is_shown_as_it_is():
    rows = duckdb.sql("select 'no_such_feed' as feed_code, 'used' as outcome_code").df()
    shown = words.in_chinese(rows, "fct_deliveries")
    assert shown.iloc[0].tolist() == ["no_such_feed", "已采用"]
