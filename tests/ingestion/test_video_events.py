"""Video events: three formats become one table, every line and document is accounted for."""

import gzip
import json
import random
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingestion.declare import Refused, raw_schema
from ingestion.feeds import FEEDS
from ingestion.land import load
from ingestion.masking import Masker
from ingestion.raw_files import Origin
from ingestion.readers import bulk, event_documents, event_fields, event_lines, events
from ingestion.records import read_records
from warehouse.connection import connect
from warehouse.settings import Home

FEED = FEEDS["video_events"]
ORIGIN = Origin("ab" * 32, "告警.jsonl", datetime(2022, 10, 10, 8))
MASKER = Masker(b"key of the tests")
FIXTURES = Path(__file__).parent.parent / "fixtures" / "video_events"
DEVICE = "14090000001320000017"
MORNING = datetime(2022, 10, 9, 8, 18)
EVENT = {
    "event_id": "E1",
    "device_id": DEVICE,
    "channel_id": "1",
    "event_type": "excavator",
    "event_time": "2022-10-09T08:18:00+08:00",
    "receive_time": "2022-10-09T08:18:03+08:00",
    "level": 2,
    "confidence": 0.93,
    "longitude": 111.486808,
    "latitude": 39.436973,
    "crs": "GCJ-02",
    "image_url": "http://10.20.1.5/1.jpg",
    "description": "发现疑似挖掘机作业",
}
ALARM = (
    "<Notify><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>{device}</DeviceID>"
    "<AlarmMethod>5</AlarmMethod><AlarmTime>2022-10-09T08:18:00</AlarmTime>"
    "<AlarmDescription>{text}</AlarmDescription></Notify>"
)


class Read:
    """One file, read: its counts and its rows by row number."""

    def __init__(self, directory, content, name="delivery"):
        source, draft, scratch = directory / name, directory / "draft.parquet", directory / "s"
        scratch.mkdir(exist_ok=True)
        source.write_bytes(content.encode() if isinstance(content, str) else content)
        self.counts = events.read_events(source, FEED, ORIGIN, MASKER, draft, scratch)
        with connect() as connection:
            described = connection.execute(f"describe from '{draft}'").fetchall()
            cursor = connection.execute(f"from '{draft}' order by _row_number")
            names = [column[0] for column in cursor.description]
            self.rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        self.schema = {name: kind.replace('"', "") for name, kind, *_ in described}
        self.bytes = draft.read_bytes()
        self.by_number = {row["_row_number"]: row for row in self.rows}
        self.good = [row for row in self.rows if row["_reject_reasons"] is None]
        assert len(self.by_number) == len(self.rows)
        assert self.counts.good == len(self.good)
        assert self.counts.rejected == len(self.rows) - len(self.good)
        assert self.counts.warnings == sum(len(row["_cell_warnings"] or ()) for row in self.rows)
        assert self.counts.read == len(self.rows) + self.counts.skipped.total()
        for row in self.rows:
            assert (row["_delivery_sha256"], row["_file_name"]) == (
                ORIGIN.sha256,
                ORIGIN.file_name,
            )
            assert row["_received_at"] == ORIGIN.received_at
            assert (row["_original"] is None) == (row["_reject_reasons"] is None)

    def reasons(self, number):
        return [note["reason"] for note in self.by_number[number]["_reject_reasons"]]

    def warned(self, number):
        return {note["header"]: note["reason"] for note in self.by_number[number]["_cell_warnings"]}

    def multiset(self):
        """Good rows without what depends on where they stand in the file."""
        return Counter(str(row | {"_row_number": None}) for row in self.good)


@pytest.fixture
def read(tmp_path):
    return lambda content, **more: Read(tmp_path, content, **more)


def lines(*contents):
    """JSON lines: texts as they are, anything else as JSON."""
    texts = [
        content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        for content in contents
    ]
    return "\n".join(texts) + "\n"


def event(**fields):
    return EVENT | fields


@pytest.mark.parametrize("blank", event_fields.BLANKS)
def test_a_text_that_says_nothing_is_none_and_one_a_letter_longer_is_a_text(read, blank):
    found = read(lines(event(description=blank), event(event_id="E2", description=blank + "甲")))
    assert [row["description_text"] for row in found.rows] == [None, blank + "甲"]


# --- three formats, one table -----------------------------------------------------------------------


def at(clock):
    return datetime.fromisoformat(f"2022-10-09 {clock}")


SHAPES = {
    "platform.jsonl": [
        # number, event, device, channel, type, type name, occurred, pushed, priority, format
        (
            1,
            "TT-20221009-000001",
            "…17",
            "1",
            "excavator",
            None,
            at("08:15:30"),
            at("08:15:33"),
            "2",
        ),
        (
            2,
            "TT-20221009-000001",
            "…17",
            "1",
            "excavator",
            None,
            at("08:15:30"),
            at("08:20:33"),
            "2",
        ),
        (
            3,
            "TT-20221009-000002",
            "…18",
            "2",
            "truck",
            None,
            at("08:16:00.250"),
            at("08:16:02"),
            "1",
        ),
        (4, "TT-20221009-000003", "…18", None, "truck", None, at("08:17:00"), at("08:17:02"), None),
        (5, "TT-20221009-000004", "…19", None, "3", None, at("08:18:00.123"), None, None),
    ],
    "wvp.jsonl": [(1, None, "…21", "52", "VIDEO_INTRUSION", None, MORNING, None, None)],
    "vias.jsonl": [
        (1, "3f0c1b52-76a3-4a55-9c29-6a4d2c8ad001", "…22", None, "65536", None, MORNING, None, None)
    ],
    "jftech.json": [
        (1, "8f1d2c", "a1b2c3d4e5f60718", "0", "ai_alarm", "车辆检测", MORNING, None, None)
    ],
    "megvii.jsonl": [
        (1, "MG-1", "…23", "1", "smoke", None, MORNING, None, "3"),
        (2, "MG-2", "…23", "1", "smoke", None, at("08:18:10"), None, "3"),
    ],
    "city_platform.json": [
        (1, "A-1", "…24", None, "illegal_mining", None, MORNING, None, "4"),
        (2, "A-2", "…24", None, "illegal_mining", None, at("08:19:00"), None, "4"),
    ],
    "gb28181.xml": [
        (1, None, "…31", None, "5.6", None, MORNING, None, "1"),
        (3, None, "…32", None, "2", None, at("08:19:30"), None, "4"),
        (6, None, "…34", None, ".12", None, at("08:20:00"), None, None),
    ],
    "gb28181_sip.txt": [
        (1, None, "…35", None, "5.2", None, at("08:21:00"), None, "2"),
        (3, None, "…35", None, "5.2", None, at("08:22:00"), None, "2"),
    ],
    "isapi.xml": [
        (1, None, "24:28:fd:f3:3a:11", "1", "fielddetection", None, at("08:23:00"), None, None),
        (2, "0f7c3c8e-1a53-4c3e-9b1d-1f5b1c7a9e01", "…41", "1", "fielddetection", None)
        + (at("08:24:00"), None, None),
        (3, None, "10.20.2.11", "1", "linedetection", None, at("08:25:00"), None, None),
    ],
    "isapi_alert_stream.txt": [
        (2, None, "24:28:fd:f3:3a:11", "1", "fielddetection", None, at("08:23:00"), None, None),
        (3, None, "24:28:fd:f3:3a:11", "1", "shelteralarm", None, at("08:26:00"), None, None),
        (5, None, "10.20.2.11", "2", "VMD", None, at("08:27:00"), None, None),
    ],
}
FORMATS = {"gb28181": "gb28181", "isapi": "isapi"}
SKIPPED = {
    "gb28181.xml": {"keepalive": 1, "catalog": 1},
    "gb28181_sip.txt": {"media_status": 1},
    "isapi.xml": {"inactive": 1, "heartbeat": 1},
    "isapi_alert_stream.txt": {"heartbeat": 1, "picture": 1},
}


