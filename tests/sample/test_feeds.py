"""The deliveries of cases, power, video and clues: in real formats, with real faults, of real size."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from datetime import datetime

from docx import Document

from tests.sample.county import (
    broken,
    decoded,
    deliveries,
    documents,
    lines_of_json,
    seen_events,
    shown,
    texts,
    truth,
)


def of(home, feed, suffix=""):
    return [p for p in deliveries(home) if feed in p.parts and p.name.endswith(suffix)]


def rows_of(path):
    """The rows below the header, by header."""
    if path.suffix == ".csv":
        header, *rows = csv.reader(io.StringIO(decoded(path)))
    else:
        ((_, grid),) = shown(path)
        header, *rows = grid[1:]
    return [
        dict(zip(header, row, strict=False))
        for row in rows
        if not row[0].startswith(("合计", "填表人"))
    ]


# Readable by anybody


def test_every_file_opens_with_a_reader_of_its_kind(home):
    kinds = Counter()
    for path in deliveries(home):
        kinds[path.suffix] += 1
        if str(path.relative_to(home.inbox)) in broken(home):
            continue
        if path.suffix in {".xlsx", ".xls", ".docx"}:
            assert shown(path), path
        elif path.suffix == ".xml":
            assert documents(path), path
        elif path.suffix in {".jsonl", ".json"}:
            assert lines_of_json(path), path
        else:
            header, *rows = csv.reader(io.StringIO(decoded(path)))
            assert rows, path
            assert {len(row) for row in rows} == {len(header)}, path
    assert set(kinds) == {".csv", ".xlsx", ".xls", ".docx", ".json", ".jsonl", ".xml"}


def test_files_of_a_wrong_kind_are_what_the_truth_says(half_year):
    found = {
        entry["really"]: half_year.inbox / entry["file"]
        for entry in truth(half_year, "dirt")
        if entry["kind"] == "wrong_kind"
    }
    assert set(found) == {"html", "docx"}
    assert found["html"].read_bytes().startswith(b"<html")
    assert Document(str(found["docx"])).paragraphs


# Nobody is named


def test_numbers_of_telephones_are_nobodys_and_reporters_have_no_names(home):
    numbers = set()
    for path in deliveries(home):
        if str(path.relative_to(home.inbox)) not in broken(home):
            numbers |= set(re.findall(r"(?<![0-9a-f])1[3-9]\d{9}(?![0-9a-f])", texts(path)))
    assert len(numbers) > 10
    assert all(re.fullmatch(r"1990000\d{4}", number) for number in numbers)
    reporters = set()
    for path in of(home, "clues"):
        for row in rows_of(path):
            reporters.add(row.get("举报人") or row.get("来电人"))
    assert {
        bool(re.fullmatch(r"匿名|(村民|群众|过路司机|附近住户)[甲乙丙丁戊己庚辛壬癸]", r))
        for r in reporters
    } == {True}
    users = rows_of(of(home, "power_users")[-1])
    homes = [row["cust_name"] for row in users if row["ec_categ_desc"] == "乡村居民生活用电"]
    assert homes
    assert all(re.fullmatch(r".+村民[甲乙丙丁戊己庚辛壬癸]\d+", name) for name in homes)


# Lists that grow


def test_a_list_comes_again_with_what_has_happened_since(half_year):
    for feed, key, done in (
        ("case_events", ("案件编号", "节点", "发生时间"), None),
        ("power_alerts", ("预警编号",), "核查时间"),
        ("clues", ("工单编号",), "核查时间"),
    ):
        suffix = ".csv" if feed == "clues" else ".xlsx"
        versions = defaultdict(list)
        for path in sorted(of(half_year, feed, suffix), key=lambda p: p.stem[-8:]):
            for row in rows_of(path):
                if all(name in row for name in key):
                    versions[tuple(row[name] for name in key)].append(row)
        again = [rows for rows in versions.values() if len(rows) > 1]
        assert len(again) > 10, feed
        if done:
            assert [r for r in again if not r[0][done] and r[-1][done]], feed
            assert not [r for r in again if r[0][done] and not r[-1][done]], feed


def test_registers_are_of_the_size_of_a_county(half_year):
    cases = truth(half_year, "cases")
    months = Counter(case["steps"][0][1][:7] for case in cases if case["steps"][0][1] >= "2022-07")
    assert 6 <= sum(months.values()) <= 24
    assert max(months.values()) <= 7
    assert {case["path"] for case in cases} >= {"full", "stuck", "late_decision", "not_transferred"}
    clues = truth(half_year, "clues")
    assert 15 * 6 <= len(clues) <= 60 * 6
    assert {clue["result"] for clue in clues} >= {"属实", "不属实", None}
    assert 30 <= len(truth(half_year, "cameras")) <= 50


def test_cases_fix_their_clue_and_go_their_steps_in_order(half_year):
    told = {clue["clue_id"]: clue for clue in truth(half_year, "clues")}
    linked = 0
    for path in of(half_year, "cases", ".xlsx"):
        for row in rows_of(path):
            if row["线索编号"] in told:
                linked += 1
                assert told[row["线索编号"]]["is_decisive"]
                assert told[row["线索编号"]]["result"] in ("属实", "部分属实")
    assert linked
    for case in truth(half_year, "cases"):
        times = [moment for _, moment, _ in case["steps"]]
        assert times == sorted(times)
        assert case["steps"][0][0] == "线索登记"
        if case["path"] in ("transferred", "refused", "not_transferred"):
            assert case["value_yuan"] >= 100_000


def test_accounts_change_their_state_from_month_to_month(half_year):
    states = defaultdict(dict)
    for path in of(half_year, "power_users", ".csv"):
        if str(path.relative_to(half_year.inbox)) in broken(half_year):
            continue
        assert "客户" not in path.read_bytes().decode("gb18030")
        for row in rows_of(path):
            states[row["cust_no"]][path.stem[-8:]] = row["ecc_stat_desc"]
    seen = {state for months in states.values() for state in months.values()}
    assert seen >= {"正常", "报停", "销户"}
    changed = [months for months in states.values() if len(set(months.values())) > 1]
    assert len(changed) >= 3
    pauses = [d for d in truth(half_year, "decoys") if d["kind"] == "honest_pause"]
    told = [
        state
        for pause in pauses
        for day, state in states[pause["meter_ids"][0]].items()
        if pause["first"].replace("-", "") <= day <= pause["last"].replace("-", "")
    ]
    assert set(told) == {"报停"}
    assert all(re.fullmatch(r"00\d{8}", number) for number in states if number)


def test_cameras_are_built_until_the_end_of_the_year(half_year):
    built = {}
    for path in of(half_year, "cameras", ".xlsx"):
        states = Counter(row["建设状态"] for row in rows_of(path))
        built[path.stem[-8:]] = states["建成"] + states["验收"]
    assert list(built.values()) == [built[name] for name in sorted(built)]
    assert built[min(built)] < built[max(built)]
    assert {row["坐标系"] for row in rows_of(of(half_year, "cameras", ".xlsx")[0])} == {
        "WGS84",
        "GCJ-02",
    }
    (entry,) = [e for e in truth(half_year, "dirt") if e["kind"] == "device_number_as_number"]
    ((_, grid),) = shown(half_year.inbox / entry["file"])
    eaten = grid[entry["row"] - 1][0]
    (slip,) = [e for e in truth(half_year, "dirt") if e["kind"] == "accepted_before_built"]
    ((_, other),) = shown(half_year.inbox / slip["file"])
    assert other[slip["row"] - 1][11] > other[slip["row"] - 1][12]
    assert eaten != entry["device_id"]
    assert float(eaten) == float(entry["device_id"])


def test_camera_status_is_hourly_or_on_change_and_sometimes_silent(home):
    by_kind = defaultdict(Counter)
    for path in of(home, "camera_status"):
        for row in rows_of(path):
            device, moment, _ = list(row.values())[:3]
            by_kind[path.suffix][device, moment[:10] if "-" in moment else moment[:8]] += 1
    assert set(by_kind[".csv"].values()) >= {24}
    assert min(by_kind[".csv"].values()) < 24
    assert Counter(by_kind[".xlsx"].values()).most_common(1)[0][0] == 1
    assert max(by_kind[".xlsx"].values()) > 2
    devices = {device for device, _ in by_kind[".xlsx"]}
    days = {day for _, day in by_kind[".xlsx"]}
    assert len(by_kind[".xlsx"]) < len(devices) * len(days), "some days nothing is said"


# Video events


def test_events_come_in_all_forms_of_their_platforms(home):
    lines = [line for path in of(home, "video_events") for line in lines_of_json(path)]
    shapes = Counter(
        "nested" if "data" in line else "camel" if "eventId" in line else "snake" for line in lines
    )
    assert min(shapes[kind] for kind in ("nested", "camel", "snake")) > 50
    inner = [json.loads(line["data"]) if "data" in line else line for line in lines]
    times = {
        type(value).__name__ + str(len(str(value)))
        for value in (line.get("event_time") or line.get("eventTime") for line in inner)
    }
    assert times == {"str25", "str14", "int10", "int13"}
    assert {line["longitude"] == 0 for line in inner} == {True, False}
    devices = [line.get("device_id") or line["deviceId"] for line in inner]
    assert all(re.fullmatch(r"\d{20}", str(device)) for device in devices)
    assert {type(device) for device in devices} == {str, int}
    ids = Counter(line.get("event_id") or line["eventId"] for line in inner)
    assert 0.01 * len(ids) < sum(count - 1 for count in ids.values()) < 0.15 * len(ids)
    roots = Counter()
    for path in of(home, "video_events", ".xml"):
        for document in documents(path):
            root = ElementTree.fromstring(document)
            name = root.tag.rpartition("}")[2]
            kind = root.findtext("CmdType") or next(
                each.text for each in root if each.tag.endswith("eventState")
            )
            roots[name, kind, "}" in root.tag] += 1
    assert {key[:2] for key in roots} == {
        ("Notify", "Alarm"),
        ("Notify", "Keepalive"),
        ("EventNotificationAlert", "active"),
        ("EventNotificationAlert", "inactive"),
    }
    assert {has_namespace for name, _, has_namespace in roots if name[0] == "E"} == {True, False}


def test_some_encodings_lie(home):
    lies = 0
    for path in of(home, "video_events", ".xml"):
        content = path.read_bytes()
        claimed = re.search(rb'encoding="([^"]+)"', content)[1].decode()
        try:
            is_honest = "货车" in content.decode(claimed) or "alarm" in content.decode(claimed)
        except UnicodeDecodeError:
            is_honest = False
        lies += not is_honest
    assert 1 <= lies < len(of(home, "video_events", ".xml"))


def test_there_are_a_few_hundred_events_a_day_at_most(half_year):
    days = Counter(event["at"].date() for event in seen_events(half_year).values())
    assert 30 < sum(days.values()) / 184 < 300
    assert max(days.values()) < 500
    assert {event["at"] <= event["pushed_at"] for event in seen_events(half_year).values()} == {
        True
    }


def test_verifications_are_about_events_that_were_pushed(half_year):
    events = seen_events(half_year)
    results = Counter()
    delays = []
    for path in of(half_year, "video_verifications"):
        for row in rows_of(path):
            results[row["核查结果"]] += 1
            if row["事件编号"] in events:
                moment = datetime.fromisoformat(row["核查时间"])
                delays.append(moment - events[row["事件编号"]]["pushed_at"])
    assert set(results) == {"属实", "误报", "重复"}
    assert results["误报"] > results["属实"] > 3
    hours = [delay.total_seconds() / 3600 for delay in delays]
    assert len(hours) > 0.97 * sum(results.values())
    assert 0.5 < sum(hour < 2 for hour in hours) / len(hours) < 0.95
