"""Roles by what the provider says of somebody who has no account, without a browser."""

import pytest
from invented_autumn import code_of
from streamlit.testing.v1 import AppTest
from test_pages import APP, shown

from dashboards import accounts, claims, permissions, visitor
from dashboards.access import AccountError, Person
from pipeline import cli
from warehouse.settings import Home

SETTINGS = """
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
client_id = "minewatch"
client_secret = "of-the-test"
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
"""
ROLES = f"""{SETTINGS}
[[role]]
claim = "groups"
value = "办公室"
role = "office"

[[role]]
claim = "groups"
value = "柳河镇"
role = "township"
units = ["柳河镇"]

[[role]]
claim = "realm_access.roles"
value = "taxes"
role = "township"
units = ["柳河镇", "990900100"]

[[role]]
claim = "https://county/duty"
value = "office"
role = "office"
"""


def write(home: Home, text: str) -> None:
    home.prepare_access()
    path = home.access / "oidc.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


@pytest.fixture
def home(full_home, tmp_path):
    """A home that has the invented autumn published, and a provider."""
    (tmp_path / "current").symlink_to(Home(full_home).current.resolve())
    write(Home(tmp_path), ROLES)
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("told", "claim", "found"),
    [
        ({"groups": ["甲", "乙"]}, "groups", ["甲", "乙"]),
        ({"groups": "甲 乙,丙"}, "groups", ["甲 乙,丙"]),
        ({"groups": ["甲", 7, None, True, ["乙"]]}, "groups", ["甲"]),
        ({"groups": True}, "groups", []),
        ({"groups": {"甲": 1}}, "groups", []),
        ({}, "groups", []),
        ({"realm_access": {"roles": ["甲"]}}, "realm_access.roles", ["甲"]),
        ({"realm_access": ["roles"]}, "realm_access.roles", []),
        ({"a.b": "甲", "a": {"b": "乙"}}, "a.b", ["甲"]),
        ({"a.b": None, "a": {"b": "乙"}}, "a.b", []),
        ({"https://county/duty": "甲"}, "https://county/duty", ["甲"]),
    ],
)
def test_a_claim_is_a_text_or_a_list_of_texts_and_nothing_else(told, claim, found):
    assert claims.values(told, claim) == found


@pytest.mark.parametrize(
    ("told", "role", "units"),
    [
        ({"groups": ["访客", "办公室"]}, "office", ()),
        ({"groups": "办公室"}, "office", ()),
        ({"groups": ["柳河镇"]}, "township", (code_of("柳河镇"),)),
        ({"https://county/duty": "office", "groups": ["办公室"]}, "office", ()),
        (
            {"realm_access": {"roles": ["taxes"]}, "groups": ["柳河镇"]},
            "township",
            (code_of("柳河镇"), code_of("青石镇")),
        ),
    ],
)
def test_whoever_has_the_value_has_the_role_and_units_of_one_role_add_up(told, role, units, home):
    assert accounts.entitled(home, "a.clerk", told) == Person("a.clerk", role, units)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, "没有分配角色（认证给出的 groups：无；"),
        ({"groups": ["访客"]}, "groups：访客"),
        ({"groups": ["办公室 "]}, "没有分配角色"),
        ({"groups": "柳河镇办公室"}, "没有分配角色"),
        ({"groups": "访客 办公室"}, "没有分配角色"),
        ({"roles": ["办公室"]}, "没有分配角色"),
        (
            {"groups": ["柳河镇", "办公室"]},
            "多个角色（groups = 办公室 为领导小组办公室；groups = 柳河镇 为乡镇）",
        ),
    ],
)
def test_whoever_has_no_value_or_values_of_two_roles_has_none(told, reason, home):
    with pytest.raises(accounts.DeniedError) as denied:
        accounts.entitled(home, "a.clerk", told)
    assert reason in str(denied.value)


def test_an_account_comes_before_every_claim_and_a_shut_one_too(home):
    told = {"groups": ["办公室"]}
    accounts.add(home, "a.clerk", "analyst", (), None)
    assert accounts.entitled(home, "a.clerk", told).role == "analyst"
    # Two roles by claims; the account says which is meant.
    assert accounts.entitled(home, "a.clerk", {"groups": ["柳河镇", "办公室"]}).role == "analyst"
    accounts.set_disabled(home, "a.clerk", True)
    for name, reason in (("a.clerk", "停用"), ("A.Clerk", "大小写"), ("a.clerk ", "大小写")):
        with pytest.raises(accounts.DeniedError, match=reason):
            accounts.entitled(home, name, told)
    assert accounts.entitled(home, "another.clerk", told).role == "office"


def test_without_roles_in_the_file_only_accounts_come_in(home):
    write(home, SETTINGS)
    with pytest.raises(accounts.DeniedError, match="没有分配角色$"):
        accounts.entitled(home, "a.clerk", {"groups": ["办公室"]})