def test_every_fixture_is_expected():
    assert {path.name for path in FIXTURES.iterdir()} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_the_formats_of_the_platforms_become_one_table(read, name):
    # The name says nothing: only the content tells what a file is.
    found = read((FIXTURES / name).read_bytes(), name="告警.xml")
    columns = ("_row_number", "event_id", "device_id", "channel_id", "event_type_code")
    columns += ("event_type_name", "occurred_at", "pushed_at", "priority")
    rows = [tuple(row[column] for column in columns) for row in found.good]
    assert rows == [
        tuple(
            f"140900000013200000{value[1:]}" if str(value).startswith("…") else value
            for value in row
        )
        for row in SHAPES[name]
    ]
    kind = FORMATS.get(name.split(".")[0].split("_")[0], "json")
    assert {row["source_format"] for row in found.good} == {kind}
    assert dict(found.counts.skipped) == SKIPPED.get(name, {})
    assert found.schema == raw_schema(FEED)


def test_what_the_fixtures_say_besides(read):
    def of(name):
        return read((FIXTURES / name).read_bytes()).by_number

    platform = of("platform.jsonl")
    assert (platform[1]["longitude"], platform[1]["latitude"]) == (111.486808, 39.436973)
    assert (platform[1]["confidence"], platform[1]["crs_name"]) == (0.93, "GCJ-02")
    assert platform[1]["image_url"] == "http://10.20.1.5/alarm/20221009/000001.jpg"
    assert platform[1]["description_text"] == "发现疑似挖掘机作业"
    assert (platform[3]["longitude"], platform[3]["latitude"]) == (None, None)
    assert platform[4]["_extra"] == '{"taskId": "夜间"}'
    assert (platform[5]["longitude"], platform[5]["latitude"]) == (111.49, 39.44)
    assert "对调" in platform[5]["_cell_warnings"][0]["reason"]
    assert "已丢失" in platform[6]["_reject_reasons"][0]["reason"]
    assert '"deviceId": "34020000001320000000"' in platform[6]["_original"]
    assert "昨天夜里" in platform[7]["_reject_reasons"][0]["reason"]
    assert platform[8]["_reject_reasons"][0]["reason"] == "不是完整的 JSON"
    gb28181 = of("gb28181.xml")
    assert gb28181[1]["description_text"] == "入侵检测"
    assert (gb28181[1]["longitude"], gb28181[1]["latitude"]) == (None, None)
    assert (gb28181[3]["longitude"], gb28181[3]["latitude"]) == (111.3, 39.2)
    extra = json.loads(gb28181[1]["_extra"])
    assert extra == {"SN": "1", "AlarmType": "2", "Info.AlarmTypeParam.EventType": "1"}
    assert gb28181[5]["_reject_reasons"][0]["reason"] == "报文在中途中断"
    assert "14090000001320000033" in gb28181[5]["_original"]
    assert of("gb28181_sip.txt")[1]["description_text"] == "发现疑似采挖"
    assert of("wvp.jsonl")[1]["description_text"] == "入侵检测"
    isapi = of("isapi.xml")
    assert json.loads(isapi[1]["_extra"])["channelName"] == "东沟口球机"
    assert isapi[1]["description_text"] == "fielddetection alarm"


# --- fields -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-10-09T08:18:00", MORNING),
        ("2022-10-09 08:18:00", MORNING),
        ("2022-10-09T08:18:00+08:00", MORNING),
        ("2022-10-09T08:18:00+0800", MORNING),
        ("2022-10-09T00:18:00Z", MORNING),
        ("2022-10-09 00:18:00Z", MORNING),
        ("2022-10-08T19:18:00-05:00", MORNING),
        ("2022-10-09T05:48:00+05:30", MORNING),
        ("2022-10-09T08:18:00.5", at("08:18:00.500")),
        ("2022-10-09T00:18:00.123Z", at("08:18:00.123")),
        ("2022-10-09T08:18:00.123456789+08:00", at("08:18:00.123456")),
        ("2022-10-08T19:18:00.25-0500", at("08:18:00.250")),
        ("20221009081800", MORNING),
        (20221009081800, MORNING),
        ("20221009081800123", at("08:18:00.123")),
        (1665274680, MORNING),
        ("1665274680", MORNING),
        (1665274680123, at("08:18:00.123")),
        (1665274680.5, at("08:18:00.500")),
        (1665274680123.25, at("08:18:00.123250")),
        ("2022-10-08T24:00:00", datetime(2022, 10, 9)),
        ("2022/10/9 8:18", MORNING),
        ("2022年10月9日 8时18分", MORNING),
        (" 2022-10-09 08:18:00 ", MORNING),
        ("2022-10-09", datetime(2022, 10, 9)),
    ],
)
def test_a_time_in_any_writing_is_beijing_time(read, written, expected):
    row = read(lines(event(event_time=written, receive_time=written))).by_number[1]
    assert (row["occurred_at"], row["pushed_at"]) == (expected, expected)


