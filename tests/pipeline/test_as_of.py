"""A build as of a past moment has the rows it had then, whatever has been delivered, corrected or withdrawn
since. It starts from the last version, which knows more than it may."""

import json

import pytest

from ingestion.land import load, withdraw
from ingestion.records import read_records
from tests.county import at
from tests.pipeline.builds import build_models, marts, publish_unchecked
from tests.pipeline.six_weeks import AS_OF, deliver_ledgers, deliver_lists, deliver_reference

pytestmark = pytest.mark.slow

THEN = "2022-10-31T20:00:00"

# What later deliveries change: of each of these at least one row is new, gone or different.
MUST_DIFFER = {
    "dim_sites",
    "fct_case_events",
    "fct_cases",
    "fct_cell_warnings",
    "fct_deliveries",
    "fct_measures",
    "fct_meetings",
    "fct_obligations",
    "fct_patrol_forms",
    "fct_patrols",
    "fct_power_days",
    "fct_rejected_rows",
    "fct_sponsor_visits",
    "fct_transfers",
    "fct_video_events",
    "rpt_patrol_coverage",
}


def events_jsonl(*events):
    """Events of one device that no list knows: (event, type, minute of 20 October)."""
    lines = [
        json.dumps(
            {
                "event_id": event_id,
                "device_id": "14090000001320000017",
                "event_type": event_type,
                "event_time": f"2022-10-20T08:{minute:02}:00+08:00",
                "longitude": 111.2,
                "latitude": 39.2,
                "crs": "WGS84",
            }
        )
        for event_id, event_type, minute in events
    ]
    return ("\n".join(lines) + "\n").encode()


def deliver_more(county):
    """Beside the lists and ledgers of the six weeks: curves, events, a broken file, a wrong list."""
    county.deliver_power("2022-10-20", "2022-10-21T07:00:00")
    events = events_jsonl(("E1", "truck", 10), ("E2", "truck", 20))
    county.deliver("video_events", "first.jsonl", events, "2022-10-21T08:00:00")
    county.deliver("patrol_ledger", "坏.xlsx", b"PK\x03\x04 rubbish", "2022-10-30T08:00:00")
    meeting = "领导小组,会议日期\n乙水乡领导小组,2022-10-12\n"
    county.deliver("meetings", "wrong.csv", meeting.encode(), "2022-10-20T08:00:00")


def deliver_afterwards(county):
    """A form that replaces one, corrections, news of what was long done, rows that cannot be read."""
    county.deliver_ledger(
        "甲山镇东坡村村民委员会",
        "2022年10月17日",
        [("甲山镇东坡村东坡废弃煤窑", "有")],
        "2022-11-03T09:00:00",
        name="更正.xlsx",
    )
    case = (
        "案件编号,案件类型,线索来源,发现日期,承办单位,承办人\n"
        "ZR1,无证开采,日常巡查,2022-10-08,县自然资源局,执法二队\n"
    )
    county.deliver("cases", "corrected.csv", case.encode(), "2022-11-04T08:00:00")
    steps = "案件编号,节点,发生时间,结束时间\nZR1,作出处罚决定,2022-10-28,\nZR1,送达,很快,\n"
    county.deliver("case_events", "decided.csv", steps.encode(), "2022-11-04T08:00:00")
    signed = (
        "移送编号,移送类型,移出单位,接收单位,移送时间,签收时间,反馈时间\n"
        "Y2,线索,县自然资源局,乙水乡人民政府,2022-09-30 17:00,2022-10-09 09:00,不日反馈\n"
    )
    county.deliver("transfers", "signed.csv", signed.encode(), "2022-11-04T08:00:00")
    county.deliver_power("2022-10-20", "2022-11-06T07:00:00", name="correction.csv", level=8.0)
    county.deliver_power("2022-11-01", "2022-11-02T07:00:00")
    events = events_jsonl(("E1", "excavator", 10), ("E3", "truck", 30))
    county.deliver("video_events", "second.jsonl", events, "2022-11-06T08:00:00")


def received_by(county, moment):
    """The files in the inbox whose sidecars say that they were received by then."""
    return [
        note.with_name(note.name.removesuffix(".meta.json"))
        for note in sorted(county.home.inbox.rglob("*.meta.json"))
        if at(json.loads(note.read_text(encoding="utf-8"))["received_at"]) <= moment
    ]


def delivery(county, file_name):
    (found,) = (r.sha256 for r in read_records(county.home) if r.file_name == file_name)
    return found


def test_what_was_known_then_is_built_again_whatever_came_since(county, compiled, monkeypatch):
    deliver_reference(county)
    deliver_ledgers(county)
    deliver_lists(county)
    deliver_more(county)
    deliver_afterwards(county)

    county.as_of("2022-10-25T08:00:00")
    load(county.home, received_by(county, at(THEN)))
    withdraw(county.home, delivery(county, "wrong.csv"), "会议日期有误")
    first = build_models(county, monkeypatch, compiled, as_of=at(THEN))
    then = marts(first.database)
    publish_unchecked(county, first)

    county.as_of(AS_OF)
    load(county.home)
    withdraw(county.home, delivery(county, "wrong.csv"), "日期无误", undo=True)
    withdraw(county.home, delivery(county, "县自然资源局2022年10月26日.xlsx"), "重复报送")
    assert not [path for path in county.home.inbox.rglob("*") if path.is_file()]
    second = build_models(county, monkeypatch, compiled, as_of=at(AS_OF))
    later = marts(second.database)
    publish_unchecked(county, second)

    again = build_models(county, monkeypatch, compiled, as_of=at(THEN))
    assert again.base_version_id == second.id
    found = marts(again.database)
    assert found.keys() == then.keys()
    for name in found:
        assert found[name] == then[name], name
    publish_unchecked(county, again)

    forward = build_models(county, monkeypatch, compiled, as_of=at(AS_OF))
    assert forward.base_version_id == again.id
    found = marts(forward.database)
    for name in found:
        assert found[name] == later[name], name

    same = {name for name in MUST_DIFFER if then[name] == later[name]}
    assert not same
    assert changes(then, later) == {
        "case": ("CT03", None, "CT02", "2022-10-28"),
        "energy": (96.0, 192.0),
        "events": (
            {"E1": "truck", "E2": "truck"},
            {"E1": "excavator", "E2": "truck", "E3": "truck"},
        ),
        "meetings": (2, 3),
        "waived": ([], ["2022-10-24"]),
    }


def changes(then, later):
    """The same questions to both builds."""

    def case(rows):
        (found,) = rows["fct_cases"]
        decided = found["decided_at"]
        return found["case_type_code"], decided and str(decided.date())

    def energy(rows):
        return next(
            float(row["energy_kwh"])
            for row in rows["fct_power_days"]
            if (row["meter_id"], str(row["reading_date"])) == ("0001000000001", "2022-10-20")
        )

    def events(rows):
        return {row["video_event_id"]: row["event_type_code"] for row in rows["fct_video_events"]}

    def waived(rows):
        return [
            str(row["period_start_date"])
            for row in rows["fct_obligations"]
            if row["status"] == "waived"
        ]

    return {
        "case": (*case(then), *case(later)),
        "energy": (energy(then), energy(later)),
        "events": (events(then), events(later)),
        "meetings": (len(then["fct_meetings"]), len(later["fct_meetings"])),
        "waived": (waived(then), waived(later)),
    }
