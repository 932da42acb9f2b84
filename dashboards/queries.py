"""Everything the pages ask the marts. No Streamlit: the monthly report asks the same questions.

Each function takes a cursor and plain values and returns a DataFrame. An empty list of townships,
feeds or senders means all of them.
"""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pandas as pd


def version(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What this version was built from: one row."""
    return cursor.execute("select * from marts.dim_version").df()


def unknown_calendar_years(cursor: duckdb.DuckDBPyConnection, as_of: datetime) -> pd.DataFrame:
    """Years around the as-of date without holidays, whose working days are only a guess."""
    return cursor.execute(
        """
        select distinct year_number
        from marts.dim_dates
        where
            not is_calendar_known
            and calendar_date between $as_of::date - interval 31 day and $as_of::date + interval 31 day
        order by year_number
        """,
        {"as_of": as_of},
    ).df()


def feeds_received(cursor: duckdb.DuckDBPyConnection, as_of: datetime) -> pd.DataFrame:
    """Per feed: when the last usable delivery came and how many days ago that was."""
    return cursor.execute(
        """
        select
            feed_code,
            count(*) as delivery_count,
            max(received_at) as last_received_at,
            date_diff('day', max(received_at)::date, $as_of::date) as days_since
        from marts.fct_deliveries
        where outcome_code = 'used'
        group by feed_code
        order by feed_code
        """,
        {"as_of": as_of},
    ).df()


def deadlines(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Fixed deadlines, the nearest first."""
    return cursor.execute(
        """
        select deadline_name, clause_code, days_left, due_date
        from marts.dim_deadlines
        order by due_date, deadline_code
        """
    ).df()


def townships(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Townships of today."""
    return cursor.execute(
        """
        select township_code, township_name
        from marts.dim_townships
        where is_current
        order by township_code
        """
    ).df()


def patrol_coverage(
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


def ledgers_received(
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


def patrol_findings(
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


def boundary(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The county's outline, ring by ring in drawing order."""
    return cursor.execute(
        """
        select ring_number, longitude, latitude
        from marts.dim_boundary_points
        order by ring_number, point_number
        """
    ).df()


def sites(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Sites on the register today, also those without coordinates."""
    return cursor.execute(
        """
        select
            site_id,
            site_name,
            site_class_code,
            township_name,
            village_name,
            is_key_area,
            is_register_complete,
            longitude,
            latitude
        from marts.dim_sites
        where
            is_current
            and is_active
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
        order by site_class_code, site_id
        """,
        {"township_codes": township_codes},
    ).df()


def last_patrols(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
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


def power_days(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """Energy of all watched meters per day, in kWh, with how much of it was really collected."""
    return cursor.execute(
        """
        select
            reading_date,
            count(*) as meter_count,
            count(*) filter (where is_collection_failure) as failed_meter_count,
            sum(energy_kwh) as energy_kwh,
            sum(night_energy_kwh) as night_energy_kwh,
            100.0 * sum(night_energy_kwh) / nullif(sum(energy_kwh), 0) as night_share_pct,
            100.0 * sum(point_count) / (96 * count(*)) as completeness_pct
        from marts.fct_power_days
        where reading_date between $first and $last
        group by reading_date
        order by reading_date
        """,
        {"first": first, "last": last},
    ).df()


def deliveries(
    cursor: duckdb.DuckDBPyConnection, feed_codes: list[str], sender_names: list[str]
) -> pd.DataFrame:
    """Deliveries, the newest first."""
    return cursor.execute(
        """
        select
            received_at,
            feed_code,
            file_name,
            sender_name,
            township_name,
            outcome_code,
            read_count,
            good_count,
            rejected_count,
            rejected_pct,
            skipped_count,
            warning_count,
            form_count,
            zero_report_count,
            refusal_text,
            size_bytes,
            delivery_sha256
        from marts.fct_deliveries
        where
            (len($feed_codes) = 0 or list_contains($feed_codes, feed_code))
            and (len($sender_names) = 0 or list_contains($sender_names, sender_name))
        order by received_at desc, file_name, delivery_sha256, feed_code
        """,
        {"feed_codes": feed_codes, "sender_names": sender_names},
    ).df()


def sender_names(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Everyone who sent something, in the order of their Chinese names."""
    return cursor.execute(
        """
        select distinct sender_name
        from marts.fct_deliveries
        where sender_name is not null
        order by sender_name collate zh
        """
    ).df()


def feed_codes(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every feed of which something arrived."""
    return cursor.execute(
        "select distinct feed_code from marts.fct_deliveries order by feed_code"
    ).df()


def rejected_rows(
    cursor: duckdb.DuckDBPyConnection, feed_codes: list[str], sender_names: list[str]
) -> pd.DataFrame:
    """Rejected rows with their reasons, the newest delivery first."""
    return cursor.execute(
        """
        select
            received_at,
            feed_code,
            sender_name,
            file_name,
            sheet_name,
            row_number,
            cell,
            header_text,
            reason_text,
            original_text,
            delivery_sha256
        from marts.fct_rejected_rows
        where
            (len($feed_codes) = 0 or list_contains($feed_codes, feed_code))
            and (len($sender_names) = 0 or list_contains($sender_names, sender_name))
        order by received_at desc, file_name, sheet_name, row_number, rejected_row_id
        """,
        {"feed_codes": feed_codes, "sender_names": sender_names},
    ).df()


def cell_warnings(
    cursor: duckdb.DuckDBPyConnection, feed_codes: list[str], sender_names: list[str]
) -> pd.DataFrame:
    """Cells that became null or were mended; their rows count."""
    return cursor.execute(
        """
        select
            received_at,
            feed_code,
            sender_name,
            file_name,
            sheet_name,
            row_number,
            cell,
            header_text,
            reason_text,
            delivery_sha256
        from marts.fct_cell_warnings
        where
            (len($feed_codes) = 0 or list_contains($feed_codes, feed_code))
            and (len($sender_names) = 0 or list_contains($sender_names, sender_name))
        order by received_at desc, file_name, sheet_name, row_number, cell_warning_id
        """,
        {"feed_codes": feed_codes, "sender_names": sender_names},
    ).df()


def check_results(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Checks before publishing: what failed first, critical before warning."""
    return cursor.execute(
        """
        select
            is_passed,
            severity_code,
            tool_code,
            table_name,
            check_name,
            notes_text,
            observed_text,
            delivery_sha256,
            checked_at
        from marts.fct_check_results
        order by is_passed, severity_code, table_name, check_name, check_id
        """
    ).df()
