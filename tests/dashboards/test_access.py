"""Who sees which page and which rows on it: addresses, filters and files of others' included."""

import json

import pytest
from invented_autumn import TOWNSHIPS, code_of
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from test_pages import APP, cards, led_to, shown

from dashboards import access, access_log, accounts, tables, visitor
from dashboards.access import Person
from warehouse.settings import Home

OFFICER = Person("office-desk", "office")
TOWNSHIP = Person("liuhe", "township", (code_of("柳河镇"),))
OTHERS = [name for name in TOWNSHIPS if name != "柳河镇"]


@pytest.fixture
def opened_by(monkeypatch):
    def open_page(person, home, page="overview", **address) -> AppTest:
        monkeypatch.setenv("MINEWATCH_HOME", str(home))
        account = person if isinstance(person, str) else person.account
        found = None if isinstance(person, str) else person
        monkeypatch.setattr(visitor, "signed_in", lambda: (account, found))
        app = AppTest.from_file(APP, default_timeout=60)
        if page:
            app.switch_page(f"app_pages/{page}.py")
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_page


def all_of(app: AppTest) -> str:
    """Everything a page holds: words, tables, figures and the choices of its filters."""
    tables = "".join(table.value.to_csv() for table in app.dataframe)
    figures = "".join(chart.proto.spec for chart in app.get("plotly_chart"))
    figures = figures.encode().decode("unicode_escape", "ignore") + figures
    choices = "".join(str(box.options) for box in (*app.multiselect, *app.selectbox))
    return shown(app) + tables + figures + choices


@pytest.mark.parametrize("page", [page.name for page in access.pages_of("township")])
def test_a_township_reads_nothing_of_another_on_any_page(page, opened_by, full_home):
    """Also when the address names the others, or a thing of theirs."""
    theirs = {"township": OTHERS, "lead": "县自然资源局", "case": "岚自然资立〔2022〕10号"}
    theirs |= {"incident": "signal0-1", "sender": OTHERS}
    for address in ({}, theirs):
        text = all_of(opened_by(TOWNSHIP, full_home, page, **address))
        # Definitions and dropping files are about no place.
        assert "柳河" in text or page in ("definitions", "intake")
        assert not [name for name in OTHERS if name in text]


def test_the_files_of_a_township_hold_its_own_rows(opened_by, full_home, monkeypatch):
    files = []

    def taken(person, what, filters, make):
        files.append(make())
        return bytes

    monkeypatch.setattr(tables, "noted", taken)
    for page in ("cases", "quality"):
        opened_by(TOWNSHIP, full_home, page, township=OTHERS)
    tables_taken = [file.decode() for file in files if not file.startswith(b"PK")]
    assert len(tables_taken) >= 3
    assert any("柳河镇" in text for text in tables_taken)
    assert not [name for name in OTHERS for text in tables_taken if name in text]


def test_the_office_reads_of_all_of_them(opened_by, full_home):
    """Otherwise the test above could not fail."""
    for page in (
        "overview",
        "duties",
        "patrols",
        "cases",
        "video",
        "power",
        "incidents",
        "quality",
    ):
        text = all_of(opened_by(OFFICER, full_home, page))
        assert [name for name in OTHERS if name in text], page


def test_two_readers_of_one_page_do_not_share_answers(opened_by, full_home):
    whole = cards(opened_by(OFFICER, full_home, "public"))
    mine = cards(opened_by(TOWNSHIP, full_home, "public"))
    assert whole["群众线索（条）"] == "20"
    assert mine["群众线索（条）"] == "3"
    assert cards(opened_by(OFFICER, full_home, "public")) == whole


@pytest.mark.parametrize("role", access.ROLES)
def test_every_role_begins_on_its_first_page_and_is_told_as_whom(role, opened_by, empty_home):
    first = access.pages_of(role)[0]
    desk = Person("the-desk", role, TOWNSHIP.units if role in access.NARROW else ())
    assert led_to(opened_by(desk, empty_home, page="")) == first.name
    app = opened_by(desk, empty_home, first.name)
    assert first.title in app.title[0].value
    assert f"the-desk（{access.ROLES[role]}" in shown(app)


