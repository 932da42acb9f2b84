"""Incidents: where signals gather, who told first, and what came of it."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

# Incidents that went on in the range, at whatever time they began.
SHOWN = """
    (len($township_codes) = 0 or list_contains($township_codes, incidents.township_code))
    and incidents.started_date <= $last and incidents.ended_at >= $first
"""
OF_LIST = """
    (
        $list_code = 'all'
        or ($list_code = 'suspected' and incidents.is_suspected)
        or (
            $list_code = 'sure'
            and incidents.confidence_code = 'high'
            and incidents.is_unanswered
        )
        or ($list_code = 'unanswered' and incidents.is_unanswered)
        or ($list_code = 'dealt_with' and not incidents.is_unanswered)
    )
    and
"""
# Of a clue its week may be known, so of what a clue began the week is told.
BEGAN = """
    case
        when incidents.first_source_code = 'clue' then date_trunc('week', incidents.started_at)
        else incidents.started_at
    end
"""
# The site of an incident, else its village: what stands there is told of one or the other.
AT_THE_PLACE = """
    (
        places.site_id = incidents.site_id
        or (incidents.site_id is null and places.village_code = incidents.village_code)
    )
"""


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: incidents of the range by what came of them; the sure ones apart."""
    return cursor.execute(
        """
        select
            count(*) as incident_count,
            count(*) filter (where is_suspected) as suspected_count,
            count(*) filter (where is_suspected and is_unanswered) as suspected_unanswered_count,
            count(*) filter (where confidence_code = 'high') as sure_count,
            count(*) filter (where confidence_code = 'high' and is_unanswered) as sure_unanswered_count,
            count(*) filter (where is_confirmed) as confirmed_count,
            count(*) filter (where is_confirmed and is_unanswered) as confirmed_unanswered_count,
            count(*) filter (where has_case) as case_count,
            count(*) filter (where has_reason) as reason_count,
            median(days_to_verification) as median_days_to_verification,
            median(days_to_filing) as median_days_to_filing
        from marts.fct_incidents as incidents
        where
        """
        + SHOWN,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def by_first_source(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Who told first of the sure incidents of the range, and whether they were dealt with."""
    return cursor.execute(
        """
        select
            first_source_name,
            count(*) filter (where has_case) as case_count,
            count(*) filter (where not has_case and has_reason) as reason_count,
            count(*) filter (where is_unanswered) as unanswered_count
        from marts.fct_incidents as incidents
        where confidence_code = 'high' and
        """
        + SHOWN
        + """
        group by first_source_name
        order by count(*) desc, first_source_name
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def listed(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Incidents of one list, the surest and the gravest first."""
    return cursor.execute(
        """
        select
            confidence_code,
            gravity_code,
            township_name,
            coalesce(site_name, village_name) as site_name,
            place_kind_code,
            first_source_name,
            signal_count,
            source_count,
            credible_source_count,
            confirmed_count,
            case_id,
            case_link_code,
            is_suspected,
            is_unanswered,
            has_reason,
            days_to_verification,
            days_to_filing,
            """
        + BEGAN
        + """ as started_at,
            ended_at,
            longitude,
            latitude,
            incident_id
        from marts.fct_incidents as incidents
        where
        """
        + OF_LIST
        + SHOWN
        + """
        order by
            case confidence_code when 'high' then 1 when 'medium' then 2 else 3 end,
            confirmed_count = 0,
            gravity_code = 'medium',
            source_count desc,
            incidents.started_at,
            incident_id
        """,
        {"list_code": list_code, "township_codes": township_codes, "first": first, "last": last},
    ).df()


def one(cursor: duckdb.DuckDBPyConnection, signal_id: str) -> pd.DataFrame:
    """The incident that a signal belongs to: every name an incident ever had is that of a signal."""
    return cursor.execute(
        """
        select
            incidents.confidence_code,
            incidents.township_name,
            incidents.village_name,
            incidents.site_name,
            incidents.place_kind_code,
            incidents.first_source_name,
            incidents.signal_count,
            incidents.source_count,
            incidents.credible_source_count,
            incidents.confirmed_count,
            incidents.case_id,
            incidents.case_link_code,
            incidents.is_suspected,
            incidents.is_unanswered,
            incidents.has_reason,
            """
        + BEGAN
        + """ as started_at,
            incidents.ended_at,
            incidents.first_verified_at,
            incidents.case_filed_at,
            incidents.case_closed_at,
            incidents.longitude,
            incidents.latitude,
            incidents.site_id,
            incidents.incident_id
        from marts.fct_incident_signals as members
        inner join marts.fct_incidents as incidents on members.incident_id = incidents.incident_id
        where members.signal_id = $signal_id
        """,
        {"signal_id": signal_id},
    ).df()


def placed(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Incidents of one list for a map; of which only the village is known, the middle of it."""
    return cursor.execute(
        """
        select
            incidents.incident_id,
            incidents.place_kind_code,
            incidents.confidence_code,
            incidents.first_source_code,
            incidents.first_source_name,
            incidents.township_name,
            incidents.village_name,
            incidents.site_name,
            incidents.signal_count,
            incidents.source_count,
            incidents.has_case,
            incidents.has_reason,
            incidents.is_confirmed,
            incidents.is_unanswered,
            """
        + BEGAN
        + """ as started_at,
            coalesce(incidents.longitude, villages.longitude) as longitude,
            coalesce(incidents.latitude, villages.latitude) as latitude
        from marts.fct_incidents as incidents
        left join marts.dim_villages as villages
            on
                incidents.village_code = villages.village_code
                and incidents.place_kind_code = 'village'
                and villages.is_current
        where
        """
        + OF_LIST
        + SHOWN
        + """
        order by incidents.started_at, incidents.incident_id
        """,
        {"list_code": list_code, "township_codes": township_codes, "first": first, "last": last},
    ).df()


def signals(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """The signals of an incident in the order of time, each with the row that tells it.

    Of a clue its week and state are told: its hour, number and file would tell how somebody reported.
    """
    return cursor.execute(
        """
        select
            case
                when signals.source_code = 'clue' then date_trunc('week', signals.started_at)
                else signals.started_at
            end as started_at,
            signals.source_name,
            signals.verdict_code,
            signals.confidence_code,
            signals.repeat_count,
            coalesce(signals.file_name, '受保护的来件') as file_name,
            signals.sheet_name,
            signals.row_number,
            case when signals.source_code <> 'clue' then signals.ended_at end as ended_at,
            case when signals.source_code <> 'clue' then signals.verified_at end as verified_at,
            case when signals.source_code <> 'clue' then signals.case_id end as case_id,
            case when signals.source_code <> 'clue' then signals.evidence_id end as evidence_id,
            case when signals.source_code <> 'clue' then signals.delivery_sha256 end
                as delivery_sha256
        from marts.fct_incident_signals as members
        inner join marts.fct_signals as signals on members.signal_id = signals.signal_id
        where members.incident_id = $incident_id
        order by members.signal_rank
        """,
        {"incident_id": incident_id},
    ).df()


def events(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """The delivered events behind the spells of video that belong to an incident, one a row."""
    return cursor.execute(
        """
        select
            events.occurred_at,
            events.event_kind_name,
            events.camera_name,
            events.site_name,
            events.verification_code,
            events.verifying_unit_name,
            events.verified_at,
            events.disposition_text,
            events.push_count,
            events.video_event_id,
            events.file_name,
            events.sheet_name,
            events.row_number,
            events.delivery_sha256
        from marts.fct_incident_signals as members
        inner join marts.fct_signals as signals on members.signal_id = signals.signal_id
        inner join marts.fct_video_spells as spells
            on signals.evidence_id = spells.video_event_id and signals.source_code = 'video'
        inner join marts.fct_video_events as events
            on
                spells.device_id = events.device_id
                and spells.event_kind_code = events.event_kind_code
                and coalesce(spells.site_id, '') = coalesce(events.site_id, '')
                and events.occurred_at between spells.started_at and spells.ended_at
        where
            members.incident_id = $incident_id
            and events.is_mining_related
            and not events.has_clock_error
        order by events.occurred_at, events.video_event_id
        """,
        {"incident_id": incident_id},
    ).df()


def load_days(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """The delivered days of load behind the load alerts that belong to an incident, one a row."""
    return cursor.execute(
        """
        select distinct
            days.reading_date,
            days.meter_id,
            days.energy_kwh,
            days.night_energy_kwh,
            days.night_share_pct,
            days.peak_kw,
            days.baseline_energy_kwh,
            days.file_name,
            days.row_number,
            days.delivery_sha256
        from marts.fct_incident_signals as members
        inner join marts.fct_signals as signals on members.signal_id = signals.signal_id
        inner join marts.fct_power_alerts as alerts
            on signals.evidence_id = alerts.power_alert_id and signals.source_code = 'load_curve'
        inner join marts.fct_power_days as days
            on
                alerts.meter_id = days.meter_id
                and days.reading_date between alerts.alert_date and alerts.last_date
        where members.incident_id = $incident_id
        order by days.reading_date, days.meter_id
        """,
        {"incident_id": incident_id},
    ).df()


def dark_nights(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """The nights behind the cameras that were dark, each with the status that tells it."""
    return cursor.execute(
        """
        select
            nights.night_date,
            nights.camera_name,
            nights.camera_id,
            nights.offline_minutes,
            nights.file_name,
            nights.sheet_name,
            nights.row_number,
            nights.delivery_sha256
        from marts.fct_incident_signals as members
        inner join marts.fct_signals as signals on members.signal_id = signals.signal_id
        inner join marts.fct_camera_dark_nights as nights
            on
                signals.evidence_id = nights.camera_dark_spell_id
                and signals.source_code = 'camera_dark'
        where members.incident_id = $incident_id
        order by nights.night_date, nights.camera_id
        """,
        {"incident_id": incident_id},
    ).df()


def ledger_lines(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """What ledgers said of the place of an incident in the weeks in which it went on."""
    return cursor.execute(
        """
        select
            coalesce(patrols.patrol_date, patrols.reported_at::date) as patrol_date,
            patrols.reporting_unit_name,
            patrols.patrol_level_code,
            patrols.location_text,
            patrols.illegal_mining_code,
            patrols.out_of_bounds_code,
            patrols.violation_code,
            patrols.disposition_text,
            patrols.has_finding,
            patrols.is_carried_over,
            patrols.file_name,
            patrols.sheet_name,
            patrols.row_number,
            patrols.delivery_sha256
        from marts.fct_incidents as incidents
        inner join marts.fct_patrols as patrols
            on
                incidents.place_id = case incidents.place_kind_code
                    when 'site' then patrols.site_id
                    when 'unregistered' then patrols.unregistered_place_id
                    else patrols.village_code
                end
        where
            incidents.incident_id = $incident_id
            and coalesce(patrols.patrol_date, patrols.reported_at::date)
            between date_trunc('week', incidents.started_at)
            and date_trunc('week', incidents.ended_at) + interval 6 day
        order by 1, patrols.patrol_id
        """,
        {"incident_id": incident_id},
    ).df()


def cameras(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """Cameras at the place and those that saw it, and how they answered while it went on."""
    return cursor.execute(
        """
        select
            places.camera_id,
            places.camera_name,
            places.village_name,
            places.site_name,
            places.build_state_code,
            places.is_in_service,
            round(
                100.0 * sum(days.online_minutes)
                / nullif(sum(days.online_minutes + days.offline_minutes), 0), 1
            ) as online_pct,
            sum(days.offline_minutes)::bigint as offline_minutes,
            count(*) filter (where days.is_silent) as silent_day_count,
            sum(days.event_count)::bigint as event_count
        from marts.fct_incidents as incidents
        cross join marts.dim_cameras as places
        left join marts.fct_camera_days as days
            on
                places.camera_id = days.camera_id
                and days.camera_date between incidents.started_date and incidents.ended_at::date
        where
            incidents.incident_id = $incident_id
            and (
                places.camera_id in (
                    select spells.camera_id
                    from marts.fct_incident_signals as members
                    inner join marts.fct_signals as signals on members.signal_id = signals.signal_id
                    inner join marts.fct_video_spells as spells
                        on
                            signals.evidence_id = spells.video_event_id
                            and signals.source_code = 'video'
                    where members.incident_id = $incident_id
                )
                or
        """
        + AT_THE_PLACE
        + """
            )
        group by all
        order by places.camera_id
        """,
        {"incident_id": incident_id},
    ).df()


def meters(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """Accounts at the place and their alerts while it went on; of a mere village those with alerts."""
    return cursor.execute(
        """
        select
            places.meter_id,
            places.power_user_name,
            places.village_name,
            places.site_name,
            places.user_state_code,
            places.electricity_kind_name,
            places.running_capacity_kva,
            places.is_key_monitored,
            count(alerts.power_alert_id) as alert_count,
            string_agg(distinct alerts.alert_type_name, '、' order by alerts.alert_type_name)
                as alert_types_text
        from marts.fct_incidents as incidents
        cross join marts.dim_power_users as places
        left join marts.fct_power_alerts as alerts
            on
                places.meter_id = alerts.meter_id
                and alerts.alert_date <= incidents.ended_at::date
                and coalesce(alerts.last_date, alerts.alert_date) >= incidents.started_date
        where
            incidents.incident_id = $incident_id
            and places.is_current
            and (incidents.site_id is not null or alerts.power_alert_id is not null)
            and
        """
        + AT_THE_PLACE
        + """
        group by all
        order by alert_count desc, places.meter_id
        """,
        {"incident_id": incident_id},
    ).df()


def responsible(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """Who answered for the place when the incident began: one row, positions and never persons."""
    return cursor.execute(
        """
        select
            incidents.township_name,
            coalesce(incidents.village_name, sites.village_name) as village_name,
            sites.site_class_code,
            sites.has_township_grid_member,
            sites.has_village_grid_member,
            string_agg(distinct sponsors.position_name, '、' order by sponsors.position_name)
                filter (where sponsors.level_code = 'county') as county_sponsor_name,
            string_agg(distinct sponsors.position_name, '、' order by sponsors.position_name)
                filter (where sponsors.level_code = 'township') as township_sponsor_name,
            sites.county_unit_name,
            sites.responsible_enterprise_name
        from marts.fct_incidents as incidents
        left join marts.dim_sites as sites
            on
                incidents.site_id = sites.site_id
                and sites.valid_from_at <= incidents.started_at
                and coalesce(sites.valid_to_at, 'infinity') > incidents.started_at
        left join marts.dim_sponsorships as sponsors
            on
                incidents.township_code = sponsors.township_code
                and (
                    sponsors.village_code is null
                    or sponsors.village_code = coalesce(incidents.village_code, sites.village_code)
                )
                and sponsors.is_current
                and sponsors.start_date <= incidents.started_date
                and coalesce(sponsors.end_date, 'infinity') >= incidents.started_date
        where incidents.incident_id = $incident_id
        group by all
        """,
        {"incident_id": incident_id},
    ).df()
