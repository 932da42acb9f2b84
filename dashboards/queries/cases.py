"""Cases: what was discovered, filed, decided and ended, and where the open ones stand."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pandas as pd


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: cases by what happened to them in the range; open ones as of now."""
    return cursor.execute(
        """
        select
            count(*) filter (where filed_at::date between $first and $last) as filed_count,
            count(*) filter (where ended_at::date between $first and $last) as ended_count,
            count(*) filter (
                where ended_at::date between $first and $last and closed_at is not null
            ) as closed_count,
            count(*) filter (where transferred_at::date between $first and $last)
                as transferred_count,
            count(*) filter (where decided_at::date between $first and $last) as decided_count,
            count(*) filter (where is_open) as open_count,
            count(*) filter (where is_open and filed_at is not null) as open_filed_count,
            sum(fine_imposed_yuan) filter (where decided_at::date between $first and $last)
                as fine_imposed_yuan,
            sum(fine_paid_yuan) filter (where decided_at::date between $first and $last)
                as fine_paid_yuan,
            sum(confiscated_yuan) filter (where decided_at::date between $first and $last)
                as confiscated_yuan
        from marts.fct_cases
        where len($township_codes) = 0 or list_contains($township_codes, township_code)
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def stages_reached(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: of the cases discovered in the range, how many have reached which stage by now."""
    return cursor.execute(
        """
        select
            count(*) as discovered_count,
            count(stop_notice_at) as stop_notice_count,
            count(filed_at) as filed_count,
            count(decided_at) as decided_count,
            count(closed_at) as closed_count,
            count(published_at) as published_count,
            count(transferred_at) as transferred_count
        from marts.fct_cases
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and discovered_date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def open_by_stage(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Every open case with its stage and its age."""
    return cursor.execute(
        """
        select case_id, stage_code, stage_name, days_open
        from marts.fct_cases
        where
            is_open
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
        order by days_open desc nulls last, case_id
        """,
        {"township_codes": township_codes},
    ).df()


def clocks(
    cursor: duckdb.DuckDBPyConnection,
    township_codes: list[str],
    first: date,
    last: date,
    as_of: datetime,
) -> pd.DataFrame:
    """Legal clocks of cases that ended in the range or still run, and how much of the time was used.

    100 is the whole limit, pauses and extensions included; null where only the report's day is known.
    """
    return cursor.execute(
        """
        select
            rule_code,
            rule_name,
            subject_id as case_id,
            status,
            round(
                100.0
                * epoch(
                    case when status in ('open', 'overdue') then $as_of else fulfilled_at end
                    - started_at
                )
                / nullif(epoch(due_at - started_at), 0), 1
            ) as used_pct,
            is_due_soon,
            due_date
        from marts.fct_obligations
        where
            subject_type = 'case'
            and kind_code = 'clock'
            and status <> 'waived'
            and not is_restricted
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and (due_date between $first and $last or status in ('open', 'overdue'))
        order by rule_code, due_at, obligation_id
        """,
        {"township_codes": township_codes, "first": first, "last": last, "as_of": as_of},
    ).df()


def clocks_running(
    cursor: duckdb.DuckDBPyConnection, list_code: str, township_codes: list[str], as_of: datetime
) -> pd.DataFrame:
    """Clocks of cases that have run out (overdue), run (open) or run out within so many days."""
    return cursor.execute(
        """
        select
            duties.subject_id as case_id,
            duties.rule_name,
            duties.status,
            duties.due_date,
            date_diff('day', $as_of::date, duties.due_date) as left_day_count,
            duties.subject_name,
            duties.owing_unit_name,
            duties.township_name,
            cases.stage_name,
            duties.started_at,
            duties.paused_days,
            duties.extension_count,
            duties.certainty_code,
            duties.basis_text,
            duties.obligation_id
        from marts.fct_obligations as duties
        left join marts.fct_cases as cases on duties.subject_id = cases.case_id
        where
            duties.subject_type = 'case'
            and duties.kind_code = 'clock'
            and not duties.is_restricted
            and (
                len($township_codes) = 0
                or list_contains($township_codes, duties.township_code)
            )
            and (
                duties.status = $list_code
                or (
                    duties.status = 'open'
                    and duties.due_date <= $as_of::date + try_cast($list_code as integer)
                )
            )
        order by duties.due_at, duties.obligation_id
        """,
        {"list_code": list_code, "township_codes": township_codes, "as_of": as_of},
    ).df()


def listed(
    cursor: duckdb.DuckDBPyConnection,
    list_code: str,
    township_codes: list[str],
    first: date,
    last: date,
) -> pd.DataFrame:
    """Cases of one list: discovered, filed, ended or transferred in the range, or open now."""
    return cursor.execute(
        """
        select
            case_id,
            case_title_text,
            stage_name,
            ending_state_name,
            days_open,
            township_name,
            village_name,
            site_name,
            case_type_name,
            handling_unit_name,
            mineral_name,
            is_major,
            has_serious_consequence,
            is_supervised,
            is_electricity_involved,
            is_transferred_to_police,
            discovered_date,
            filed_at,
            decided_at,
            ended_at,
            published_at,
            transferred_at,
            days_to_filing,
            paused_days,
            net_days_filing_to_decision,
            illegal_tonnes,
            case_value_yuan,
            fine_imposed_yuan,
            fine_paid_yuan,
            confiscated_yuan,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_cases
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and (
                ($list_code = 'open' and is_open)
                or ($list_code = 'discovered' and discovered_date between $first and $last)
                or ($list_code = 'filed' and filed_at::date between $first and $last)
                or ($list_code = 'ended' and ended_at::date between $first and $last)
                or ($list_code = 'transferred' and transferred_at::date between $first and $last)
            )
        order by is_open desc, days_open desc nulls last, case_id
        """,
        {
            "list_code": list_code,
            "township_codes": township_codes,
            "first": first,
            "last": last,
        },
    ).df()


def numbers(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The number of every case, the latest discovered first."""
    return cursor.execute(
        """
        select case_id
        from marts.fct_cases
        order by discovered_date desc nulls last, case_id
        """
    ).df()


def one(cursor: duckdb.DuckDBPyConnection, case_id: str) -> pd.DataFrame:
    """What a case is: one row, none if nobody knows the number."""
    return cursor.execute(
        """
        select
            case_title_text,
            case_type_name,
            township_name,
            village_name,
            site_name,
            handling_unit_name,
            stage_name,
            ending_state_name,
            days_open,
            paused_days,
            is_major,
            has_serious_consequence,
            is_supervised,
            is_electricity_involved,
            is_transferred_to_police,
            discovered_date,
            site_id
        from marts.fct_cases
        where case_id = $case_id
        """,
        {"case_id": case_id},
    ).df()


def events(cursor: duckdb.DuckDBPyConnection, case_id: str) -> pd.DataFrame:
    """What happened in a case, in order; transfers about officials are for other eyes."""
    return cursor.execute(
        """
        select
            occurred_at,
            state_name,
            days_since_previous,
            document_number,
            counterpart_unit_name,
            amount_yuan,
            due_date,
            ended_at,
            is_pause,
            is_before_discovery,
            is_after_as_of,
            file_name,
            sheet_name,
            row_number
        from marts.fct_case_events
        where case_id = $case_id and branch_code is distinct from 'discipline'
        order by occurred_at, sequence_number nulls last, case_event_id
        """,
        {"case_id": case_id},
    ).df()
