"""Accounts, passwords and sessions, and the door before Streamlit, without a browser."""

import json
import time

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from typer.testing import CliRunner

from dashboards import access_log, accounts, permissions
from dashboards.access import AccountError
from dashboards.server import Door, Gate, local_path
from dashboards.units import codes_of
from dashboards.visitor import COOKIE
from pipeline import cli
from warehouse.settings import Home

PASSWORD = "three-grey-stones"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """The same algorithm with less work: hundreds of checks are made here."""
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=64))
    accounts.nobody.cache_clear()
    yield
    accounts.nobody.cache_clear()


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.root.mkdir()
    accounts.add(home, "office-desk", "office", (), PASSWORD)
    return home


@pytest.fixture
def client(home):
    """The door and the gate as `serve` puts them, before an app that answers everything."""

    async def app(request):
        return PlainTextResponse("figures")

    async def stream(websocket):
        await websocket.accept()
        await websocket.send_text("figures")
        await websocket.close()

    door = Door(home)
    routes = [
        Route("/sign-in", door.show, methods=["GET"]),
        Route("/sign-in", door.enter, methods=["POST"]),
        Route("/sign-out", door.leave, methods=["GET"]),
        WebSocketRoute("/_stcore/stream", stream),
        Route("/{path:path}", app, methods=["GET", "POST", "PUT"]),
    ]
    starlette = Starlette(routes=routes, middleware=[Middleware(Gate, home=home)])
    return TestClient(starlette, base_url="http://mine.test", follow_redirects=False)


def enter(client, account="office-desk", password=PASSWORD, target="/", **headers):
    form = {"account": account, "password": password}
    return client.post(f"/sign-in?next={target}", data=form, headers=headers)


def test_nothing_secret_lies_open(home):
    accounts.key(home)
    accounts.end_session(home, "number")
    access_log.record(home, "view", "office-desk")
    assert home.access.stat().st_mode & 0o777 == 0o700
    for path in home.access.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
        assert PASSWORD not in path.read_text() if path.is_file() else True
    assert "$argon2id$" in (home.access / "accounts.json").read_text()


def test_an_account_is_a_post_with_a_known_role_and_a_unit_where_one_is_needed(home):
    for name, role, units in (
        ("张某", "office", ()),
        ("a", "office", ()),
        ("../x", "office", ()),
        ("desk", "boss", ()),
        ("desk", "township", ()),
        ("desk", "office", ("U1",)),
        ("office-desk", "office", ()),
    ):
        with pytest.raises(AccountError, match="没有改动"):
            accounts.add(home, name, role, units, PASSWORD)
    for password in ("short-one", "office-desk2"[:9], ""):
        with pytest.raises(AccountError, match="没有改动"):
            accounts.add(home, "desk", "office", (), password)
    assert set(accounts.known(home)) == {"office-desk"}


def test_the_cookie_opens_until_its_time_is_over(home, monkeypatch):
    cookie = accounts.start_session(home, "office-desk")
    account, _ = accounts.session(home, cookie)
    assert account.person.role == "office"
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + accounts.SESSION_SECONDS - 2)
    assert accounts.session(home, cookie)
    monkeypatch.setattr(time, "time", lambda: now + accounts.SESSION_SECONDS + 2)
    assert accounts.session(home, cookie) is None


@pytest.mark.parametrize("end", ["disabled", "new password", "signed out", "other key", "forged"])
def test_a_session_ends_at_once(end, home):
    cookie = accounts.start_session(home, "office-desk")
    _, number = accounts.session(home, cookie)
    if end == "disabled":
        accounts.set_disabled(home, "office-desk", True)
    elif end == "new password":
        accounts.set_password(home, "office-desk", "another-long-one")
    elif end == "signed out":
        accounts.end_session(home, number)
    elif end == "other key":
        (home.access / "session.key").unlink()
    else:
        cookie = ("A" if cookie[0] != "A" else "B") + cookie[1:]
    assert accounts.session(home, cookie) is None


