"""Duties: who owes what by when, how it stands, and which delivered row proves it.

What is about officials (`is_restricted`) is for other eyes and in none of these answers. The code
'county' among those of townships means what belongs to none of them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd

OF_TOWNSHIPS = """
    (len($township_codes) = 0 or list_contains($township_codes, coalesce(township_code, 'county')))
"""
# What fell due in the range, and what is owed still, whenever it fell due. A period that is over
# cannot be made up for, so it counts in its own range only.
SHOWN = f"""
    not is_restricted
    and {OF_TOWNSHIPS}
    and (len($lead_unit_names) = 0 or list_contains($lead_unit_names, lead_unit_name))
    and (len($clause_codes) = 0 or list_contains($clause_codes, clause_code))
    and (
        due_date between $first and $last
        or status = 'open'
        or (kind_code != 'period' and status in ('overdue', 'no_report'))
    )
"""


def counted(
    cursor: duckdb.DuckDBPyConnection,
    township_codes: list[str],
    lead_unit_names: list[str],
    clause_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """One row: obligations by how they stand."""
    return cursor.execute(
        """
        select
            count(*) as obligation_count,
            count(*) filter (where status = 'overdue') as overdue_count,
            count(*) filter (where status = 'no_report') as no_report_count,
            count(*) filter (where is_in_grace) as in_grace_count,
            count(*) filter (where is_due_soon) as due_soon_count,
            count(*) filter (where status = 'open') as open_count,
            count(*) filter (where status = 'met') as met_count,
            count(*) filter (where status = 'met_late') as met_late_count,
            count(*) filter (where status = 'waived') as waived_count
        from marts.fct_obligations
        where
        """
        + SHOWN,
        chosen(township_codes, lead_unit_names, clause_codes, first, last),
    ).df()


def by_clause_and_township(
    cursor: duckdb.DuckDBPyConnection,
    township_codes: list[str],
    lead_unit_names: list[str],
    clause_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Per clause and township how its obligations stand; no township means the county's own."""
    return cursor.execute(
        """
        select
            clause_code,
            coalesce(township_code, 'county') as township_code,
            count(*) as obligation_count,
            count(*) filter (where status = 'overdue') as overdue_count,
            count(*) filter (where status = 'no_report') as no_report_count,
            count(*) filter (where status = 'met_late') as met_late_count,
            count(*) filter (where is_due_soon) as due_soon_count,
            count(*) filter (where status = 'open') as open_count,
            count(*) filter (where status = 'met') as met_count,
            count(*) filter (where status = 'waived') as waived_count
        from marts.fct_obligations
        where
        """
        + SHOWN
        + "group by all order by all",
        chosen(township_codes, lead_unit_names, clause_codes, first, last),
    ).df()


