"""Page 月报: what is due and was written, with the command's answers given by hand."""

import json

import docx
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import reporting
from warehouse.settings import ROOT

DUE = [
    {
        "name": "2022年11月月报",
        "recipient_name": "市办公室",
        "due_date": "2022-12-05",
        "is_certain": False,
        "state": "未生成，已逾期5天",
    }
]
RECORD = {
    "period": "2022-11",
    "recipient": "city",
    "state": "待主要负责人审签",
    "next_step": "主要负责人",
    "version_id": "v1",
    "as_of_at": "2022-12-10T08:00:00",
    "corrections": [],
    "steps": [{"step": "填报人", "position": "填报员", "at": "2022-12-12T09:00:00"}],
    "scans": {},
}


@pytest.fixture
def commanded(monkeypatch):
    """The commands that the page runs; writing says where, or fails."""
    given = []

    def command(*arguments):
        given.append(arguments)
        known = {"due": DUE, "list": [RECORD]}
        if arguments[0] in known:
            return True, json.dumps(known[arguments[0]], ensure_ascii=False)
        return arguments[0] != "write", "做不了：模板有误"

    monkeypatch.setattr(reporting, "command", command)
    reporting._known.clear()
    yield given
    reporting._known.clear()


def opened(home, monkeypatch, page="app_pages/reports.py"):
    monkeypatch.setenv("MINEWATCH_HOME", str(home))
    app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=60)
    app.switch_page(page)
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def reported(full_home):
    """A report of November that lies there to be signed."""
    folder = full_home / "reports" / "2022-11" / "city" / "for_signing"
    folder.mkdir(parents=True, exist_ok=True)
    document = docx.Document()
    document.add_paragraph("现将情况报告如下。")
    document.add_table(rows=2, cols=2).rows[1].cells[1].text = "6"
    document.save(folder / "报告.docx")
    return folder


def test_the_page_tells_what_is_due_and_shows_the_report(
    commanded, reported, full_home, monkeypatch
):
    app = opened(full_home, monkeypatch)
    tables = [element.proto.body for element in app.get("html")]
    assert app.title[0].value == "岚沟县 · 月报"
    told = "\n".join([*tables, *(str(frame.value) for frame in app.dataframe)])
    for part in ("2022-12-05（设定）", "未生成，已逾期5天", "填报人（填报员）2022-12-12 09:00"):
        assert part in told, part
    assert [text.value for text in app.text] == ["现将情况报告如下。"]
    assert {text.label for text in app.text_input} > {"签发人姓名（只写入文件和签发记录）"}


def test_the_page_writes_by_the_command_and_says_what_went_wrong(commanded, full_home, monkeypatch):
    app = opened(full_home, monkeypatch)
    app.text_input(key="report_period").set_value("2022-Q3").run()
    app.button(key="report_write").click().run()
    assert ("write", "2022-Q3", "--to", "city") in commanded
    assert [error.value for error in app.error] == ["做不了：模板有误"]
    app.text_input(key="report_period").set_value("../../etc").run()
    assert "请填写报告期。" in [info.value for info in app.info]


def test_the_overview_tells_what_is_due(commanded, full_home, monkeypatch):
    app = opened(full_home, monkeypatch, "app_pages/overview.py")
    assert "该报的报告" in [part.label for part in app.expander]
