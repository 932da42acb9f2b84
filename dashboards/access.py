"""Who may see what: the eight roles, and the one table that says which page each of them has.

Which rows a role sees is in `scope.py`; who somebody is, in `accounts.py` and `visitor.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.errors import MinewatchError

ROLES = {
    "leader": "县领导",
    "office": "领导小组办公室",
    "department": "县直部门",
    "township": "乡镇",
    "analyst": "分析人员",
    "auditor": "审计人员",
    "discipline": "纪检监察",
    "operator": "运维人员",
}
# The person at the machine, where nobody has to sign in; never given to an account.
LOCAL = "local"
ROLE_NAMES = ROLES | {LOCAL: "本机模式"}
# Roles that are nothing without a unit: their rows are found by it.
NARROW = ("department", "township")
WHOLE = (LOCAL, "leader", "office")

COUNTY = ("leader", "office", "analyst", "auditor", "discipline")


class AccountError(MinewatchError):
    """An account cannot be made, changed or used as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Page:
    """One page: the module in `app_pages/` (its address too), its title, and the roles that have it."""

    name: str
    title: str
    roles: tuple[str, ...]


# The menu: pages by its headings, those without one beside them. Whoever is not named has no such page; the
# first page of a role is where it begins.
MENU = {
    "": (
        Page("overview", "总览", (*COUNTY, "township")),
        # A county has nothing to roll up, and no such page in its menu (`app.py`).
        Page("counties", "全市汇总", COUNTY),
        Page("reports", "月报", ("leader", "office")),
        Page("wall", "大屏", ("leader", "office")),
    ),
    "履职": (
        Page("duties", "责任落实", (*COUNTY, "township", "department")),
        Page("patrols", "巡查台账", (*COUNTY, "township")),
        Page("cases", "案件", (*COUNTY, "township", "department")),
        Page("public", "群防群治", (*COUNTY, "township")),
        # What is about officials: whoever's scope has it (`scope.OF_OFFICIALS`).
        Page("accountability", "责任追究", ("leader", "office", "discipline")),
    ),
    "监测": (
        Page("incidents", "线索研判", (*COUNTY, "township")),
        # Whoever is asked shall not be warned before, nor know where the next visits go.
        Page("contradictions", "矛盾核查", ("leader", "office")),
        Page("sites", "点位档案", (*COUNTY, "township", "department")),
        Page("video", "视频监控", (*COUNTY, "township", "department")),
        Page("power", "用电监测", (*COUNTY, "township", "department")),
    ),
    "数据": (
        Page("quality", "数据质量", (*COUNTY, "township", "department", "operator")),
        # Whoever drops files may not yet see what others sent, but may send.
        Page("intake", "收件", ("office", "operator", "township", "department")),
        Page("definitions", "口径", (*COUNTY, "township", "department", "operator")),
        Page("workbench", "SQL 工作台", ("analyst",)),
        Page("permissions", "权限与日志", ("auditor",)),
    ),
}
PAGES = tuple(page for pages in MENU.values() for page in pages)


@dataclass(frozen=True)
class Person:
    """Who looks: the account, its role, and the units whose rows it may see."""

    account: str
    role: str
    units: tuple[str, ...] = ()

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[self.role]

    @property
    def is_narrow(self) -> bool:
        """Whether this person sees the rows of a few units only."""
        return self.role in NARROW


def pages_of(role: str) -> list[Page]:
    """The pages that this role has, in order; none for a role that nobody knows."""
    return [page for page in PAGES if role in page.roles or role == LOCAL]
