"""Who reported something: hashed, encrypted or not kept, wherever the file lies and whatever is wrong with it."""

import dataclasses
import json
import signal
from datetime import datetime

import pytest

from ingestion import archive, land
from ingestion.archive import MAGIC, ArchiveError, plain_bytes, seal, unseal
from ingestion.declare import Feed, Refused
from ingestion.feeds import FEEDS
from ingestion.land import LOAD_STEPS, load, reread, retrieve
from ingestion.masking import Masker
from ingestion.readers import Opened, read_opened
from ingestion.readers.grids import Grid
from ingestion.records import read_records
from tests.county import HEADER as LEDGER_HEADER
from tests.ingestion.test_land import RECEIVED, deliver, everything, load_one, rows, run, twin
from tests.ingestion.test_table import read, xlsx
from warehouse.connection import connect
from warehouse.settings import Home

# Nobody is called this.
REPORTER, MOBILE, LOCAL, IDENTITY = "甲乙丙丁", "13800138000", "7650000", "11010519491231002X"
NAME = f"{REPORTER}反映北沟盗采.csv"
SECRETS = (REPORTER, MOBILE, LOCAL, IDENTITY, "挖掘机")

HEADER = "线索编号,来源渠道,接收时间,内容,地点,举报人,联系电话,是否实名,回访记录\n"
GOOD = (
    f"XS001,12345,2022-10-08 09:30,{REPORTER}称北沟有人挖煤（{MOBILE}，家里{LOCAL}）,"
    f"北沟,{REPORTER},{MOBILE}/{LOCAL},是（{REPORTER}）,{REPORTER}满意\n"
)
CLUES = HEADER + GOOD


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    home.key_file.write_text("00" * 32)
    return home


def written_anywhere(home, secret):
    """Files under the home that hold the text in their name, their bytes or, of Parquet, their values."""
    found = []
    encodings = ("utf-8", "gb18030", "utf-16-le")
    for path in sorted(home.root.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        is_there = any(secret.encode(one) in content for one in encodings) or secret in path.name
        if path.suffix == ".parquet":
            with connect() as connection:
                values = connection.execute("from read_parquet(?)", [str(path)]).fetchall()
            is_there |= secret in str(values)
        if is_there:
            found.append(str(path.relative_to(home.root)))
    return found


def assert_nothing_is_told(home, *allowed):
    for secret in SECRETS:
        assert [file for file in written_anywhere(home, secret) if file not in allowed] == []


def the_record(home):
    (record,) = read_records(home)
    return record


# What is kept of a row


def test_a_clue_keeps_its_declared_columns_and_hashes_who_reported(home):
    deliver(home, NAME, CLUES, "clues", {"received_at": RECEIVED})
    loaded = load_one(home)
    assert (loaded.read, loaded.good, loaded.message) == (1, 1, None)
    with connect() as connection:
        (row,) = connection.execute(
            "from read_parquet(?)", [str(home.root / the_record(home).parts[0].file)]
        ).fetchall()
        names = [column[0] for column in connection.description]
    row = dict(zip(names, row, strict=True))
    masker = Masker(home.masking_key())
    assert row["reporter_hash"] == masker.mask_value(REPORTER)
    assert row["content_text"] == (
        f"{masker.mask_value(REPORTER)}称北沟有人挖煤（{masker.mask_text(MOBILE)}，"
        f"家里{masker.mask_value(LOCAL)}）"
    )
    assert (row["place_text"], row["is_real_name"]) == ("北沟", "yes")
    assert (row["_extra"], row["_original"], row["_cell_warnings"]) == (None, None, None)
    assert row["clue_received_at"] == datetime(2022, 10, 8, 9, 30)
    assert_nothing_is_told(home)
    assert (home.raw / "clues").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("feed", "column"),
    [(feed, column) for feed in FEEDS.values() for column in feed.columns if column.masked],
    ids=lambda one: one.title if isinstance(one, Feed) else one.name,
)
def test_a_masked_column_is_masked_under_every_alias(feed, column):
    required = [one for one in feed.columns if one.required]
    values = ["2022-10-08" if one.kind in ("date", "timestamp") else "1" for one in required]
    for header in (column.header, column.name, *column.aliases):
        (row,) = read(
            [*(one.header for one in required), header], [*values, REPORTER], feed=feed
        ).rows
        assert row.values[column.name].startswith("#"), header
        assert REPORTER not in str(vars(row)), header


