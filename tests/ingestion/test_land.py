"""Landing: nothing is lost, nothing twice, whatever is killed and whoever loads beside us."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from ingestion import land, readers
from ingestion.declare import Form, Note, Reading, Refused, Row
from ingestion.feeds import FEEDS
from ingestion.land import LOAD_STEPS, REREAD_STEPS, load, reread, withdraw
from ingestion.records import read_record, read_records, read_withdrawals, withdrawn_at
from warehouse.connection import connect
from warehouse.settings import Home

HEADER = "户号,数据日期,p1\n"
CURVE = HEADER + "001,2022-09-19,1\n002,2022-09-19,\n003,2022-09\n合计,,1\n"
RECEIVED = "2022-10-09T17:20:00"
# What a first attempt and a second may differ in: the clock, and a reader edited in between.
MOMENTS = ("loaded_at", "reader_version")


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    # One key for all homes of these tests, so that their raw zones can be compared.
    home.key_file.write_text("00" * 32)
    return home


def deliver(home, name="负荷.csv", content=CURVE, feed="power_readings", sidecar=None):
    path = home.inbox / feed / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    if sidecar is not None:
        note = sidecar if isinstance(sidecar, str) else json.dumps(sidecar)
        path.with_name(name + ".meta.json").write_text(note)
    return path


def load_one(home, *arguments, **more):
    (loaded,) = load(home, *arguments, **more).files
    return loaded


def rows(home, feed="power_readings"):
    """The committed rows of a feed: what a build would read."""
    found = []
    with connect() as connection:
        for record in read_records(home):
            for part in record.parts:
                if part.feed == feed:
                    file = str(home.root / part.file)
                    found += connection.execute("from read_parquet(?)", [file]).fetchall()
    return sorted(found, key=str)


def waiting(home):
    return sorted(path.name for path in home.inbox.rglob("*") if path.is_file())


def everything(home):
    """All that a load leaves behind, without the times of loading."""
    records = []
    for path in sorted(home.records.glob("*")):
        content = json.loads(path.read_text())
        records.append((path.name, {k: v for k, v in content.items() if k not in MOMENTS}))
    files = sorted(
        str(path.relative_to(home.root))
        for folder in (home.raw, home.archive, home.inbox)
        for path in folder.rglob("*")
        if path.is_file()
    )
    return records, files, rows(home)


def test_a_delivery_becomes_rows_bytes_and_a_record(home):
    path = deliver(home, sidecar={"received_at": RECEIVED, "sender_unit": "供电公司"})
    loaded = load_one(home)
    assert (loaded.outcome, loaded.feed, loaded.message) == ("loaded", "power_readings", None)
    assert (loaded.read, loaded.good, loaded.rejected, loaded.skipped) == (4, 2, 1, 1)
    (record,) = read_records(home)
    assert (record.sha256, record.file_name) == (loaded.sha256, path.name)
    assert (record.feed, record.outcome, record.refusal_text) == ("power_readings", "loaded", None)
    assert record.received_at == datetime.fromisoformat(RECEIVED)
    assert (record.received_at_source, record.sender_name) == ("sidecar", "供电公司")
    assert record.size_bytes == len(CURVE.encode())
    assert record.parts[0].file == f"raw/power_readings/{loaded.sha256}.parquet"
    assert record.parts[0].skipped == {"subtotal": 1}
    assert len(rows(home)) == 3
    assert (home.archive / loaded.sha256).read_bytes() == CURVE.encode()
    note = json.loads((home.archive / f"{loaded.sha256}.meta.json").read_text())
    assert (note["file_name"], note["feed"]) == (path.name, "power_readings")
    assert (note["received_at"], note["sender_unit"]) == (RECEIVED, "供电公司")
    assert waiting(home) == []
    assert list((home.root / "scratch").iterdir()) == []


def test_known_bytes_change_nothing(home):
    deliver(home)
    load(home)
    before = everything(home)
    deliver(home, "同样的内容.csv")
    loaded = load_one(home)
    assert (loaded.outcome, loaded.read, loaded.message) == ("known", 0, None)
    assert everything(home) == before
    assert waiting(home) == []


def test_known_bytes_say_when_a_newer_delivery_has_replaced_them(home):
    deliver(home, sidecar={"received_at": "2022-10-01T08:00:00"})
    load(home)
    deliver(home, content=HEADER + "001,2022-09-19,9\n", sidecar={"received_at": RECEIVED})
    load(home)
    deliver(home)
    assert "2022-10-09 17:20" in load_one(home).message
    deliver(home, content=HEADER + "001,2022-09-19,9\n")
    assert load_one(home).message is None


def test_the_same_bytes_in_another_folder_are_not_loaded_twice(home):
    deliver(home)
    load(home)
    deliver(home, feed="villages")
    loaded = load_one(home)
    assert loaded.outcome == "known"
    assert "负荷曲线" in loaded.message


def test_files_given_by_path_stay_where_they_are(home, tmp_path):
    folder = tmp_path / "负荷曲线" / "九月"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text(CURVE)
    (folder / "a.csv.meta.json").write_text(json.dumps({"received_at": RECEIVED}))
    loaded = load_one(home, [tmp_path / "负荷曲线"])
    assert loaded.outcome == "loaded"
    assert read_record(home, loaded.sha256).received_at == datetime.fromisoformat(RECEIVED)
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "a.csv.meta.json"]
    assert load_one(home, [folder / "a.csv"]).outcome == "known"
    assert (folder / "a.csv").exists()


def test_a_path_through_the_inbox_to_another_place_is_not_in_the_inbox(home, tmp_path):
    (tmp_path / "a.csv").write_text(CURVE)
    outside = home.inbox / ".." / ".." / "a.csv"
    assert load_one(home, [outside], "power_readings").outcome == "loaded"
    assert (tmp_path / "a.csv").exists()


def test_the_nearest_folder_names_the_feed_and_an_option_overrides_it(home):
    deliver(home, feed="villages/负荷曲线/x")
    assert load_one(home).feed == "power_readings"
    deliver(home, content=CURVE + "004,2022-09-19,1\n", feed="villages")
    assert load_one(home, feed="power_readings").outcome == "loaded"


def test_a_file_of_no_feed_stays_and_says_so(home):
    (home.inbox / "a.csv").write_text(CURVE)
    loaded = load_one(home)
    assert (loaded.outcome, loaded.feed) == ("refused", None)
    assert "未指明数据种类" in loaded.message
    assert waiting(home) == ["a.csv"]
    assert read_records(home) == []


def test_a_path_that_is_not_there_is_refused_and_does_not_stop_the_others(home, tmp_path):
    (tmp_path / "a.csv").write_text(CURVE)
    files = load(home, [tmp_path / "none.csv", tmp_path / "a.csv"], "power_readings").files
    assert [file.outcome for file in files] == ["refused", "loaded"]


@pytest.mark.parametrize("name", ["a.csv.part", "~$a.csv", ".a.csv", "a.csv.meta.json"])
def test_what_is_no_delivery_is_left_alone(home, name):
    deliver(home, name)
    assert load(home).files == []
    assert waiting(home) == [name]


def test_a_pipe_in_the_inbox_does_not_block(home):
    (home.inbox / "power_readings").mkdir()
    os.mkfifo(home.inbox / "power_readings" / "a.csv")
    assert load(home).files == []


def test_a_refused_file_leaves_a_record_and_does_not_stop_the_others(home):
    deliver(home, "1.csv", "户号,数据日期\n001,2022-09-19\n")
    deliver(home, "2.csv")
    refused, loaded = load(home).files
    assert (refused.outcome, loaded.outcome) == ("refused", "loaded")
    record = read_record(home, refused.sha256)
    assert (record.outcome, record.parts) == ("refused", [])
    assert record.refusal_text == refused.message
    assert "p1…p96" in record.refusal_text
    assert (home.archive / refused.sha256).exists()
    assert waiting(home) == []


def test_a_refused_file_is_tried_again_and_keeps_its_received_time(home, monkeypatch):
    monkeypatch.setattr(land, "now", lambda: datetime(2022, 10, 1, 8))
    monkeypatch.setattr(readers, "read_opened", refusing)
    deliver(home, feed="villages")
    refused = load_one(home)
    assert refused.outcome == "refused"
    monkeypatch.setattr(land, "now", lambda: datetime(2022, 10, 2, 8))
    deliver(home)
    loaded = load_one(home)
    assert (loaded.outcome, loaded.feed, loaded.sha256) == (
        "loaded",
        "power_readings",
        refused.sha256,
    )
    (record,) = read_records(home)
    assert record.received_at == datetime(2022, 10, 1, 8)
    assert record.loaded_at == datetime(2022, 10, 2, 8)


def refusing(*_):
    raise Refused("缺少必需的列：村代码。", "请补上。")


def crashing(*_):
    raise KeyError("13800001111")


def test_a_reader_that_fails_refuses_the_file_without_quoting_it(home, monkeypatch):
    monkeypatch.setattr(readers, "read_opened", crashing)
    deliver(home, "1.csv", feed="villages")
    deliver(home, "2.csv", content=CURVE + "9,2022-09-19,1\n")
    # The folder of power_readings comes first.
    loaded, refused = load(home).files
    assert (loaded.outcome, refused.outcome) == ("loaded", "refused")
    assert "KeyError" in refused.message
    assert "13800001111" not in refused.message


def test_a_full_disk_is_our_failure_and_refuses_nothing(home, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(readers, "read_opened", full)
    path = deliver(home, feed="villages")
    with pytest.raises(OSError, match="space"):
        load(home)
    assert path.exists()
    assert read_records(home) == []


# Sidecars


def test_without_a_sidecar_the_moment_of_loading_counts(home, monkeypatch):
    monkeypatch.setattr(land, "now", lambda: datetime(2022, 10, 1, 8))
    deliver(home)
    load(home)
    (record,) = read_records(home)
    assert (record.received_at, record.received_at_source) == (datetime(2022, 10, 1, 8), "load")
    assert record.sender_name is None


def test_a_sample_county_lives_at_its_own_time(home):
    home.settings_file.write_text(
        'as_of = "2022-12-10T08:00:00"\n[county]\ncode = "1"\nname = "样例县"\n'
    )
    deliver(home)
    load(home)
    assert read_records(home)[0].received_at == datetime(2022, 12, 10, 8)


@pytest.mark.parametrize(
    ("sidecar", "received_at", "sender"),
    [
        ({"received_at": "2022-10-09"}, datetime(2022, 10, 9), None),
        ({"received_at": "2022-10-09T17:20:00.5"}, datetime(2022, 10, 9, 17, 20), None),
        ({"received_at": "2022-10-09T09:20:00Z"}, datetime(2022, 10, 9, 17, 20), None),
        ({"sender_unit": "供电公司"}, datetime(2022, 10, 1, 8), "供电公司"),
        ({"sender_unit": "找13800001111"}, datetime(2022, 10, 1, 8), None),
        ({}, datetime(2022, 10, 1, 8), None),
    ],
)
def test_what_a_sidecar_may_say(home, monkeypatch, sidecar, received_at, sender):
    monkeypatch.setattr(land, "now", lambda: datetime(2022, 10, 1, 8))
    deliver(home, sidecar=sidecar)
    load(home)
    (record,) = read_records(home)
    assert record.received_at == received_at
    if "13800001111" in str(sidecar):
        assert record.sender_name.startswith("找[手机#")
    else:
        assert record.sender_name == sender


@pytest.mark.parametrize(
    "sidecar",
    ["{bad", "[]", '{"received_at": "昨天"}', '{"received_at": 5}', '{"sender_unit": 5}']
    + ['{"received_at": "2202-10-09T17:20:00"}'],
)
def test_an_unreadable_sidecar_refuses_its_file_until_it_is_mended(home, sidecar):
    deliver(home, sidecar=sidecar)
    refused = load_one(home)
    assert refused.outcome == "refused"
    assert "负荷.csv.meta.json" in refused.message
    note = json.loads((home.archive / f"{refused.sha256}.meta.json").read_text())
    assert note["unreadable_sidecar"] == sidecar
    deliver(home, sidecar={"received_at": RECEIVED})
    assert load_one(home).outcome == "loaded"
    assert read_records(home)[0].received_at == datetime.fromisoformat(RECEIVED)


def test_a_personal_number_in_the_file_name_is_masked_everywhere(home):
    deliver(home, "举报13800001111.csv", sidecar="{找13800001111")
    deliver(home, "负荷13800001111.csv", content=CURVE + "9,2022-09-19,1\n")
    load(home)
    for path in home.root.rglob("*"):
        if path.is_file():
            assert b"13800001111" not in path.read_bytes()
            assert "13800001111" not in path.name


# Rows of the other readers


def village(code, number, reasons=(), warnings=()):
    return Row(
        {"village_code": code, "village_name": "甲村", "valid_from_date": date(2020, 1, 1)},
        number,
        "Sheet1",
        extra={"备注": "新"},
        warnings=list(warnings),
        reject_reasons=list(reasons),
        original={"村代码": "坏"},
    )


def two_feeds(opened, feed, masker, original_name, received_at, sender_unit):
    assert opened.grids[0].rows == [["workbook"]]
    assert (original_name, received_at) == ("表.xlsx", datetime.fromisoformat(RECEIVED))
    return [
        Reading(
            FEEDS["villages"],
            [village("1", 3), village(None, 4, [Note("A4", "村代码", "为空")])],
            Counter(subtotal=1),
            [Form(1, "Sheet1", "标题", "甲乡人民政府", date(2022, 10, 9), None, None, 2, False)],
            ["隐藏"],
        ),
        Reading(FEEDS["villages"], [village("2", 3, warnings=[Note("B3", "经度", "不清")])]),
        Reading(FEEDS["units"], [Row({"unit_code": "u"}, 2)]),
    ]


def test_a_workbook_may_carry_several_feeds(home, monkeypatch):
    monkeypatch.setattr(readers, "read_opened", two_feeds)
    deliver(home, "表.xlsx", "workbook", "villages", {"received_at": RECEIVED})
    loaded = load_one(home)
    assert (loaded.read, loaded.good, loaded.rejected, loaded.skipped) == (5, 3, 1, 1)
    (record,) = read_records(home)
    assert [(part.feed, part.read, part.warnings) for part in record.parts] == [
        ("villages", 4, 1),
        ("units", 1, 0),
    ]
    assert record.forms[0].filled_date == date(2022, 10, 9)
    assert record.sender_name == "甲乡人民政府"
    assert record.skipped_sheets == ["隐藏"]
    with connect() as connection:
        found = connection.execute(
            """
            select village_code, _sheet, _row_number, _extra, _received_at, _original,
                _reject_reasons[1].cell, _cell_warnings[1].reason
            from read_parquet(?) order by village_code nulls last
            """,
            [str(home.root / record.parts[0].file)],
        ).fetchall()
    received = datetime.fromisoformat(RECEIVED)
    assert found == [
        ("1", "Sheet1", 3, '{"备注": "新"}', received, None, None, None),
        ("2", "Sheet1", 3, '{"备注": "新"}', received, None, None, "不清"),
        (None, "Sheet1", 4, '{"备注": "新"}', received, '{"村代码": "坏"}', "A4", None),
    ]


# Withdrawing


def test_a_withdrawn_delivery_is_marked_and_can_be_brought_back(home, monkeypatch):
    deliver(home)
    sha256 = load_one(home).sha256
    before = everything(home)[2]
    monkeypatch.setattr(land, "now", lambda: datetime(2022, 11, 1))
    assert withdraw(home, sha256[:8], "发错了，问13800001111").sha256 == sha256
    monkeypatch.setattr(land, "now", lambda: datetime(2022, 11, 3))
    deliver(home)
    assert "已撤回（发错了" in load_one(home).message
    withdraw(home, sha256, "没错", undo=True)
    deliver(home)
    assert load_one(home).message is None
    events = read_withdrawals(home)[sha256]
    assert "13800001111" not in events[0].reason
    assert [
        withdrawn_at(events, datetime(2022, month, day))
        for month, day in ((10, 31), (11, 1), (11, 2), (11, 3))
    ] == [False, True, True, False]
    assert everything(home)[2] == before


def test_a_withdrawal_needs_one_delivery_and_a_reason_to_change(home):
    deliver(home)
    sha256 = load_one(home).sha256
    for prefix in (sha256[:7], "0" * 64, ""):
        with pytest.raises(Refused, match="指纹"):
            withdraw(home, prefix, "发错了")
    with pytest.raises(Refused, match="没有被撤回"):
        withdraw(home, sha256, "没错", undo=True)
    withdraw(home, sha256, "发错了")
    with pytest.raises(Refused, match="此前已撤回"):
        withdraw(home, sha256, "发错了")
    assert len(read_withdrawals(home)[sha256]) == 1


# Rereading


def other_reader(monkeypatch, skips=False):
    """Today's reader is another one, and reads the 合计 line as rejected if asked to."""
    monkeypatch.setattr(land, "reader_version", lambda: "another")
    if skips:
        from ingestion.readers import load_curve

        monkeypatch.setattr(load_curve, "SUBTOTAL", load_curve.re.compile("^$^"))


