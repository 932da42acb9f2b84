"""The counties of a city, by what each handed up of a month. Nothing is in an order of rank."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def standing(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row: whether there is something to roll up, and whether this is a county itself."""
    return cursor.execute(
        """
        select
            exists (from marts.fct_county_metrics)
            or exists (
                from marts.dim_units where unit_kind_code = 'county_government' and is_current
            ) as has_counties,
            exists (from marts.dim_townships) as has_townships
        """
    ).df()


def months(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Months that counties have handed up, or should have, the latest first."""
    return cursor.execute(
        """
        select distinct month_start_date
        from marts.rpt_county_months
        order by month_start_date desc
        """
    ).df()


def names(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every county that has handed up anything or should."""
    return cursor.execute(
        """
        select county_code, min(county_name) as county_name
        from marts.rpt_county_months
        group by county_code
        order by county_code
        """
    ).df()


def reported(
    cursor: duckdb.DuckDBPyConnection, county_codes: list[str], month: date
) -> pd.DataFrame:
    """Each county, whether it handed up the month, and its cases: null where it did not."""
    return cursor.execute(
        """
        select
            county_name,
            has_reported,
            discovered_count,
            filed_count,
            decided_count,
            closed_count,
            transferred_count,
            open_count,
            as_of_at,
            received_at
        from marts.rpt_county_months
        where
            month_start_date = $month
            and (len($county_codes) = 0 or list_contains($county_codes, county_code))
        order by county_code
        """,
        {"county_codes": county_codes, "month": month},
    ).df()


def left_out(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Counties whose figures are invented where this home is real, or the other way round."""
    return cursor.execute(
        """
        select distinct county_name
        from marts.fct_county_metrics
        where is_sample <> (select is_sample from marts.dim_version)
        order by county_name
        """
    ).df()


def by_metric_and_county(
    cursor: duckdb.DuckDBPyConnection, county_codes: list[str], month: date
) -> pd.DataFrame:
    """Per metric with a target how each county stands; money has none."""
    return cursor.execute(
        """
        select
            clause_code,
            metric_code,
            metric_name,
            county_code,
            county_name,
            target_status_code,
            metric_value,
            unit_text,
            target_number
        from marts.rpt_county_summary
        where
            month_start_date = $month
            and target_number is not null
            and kind_code is distinct from 'amount'
            and (len($county_codes) = 0 or list_contains($county_codes, county_code))
        order by clause_code like 'annex%', clause_code nulls last, metric_code, county_code
        """,
        {"county_codes": county_codes, "month": month},
    ).df()


def figures(
    cursor: duckdb.DuckDBPyConnection, list_code: str, county_codes: list[str], month: date
) -> pd.DataFrame:
    """Metrics of one kind of each county, in the order of counties and clauses.

    A metric that is not known here is told by its unit: a share or a number.
    """
    return cursor.execute(
        """
        select
            county_name,
            has_reported,
            clause_code,
            metric_name,
            metric_value,
            cumulative_value,
            unit_text,
            target_number,
            target_status_code,
            township_count,
            township_met_count
        from marts.rpt_county_summary
        where
            month_start_date = $month
            and coalesce(kind_code, if(unit_text = '%', 'share', 'count')) = $list_code
            and (len($county_codes) = 0 or list_contains($county_codes, county_code))
        order by county_code, clause_code like 'annex%', clause_code nulls last, metric_code
        """,
        {"list_code": list_code, "county_codes": county_codes, "month": month},
    ).df()


def deadlines(
    cursor: duckdb.DuckDBPyConnection, county_codes: list[str], month: date
) -> pd.DataFrame:
    """How far each county had come with each deadline by the end of the month.

    A county that did not hand up the month stands under each deadline that any other did, with nothing.
    """
    return cursor.execute(
        """
        with known as (
            select
                handed_up.deadline_code,
                min(handed_up.deadline_name) as deadline_name,
                min(handed_up.due_date) as first_due_date,
                min(deadlines.certainty_code) as certainty_code
            from marts.fct_county_deadlines as handed_up
            left join marts.dim_deadlines as deadlines
                on handed_up.deadline_code = deadlines.deadline_code
            where
                handed_up.month_start_date = $month
                and handed_up.is_sample = (select is_sample from marts.dim_version)
            group by handed_up.deadline_code
        )

        select
            known.deadline_code,
            known.deadline_name,
            months.county_name,
            months.has_reported,
            deadlines.planned_count,
            deadlines.done_count,
            deadlines.done_in_time_count,
            deadlines.done_pct,
            deadlines.forecast_code,
            coalesce(deadlines.due_date, known.first_due_date) as due_date,
            deadlines.forecast_date,
            known.certainty_code
        from marts.rpt_county_months as months
        cross join known
        left join marts.fct_county_deadlines as deadlines
            on
                months.county_code = deadlines.county_code
                and months.month_start_date = deadlines.month_start_date
                and known.deadline_code = deadlines.deadline_code
                and months.has_reported
        where
            months.month_start_date = $month
            and (len($county_codes) = 0 or list_contains($county_codes, months.county_code))
        order by
            known.first_due_date,
            known.certainty_code desc nulls last,
            known.deadline_code,
            months.county_code
        """,
        {"county_codes": county_codes, "month": month},
    ).df()


def cases_by_type(
    cursor: duckdb.DuckDBPyConnection, county_codes: list[str], month: date
) -> pd.DataFrame:
    """Open cases of each county by type, of those that handed up the month."""
    return cursor.execute(
        """
        select
            months.county_name,
            coalesce(cases.case_type_name, '类型不明') as case_type_name,
            cases.open_count
        from marts.rpt_county_months as months
        inner join marts.fct_county_cases as cases
            on
                months.county_code = cases.county_code
                and months.month_start_date = cases.month_start_date
        where
            months.month_start_date = $month
            and months.has_reported
            and cases.open_count > 0
            and (len($county_codes) = 0 or list_contains($county_codes, months.county_code))
        order by months.county_code, cases.case_type_code
        """,
        {"county_codes": county_codes, "month": month},
    ).df()
