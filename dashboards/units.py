"""Units as people write them, by code or name, to the codes that the published version knows; no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dashboards import queries
from dashboards.access import AccountError
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import current


def codes_of(home: Home, written: Sequence[str], state: str = "没有改动。") -> tuple[str, ...]:
    """A code for each unit or township; AccountError, with what state things are in, if one is not known.

    A code that no published version knows is refused as well: whoever has it would see nothing and
    take that for the truth.
    """
    version = current(home)
    if not written:
        return ()
    if version is None:
        raise AccountError(f"还没有已发布的版本，无法核对单位代码。{state}请先运行 minewatch run。")
    found = []
    for text, codes in zip(written, _found(version.database, tuple(written)), strict=True):
        if not codes:
            raise AccountError(
                f"没有代码或名称为 {text} 的单位。{state}"
                "单位见数据表 dim_units，乡镇见 dim_townships。"
            )
        if len(codes) > 1:
            raise AccountError(
                f"有 {len(codes)} 个单位叫 {text}。{state}请写明代码：{'、'.join(codes)}。"
            )
        found += codes
    return tuple(dict.fromkeys(found))


# With a provider this is asked at every query of every page; the file of a version never changes.
@lru_cache(maxsize=1_000)
def _found(database: Path, written: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The codes that each text may mean: itself if it is one, else of all that have it for a name."""
    with connect(database, read_only=True) as connection:
        rows = queries.county.named(connection, list(written))
    codes = set(rows["unit_code"])
    return [
        (text,)
        if text in codes
        else tuple(dict.fromkeys(rows.loc[rows["unit_name"] == text, "unit_code"]))
        for text in written
    ]