@pytest.mark.parametrize(
    ("written", "is_good"),
    [
        ("1948-12-31T23:59:59", False),
        ("1949-01-01T00:00:00", True),
        ("2099-12-31T23:59:59", True),
        ("2100-01-01T00:00:00", False),
        ("2099-12-31T16:00:00Z", False),
        ("2022-02-30T08:00:00", False),
        ("2022-10-09T25:00:00", False),
        ("infinity", False),
        ("epoch", False),
        ("昨天", False),
        ("", False),
        ("null", False),
        (None, False),
        (True, False),
        ({}, False),
    ],
)
def test_an_event_needs_a_time_and_a_push_does_not(read, written, is_good):
    found = read(lines(event(event_time=written), event(receive_time=written), EVENT))
    assert [row["_row_number"] for row in found.good] == ([1, 2, 3] if is_good else [2, 3])
    assert (found.by_number[2]["pushed_at"] is None) == (not is_good)
    if not is_good:
        assert found.reasons(1)
        is_stated = written not in ("", "null", None)
        assert bool(found.by_number[2]["_cell_warnings"]) == is_stated


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f'"{DEVICE}"', DEVICE),
        ('"a1b2:c3.d4_e5-f6"', "a1b2:c3.d4_e5-f6"),
        ('" 0012 "', "0012"),
        ('"1409 0000"', "14090000"),
        ('"００１２"', "0012"),
        (r'"140\u0039"', "1409"),
        ('"rtsp://10.1.1.1/1"', "rtsp://10.1.1.1/1"),
        ("12", "12"),
        ("123456789012345", "123456789012345"),
        # More digits than a float keeps, and none was lost: no float writes these.
        ("34020000001320000001", "34020000001320000001"),
        ("14090000001320000170", "14090000001320000170"),
        # What is left of …001 after it was a float.
        ("34020000001320000000", None),
        ("3.402000000132e+19", None),
        ("3.402000000132e19", None),
        ("1.5", None),
        ('"3.402E+19"', None),
        ('""', None),
        ('"null"', None),
        ('"undefined"', None),
        ('"-"', None),
        ("null", None),
        (f'"{"1" * 64}"', "1" * 64),
        (f'"{"1" * 200}"', "1" * 200),
        (f'"{"1" * 201}"', None),
    ],
)
def test_a_number_of_a_device_keeps_every_digit_or_rejects_its_row(read, written, expected):
    line = json.dumps(EVENT, ensure_ascii=False)
    found = read(
        lines(
            line.replace(f'"{DEVICE}"', written),
            line.replace('"E1"', written),
            line.replace('"channel_id": "1"', f'"channel_id": {written}'),
            EVENT,
        )
    )
    assert found.by_number[1]["device_id"] == expected
    assert (found.by_number[1]["_reject_reasons"] is None) == (expected is not None)
    # An event without a usable number of its own is still an event.
    assert (found.by_number[2]["event_id"], found.by_number[3]["channel_id"]) == (expected,) * 2
    assert [row["_row_number"] for row in found.good][-3:] == [2, 3, 4]


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected", "words"),
    [
        (111.5, 39.4, (111.5, 39.4), None),
        ("111.5", "39.4", (111.5, 39.4), None),
        (0, 0, (None, None), None),
        ("0.0", "0.000000", (None, None), None),
        ("", "", (None, None), None),
        (None, None, (None, None), None),
        (0, None, (None, None), None),
        (39.4, 111.5, (111.5, 39.4), "对调"),
        (73, 3, (73, 3), None),
        (136, 54, (136, 54), None),
        (72.9, 39.4, (None, None), "超出范围"),
        (136.1, 39.4, (None, None), "超出范围"),
        (111.5, 54.1, (None, None), "超出范围"),
        (0, 39.4, (None, None), "超出范围"),
        (111.5, None, (111.5, None), "只填了一个"),
        ("东边", 39.4, (None, 39.4), "东边"),
        ("111°30′00″", 39.4, (111.5, 39.4), None),
        ("NaN", "NaN", (None, None), "NaN"),
    ],
)
def test_coordinates_are_a_place_in_china_or_none(read, longitude, latitude, expected, words):
    row = read(lines(event(longitude=longitude, latitude=latitude), EVENT)).by_number[1]
    assert (row["longitude"], row["latitude"]) == expected
    warnings = " ".join(note["reason"] for note in row["_cell_warnings"] or ())
    assert words in warnings if words else not warnings
    assert row["_reject_reasons"] is None


@pytest.mark.parametrize(
    ("written", "expected", "is_warned"),
    [(0.5, 0.5, 0), ("0.5", 0.5, 0), (1, 1, 0), ("高", None, 1), ("", None, 0), ("1e999", None, 1)],
)
def test_a_confidence_is_a_number(read, written, expected, is_warned):
    found = read(lines(event(confidence=written), EVENT))
    assert found.by_number[1]["confidence"] == expected
    assert found.counts.warnings == is_warned


def test_names_of_one_meaning_are_taken_in_order_and_none_is_lost(read):
    row = read(
        lines(
            {
                "Event-ID": "E1",
                "DeviceID": DEVICE,
                "streamId": "other",
                "timestamp": 1665274680,
                "event_time": "",
                "EventTypeName": "挖掘机",
                "alarmType": "7",
            }
        )
    ).by_number[1]
    assert (row["event_id"], row["device_id"], row["occurred_at"]) == ("E1", DEVICE, MORNING)
    assert (row["event_type_code"], row["event_type_name"]) == ("7", "挖掘机")
    assert row["_extra"] == '{"streamId": "other"}'


def test_chinese_names_of_fields(read):
    row = read(
        lines(
            {"事件编号": "E1", "设备编号": DEVICE, "发生时间": "2022-10-09 08:18:00", "描述": "挖"}
        )
    ).by_number[1]
    assert (row["event_id"], row["device_id"], row["description_text"]) == ("E1", DEVICE, "挖")
    assert row["occurred_at"] == MORNING


def test_unknown_fields_are_kept_as_text(read):
    found = read(
        lines(
            event(taskId="夜间", n=3, f=1.50, yes=True, none=None, blank="", box={"x": [1, 2.0]}),
            event(text='say "a\\b"\n', long="长" * 3_000),
        )
    )
    assert json.loads(found.by_number[1]["_extra"]) == {
        "taskId": "夜间",
        "n": "3",
        "f": "1.5",
        "yes": "true",
        "box": '{"x":[1,2.0]}',
    }
    assert json.loads(found.by_number[2]["_extra"]) == {
        "text": 'say "a\\b"\n',
        "long": "长" * event_fields.EXTRA_CHARACTERS + "…",
    }


def test_the_fields_of_an_event_may_stand_in_data(read):
    inner = {"deviceId": DEVICE, "eventTime": 1665274680, "score": 0.5, "odd/name~": "x"}
    found = read(
        lines(
            {"busiType": 4, "data": inner},
            {"busiType": 4, "data": json.dumps(inner)},
            {"busiType": 4, "data": json.dumps(inner | {"deviceId": 34020000001320000000})},
            {"busiType": 4, "data": "no JSON", "deviceId": DEVICE, "eventTime": 1665274680},
            {"busiType": 4, "data": [1], "deviceId": DEVICE, "eventTime": 1665274680},
            {"busiType": 4, "data": "{}", "deviceId": DEVICE, "eventTime": 1665274680},
            {"busiType": 4, "data": inner, "bizData": {"eventName": "挖"}, "eventTime": 1665274681},
        )
    )
    assert [row["_row_number"] for row in found.good] == [1, 2, 4, 5, 6, 7]
    for number in (1, 2):
        row = found.by_number[number]
        assert (row["device_id"], row["occurred_at"], row["confidence"]) == (DEVICE, MORNING, 0.5)
        assert json.loads(row["_extra"]) == {"data.odd/name~": "x"}
    assert found.reasons(3)
    assert json.loads(found.by_number[4]["_extra"]) == {"data": "no JSON"}
    assert json.loads(found.by_number[5]["_extra"]) == {"data": "[1]"}
    assert found.by_number[6]["_extra"] is None
    row = found.by_number[7]
    # Of two of one name the one outside is taken.
    assert (row["event_type_name"], row["occurred_at"]) == ("挖", at("08:18:01"))
    assert json.loads(row["_extra"])["data.eventTime"] == "1665274680"


