"""Who looks at this page: asked anew on every rerun, so that a shut account is out at its next click."""

from __future__ import annotations

import time

import streamlit as st

from dashboards import access_log, accounts, markup
from dashboards.access import LOCAL, AccountError, Page, Person
from warehouse.settings import Home, SettingsError

PICTURES = {"PNG": "png", "SVG": "svg"}
COOKIE = "minewatch_session"
# What the browser remembers of this address while its owner signs in elsewhere.
ASKED = "asked"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
# Model documentation, beside the pages; with a provider the server cannot tell who asks for it.
LINEAGE = "/lineage"


class NobodyError(Exception):
    """Whoever looks may not see anything; pages never get this far."""


def current() -> Person:
    """Who looks; NobodyError unless somebody may."""
    person = signed_in()[1]
    if person is None:
        raise NobodyError("没有登录，或账号没有权限。")
    return person


def signed_in() -> tuple[str, Person | None]:
    """The account that signed in (empty if none did), and who that is here: None if nobody knows it."""
    home = Home.open()
    mode = accounts.mode(home)
    if mode == "local":
        return (LOCAL, Person(LOCAL, LOCAL)) if is_at_the_machine() else ("", None)
    if mode == "accounts":
        found = accounts.session(home, st.context.cookies.get(COOKIE))
        return (found[0].name, found[0].person) if found else ("", None)
    return by_provider(home)[:2]


