"""Which pushes are one event never depends on how the pushes were delivered.

The models' own SQL, compiled once by dbt, runs here on the same pushes in other files and another order:
a build for each example would take minutes. The rules themselves are unit tests beside the models.
"""

import csv
from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.declare import raw_schema
from ingestion.feeds import FEEDS
from pipeline.freeze import BUILD_TABLES
from warehouse.settings import ROOT

pytestmark = pytest.mark.slow

MODELS = {
    "stg_cameras": "staging",
    "stg_video_events": "staging",
    "int_video_events_read": "intermediate",
    "int_video_event_codes_resolved": "intermediate",
    "int_video_event_words_found": "intermediate",
    "int_video_event_types_resolved": "intermediate",
    "int_video_events_identified": "intermediate",
    "int_video_events_merged": "intermediate",
}
# Which of several files with the same push is named does depend on the files.
PROVENANCE = ("delivery_sha256", "file_name", "sheet_name", "row_number")
MORNING = datetime(2022, 11, 1, 8)


@pytest.fixture(scope="module")
def warehouse(compiled):
    """An in-memory warehouse with the seeds, and the compiled SQL of the models."""
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as minewatch")
    for schema in ("build", "raw", "seeds", "staging", "intermediate"):
        connection.execute(f"create schema minewatch.{schema}")
    connection.execute(f"create table minewatch.build.deliveries ({BUILD_TABLES['deliveries']})")
    for seed in ("video_event_kinds", "video_event_types"):
        connection.execute(
            f"create table minewatch.seeds.{seed} as from read_csv(?, all_varchar = true)",
            [str(ROOT / "seeds" / f"{seed}.csv")],
        )
    for column, kind in (("kind_rank", "bigint"), ("is_generic", "boolean")):
        connection.execute(
            f"alter table minewatch.seeds.video_event_kinds alter {column} type {kind}"
        )
    for feed in ("cameras", "video_events"):
        columns = ", ".join(f"{name} {kind}" for name, kind in raw_schema(FEEDS[feed]).items())
        connection.execute(f"create table minewatch.raw.{feed} ({columns})")
    connection.execute("insert into minewatch.raw.cameras (device_id) values ('C1')")
    return connection, {model: compiled.steps[model]["sql"] for model in MODELS}


def events(warehouse, delivered):
    """What the models make of (file, pushes) in the order given: event id → its columns."""
    connection, statements = warehouse
    connection.execute("truncate minewatch.raw.video_events; truncate minewatch.build.deliveries")
    for file, pushes in delivered:
        connection.execute(
            "insert into minewatch.build.deliveries"
            " (delivery_sha256, read_id, feed_code, outcome_code)"
            " values (?, 'r', 'video_events', 'used')",
            [file],
        )
        for number, push in enumerate(pushes, start=1):
            row = push | {"_delivery_sha256": file, "_file_name": file, "_row_number": number}
            connection.execute(
                f"insert into minewatch.raw.video_events ({', '.join(row)})"
                f" values ({', '.join('?' for _ in row)})",
                list(row.values()),
            )
    for model, schema in MODELS.items():
        connection.execute(
            f"create or replace table minewatch.{schema}.{model} as {statements[model]}"
        )
    found = connection.execute("from minewatch.intermediate.int_video_events_merged")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert len({row["video_event_id"] for row in rows}) == len(rows)
    assert identified(connection) == sum(len(pushes) for _, pushes in delivered)
    return {
        row["video_event_id"]: {k: v for k, v in row.items() if k not in PROVENANCE} for row in rows
    }


def identified(connection):
    return connection.execute(
        "select count(*) from minewatch.intermediate.int_video_events_identified"
    ).fetchone()[0]


TYPES = {
    "json": [("digger", None), ("挖掘机", None), ("zz9", None)],
    "gb28181": [("5", "发现挖掘机"), ("5", "挖机作业"), ("2.1", None)],
    "isapi": [("excavatorDetection", None), ("digging_machinery", None), ("zz9", None)],
}


@st.composite
def pushes(draw):
    """Few cameras, kinds, seconds and numbers, so that pushes often are one event."""
    source_format = draw(st.sampled_from(sorted(TYPES)))
    code, description = draw(st.sampled_from(TYPES[source_format]))
    second = MORNING + timedelta(seconds=draw(st.sampled_from([0, 0, 0, 1])))
    pushed = draw(st.none() | st.integers(0, 2))
    return {
        "event_id": draw(st.none() | st.sampled_from(["E1", "E2"])),
        "device_id": draw(st.sampled_from(["C1", "NVR"])),
        "channel_id": draw(st.sampled_from([None, "C1"])),
        "event_type_code": code,
        "description_text": description,
        "occurred_at": second + timedelta(milliseconds=draw(st.sampled_from([0, 700]))),
        "pushed_at": None if pushed is None else second + timedelta(seconds=pushed),
        "source_format": source_format,
    }


@st.composite
def two_deliveries(draw):
    """The same pushes twice: in one file in order, and split, shuffled and partly delivered again."""
    sent = draw(st.lists(pushes(), min_size=4, max_size=8))
    # No two are received at the same moment, so that which comes last is no matter of file names.
    sent = [
        push | {"_received_at": MORNING + timedelta(hours=number)}
        for number, push in enumerate(sent)
    ]
    again = [push for push in sent if draw(st.booleans())]
    files = {}
    for push in draw(st.permutations(sent + again)):
        files.setdefault(draw(st.sampled_from(["a", "b", "c"])), []).append(push)
    return [("all", sent)], list(files.items())


@settings(max_examples=60, deadline=None)
@given(delivered=two_deliveries())
def test_order_splitting_and_delivering_again_change_no_event(warehouse, delivered):
    in_order, otherwise = delivered
    assert events(warehouse, in_order) == events(warehouse, otherwise)


def test_one_event_in_three_formats_is_one_row(warehouse):
    push = {"device_id": "C1", "occurred_at": MORNING, "_received_at": MORNING}
    (event,) = events(
        warehouse,
        [
            (
                "j",
                [push | {"event_id": "E1", "source_format": "json", "event_type_code": "挖掘机"}],
            ),
            (
                "g",
                [
                    push
                    | {
                        "source_format": "gb28181",
                        "event_type_code": "5",
                        "description_text": "疑似挖机作业",
                    }
                ],
            ),
            (
                "i",
                [
                    push
                    | {
                        "device_id": "NVR",
                        "channel_id": "C1",
                        "source_format": "isapi",
                        "event_type_code": "excavatorDetection",
                    }
                ],
            ),
        ],
    ).values()
    assert event["video_event_id"] == "E1"
    assert event["event_kind_code"] == "excavator"
    assert event["source_formats_text"] == "gb28181、isapi、json"
    assert event["push_count"] == 3


def written_types():
    with (ROOT / "seeds" / "video_event_types.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_listed_type_is_read_as_its_own_kind(warehouse):
    """A word of one kind must not hide inside a word of another kind that comes first."""
    listed = written_types()
    pushed = [
        {
            "device_id": "C1",
            "event_id": str(number),
            "event_type_code": row["type_text"],
            "source_format": row["source_format"].replace("any", "json"),
            "occurred_at": MORNING,
            "_received_at": MORNING,
        }
        for number, row in enumerate(listed)
    ]
    found = events(warehouse, [("types", pushed)])
    wrong = [
        (row["type_text"], row["event_kind_code"], found[str(number)]["event_kind_code"])
        for number, row in enumerate(listed)
        if found[str(number)]["event_kind_code"] != row["event_kind_code"]
        or not found[str(number)]["is_known_type"]
    ]
    assert wrong == []
