"""What goes back to the public: rewards, publicity, commendations. Rewards never by clue."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def rewards_counted(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """One row: rewards recognised in the range and what was paid of them."""
    return cursor.execute(
        """
        select
            count(*) filter (where not is_refused) as recognised_count,
            count(*) filter (where is_refused) as refused_count,
            count(*) filter (where is_paid_in_full and not is_refused) as full_count,
            sum(approved_yuan) filter (where not is_refused) as approved_yuan,
            sum(paid_yuan) as paid_yuan
        from marts.fct_rewards
        where recognised_date between $first and $last
        """,
        {"first": first, "last": last},
    ).df()


def rewards_by_month(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """Rewards per month of recognition: how many, how much, and whether paid in full."""
    return cursor.execute(
        """
        select
            strftime(recognised_date, '%Y-%m') as month_name,
            count(*) filter (where not is_refused) as recognised_count,
            count(*) filter (where is_refused) as refused_count,
            sum(approved_yuan) filter (where not is_refused) as approved_yuan,
            sum(paid_yuan) as paid_yuan,
            count(*) filter (where is_paid_in_full and not is_refused) as full_count
        from marts.fct_rewards
        where recognised_date between $first and $last
        group by all
        order by month_name
        """,
        {"first": first, "last": last},
    ).df()


def publicity_by_month(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """Published items per month and kind."""
    return cursor.execute(
        """
        select
            strftime(published_date, '%Y-%m') as month_name,
            publicity_kind_code,
            publicity_kind_name,
            count(*) as item_count
        from marts.fct_publicity
        where is_published and published_date between $first and $last
        group by all
        order by month_name, publicity_kind_code
        """,
        {"first": first, "last": last},
    ).df()


def publicity(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """Items of the range, what was not made public with its reason first, then the newest."""
    return cursor.execute(
        """
        select
            published_date,
            publicity_kind_name,
            publicity_form_name,
            title_text,
            unit_name,
            medium_name,
            is_published,
            not_published_reason,
            case_id,
            url_text,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_publicity
        where published_date between $first and $last
        order by is_published, published_date desc, publicity_id
        """,
        {"first": first, "last": last},
    ).df()


def commendations(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """Commendations of the range, the newest first."""
    return cursor.execute(
        """
        select
            commendation_date,
            unit_name,
            object_kind_name,
            amount_yuan,
            case_id,
            is_known_case,
            file_name,
            sheet_name,
            row_number,
            delivery_sha256
        from marts.fct_commendations
        where commendation_date between $first and $last
        order by commendation_date desc, commendation_id
        """,
        {"first": first, "last": last},
    ).df()
