"""The sample's deliveries: the same for a seed, honest about their dirt, readable by anybody's reader."""

import csv
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from sample.build import build_world
from sample.places import contains, gcj02_to_wgs84
from sample.wording import numeral, written_date, written_point
from sample.world import pack_rows
from sample.writers import gz_bytes
from tests.sample.county import (
    METERS,
    deliveries,
    frozen_hash,
    generate,
    hashes,
    shown,
    spreadsheets,
    texts,
    truth,
)
from warehouse.settings import ROOT, SettingsError

# The same on every run


def test_the_same_seed_gives_the_same_bytes_in_another_process_with_other_hashes(home, tmp_path):
    code = (
        "import sys, sample; from datetime import date; from pathlib import Path;"
        "from warehouse.settings import Home;"
        "sample.generate(Home(Path(sys.argv[1])), 1, date(2022, 11, 30), date(2022, 11, 5), 60)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "America/New_York"}
    subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, env=environment, check=True)
    assert hashes(tmp_path) == hashes(home.root)


def test_another_seed_gives_other_deliveries_of_the_same_county(home, other_home):
    mine, theirs = hashes(home.inbox), hashes(other_home.inbox)
    for name in ("villages/villages.csv", "boundary/boundary.csv"):
        assert mine[name] == theirs[name]
    ledgers = [
        name for name in mine if name in theirs and name.endswith((".xlsx", ".docx", ".csv"))
    ]
    pack = ("townships/", "villages/", "units/", "boundary/")
    assert [
        name for name in ledgers if mine[name] == theirs[name] and not name.startswith(pack)
    ] == []


def test_a_month_is_the_same_whatever_months_are_generated_beside_it(home, half_year):
    mine, theirs = hashes(home.inbox), hashes(half_year.inbox)
    assert mine.items() <= theirs.items()
    assert len(theirs) > len(mine)


def test_no_two_deliveries_are_the_same_bytes(home):
    counts = Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in deliveries(home))
    assert max(counts.values()) == 1


def test_any_seed_will_do_and_the_same_month_of_another_year_has_other_names(home, later_home):
    names = [
        {entry["file"] for entry in truth(each, "deliveries") if "forms" in entry}
        for each in (home, later_home)
    ]
    assert names[0] and names[1]
    assert not names[0] & names[1]


def test_before_the_first_register_no_round_is_about_a_site(tmp_path):
    month = date(2021, 3, 1)
    home, *_ = generate(tmp_path, first=month, last=month, meters=1)
    rounds = [row for row in truth(home, "ledger_rows") if "突击检查" not in row["file"]]
    assert rounds
    assert not [row for row in rounds if row["place"] == "site"]


# A home