@pytest.mark.parametrize(
    "header",
    [
        "举报人",
        "举报人姓名及电话",
        "报警人信息",
        "来电人",
        "反映人身份证号",
        "投诉者",
        "callerName",
    ],
)
def test_a_reporter_in_a_register_of_another_feed_is_hashed_and_protects_the_file(home, header):
    cases = (
        f"案件编号,案件类型,线索来源,发现日期,承办单位,{header}\n"
        f"AJ1,无证开采,群众举报,2022-10-08,县自然资源局,{REPORTER}\n"
        f",无证开采,群众举报,2022-10-08,县自然资源局,{REPORTER}\n"
    )
    deliver(home, "案件.csv", cases, "cases")
    assert (load_one(home).good, the_record(home).is_protected) == (1, True)
    assert str(rows(home, "cases")).count(Masker(home.masking_key()).mask_value(REPORTER)) == 3
    assert_nothing_is_told(home)


def test_of_two_columns_for_one_thing_the_first_named_by_the_feed_counts():
    header = [
        "工单编号",
        "诉求来源",
        "来电号码",
        "举报时间",
        "受理时间",
        "联系电话",
        "联系人",
        "来电人",
    ]
    (row,) = read(
        [*header, "线索编号"],
        ["W1", "12345", "1", "2022-10-07", "2022-10-08", "2", "甲", "乙", "XS9"],
        feed=FEEDS["clues"],
    ).rows
    masked = Masker(b"a test key").mask_value
    assert row.values["clue_id"] == "XS9"
    assert row.values["clue_received_at"] == datetime(2022, 10, 8)
    assert (row.values["phone_hash"], row.values["reporter_hash"]) == (masked("2"), masked("乙"))
    assert not row.extra


def test_a_rejected_clue_says_where_and_why_and_quotes_nothing(home):
    # A comma is missing: every cell from there on stands one column to the left.
    shifted = f"XS002,12345,{REPORTER}看到挖掘机,北沟,{REPORTER},{MOBILE},是\n"
    blank = f",12345,2022-10-09,{REPORTER}看到挖掘机,北沟,{REPORTER},{MOBILE},是\n"
    wrong_time = f"XS003,举报电话,{MOBILE}打来,{REPORTER}看到挖掘机,,{REPORTER}\n"
    deliver(home, NAME, CLUES + shifted + blank + wrong_time, "clues")
    loaded = load_one(home)
    assert (loaded.good, loaded.rejected, loaded.skipped) == (1, 3, 0)
    with connect() as connection:
        found = connection.execute(
            """
            select _original, note.cell, note.header, note.reason
            from (
                select *, unnest(_reject_reasons) as note from read_parquet(?)
            ) order by _row_number
            """,
            [str(home.root / the_record(home).parts[0].file)],
        ).fetchall()
    assert found == [
        ('{"线索编号": "XS002"}', "C3", "接收时间", "无法识别的时间"),
        ('{"接收时间": "2022-10-09 00:00:00"}', "A4", "线索编号", "必填项为空"),
        ('{"线索编号": "XS003"}', "C5", "接收时间", "无法识别的时间"),
    ]
    assert_nothing_is_told(home)


def test_warnings_and_headers_of_a_clue_quote_nothing():
    header = [
        "线索编号",
        "来源渠道",
        "接收时间",
        f"举报人({REPORTER})",
        "经度",
        "纬度",
        f"转办时间({REPORTER}来信)",
        "答复时间",
    ]
    (row,) = read(
        header,
        ["XS1", "110", "2022-10-08", REPORTER, REPORTER, "5.5", f"问{REPORTER}", "9月"],
        feed=FEEDS["clues"],
        sheet=f"{REPORTER}来信",
    ).rows
    assert [(note.header, note.reason) for note in row.warnings] == [
        ("经度", "无法识别的坐标"),
        ("转办时间", "无法识别的时间"),
        ("答复时间", "无法识别的时间"),
        ("经度", "经度和纬度只填了一个"),
    ]
    assert row.sheet.startswith("#")
    assert REPORTER not in str(vars(row))


