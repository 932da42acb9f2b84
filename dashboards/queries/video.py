"""Video: cameras planned, built and answering, and what they reported."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def cameras_counted(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """One row: cameras on the register and those in service."""
    return cursor.execute(
        """
        select
            count(*) as camera_count,
            count(*) filter (where is_in_service) as in_service_count
        from marts.dim_cameras
        where len($township_codes) = 0 or list_contains($township_codes, township_code)
        """,
        {"township_codes": township_codes},
    ).df()


def built_by_township(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Cameras per township and state of building, and how many of them are in service."""
    return cursor.execute(
        """
        select
            township_code,
            township_name,
            build_state_code,
            count(*) as camera_count,
            count(*) filter (where is_in_service) as in_service_count,
            count(*) filter (where has_state_conflict) as conflict_count
        from marts.dim_cameras
        where len($township_codes) = 0 or list_contains($township_codes, township_code)
        group by all
        order by township_code nulls last, build_state_code
        """,
        {"township_codes": township_codes},
    ).df()


def cameras(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Per camera how it answered in the range, those that are silent at its end first."""
    return cursor.execute(
        """
        select
            camera_id,
            camera_name,
            township_name,
            arg_max(is_silent, camera_date) as is_silent_at_end,
            max(camera_date) filter (where not is_silent) as last_known_date,
            round(
                100.0 * sum(online_minutes) / nullif(sum(online_minutes + offline_minutes), 0), 1
            ) as online_pct,
            sum(offline_spell_count)::bigint as offline_spell_count,
            count(*) filter (where is_silent) as silent_day_count,
            count(*) as day_count,
            sum(event_count)::bigint as event_count,
            sum(online_minutes)::bigint as online_minutes,
            sum(offline_minutes)::bigint as offline_minutes
        from marts.fct_camera_days
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and camera_date between $first and $last
        group by camera_id, camera_name, township_name
        order by is_silent_at_end desc, online_pct nulls first, camera_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def events_counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: events of the range and what was verified; faults of devices apart."""
    return cursor.execute(
        """
        select
            count(*) filter (where not is_device_fault) as event_count,
            count(*) filter (where is_device_fault) as fault_count,
            count(*) filter (where is_mining_related) as mining_count,
            count(*) filter (where is_mining_related and is_verified) as mining_verified_count,
            count(*) filter (where is_mining_related and verification_code = 'confirmed')
                as mining_confirmed_count,
            count(*) filter (where is_mining_related and verification_code = 'false_alarm')
                as mining_false_count
        from marts.fct_video_events
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and event_date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def events_by_day(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Events per day and kind, without faults of devices."""
    return cursor.execute(
        """
        select
            event_date,
            event_kind_name,
            is_mining_related,
            count(*) as event_count
        from marts.fct_video_events
        where
            not is_device_fault
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and event_date between $first and $last
        group by all
        order by event_date, event_kind_name
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def events(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Events of one list (mining, unverified, all, faults), the newest first."""
    return cursor.execute(
        """
        select
            occurred_at,
            event_kind_name,
            event_type_name,
            camera_name,
            township_name,
            village_name,
            site_name,
            match_distance_m,
            verification_code,
            verifying_unit_name,
            verified_at,
            verification_minutes,
            disposition_text,
            case_id,
            push_count,
            push_delay_seconds,
            is_known_camera,
            device_id,
            site_id,
            video_event_id,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_video_events
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and event_date between $first and $last
            and (
                ($list_code = 'mining' and is_mining_related)
                or ($list_code = 'unverified' and is_mining_related and not is_verified)
                or ($list_code = 'all' and not is_device_fault)
                or ($list_code = 'faults' and is_device_fault)
            )
        order by occurred_at desc, video_event_id
        """,
        {
            "list_code": list_code,
            "township_codes": township_codes,
            "first": first,
            "last": last,
        },
    ).df()


def dark_spells(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Cameras that went dark night after night and saw by day, the most nights first."""
    return cursor.execute(
        """
        select
            camera_name,
            township_name,
            village_name,
            site_name,
            night_count,
            first_night_date,
            last_night_date,
            offline_minutes,
            site_id,
            camera_id,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_camera_dark_spells
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and first_night_date <= $last
            and last_night_date >= $first
        order by night_count desc, first_night_date, camera_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def repeated_spells(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Spells of digging seen at one place on many nights and refuted by nobody, place by place."""
    return cursor.execute(
        """
        select
            township_name,
            village_name,
            site_name,
            camera_name,
            event_kind_name,
            night_count,
            event_count,
            verified_count,
            verdict_code,
            started_at,
            ended_at,
            case_id,
            site_id,
            video_event_id,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_video_spells
        where
            is_repeated
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and started_at::date <= $last
            and ended_at >= $first
        order by night_count desc, township_name, site_name, village_name, started_at
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()
