"""Contradictions: what papers claim and other evidence denies, where each stands, and where to look next."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

SHOWN = """
    (len($township_codes) = 0 or list_contains($township_codes, township_code))
    and claim_date between $first and $last
"""


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: contradictions whose claim lies in the range, by where they stand."""
    return cursor.execute(
        """
        select
            count(*) as contradiction_count,
            count(*) filter (where confidence_code = 'high') as sure_count,
            count(*) filter (where status_code = 'unasked') as unasked_count,
            count(*) filter (where status_code = 'asked') as asked_count,
            count(*) filter (where status_code = 'unanswered') as unanswered_count,
            count(*) filter (where status_code = 'confirmed') as confirmed_count,
            count(*) filter (where status_code in ('refuted', 'explained')) as explained_count
        from marts.fct_contradictions
        where
        """
        + SHOWN,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def by_rule(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Contradictions of the range by rule and by where they stand, the rule with most of them first."""
    return cursor.execute(
        """
        select
            rule_name,
            status_code,
            count(*) as contradiction_count
        from marts.fct_contradictions
        where
        """
        + SHOWN
        + """
        group by rule_name, status_code
        order by sum(count(*)) over (partition by rule_name) desc, rule_name, status_code
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def listed(
    cursor: duckdb.DuckDBPyConnection,
    status_list: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Contradictions of the range that stand so, the surest first; `all` is every one."""
    return cursor.execute(
        """
        select
            rule_code,
            rule_name,
            confidence_code,
            status_code,
            asked_unit_name,
            township_name,
            coalesce(site_name, village_name) as site_name,
            claim_text,
            evidence_text,
            evidence_count,
            claim_date,
            due_at,
            contradiction_id
        from marts.fct_contradictions
        where ($status_list = 'all' or status_code = $status_list) and
        """
        + SHOWN
        + """
        order by
            case confidence_code when 'high' then 1 when 'medium' then 2 else 3 end,
            claim_date desc,
            contradiction_id
        """,
        {
            "status_list": status_list,
            "township_codes": township_codes,
            "first": first,
            "last": last,
        },
    ).df()


def claim(cursor: duckdb.DuckDBPyConnection, contradiction_id: str) -> pd.DataFrame:
    """What the paper says, and where it stands; one row, or none."""
    return cursor.execute(
        """
        select
            rule_name,
            claim_text,
            claim_date,
            claim_unit_name,
            claim_file_name as file_name,
            claim_sheet_name as sheet_name,
            claim_row_number as row_number
        from marts.fct_contradictions
        where contradiction_id = $contradiction_id
        """,
        {"contradiction_id": contradiction_id},
    ).df()


def standing(cursor: duckdb.DuckDBPyConnection, contradiction_id: str) -> pd.DataFrame:
    """How sure it is, who was to see to the place on that day, and who is asked; one row, or none."""
    return cursor.execute(
        """
        select
            confidence_code,
            status_code,
            asked_unit_name,
            asked_at,
            due_at,
            explained_at,
            township_name,
            village_name,
            site_name,
            county_sponsor_name,
            township_sponsor_name,
            has_township_grid_member,
            has_village_grid_member,
            raised_date,
            site_id,
            contradiction_id
        from marts.fct_contradictions
        where contradiction_id = $contradiction_id
        """,
        {"contradiction_id": contradiction_id},
    ).df()


def evidence(cursor: duckdb.DuckDBPyConnection, contradiction_id: str) -> pd.DataFrame:
    """What denies the claim, the strongest first, each with the row that tells it.

    Of a clue it is told that there was one: its file would tell how somebody reported.
    """
    return cursor.execute(
        """
        select
            evidence_text,
            confidence_code,
            evidence_date,
            hours_between,
            distance_m,
            coalesce(evidence_file_name, '受保护的来件') as file_name,
            evidence_sheet_name as sheet_name,
            evidence_row_number as row_number
        from marts.fct_contradiction_evidence
        where contradiction_id = $contradiction_id
        order by evidence_rank
        """,
        {"contradiction_id": contradiction_id},
    ).df()


def suggestions(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Where to look in the week after the as-of date, township by township in order."""
    return cursor.execute(
        """
        select
            township_name,
            pick_number,
            place_name,
            village_name,
            pick_code,
            total_points,
            reasons_text,
            last_visit_date,
            going_unit_name,
            week_start_date,
            week_end_date
        from marts.rpt_patrol_suggestions
        where len($township_codes) = 0 or list_contains($township_codes, township_code)
        order by township_code, pick_number
        """,
        {"township_codes": township_codes},
    ).df()