def test_a_long_description_is_cut_with_a_warning(read):
    found = read(lines(event(description="长" * 2_001), event(description="长" * 2_000)))
    assert found.by_number[1]["description_text"] == "长" * event_fields.TEXT_CHARACTERS
    assert "过长" in found.warned(1)["description"]
    assert found.by_number[2]["_cell_warnings"] is None


@pytest.mark.parametrize(
    ("state", "count", "kind", "reason"),
    [
        ("active", 1, "VMD", None),
        ("active", 0, "VMD", "heartbeat"),
        ("inactive", 0, "videoloss", "heartbeat"),
        ("inactive", 1, "videoloss", "heartbeat"),
        ("inactive", 1, "VMD", "inactive"),
        ("active", 1, "videoloss", None),
        ("Inactive", 1, "vmd", "inactive"),
    ],
)
def test_heartbeats_and_ends_of_alerts_are_no_events(read, state, count, kind, reason):
    alert = {
        "ipAddress": "10.20.2.11",
        "channelID": 1,
        "dateTime": "2022-10-09T08:18:00+08:00",
        "activePostCount": count,
        "eventType": kind,
        "eventState": state,
    }
    body = "".join(f"<{key}>{value}</{key}>" for key, value in alert.items())
    xml = f"<EventNotificationAlert>{body}</EventNotificationAlert>"
    # As a line among lines, as a document among documents, and as a line that is read one by one.
    for content in (
        lines(alert, alert | {"eventState": "active", "activePostCount": 1}),
        lines(alert, alert | {"eventState": "active", "activePostCount": 1, "channelID": " 1"}),
        xml + "\n" + xml.replace(str(state), "active").replace(f"Count>{count}<", "Count>1<"),
    ):
        found = read(content)
        assert dict(found.counts.skipped) == ({reason: 1} if reason else {})
        assert len(found.good) == 2 - bool(reason)
        assert {row["source_format"] for row in found.good} == {"isapi"}


def test_a_push_again_is_a_row_again(read):
    found = read(lines(EVENT, EVENT, event(receive_time="2022-10-09T09:00:00")))
    assert [row["event_id"] for row in found.good] == ["E1"] * 3


# --- three ways, one result -------------------------------------------------------------------------


def never(*_):
    return False


ODDITIES = [
    event(),
    event(longitude=0, latitude=0, image_url=None),
    event(extra="x", level=None),
    event(event_id="", channel_id=2),
    event(device_id="0012", event_time="20221009081800"),
    event(event_time="2022-10-09T00:18:00.125Z", receive_time=1665274683000),
    event(longitude="111.5", latitude="39.4", confidence="0.5"),
    event(longitude=39.4, latitude=111.5),
    event(description="找13800001111", note="0350-1234567"),
    event(description='a":b', note="c : d"),
    event(description="\\u0041 \\ud83d"),
    event(confidence="高"),
    event(device_id=None),
    event(eventState="inactive", activePostCount=1),
    event(data={"eventName": "挖", "x": 1}),
    event(data='{"eventName": "挖", "x": 1}'),
    event(eventId="E2", Event_Id="E3"),
    event(deviceid="other"),
    event(nested={"a": {"b": [1, None, "c"]}}, number=1.50, truth=True),
    '{"event_id": "E1", "event_id": "E2", "device_id": "1", "event_time": 1665274680}',
    '{"device_id": "1", "event_time": 1665274680, "lon": 1e400, "text": "\\ud83d \\u4e2d"}',
    '{"device_id": "1", "event_time": 1665274680, "text": "tab\there"}',
    '{"device_id": "1", "event_time"',
    '{"device_id": "1", "event_time":',
    "[1, 2]",
    "null",
    "12",
    '"text"',
    "{}",
    "",
    "   ",
    "no JSON",
    "13800001111",
]


def rest_of(found):
    rejected = [(r["_row_number"], r["_reject_reasons"], r["_original"]) for r in found.rows]
    return rejected, dict(found.counts.skipped), found.counts.warnings


@pytest.mark.parametrize("padding", [0, 1, 300])
@pytest.mark.parametrize("oddity", range(len(ODDITIES)))
def test_the_three_ways_read_the_same(read, monkeypatch, oddity, padding):
    """Padding: whether DuckDB has met the field before."""
    content = lines(*[EVENT] * padding, ODDITIES[oddity], EVENT, ODDITIES[oddity])
    as_it_is = read(content)
    monkeypatch.setattr(event_lines.EventLines, "quick", never)
    careful = read(content)
    monkeypatch.setattr(event_lines.EventLines, "careful", never)
    one_by_one = read(content)
    assert as_it_is.rows == careful.rows == one_by_one.rows
    assert rest_of(as_it_is) == rest_of(careful) == rest_of(one_by_one)
    assert as_it_is.counts.good > padding


def test_all_oddities_in_one_file_read_as_each_of_them_does(read, monkeypatch):
    content = lines(*ODDITIES)
    together = read(content)
    monkeypatch.setattr(event_lines.EventLines, "quick", never)
    monkeypatch.setattr(event_lines.EventLines, "careful", never)
    assert together.rows == read(content).rows
    assert together.counts.good == 20
    assert dict(together.counts.skipped) == {"inactive": 1}


def test_a_field_that_only_late_lines_have_is_not_lost(read):
    found = read(lines(*[EVENT] * 500, event(late="x"), *[EVENT] * 500, event(later="y")))
    assert [row["_extra"] for row in found.good if row["_extra"]] == [
        '{"late": "x"}',
        '{"later": "y"}',
    ]


def test_a_value_of_another_kind_late_in_the_file_is_not_lost(read):
    """DuckDB makes such a value null without a word."""
    found = read(lines(*[EVENT] * 500, event(confidence="高", longitude="x")))
    assert set(found.warned(501)) == {"confidence", "longitude", "longitude、latitude"}


# --- lines ------------------------------------------------------------------------------------------


