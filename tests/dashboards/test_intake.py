"""Files dropped in the browser take the way of all files, and nothing is lost on it."""

import json
from datetime import datetime

import pytest

from dashboards import intake
from warehouse.settings import Home

NOW = datetime(2022, 12, 10, 9, 0)
MEETINGS = "领导小组,会议日期,议定事项数\n县领导小组,2022-10-09,3\n县领导小组,某日,1\n县领导小组,2022-11-09,几项\n"


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    home.settings_file.write_text('[county]\ncode = "999901"\nname = "样县"\n', encoding="utf-8")
    return home


def test_each_file_is_told_apart_with_its_cells_and_its_sender(home):
    files = {"会议.csv": MEETINGS.encode(), "坏.xlsx": b"PK\x03\x04 half a workbook"}
    taken = {one.name: one for one in intake.take(home, "meetings", "甲山镇人民政府", files, NOW)}
    assert {name: one.outcome for name, one in taken.items()} == {
        "会议.csv": "loaded",
        "坏.xlsx": "refused",
    }
    receipt = taken["会议.csv"].receipt
    counts = [receipt[name] for name in ("read", "good", "rejected", "skipped", "warnings")]
    assert counts == [3, 2, 1, 0, 1]
    assert receipt["sender_name"] == "甲山镇人民政府"
    assert receipt["received_at"] == "2022-12-10 09:00:00"
    assert [(one["kind"], one["cell"], one["header"]) for one in receipt["complaints"]] == [
        ("rejected", "B3", "会议日期"),
        ("warning", "C4", "议定事项数"),
    ]
    assert "损坏" in taken["坏.xlsx"].message
    assert not list(home.inbox.rglob("*")) or not any(p.is_file() for p in home.inbox.rglob("*"))


def test_a_name_cannot_lead_out_of_the_inbox(home):
    taken = intake.take(home, "meetings", None, {"../../会议.csv": MEETINGS.encode()}, NOW)
    assert [one.outcome for one in taken] == ["loaded"]
    assert not (home.root / "会议.csv").exists()


def test_a_loader_that_fails_leaves_the_file_where_the_next_load_finds_it(home):
    home.settings_file.write_text("[county", encoding="utf-8")
    with pytest.raises(intake.IntakeError, match="没有丢失"):
        intake.take(home, "meetings", None, {"会议.csv": MEETINGS.encode()}, NOW)
    [waiting] = home.inbox.rglob("会议.csv")
    assert waiting.read_bytes() == MEETINGS.encode()


def test_what_is_known_already_has_its_receipt_again(home):
    files = {"会议.csv": MEETINGS.encode()}
    intake.take(home, "meetings", None, files, NOW)
    [again] = intake.take(home, "meetings", None, files, NOW)
    assert again.outcome == "known"
    assert again.receipt["read"] == 3
    assert json.dumps(again.receipt, ensure_ascii=False)