@pytest.mark.parametrize("sheet", ["线索台账", "clues", "Sheet1", "工作表2"])
def test_a_sheet_name_that_tells_nothing_is_kept(sheet):
    header = ["线索编号", "来源渠道", "接收时间"]
    (row,) = read(header, ["XS1", "110", "2022-10-08"], feed=FEEDS["clues"], sheet=sheet).rows
    assert row.sheet == sheet


def test_a_number_that_names_a_clue_is_masked_alike_in_every_feed():
    header = ["线索编号", "来源渠道", "接收时间"]
    (clue,) = read(header, [MOBILE, "110", "2022-10-08"], feed=FEEDS["clues"]).rows
    header = ["案件编号", "案件类型", "线索来源", "发现日期", "承办单位", "线索编号"]
    values = ["AJ1", "无证开采", "群众举报", "2022-10-08", "县自然资源局", MOBILE]
    (case,) = read(header, values, feed=FEEDS["cases"]).rows
    assert clue.values["clue_id"] == case.values["clue_id"] != MOBILE


@pytest.mark.parametrize(
    "word", ["群众", "贾堡村村民", "热心市民", "匿名", "不愿透露", "老营镇政府"]
)
def test_a_reporter_without_a_name_leaves_the_text_alone(word):
    header = ["线索编号", "来源渠道", "接收时间", "内容", "举报人"]
    (row,) = read(
        header, ["XS1", "110", "2022-10-08", f"{word}反映有人挖煤", word], feed=FEEDS["clues"]
    ).rows
    assert row.values["content_text"] == f"{word}反映有人挖煤"


# The file's name


def test_the_file_name_is_a_hash_that_its_holder_can_make_again(home):
    deliver(home, NAME, CLUES, "clues", {"received_at": RECEIVED})
    loaded = load_one(home)
    record = the_record(home)
    name = Masker(home.masking_key()).mask_file_name(NAME)
    assert name.startswith("#")
    assert name.endswith(".csv")
    assert loaded.path.name == NAME
    assert loaded.name == record.file_name == name
    assert (
        json.loads((home.archive / f"{record.sha256}.meta.json").read_text())["file_name"] == name
    )
    assert rows(home, "clues")[0][-8] == name
    deliver(home, NAME, CLUES, "clues")
    known = load_one(home)
    assert (known.outcome, known.name, known.is_protected) == ("known", name, True)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [(f"举报.{REPORTER}", ""), ("举报.XLSX", ".xlsx"), ("举报", ""), (f"{REPORTER}.tar.gz", "")],
)
def test_only_an_ending_that_says_the_format_is_kept(name, suffix):
    masked = Masker(b"a test key").mask_file_name(name)
    assert masked[17:] == suffix
    assert len(masked) == 17 + len(suffix)


def test_a_file_named_after_its_reporter_does_not_bear_the_reporters_hash():
    masker = Masker(b"a test key")
    assert masker.mask_value(REPORTER) not in masker.mask_file_name(f"{REPORTER}.csv")


def test_a_year_in_the_hash_of_a_name_is_no_year():
    rows_sent = [["线索编号", "来源渠道", "接收时间"], ["XS1", "110", "10月8日"]]
    opened = Opened(is_protected=True, grids=[Grid(None, rows_sent)])
    clues, received = FEEDS["clues"], datetime(2022, 10, 9)
    (reading,) = read_opened(opened, clues, Masker(KEY), "#a2011bcdefabcdef.csv", received)
    assert reading.rows[0].values["clue_received_at"] == datetime(2022, 10, 8)


# Refusals


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD + GOOD.replace("XS001", "XS002"), "找不到“线索台账”的表头"),
        (HEADER.replace("接收时间", REPORTER) + GOOD, "缺少必填列“接收时间”"),
        (f"{REPORTER}看到挖掘机，{MOBILE}".encode("utf-16"), "找不到“线索台账”的表头"),
        (b"PK\x03\x04" + REPORTER.encode(), "已损坏或不完整"),
        (b"%PDF" + REPORTER.encode(), "实际是PDF 文件"),
        (b"", "是空的"),
    ],
)
def test_a_refused_clue_file_says_why_and_tells_nothing(home, content, reason):
    deliver(home, NAME, content, "clues")
    refused = load_one(home)
    assert (refused.outcome, refused.is_protected) == ("refused", True)
    assert reason in refused.message
    assert_nothing_is_told(home)
    assert (home.archive / refused.sha256).read_bytes().startswith(MAGIC)