def test_rereading_keeps_received_times_and_takes_todays_rows(home, monkeypatch):
    deliver(home, sidecar={"received_at": RECEIVED, "sender_unit": "供电公司"})
    load(home)
    assert reread(home).files == []
    (before,) = read_records(home)
    other_reader(monkeypatch, skips=True)
    (file,) = reread(home).files
    assert (file.outcome, file.read, file.rejected, file.skipped) == ("loaded", 4, 2, 0)
    (record,) = read_records(home)
    assert (record.received_at, record.sender_name) == (before.received_at, "供电公司")
    assert record.reader_version == "another"
    assert record.parts[0].content_hash != before.parts[0].content_hash
    assert len(rows(home)) == 4
    assert [path.name for path in (home.raw / "power_readings").iterdir()] == [
        Path(record.parts[0].file).name
    ]
    assert reread(home).files == []


def test_rereading_to_the_same_rows_keeps_the_file(home, monkeypatch):
    deliver(home)
    load(home)
    (before,) = read_records(home)
    other_reader(monkeypatch)
    reread(home)
    (record,) = read_records(home)
    assert record.parts == before.parts
    assert record.reader_version == "another"


def test_rereading_takes_one_feed_or_all_by_force(home, monkeypatch):
    deliver(home)
    load(home)
    other_reader(monkeypatch)
    assert reread(home, "villages").files == []
    assert len(reread(home, "power_readings").files) == 1
    assert reread(home).files == []
    assert len(reread(home, force=True).files) == 1


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"torn")])
def test_rereading_mends_a_missing_or_damaged_raw_file(home, spoil):
    deliver(home)
    load(home)
    before = everything(home)
    (record,) = read_records(home)
    spoil(home.root / record.parts[0].file)
    assert len(reread(home).files) == 1
    assert everything(home) == before


