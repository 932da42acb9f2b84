"""Clues from the public: how many, how far they have come, whether in time. Never whose, never the text.

A township may know of a clue its week, village and state. So ranges are widened to whole weeks, the
channel is told of the county alone, and what is few is not broken down further.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

# Of fewer clues than this, in a village or of a channel in a month, a part could point at one person.
FEW = 5
IN_WEEKS = """
    (len($township_codes) = 0 or list_contains($township_codes, township_code))
    and received_week_date between date_trunc('week', $first::date) and $last
"""


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: clues received in the weeks of the range by their state now."""
    return cursor.execute(
        """
        select
            count(*) as clue_count,
            count(*) filter (where state_code = 'received') as received_count,
            count(*) filter (where state_code = 'transferred') as transferred_count,
            count(*) filter (where state_code = 'verified') as verified_count,
            count(*) filter (where state_code = 'answered') as answered_count,
            count(*) filter (where is_verified) as judged_count,
            count(*) filter (where is_confirmed) as confirmed_count,
            count(*) filter (where has_case) as case_count,
            count(*) filter (where is_reported_again) as reported_again_count
        from marts.fct_clues
        where
        """
        + IN_WEEKS,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def by_month_and_channel(
    cursor: duckdb.DuckDBPyConnection, first: date, last: date
) -> pd.DataFrame:
    """The county's clues per month and channel; channels with a few in a month are told as one."""
    return cursor.execute(
        """
        select
            month_name,
            case when clue_count >= $few then channel_name else '其他' end as channel_name,
            sum(clue_count)::bigint as clue_count
        from (
            select
                strftime(received_date, '%Y-%m') as month_name,
                channel_name,
                count(*) as clue_count
            from marts.fct_clues
            where received_week_date between date_trunc('week', $first::date) and $last
            group by all
        )
        group by all
        order by month_name, channel_name
        """,
        {"first": first, "last": last, "few": FEW},
    ).df()


def in_time(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Duties about clues and rewards that fell due in the range or are still owed, by how they stand.

    How many gave their names is told of the county alone.
    """
    return cursor.execute(
        """
        select rule_code, rule_name, status, count(*) as obligation_count
        from marts.fct_obligations
        where
            subject_type in ('clue', 'reward')
            and status <> 'waived'
            and not is_restricted
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and (due_date between $first and $last or status in ('open', 'overdue'))
            and (
                len($township_codes) = 0
                or rule_code not in (
                    select rule_code
                    from marts.dim_obligation_rules
                    where start_event_code = 'real_name_received'
                )
            )
        group by all
        order by rule_code, status
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()


def by_village(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Clues per village, the most first; by state only where there are not few."""
    return cursor.execute(
        """
        select
            township_name,
            village_name,
            count(*) as clue_count,
            case when count(*) >= $few then count(*) filter (where state_code = 'received') end
                as received_count,
            case when count(*) >= $few then count(*) filter (where state_code = 'transferred') end
                as transferred_count,
            case when count(*) >= $few then count(*) filter (where state_code = 'verified') end
                as verified_count,
            case when count(*) >= $few then count(*) filter (where state_code = 'answered') end
                as answered_count
        from marts.fct_clues
        where
        """
        + IN_WEEKS
        + """
        group by township_name, village_name
        order by clue_count desc, township_name, village_name
        """,
        {"township_codes": township_codes, "first": first, "last": last, "few": FEW},
    ).df()


def reported_again(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """Week, village and state of clues that were found to be nothing and told again since."""
    return cursor.execute(
        """
        select received_week_date, township_name, village_name, state_code
        from marts.fct_clues
        where
            is_reported_again
            and
        """
        + IN_WEEKS
        + """
        order by received_week_date desc, township_name, village_name, state_code
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()