def test_an_unreadable_sidecar_of_a_clue_file_is_not_kept(home):
    deliver(home, NAME, CLUES, "clues", f"{{{REPORTER} {MOBILE}")
    assert load_one(home).outcome == "refused"
    assert_nothing_is_told(home)


@pytest.mark.parametrize(
    "folder", ["cases", "sites", "patrol_ledger", "power_readings", "video_events", "boundary"]
)
def test_clues_in_the_folder_of_another_feed_are_protected_and_told_where_to_go(home, folder):
    header = HEADER.replace(",举报人", ",对象")  # by its header as a whole, not by one word
    deliver(home, f"{REPORTER}反映.csv", header + GOOD, folder)
    refused = load_one(home)
    assert (refused.outcome, refused.is_protected) == ("refused", True)
    title = FEEDS[folder].title
    assert f"表头是“线索台账”的，不是“{title}”的" in refused.message
    assert "inbox/clues/" in refused.message
    assert_nothing_is_told(home)
    deliver(home, f"{REPORTER}反映.csv", header + GOOD, "clues")
    assert (load_one(home).good, the_record(home).is_protected) == (1, True)


def test_a_protected_delivery_stays_so_when_it_is_tried_again_elsewhere(home):
    deliver(home, NAME, "村代码,村名称\n", "clues")
    load(home)
    deliver(home, NAME, "村代码,村名称\n", "villages")
    assert load_one(home).outcome == "refused"
    assert (the_record(home).feed, the_record(home).is_protected) == ("villages", True)
    assert_nothing_is_told(home)


@pytest.mark.parametrize("name", ["线索台账.xlsx", "2022年举报线索汇总.xlsx", "举报奖励.xlsx"])
def test_a_file_that_cannot_be_opened_is_judged_by_its_name(home, name):
    deliver(home, name, b"PK\x03\x04 broken", "sites")
    deliver(home, "登记册.xlsx", b"PK\x03\x04 broken too", "sites")
    assert {file.path.name: file.is_protected for file in load(home).files} == {
        name: True,
        "登记册.xlsx": False,
    }
    assert written_anywhere(home, name.partition(".")[0]) == []


# Several feeds in one workbook

CASE_ROWS = [
    ["案件编号", "案件类型", "线索来源", "发现日期", "承办单位"],
    ["AJ1", "无证开采", "群众举报", "2022-10-08", "县自然资源局"],
]
CLUE_ROWS = [row.split(",") for row in CLUES.splitlines()]


def test_one_sheet_of_clues_protects_the_whole_workbook(home):
    data = xlsx(案件登记册=CASE_ROWS, 线索台账=CLUE_ROWS, **{f"{REPORTER}来信": [["附注"]]})
    deliver(home, NAME.replace("csv", "xlsx"), data, "cases", {"received_at": RECEIVED})
    assert load_one(home).good == 2
    record = the_record(home)
    assert [part.feed for part in record.parts] == ["cases", "clues"]
    assert record.is_protected
    assert [name[0] for name in record.skipped_sheets] == ["#"]
    for feed in ("cases", "clues"):
        assert record.file_name in str(rows(home, feed))
    assert_nothing_is_told(home)
    assert (home.archive / record.sha256).read_bytes().startswith(MAGIC)


def test_a_form_in_a_protected_workbook_takes_nothing_from_the_file_name(home):
    ledger = [
        ["非法违法开采矿产资源行为巡查检查台账"],
        ["填报单位(盖章)：        填写时间：    年  月  日"],
        LEDGER_HEADER,
        ["1", "甲山镇东坡村", "煤", "无", "否", "无", "否", "否", "无", ""],
    ]
    name = f"{REPORTER}反映甲山镇人民政府2022年11月3日.xlsx"
    data = xlsx(巡查台账=ledger)
    deliver(home, name, data, "patrol_ledger", {"received_at": RECEIVED})
    assert load_one(home).good == 1
    assert "文件名“甲乙丙丁反映" in str(rows(home, "patrol_ledger"))
    data = xlsx(巡查台账=ledger, 线索台账=CLUE_ROWS)
    deliver(home, name, data, "patrol_ledger", {"received_at": RECEIVED})
    loaded = load_one(home)
    assert (loaded.good, loaded.rejected, loaded.is_protected) == (1, 1, True)
    record = next(record for record in read_records(home) if record.is_protected)
    with connect() as connection:
        for part in record.parts:
            values = connection.execute("from read_parquet(?)", [str(home.root / part.file)])
            assert REPORTER not in str(values.fetchall())
    assert REPORTER not in (home.records / f"{record.sha256}.json").read_text()


