"""Metrics: what was counted in a month and since the base month, clause by clause."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def of_month(
    cursor: duckdb.DuckDBPyConnection,
    township_code: str | None,
    clause_codes: list[str],
    day: date,
) -> pd.DataFrame:
    """Per metric its figures of the month of `day`, of one township or (null) the county.

    What is about officials is told of the county only.
    """
    return cursor.execute(
        """
        select
            monthly.clause_code,
            monthly.metric_name,
            monthly.metric_value,
            monthly.previous_value,
            monthly.cumulative_value,
            monthly.unit_text,
            monthly.target_number,
            monthly.target_status_code,
            monthly.numerator,
            monthly.denominator,
            metrics.definition_text
        from marts.fct_metrics_monthly as monthly
        inner join marts.dim_metrics as metrics on monthly.metric_code = metrics.metric_code
        where
            monthly.month_start_date = date_trunc('month', $day)
            and case
                when $township_code is null then monthly.scope_code = 'county'
                else
                    monthly.scope_code = 'township'
                    and monthly.township_code = $township_code
                    and not monthly.is_restricted
            end
            and (len($clause_codes) = 0 or list_contains($clause_codes, monthly.clause_code))
        order by monthly.clause_code like 'annex%', monthly.clause_code, monthly.metric_code
        """,
        {"township_code": township_code, "clause_codes": clause_codes, "day": day},
    ).df()


def defined(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every metric with its definition and the SQL that counts it, in the order of the clauses."""
    return cursor.execute(
        """
        select
            clause_code,
            metric_name,
            definition_text,
            unit_text,
            kind_code as metric_kind_code,
            direction_code,
            target_number,
            is_additive,
            is_assessed,
            is_cumulative,
            is_by_township,
            is_by_unit,
            relation_name,
            numerator_sql,
            denominator_sql,
            condition_sql,
            date_sql,
            stock_sql,
            metric_code
        from marts.dim_metrics
        order by clause_code like 'annex%', clause_code, metric_code
        """
    ).df()
