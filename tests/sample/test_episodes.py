"""What was planted is really there, where and when the truth says, and honest things are there too."""

import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from sample import decoys, episodes
from sample.build import build_world
from sample.places import distance_m
from tests.sample.county import decoded, seen_events, shown, truth

JULY = date(2022, 7, 1)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


@pytest.fixture(scope="module")
def planted(half_year):
    return truth(half_year, "episodes")


# The plan


@pytest.mark.parametrize("seed", [1, 2, 3, -7])
def test_a_half_year_has_enough_of_every_kind_all_over_the_county(seed):
    world = build_world(seed, 300)
    found = [episode for episode in world.episodes if episode.first >= JULY]
    kinds = Counter(episode.kind for episode in found)
    assert 25 <= len(found) <= 44
    assert set(kinds) == set(episodes.KINDS)
    assert min(kinds.values()) >= 2
    assert len({episode.place.township.code for episode in found}) >= 7
    # Enough are filed, enough known and not filed, enough never noticed.
    fates = Counter(e.discovery.is_filed if e.discovery else None for e in found)
    assert min(fates[True], fates[False], fates[None]) >= 3
    filed = Counter(e.discovery.day.month for e in found if e.discovery and e.discovery.is_filed)
    assert sum(filed.values()) <= 18, "a county-month has no more than three new cases on average"
    honest = Counter(decoy.kind for decoy in world.decoys if decoy.first >= JULY)
    assert set(honest) == set(decoys.KINDS)
    assert min(honest.values()) >= 5


def test_seeds_differ_and_no_place_or_account_is_used_twice_in_a_half_year():
    places = {}
    for seed in (1, 2):
        found = [e for e in build_world(seed, 300).episodes if e.first >= JULY]
        places[seed] = [(e.kind, e.first, e.place.name) for e in found]
        for things in (
            [e.place.site.id for e in found if e.place.site],
            [e.meter.id for e in found if e.meter],
        ):
            assert len(things) == len(set(things))
    assert not set(places[1]) & set(places[2])


def test_half_years_are_planned_alone():
    short = build_world(5, 60, date(2023, 3, 1), date(2023, 3, 31))
    long = build_world(5, 60, date(2022, 7, 1), date(2023, 12, 31))
    of = {episode.id: episode for episode in long.episodes}
    assert short.episodes
    assert all(of[episode.id] == episode for episode in short.episodes)


def test_each_decoy_keeps_away_from_digging():
    world = build_world(1, 300)
    for decoy in world.decoys:
        for episode in world.episodes:
            if decoy.first <= episode.last and episode.first <= decoy.last:
                assert episode.meter not in decoy.meters or decoy.kind == "feeder_outage"
                if decoy.kind in ("road_works", "festival"):
                    assert distance_m(decoy.place.point, episode.place.point) > 500


# Traces


def test_every_episode_shows_in_at_least_two_feeds_and_every_decoy_in_one(half_year, planted):
    whole = [episode for episode in planted if episode["is_whole"]]
    assert len(whole) >= 25
    for episode in whole:
        assert len(episode["traces"]) >= 2, (episode["id"], episode["kind"])
    # What is reported in the last days of December is in the lists of January.
    honest = [d for d in truth(half_year, "decoys") if d["first"] < "2022-12-24"]
    for decoy in honest:
        assert decoy["traces"], (decoy["id"], decoy["kind"])
    assert {feed for thing in planted + honest for feed in thing["traces"]} == {
        *("patrol_ledger", "power_readings", "power_alerts", "cases", "clues"),
        *("camera_status", "video_events", "video_verifications"),
        *("inspections", "patches", "enterprise_reports"),
    }


def test_load_curves_show_digging_on_the_nights_of_the_truth_and_not_before(half_year, planted):
    reread = 0
    for episode in planted:
        for trace in episode["traces"].get("power_readings", ())[:3]:
            assert day(episode["first"]) <= day(trace["date"]) <= day(episode["last"]) + DAY
            assert trace["meter_id"] == episode["meter_id"]
            if "08" in trace["file"][-8:] or not trace["file"].endswith(".csv"):
                continue  # written before its transformer's factor, or packed
            for cells in csv.reader(io.StringIO(decoded(half_year.inbox / trace["file"]))):
                if cells[0] == episode["meter_id"]:
                    points = [float(c) if c not in ("", "NULL", "1.2.3") else 0 for c in cells[3:]]
                    if sum(1 for point in points if point) > 20:
                        evening, morning = max(points[-8:]), max(points[:16])
                        at_night = evening if trace["date"] in episode["nights"] else morning
                        assert at_night >= 0.5 * episode["kw"], (episode["id"], trace)
                        reread += 1
    assert reread > 8