def test_odd_lines_are_kept_with_their_reason_and_the_others_are_not_touched(read):
    found = read(
        lines(
            EVENT,
            '{"device_id":"1","event_time":"2022-1',
            "",
            "[1,2]",
            "不是 JSON",
            event(device_id=None),
            event(event_time="昨天", device_id=""),
            EVENT,
        )
        + '{"device_id":"1","event_t'
    )
    assert [row["_row_number"] for row in found.good] == [1, 8]
    assert found.reasons(2) == found.reasons(5) == ["不是完整的 JSON"]
    assert found.reasons(4) == ["不是一个事件（JSON 对象）"]
    assert found.reasons(6) == ["设备编号为空"]
    assert len(found.reasons(7)) == 2
    assert found.reasons(9) == ["文件在此行中断"]
    assert json.loads(found.by_number[4]["_original"]) == {"整行": "[1,2]"}
    assert found.counts.read == 8


def test_a_clean_file_with_odd_lines_far_apart_keeps_line_numbers(read):
    """Larger than several of DuckDB's buffers, so that several threads count."""
    generator = random.Random(7)
    kinds = {
        "cut": lambda text: text[: len(text) // 2],
        "value": lambda text: text[: text.index('"level"')],
        "time": lambda text: text.replace("2022-10-09T08:18:00", "x"),
        "garbage": lambda text: "\x01garbage",
    }
    texts, odd = [], {}
    padding = "d" * 1_000
    for number in range(1, 70_001):
        text = json.dumps(event(device_id=str(number), description=padding), ensure_ascii=False)
        if generator.random() < 0.001:
            odd[number] = generator.choice(list(kinds))
            text = kinds[odd[number]](text)
        texts.append(text)
    found = read(lines(*texts))
    assert found.counts.read == 70_000
    assert {number for number, row in found.by_number.items() if row["_reject_reasons"]} == set(odd)
    assert all(row["device_id"] == str(row["_row_number"]) for row in found.good)


@pytest.mark.parametrize(
    ("line", "again"),
    [
        (event(), 0),
        (event(event_time="2022-10-09 00:18:00.5Z"), 0),
        (event(longitude=0, latitude=0), 0),
        (event(longitude=None, latitude=None, level=None), 0),
        (event(image_url="", event_id="", receive_time=""), 0),
        (event(image_url="http://10.0.0.9/001/20221009/1665274680123.jpg"), 0),
        (event(image_url="http://10.0.0.9/981234567890123456/20221009081800.jpg"), 0),
        (event(other="x", data={"more": 1}), 0),
        (event(event_id=1571234567890123777), 0),
        (event(device_id="rtsp://10.1.1.1/1"), 1),
        (event(longitude=39.4, latitude=111.5), 1),
        (event(event_time="昨天"), 1),
        (event(description="找13800001111"), 1),
        ('{"device_id": "1', 1),
    ],
)
def test_only_odd_lines_are_read_one_by_one(read, monkeypatch, line, again):
    """Otherwise a slip in one of a million lines would make the load fifty times as slow."""
    numbers = []
    row = event_lines.EventLines.row

    def counted(self, number, content):
        numbers.append(number)
        return row(self, number, content)

    monkeypatch.setattr(event_lines.EventLines, "row", counted)
    found = read(lines(*[EVENT] * 100, line, *[EVENT] * 100))
    assert numbers == [101] * again
    assert found.counts.read == 201


def test_equal_files_give_equal_bytes(read):
    content = lines(*(event(event_id=str(n), extra={"n": n}) for n in range(40_000)))
    assert read(content).bytes == read(content).bytes


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_blank_lines_and_a_mark_at_the_start(read, end):
    content = "\ufeff" + lines(EVENT, "", "  ", EVENT).replace("\n", end).rstrip()
    found = read(content)
    assert [row["_row_number"] for row in found.good] == [1, 4]
    assert found.counts.read == 2


def test_lines_in_gb18030(read):
    found = read(lines(*[EVENT] * 3).encode("gb18030"))
    assert {row["description_text"] for row in found.good} == {EVENT["description"]}
    mixed = lines(EVENT).encode() + lines(EVENT).encode("gb18030") + lines(EVENT).encode()
    found = read(mixed)
    assert [row["description_text"] for row in found.good] == [EVENT["description"]] * 3


def test_a_byte_that_is_no_text_costs_its_line_only(read):
    broken = lines(EVENT).encode().replace("挖掘机".encode(), "挖".encode() + b"\xff\xff")
    found = read(lines(EVENT).encode() + broken + lines(EVENT).encode())
    assert found.reasons(2) == ["含有无法识别的字节"]
    assert found.counts.good == 2


def test_zero_bytes_between_lines_are_nothing(read):
    """What a power cut leaves at the end of a log."""
    found = read(lines(EVENT).encode() + b"\0" * 100 + b"\n" + lines(EVENT).encode() + b"\0" * 10)
    assert [row["_row_number"] for row in found.good] == [1, 3]
    assert found.counts.read == 2


def test_a_line_without_end_costs_itself_only(read, monkeypatch):
    monkeypatch.setattr(event_lines, "MAX_LINE_BYTES", 100_000)
    found = read(lines(EVENT, event(x="9" * 100_000), EVENT))
    assert found.reasons(2) == ["一行过长"]
    assert len(found.by_number[2]["_original"]) < 2 * bulk.ORIGINAL_CHARACTERS
    assert found.counts.good == 2


def test_a_line_with_a_picture_is_an_event(read):
    found = read(lines(EVENT, event(image_base64="A" * 3_000_000), EVENT))
    assert found.counts.good == 3
    assert len(found.by_number[2]["_extra"]) < 2 * event_fields.EXTRA_CHARACTERS


@pytest.mark.parametrize("count", [event_fields.MAX_FIELDS, event_fields.MAX_FIELDS + 1])
def test_a_line_of_very_many_fields_costs_itself_only(read, count):
    wide = {f"k{n}": n for n in range(count - len(EVENT))}
    found = read(lines(EVENT, event(**wide), EVENT))
    assert found.counts.good == 3 - (count > event_fields.MAX_FIELDS)
    if count > event_fields.MAX_FIELDS:
        assert "字段超过" in found.reasons(2)[0]


def test_a_file_of_ever_new_fields_is_read_all_the_same(read):
    found = read(lines(*(event(**{f"k{n}": "x"}) for n in range(event_fields.MAX_FIELDS + 1))))
    assert found.counts.good == event_fields.MAX_FIELDS + 1
    assert all(row["_extra"] == f'{{"k{row["_row_number"] - 1}": "x"}}' for row in found.good)


@pytest.mark.parametrize("depth", [100, 100_000])
def test_brackets_without_end_are_no_event(read, depth):
    found = read(lines(EVENT, '{"device_id":' + "[" * depth, '{"a":' * depth, EVENT))
    assert found.counts.good == 2
    assert found.counts.rejected == 2


def test_a_file_without_the_fields_of_an_event_is_refused_with_what_it_has(read):
    with pytest.raises(Refused) as refused:
        read(lines({"cust_no": "1", "p1": 2}, {"cust_no": "1"}))
    for word in ("设备编号", "发生时间", "cust_no、p1"):
        assert word in str(refused.value)
    with pytest.raises(Refused, match="发生时间") as refused:
        read(lines(*[{"device_id": "1", "13800001111": 2}] * 2))
    assert "13800001111" not in str(refused.value)


# --- documents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_array_is_its_events(read, indent, encoding):
    events_ = [event(event_id=f"E{n}", description="乗{}\\[", box={"x": [n]}) for n in range(50)]
    found = read(json.dumps(events_, ensure_ascii=False, indent=indent).encode(encoding))
    assert [row["event_id"] for row in found.good] == [f"E{n}" for n in range(50)]
    assert [row["_row_number"] for row in found.good] == list(range(1, 51))
    assert {row["description_text"] for row in found.good} == {"乗{}\\["}
    assert found.counts.rejected == 0


def test_an_array_that_breaks_off_keeps_what_came(read):
    whole = json.dumps([EVENT] * 5, ensure_ascii=False, indent=1)
    found = read(whole[: whole.rindex('"level"')])
    assert found.counts.good == 4
    assert found.reasons(5) == ["报文在中途中断"]


def test_an_empty_array_is_an_empty_delivery(read):
    assert read("[]").counts.read == 0
    assert read(" [ ] \n").counts.read == 0


@pytest.mark.parametrize("between", ["", " ", "\n\n", ",\n"])
@pytest.mark.parametrize("indent", [None, 2])
def test_objects_one_after_another(read, between, indent):
    text = json.dumps(EVENT, ensure_ascii=False, indent=indent)
    found = read(between.join([text] * 3))
    assert found.counts.good == 3
    assert found.counts.rejected == 0


def test_one_object_broken_off_among_others_costs_itself_only(read):
    text = json.dumps(EVENT, ensure_ascii=False, indent=2)
    found = read("\n".join([text, text[:200], text, text]))
    assert [row["_row_number"] for row in found.good] == [1, 3, 4]
    assert found.reasons(2)


def test_lines_and_documents_in_one_file_are_all_read(read):
    xml = ALARM.format(device=DEVICE, text="x")
    found = read(lines(EVENT, EVENT, xml, EVENT, "garbage", EVENT))
    assert [row["source_format"] for row in found.good] == ["json", "json", "gb28181"] + [
        "json"
    ] * 2
    assert found.reasons(5) == ["报文之间有无法识别的内容"]
    found = read(xml + json.dumps(EVENT) + xml)
    assert [row["source_format"] for row in found.good] == ["gb28181", "json", "gb28181"]


def test_objects_among_xml_that_are_no_events_cost_themselves_only(read):
    found = read(ALARM.format(device=DEVICE, text="x") + '\n{"plate": "x"}\n')
    assert (found.counts.good, found.counts.rejected) == (1, 1)


@pytest.mark.parametrize("declared", ["", "UTF-8", "GB2312", "gb18030", "nonsense"])
@pytest.mark.parametrize("written", ["utf-8", "gb2312", "utf-8-sig"])
@pytest.mark.parametrize("text", ["发现疑似采挖", "移动", "谩谩", "ok"])
def test_xml_in_any_encoding_whatever_it_claims(read, declared, written, text):
    head = f'<?xml version="1.0" encoding="{declared}"?>\r\n' if declared else ""
    documents = (head + ALARM.format(device=DEVICE, text=text)) * 2
    found = read(documents.encode(written))
    # These two characters in GB2312 are UTF-8 as well, of the letter ƒ or so: they are read as Chinese.
    assert [row["description_text"] for row in found.good] == [text] * 2


@pytest.mark.parametrize("text", ["王喆沟发现采挖", "上堽村", "𠮷家梁发现采挖"])
def test_gb2312_is_read_with_the_characters_that_it_lacks(read, text):
    """Platforms write GBK or GB18030 and call it GB2312; names of places need the rest of it."""
    with pytest.raises(UnicodeEncodeError):
        text.encode("gb2312")
    head = '<?xml version="1.0" encoding="GB2312"?>\r\n'
    found = read((head + ALARM.format(device=DEVICE, text=text)).encode("gb18030"))
    assert [row["description_text"] for row in found.good] == [text]


@pytest.mark.parametrize(
    ("notification", "reason"),
    [
        ("<Notify><CmdType>Keepalive</CmdType><DeviceID>1</DeviceID></Notify>", "keepalive"),
        ("<Notify><cmdtype>catalog</cmdtype></Notify>", "catalog"),
        ("<Notify><CmdType>MediaStatus</CmdType></Notify>", "media_status"),
        ("<Notify><CmdType>MobilePosition</CmdType></Notify>", "mobile_position"),
        ("<Notify><CmdType>Something</CmdType></Notify>", "other_notification"),
        ("<Response><CmdType>Alarm</CmdType><Result>OK</Result></Response>", "other_message"),
        ("<Query><CmdType>Alarm</CmdType></Query>", "other_message"),
    ],
)
def test_other_notifications_are_counted_by_their_kind(read, notification, reason):
    found = read(ALARM.format(device=DEVICE, text="x") + notification * 2)
    assert dict(found.counts.skipped) == {reason: 2}
    assert found.counts.good == 1
    assert dict(read(notification).counts.skipped) == {reason: 1}


@pytest.mark.parametrize(
    ("method", "inner", "outer", "expected"),
    [
        ("5", "6", None, "5.6"),
        ("5", "6", "2", "5.6"),
        ("5", None, "2", "5.2"),
        ("12", None, None, "12"),
        (None, "6", None, ".6"),
        (None, None, None, None),
        ("5", "", "2", "5.2"),
        ("5", "null", "2", "5.2"),
    ],
)
def test_the_type_inside_info_wins(read, method, inner, outer, expected):
    xml = ALARM.format(device=DEVICE, text="x")
    xml = xml.replace("<AlarmMethod>5", f"<AlarmMethod>{method}" if method else "<AlarmMethod>")
    more = f"<AlarmType>{outer}</AlarmType>" if outer else ""
    more += f"<Info><AlarmType>{inner}</AlarmType></Info>" if inner is not None else ""
    row = read(xml.replace("</Notify>", more + "</Notify>")).by_number[1]
    assert row["event_type_code"] == expected


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<Notify><DeviceID>1</DeviceID></Notify>", "没有 CmdType"),
        ("<Notify/>", "没有 CmdType"),
        ("<Notify><CmdType>Alarm</CmdType></Notify>", "设备编号为空"),
        (ALARM.format(device="1", text="x").replace("2022-10-09T08", "x"), "时间"),
        (ALARM.format(device="1", text="<b>"), "不是完整的 XML"),
        (ALARM.format(device="1", text="&xxe;"), "不是完整的 XML"),
        (ALARM.format(device="1", text="\x01"), "不是完整的 XML"),
        (ALARM.format(device="1", text="<a>" * 300 + "</a>" * 300), "不是完整的 XML"),
        (ALARM.format(device="1", text="x")[:100], "中途中断"),
        ("<Other><CmdType>Alarm</CmdType></Other>", "无法识别的内容"),
    ],
)
def test_a_document_that_is_no_event_is_kept_with_the_reason(read, xml, reason):
    good = ALARM.format(device=DEVICE, text="x")
    found = read(good + "\r\n" + xml + '\r\n<?xml version="1.0"?>' + good)
    assert [row["_row_number"] for row in found.good] == [1, 3]
    assert reason in " ".join(found.reasons(2))


