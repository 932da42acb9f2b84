"""One supervised site: what the register says, and all that came in about it, week by week."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def listed(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Sites on the register today with what the range brought, those with most to answer for first."""
    return cursor.execute(
        """
        with

        patrols as (
            select
                site_id,
                max(patrol_date) as last_patrol_date,
                count(*) filter (where patrol_date between $first and $last) as line_count,
                count(*) filter (where has_finding and patrol_date between $first and $last)
                    as finding_count
            from marts.fct_patrols
            where site_id is not null
            group by site_id
        ),

        incidents as (
            select
                site_id,
                count(*) as suspected_count,
                count(*) filter (where is_unanswered) as unanswered_count
            from marts.fct_incidents
            where
                site_id is not null
                and is_suspected
                and started_date <= $last
                and ended_at >= $first
            group by site_id
        ),

        cases as (
            select site_id, count(*) as open_case_count
            from marts.fct_cases
            where site_id is not null and is_open
            group by site_id
        ),

        duties as (
            select subject_id as site_id, count(*) as late_count
            from marts.fct_obligations
            where
                subject_type = 'site'
                and not is_restricted
                and status in ('overdue', 'no_report')
                and due_date between $first and $last
            group by subject_id
        )

        select
            sites.site_name,
            sites.site_class_code,
            sites.township_name,
            sites.village_name,
            coalesce(incidents.suspected_count, 0) as suspected_count,
            coalesce(incidents.unanswered_count, 0) as unanswered_count,
            coalesce(cases.open_case_count, 0) as open_case_count,
            coalesce(duties.late_count, 0) as late_count,
            coalesce(patrols.line_count, 0) as line_count,
            coalesce(patrols.finding_count, 0) as finding_count,
            patrols.last_patrol_date,
            sites.is_key_area,
            sites.is_register_complete,
            sites.mineral_name,
            sites.longitude,
            sites.latitude,
            sites.site_id
        from marts.dim_sites as sites
        left join patrols on sites.site_id = patrols.site_id
        left join incidents on sites.site_id = incidents.site_id
        left join cases on sites.site_id = cases.site_id
        left join duties on sites.site_id = duties.site_id
        where
            sites.is_current
            and sites.is_active
            and (len($township_codes) = 0 or list_contains($township_codes, sites.township_code))
        order by unanswered_count desc, suspected_count desc, late_count desc, sites.site_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def one(cursor: duckdb.DuckDBPyConnection, site_id: str) -> pd.DataFrame:
    """What the register says of a site today, and which delivered row says it: one row or none."""
    return cursor.execute(
        """
        select
            site_id,
            site_name,
            site_class_code,
            township_name,
            village_name,
            small_place_name,
            mineral_name,
            licence_number,
            licence_from_date,
            licence_to_date,
            closed_date,
            production_state_name,
            responsible_enterprise_name,
            county_unit_name,
            is_key_area,
            is_register_complete,
            has_township_grid_member,
            has_village_grid_member,
            has_warning_sign,
            has_responsibility_plate,
            longitude,
            latitude,
            deregistered_date,
            deregistered_reason,
            file_name,
            sheet_name,
            row_number
        from marts.dim_sites
        where site_id = $site_id and is_current
        """,
        {"site_id": site_id},
    ).df()


def weeks(cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date) -> pd.DataFrame:
    """What came in about a site, one row a week (its Monday) and line of the strip.

    Lines are the patrols of each level, the sources of signals, cases filed, and duties about the site
    that fell due and are not done. `sure_count` of them are findings, verified signals, or late.
    """
    return cursor.execute(
        """
        with

        told as (
            select
                patrol_date as told_date,
                patrol_level_code as line_code,
                case patrol_level_code
                    when 'village' then '村级巡查'
                    when 'township' then '乡级巡查'
                    when 'county' then '县级巡查'
                    else '级别不明'
                end as line_name,
                1 as told_count,
                has_finding as is_sure
            from marts.fct_patrols
            where site_id = $site_id
            union all
            select signal_date, source_code, source_name, repeat_count, verdict_code = 'confirmed'
            from marts.fct_signals
            where site_id = $site_id and source_code <> 'patrol'
            union all
            select filed_at::date, 'case', '立案', 1, true
            from marts.fct_cases
            where site_id = $site_id
            union all
            select due_date, 'late', '逾期义务', 1, true
            from marts.fct_obligations
            where
                subject_type = 'site'
                and subject_id = $site_id
                and not is_restricted
                and status in ('overdue', 'no_report')
        )

        select
            date_trunc('week', told_date)::date as week_start_date,
            line_code,
            line_name,
            sum(told_count)::bigint as told_count,
            (sum(told_count) filter (where is_sure))::bigint as sure_count
        from told
        where told_date between $first and $last
        group by all
        order by all
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def incidents(
    cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date
) -> pd.DataFrame:
    """Incidents at the site that went on in the range, the latest first."""
    return cursor.execute(
        """
        select
            started_at,
            ended_at,
            confidence_code,
            first_source_name,
            signal_count,
            source_count,
            confirmed_count,
            is_suspected,
            is_unanswered,
            has_reason,
            case_id,
            incident_id
        from marts.fct_incidents
        where site_id = $site_id and started_date <= $last and ended_at >= $first
        order by is_suspected desc, started_at desc, incident_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def patrols(
    cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date
) -> pd.DataFrame:
    """Ledger lines about the site in the range, the latest first."""
    return cursor.execute(
        """
        select
            patrol_date,
            patrol_level_code,
            reporting_unit_name,
            location_text,
            illegal_mining_code,
            out_of_bounds_code,
            violation_code,
            disposition_text,
            photo_text,
            is_carried_over,
            match_method_code,
            match_confidence_code,
            file_name,
            sheet_name,
            row_number
        from marts.fct_patrols
        where site_id = $site_id and patrol_date between $first and $last
        order by patrol_date desc, patrol_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def duties(
    cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date
) -> pd.DataFrame:
    """Duties about the site due in the range or open now, those still owed first."""
    return cursor.execute(
        """
        select
            status,
            days_late,
            due_date,
            rule_name,
            owing_unit_name,
            lead_unit_name,
            fulfilled_at,
            clause_code,
            basis_text,
            obligation_id
        from marts.fct_obligations
        where
            subject_type = 'site'
            and subject_id = $site_id
            and not is_restricted
            and (due_date between $first and $last or status = 'open')
        order by
            status in ('overdue', 'no_report') desc,
            status = 'open' desc,
            due_date desc,
            obligation_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def cases(cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date) -> pd.DataFrame:
    """Cases at the site that were filed or open in the range, the latest first."""
    return cursor.execute(
        """
        select
            case_id,
            case_type_name,
            stage_name,
            handling_unit_name,
            discovered_date,
            filed_at,
            decided_at,
            ended_at,
            is_open,
            file_name,
            sheet_name,
            row_number
        from marts.fct_cases
        where
            site_id = $site_id
            and coalesce(filed_at::date, discovered_date, $last) <= $last
            and coalesce(ended_at::date, $last) >= $first
        order by filed_at desc nulls first, case_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def cameras(
    cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date
) -> pd.DataFrame:
    """Cameras over the site and how they answered in the range."""
    return cursor.execute(
        """
        select
            cameras.camera_id,
            cameras.camera_name,
            cameras.build_state_code,
            cameras.is_in_service,
            cameras.match_distance_m,
            round(
                100.0 * sum(days.online_minutes)
                / nullif(sum(days.online_minutes + days.offline_minutes), 0), 1
            ) as online_pct,
            sum(days.event_count)::bigint as event_count,
            cameras.accepted_date
        from marts.dim_cameras as cameras
        left join marts.fct_camera_days as days
            on cameras.camera_id = days.camera_id and days.camera_date between $first and $last
        where cameras.site_id = $site_id
        group by all
        order by cameras.camera_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def meters(
    cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date
) -> pd.DataFrame:
    """Power accounts at the site and what was odd with them in the range."""
    return cursor.execute(
        """
        select
            users.meter_id,
            users.power_user_name,
            users.user_state_code,
            users.electricity_kind_name,
            users.running_capacity_kva,
            users.is_key_monitored,
            count(alerts.power_alert_id) as alert_count,
            string_agg(distinct alerts.alert_type_name, '、' order by alerts.alert_type_name)
                as alert_types_text
        from marts.dim_power_users as users
        left join marts.fct_power_alerts as alerts
            on
                users.meter_id = alerts.meter_id
                and alerts.alert_date <= $last
                and coalesce(alerts.last_date, alerts.alert_date) >= $first
        where users.is_current and users.site_id = $site_id
        group by all
        order by alert_count desc, users.meter_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()


def inspections(
    cursor: duckdb.DuckDBPyConnection, site_id: str, first: date, last: date
) -> pd.DataFrame:
    """Spot checks of the site in the range, the latest first."""
    return cursor.execute(
        """
        select
            inspection_date,
            inspection_level_name,
            inspected_unit_name,
            problem_text,
            is_announced,
            has_problem,
            is_rectified,
            rectify_due_date,
            rectified_date,
            file_name,
            sheet_name,
            row_number
        from marts.fct_inspections
        where site_id = $site_id and inspection_date between $first and $last
        order by inspection_date desc, inspection_id
        """,
        {"site_id": site_id, "first": first, "last": last},
    ).df()
