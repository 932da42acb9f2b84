"""The list of who may see what, for the auditor: on the page, as a file, on the terminal. No Streamlit."""

from __future__ import annotations

import pandas as pd

from dashboards import accounts, scope
from dashboards.access import PAGES, ROLE_NAMES, pages_of
from warehouse.settings import Home

ROWS = {
    "whole": "全部",
    "county": "全县，不含矛盾线索、涉公职人员事项、群众线索信号",
    "discipline": "全县和涉公职人员事项，不含矛盾线索、群众线索信号",
    "township": "本乡镇",
    "department": "本单位承担、牵头、报送的",
}


def listed(home: Home) -> pd.DataFrame:
    """Every account: role, units, pages, rows, state, when it was changed; never a hash."""
    return pd.DataFrame(
        [
            {
                "账号": account.name,
                "角色": ROLE_NAMES[account.role],
                "单位": "、".join(account.units),
                "数据范围": ROWS[scope.of(account.person).kind],
                "密码": "本地" if account.password_hash else "统一认证",
                "状态": "停用" if account.is_disabled else "启用",
                "最近变更": account.changed_at,
                "页面": "、".join(page.title for page in pages_of(account.role)),
            }
            for account in accounts.known(home).values()
        ],
        columns=["账号", "角色", "单位", "数据范围", "密码", "状态", "最近变更", "页面"],
    )


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