def test_what_devices_write_around_their_documents(read):
    good = ALARM.format(device=DEVICE, text="a &amp; b")
    found = read(
        good.replace("&amp;", "&")
        + "\0\0\r\n<!-- <Notify> kept for later --><?php ?>\r\n"
        + f"<Alarms>\r\n{good}\r\n{good}\r\n</Alarms>"
        + good.replace("Notify>", "gb:Notify>")
        + good.upper().replace("ALARM<", "Alarm<").replace("&AMP;", "&amp;")
        + good.replace("a &amp; b", "<![CDATA[a & b]]>")
    )
    assert found.counts.rejected == 1, "a prefix that is declared nowhere"
    assert [row["description_text"].lower() for row in found.good] == ["a & b"] * 5


def test_elements_in_elements_are_kept_by_their_path(read):
    region = (
        "<RegionCoordinates><positionX>1</positionX><positionY>2</positionY></RegionCoordinates>"
    )
    row = read(
        "<EventNotificationAlert><deviceID>1</deviceID><dateTime>2022-10-09T08:18:00</dateTime>"
        f"<Region><id>1</id>{region}{region}</Region></EventNotificationAlert>"
    ).by_number[1]
    assert json.loads(row["_extra"]) == {
        "Region.id": "1",
        "Region.RegionCoordinates.positionX": "1;1",
        "Region.RegionCoordinates.positionY": "2;2",
    }