def by_lead_unit(
    cursor: duckdb.DuckDBPyConnection,
    township_codes: list[str],
    lead_unit_names: list[str],
    clause_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Per lead unit what is late and what soon will be, the most late first."""
    return cursor.execute(
        """
        select
            lead_unit_name,
            count(*) filter (where status = 'overdue') as overdue_count,
            count(*) filter (where status = 'no_report') as no_report_count,
            count(*) filter (where is_due_soon) as due_soon_count,
            max(days_late) filter (where status in ('overdue', 'no_report')) as most_days_late
        from marts.fct_obligations
        where (status in ('overdue', 'no_report') or is_due_soon) and
        """
        + SHOWN
        + """
        group by lead_unit_name
        order by overdue_count + no_report_count desc, due_soon_count desc, lead_unit_name
        """,
        chosen(township_codes, lead_unit_names, clause_codes, first, last),
    ).df()


def listed(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    lead_unit_names: list[str],
    clause_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Obligations of one list, those still owed first, the most days late on top.

    Numbers of clues and rewards are left out: beside the duty they would tell how somebody reported.
    """
    return cursor.execute(
        """
        select
            status,
            days_late,
            due_date,
            rule_name,
            lead_unit_name,
            owing_unit_name,
            township_name,
            subject_name,
            case when subject_type not in ('clue', 'reward') then subject_id end as subject_id,
            is_due_soon,
            is_in_grace,
            is_reported_late,
            is_excused,
            fulfilled_at,
            reported_at,
            evidence_type,
            waiver_reason_text,
            clause_code,
            rule_code,
            certainty_code,
            basis_text,
            obligation_id
        from marts.fct_obligations
        where
            (
                $list_code = 'all'
                or ($list_code = 'owed' and (status in ('overdue', 'no_report') or is_due_soon))
                or ($list_code = 'soon' and is_due_soon)
                or status = $list_code
            )
            and
        """
        + SHOWN
        + """
        order by
            status in ('overdue', 'no_report') desc,
            is_due_soon desc,
            days_late desc nulls last,
            due_date,
            lead_unit_name,
            obligation_id
        """,
        chosen(township_codes, lead_unit_names, clause_codes, first, last)
        | {"list_code": list_code},
    ).df()


def chosen(
    township_codes: list[str],
    lead_unit_names: list[str],
    clause_codes: list[str],
    first: date,
    last: date,
) -> dict[str, Any]:
    """The values that `SHOWN` names."""
    return {
        "township_codes": township_codes,
        "lead_unit_names": lead_unit_names,
        "clause_codes": clause_codes,
        "first": first,
        "last": last,
    }


def lead_units(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Units that lead under some rule, in the order of their pinyin."""
    return cursor.execute(
        """
        select lead_unit_name
        from marts.fct_obligations
        where not is_restricted
        group by lead_unit_name
        order by lead_unit_name collate zh
        """
    ).df()


def clauses(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Clauses of the notice in its order."""
    return cursor.execute(
        """
        select clause_code, clause_title
        from marts.dim_clauses
        order by clause_code like 'annex%', clause_code
        """
    ).df()


def one(cursor: duckdb.DuckDBPyConnection, obligation_id: str) -> pd.DataFrame:
    """What an obligation is: one row, none if nobody knows it or it is not for everybody."""
    return cursor.execute(
        """
        select
            rule_name,
            status,
            days_late,
            lead_unit_name,
            owing_unit_name,
            township_name,
            subject_name,
            case when subject_type = 'site' then subject_id end as site_id,
            case when subject_type not in ('clue', 'reward') then subject_id end as subject_id,
            period_start_date,
            period_end_date,
            started_at,
            due_date,
            nullif(extension_count, 0) as extension_count,
            nullif(paused_days, 0) as paused_days,
            fulfilled_at,
            reported_at,
            is_due_soon,
            is_in_grace,
            is_reported_late,
            is_excused,
            waiver_reason_text,
            waiver_approver_name,
            waiver_document_number,
            clause_code,
            rule_code,
            certainty_code,
            basis_text,
            evidence_type,
            evidence_id
        from marts.fct_obligations
        where obligation_id = $obligation_id and not is_restricted
        """,
        {"obligation_id": obligation_id},
    ).df()


# Kind of evidence, mart and key of the delivered row that it is. Protected feeds say no file. What is put together
# from many rows (`milestone`) has none of its own, and files about officials (`accountability`) are not named here.
PROVED_BY = (
    ("patrol", "fct_patrols", "patrol_id"),
    ("patrol_form", "fct_patrol_forms", "form_id"),
    ("zero_report", "fct_patrol_forms", "form_id"),
    ("meeting", "fct_meetings", "meeting_id"),
    ("sponsor_visit", "fct_sponsor_visits", "sponsor_visit_id"),
    ("measure", "fct_measures", "measure_id"),
    ("capacity", "fct_capacity", "capacity_id"),
    ("video_event", "fct_video_events", "video_event_id"),
    ("camera_dark_spell", "fct_camera_dark_spells", "camera_dark_spell_id"),
    ("agency_check", "fct_agency_checks", "agency_check_id"),
    ("joint_operation", "fct_joint_operations", "operation_id"),
    ("publicity", "fct_publicity", "publicity_id"),
    ("inspection", "fct_inspections", "inspection_id"),
    ("instruction", "fct_instructions", "instruction_id"),
    ("explanation", "fct_explanations", "explanation_id"),
    ("explanation", "fct_explanations", "object_id"),
    ("watchlist", "fct_watchlist", "watch_id"),
    ("transfer", "fct_transfers", "transfer_id"),
    ("clue", "fct_clues", "clue_id"),
    ("reward", "fct_rewards", "reward_id"),
    ("site", "dim_sites", "site_id"),
    ("project", "dim_projects", "project_id"),
    ("grid_application", "fct_grid_applications", "application_id"),
    ("power_alert", "fct_power_alerts", "power_alert_id"),
    ("video_verification", "fct_video_verifications", "video_event_id"),
    ("camera", "dim_cameras", "camera_id"),
    ("patch", "fct_patches", "patch_id"),
    ("case", "fct_cases", "case_id"),
    ("case_event", "fct_case_events", "case_event_id"),
    ("credit_entry", "fct_credit_entries", "credit_entry_id"),
    ("enterprise_report", "fct_enterprise_reports", "report_id"),
)
NAMES_NO_FILE = {"fct_clues", "fct_rewards"}
NAMES_NO_ROW = {"fct_patrol_forms"}


def proofs() -> str:
    """All evidence with its delivered rows, as a relation; an explanation is found by either of its numbers."""
    return " union ".join(
        f"""
        select
            '{kind}' as evidence_type,
            {key} as evidence_id,
            delivery_sha256,
            {"null" if mart in NAMES_NO_FILE else "file_name"} as file_name,
            {"null" if mart in NAMES_NO_FILE else "sheet_name"} as sheet_name,
            {"null" if mart in NAMES_NO_ROW else "row_number"} as row_number
        from marts.{mart}
        where {"is_current" if mart == "dim_sites" else "true"}
        """
        for kind, mart, key in PROVED_BY
    )


def evidence(
    cursor: duckdb.DuckDBPyConnection, evidence_type: str, evidence_id: str
) -> pd.DataFrame:
    """File, sheet and row of the evidence, one row a delivered row."""
    return cursor.execute(
        f"""
        select delivery_sha256, file_name, sheet_name, row_number
        from ({proofs()}) as proofs
        where evidence_type = $evidence_type and evidence_id = $evidence_id
        """,
        {"evidence_type": evidence_type, "evidence_id": evidence_id},
    ).df()


def evidence_of(cursor: duckdb.DuckDBPyConnection, obligation_ids: list[str]) -> pd.DataFrame:
    """File, sheet and row of what proves these obligations, one row an obligation and delivered row."""
    return cursor.execute(
        f"""
        select
            obligations.obligation_id,
            proofs.delivery_sha256,
            proofs.file_name,
            proofs.sheet_name,
            proofs.row_number
        from marts.fct_obligations as obligations
        inner join ({proofs()}) as proofs
            on
                obligations.evidence_type = proofs.evidence_type
                and obligations.evidence_id = proofs.evidence_id
        where list_contains($obligation_ids, obligations.obligation_id)
        order by all
        """,
        {"obligation_ids": obligation_ids},
    ).df()


def delivery(cursor: duckdb.DuckDBPyConnection, delivery_sha256: str) -> pd.DataFrame:
    """Which feed a delivery is of, who sent it and when it came."""
    return cursor.execute(
        """
        select feed_code, sender_name, received_at
        from marts.fct_deliveries
        where delivery_sha256 = $delivery_sha256
        """,
        {"delivery_sha256": delivery_sha256},
    ).df()


def deadline_weeks(cursor: duckdb.DuckDBPyConnection, township_code: str | None) -> pd.DataFrame:
    """Every deadline week by week: of a township, or of the county where none is named."""
    return cursor.execute(
        """
        select
            deadline_code,
            deadline_name,
            township_name,
            forecast_code,
            certainty_code,
            planned_count,
            due_count,
            done_count,
            remaining_count,
            done_pct,
            pace_per_week,
            days_after_due,
            is_open,
            week_start_date,
            due_date,
            forecast_date,
            measured_at
        from marts.fct_deadline_progress
        where township_code is not distinct from $township_code and scope_code != 'no_township'
        order by due_date, certainty_code desc, deadline_code, week_start_date
        """,
        {"township_code": township_code},
    ).df()


def deadline_progress(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """How far each township has come with each deadline now, those without a day first, then the latest."""
    return cursor.execute(
        """
        select
            deadline_name,
            scope_code,
            township_name,
            planned_count,
            done_count,
            done_pct,
            forecast_code,
            forecast_date,
            days_after_due,
            due_date,
            done_in_time_count,
            remaining_count,
            pace_per_week,
            certainty_code
        from marts.fct_deadline_progress
        where
            is_open
            and planned_count > 0
            and
        """
        + OF_TOWNSHIPS
        + """
        order by
            due_date,
            certainty_code desc,
            deadline_code,
            scope_code != 'county',
            forecast_code = 'finished',
            days_after_due desc nulls first,
            township_code nulls last
        """,
        {"township_codes": township_codes},
    ).df()
