"""Matters of officials: what the commission received and decided, what is owed, and one from end to end.

Counts and kinds of action, never who. The code 'county' among those of townships means what belongs to
none of them.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from dashboards.queries.duties import OF_TOWNSHIPS
from dashboards.queries.incidents import BEGAN

# What fell due in the range, and what is owed still, whenever it fell due.
DUTIES = f"""
    is_restricted
    and {OF_TOWNSHIPS}
    and (due_date between $first and $last or status in ('open', 'overdue', 'no_report'))
"""
# The cases that a number leads to: its own, or that of the matter or transfer which it names.
ITS_CASES = """
    select case_id from marts.fct_cases where case_id = $number
    union
    select case_id from marts.fct_accountability
    where $number in (accountability_id, case_id) and case_id is not null
    union
    select case_id from marts.fct_transfers
    where is_about_officials and $number in (transfer_id, case_id) and case_id is not null
"""
COURSE = """
    with matters as (
        select * from marts.fct_accountability
        where accountability_id = $number or case_id in ({its_cases})
    ),

    transfers as (
        select * from marts.fct_transfers
        where
            is_about_officials
            and (transfer_id = $number or case_id in ({its_cases}))
    ),

    steps as (
        select
            {began} as occurred_at,
            '事件：' || first_source_name || '最先发现' as state_name,
            null as unit_name,
            signal_count || ' 条信号' as detail_text,
            null as file_name,
            null as sheet_name,
            null as row_number
        from marts.fct_incidents as incidents
        where case_id in ({its_cases})
        union all
        select
            occurred_at,
            '案件：' || state_name,
            counterpart_unit_name,
            document_number,
            file_name,
            sheet_name,
            row_number
        from marts.fct_case_events
        where case_id in ({its_cases}) and not is_after_as_of
        union all
        select
            transferred_at, '问题线索移送', from_unit_name, '移送' || to_unit_name,
            file_name, sheet_name, row_number
        from transfers
        union all
        select
            acknowledged_at, '问题线索签收', to_unit_name, null,
            file_name, sheet_name, row_number
        from transfers
        union all
        select
            answered_at, '问题线索反馈', to_unit_name, null,
            file_name, sheet_name, row_number
        from transfers
        union all
        select
            received_date, '责任追究：受理', null, accountability_id,
            file_name, sheet_name, row_number
        from matters
        union all
        select
            closed_date, '责任追究：办结', null,
            concat_ws('，', coalesce(action_text, '处理方式未填'), person_count || ' 人'),
            file_name, sheet_name, row_number
        from matters
        union all
        select
            published_date, '责任追究：公开', null, null,
            file_name, sheet_name, row_number
        from matters
        where is_published
    )

    select occurred_at, state_name, unit_name, detail_text, file_name, sheet_name, row_number
    from steps
    where occurred_at is not null
    order by occurred_at, state_name
