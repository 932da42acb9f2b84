"""What a leader asks first: what waits for a decision, and what the last week changed."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pandas as pd

from dashboards.queries.incidents import BEGAN


def pressing(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], as_of: datetime, most: int
) -> pd.DataFrame:
    """The sure incidents that nobody dealt with, verified and grave ones first, then the longest open.

    `waiting_days` are days from the first signal to the as-of time. Of what a clue began the week is told
    and no day, which days counted from it would tell as well.
    """
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
            sites.county_unit_name,
            incidents.signal_count,
            incidents.source_count,
            incidents.longitude,
            incidents.latitude,
            incidents.is_confirmed,
            date_diff('day', """
        + BEGAN
        + """, $as_of::timestamp) as waiting_days,
            """
        + BEGAN
        + """ as started_at
        from marts.fct_incidents as incidents
        left join marts.dim_sites as sites
            on incidents.site_id = sites.site_id and sites.is_current
        where
            incidents.confidence_code = 'high'
            and incidents.is_unanswered
            and (
                len($township_codes) = 0
                or list_contains($township_codes, incidents.township_code)
            )
        order by
            incidents.is_confirmed desc,
            incidents.gravity_code = 'high' desc,
            incidents.started_at,
            incidents.incident_id
        limit $most
        """,
        {"township_codes": township_codes, "as_of": as_of, "most": most},
    ).df()


def changes(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], as_of: datetime
) -> pd.DataFrame:
    """What happened in the seven days to the as-of time and in the seven before, one row a kind."""
    return cursor.execute(
        """
        with

        happened as (
            select 1 as place, '新出现的可疑事件（起）' as change_name, township_code, started_at as happened_at
            from marts.fct_incidents
            where is_suspected
            union all
            select 2, '查实的线索（条）', township_code, verified_at
            from marts.fct_signals
            where verdict_code = 'confirmed'
            union all
            select 3, '新立案（件）', township_code, filed_at
            from marts.fct_cases
            union all
            select 4, '办结案件（件）', township_code, ended_at
            from marts.fct_cases
            union all
            select 5, '新逾期的义务（项）', township_code, due_at
            from marts.fct_obligations
            where status in ('overdue', 'no_report') and not is_restricted
            union all
            select 6, '完成的义务（项）', township_code, fulfilled_at
            from marts.fct_obligations
            where status in ('met', 'met_late') and not is_restricted
            union all
            select 7, '台账发现问题（条）', township_code, patrol_date::timestamp
            from marts.fct_patrols
            where has_finding
        )

        select
            change_name,
            count(*) filter (
                where happened_at > $as_of::timestamp - interval 7 day and happened_at <= $as_of::timestamp
            ) as this_week_count,
            count(*) filter (
                where
                    happened_at > $as_of::timestamp - interval 14 day
                    and happened_at <= $as_of::timestamp - interval 7 day
            ) as last_week_count
        from happened
        where len($township_codes) = 0 or list_contains($township_codes, township_code)
        group by place, change_name
        order by place
        """,
        {"township_codes": township_codes, "as_of": as_of},
    ).df()