def test_a_new_role_counts_for_whoever_is_signed_in(home):
    cookie = accounts.start_session(home, "office-desk")
    accounts.set_role(home, "office-desk", "township", ("U1",))
    person = accounts.session(home, cookie)[0].person
    assert (person.role, person.units) == ("township", ("U1",))


def test_who_is_not_signed_in_reaches_nothing(client):
    page = client.get("/duties?township=x", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (
        303,
        "/sign-in?next=%2Fduties%3Ftownship%3Dx",
    )
    for answer in (
        client.get("/media/0123.csv"),
        client.get("/_stcore/metrics"),
        client.put("/_stcore/upload_file/x/y"),
        client.get("/duties", cookies={COOKIE: "forged"}),
    ):
        assert answer.status_code == 401
        assert "figures" not in answer.text
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass


def test_signing_in_and_out(client, home):
    answer = enter(client, target="/duties%3Fclause%3D2.1.1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/duties?clause=2.1.1")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Max-Age={accounts.SESSION_SECONDS}" in cookie
    assert "Secure" not in cookie
    assert client.get("/media/0123.csv").text == "figures"
    stolen = dict(client.cookies)
    its_cookie = {"cookie": f"{COOKIE}={stolen[COOKIE]}"}
    with client.websocket_connect("/_stcore/stream", headers=its_cookie) as socket:
        assert socket.receive_text() == "figures"
    assert client.get("/sign-out").headers["location"] == "/sign-in"
    client.cookies.clear()
    assert client.get("/media/0123.csv", cookies=stolen).status_code == 401
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=its_cookie),
    ):
        pass
    lines = access_log.lines(home, access_log.months(home)[0])
    assert lines["动作"].tolist() == ["退出", "登录"]
    assert "Secure" in enter(client, **{"x-forwarded-proto": "https"}).headers["set-cookie"]


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client, home):
    wrong, unknown = enter(client, password="not-this-one"), enter(client, "nobody-here")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text == unknown.text
    text = (home.access / "log").glob("*.jsonl").__next__().read_text()
    assert [json.loads(line)["account"] for line in text.splitlines()] == [
        "office-desk",
        "（未知账号）",
    ]
    assert "nobody-here" not in text
    accounts.add(home, "by-provider", "office", (), None)
    assert enter(client, "by-provider", "").status_code == 401


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    for _ in range(5):
        assert enter(client, password="not-this-one").status_code == 401
    waiting = enter(client)
    assert waiting.status_code == 429
    assert "分钟后再试" in waiting.text
    monkeypatch.setattr(time, "time", lambda: now + accounts.FIRST_WAIT_SECONDS - 1)
    assert enter(client).status_code == 429
    monkeypatch.setattr(time, "time", lambda: now + accounts.FIRST_WAIT_SECONDS + 1)
    assert enter(client).status_code == 303


def test_waits_double_up_to_a_quarter_of_an_hour_and_many_accounts_from_one_place_wait_too():
    attempts = accounts.Attempts()
    waits = []
    for _ in range(12):
        attempts.failed("desk", "10.0.0.1", 0.0)
        waits.append(attempts.wait_seconds("desk", "10.0.0.2", 0.0))
    assert waits == [0, 0, 0, 0, 60, 120, 240, 480, 900, 900, 900, 900]
    assert attempts.wait_seconds("other", "10.0.0.1", 0.0) == 0
    for number in range(8):
        attempts.failed(f"guess{number}", "10.0.0.1", 0.0)
    assert attempts.wait_seconds("other", "10.0.0.1", 0.0) == 60
    assert attempts.wait_seconds("other", "10.0.0.9", 0.0) == 0
    attempts.succeeded("desk")
    assert attempts.wait_seconds("desk", "10.0.0.2", 0.0) == 0