@pytest.mark.parametrize("sheet", ["线索台账", "表2"])
def test_a_hidden_sheet_of_clues_protects_too(home, sheet):
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        for name, content in (("案件登记册", CASE_ROWS), (sheet, CLUE_ROWS)):
            added = workbook.add_worksheet(name)
            for number, row in enumerate(content):
                added.write_row(number, 0, row)
        added.hide()
    deliver(home, "案件.xlsx", buffer.getvalue(), "cases")
    loaded = load_one(home)
    assert (loaded.good, loaded.skipped, loaded.is_protected) == (1, 1, True)


def test_a_sheet_that_only_bears_the_name_of_clues_protects_too(home):
    data = xlsx(案件登记册=CASE_ROWS, 线索台账=[["甲", "乙"], ["1", "2"]])
    deliver(home, "案件.xlsx", data, "cases")
    assert (load_one(home).good, the_record(home).is_protected) == (1, True)


def test_a_register_of_cases_alone_is_an_ordinary_delivery(home):
    rows_sent = [[*CASE_ROWS[0], "线索编号", "受理时间"], [*CASE_ROWS[1], "XS001", "2022-10-08"]]
    data = xlsx(案件登记册=rows_sent)
    deliver(home, "案件登记册.xlsx", data, "cases")
    loaded = load_one(home)
    assert (loaded.good, loaded.is_protected, loaded.name) == (1, False, "案件登记册.xlsx")
    assert (home.archive / loaded.sha256).read_bytes() == data


# The archive

KEY = bytes(range(32))


def sealed(tmp_path, content):
    import hashlib

    source, target = tmp_path / "plain", tmp_path / "sealed"
    source.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    seal(KEY, source, sha256, target)
    return target, sha256


