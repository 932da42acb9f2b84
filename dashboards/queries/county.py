"""The county itself: its townships, outline, sites, calendar and fixed deadlines."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pandas as pd


def deadlines(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Fixed deadlines, the nearest first."""
    return cursor.execute(
        """
        select deadline_code, certainty_code, deadline_name, source_text, days_left, due_date
        from marts.dim_deadlines
        order by due_date, certainty_code desc, deadline_code
        """
    ).df()


def unknown_calendar_years(cursor: duckdb.DuckDBPyConnection, as_of: datetime) -> pd.DataFrame:
    """Years around the as-of date without holidays, whose working days are only a guess."""
    return cursor.execute(
        """
        select distinct year_number
        from marts.dim_dates
        where
            not is_calendar_known
            and calendar_date between $as_of::date - interval 31 day and $as_of::date + interval 31 day
        order by year_number
        """,
        {"as_of": as_of},
    ).df()


def townships(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Townships of today."""
    return cursor.execute(
        """
        select township_code, township_name
        from marts.dim_townships
        where is_current
        order by township_code
        """
    ).df()


def boundary(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The county's outline, ring by ring in drawing order."""
    return cursor.execute(
        """
        select ring_number, longitude, latitude
        from marts.dim_boundary_points
        order by ring_number, point_number
        """
    ).df()


def sites(cursor: duckdb.DuckDBPyConnection, township_codes: list[str]) -> pd.DataFrame:
    """Sites on the register today, also those without coordinates."""
    return cursor.execute(
        """
        select
            site_id,
            site_name,
            site_class_code,
            township_name,
            village_name,
            is_key_area,
            is_register_complete,
            longitude,
            latitude
        from marts.dim_sites
        where
            is_current
            and is_active
            and (len($township_codes) = 0 or list_contains($township_codes, township_code))
        order by site_class_code, site_id
        """,
        {"township_codes": township_codes},
    ).df()


def senders(cursor: duckdb.DuckDBPyConnection, codes: list[str]) -> pd.DataFrame:
    """Units that may send something, or those of these codes (units' or townships'), by their pinyin."""
    return cursor.execute(
        """
        select unit_name
        from marts.dim_units
        where
            is_current
            and (
                len($codes) = 0
                or list_contains($codes, unit_code)
                or list_contains($codes, township_code)
            )
        group by unit_name
        order by unit_name collate zh
        """,
        {"codes": codes},
    ).df()


def named(cursor: duckdb.DuckDBPyConnection, texts: list[str]) -> pd.DataFrame:
    """Units, and townships of today, that have one of these codes or names."""
    return cursor.execute(
        """
        select unit_code, unit_name
        from marts.dim_units
        where list_contains($texts, unit_code) or list_contains($texts, unit_name)
        union
        select township_code, township_name
        from marts.dim_townships
        where
            is_current
            and (list_contains($texts, township_code) or list_contains($texts, township_name))
        order by unit_code
        """,
        {"texts": texts},
    ).df()