def test_rereading_may_admit_what_was_refused(home, monkeypatch):
    monkeypatch.setattr(readers, "read_opened", refusing)
    deliver(home, "表.xlsx", "workbook", "villages", {"received_at": RECEIVED})
    load(home)
    monkeypatch.setattr(readers, "read_opened", two_feeds)
    other_reader(monkeypatch)
    assert [file.outcome for file in reread(home).files] == ["loaded"]
    assert len(rows(home, "villages")) == 3


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"torn")])
def test_rereading_without_the_archived_bytes_keeps_what_is_there(home, monkeypatch, spoil):
    deliver(home)
    load(home)
    (before,) = read_records(home)
    spoil(home.archive / before.sha256)
    other_reader(monkeypatch)
    (file,) = reread(home).files
    assert file.outcome == "refused"
    assert read_records(home) == [before]
    assert len(rows(home)) == 3


# Batches


def three_curves(home):
    return [
        deliver(home, f"{number}.csv", HEADER + f"00{number},2022-09-19,1\n")
        for number in (1, 2, 3)
    ]


def test_equal_bytes_in_one_load_are_loaded_once(home):
    deliver(home, "1.csv")
    deliver(home, "2.csv")
    first, second = load(home).files
    assert (first.outcome, second.outcome) == ("loaded", "known")
    assert read_record(home, first.sha256).file_name == "1.csv"
    assert waiting(home) == []


