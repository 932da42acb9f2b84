"""Incidents: where signals gather, who told first, and what came of it."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

# Incidents that went on in the range, at whatever time they began.
SHOWN = """
    (len($township_codes) = 0 or list_contains($township_codes, township_code))
    and started_date <= $last and ended_at >= $first
"""


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: incidents of the range by what came of them; the sure ones apart."""
    return cursor.execute(
        """
        select
            count(*) as incident_count,
            count(*) filter (where confidence_code = 'high') as sure_count,
            count(*) filter (where confidence_code = 'high' and is_unanswered) as sure_unanswered_count,
            count(*) filter (where is_confirmed) as confirmed_count,
            count(*) filter (where is_confirmed and is_unanswered) as confirmed_unanswered_count,
            count(*) filter (where has_case) as case_count,
            count(*) filter (where has_reason) as reason_count,
            median(days_to_verification) as median_days_to_verification,
            median(days_to_filing) as median_days_to_filing
        from marts.fct_incidents
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
        from marts.fct_incidents
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
            confirmed_count,
            case_id,
            case_link_code,
            is_unanswered,
            has_reason,
            days_to_verification,
            days_to_filing,
            started_at,
            ended_at,
            incident_id
        from marts.fct_incidents
        where
            (
                $list_code = 'all'
                or ($list_code = 'sure' and confidence_code = 'high' and is_unanswered)
                or ($list_code = 'unanswered' and is_unanswered)
                or ($list_code = 'dealt_with' and not is_unanswered)
            )
            and
        """
        + SHOWN
        + """
        order by
            case confidence_code when 'high' then 1 when 'medium' then 2 else 3 end,
            confirmed_count = 0,
            gravity_code = 'medium',
            source_count desc,
            started_at,
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
            incidents.confirmed_count,
            incidents.case_id,
            incidents.case_link_code,
            incidents.is_unanswered,
            incidents.has_reason,
            incidents.started_at,
            incidents.ended_at,
            incidents.first_verified_at,
            incidents.case_filed_at,
            incidents.case_closed_at,
            incidents.incident_id
        from marts.fct_incident_signals as members
        inner join marts.fct_incidents as incidents on members.incident_id = incidents.incident_id
        where members.signal_id = $signal_id
        """,
        {"signal_id": signal_id},
    ).df()


def signals(cursor: duckdb.DuckDBPyConnection, incident_id: str) -> pd.DataFrame:
    """The signals of an incident in the order of time, each with the row that tells it.

    Of a clue it is told that there was one: its number and its file would tell how somebody reported.
    """
    return cursor.execute(
        """
        select
            signals.started_at,
            signals.source_name,
            signals.verdict_code,
            signals.confidence_code,
            signals.repeat_count,
            signals.ended_at,
            signals.verified_at,
            case when signals.source_code <> 'clue' then signals.case_id end as case_id,
            case when signals.source_code <> 'clue' then signals.evidence_id end as evidence_id,
            coalesce(signals.file_name, '受保护的来件') as file_name,
            signals.sheet_name,
            signals.row_number
        from marts.fct_incident_signals as members
        inner join marts.fct_signals as signals on members.signal_id = signals.signal_id
        where members.incident_id = $incident_id
        order by members.signal_rank
        """,
        {"incident_id": incident_id},
    ).df()