def test_cameras_saw_digging_at_its_place_and_in_its_nights(half_year, planted):
    events = seen_events(half_year)
    cameras = {camera["id"] for camera in truth(half_year, "cameras")}
    measured = 0
    for episode in planted:
        place = tuple(episode["place"]["point"])
        first = datetime.combine(day(episode["first"]), datetime.min.time())
        last = datetime.combine(day(episode["last"]), datetime.min.time()) + DAY * 1.3
        for trace in episode["traces"].get("video_events", ()):
            assert first <= datetime.fromisoformat(trace["occurred_at"]) <= last
            if key := trace.get("event_id"):
                event = events[key]
                assert str(event["at"]) == trace["occurred_at"]
                assert event["device_id"] in set(episode["camera_ids"]) <= cameras
                if event["point"]:
                    assert distance_m(event["point"], place) < 100
                    measured += 1
    assert measured > 50


def test_a_camera_that_is_switched_off_reports_it_and_sees_nothing(half_year, planted):
    events = seen_events(half_year).values()
    struck = [e for e in planted if e["is_camera_off"] and "camera_status" in e["traces"]]
    assert struck
    for episode in struck:
        trace = episode["traces"]["camera_status"][0]
        evening = datetime.combine(day(trace["evening"]), datetime.min.time())
        begin, end = evening + timedelta(hours=22), evening + timedelta(hours=29)
        ours = [e for e in events if e["device_id"] == trace["device_id"]]
        assert not [e for e in ours if begin <= e["at"] <= end]
        if trace["file"].endswith(".xlsx"):
            ((_, grid),) = shown(half_year.inbox / trace["file"])
            states = [row for row in grid if row[0] == trace["device_id"]]
            spoken = [row for row in states if trace["evening"] in row[1]]
            assert not spoken or spoken[-1][2] == "离线", "unless the platform forgot the camera"


def test_ledgers_say_no_where_and_when_somebody_digs(half_year, planted):
    by_id = {episode["id"]: episode for episode in planted}
    forms = {
        (entry["file"], number): form
        for entry in truth(half_year, "deliveries")
        for number, form in enumerate(entry.get("forms", ()), start=1)
    }
    lines = {(r["file"], r["form"], r["row"]): r for r in truth(half_year, "ledger_rows")}
    false = truth(half_year, "false_ledgers")
    assert len(false) > 80
    claims = Counter(entry["claim"] for entry in false)
    assert set(claims) == {"no", "zero_report"}
    for entry in false:
        episode = by_id[entry["episode_id"]]
        form = forms[entry["file"], entry["form"]]
        if form["filled_date"]:
            filled = day(form["filled_date"])
            # A date that stands in the file's name alone may be a day off.
            is_within = day(episode["first"]) - DAY <= filled <= day(episode["last"])
            assert is_within or episode["checks"]
        line = lines.get((entry["file"], entry["form"], entry["row"]))
        if line and entry["row"]:
            assert line["finding"] == "no"
            site = episode["place"]["site_id"]
            assert (
                line["site_id"] == site
                or line["village_code"] == (episode["place"]["village_code"])
            )
    honest = [e for e in truth(half_year, "ledger_rows") if e["finding"] == "yes"]
    assert honest, "some patrols do find something"
    assert all(row["cause"] in by_id for row in honest)


def test_a_tipped_off_digger_rests_before_the_visit_and_goes_on_after_it(half_year, planted):
    names = {entry["file"] for entry in truth(half_year, "deliveries")}
    tipped = [e for e in planted if e["kind"] == "tip_off" and e["is_whole"]]
    assert tipped
    for episode in tipped:
        assert len(episode["checks"]) == 2
        nights = {day(night) for night in episode["nights"]}
        for visit in map(day, episode["checks"]):
            assert not nights & {visit - DAY, visit}
            assert {night for night in nights if visit - 6 * DAY <= night < visit}
            assert {night for night in nights if visit < night <= visit + 6 * DAY}
            assert [name for name in names if f"突击检查台账{visit:%Y%m%d}" in name]


def test_repeated_clues_are_answered_as_unfounded_while_digging_goes_on(half_year, planted):
    told = {clue["clue_id"]: clue for clue in truth(half_year, "clues")}
    for episode in [e for e in planted if e["kind"] == "repeat_clues" and e["is_whole"]]:
        clues = [told[trace["clue_id"]] for trace in episode["traces"]["clues"]]
        wrong = [clue for clue in clues if not clue["is_result_true"]]
        assert len(clues) >= 3 > 0 < len(wrong)
        assert {clue["result"] for clue in wrong} == {"不属实"}


def test_clues_and_cases_name_the_place(half_year, planted):
    for episode in planted:
        place = episode["place"]
        for trace in episode["traces"].get("clues", ()):
            path = half_year.inbox / trace["file"]
            if path.suffix == ".csv":
                cells = list(csv.reader(io.StringIO(decoded(path))))[trace["row"] - 1]
            else:
                ((_, grid),) = shown(path)
                cells = grid[trace["row"] - 1]
            assert trace["clue_id"] in cells
            assert any(place["name"] in cell for cell in cells)
        for trace in episode["traces"].get("cases", ()):
            path = half_year.inbox / trace["file"]
            if path.suffix == ".xlsx":
                ((_, grid),) = shown(path)
                cells = grid[trace["row"] - 1]
                assert cells[0] == trace["case_id"]
                assert place["name"] in cells[3]
                assert day(cells[12]) == day(episode["discovery"]["day"])