# --- hostile files ----------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE, OUTSIDE.lower(), "<!ENTITY x 'y'>"])
def test_a_declaration_of_entities_is_refused(read, declaration):
    good = ALARM.format(device=DEVICE, text="x")
    for content in (
        '<?xml version="1.0"?>' + declaration + good.replace(">x<", ">&c;&x;<"),
        good + declaration + good,
    ):
        with pytest.raises(Refused, match="DOCTYPE"):
            read(content)


def test_a_declaration_inside_a_document_reaches_no_parser_that_knows_it(read):
    inside = ALARM.format(device=DEVICE, text=OUTSIDE + "&x;")
    found = read(inside + "\n" + ALARM.format(device=DEVICE, text="x"))
    assert (found.counts.good, found.counts.rejected) == (1, 1)
    assert "root:" not in str(found.rows)


def test_a_document_without_end_costs_itself_only(read, monkeypatch):
    monkeypatch.setattr(event_documents, "MAX_DOCUMENT_BYTES", 100_000)
    good = ALARM.format(device=DEVICE, text="x")
    found = read(good + ALARM.format(device=DEVICE, text="y" * 100_000) + good)
    assert found.reasons(2) == ["报文过长"]
    assert len(found.by_number[2]["_original"]) < 2 * bulk.ORIGINAL_CHARACTERS
    assert found.counts.good == 2
    found = read(json.dumps(EVENT, indent=1) + '\n{\n "x": "' + "y" * 100_000 + '"}\n' + good)
    assert (found.counts.good, found.counts.rejected) == (2, 1)


@pytest.mark.parametrize(
    "opening", ['{"a":1,\n', '{"a":"\n', "<Notify>\n", "<Notify", "{}", "<!--"]
)
def test_openings_without_end_take_no_time_and_lose_nothing(read, opening):
    """Looking for the end of each in all that follows would take hours."""
    found = read(ALARM.format(device=DEVICE, text="x") + "\n" + opening * 20_000)
    assert found.counts.good == 1
    assert found.counts.rejected >= (opening != "<!--")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"\n\n  \n", "没有视频事件"),
        (b"PK\x03\x04", "工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "工作簿"),
        (b"PAR1 and so on", "Parquet"),
        ("<Notify/>".encode("utf-16"), "UTF-16"),
        (bytes(range(256)) * 500, "没有视频事件"),
        (b"%PDF-1.4\nbinary\xff\xfe", "没有视频事件"),
        (b"event_id,device_id\nE1,1\n", "没有视频事件"),
        (b"<html><body>502 Bad Gateway</body></html>", "没有视频事件"),
        (b"\x1f\x8b\x08 and nothing else", "压缩"),
        (gzip.compress(b"", mtime=0), "空"),
        (gzip.compress(b"PK\x03\x04", mtime=0), "工作簿"),
        (b"Code=VideoMotion;action=Start;index=0\r\n", "没有视频事件"),
    ],
)
def test_a_file_that_holds_no_events_is_refused_with_the_reason(read, content, words):
    with pytest.raises(Refused, match=words) as refused:
        read(content)
    assert refused.value.next_step


@pytest.mark.parametrize("content", [lines(EVENT, EVENT), ALARM.format(device=DEVICE, text="x")])
def test_gzip_is_read_like_the_file_in_it(read, content):
    assert read(gzip.compress(content.encode(), mtime=0)).rows == read(content).rows


def test_a_gzip_that_breaks_off_is_refused(read):
    with pytest.raises(Refused, match="不完整"):
        read(gzip.compress(lines(*[EVENT] * 100).encode(), mtime=0)[:-20])


def test_a_gzip_bomb_is_refused_at_the_limit(read, monkeypatch, tmp_path):
    monkeypatch.setattr(bulk, "MAX_INFLATED_BYTES", 1 << 20)
    with pytest.raises(Refused, match="上限"):
        read(gzip.compress(lines(EVENT).encode() + b" " * (64 << 20), mtime=0))
    assert (tmp_path / "s" / "inflated").stat().st_size <= 1 << 20


# --- personal numbers -------------------------------------------------------------------------------

PERSONAL = ["13800001111", "138-0000-1111", "+86 13800001111", "１３８００００１１１１"]
PERSONAL += ["0350-1234567", "11010519491231002X", "找13800001111问", "138　0000　1111"]


