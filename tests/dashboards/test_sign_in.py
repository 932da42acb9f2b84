"""Signing in as people do it: real server, real Chromium, a real OIDC provider on loopback."""

from contextlib import contextmanager
from urllib.parse import unquote

import oidc_provider_mock
import pytest
from browsing import Visit
from invented_autumn import TOWNSHIPS

from benchmarks.served import free_port, serving
from dashboards import access_log, accounts
from warehouse.settings import Home

pytestmark = pytest.mark.browser
PASSWORD = "three-grey-stones"


@pytest.fixture
def home(empty_home, tmp_path):
    """A home whose data is the empty county's."""
    (tmp_path / "current").symlink_to(Home(empty_home).current.resolve())
    return Home(tmp_path)


def test_a_local_account_signs_in_survives_a_restart_of_the_browser_and_ends(
    home,
    browser,
    tmp_path,
):
    accounts.add(home, "office-desk", "office", (), PASSWORD)
    with serving(home.root, tmp_path / "server.log") as (address, _):
        one = Visit(browser, "phone")
        page = one.page
        page.goto(f"{address}/cases")
        for password in ("not-this-one", PASSWORD):
            assert page.get_by_role("heading", name="打击非法采矿监管").is_visible()
            page.get_by_label("账号").fill("office-desk")
            page.get_by_label("密码").fill(password)
            page.get_by_role("button", name="登录").click()
            page.wait_for_load_state()
        page.get_by_role("heading", name="岚沟县 · 案件").wait_for(timeout=60_000)
        page.get_by_text("office-desk（领导小组办公室）").wait_for()
        assert page.evaluate("document.cookie").find("minewatch_session") == -1
        kept = one.context.storage_state()
        one.context.close()

        other = Visit(browser, "desk")
        other.context.add_cookies(kept["cookies"])
        page = other.open(f"{address}/contradictions", "岚沟县 · 矛盾核查")
        page.get_by_text("退出", exact=True).click()
        page.get_by_label("密码").wait_for()
        assert other.complaints == []
        assert one.hosts | other.hosts == {"127.0.0.1"}
        other.context.close()

        late = Visit(browser, "desk")
        late.context.add_cookies(kept["cookies"])
        late.page.goto(address)
        assert late.page.get_by_label("密码").is_visible()
        late.context.close()
    actions = access_log.lines(home, access_log.months(home)[0])["动作"].tolist()
    assert actions[::-1] == ["登录失败", "登录", "查看", "查看", "退出"]


@pytest.fixture(scope="module")
def provided(full_home, tmp_path_factory):
    """The pages of the invented autumn behind an invented provider, and what it says of three people."""
    home = Home(tmp_path_factory.mktemp("provided"))
    (home.root / "current").symlink_to(Home(full_home).current.resolve())
    accounts.add(home, "audit@county.invalid", "auditor", (), None)
    accounts.add(home, "former@county.invalid", "office", (), None)
    accounts.set_disabled(home, "former@county.invalid", True)
    people = {
        "stranger@county.invalid": {"groups": ["访客"]},
        "former@county.invalid": {"groups": ["柳河镇"]},
        "clerk@county.invalid": {
            "groups": ["访客", "柳河镇"],
            "realm_access": {"roles": ["offline", "north"]},
        },
    }
    people = [oidc_provider_mock.User(sub=name, claims=told) for name, told in people.items()]
    port = free_port()
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as provider:
        (home.access / "oidc.toml").write_text(
            f"""
            server_metadata_url = "http://127.0.0.1:{provider.server_port}/.well-known/openid-configuration"
            client_id = "minewatch"
            client_secret = "of-the-test"
            redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
            claim = "sub"
            scope = "openid profile groups"

            [[role]]
            claim = "groups"
            value = "柳河镇"
            role = "township"
            units = ["柳河镇"]

            [[role]]
            claim = "realm_access.roles"
            value = "north"
            role = "township"
            units = ["北岭镇"]
            """
        )
        (home.access / "oidc.toml").chmod(0o600)
        with serving(home.root, home.root / "server.log", port) as (address, _):
            yield home, address


@contextmanager
def signed_in(browser, address, name):
    """A window of somebody whom the provider let in."""
    one = Visit(browser, "desk")
    page = one.page
    # The invented provider wants a style sheet from the internet, and does without.
    one.context.route("https://**", lambda route: route.abort())
    page.goto(f"{address}/quality?sensors=视频告警类型")
    page.get_by_role("button", name="统一身份认证登录").click()
    page.get_by_placeholder("sub").fill(name)
    assert "scope=openid+profile+groups" in page.url
    page.get_by_role("button", name="Authorize").click()
    yield one
    assert one.hosts - {"cdn.jsdelivr.net"} == {"127.0.0.1"}
    one.context.close()


def test_the_countys_provider_says_who_it_is_and_the_home_which_role(provided, browser):
    home, address = provided
    with signed_in(browser, address, "audit@county.invalid") as one:
        page = one.page
        page.get_by_role("heading", name="岚沟县 · 数据质量").wait_for(timeout=60_000)
        assert unquote(page.url) == f"{address}/quality?sensors=视频告警类型"
        page.goto(address)
        page.get_by_role("heading", name="岚沟县 · 总览").wait_for(timeout=60_000)
        page.get_by_text("audit@county.invalid（审计人员）").wait_for()
    # A group of his own would let the second one in.
    for name, reason in (("stranger", "没有分配角色"), ("former", "账号已停用")):
        with signed_in(browser, address, f"{name}@county.invalid") as one:
            page = one.page
            page.get_by_role("heading", name="没有权限").wait_for(timeout=60_000)
            page.get_by_text(f"{name}@county.invalid 已登录，但{reason}").wait_for()
            page.get_by_text("请联系领导小组办公室").wait_for()
    log = access_log.lines(home, access_log.months(home)[0])
    assert set(zip(log["动作"], log["账号"], strict=True)) == {
        ("查看", "audit@county.invalid"),
        ("拒绝访问", "stranger@county.invalid"),
        ("拒绝访问", "former@county.invalid"),
    }


def test_whoever_has_no_account_sees_the_townships_of_the_groups_and_no_others(provided, browser):
    _, address = provided
    with signed_in(browser, address, "clerk@county.invalid") as one:
        one.page.get_by_text("clerk@county.invalid（乡镇，只含本乡镇的数据）").wait_for(
            timeout=60_000
        )
        # The heat map of duties names every township that the reader has.
        one.page.locator("svg text", has_text="柳河镇").first.wait_for(timeout=60_000)
        one.settle()
        # A name may break over two lines of an axis, each an element of its own.
        text = one.page.evaluate("document.body.textContent")
    assert {name for name in TOWNSHIPS if name in text} == {"柳河镇", "北岭镇"}
