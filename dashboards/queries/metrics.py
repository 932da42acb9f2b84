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