def test_personal_numbers_never_reach_the_raw_file(read):
    contents = []
    for number in PERSONAL:
        contents += [
            event(description=number, image_url=f"http://x/{number}", event_type=number),
            event(contact=number, deep={number: number}, data={"x": number}),
            event(device_id=None, contact=number),
            event(event_time=number, confidence=number, longitude=number),
            event(event_id=f"找{number}"),
            f'{{"device_id": "{number}',
        ]
    xml = [ALARM.format(device=DEVICE, text=number) for number in PERSONAL]
    xml += [ALARM.format(device="", text=number) for number in PERSONAL]
    for content in (lines(*contents), "".join(xml), json.dumps(contents[:-1], ensure_ascii=False)):
        found = read(content)
        written = "".join(str(value) for row in found.rows for value in row.values())
        for number in PERSONAL:
            assert number.strip("找问") not in written
        assert written.count("手机#") >= 10


@given(
    text=st.text(alphabet="0123456789138 -－—１３８０xX+（）\t\u3000a找", max_size=40),
    number=st.sampled_from(["", *PERSONAL]),
)
@settings(max_examples=500, deadline=None)
@example(text="86", number="13800001111")
@example(text="0086-", number="13800001111")
def test_duckdb_passes_no_personal_number_that_the_masker_knows(text, number):
    text += number
    if MASKER.mask_text(text) != text:
        with connect() as connection:
            query = "select regexp_matches(?, ?) and strlen(?) >= ?"
            values = [text, bulk.MAYBE_PERSONAL, text, bulk.PERSONAL_CHARACTERS]
            assert connection.execute(query, values).fetchone()[0]


# --- any order, any pieces --------------------------------------------------------------------------

TIMES = st.sampled_from(
    ["2022-10-09T08:18:00+08:00", "2022-10-09 08:18:00", "2022-10-09T00:18:00.5Z", "", None]
    + [
        "20221009081800",
        1665274680,
        1665274680123,
        "1665274680",
        "昨天",
        "2022-10-09T08:18:00-03:00",
    ]
)
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "null", "无", "-", "a b", "13800001111", '":', ' : "', "挖\n掘", "\\"]
    ),
    st.text(max_size=8),
    st.integers(-5, 10**6),
    st.booleans(),
)
DEVICES = st.sampled_from(
    [DEVICE, "0012", "a b", "", None, 12, 34020000001320000000, 34020000001320000001, "null"]
)
DEGREES = st.sampled_from([111.5, 39.4, 0, 0.0, None, "", "111.5", "39.4", "x", 200])
EVENTS = st.fixed_dictionaries(
    {},
    optional={
        "event_id": DEVICES,
        "eventId": DEVICES,
        "device_id": DEVICES,
        "deviceID": DEVICES,
        "channelNo": DEVICES,
        "event_type": TEXTS,
        "alarmType": TEXTS,
        "event_time": TIMES,
        "timestamp": TIMES,
        "receive_time": TIMES,
        "confidence": st.sampled_from([0.5, 1, "0.5", "高", None, ""]),
        "longitude": DEGREES,
        "latitude": DEGREES,
        "description": TEXTS,
        "note": TEXTS,
        "eventState": st.sampled_from(["active", "inactive", None]),
        "activePostCount": st.sampled_from([0, 1, "0", None]),
        "box": st.sampled_from([{}, [], {"x": [1, None]}, [1.5, "a"]]),
        "data": st.fixed_dictionaries({}, optional={"device_id": DEVICES, "note": TEXTS}),
    },
)


@st.composite
def deliveries(draw):
    """Lines, compact or spaced, and the same lines in another order and in pieces."""
    contents = draw(st.lists(EVENTS, min_size=1, max_size=8)) + [EVENT]
    texts = []
    for number, content in enumerate(contents, start=1):
        spaced = draw(st.booleans())
        separators = (", ", ": ") if spaced else (",", ":")
        text = json.dumps(content, ensure_ascii=draw(st.booleans()), separators=separators)
        # The last one stays whole, so that there always is a good row.
        is_cut = number < len(contents) and draw(st.integers(0, 3)) == 0
        texts.append(text[: len(text) // 2] if is_cut else text)
    pieces = [[] for _ in range(draw(st.integers(1, 3)))]
    for text in draw(st.permutations(texts)):
        pieces[draw(st.integers(0, len(pieces) - 1))].append(text)
    return texts, [piece for piece in pieces if piece]


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("pieces")


@given(delivered=deliveries())
@settings(max_examples=150, deadline=None)
def test_order_and_pieces_change_no_good_row(directory, delivered):
    texts, pieces = delivered

    def rows_of(texts):
        try:
            found = Read(directory, lines(*texts))
        except Refused:
            # None of the lines has both fields of an event, so that none was good.
            return Counter(), 0
        return found.multiset(), found.counts.skipped.total()

    good, skipped = rows_of(texts)
    in_pieces = [rows_of(piece) for piece in pieces]
    assert sum((rows for rows, _ in in_pieces), Counter()) == good
    assert good.total() >= 1


# --- landing ----------------------------------------------------------------------------------------


def test_a_delivery_of_events_is_landed_with_its_counts(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    inbox = home.inbox / "视频告警事件" / "10月"
    inbox.mkdir(parents=True)
    for path in FIXTURES.iterdir():
        (inbox / path.name).write_bytes(path.read_bytes())
    (inbox / "plain.json").write_text(lines({"cust_no": 1}))
    loaded = {file.path.name: file for file in load(home).files}
    assert {name for name, file in loaded.items() if file.outcome == "refused"} == {"plain.json"}
    assert "缺少必需的字段" in loaded["plain.json"].message
    file = loaded["platform.jsonl"]
    assert (file.read, file.good, file.rejected, file.skipped, file.warnings) == (8, 5, 3, 0, 1)
    file = loaded["isapi.xml"]
    assert (file.read, file.good, file.rejected, file.skipped) == (5, 3, 0, 2)
    records = {record.file_name: record for record in read_records(home)}
    (part,) = records["isapi.xml"].parts
    assert (part.feed, part.skipped) == ("video_events", {"inactive": 1, "heartbeat": 1})
    assert list(home.inbox.rglob("*.json*")) == []
    with connect() as connection:
        (rows,) = connection.execute(
            "select count(*) from read_parquet(?)", [str(home.raw / "video_events" / "*.parquet")]
        ).fetchone()
    assert rows == sum(file.good + file.rejected for file in loaded.values())


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 1 << 18])
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"a":1,"bc":"x :y","d":""}\n\n{"e":"f:g"}\n', (3, 26, 4, True, True)),
        (b'{"a":1}\n{"bc":"x:y"}', (2, 12, 2, False, False)),
        (b'{"a" :1}', (1, 8, 0, True, False)),
    ],
)
def test_the_bytes_say_the_same_however_many_are_looked_at_at_once(
    tmp_path, monkeypatch, content, found, at_once
):
    monkeypatch.setattr(event_lines, "SURVEYED_BYTES", at_once)
    (tmp_path / "lines").write_bytes(content)
    assert event_lines.surveyed(tmp_path / "lines") == event_lines.Survey(*found)
