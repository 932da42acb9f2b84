"""The office's papers on the page: written on demand, refused in words."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import office, words
from warehouse import versions
from warehouse.settings import ROOT, Home


@pytest.fixture
def page(full_home, tmp_path, monkeypatch):
    """A copy of the home, for commands keep a key in it."""
    home = tmp_path / "home"
    shutil.copytree(full_home, home, symlinks=True)
    (home / "settings.toml").write_text(
        '[county]\ncode = "990900"\nname = "岚沟县"\nis_sample = true\n', encoding="utf-8"
    )
    monkeypatch.setenv("MINEWATCH_HOME", str(home))

    def opened(paper):
        app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=120)
        app.switch_page("app_pages/reports.py")
        app.query_params["paper"] = words.PAPERS[paper]
        app.run()
        assert not app.exception
        return app

    return opened


def test_a_paper_is_written_when_asked_for_and_can_be_downloaded(page):
    app = page("brief")
    assert app.title[0].value == "岚沟县 · 月报"
    assert not app.get("download_button")
    database = versions.current(Home.open()).database
    before = database.stat().st_mtime_ns, database.read_bytes()
    app.button(key="paper_write").click().run()
    assert not app.exception
    assert "已生成 1 个文件" in app.success[0].value
    assert len(app.get("download_button")) == 1
    assert (database.stat().st_mtime_ns, database.read_bytes()) == before


def test_what_cannot_be_written_is_said_and_nothing_offered(page):
    app = page("submit")
    app.text_input(key="paper_month").set_value("2023-05").run()
    app.button(key="paper_write").click().run()
    assert "不在当前版本的统计月份内" in app.error[-1].value
    assert not app.get("download_button")


def test_another_wish_is_not_answered_with_the_last_paper(page):
    app = page("forms")
    app.text_input(key="paper_period").set_value("十二月").run()
    app.button(key="paper_write").click().run()
    assert "十二月 不是周期" in app.error[-1].value
    app.text_input(key="paper_period").set_value("2022-12").run()
    assert not [error for error in app.error if "不是周期" in error.value]


def test_several_files_come_as_one():
    name, content = office.as_one_file({"a/x.xlsx": b"1", "b/x.xlsx": b"2"}, "催办函.zip")
    assert name == "催办函.zip"
    assert content.startswith(b"PK")
    assert office.as_one_file({"晨报.html": b"1"}, "x.zip") == ("晨报.html", b"1")
