"""Watched meters, their accounts and the power company's alerts."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def days(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
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


def users_counted(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """One row: accounts of today, those under key monitoring, those in no normal state."""
    return cursor.execute(
        """
        select
            count(*) as user_count,
            count(*) filter (where is_key_monitored) as key_count,
            count(*) filter (where user_state_code != 'normal') as abnormal_count,
            count(*) filter (where is_key_monitored and user_state_code != 'normal')
                as key_abnormal_count
        from marts.dim_power_users
        where
            is_current
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
        """,
        {"township_codes": township_codes},
    ).df()


def users(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Accounts under key monitoring or in no normal state, the latter first."""
    return cursor.execute(
        """
        select
            meter_id,
            power_user_name,
            user_state_code,
            is_key_monitored,
            township_name,
            village_name,
            site_name,
            electricity_kind_name,
            industry_name,
            contract_capacity_kva,
            running_capacity_kva,
            opened_date,
            closed_date,
            valid_from_at,
            site_id
        from marts.dim_power_users
        where
            is_current
            and (is_key_monitored or user_state_code != 'normal')
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
        order by user_state_code = 'normal', is_key_monitored desc, valid_from_at desc, meter_id
        """,
        {"township_codes": township_codes},
    ).df()


def alerts_counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: alerts of the range and how far each has come."""
    return cursor.execute(
        """
        select
            count(*) as alert_count,
            count(*) filter (where is_checked) as checked_count,
            count(*) filter (where is_confirmed) as confirmed_count,
            count(*) filter (where not is_fed_back) as unanswered_count,
            count(*) filter (where not is_known_meter) as unknown_meter_count,
            median(hours_to_check) as median_hours_to_check,
            median(hours_to_feedback) as median_hours_to_feedback
        from marts.fct_power_alerts
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and source_code = 'company'
            and alert_date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def alerts_by_township(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Alerts per township and type."""
    return cursor.execute(
        """
        select
            township_code,
            township_name,
            alert_type_name,
            count(*) as alert_count,
            count(*) filter (where is_confirmed) as confirmed_count
        from marts.fct_power_alerts
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and source_code = 'company'
            and alert_date between $first and $last
        group by all
        order by township_code nulls last, alert_type_name
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def alerts(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Alerts of the range, those without feedback first, then the newest."""
    return cursor.execute(
        """
        select
            alerted_at,
            alert_type_name,
            level_name,
            meter_id,
            power_user_name,
            township_name,
            village_name,
            site_name,
            reason_text,
            check_result_code,
            is_checked,
            is_fed_back,
            hours_to_check,
            hours_to_feedback,
            disposition_text,
            is_supply_stopped,
            checked_at,
            fed_back_at,
            power_alert_id,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_power_alerts
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and source_code = 'company'
            and alert_date between $first and $last
        order by is_fed_back, alerted_at desc, power_alert_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def derived_alerts(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """What our own rules find in the curves of the range, the newest first."""
    return cursor.execute(
        """
        select
            alert_date,
            last_date,
            days_count,
            alert_type_name,
            reason_text,
            meter_id,
            power_user_name,
            township_name,
            village_name,
            site_name,
            power_alert_id,
            file_name,
            row_number,
            delivery_sha256
        from marts.fct_power_alerts
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and source_code = 'derived'
            and alert_date <= $last
            and last_date >= $first
        order by alert_date desc, meter_id, power_alert_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def one_alert(cursor: duckdb.DuckDBPyConnection, power_alert_id: str) -> pd.DataFrame:
    """What an alert is: one row, none if nobody knows the number."""
    return cursor.execute(
        """
        select
            power_alert_id,
            alert_type_name,
            reason_text,
            meter_id,
            power_user_name,
            township_name,
            village_name,
            site_name,
            check_result_code,
            disposition_text,
            days_count,
            alert_date,
            last_date,
            site_id,
            file_name,
            sheet_name,
            row_number
        from marts.fct_power_alerts
        where power_alert_id = $power_alert_id
        """,
        {"power_alert_id": power_alert_id},
    ).df()


def curve(cursor: duckdb.DuckDBPyConnection, power_alert_id: str) -> pd.DataFrame:
    """The curve of the day that shows an alert best, beside what is usual at each hour."""
    return cursor.execute(
        """
        select
            minute_number,
            power_kw,
            usual_kw,
            usual_low_kw,
            usual_high_kw,
            baseline_day_count,
            is_working_day,
            is_night,
            curve_date
        from marts.fct_power_alert_curves
        where power_alert_id = $power_alert_id
        order by point_number
        """,
        {"power_alert_id": power_alert_id},
    ).df()
