"""What this version was built from, what arrived, and what was wrong with it."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pandas as pd


def version(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What this version was built from: one row."""
    return cursor.execute("select * from marts.dim_version").df()


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


def failed_checks(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What failed, critical before warning; a check that several deliveries failed is one row."""
    return cursor.execute(
        """
        select
            checks.severity_code,
            checks.notes_text,
            checks.observed_text,
            nullif(count(deliveries.file_name), 0) as delivery_count,
            array_to_string(
                list_slice(
                    list(deliveries.file_name order by deliveries.received_at desc)
                        filter (where deliveries.file_name is not null),
                    1, 3
                ),
                '、'
            ) as latest_files_text,
            checks.table_name,
            checks.check_name
        from marts.fct_check_results as checks
        left join marts.fct_deliveries as deliveries
            on checks.delivery_sha256 = deliveries.delivery_sha256
        where not checks.is_passed
        group by all
        order by checks.severity_code, checks.table_name, checks.check_name, checks.notes_text
        """
    ).df()


def sensor_quality(
    cursor: duckdb.DuckDBPyConnection, sensor_kind_code: str, window_code: str
) -> pd.DataFrame:
    """How often alerts of that kind were true, by camera, type or rule; what is surely poor first."""
    return cursor.execute(
        """
        select
            sensor_name,
            alert_count,
            verified_count,
            confirmed_count,
            refuted_count,
            precision_pct,
            precision_lower_pct,
            is_small_sample,
            median_verification_hours,
            last_alert_date
        from marts.rpt_sensor_quality
        where sensor_kind_code = $sensor_kind_code and window_code = $window_code
        order by precision_lower_pct nulls last, verified_count desc, sensor_name
        """,
        {"sensor_kind_code": sensor_kind_code, "window_code": window_code},
    ).df()


def silent_sensors(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Cameras and meters that nothing has been heard of lately, the longest silent first."""
    return cursor.execute(
        """
        select
            sensor_kind_code,
            sensor_name,
            township_name,
            village_name,
            site_name,
            silent_days,
            is_ever_heard,
            last_heard_date,
            measured_to_date,
            site_id,
            sensor_id
        from marts.rpt_silent_sensors
        order by silent_days desc nulls first, sensor_kind_code, sensor_id
        """
    ).df()
