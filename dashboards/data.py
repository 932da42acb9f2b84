"""One read-only connection a version, and a cache of answers keyed by the version and who may see what.

Which version is current is asked on every rerun, so a newly published one shows at the next click; an
old one stays readable for whoever still looks at it. Nothing has a time to live: a version is
immutable. Who looks is asked here and nowhere in the pages, so no page can ask for somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from dashboards import scope, visitor, workbench
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import Version, current

MAKING = Lock()


def current_version() -> Version | None:
    """The version to show now; None before the first publishing."""
    return current(Home.open())


@st.cache_resource(max_entries=4, show_spinner=False)
def connection(version_id: str, database: str) -> duckdb.DuckDBPyConnection:
    """The version, attached read-only to an empty database that holds the scopes' views."""
    hub = connect()
    scope.attach(hub, database)
    return hub


def cursor(version_id: str, database: str, seen: scope.Scope) -> duckdb.DuckDBPyConnection:
    """A cursor to which `marts` is what this scope may read."""
    hub = connection(version_id, database).cursor()
    with MAKING:
        scope.choose(hub, seen)
    return hub


@st.cache_data(max_entries=400, show_spinner=False)
def _answer(
    version_id: str,
    database: str,
    seen_kind: str,
    seen_units: tuple[str, ...],
    query_name: str,
    values: tuple[Any, ...],
    _query: Callable[..., pd.DataFrame],
) -> pd.DataFrame:
    asking = cursor(version_id, database, scope.Scope(seen_kind, seen_units))
    try:
        return _query(asking, *values)
    finally:
        asking.close()


def ask(version: Version, query: Callable[..., pd.DataFrame], *values: Any) -> pd.DataFrame:
    """The answer of one of `queries` from that version, for whoever looks."""
    name = f"{query.__module__}.{query.__name__}"
    seen = scope.of(visitor.current())
    database = str(version.database.resolve())
    return _answer(version.id, database, seen.kind, seen.units, name, values, query)


@st.cache_data(max_entries=4, show_spinner=False)
def _columns(version_id: str, _version: Version) -> pd.DataFrame:
    return workbench.tables(Home.open(), _version)


def columns_for_analysts(version: Version) -> pd.DataFrame:
    """Every column of the SQL page with its words; the same for everybody who has that page."""
    return _columns(version.id, version)