@pytest.mark.parametrize("page", access.PAGES, ids=lambda page: page.name)
def test_a_page_of_others_says_so_and_shows_nothing(page, opened_by, full_home):
    role = next((role for role in access.ROLES if role not in page.roles), None)
    if role is None:
        return
    app = opened_by(Person("the-desk", role, TOWNSHIP.units), full_home)
    # Who types the address of a page that the menu does not have.
    app._page_hash = calc_hash(page.name)
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == [
        f"您的角色（{access.ROLES[role]}）没有“{page.title}”这一页。"
    ]
    assert not app.metric
    assert not app.dataframe


@pytest.mark.parametrize(
    ("role", "has_it"), [("discipline", True), ("leader", True), ("analyst", False)]
)
def test_duties_lead_to_matters_of_officials_whoever_may_see_them(
    role, has_it, opened_by, full_home
):
    person = Person("the-desk", role)
    links = opened_by(person, full_home, "duties").get("page_link")
    assert ["责任追究" in link.proto.label for link in links] == [True] * has_it
    if has_it:
        page = opened_by(person, full_home, "accountability", matter="YS1")
        assert cards(page)["办理中（件）"] == "2"
        assert "问题线索签收" in all_of(page)


def test_an_account_that_nobody_gave_a_role_is_told_whom_to_ask(opened_by, full_home):
    app = opened_by("someone@example.invalid", full_home)
    assert app.title[0].value == "没有权限"
    assert "没有分配角色" in app.error[0].value
    assert "办公室" in shown(app)
    assert not app.metric
    assert not app.dataframe


def test_whoever_is_not_at_the_machine_gets_nothing_without_a_sign_in(opened_by, full_home):
    app = opened_by("", full_home)
    assert "只供本机" in app.error[0].value
    assert not app.metric


def test_the_machine_itself_is_told_that_it_sees_everything(full_home, monkeypatch):
    monkeypatch.setenv("MINEWATCH_HOME", str(full_home))
    app = AppTest.from_file(APP, default_timeout=60).switch_page("app_pages/overview.py").run()
    assert any("本机模式" in caption.value for caption in app.caption)


def test_what_is_looked_at_and_taken_away_is_written_down_once(opened_by, empty_home, tmp_path):
    home = Home(tmp_path)
    (tmp_path / "current").symlink_to(Home(empty_home).current.resolve())
    app = opened_by(TOWNSHIP, tmp_path, "duties")
    app.run()
    opened_by("nobody-yet", tmp_path)
    tables.noted(TOWNSHIP, "案件", {"乡镇": ["柳河镇"]}, bytes)()
    [log] = (home.access / "log").glob("*.jsonl")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(one["action"], one["account"], one["page"]) for one in lines] == [
        ("view", "liuhe", "责任落实"),
        ("denied", "nobody-yet", ""),
        ("export", "liuhe", ""),
    ]
    assert (lines[2]["what"], lines[2]["filters"]) == ("案件", {"乡镇": ["柳河镇"]})
    assert log.stat().st_mode & 0o777 == 0o600
    assert home.access.stat().st_mode & 0o777 == 0o700
    assert log.parent.stat().st_mode & 0o777 == 0o700


def test_the_auditor_reads_who_may_see_what_and_who_looked(opened_by, empty_home, tmp_path):
    home = Home(tmp_path)
    (tmp_path / "current").symlink_to(Home(empty_home).current.resolve())
    accounts.add(home, "by-provider", "leader", (), None)
    access_log.record(
        home, "export", "liuhe", "township", what="案件（CSV）", filters={"乡镇": ["柳河镇"]}
    )
    app = opened_by(Person("audit-desk", "auditor"), tmp_path, "permissions")
    people, pages, log = (table.value for table in app.dataframe)
    assert people[["账号", "角色", "密码"]].values.tolist() == [
        ["by-provider", "县领导", "统一认证"]
    ]
    assert pages["页面"].tolist() == [page.title for page in access.PAGES]
    assert log[["动作", "账号", "角色", "筛选", "内容"]].values.tolist() == [
        ["查看", "audit-desk", "审计人员", "", ""],
        ["导出", "liuhe", "乡镇", "乡镇=柳河镇", "案件（CSV）"],
    ]
    app.multiselect[0].select("导出").run()
    assert app.dataframe[2].value["动作"].tolist() == ["导出"]
