"""The invented county's pack: what holds for any pack, and the traps it was made for."""

import csv
import re
from collections import Counter

import pytest

from sample.pack import DIRECTORY, pack_files
from sample.places import area_km2, contains, distance_m, gcj02_to_wgs84, in_system
from warehouse.settings import ROOT, Home


def rows(name):
    with (DIRECTORY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_force(records):
    return [row for row in records if not row["止"]]


@pytest.fixture(scope="module")
def ring():
    points = rows("boundary")
    assert {row["坐标系"] for row in points} == {"GCJ-02"}
    assert [int(row["点号"]) for row in points] == list(range(1, len(points) + 1))
    return [gcj02_to_wgs84((float(row["经度"]), float(row["纬度"]))) for row in points]


@pytest.mark.parametrize("name", sorted(pack_files()))
def test_the_committed_files_are_what_the_module_makes(name):
    assert (DIRECTORY / name).read_bytes() == pack_files()[name]


def test_the_settings_say_that_this_is_a_sample_and_when_now_is():
    settings = Home(DIRECTORY).settings()
    assert settings.is_sample
    assert settings.county_name == "云岭县(样例)"
    assert str(settings.as_of) == "2022-12-10 08:00:00"


def test_there_are_six_towns_two_townships_and_their_history():
    townships = rows("townships")
    now = in_force(townships)
    assert Counter(row["乡镇名称"][-1] for row in now) == {"镇": 6, "乡": 2}
    codes = {row["乡镇代码"] for row in townships}
    gone = [row for row in townships if row["止"]]
    assert {row["并入代码"] for row in gone} <= {row["乡镇代码"] for row in now}
    assert all(row["起"] < row["止"] for row in gone)
    # One list's code of a township is another list's code of one that is gone.
    assert [row["乡镇名称"] for row in now if row["别名代码"] in codes] == ["柳树湾镇"]


def test_codes_are_nobodys_and_of_the_right_length():
    for row in rows("townships"):
        assert re.fullmatch(r"999901\d{3}", row["乡镇代码"])
    villages = rows("villages")
    for row in villages:
        assert re.fullmatch(r"999901\d{6}", row["村代码"])
        assert row["村代码"].startswith(row["乡镇代码"])
    assert len({row["村代码"] for row in villages}) == len(villages)


def test_there_are_some_150_villages_and_six_communities():
    villages = rows("villages")
    assert 140 <= len(villages) <= 160
    assert Counter(row["类型"] for row in villages)["居委会"] == 6
    assert {row["乡镇代码"] for row in villages} == {
        row["乡镇代码"] for row in in_force(rows("townships"))
    }


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("庄子村", "沙庄子村"),
        ("沙庄子村", "南沙庄子村"),
        ("窑头村", "南窑头村"),
        ("甘草沟村", "大甘草沟村"),
    ],
)
def test_names_stand_inside_other_names(inner, outer):
    names = {row["村名称"] for row in rows("villages")}
    assert {inner, outer} <= names
    assert inner in outer


def test_one_name_stands_in_two_townships_and_another_only_looks_different():
    villages = rows("villages")
    (name, count), *others = Counter(row["村名称"] for row in villages).most_common(2)
    assert (name, count) == ("后沟村", 2)
    assert others[0][1] == 1
    home = {row["村名称"]: row["乡镇代码"] for row in villages}
    assert home["阎家沟村"] != home["闫家沟村"]


def test_the_boundary_is_closed_irregular_and_of_a_countys_size(ring):
    assert ring[0] == pytest.approx(ring[-1], abs=1e-9)
    assert len(set(ring[:-1])) == len(ring) - 1 > 60
    assert area_km2(ring) == pytest.approx(1600, rel=0.01)


def test_every_seat_and_village_lies_inside_the_boundary(ring):
    for row in rows("townships") + rows("villages"):
        assert bool(row["经度"]) == bool(row["纬度"]) == bool(row["坐标系"]), row
        if row["经度"]:
            assert contains(ring, (float(row["经度"]), float(row["纬度"]))), row
    assert any(not row["经度"] for row in rows("villages"))


def test_coordinate_systems_differ_here_by_more_than_a_match_radius(ring):
    for system, least in (("GCJ-02", 500), ("BD-09", 1000)):
        assert all(distance_m(point, in_system(point, system)) > least for point in ring)


def test_the_coordinate_algorithm_agrees_with_a_published_example():
    wgs84 = (120.021519, 30.281543)
    assert in_system(wgs84, "GCJ-02") == pytest.approx((120.026268, 30.279164), abs=3e-5)
    assert in_system(wgs84, "BD-09") == pytest.approx((120.032768, 30.285238), abs=3e-5)
    assert gcj02_to_wgs84(in_system(wgs84, "GCJ-02")) == pytest.approx(wgs84, abs=1e-8)


def test_no_name_is_that_of_a_real_county_in_the_project():
    ours = {row["乡镇名称"] for row in rows("townships")} | {
        row["村名称"] for row in rows("villages") if not row["村名称"].endswith("沟村")
    }
    for path in (ROOT / "counties").glob("*/townships.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not ours & {row["乡镇名称"] for row in csv.DictReader(file)}


def test_a_unit_stands_for_every_office_and_no_name_stands_twice():
    units = rows("units")
    kinds = Counter(row["单位类别"] for row in units)
    assert kinds["乡镇政府"] == 8
    assert kinds["领导小组"] == 9
    assert kinds["供电公司"] == 1
    names = [name for row in units for name in (row["单位名称"], *row["别名"].split("|")) if name]
    assert [name for name, count in Counter(names).items() if count > 1] == []
