"""Signing in as people do it: real server, real Chromium, a real OIDC provider on loopback."""

import oidc_provider_mock
import pytest
from browsing import Visit

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
        assert page.get_by_text("office-desk（领导小组办公室）").is_visible()
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


def test_the_countys_provider_says_who_it_is_and_the_home_which_role(
    home,
    browser,
    tmp_path,
):
    accounts.add(home, "audit@county.invalid", "auditor", (), None)
    port = free_port()
    with oidc_provider_mock.run_server_in_thread() as provider:
        (home.access / "oidc.toml").write_text(
            f"""
            server_metadata_url = "http://127.0.0.1:{provider.server_port}/.well-known/openid-configuration"
            client_id = "minewatch"
            client_secret = "of-the-test"
            redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
            claim = "sub"
            """
        )
        (home.access / "oidc.toml").chmod(0o600)
        with serving(home.root, tmp_path / "server.log", port) as (address, _):
            for name, heading in (
                ("audit@county.invalid", "岚沟县 · 总览"),
                ("stranger@county.invalid", "没有权限"),
            ):
                one = Visit(browser, "desk")
                page = one.page
                # The invented provider wants a style sheet from the internet, and does without.
                one.context.route("https://**", lambda route: route.abort())
                page.goto(f"{address}/quality")
                page.get_by_role("button", name="统一身份认证登录").click()
                page.get_by_placeholder("sub").fill(name)
                page.get_by_role("button", name="Authorize").click()
                page.get_by_role("heading", name=heading).wait_for(timeout=60_000)
                page.reload()
                page.get_by_role("heading", name=heading).wait_for(timeout=60_000)
                assert page.get_by_text(name).first.is_visible()
                assert one.hosts - {"cdn.jsdelivr.net"} == {"127.0.0.1"}
                one.context.close()
    log = access_log.lines(home, access_log.months(home)[0])
    assert set(zip(log["动作"], log["账号"], strict=True)) == {
        ("查看", "audit@county.invalid"),
        ("拒绝访问", "stranger@county.invalid"),
    }
