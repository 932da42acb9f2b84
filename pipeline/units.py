"""Units as people write them, by code or name, to the codes that the published version knows."""

from __future__ import annotations

from dashboards.access import AccountError
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import current


def codes_of(home: Home, written: list[str]) -> tuple[str, ...]:
    """A code for each unit or township; AccountError if one is not known.

    A code that no published version knows is refused as well: whoever has it would see nothing and
    take that for the truth.
    """
    version = current(home)
    if not written:
        return ()
    if version is None:
        raise AccountError(
            "还没有已发布的版本，无法核对单位代码。没有改动。请先运行 minewatch run。"
        )
    with connect(version.database, read_only=True) as connection:
        known = connection.execute(
            """
            select unit_code, unit_name from marts.dim_units
            union all
            select township_code, township_name from marts.dim_townships where is_current
            """
        ).fetchall()
    codes = {code for code, _ in known}
    by_name = {name: code for code, name in known}
    found = []
    for text in written:
        code = text if text in codes else by_name.get(text)
        if code is None:
            raise AccountError(
                f"没有代码或名称为 {text} 的单位。没有改动。"
                "单位见数据表 dim_units，乡镇见 dim_townships。"
            )
        found.append(code)
    return tuple(dict.fromkeys(found))