"""


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: matters received and closed in the range, and where all others stand."""
    return cursor.execute(
        f"""
        select
            count(*) filter (where received_date between $first and $last) as received_count,
            count(*) filter (where not is_closed) as open_count,
            count(*) filter (where status in ('overdue', 'no_report')) as overdue_count,
            count(*) filter (where closed_date between $first and $last) as closed_count,
            coalesce(
                sum(person_count) filter (where closed_date between $first and $last), 0
            ) as person_count,
            count(*) filter (where is_closed and not is_published) as unpublished_count
        from marts.fct_accountability
        where {OF_TOWNSHIPS}
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def by_rule(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Duties about officials by what starts them and how they stand, the most late first."""
    return cursor.execute(
        f"""
        select
            rule_name,
            status,
            count(*) as obligation_count,
            count(*) filter (where certainty_code = 'configured') as configured_count
        from marts.fct_obligations
        where {DUTIES}
        group by rule_name, status
        order by
            sum(count(*) filter (where status in ('overdue', 'no_report')))
                over (partition by rule_name) desc nulls last,
            rule_name,
            status
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def by_action(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Matters closed in the range by kind of action, published or not."""
    return cursor.execute(
        f"""
        select
            coalesce(action_text, '未填') as action_text,
            is_published,
            count(*) as matter_count,
            sum(person_count) as person_count
        from marts.fct_accountability
        where closed_date between $first and $last and {OF_TOWNSHIPS}
        group by all
        order by all
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def matters(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Matters of one list, those that are open first."""
    return cursor.execute(
        f"""
        select
            accountability_id,
            received_date,
            status,
            due_date,
            days_late,
            case_id,
            case_type_name,
            township_name,
            handling_unit_name,
            action_text,
            person_count,
            closed_date,
            published_date,
            file_name,
            sheet_name,
            row_number
        from marts.fct_accountability
        where
            (
                (
                    $list_code = 'all'
                    and (
                        not is_closed
                        or received_date between $first and $last
                        or closed_date between $first and $last
                    )
                )
                or ($list_code = 'open' and not is_closed)
                or ($list_code = 'overdue' and status in ('overdue', 'no_report'))
                or ($list_code = 'closed' and closed_date between $first and $last)
                or ($list_code = 'unpublished' and is_closed and not is_published)
            )
            and {OF_TOWNSHIPS}
        order by is_closed, days_late desc nulls last, received_date desc, accountability_id
        """,
        {
            "list_code": list_code,
            "township_codes": township_codes,
            "first": first,
            "last": last,
        },
    ).df()


def duties(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Duties about officials of one list, the most days late first."""
    return cursor.execute(
        f"""
        select
            status,
            days_late,
            due_date,
            rule_name,
            owing_unit_name,
            township_name,
            subject_name,
            subject_id,
            is_due_soon,
            is_in_grace,
            is_reported_late,
            is_excused,
            fulfilled_at,
            reported_at,
            evidence_type,
            evidence_id,
            waiver_reason_text,
            clause_code,
            certainty_code,
            basis_text,
            rule_code
        from marts.fct_obligations
        where
            (
                $list_code = 'all'
                or ($list_code = 'owed' and status in ('open', 'overdue', 'no_report'))
                or ($list_code = 'overdue' and status in ('overdue', 'no_report'))
            )
            and {DUTIES}
        order by
            status in ('overdue', 'no_report') desc,
            days_late desc nulls last,
            due_date,
            obligation_id
        """,
        {
            "list_code": list_code,
            "township_codes": township_codes,
            "first": first,
            "last": last,
        },
    ).df()


def transfers(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Leads about officials that were passed on in the range or wait for an answer, the latest first."""
    return cursor.execute(
        """
        select
            transfers.transfer_id,
            transfers.transferred_at,
            transfers.from_unit_name,
            transfers.to_unit_name,
            transfers.case_id,
            cases.township_name,
            transfers.acknowledged_at,
            transfers.answered_at,
            transfers.file_name,
            transfers.sheet_name,
            transfers.row_number
        from marts.fct_transfers as transfers
        left join marts.fct_cases as cases on transfers.case_id = cases.case_id
        where
            transfers.is_about_officials
            and (
                transfers.transferred_at::date between $first and $last
                or not transfers.is_answered
            )
            and (
                len($township_codes) = 0
                or list_contains($township_codes, coalesce(cases.township_code, 'county'))
            )
        order by transfers.transferred_at desc nulls last, transfers.transfer_id
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def incidents(cursor: duckdb.DuckDBPyConnection, number: str) -> pd.DataFrame:
    """The incidents that the case of this number answers."""
    return cursor.execute(
        f"""
        select incident_id, first_source_name, signal_count, {BEGAN} as started_at
        from marts.fct_incidents as incidents
        where case_id in ({ITS_CASES})
        order by started_at, incident_id
        """,
        {"number": number},
    ).df()


def cases(cursor: duckdb.DuckDBPyConnection, number: str) -> pd.DataFrame:
    """The case that this number names or leads to; none if it names no case."""
    return cursor.execute(
        f"""
        select
            case_id,
            case_type_name,
            township_name,
            village_name,
            site_name,
            handling_unit_name,
            stage_name,
            ending_state_name,
            is_major,
            has_serious_consequence,
            is_supervised,
            is_electricity_involved,
            is_transferred_to_police,
            discovered_date,
            filed_at,
            decided_at,
            closed_at,
            discipline_transferred_at
        from marts.fct_cases
        where case_id in ({ITS_CASES})
        order by case_id
        """,
        {"number": number},
    ).df()


def course(cursor: duckdb.DuckDBPyConnection, number: str) -> pd.DataFrame:
    """From the first lead to the result: each step, when and by whom, and the row that tells it."""
    return cursor.execute(COURSE.format(its_cases=ITS_CASES, began=BEGAN), {"number": number}).df()


def duties_of(cursor: duckdb.DuckDBPyConnection, number: str) -> pd.DataFrame:
    """What is or was owed about this matter, its case and the leads that were passed on."""
    return cursor.execute(
        f"""
        select
            rule_name,
            status,
            days_late,
            owing_unit_name,
            started_at,
            due_date,
            fulfilled_at
        from marts.fct_obligations
        where
            is_restricted
            and (
                subject_id = $number
                or subject_id in ({ITS_CASES})
                or subject_id in (
                    select accountability_id from marts.fct_accountability
                    where case_id in ({ITS_CASES})
                )
                or subject_id in (
                    select transfer_id from marts.fct_transfers
                    where is_about_officials and case_id in ({ITS_CASES})
                )
            )
        order by due_date, rule_name
        """,
        {"number": number},
    ).df()