@pytest.mark.parametrize("size", [0, 1, archive.CHUNK, 2 * archive.CHUNK + 5])
def test_what_is_sealed_is_unsealed_and_equal_bytes_give_equal_files(tmp_path, size):
    content = (REPORTER.encode() * (size // 12 + 1))[:size]
    target, sha256 = sealed(tmp_path, content)
    before = target.read_bytes()
    assert REPORTER.encode() not in before
    assert len(before) == size + len(MAGIC) + 8 + 16
    assert unseal(KEY, target, sha256, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == content
    assert sealed(tmp_path, content)[0].read_bytes() == before


def test_two_files_share_no_key(tmp_path):
    one, _ = sealed(tmp_path, b"\0" * 64)
    first = one.read_bytes()
    second = sealed(tmp_path, b"\0" * 63 + b"\1")[0].read_bytes()
    assert first[len(MAGIC) + 8 : -17] != second[len(MAGIC) + 8 : -17]


def test_no_changed_missing_or_added_byte_passes(tmp_path):
    target, sha256 = sealed(tmp_path, CLUES.encode())
    whole = target.read_bytes()
    for place in (0, len(MAGIC), len(MAGIC) + 8, len(whole) // 2, len(whole) - 1):
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        if place < len(MAGIC) + 8:
            # The head is told by its bytes; what it says is authenticated all the same.
            continue
        assert not unseal(KEY, target, sha256, tmp_path / "out"), place
    for spoilt in (whole[:-1], whole[: len(MAGIC) + 3], whole + b"\0"):
        target.write_bytes(spoilt)
        assert not unseal(KEY, target, sha256, tmp_path / "out")
    target.write_bytes(whole)
    assert not unseal(bytes(32), target, sha256, tmp_path / "out")
    assert not unseal(KEY, target, "00" * 32, tmp_path / "out")


def test_bytes_other_than_those_hashed_are_never_sealed(tmp_path):
    source = tmp_path / "plain"
    source.write_bytes(b"changed on the disk")
    with pytest.raises(OSError, match="changed"):
        seal(KEY, source, "00" * 32, tmp_path / "sealed")
    assert not (tmp_path / "sealed").exists()


def spoilt_archive(home, sha256, how):
    path = home.archive / sha256
    if how == "missing":
        path.unlink()
    elif how == "damaged":
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    elif how == "overwritten":
        path.write_bytes(b"something else")
    else:
        home.key_file.write_text("11" * 32)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("missing", "缺失"),
        ("damaged", "归档的加密文件已损坏"),
        ("overwritten", "归档的文件已损坏"),
        ("another key", "另一把密钥"),
    ],
)
def test_an_archive_that_cannot_be_read_is_said_so_and_changes_nothing(home, tmp_path, how, words):
    deliver(home, NAME, CLUES, "clues")
    load(home)
    before = everything(home)[0]
    spoilt_archive(home, the_record(home).sha256, how)
    (file,) = reread(home, force=True).files
    assert file.outcome == "refused"
    assert words in file.message
    assert everything(home)[0] == before
    with pytest.raises(ArchiveError, match=words):
        plain_bytes(home, the_record(home).sha256, tmp_path)


def test_a_delivery_can_be_taken_out_of_the_archive_by_its_owner_only(home, tmp_path):
    deliver(home, NAME, CLUES, "clues")
    sha256 = load_one(home).sha256
    target = tmp_path / "原件.csv"
    assert retrieve(home, sha256[:8], target).sha256 == sha256
    assert target.read_text() == CLUES
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="已存在"):
        retrieve(home, sha256, target)
    with pytest.raises(Refused, match="指纹"):
        retrieve(home, sha256[:7], tmp_path / "又一份.csv")
    spoilt_archive(home, sha256, "damaged")
    with pytest.raises(ArchiveError):
        retrieve(home, sha256, tmp_path / "又一份.csv")
    assert not (tmp_path / "又一份.csv").exists()


def test_a_delivery_that_looks_encrypted_is_told_by_its_hash(home):
    deliver(home, "a.csv", MAGIC + b"...", "sites")
    sha256 = load_one(home).sha256
    assert plain_bytes(home, sha256, home.root).read_bytes() == MAGIC + b"..."


def test_rereading_decrypts_and_keeps_everything(home, monkeypatch):
    deliver(home, NAME, CLUES, "clues", {"received_at": RECEIVED})
    load(home)
    before = everything(home)
    monkeypatch.setattr(land, "reader_version", lambda: "another")
    (file,) = reread(home).files
    assert (file.outcome, file.good) == ("loaded", 1)
    assert everything(home) == before
    assert list((home.root / "scratch").iterdir()) == []


@pytest.mark.parametrize("kill_at", ["reread:parquet_renamed", "reread:archived", None])
def test_rereading_protects_what_was_loaded_before_it_was_protected(home, monkeypatch, kill_at):
    with monkeypatch.context() as patched:
        open_file = land.opened_file
        patched.setattr(
            land,
            "opened_file",
            lambda *given: dataclasses.replace(open_file(*given), is_protected=False),
        )
        deliver(home, NAME, CLUES, "clues", {"received_at": RECEIVED})
        load(home)
    assert (home.archive / the_record(home).sha256).read_bytes() == CLUES.encode()
    rereader = (
        "import sys; from ingestion import land; from warehouse.settings import Home; "
        "land.reader_version = lambda: 'another'; land.reread(Home.open(sys.argv[1]))"
    )
    if kill_at:
        assert run(home, rereader, kill_at) == -signal.SIGKILL
    assert run(home, rereader) == 0
    assert the_record(home).is_protected
    assert_nothing_is_told(home)
    assert plain_bytes(home, the_record(home).sha256, home.root).read_bytes() == CLUES.encode()


@pytest.mark.parametrize("step", LOAD_STEPS)
def test_a_load_of_clues_killed_at_any_step_and_repeated_is_a_load(home, tmp_path, step):
    unkilled = twin(home, tmp_path)
    for each in (home, unkilled):
        deliver(each, NAME, CLUES, "clues", {"received_at": RECEIVED})
        deliver(each, "坏.csv", CLUES.replace("线索编号", "序"), "clues", {"received_at": RECEIVED})
    assert run(home, kill_at=step) == -signal.SIGKILL
    for path in home.archive.iterdir():
        # Nothing plain, not even for the moment of a kill.
        assert path.suffix == ".json" or path.read_bytes().startswith(MAGIC)
    load(home)
    load(unkilled)
    assert everything(home) == everything(unkilled)
    for path in home.archive.iterdir():
        assert path.read_bytes() == (unkilled.archive / path.name).read_bytes()
