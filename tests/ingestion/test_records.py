"""Delivery records: what is written is read back, and rows that do not add up are not committed."""

import dataclasses
from datetime import date, datetime

import pytest

from ingestion.declare import Form
from ingestion.land import reader_version
from ingestion.records import (
    Part,
    Record,
    WithdrawalEvent,
    read_record,
    read_records,
    read_withdrawals,
    withdrawn_at,
    write_records,
    write_withdrawal,
)
from warehouse.settings import Home

FORM = Form(1, "10月", "台账", "甲乡人民政府", date(2022, 10, 9), "10月第2周", None, 0, True)
PART = Part("villages", "raw/villages/ab.parquet", "cd" * 32, 6, 3, 1, {"subtotal": 2}, 4)
RECORD = Record(
    sha256="ab" * 32,
    file_name="村.xlsx",
    feed="villages",
    size_bytes=7,
    received_at=datetime(2022, 10, 9, 17, 20),
    received_at_source="sidecar",
    sender_name="甲乡人民政府",
    loaded_at=datetime(2022, 10, 10),
    reader_version="0123456789ab",
    outcome="loaded",
    parts=[PART],
    forms=[FORM, dataclasses.replace(FORM, filled_date=None)],
    skipped_sheets=["隐藏"],
)


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    home.prepare()
    return home


def test_a_record_is_read_back_as_it_was_written(home):
    refused = dataclasses.replace(
        RECORD, sha256="00" * 32, outcome="refused", refusal_text="读不了。", parts=[], forms=[]
    )
    assert read_records(home) == []
    assert read_record(home, RECORD.sha256) is None
    write_records(home, [RECORD, refused])
    assert read_record(home, RECORD.sha256) == RECORD
    assert read_records(home) == [refused, RECORD]


@pytest.mark.parametrize("change", [{"read": 5}, {"good": 4}, {"rejected": 0}, {"skipped": {}}])
def test_a_record_whose_rows_do_not_add_up_is_not_written(home, change):
    wrong = dataclasses.replace(RECORD, parts=[dataclasses.replace(PART, **change)])
    with pytest.raises(ValueError, match="accounted"):
        write_records(home, [wrong])
    assert read_records(home) == []


def test_a_delivery_is_withdrawn_from_its_tombstone_on_until_it_is_undone(home):
    events = [
        WithdrawalEvent(datetime(2022, 11, 1), "发错了"),
        WithdrawalEvent(datetime(2022, 11, 3), "没错", is_undo=True),
    ]
    write_withdrawal(home, RECORD.sha256, events)
    assert read_withdrawals(home) == {RECORD.sha256: events}
    moments = [datetime(2022, 10, 31, 23), *(event.at for event in events), datetime(2022, 12, 1)]
    assert [withdrawn_at(events, moment) for moment in moments] == [False, True, False, False]
    assert not withdrawn_at((), datetime(2022, 12, 1))


def test_the_reader_version_follows_the_readers_and_their_answers(tmp_path, monkeypatch):
    def version():
        reader_version.cache_clear()
        return reader_version()

    monkeypatch.setattr("ingestion.land.ROOT", tmp_path)
    reader, answers = tmp_path / "ingestion/readers/form.py", tmp_path / "seeds/answer_variants.csv"
    for path in (reader, answers, tmp_path / "seeds/settings.csv"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    seen = [version(), version()]
    for path in (reader, answers, tmp_path / "seeds/settings.csv"):
        path.write_text("2")
        seen.append(version())
    reader_version.cache_clear()
    assert [one == other for one, other in zip(seen, seen[1:], strict=False)] == [
        True,
        False,
        False,
        True,
    ]