def test_files_before_a_failure_of_ours_are_committed(home, monkeypatch):
    *_, last = three_curves(home)
    real = land.copy_and_hash

    def failing(source, target):
        if source == last:
            raise OSError(5, "Input/output error")
        return real(source, target)

    monkeypatch.setattr(land, "copy_and_hash", failing)
    with pytest.raises(OSError, match="Input/output"):
        load(home)
    assert [record.file_name for record in read_records(home)] == ["1.csv", "2.csv"]
    assert waiting(home) == ["3.csv"]


def test_a_record_is_written_when_all_that_it_names_is_on_disk(home, monkeypatch):
    three_curves(home)
    on_disk, checked = set(), []
    real_sync, real_write = os.fsync, land.write_records

    def sync(handle):
        real_sync(handle)
        on_disk.add(os.fstat(handle).st_ino)

    def write(home, records):
        for record in records:
            files = [home.archive / record.sha256, home.root / record.parts[0].file]
            for file in files:
                assert {file.stat().st_ino, file.parent.stat().st_ino} <= on_disk
            checked.append(record.file_name)
        real_write(home, records)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(land, "write_records", write)
    load(home)
    assert checked == ["1.csv", "2.csv", "3.csv"]
    for record in read_records(home):
        assert (home.records / f"{record.sha256}.json").stat().st_ino in on_disk
    assert home.records.stat().st_ino in on_disk


