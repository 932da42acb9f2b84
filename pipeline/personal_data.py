"""A last look before publishing: no phone or identity-card number in any table that stays.

Readers mask before anything is written; this finds what a new feed or model let through. Keys, codes
and hashes are left out: a 户号 may look like a phone number, and a hash like anything.
"""

from __future__ import annotations

import duckdb

from ingestion.masking import Masker

# The key decides only what the replacement looks like, which nobody sees here.
DETECTOR = Masker(b"looking only")
NO_TEXT = ("_id", "_ids", "_code", "_codes", "_sha256", "_number", "_hash", "_version")
# Cheap in DuckDB, so that only candidates reach Python.
SEVEN_DIGITS = r"(\d\D?\D?){6}\d"


def columns_with_personal_data(
    connection: duckdb.DuckDBPyConnection, kept: frozenset[str] = frozenset()
) -> dict[str, int]:
    """`table.column` of each text column that shows such numbers → rows that do.

    Searched are marts, seeds, what the build froze, and the intermediate tables that are `kept`.
    """
    columns = connection.execute(
        """
        select table_schema, table_name, column_name from information_schema.columns
        where
            data_type = 'VARCHAR'
            and (
                table_schema in ('marts', 'seeds', 'build')
                or (table_schema = 'intermediate' and table_name in (select unnest(?::varchar[])))
            )
        order by all
        """,
        [sorted(kept)],
    ).fetchall()
    found: dict[str, int] = {}
    for schema, table, column in columns:
        if column.endswith(NO_TEXT):
            continue
        texts = connection.execute(
            f"""
            select "{column}", count(*) from {schema}."{table}"
            where regexp_matches("{column}", ?) group by all
            """,
            [SEVEN_DIGITS],
        ).fetchall()
        rows = sum(count for text, count in texts if DETECTOR.mask_text(text) != text)
        if rows:
            found[f"{table}.{column}"] = rows
    return found
