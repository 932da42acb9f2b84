"""Watched meters, their accounts and the power company's alerts."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd


def days(cursor: duckdb.DuckDBPyConnection, first: date, last: date) -> pd.DataFrame:
    """Energy of all watched meters per day, in kWh, with how much of it was really collected."""
    return cursor.execute(
        """
        select
            reading_date,
            count(*) as meter_count,
            count(*) filter (where is_collection_failure) as failed_meter_count,
            sum(energy_kwh) as energy_kwh,
            sum(night_energy_kwh) as night_energy_kwh,
            100.0 * sum(night_energy_kwh) / nullif(sum(energy_kwh), 0) as night_share_pct,
            100.0 * sum(point_count) / (96 * count(*)) as completeness_pct
        from marts.fct_power_days
        where reading_date between $first and $last
        group by reading_date
        order by reading_date
        """,
        {"first": first, "last": last},
    ).df()