def test_a_real_countys_home_is_left_alone(tmp_path):
    settings = '[county]\ncode = "999902"\nname = "某县"\nis_sample = false\n'
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(SettingsError, match="没有改动任何数据"):
        generate(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["settings.toml"]


def test_settings_are_the_packs_and_later_months_get_an_as_of_of_their_own(home, later_home):
    assert home.settings().as_of == datetime(2022, 12, 10, 8)
    assert later_home.settings().as_of == datetime(2024, 11, 10, 8)
    assert later_home.settings().is_sample


def test_every_file_has_a_sidecar_with_a_known_sender_and_the_summary_counts_it(county):
    home, summary, _ = county
    files = deliveries(home)
    assert summary.file_count == len(files) == sum(summary.file_counts.values())
    assert summary.byte_count == sum(path.stat().st_size for path in files)
    names = {row["单位名称"] for row in pack_rows("units")}
    townships = {row["乡镇名称"] for row in pack_rows("townships")}
    villages = {row["全称"] for row in pack_rows("villages")}
    names |= {township + village for township in townships for village in villages}
    for path in files:
        note = json.loads(path.with_name(path.name + ".meta.json").read_text(encoding="utf-8"))
        assert set(note) == {"received_at", "sender_unit"}
        assert note["sender_unit"] in names, path
        datetime.fromisoformat(note["received_at"])
    assert {entry["file"] for entry in truth(home, "deliveries")} == {
        str(path.relative_to(home.inbox)) for path in files
    }


def test_progress_ends_at_its_total(county, half_year_county):
    for steps in (county.steps, half_year_county.steps):
        assert [done for _, done, _ in steps] == list(range(1, len(steps) + 1))
        assert {total for *_, total in steps} == {len(steps)}


# Workbooks as townships send them


def test_every_form_opens_and_stands_where_the_truth_says(home):
    found = {str(path.relative_to(home.inbox)): shown(path) for path in spreadsheets(home)}
    assert {Path(name).suffix for name in found} == {".xlsx", ".xls", ".docx"}
    for entry in truth(home, "deliveries"):
        if "forms" not in entry:
            continue
        sheets = found[entry["file"]]
        flat = [cell for _, grid in sheets for row in grid for cell in row]
        heads = [cell for cell in flat if cell.startswith("填报单位(盖章)")]
        assert len(heads) == len(entry["forms"]), entry["file"]
        for head, form in zip(heads, entry["forms"], strict=True):
            assert head.startswith(f"填报单位(盖章)：{form['unit']}")
        assert sum(form["rows"] for form in entry["forms"]) == (
            entry["rows_good"] + entry["rows_rejected"]
        )
    for row in truth(home, "ledger_rows"):
        if row["row"] is not None:
            grid = dict(found[row["file"]])[row["sheet"]]
            assert grid[row["row"] - 1][1] == row["location"], row


def test_the_bare_form_has_the_ten_columns_of_the_annex_and_the_extended_one_nine_more(home):
    widths = Counter()
    for entry in truth(home, "deliveries"):
        if "forms" in entry and entry["file"].endswith(".xlsx"):
            for _, grid in shown(home.inbox / entry["file"]):
                headers = [row for row in grid if row[0] == "序号"]
                widths.update(len([cell for cell in row if cell]) for row in headers)
    assert set(widths) == {10, 19}


def test_an_unreadable_file_opens_nowhere(home):
    (entry,) = [entry for entry in truth(home, "dirt") if entry["kind"] == "unreadable"]
    with pytest.raises(Exception, match="zip"):
        openpyxl.load_workbook(home.inbox / entry["file"])


def test_no_person_is_named(home):
    labels = "填表人|分管领导|主要负责人|审核人"
    titles = "组长|局长|主任|书记|经理|镇长|乡长|县长|干事|队长"
    placeholder = re.compile(
        r"(乡级)?网格员\d\d|执法队员\d\d|用电检查员\d\d|(村委)?副主任|村支部书记|分管副[镇局]长|[镇局]长|资源专干|分管负责人|"
    )
    named = set()
    for path in spreadsheets(home):
        text = texts(path)
        # No title has a name on either side.
        assert not re.search(rf"({titles})[：:]?[一-龥]{{2,3}}(?![一-龥])", text), path
        for signed in re.findall(rf"(?:{labels})：([^　|\n]*)", text):
            assert placeholder.fullmatch(signed), (path, signed)
            named.add(signed)
        for row in (row for _, grid in shown(path) for row in grid):
            for cell in row:
                if "网格员" in cell and "：" not in cell and len(cell) < 12:
                    assert re.fullmatch(r"(乡级|村级)?网格员(\d\d)?", cell), (path, cell)
    assert "" in named, "some forms are not signed"
    assert len(named) > 5


# What was planted


def dirt(home):
    return Counter(entry["kind"] for entry in truth(home, "dirt"))


def test_every_kind_of_dirt_strikes_once_a_month(home):
    found = dirt(home)
    for kind in (
        *("silent_week", "late_delivery", "corrected", "unreadable", "form_conflict"),
        *("no_filled_date", "date_only_in_file_name", "implausible_date", "bad_coordinate"),
        *("phone_number", "identity_number", "backfilled", "same_point", "impossible_times"),
        *("broken_line", "pushed_again", "lying_encoding", "old_township_code"),
        *("all_null_day", "bad_cell", "no_meter_id", "correction", "subtotal_row"),
    ):
        assert found[kind] >= 1, kind
    assert found["late_delivery"] == 3, "a ledger, a day of load curves and one of video events"
    assert found["carried_over"] > 5
    assert found["wrong_crs_declared"] == found["misplaced_site"] == 1


def test_the_dirt_is_in_the_files(home):
    for entry in truth(home, "dirt"):
        if entry["kind"] in ("phone_number", "identity_number"):
            assert entry["number"] in texts(home.inbox / entry["file"])
        elif entry["kind"] in ("implausible_date", "bad_coordinate"):
            assert entry["written"] in texts(home.inbox / entry["file"])
        elif entry["kind"] in ("no_filled_date", "date_only_in_file_name"):
            assert re.search(
                rf"{entry['unit']}[|　]+填写时间：    年    月    日",
                texts(home.inbox / entry["file"]),
            )
        elif entry["kind"] == "silent_week":
            assert not [path for path in deliveries(home) if path.stem == entry["name"]]


def test_planted_numbers_have_the_pattern_of_real_ones_and_are_nobodys(home):
    for entry in truth(home, "dirt"):
        if entry["kind"] == "phone_number":
            assert re.fullmatch(r"1990000\d{4}", entry["number"])
        if entry["kind"] == "identity_number":
            number = entry["number"]
            assert re.fullmatch(r"999901(19\d\d)(0[1-9]|1[0-2])([012]\d)\d{3}[\dX]", number)
            values = [10 if digit == "X" else int(digit) for digit in number]
            weights = [2 ** (17 - place) % 11 for place in range(18)]
            assert sum(v * w for v, w in zip(values, weights, strict=True)) % 11 == 1


def test_ledgers_write_a_place_a_date_and_an_answer_in_many_ways(home):
    text = "\n".join(texts(path) for path in spreadsheets(home) if "patrol_ledger" in path.parts)
    for pattern in (
        r"填写时间：2022年1[12]月\d",
        r"填写时间：2022\.11\.\d",
        r"填写时间：2022/11/\d",
        r"填写时间：2022-11-\d\d",
        r"填写时间：２０２２年１１月",
        r"填写时间：二〇二二年十一月",
        r"填写时间：2022 年 11 月",
        r"\(111\.\d{6},4[23]\.\d{6}\)",
        r"（111\.\d{6}，43",
        r" 111\.\d{5}、43",
        r"\(4[23]\.\d{6},111\.",
        r"（１１１．",
        r"东经111°\d+′[\d.]+″ 北纬",
        r"〞E，北纬",
        r"E111°\d+'",
        r"111度\d+分",
        r" 111\d{4}, 4[23]\d{4}",
        "同上",
        "☑",
        "√",
        "×",
        "未发现",
        r"C999901\d{16}",
        "合计",
        "零报告",
        "疑似",
    ):
        assert re.search(pattern, text), pattern


# Places


def test_every_site_lies_inside_the_county_and_in_its_village(home):
    boundary = pack_rows("boundary")
    ring = [gcj02_to_wgs84((float(row["经度"]), float(row["纬度"]))) for row in boundary]
    for seed in (1, 2, 3):
        world = build_world(seed, 1)
        assert 70 <= len(world.sites) <= 90
        assert len({site.id for site in world.sites}) == len(world.sites)
        keys = {(site.township.code, site.village.code, site.name) for site in world.sites}
        assert len(keys) == len(world.sites), "the natural key tells sites apart"
        assert {site.township.short for site in world.sites} == {t.short for t in world.townships}
        for site in world.sites:
            assert contains(ring, site.point), site.id
            assert site.village.code.startswith(site.township.code)
    assert len(truth(home, "sites")) == len(build_world(1, 1).sites)


def test_registers_declare_three_systems_and_one_declares_a_wrong_one(home):
    sites = {site["id"]: site for site in truth(home, "sites")}
    declared = set()
    for entry in truth(home, "deliveries"):
        if entry["file"].startswith("sites/") and entry["file"].endswith((".xlsx", ".xls")):
            ((_, grid),) = shown(home.inbox / entry["file"])
            first = entry["first_row"] - 1
            listed = [row for row in grid[first:] if row[0].startswith("YL")]
            assert [row[0] for row in listed] == entry["site_ids"]
            declared |= {row[8] for row in listed if row[8]}
            assert {row[1] for row in listed} <= {site["name"] for site in sites.values()}
    assert declared == {"WGS84", "CGCS2000", "GCJ-02", "BD-09"}
    (wrong,) = [entry for entry in truth(home, "dirt") if entry["kind"] == "wrong_crs_declared"]
    assert (wrong["declared"], wrong["really"]) == ("WGS84", "GCJ-02")


def test_registers_change_in_mid_month_and_not_before(tmp_path):
    july, *_ = generate(tmp_path, first=date(2022, 7, 1), last=date(2022, 7, 1), meters=1)
    names = {path.stem for path in deliveries(july) if "sites" in path.parts}
    assert "枣林滩镇坐标更正" in names
    assert not [name for name in names if "新增" in name or "销号" in name]
    (first,) = [e for e in truth(july, "deliveries") if e["file"].endswith("双泉镇登记册.xlsx")]
    (struck,) = [site for site in truth(july, "sites") if site["deregistered"]]
    assert struck["id"] in first["site_ids"]


# Load curves


def curve(home, day: str) -> tuple[list[str], list[list[str]]]:
    names = [f"负荷曲线_{day}.{suffix}" for suffix in ("csv", "csv.gz")]
    (path,) = [
        home.inbox / "power_readings" / name
        for name in names
        if (home.inbox / "power_readings" / name).exists()
    ]
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    text = (
        content.decode("utf-8-sig")
        if not content.startswith(b"\xbb")
        else content.decode("gb18030")
    )
    header, *lines = csv.reader(io.StringIO(text))
    return header, lines


def test_there_is_a_file_a_day_with_96_points_a_meter(home):
    files = list(home.inbox.glob("power_readings/负荷曲线_*.csv"))
    assert len(files) == 30 + 1, "and a correction"
    header, lines = curve(home, "20221101")
    assert header[:3] == ["用户编号", "数据日期", "00:00"]
    assert len(header) == 2 + 96
    assert len(lines) == METERS
    assert len({line[0] for line in lines}) == METERS
    assert all(re.fullmatch(r"00\d{8}", line[0]) for line in lines)


def test_each_month_is_exported_in_another_way(half_year):
    home = half_year
    assert curve(home, "20220710")[0][:4] == ["cust_no", "data_date", "data_type", "p1"]
    assert curve(home, "20220810")[0][2:5] == ["t_factor", "T0000", "T0015"]
    assert curve(home, "20220910")[0][:4] == ["户号", "数据日期", "数据类型", "P1"]
    assert list(home.inbox.glob("power_readings/*20221010.csv.gz"))


def test_the_planted_faults_of_load_curves_are_in_the_files(home):
    for entry in truth(home, "dirt"):
        if not entry["file"].startswith("power_readings/") or "row" not in entry:
            continue
        day = re.search(r"\d{8}", entry["file"])[0]
        cells = curve(home, day)[1][entry["row"] - 2]
        if entry["kind"] == "all_null_day":
            assert set(cells[2:]) == {"NULL"}
        elif entry["kind"] == "bad_cell":
            assert cells[-1] == entry["written"]
        elif entry["kind"] == "no_meter_id":
            assert cells[0] == ""
        elif entry["kind"] == "subtotal_row":
            assert cells[0] == "合计"
        else:
            raise AssertionError(entry)


def test_suspended_users_read_zero_and_digging_shows_at_night_only(home):
    meters = {meter["id"]: meter for meter in truth(home, "meters")}
    episodes = [e for e in truth(home, "episodes") if e["meter_id"]]
    used = {episode["meter_id"] for episode in episodes}
    idle = {i for i, meter in meters.items() if meter["kind"] == "suspended"} - used
    shafts = [e for e in episodes if meters[e["meter_id"]]["kind"] == "abandoned"]
    episode = next(e for e in shafts if e["first"] < "2022-11-14" and e["last"] > "2022-11-24")
    night, day = 0.0, 0.0
    suspended = set()
    for number in range(14, 25):
        for line in curve(home, f"202211{number}")[1]:
            points = [float(cell) for cell in line[2:] if cell not in ("", "NULL", "1.2.3")]
            if line[0] == episode["meter_id"] and len(points) > 90:
                night = max(night, *points[:16])
                day = max(day, *points[30:80])
            elif line[0] in idle:
                suspended |= set(points)
    assert night > 30 > 5 > day
    assert suspended == {0.0}


def test_the_energy_of_a_day_is_what_its_file_says(home):
    for entry in truth(home, "power_days"):
        number = int(entry["date"][-2:])
        faults = {e["file"] for e in truth(home, "dirt") if e["kind"] in ("correction", "bad_cell")}
        if any(f"202211{number:02}" in file for file in faults):
            continue
        _, lines = curve(home, f"202211{number:02}")
        cells = [c for line in lines if line[0] not in ("", "合计") for c in line[2:]]
        points = [round(float(cell) * 1000) for cell in cells if cell != "NULL"]
        assert (len(points), sum(points) / 4) == (entry["point_count"], entry["energy_wh"])


# Ways of writing


def test_dates_in_every_style():
    day = date(2022, 10, 9)
    assert [written_date(day, style) for style in ("cn", "dot", "iso", "packed", "numerals")] == [
        *("2022年10月9日", "2022.10.9", "2022-10-09", "20221009", "二〇二二年十月九日"),
    ]
    assert written_date(day, "full_width") == "２０２２年１０月９日"
    assert [numeral(n) for n in (1, 10, 11, 20, 31)] == ["一", "十", "十一", "二十", "三十一"]


def test_seconds_that_round_to_sixty_are_carried_over():
    assert written_point((111.99999999, 43.0), "dms") == " 东经112°0′00.0″ 北纬43°0′00.0″"
    assert written_point((111.5, 43.25), "packed") == " 1113000, 431500"


def test_packed_files_do_not_say_when_they_were_packed():
    assert gz_bytes(b"x")[4:8] == b"\0\0\0\0"
    assert gzip.decompress(gz_bytes(b"x")) == b"x"


def test_a_week_before_the_as_of_arrives_after_it(half_year):
    as_of = half_year.settings().as_of
    hidden = [
        entry["sender_unit"]
        for entry in truth(half_year, "deliveries")
        if datetime.fromisoformat(entry["received_at"]) > as_of
        and entry.get("forms")
        and max(form["period_end"] for form in entry["forms"]) < as_of.date().isoformat()
    ]
    assert "柳树湾镇人民政府" in hidden


# Frozen


def test_the_generator_is_frozen(home, other_home):
    """Whoever looks for digging is measured with these counties. If both were tuned together, the
    measure would say nothing: so a change of the generator is a decision, made before the detectors
    are looked at again, and the change log records it (what changed, why) beside the new numbers here.
    """
    assert frozen_hash(home) == "25deb4dbc48064ce"
    assert frozen_hash(other_home) == "51846f6e7af34a90"
