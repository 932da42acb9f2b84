"""The list of who may see what, for the auditor: on the page, as a file, on the terminal. No Streamlit."""

from __future__ import annotations

import pandas as pd

from dashboards import accounts, scope, units
from dashboards.access import PAGES, ROLE_NAMES, AccountError, Person, pages_of
from warehouse.settings import Home

ROWS = {
    "whole": "全部",
    "county": "全县，不含矛盾线索、涉公职人员事项、群众线索信号",
    "discipline": "全县和涉公职人员事项，不含矛盾线索、群众线索信号",
    "township": "本乡镇",
    "department": "本单位承担、牵头、报送的",
}

COLUMNS = ["账号", "声明", "角色", "单位", "数据范围", "密码", "状态", "最近变更", "页面"]


def listed(home: Home) -> pd.DataFrame:
    """Every account: role, units, pages, rows, state, when it was changed; never a hash.

    With a provider also every claim that gives a role to whoever has no account.
    """
    settings = accounts.provider(home)
    rows = [
        row(
            account.person,
            密码="本地" if account.password_hash else "统一认证",
            状态="停用" if account.is_disabled else "启用",
            最近变更=account.changed_at,
        )
        for account in accounts.known(home).values()
    ]
    for grant in settings.grants if settings else ():
        try:
            codes, state = units.codes_of(home, grant.units), "启用"
        except AccountError:
            codes, state = grant.units, "单位无法核对"
        person = Person("", grant.role, codes)
        rows.append(row(person, 声明=grant.source, 密码="统一认证", 状态=state))
    columns = [name for name in COLUMNS if settings or name != "声明"]
    return pd.DataFrame(rows, columns=columns).fillna("")


def row(person: Person, **more: str) -> dict[str, str]:
    """One line of the list."""
    return {
        "账号": person.account,
        "角色": ROLE_NAMES[person.role],
        "单位": "、".join(person.units),
        "数据范围": ROWS[scope.of(person).kind],
        "页面": "、".join(page.title for page in pages_of(person.role)),
        **more,
    }


def by_page() -> pd.DataFrame:
    """Every page and the roles that have it."""
    return pd.DataFrame(
        [
            {"页面": page.title}
            | {name: "✓" if role in page.roles else "" for role, name in ROLE_NAMES.items()}
            | {ROLE_NAMES["local"]: "✓"}
            for page in PAGES
        ]
    )
