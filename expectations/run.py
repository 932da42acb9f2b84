"""Run all suites on a candidate and write Data Docs that open offline.

    check_database(database, docs_directory) -> list[CheckResult]

The database is opened read-only. Importing this module costs seconds: do it inside functions.
"""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

# Before the import: the library decides about telemetry when it is loaded.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import pandas as pd
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations import suites as suite_package
from expectations.docs import write_docs
from warehouse.connection import connect

# One line a suite about a temporary folder is not news.
logging.getLogger("great_expectations").setLevel(logging.WARNING)


@dataclass(frozen=True)
class CheckResult:
    """One expectation and its outcome; one result per delivery where single deliveries failed."""

    check_id: str
    tool_code: str
    table_name: str
    check_name: str
    severity_code: str
    delivery_sha256: str | None
    notes_text: str | None
    observed_text: str | None
    is_passed: bool


def suite_modules() -> list[ModuleType]:
    """Every module of `expectations/suites/`."""
    return [
        importlib.import_module(f"{suite_package.__name__}.{found.name}")
        for found in sorted(pkgutil.iter_modules(suite_package.__path__), key=lambda f: f.name)
    ]


def observed(result: Any) -> str:
    """What was seen, in words and numbers, never a failing value: values may be personal data."""
    exception = result.exception_info or {}
    if "raised_exception" in exception:
        raised = exception if exception["raised_exception"] else None
    else:
        # Keyed by metric when a metric failed, which always means that something raised.
        raised = next(iter(exception.values()), None)
    if raised:
        return f"检查没有执行：{raised.get('exception_message')}"
    found = result.result
    if found.get("element_count") is not None:
        return f"{found['unexpected_count']} / {found['element_count']} 不符"
    return f"实际值 {found.get('observed_value')}"


def failed_deliveries(result: Any, column: str | None) -> list[str]:
    """The deliveries whose rows failed; empty if the check is not about single deliveries."""
    rows = result.result.get("unexpected_index_list") or []
    return sorted({row[column] for row in rows if row.get(column)}) if column else []


def judge(module: ModuleType, frame: pd.DataFrame, settings: dict[str, float]) -> list[CheckResult]:
    """The results of one suite on its rows.

    An expectation that raises has failed with its own severity: a broken check must not look like
    good data.
    """
    name = module.__name__.rsplit(".", 1)[-1]
    delivery_column = getattr(module, "DELIVERY_COLUMN", None)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    definition = (
        context.data_sources.add_pandas(name)
        .add_dataframe_asset(name)
        .add_batch_definition_whole_dataframe(name)
    )
    batch = definition.get_batch(batch_parameters={"dataframe": frame})
    results = []
    for number, expectation in enumerate(module.expectations(settings), start=1):
        # One at a time: the library orders the results of a suite as it likes.
        suite = ExpectationSuite(name=f"{name}_{number}", expectations=[expectation])
        context.suites.add(suite)
        report = batch.validate(
            suite,
            result_format={
                "result_format": "COMPLETE",
                "partial_unexpected_count": 0,
                "include_unexpected_rows": False,
                "unexpected_index_column_names": [delivery_column] if delivery_column else [],
            },
        ).results[0]
        severity = (
            "critical"
            if report.expectation_config.severity is FailureSeverity.CRITICAL
            else "warning"
        )
        kind = report.expectation_config.type
        column = report.expectation_config.kwargs.get("column")
        common = {
            "tool_code": "great_expectations",
            "table_name": module.TABLE,
            "check_name": f"{kind}({column})" if column else kind,
            "severity_code": severity,
            "notes_text": expectation.notes,
            "observed_text": observed(report),
        }
        check_id = f"gx.{name}.{number}"
        named = [] if report.success else failed_deliveries(report, delivery_column)
        for delivery in named or [None]:
            results.append(
                CheckResult(
                    check_id=f"{check_id}.{delivery[:12]}" if delivery else check_id,
                    delivery_sha256=delivery,
                    is_passed=bool(report.success),
                    **common,
                )
            )
    return results


def check_database(database: Path, docs_directory: Path) -> list[CheckResult]:
    """Every expectation of every suite on this file; Data Docs go to `docs_directory`."""
    results: list[CheckResult] = []
    with connect(database, read_only=True) as connection:
        settings = dict(
            connection.execute(
                "select setting_code, setting_value from intermediate.int_settings"
            ).fetchall()
        )
        heading = connection.execute(
            "select version_id, county_name, is_sample, as_of_at from marts.dim_version"
        ).fetchone()
        for module in suite_modules():
            query = getattr(module, "QUERY", f"select * from {module.TABLE}")
            results += judge(module, connection.execute(query).df(), settings)
    write_docs(docs_directory, heading, results)
    return results
