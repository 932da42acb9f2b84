"""One read-only connection a version, and a cache of answers keyed by the version's id.

Which version is current is asked on every rerun, so a newly published one shows at the next click; an
old one stays readable for whoever still looks at it. Nothing has a time to live: a version is
immutable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import Version, current


def current_version() -> Version | None:
    """The version to show now; None before the first publishing."""
    return current(Home.open())


@st.cache_resource(max_entries=4, show_spinner=False)
def connection(version_id: str, database: str) -> duckdb.DuckDBPyConnection:
    """The version's one connection; take a cursor for each query."""
    return connect(database, read_only=True)


@st.cache_data(max_entries=200, show_spinner=False)
def _answer(
    version_id: str,
    database: str,
    query_name: str,
    values: tuple[Any, ...],
    _query: Callable[..., pd.DataFrame],
) -> pd.DataFrame:
    cursor = connection(version_id, database).cursor()
    try:
        return _query(cursor, *values)
    finally:
        cursor.close()


def ask(version: Version, query: Callable[..., pd.DataFrame], *values: Any) -> pd.DataFrame:
    """The answer of one of `queries` from that version."""
    name = f"{query.__module__}.{query.__name__}"
    return _answer(version.id, str(version.database.resolve()), name, values, query)