def test_a_batch_is_cut_where_it_has_enough_files_or_bytes(home, monkeypatch):
    paths = three_curves(home)
    assert list(land.batches([])) == []
    assert list(land.batches(paths)) == [paths]
    monkeypatch.setattr(land, "BATCH_FILES", 2)
    assert list(land.batches(paths)) == [paths[:2], paths[2:]]
    size = paths[0].stat().st_size
    for limit, expected in ((3 * size, [2, 1]), (2 * size, [2, 1]), (2 * size - 1, [1, 1, 1])):
        monkeypatch.setattr(land, "BATCH_BYTES", limit)
        assert [len(batch) for batch in land.batches(paths)] == expected
    assert len(load(home).files) == 3


# Kills and neighbours

LOADER = "import sys; from ingestion.land import load; from warehouse.settings import Home; "
LOADER += "load(Home.open(sys.argv[1]))"
REREADER = """
import sys
from ingestion import land
from ingestion.readers import load_curve
from warehouse.settings import Home
land.reader_version = lambda: "another"
load_curve.SUBTOTAL = load_curve.re.compile("^$^")
land.reread(Home.open(sys.argv[1]))
"""


def run(home, code=LOADER, kill_at=""):
    environment = os.environ | {"MINEWATCH_KILL_AT": kill_at}
    return subprocess.run(
        [sys.executable, "-c", code, str(home.root)], env=environment, timeout=120
    ).returncode