def is_at_the_machine() -> bool:
    """Whether the server listens to this machine alone, and no proxy brings others in."""
    headers = st.context.headers
    is_forwarded = any(name in headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"))
    return st.get_option("server.address") in accounts.LOOPBACK and not is_forwarded


def by_provider(home: Home) -> tuple[str, Person | None, str]:
    """The name that the provider gave (empty if none), who that is here, and why it is nobody.

    What it says of somebody is what it said when he signed in, twelve hours ago at most.
    """
    name = ""
    try:
        name = name_from_provider(home)
        return name, accounts.entitled(home, name, st.user.to_dict()) if name else None, ""
    except accounts.DeniedError as denied:
        return name, None, str(denied)
    except AccountError:
        # What is wrong names a file of the server: not for everybody.
        return name, None, "统一身份认证的设置有误，暂时不能登录"


def name_from_provider(home: Home) -> str:
    """The account's name as the provider gave it; empty if nobody signed in, or long ago.

    DeniedError if it gave none that could be relied on.
    """
    told = st.user.to_dict()
    settings = accounts.provider(home)
    # Streamlit's own cookie lives for thirty days.
    is_fresh = time.time() - float(told.get("iat", 0)) < accounts.SESSION_SECONDS
    if settings is None or not told.get("is_logged_in") or not is_fresh:
        return ""
    name = told.get(settings.claim)
    if not name or (settings.claim == "email" and told.get("email_verified") is False):
        raise accounts.DeniedError(f"统一身份认证没有给出可用的 {settings.claim}，不知道是哪个账号")
    return str(name)


def office(home: Home) -> str:
    """Whom to ask for access."""
    try:
        return home.settings().office_name
    except SettingsError:
        return "领导小组办公室"


def turn_away(account: str) -> None:
    """The page of whoever may see nothing: how to sign in, or whom to ask."""
    home = Home.open()
    mode = accounts.mode(home)
    reason = by_provider(home)[2] if mode == "oidc" else ""
    if account:
        note_once(home, "denied", account, "", "")
        st.title("没有权限")
        st.error(f"账号 {account} 已登录，但{reason or '没有分配角色'}，看不到任何数据。")
        st.markdown(
            f"请联系**{office(home)}**，说明岗位和需要查看的内容；"
            "由运维人员用 `minewatch accounts add` 登记账号，或在 `access/oidc.toml` 登记所在的组后即可使用。"
        )
        if st.button("退出登录"):
            st.logout()
    elif reason:
        st.title("没有权限")
        st.error(f"{reason}。")
        st.markdown(
            f"请联系**{office(home)}**；运维人员核对 `access/oidc.toml`，"
            "其中写错的由 `minewatch accounts list` 指出。"
        )
        if st.button("退出登录"):
            st.logout()
    elif mode == "oidc":
        # The provider sends everybody back to the bare address. Kept is the whole one: a path could lead elsewhere.
        st.html(
            "<script>if (location.pathname !== '/') "
            f"sessionStorage.setItem('{ASKED}', location.href)</script>",
            unsafe_allow_javascript=True,
        )
        st.title("登录")
        st.markdown(f"请用统一身份认证登录，{accounts.SESSION_HOURS} 小时内有效。")
        if st.button("统一身份认证登录", type="primary"):
            st.login()
    elif mode == "accounts":
        st.title("登录")
        st.info("尚未登录，或登录已超时、已退出。")
        st.html(f'<a href="{SIGN_IN}">前往登录</a>')
    else:
        st.title("没有权限")
        st.error(
            "没有设置登录，看板只供本机（127.0.0.1）使用，不接受经网络或代理的访问。"
            "请先运行 `minewatch accounts add` 建立账号，再用 `minewatch serve` 启动。"
        )


def turn_from(page: Page, person: Person) -> None:
    """The page of whoever has others, but not this one."""
    note_once(Home.open(), "denied", person.account, person.role, page.title)
    st.title("没有权限")
    st.error(f"您的角色（{person.role_name}）没有“{page.title}”这一页。")
    st.markdown(f"确因工作需要的，请联系**{office(Home.open())}**。可查看的页面在菜单里。")


def introduce(person: Person) -> None:
    """One line on every page: as whom one looks, at which rows, and the way out."""
    st.html(markup.EVERYWHERE)
    with st.container(key="introduced", horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover(f"图表存为 {st.session_state.get('picture', 'PNG')}", type="tertiary"):
            st.segmented_control(
                "图表右上角的按钮把图存成哪种文件",
                list(PICTURES),
                default="PNG",
                required=True,
                key="picture",
            )
            st.caption("PNG 便于转发，SVG 便于排版和放大。")
        if person.role == LOCAL:
            st.caption(
                "本机模式，没有登录",
                width="content",
                help="仅供在这台电脑上使用的人，含全部页面和全部数据。",
            )
            return
        rows = {"township": "，只含本乡镇的数据", "department": "，只含本单位的数据"}.get(
            person.role, ""
        )
        st.caption(f"{person.account}（{person.role_name}{rows}）", width="content")
        if accounts.mode(Home.open()) == "accounts":
            st.html(f'<a href="{SIGN_OUT}" style="font-size: 0.875rem">退出</a>', width="content")
        elif st.button("退出", type="tertiary"):
            # Ends the provider's session, too, where it offers that.
            access_log.record(Home.open(), "sign_out", person.account, person.role)
            st.logout()


def picture_format() -> str:
    """What charts are saved as, as Plotly calls it."""
    return PICTURES[st.session_state.get("picture", "PNG")]


def note_view(page: Page, person: Person) -> None:
    """Write down that the page was looked at, with the filters of its address."""
    filters = {name: st.query_params.get_all(name) for name in st.query_params}
    note_once(Home.open(), "view", person.account, person.role, page.title, filters)


def note_once(
    home: Home,
    action: str,
    account: str,
    role: str,
    page: str,
    filters: dict[str, list[str]] | None = None,
) -> None:
    """One line for one look, not for every rerun of it."""
    told = (action, account, page, repr(filters))
    if st.session_state.get("_told") != told:
        st.session_state["_told"] = told
        access_log.record(home, action, account, role, page, filters)


def note_export(person: Person, what: str, filters: dict[str, list[str]]) -> None:
    """Write down that a file left the house."""
    access_log.record(
        Home.open(), "export", person.account, person.role, what=what, filters=filters
    )


def note_query(person: Person, sql: str) -> None:
    """Write down what was asked on the SQL page."""
    access_log.record(
        Home.open(), "sql", person.account, person.role, page="SQL 工作台", what=sql[:2_000]
    )
