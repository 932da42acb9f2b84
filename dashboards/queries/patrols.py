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


def lines_counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: ledger lines received in the range, those with findings or copied, unknown places."""
    return cursor.execute(
        """
        select
            count(*) as line_count,
            count(*) filter (where has_finding) as finding_count,
            count(*) filter (where is_carried_over) as carried_over_count,
            count(distinct unregistered_place_id) as unregistered_place_count
        from marts.fct_patrols
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def forms_by_week(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Per township and week of receipt: forms and their lines, for weeks that touch the range.

    Forms that were replaced later count too: they did arrive. County units have no township.
    """
    return cursor.execute(
        """
        select
            township_code,
            count(*) as form_count,
            count(*) filter (where is_zero_report) as zero_report_count,
            sum(row_count)::bigint as row_count,
            date_trunc('week', reported_at) as week_start_date
        from marts.fct_patrol_forms
        where
            township_code is not null
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between date_trunc('week', $first::date) and $last
        group by all
        order by week_start_date, township_code
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def findings(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Lines that found something, the newest first."""
    return cursor.execute(
        """
        select
            township_name,
            village_name,
            location_text,
            site_name,
            illegal_mining_code,
            out_of_bounds_code,
            violation_code,
            disposition_text,
            remark_text,
            patrol_level_code,
            is_carried_over,
            patrol_date,
            reporting_unit_name,
            file_name,
            sheet_name,
            row_number,
            reported_at,
            site_id,
            delivery_sha256
        from marts.fct_patrols
        where
            has_finding
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        order by patrol_date desc nulls last, reported_at desc, patrol_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def unregistered_places(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Places that ledgers name and no register has, the most often named first."""
    return cursor.execute(
        """
        select
            max(township_name) as township_name,
            max(village_name) as village_name,
            arg_max(location_text, (reported_at, patrol_id)) as location_text,
            count(*) as mention_count,
            count(*) filter (where has_finding) as finding_count,
            min(patrol_date) as first_named_date,
            max(patrol_date) as last_named_date,
            unregistered_place_id
        from marts.fct_patrols
        where
            unregistered_place_id is not null
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        group by unregistered_place_id
        order by finding_count desc, mention_count desc, unregistered_place_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def carried_over(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Units whose lines repeat an earlier ledger word for word, the largest share first."""
    return cursor.execute(
        """
        select
            reporting_unit_name,
            max(township_name) as township_name,
            count(*) as line_count,
            count(*) filter (where is_carried_over) as carried_over_count,
            round(100.0 * count(*) filter (where is_carried_over) / count(*), 1)
                as carried_over_pct
        from marts.fct_patrols
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        group by reporting_unit_name
        having count(*) filter (where is_carried_over) > 0
        order by carried_over_pct desc, carried_over_count desc, reporting_unit_name
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def forms(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Every form received in the range, also replaced ones, the newest first."""
    return cursor.execute(
        """
        select
            reported_at,
            reporting_unit_name,
            township_name,
            patrol_level_code,
            row_count,
            is_zero_report,
            is_superseded,
            is_conflict,
            filled_date,
            period_start_date,
            period_end_date,
            file_name,
            sheet_name,
            delivery_sha256
        from marts.fct_patrol_forms
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and reported_at::date between $first and $last
        order by reported_at desc, file_name, sheet_name, form_id
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