def twin(home, tmp_path):
    other = Home(tmp_path / "unkilled")
    other.prepare()
    other.key_file.write_text(home.key_file.read_text())
    return other


@pytest.mark.parametrize("step", LOAD_STEPS)
def test_a_load_killed_at_any_step_and_repeated_is_a_load(home, tmp_path, step):
    unkilled = twin(home, tmp_path)
    for each in (home, unkilled):
        deliver(each, "1.csv", sidecar={"received_at": RECEIVED})
        deliver(each, "2.csv", HEADER + "004,2022-09-19,1\n", sidecar={"received_at": RECEIVED})
        deliver(each, "3.csv", "户号\n", sidecar={"received_at": RECEIVED})
    assert run(home, kill_at=step) == -signal.SIGKILL
    for record in read_records(home):
        assert all((home.root / part.file).exists() for part in record.parts)
        assert (home.archive / record.sha256).exists()
    load(home)
    load(unkilled)
    assert everything(home) == everything(unkilled)
    assert len(read_records(home)) == 3
    assert waiting(home) == []


def test_a_killed_load_without_a_sidecar_keeps_the_first_received_time(home, monkeypatch):
    deliver(home)
    assert run(home, kill_at="load:parquet_renamed") == -signal.SIGKILL
    monkeypatch.setattr(land, "now", lambda: datetime(2090, 1, 1))
    load(home)
    assert read_records(home)[0].received_at.year < 2090