def test_the_password_goes_nowhere_else(client):
    assert enter(client, origin="http://evil.test").status_code == 403
    assert enter(client, origin="http://mine.test").status_code == 303
    page = client.get("/sign-in", headers={"accept": "text/html"}, cookies={COOKIE: ""})
    client.cookies.clear()
    page = client.get("/sign-in?next=//evil.test/%22onload=", headers={"accept": "text/html"})
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "evil" not in page.text
    assert enter(client, password="x" * 10_000).status_code == 413


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/duties?clause=2.1.1", "/duties?clause=2.1.1"),
        ("https://evil.test/", "/"),
        ("//evil.test/", "/"),
        ("/\\evil.test", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-out", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_stays_in_the_house(asked, target):
    assert local_path(asked) == target


def test_without_a_sign_in_only_this_machine_is_served(tmp_path, home):
    open_home = Home(tmp_path / "open")
    for host in ("0.0.0.0", "::", "10.1.2.3", "example.invalid"):
        assert "没有启动" in accounts.refusal(open_home, host)
        assert accounts.refusal(home, host) is None
    for host in accounts.LOOPBACK:
        assert accounts.refusal(open_home, host) is None


def test_a_broken_provider_file_is_named(tmp_path):
    home = Home(tmp_path)
    home.access.mkdir()
    settings = home.access / "oidc.toml"
    settings.write_text("client_id = 'x'")
    assert accounts.mode(home) == "oidc"
    with pytest.raises(AccountError, match="chmod 600"):
        accounts.refusal(home, "127.0.0.1")
    settings.chmod(0o600)
    with pytest.raises(AccountError, match=r"oidc\.toml 无法读取"):
        accounts.refusal(home, "127.0.0.1")


def test_the_permission_list_tells_role_units_pages_and_no_hash(home):
    accounts.add(home, "liuhe", "township", ("990901100",), PASSWORD)
    rows = permissions.listed(home).set_index("账号")
    assert rows.loc["liuhe", ["角色", "单位", "数据范围"]].tolist() == [
        "乡镇",
        "990901100",
        "本乡镇",
    ]
    assert "矛盾核查" in rows.loc["office-desk", "页面"]
    assert "矛盾核查" not in rows.loc["liuhe", "页面"]
    assert "argon2" not in rows.to_csv()
    pages = permissions.by_page().set_index("页面")
    assert pages.loc["矛盾核查"].tolist().count("✓") == 3


@pytest.fixture
def command(full_home, tmp_path):
    """`minewatch accounts …` in a home that has the invented autumn published."""
    (tmp_path / "current").symlink_to(Home(full_home).current.resolve())

    def run(*arguments, password=""):
        return CliRunner().invoke(
            cli.app, ["--home", str(tmp_path), "accounts", *arguments], input=f"{password}\n"
        )

    return run


def test_the_command_takes_a_unit_by_its_name_and_refuses_one_that_nobody_knows(command):
    added = command("add", "liuhe", "--role", "township", "--unit", "柳河镇", password=PASSWORD)
    assert (added.exit_code, "已建立" in added.output) == (0, True)
    assert PASSWORD not in added.output
    unknown = command("add", "x1", "--role", "township", "--unit", "没有镇", password=PASSWORD)
    assert isinstance(unknown.exception, AccountError)
    assert command("role", "liuhe", "--role", "analyst").exit_code == 0
    assert command("password", "liuhe", password="another-long-one").exit_code == 0
    assert command("disable", "liuhe").exit_code == 0
    [row] = json.loads(command("list", "--json").output)
    assert (row["账号"], row["角色"], row["单位"], row["状态"]) == ("liuhe", "分析人员", "", "停用")
    assert command("disable", "liuhe", "--undo").exit_code == 0
    assert "启用" in command("list").output


def test_a_unit_is_not_taken_on_trust_before_anything_is_published(home):
    with pytest.raises(AccountError, match="minewatch run"):
        codes_of(home, ["990901100"])
    assert codes_of(home, []) == ()


def test_a_name_that_two_units_have_is_refused_with_their_codes(full_copy, tmp_path):
    full_copy.execute(
        "insert into marts.dim_units by name "
        "select unnest(['V1', 'V2']) as unit_code, '后沟村村民委员会' as unit_name"
    )
    full_copy.close()
    home = Home(tmp_path / "home")
    home.root.mkdir()
    home.current.symlink_to(tmp_path)
    with pytest.raises(AccountError, match="V1、V2"):
        codes_of(home, ["后沟村村民委员会"])
    assert codes_of(home, ["V2", "柳河镇", "V2"]) == ("V2", "990901100")
