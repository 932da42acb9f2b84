"""`minewatch accounts …`: who may see what on the pages."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pipeline.output import JsonOption, home, out, print_json

accounts = typer.Typer(no_args_is_help=True, help="看板账号：谁可以看什么。")
RoleOption = Annotated[
    str,
    typer.Option(
        help="leader 县领导、office 办公室、department 部门、township 乡镇、analyst 分析、"
        "auditor 审计、discipline 纪检、operator 运维。"
    ),
]
UnitsOption = Annotated[
    list[str] | None,
    typer.Option("--unit", help="部门或乡镇账号只看哪些单位：单位代码、乡镇代码或名称，可写多次。"),
]
AccountArgument = Annotated[
    str, typer.Argument(help="账号：岗位名；接入统一认证时为认证给出的名称。")
]


def typed_password() -> str:
    """A password from the terminal, asked for twice and not shown; from a pipe its first line."""
    if sys.stdin.isatty():
        return typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次")
    return sys.stdin.readline().rstrip("\n")


@accounts.command("add")
def accounts_add(account: AccountArgument, role: RoleOption, unit: UnitsOption = None) -> None:
    """建立账号；没有统一认证的，随后输入密码。"""
    from dashboards import accounts as kept
    from dashboards.units import codes_of

    by_provider = kept.mode(home()) == "oidc"
    units = codes_of(home(), unit or [])
    kept.add(home(), account, role, units, None if by_provider else typed_password())
    out.print(f"已建立账号 {account}（{role}）。之后看板要求登录。")


@accounts.command("list")
def accounts_list(as_json: JsonOption = False) -> None:
    """权限清单：每个账号（和统一认证的每条声明）的角色、单位和可看的页面。"""
    from dashboards.permissions import listed

    rows = listed(home())
    if as_json:
        print_json(rows.to_dict("records"))
        return
    # A role's pages are on the page 权限与日志; here they would fill the screen.
    rows = rows.drop(columns=["页面"])
    table = Table(title=f"权限清单（{len(rows)} 条）", title_justify="left")
    for name in rows.columns:
        table.add_column(name, overflow="fold")
    for row in rows.itertuples(index=False):
        table.add_row(*map(escape, row))
    out.print(table)


@accounts.command("disable")
def accounts_disable(
    account: AccountArgument,
    undo: Annotated[bool, typer.Option("--undo", help="重新启用。")] = False,
) -> None:
    """停用账号：已登录的，下一次点击即退出。"""
    from dashboards.accounts import set_disabled

    set_disabled(home(), account, not undo)
    out.print(f"已{'启用' if undo else '停用'}账号 {account}。")


@accounts.command("password")
def accounts_password(account: AccountArgument) -> None:
    """设置新密码；用旧密码登录的随即退出。"""
    from dashboards.accounts import set_password

    set_password(home(), account, typed_password())
    out.print(f"已更换账号 {account} 的密码。")


@accounts.command("role")
def accounts_role(account: AccountArgument, role: RoleOption, unit: UnitsOption = None) -> None:
    """更改账号的角色和单位，下一次点击生效。"""
    from dashboards.accounts import set_role
    from dashboards.units import codes_of

    set_role(home(), account, role, codes_of(home(), unit or []))
    out.print(f"账号 {account} 现为 {role}。")
