"""What townships and villages owe by patrols, and what their ledgers say."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def coverage(
    cursor: duckdb.DuckDBPyConnection,
    level_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Coverage per township and period of one level, for periods that touch the range."""
    return cursor.execute(
        """
        select
            township_code,
            township_name,
            period_kind_code,
            subject_kind_code,
            expected_count,
            done_count,
            form_count,
            zero_report_count,
            coverage_pct,
            is_open,
            is_silent,
            period_start_date,
            period_end_date
        from marts.rpt_patrol_coverage
        where
            patrol_level_code = $level_code
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and period_end_date >= $first
            and period_start_date <= $last
        order by period_start_date, township_code
        """,
        {
            "level_code": level_code,
            "township_codes": township_codes,
            "first": first,
            "last": last,
        },
    ).df()


def latest_coverage(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Per level the last closed period, else the open one, summed over the chosen townships."""
    return cursor.execute(
        """
        select
            patrol_level_code,
            period_kind_code,
            is_open,
            period_start_date,
            period_end_date,
            sum(expected_count)::bigint as expected_count,
            sum(done_count)::bigint as done_count,
            count(*) filter (where is_silent and expected_count > 0) as silent_count
        from marts.rpt_patrol_coverage
        where len($township_codes) = 0 or list_contains($township_codes, township_code)
        group by
            patrol_level_code,
            period_kind_code,
            is_open,
            period_start_date,
            period_end_date
        qualify row_number() over (
            partition by patrol_level_code order by is_open, period_start_date desc
        ) = 1
        order by patrol_level_code
        """,
        {"township_codes": township_codes},
    ).df()


def forms_received(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: ledger forms received in the range and how many of them are zero reports."""
    return cursor.execute(
        """
        select
            count(*) as form_count,
            count(*) filter (where is_zero_report) as zero_report_count
        from marts.fct_patrol_forms
        where
            not is_superseded
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def findings_counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: ledger lines received in the range, those with findings, places nobody registered."""
    return cursor.execute(
        """
        select
            count(*) as line_count,
            count(*) filter (where has_finding) as finding_count,
            count(distinct unregistered_place_id) as unregistered_place_count
        from marts.fct_patrols
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def last_by_site(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Per site the day of its last patrol by any level."""
    return cursor.execute(
        """
        select site_id, max(patrol_date) as last_patrol_date
        from marts.fct_patrols
        where site_id is not null
        group by site_id
        order by site_id
        """
    ).df()
