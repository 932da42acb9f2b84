"""The floors of the house: who may import whom, and who may speak SQL."""

import ast
from pathlib import Path

import pytest

from warehouse.settings import ROOT

OURS = {"warehouse", "ingestion", "expectations", "dashboards", "reports", "sample", "pipeline"}
ALLOWED = {
    "warehouse": set(),
    "ingestion": {"warehouse"},
    "expectations": {"warehouse"},
    "dashboards": {"warehouse"},
    "reports": {"warehouse", "dashboards"},
    # The sample writes what townships send; if it shared code with the readers, both could be wrong.
    "sample": {"warehouse"},
    "pipeline": OURS,
}
HEAVY = {
    "dashboards": {"great_expectations", "dbt"},
    "ingestion": {"great_expectations", "dbt", "streamlit"},
    "warehouse": {"great_expectations", "dbt", "streamlit", "pandas"},
    "expectations": {"dbt", "streamlit"},
    "reports": {"great_expectations", "dbt", "streamlit"},
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", sorted(OURS))
def test_a_floor_stands_only_on_the_floors_below_it(package):
    assert files(package), f"{package} has no modules"
    for path in files(package):
        wrong = (imported(path) & OURS) - ALLOWED[package] - {package}
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"
        heavy = imported(path) & HEAVY.get(package, set())
        assert not heavy, f"{path.relative_to(ROOT)} imports {heavy}"


def test_charts_and_queries_do_not_know_streamlit():
    modules = [*files("dashboards/charts"), *files("dashboards/queries")]
    assert len(modules) > 2
    for path in modules:
        assert "streamlit" not in imported(path), path.relative_to(ROOT)


def test_every_file_knows_no_county():
    for package in sorted(OURS) + ["models", "macros", "seeds"]:
        for path in (ROOT / package).rglob("*"):
            if path.suffix in {".py", ".sql", ".yml"}:
                text = path.read_text(encoding="utf-8")
                assert "偏关" not in text, path
                assert "140932" not in text, path
                assert "pianguan" not in text.lower(), path


def test_nothing_names_an_outside_host_in_the_dashboards():
    for path in (ROOT / "dashboards").rglob("*.py"):
        text = path.read_text(encoding="utf-8").replace("http://127.0.0.1", "")
        assert "http://" not in text, path
        assert "https://" not in text, path