@pytest.mark.parametrize("step", REREAD_STEPS)
def test_a_reread_killed_at_any_step_leaves_record_and_file_together(home, monkeypatch, step):
    deliver(home, sidecar={"received_at": RECEIVED})
    load(home)
    assert run(home, REREADER, step) == -signal.SIGKILL
    (record,) = read_records(home)
    assert land.is_intact(home, record)
    is_old = step in ("reread:parquet_renamed", "reread:archived")
    assert len(rows(home)) == (3 if is_old else 4)
    other_reader(monkeypatch, skips=True)
    reread(home)
    assert len(rows(home)) == 4
    assert len(list((home.raw / "power_readings").iterdir())) == 1


def test_drafts_of_a_killed_load_are_removed_after_a_day(home):
    deliver(home)
    run(home, kill_at="load:drafted")
    (left,) = (home.root / "scratch").iterdir()
    load(home)
    assert left.exists()
    os.utime(left, (0, 0))
    load(home)
    assert not left.exists()


def test_loaders_side_by_side_are_one_loader(home, tmp_path):
    alone = twin(home, tmp_path)
    for each in (home, alone):
        for number in range(12):
            content = HEADER + f"{number},2022-09-19,1\n"
            deliver(each, f"{number}.csv", content, sidecar={"received_at": RECEIVED})
            deliver(each, f"{number}b.csv", HEADER + f"{number}b,2022-09-19,1\n")
    codes = []
    threads = [threading.Thread(target=lambda: codes.append(run(home))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0, 0, 0]
    load(alone)
    assert waiting(home) == []
    names = [sorted(record.file_name for record in read_records(each)) for each in (home, alone)]
    assert names[0] == names[1]
    with_sidecar = [
        [row for row in rows(each) if row[-4] == datetime.fromisoformat(RECEIVED)]
        for each in (home, alone)
    ]
    assert len(with_sidecar[0]) == 12
    assert with_sidecar[0] == with_sidecar[1]
    assert len(rows(home)) == 24
    assert all(land.is_intact(home, record) for record in read_records(home))


def test_a_sender_that_is_still_writing_loses_nothing(home, monkeypatch):
    path = deliver(home)
    whole = CURVE + "005,2022-09-19,5\n"

    def write_on(step):
        if step == "load:recorded":
            path.write_text(whole)

    monkeypatch.setattr(land, "reached", write_on)
    load(home)
    assert waiting(home) == [path.name]
    monkeypatch.setattr(land, "reached", lambda step: None)
    assert load_one(home).good == 3