def block(claim='"groups"', value='"x"', role='"office"', more=""):
    return f"[[role]]\nclaim = {claim}\nvalue = {value}\nrole = {role}\n{more}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('role = "office"', "两层方括号"),
        ('role = ["office"]', "两层方括号"),
        (block().replace("[[role]]", "[role]"), "两层方括号"),
        (block() + block(value="['a', 'b']"), r"第 2 个 \[\[role\]\]：value 要写成"),
        (block(claim='""'), "claim 要写成"),
        ("[[role]]\nvalue = 'x'\nrole = 'office'", "claim 要写成"),
        (block(role='"local"'), "没有角色 local，可用：leader、"),
        (block(role='"township"'), "必须写明 units"),
        (block(role='"township"', more="units = []"), "必须写明 units"),
        (block(more="units = ['柳河镇']"), "不按单位限制"),
        (block(role='"township"', more="units = '柳河镇'"), "units 要写成"),
        (block(role='"township"', more="unit = ['柳河镇']"), "不认识 unit"),
        (block() + block(role='"leader"'), "groups = x 前面已有"),
        (block() + 'scope = "openid"', "不认识 scope"),
        (
            block(role='"township"', more="units = ['没有镇']"),
            "groups = x：没有代码或名称为 没有镇",
        ),
    ],
)
def test_the_pages_do_not_start_with_a_role_that_cannot_be_meant(text, reason, home):
    write(home, SETTINGS + text)
    with pytest.raises(AccountError, match=reason) as refused:
        accounts.refusal(home, "127.0.0.1")
    assert "oidc.toml" in str(refused.value)
    assert "看板没有启动" in str(refused.value)


def test_the_command_says_what_stands_in_brackets(home, monkeypatch, capsys):
    write(home, SETTINGS + "[[role]]")
    monkeypatch.setattr("sys.argv", ["minewatch", "--home", str(home.root), "accounts", "list"])
    with pytest.raises(SystemExit):
        cli.main()
    assert "第 1 个 [[role]]：claim 要写成" in capsys.readouterr().err


def test_a_file_as_windows_editors_write_it_is_read_or_named(home):
    (home.access / "oidc.toml").write_text(ROLES, encoding="utf-8-sig")
    assert accounts.refusal(home, "127.0.0.1") is None
    (home.access / "oidc.toml").write_text(ROLES, encoding="gbk")
    with pytest.raises(AccountError, match="UTF-8"):
        accounts.refusal(home, "127.0.0.1")


def test_a_unit_that_is_not_known_shuts_out_those_who_have_it_and_nobody_else(home, tmp_path):
    (tmp_path / "current").unlink()
    with pytest.raises(AccountError, match="minewatch run"):
        accounts.refusal(home, "127.0.0.1")
    with pytest.raises(accounts.DeniedError, match="单位无法核对"):
        accounts.entitled(home, "a.clerk", {"groups": ["柳河镇"]})
    assert accounts.entitled(home, "a.clerk", {"groups": ["办公室"]}).role == "office"
    states = permissions.listed(home).set_index("声明")["状态"]
    assert states[["groups = 办公室", "groups = 柳河镇"]].tolist() == ["启用", "单位无法核对"]


def test_the_permission_list_tells_the_claims_too(home):
    accounts.add(home, "audit-desk", "auditor", (), None)
    rows = permissions.listed(home)
    assert rows["账号"].tolist() == ["audit-desk", "", "", "", ""]
    rows = rows.set_index("声明")
    assert rows.loc["groups = 柳河镇", ["角色", "单位", "数据范围", "密码"]].tolist() == [
        "乡镇",
        code_of("柳河镇"),
        "本乡镇",
        "统一认证",
    ]
    assert "矛盾核查" in rows.loc["groups = 办公室", "页面"]
    assert "矛盾核查" not in rows.loc["groups = 柳河镇", "页面"]
    assert "of-the-test" not in rows.to_csv()


@pytest.fixture
def opened_by(home, monkeypatch):
    """The pages, for somebody of whom the provider says this."""

    def open_page(**told) -> AppTest:
        monkeypatch.setenv("MINEWATCH_HOME", str(home.root))
        now = {"is_logged_in": True, "iat": visitor.time.time(), "email": "a.clerk"}
        user = type("User", (), {"to_dict": lambda self: now | told})
        monkeypatch.setattr(visitor.st, "user", user())
        app = AppTest.from_file(APP, default_timeout=60).run()
        assert not app.exception
        assert not app.metric
        return app

    return open_page


def test_whoever_has_two_roles_is_told_which_claims_collide_and_whom_to_ask(opened_by):
    app = opened_by(groups=["柳河镇", "办公室"])
    assert "groups = 办公室 为领导小组办公室；groups = 柳河镇 为乡镇" in app.error[0].value
    assert "请联系" in shown(app)


def test_a_file_that_is_spoilt_while_the_pages_are_served_lets_nobody_in(opened_by, home):
    with (home.access / "oidc.toml").open("a") as file:
        file.write("[[role]]\n")
    app = opened_by(groups=["办公室"])
    assert "设置有误" in app.error[0].value
    assert str(home.root) not in shown(app)


@pytest.mark.parametrize("told", [{"email": None}, {"email_verified": False}])
def test_whoever_has_the_group_and_no_name_to_be_noted_by_is_told_so(told, opened_by):
    app = opened_by(groups=["办公室"], **told)
    assert app.error[0].value.startswith("统一身份认证没有给出可用的 email")
    assert "请联系" in shown(app)
