"""A build that starts from the last version ends with the rows of one that starts from nothing.

The events are those under which appended features go wrong elsewhere: late, replacing, out of order,
withdrawn, all rejected. An as-of that moves back and forth has a test of its own (test_as_of.py).
"""

import pytest

from ingestion.land import load, withdraw
from tests.county import csv_bytes
from tests.pipeline.builds import build_models, marts, publish_unchecked
from warehouse.versions import current

# What these events are about. All else is made anew from the kept tables each time, so it is compared once,
# after the last event, when dbt itself builds.
TOLD = ("fct_power_days", "fct_rejected_rows", "fct_patrols", "fct_deliveries")

# It builds the county fifteen times, whatever else the machine has to do.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def kept(compiled):
    return [name for name, step in compiled.steps.items() if step["kind"] == "incremental"]


def both_ways(county, monkeypatch, compiled, is_last=False):
    """Build from the last version and from scratch, compare the marts, publish; returns the marts."""
    names = () if is_last else TOLD
    how = () if is_last else (compiled, [*kept(compiled), *TOLD, "dim_version"])
    incremental = build_models(county, monkeypatch, *how)
    assert incremental.base_version_id is not None
    first = marts(incremental.database, names)
    publish_unchecked(county, incremental)
    full = build_models(county, monkeypatch, *how, full=True)
    assert full.base_version_id is None
    second = marts(full.database, names)
    assert first.keys() == second.keys()
    assert is_last == (len(first) > len(TOLD))
    for name in first:
        assert first[name] == second[name], name
    return first


def days(rows):
    return {
        (row["meter_id"], str(row["reading_date"])): float(row["energy_kwh"])
        for row in rows["fct_power_days"]
    }


def test_incremental_equals_full_after_every_kind_of_event(mini_county, compiled, monkeypatch):
    county = mini_county
    meter = "0001000000001"

    # A new day.
    county.deliver_power("2022-11-04", "2022-11-05T07:00:00")
    load(county.home)
    rows = both_ways(county, monkeypatch, compiled)
    assert len(rows["fct_power_days"]) == 12

    # A late delivery: an old day that had not come yet.
    county.deliver_power("2022-10-20", "2022-11-20T07:00:00")
    load(county.home)
    rows = both_ways(county, monkeypatch, compiled)
    assert len(rows["fct_power_days"]) == 15

    # A replacing one.
    county.deliver_power("2022-11-04", "2022-11-21T07:00:00", name="correction.csv", level=8.0)
    load(county.home)
    rows = both_ways(county, monkeypatch, compiled)
    assert days(rows)[meter, "2022-11-04"] == 8.0 * 24

    # One with an older received time lands after that build: it must not win.
    county.deliver_power("2022-11-04", "2022-11-05T06:00:00", name="stray.csv", level=2.0)
    load(county.home)
    rows = both_ways(county, monkeypatch, compiled)
    assert days(rows)[meter, "2022-11-04"] == 8.0 * 24

    # One whose rows are all rejected.
    header = ["户号", "数据日期", *(f"P{n}" for n in range(1, 97))]
    bad = csv_bytes(header, [["", "2022-11-04", *["1"] * 96], [meter, "2202-11-04", *["1"] * 96]])
    county.deliver("power_readings", "bad.csv", bad, "2022-11-22T07:00:00")
    result = load(county.home)
    assert [(file.good, file.rejected) for file in result.files] == [(0, 2)]
    rows = both_ways(county, monkeypatch, compiled)
    assert len(rows["fct_rejected_rows"]) == 2

    # A ledger that replaces an earlier one.
    county.deliver_ledger(
        "甲山镇人民政府",
        "2022年11月3日",
        [("甲山镇西坡村西坡采石点（111.3，39.3）", "有"), ("甲山镇西坡村后梁", "无")],
        "2022-11-23T17:00:00",
        title="11月乡级巡查检查台账",
    )
    load(county.home)
    rows = both_ways(county, monkeypatch, compiled)
    assert len(rows["fct_patrols"]) == 3

    # A withdrawn one: the day falls back to the version before.
    correction = next(
        row["delivery_sha256"]
        for row in rows["fct_deliveries"]
        if row["file_name"] == "correction.csv"
    )
    withdraw(county.home, correction, "装错文件")
    rows = both_ways(county, monkeypatch, compiled, is_last=True)
    assert days(rows)[meter, "2022-11-04"] == 4.0 * 24


def test_a_changed_formula_rebuilds_from_scratch_by_itself(mini_county, compiled, monkeypatch):
    county = mini_county
    same = build_models(county, monkeypatch, compiled, ["fct_power_days"])
    assert same.base_version_id == current(county.home).id
    text = county.home.settings_file.read_text(encoding="utf-8")
    county.home.settings_file.write_text(
        text + "\n[overrides]\nnight_start_slot = 93\n", encoding="utf-8"
    )
    candidate = build_models(county, monkeypatch, compiled, ["fct_power_days"])
    assert candidate.base_version_id is None
    rows = marts(candidate.database, ["fct_power_days"])["fct_power_days"]
    # 23:00 to 06:00 at 4 kW: 28 quarter hours.
    nights = {row["night_energy_kwh"] for row in rows if row["meter_id"] == "0001000000001"}
    assert {float(night) for night in nights} == {28.0}
