"""Every rule's unit test, on a county that has delivered nothing; and the models build for it too."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.freeze import main as make_empty
from warehouse.settings import ROOT

pytestmark = pytest.mark.slow


def test_all_models_build_and_all_unit_tests_pass(tmp_path):
    make_empty(["--empty", str(tmp_path)])
    environment = os.environ | {
        "MINEWATCH_DB": str(tmp_path / "minewatch.duckdb"),
        "DBT_TARGET_PATH": str(tmp_path / "target"),
        "DBT_LOG_PATH": str(tmp_path / "logs"),
        "DO_NOT_TRACK": "1",
    }
    dbt = str(Path(sys.executable).parent / "dbt")
    done = subprocess.run(
        [dbt, "build", "--quiet"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text())["results"]
    unit_tests = [r for r in results if r["unique_id"].startswith("unit_test.")]
    assert len(unit_tests) >= 50
    assert {r["status"] for r in unit_tests} == {"pass"}
