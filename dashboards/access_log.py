"""Who looked at what: one JSON line each, appended to `access/log/<month>.jsonl`. No Streamlit.

An account is a post, so no line names a person. What somebody typed at sign-in is not written down
unless it is an account: it may be a password in the wrong box.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from dashboards.access import ROLE_NAMES
from warehouse.files import append_line
from warehouse.settings import Home

ACTIONS = {
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "sign_out": "退出",
    "view": "查看",
    "denied": "拒绝访问",
    "export": "导出",
    "sql": "SQL 查询",
}
COLUMNS = {
    "at": "时间",
    "action": "动作",
    "account": "账号",
    "role": "角色",
    "page": "页面",
    "filters": "筛选",
    "what": "内容",
}
BEIJING = ZoneInfo("Asia/Shanghai")


def record(
    home: Home,
    action: str,
    account: str,
    role: str = "",
    page: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
    what: str = "",
) -> None:
    """Write one line; nothing where there is no home yet."""
    if not home.root.exists():
        return
    now = datetime.now(BEIJING).replace(tzinfo=None, microsecond=0)
    folder = home.prepare_access("log")
    line = {
        "at": now.isoformat(),
        "action": action,
        "account": account,
        "role": role,
        "page": page,
        "filters": {name: list(values) for name, values in (filters or {}).items()},
        "what": what,
    }
    append_line(folder / f"{now:%Y-%m}.jsonl", json.dumps(line, ensure_ascii=False))


def months(home: Home) -> list[str]:
    """Months that have lines, the latest first."""
    return sorted((path.stem for path in (home.access / "log").glob("*.jsonl")), reverse=True)


def lines(home: Home, month: str) -> pd.DataFrame:
    """The lines of a month, the latest first, in words."""
    text = (home.access / "log" / f"{month}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in reversed(text.splitlines())]
    for row in rows:
        row["at"] = row["at"].replace("T", " ")
        row["action"] = ACTIONS.get(row["action"], row["action"])
        row["role"] = ROLE_NAMES.get(row["role"], row["role"])
        row["filters"] = "；".join(
            f"{name}={'、'.join(values)}" for name, values in row["filters"].items()
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).rename(columns=COLUMNS)
