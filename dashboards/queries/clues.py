"""Clues from the public: how many, and how far they have come. Never by channel or text."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def counted(
    cursor: duckdb.DuckDBPyConnection, township_codes: list[str], first: date, last: date
) -> pd.DataFrame:
    """One row: clues received in the range by their state now."""
    return cursor.execute(
        """
        select
            count(*) as clue_count,
            count(*) filter (where state_code = 'received') as received_count,
            count(*) filter (where state_code = 'transferred') as transferred_count,
            count(*) filter (where state_code = 'verified') as verified_count,
            count(*) filter (where state_code = 'answered') as answered_count
        from marts.fct_clues
        where
            (len($township_codes) = 0 or list_contains($township_codes, township_code))
            and received_date between $first and $last
        """,
        {"township_codes": township_codes, "first": first, "last": last},
    ).df()
