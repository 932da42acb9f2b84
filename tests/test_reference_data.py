"""Seeds and county packs: what their dbt tests cannot say."""

import csv
import math
import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from dashboards.access import PAGES
from ingestion.feeds import FEEDS
from pipeline.write_holidays import HOLIDAYS_SEED, holidays_csv
from pipeline.write_traceability import (
    MEASURES,
    TRACEABILITY,
    measured_on,
    traceability,
    traced,
)
from warehouse.settings import ROOT, Home

PACKS = sorted(path.parent for path in (ROOT / "counties").glob("*/settings.toml"))
PACK_FILES = ("townships", "villages", "units", "boundary")

CLAUSES = (
    [f"2.1.{number}" for number in range(1, 8)]
    + [f"2.2.{number}" for number in range(1, 6)]
    + [f"2.3.{number}" for number in range(1, 4)]
    + [f"2.4.{number}" for number in range(1, 5)]
    + [f"2.5.{number}" for number in range(1, 5)]
    + ["3.1", "3.2", "3.3", "annex1", "annex2"]
)
# Units of the clauses that are many units, or none of the county's.
CLASSES_OF_UNITS = {"各乡（镇）人民政府", "县直有关单位", "电力主管和监管部门"}
UNIT_KINDS = {"县直部门", "乡镇政府", "供电公司", "矿山企业", "勘察单位", "领导小组", "其他"}

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕"
    "丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱武樊"
)
TITLES = "组长|局长|主任|书记|经理|镇长|乡长|县长|大队长|警长"
# 林业 begins like a name and is none.
PERSON = re.compile(
    rf"(?<![一-龥])(?!林业)[{SURNAMES}][一-龥]{{1,2}}(?![一-龥])|(?:{TITLES})[{SURNAMES}][一-龥]{{1,2}}"
)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(name):
    return rows(ROOT / "seeds" / f"{name}.csv")


def parts(cell):
    return [part for part in cell.split("|") if part]


def in_force(row):
    return not row["止"]


def compared(name):
    """A place name the way normalised_place_name compares it, as far as packs need it."""
    variants = {row["variant_text"]: row["standard_text"] for row in seed("place_name_variants")}
    return name.translate(str.maketrans(variants)).replace("（", "(").replace("）", ")")


@pytest.fixture(params=PACKS, ids=lambda pack: pack.name)
def pack(request):
    return request.param


@pytest.fixture
def townships(pack):
    return rows(pack / "townships.csv")


@pytest.fixture
def villages(pack):
    return rows(pack / "villages.csv")


@pytest.fixture
def units(pack):
    return rows(pack / "units.csv")


# Seeds


def test_every_clause_of_the_notice_is_a_row():
    assert [row["clause_code"] for row in seed("clauses")] == CLAUSES


def test_clauses_with_a_unit_twice_or_in_both_roles_do_not_exist():
    for row in seed("clauses"):
        named = row["lead_units_text"].split("、") + row["cooperating_units_text"].split("、")
        assert not [unit for unit, count in Counter(named).items() if unit and count > 1], row


def test_the_date_of_a_deadline_is_the_date_of_its_clause():
    clauses = {row["clause_code"]: row["deadline_date"] for row in seed("clauses")}
    deadlines = {
        row["clause_code"]: row["due_date"]
        for row in seed("deadlines")
        if row["certainty_code"] == "sourced"
    }
    assert deadlines == {code: day for code, day in clauses.items() if day}


def test_a_deadline_names_dated_rules_that_everybody_may_see_and_ends_with_the_last_of_them():
    rules = seed("obligation_rules")
    for deadline in seed("deadlines"):
        codes = parts(deadline["rule_codes"])
        named = [row for row in rules if row["rule_code"] in codes and row["kind_code"] == "dated"]
        assert {row["rule_code"] for row in named} == set(codes), deadline
        assert {row["is_restricted"] for row in named} == {"false"}, deadline
        assert max(row["due_date"] for row in named) == deadline["due_date"]
        if deadline["certainty_code"] == "sourced":
            assert {row["certainty_code"] for row in named} == {"sourced"}


def test_no_mineral_alias_means_two_minerals():
    minerals = seed("minerals")
    assert len(minerals) == 150
    assert all(re.fullmatch(r"\d{5}", row["mineral_code"]) for row in minerals)
    aliases = Counter(alias for row in minerals for alias in parts(row["aliases"]))
    assert [alias for alias, count in aliases.items() if count > 1] == []
    assert set(aliases) & {row["mineral_name"] for row in minerals} == set()


# Seeds whose names and aliases are looked up, with the column that names a list of its own if there is one.
NAMED_VALUES = {
    "value_variants": ("value_code", "value_name", "list_code"),
    "clue_channels": ("channel_code", "channel_name", None),
    "site_classes": ("site_class_code", "site_class_name", None),
    "case_types": ("case_type_code", "case_type_name", None),
    "case_states": ("state_code", "state_name", None),
}


@pytest.mark.parametrize("name", NAMED_VALUES)
def test_no_name_or_alias_of_a_list_means_two_values(name):
    code, label, of_list = NAMED_VALUES[name]
    bearers = {}
    for row in seed(name):
        within = row[of_list] if of_list else name
        spellings = [row[label], *parts(row["aliases"])]
        assert len(spellings) == len(set(spellings)), row
        for spelling in {row[code], row[code].upper(), row[code].lower(), *spellings}:
            bearer = bearers.setdefault((within, compared(spelling)), row[code])
            assert bearer == row[code], (spelling, row)


@pytest.mark.parametrize("name", NAMED_VALUES)
def test_aliases_are_separated_by_bars_alone(name):
    for row in seed(name):
        assert not re.search("[、；;，,\\s]", row["aliases"]), row


def is_organisation(name):
    """What the longest pattern says of a name, as int_power_users_resolved reads the seed."""
    fitting = [
        row
        for row in seed("organisation_names")
        if re.fullmatch(row["name_pattern"].replace("%", ".*").replace("_", "."), name)
    ]
    longest = max(fitting, key=lambda row: len(row["name_pattern"]), default=None)
    return longest is not None and longest["is_organisation"] == "true"


@pytest.mark.parametrize(
    "name",
    ["张三", "张大局", "张三养殖场", "张三养殖中心", "张三商店", "张三石料厂", "张三加油站"]
    + ["张三卫生室", "张三宠物医院", "张三家庭农场", "张三户", "村委会张三"],
)
def test_who_may_be_a_person_is_no_organisation(name):
    assert not is_organisation(name)


@pytest.mark.parametrize(
    "name",
    ["云岭砂石有限公司", "贾堡村村民委员会", "贾堡村村委会", "县人民政府", "县林业局", "县医院"]
    + ["贾堡村股份经济合作社", "第一中学", "云岭煤矿", "县政务服务中心", "石坪镇中心卫生院"],
)
def test_legal_persons_are_organisations(name):
    assert is_organisation(name)


def test_there_are_the_eighteen_types_of_cases():
    codes = [row["case_type_code"] for row in seed("case_types")]
    assert codes == [f"CT{number:02}" for number in range(1, 19)]


def test_the_main_way_of_a_case_leads_from_the_clue_to_the_publication():
    states = sorted(seed("case_states"), key=lambda row: int(row["sort_number"]))
    way = [row for row in states if row["stage_number"]]
    assert [int(row["stage_number"]) for row in way] == list(range(1, 14))
    assert [row["state_code"] for row in way] == (
        ["CLUE_REG", "CLUE_DISPATCH", "CLUE_CHECK", "STOP_NOTICE", "FILING", "INVESTIGATE"]
        + ["REVIEW", "NOTICE", "DECISION", "SERVE", "EXECUTE", "CLOSE", "PUBLISH"]
    )
    assert {row["branch_code"] for row in way} == {"main"}


def test_the_states_that_registers_write_beside_the_law_are_known():
    names = {row["state_name"] for row in seed("case_states")}
    assert names >= set(
        ["恢复调查", "鉴定", "听证", "公告", "中止调查", "延期批准", "先行登记保存", "查封扣押"]
        + ["解除查封", "催告", "没收物移交", "决定书抄送", "材料移交", "会商", "提前介入"]
        + ["法律监督", "撤回公示"]
    )


def test_what_pauses_a_case_neither_ends_it_nor_stands_on_the_main_way():
    states = seed("case_states")
    pauses = {row["state_code"] for row in states if row["is_pause"] == "true"}
    assert pauses == {"SUSPEND", "APPRAISAL", "HEARING", "ANNOUNCE"}
    for row in states:
        if row["state_code"] in pauses:
            flags = (row["stage_number"], row["is_terminal"], row["is_ending"])
            assert flags == ("", "false", "false"), row


def test_an_answer_does_not_depend_on_upper_and_lower_case():
    answers = {}
    for row in seed("answer_variants"):
        key = (row["variant_text"].lower(), row["column_scope"])
        assert answers.setdefault(key, row["answer_code"]) == row["answer_code"], row


def test_place_name_variants_are_single_characters_and_no_chain():
    variants = seed("place_name_variants")
    assert all(len(row["variant_text"]) == len(row["standard_text"]) == 1 for row in variants)
    standards = {row["standard_text"] for row in variants}
    assert standards & {row["variant_text"] for row in variants} == set()


def test_video_types_are_listed_once_as_they_are_compared():
    listed = [
        (row["source_format"], row["match_scope_code"], row["type_text"])
        for row in seed("video_event_types")
    ]
    assert [key for key, count in Counter(listed).items() if count > 1] == []
    for *_, text in listed:
        assert text == re.sub(r"[\s_-]", "", text).lower() != "", text


def test_every_setting_named_in_a_model_is_seeded():
    known = {row["setting_code"] for row in seed("settings")}
    named = set()
    for folder in ("models", "macros", "tests/dbt"):
        for path in (ROOT / folder).rglob("*.sql"):
            named |= set(re.findall(r"\bsetting\('(\w+)'\)", path.read_text(encoding="utf-8")))
    assert "night_start_slot" in named
    assert named - known == set()


def test_slots_and_shares_are_in_their_range():
    values = {row["setting_code"]: float(row["setting_value"]) for row in seed("settings")}
    for code, value in values.items():
        if code.endswith("_slot"):
            assert value in range(1, 97), code
        elif "_share" in code:
            assert 0 < value <= 1, code
        else:
            assert value >= 0, code


# Obligation rules

CADENCES = {"week": "每周", "month": "每月", "quarter": "每季度"}


def rules():
    return seed("obligation_rules")


def test_dates_of_force_of_a_rule_do_not_overlap():
    by_code = {}
    for row in rules():
        by_code.setdefault(row["rule_code"], []).append(row)
    for versions in by_code.values():
        versions.sort(key=lambda row: row["valid_from_date"])
        for earlier, later in pairwise(versions):
            assert earlier["valid_to_date"], earlier
            assert earlier["valid_to_date"] <= later["valid_from_date"], later
        for row in versions:
            assert not row["valid_to_date"] or row["valid_from_date"] < row["valid_to_date"], row


def test_a_rule_has_the_limit_of_its_kind_and_no_other():
    for row in rules():
        kind = row["kind_code"]
        assert bool(row["period_kind_code"]) == (kind == "period"), row
        assert (row["applies_code"] == "period_start") == (kind == "period"), row
        assert bool(row["due_date"]) == (kind == "dated"), row
        assert bool(row["limit_number"]) == (kind in {"clock", "standing"}), row
        assert bool(row["limit_unit_code"]) == bool(row["limit_number"]), row
        assert bool(row["extension_event_code"]) == bool(row["extension_number"]), row
        if row["limit_unit_code"] == "working_day":
            # None would be the working day before a start on a holiday.
            assert int(row["limit_number"]) >= 1, row


def test_every_family_of_rules_is_a_model_and_every_family_has_rules():
    models = (ROOT / "models/intermediate/duties").glob("int_obligations__*.sql")
    families = {path.stem.removeprefix("int_obligations__") for path in models}
    assert families == {row["family_code"] for row in rules()}


def test_a_limit_without_a_source_is_configured():
    clauses = {row["clause_code"]: row for row in seed("clauses")}
    dates = {row["due_date"] for row in seed("deadlines")}
    for row in rules():
        cadence = clauses[row["clause_code"]]["cadence_text"]
        if row["certainty_code"] == "configured":
            assert row["note_text"], row
        elif row["kind_code"] == "period":
            assert CADENCES[row["period_kind_code"]] in cadence, row
        elif row["due_date"] in dates:
            assert row["due_date"] == clauses[row["clause_code"]]["deadline_date"], row
        elif row["limit_number"] == "0":
            assert "时" in cadence, row
        else:
            # The notice has no other numbers: a law with its article, or another document, is named.
            assert re.search(r"第[\d、一]+条|要求|检查通知：", row["basis_text"]), row
            assert "推进机制" not in row["basis_text"], row


# Who was first to find something is a measure, not something owed by a time.
CLAUSES_WITHOUT_A_DUTY = {"3.1"}


def test_every_clause_that_names_a_duty_has_a_rule():
    ruled = {row["clause_code"] for row in rules()}
    assert ruled == set(CLAUSES) - CLAUSES_WITHOUT_A_DUTY


def test_an_edit_changes_a_rules_limit_and_not_what_it_is_about():
    about = {}
    for row in rules():
        same = ("family_code", "subject_type", "start_event_code", "stop_event_codes", "owner_code")
        known = about.setdefault(row["rule_code"], [row[column] for column in same])
        assert known == [row[column] for column in same], row


def test_every_step_a_rule_names_is_one_that_feeds_can_tell():
    states = {row["state_code"] for row in seed("case_states")}
    items = {
        row["value_code"] for row in seed("value_variants") if row["list_code"] == "measure_item"
    }
    models = ROOT / "models/intermediate"
    written = "".join(
        path.read_text(encoding="utf-8")
        for pattern in (
            "int_duty_steps__*.sql",
            "int_unit_acts.sql",
            "int_site_requirements_met.sql",
        )
        for path in models.rglob(pattern)
    )
    platforms = {
        row["value_code"] for row in seed("value_variants") if row["list_code"] == "credit_platform"
    }
    for row in rules():
        if row["family_code"] not in {"clocks", "unit_acts"}:
            continue
        for code in filter(None, [row["start_event_code"], *parts(row["stop_event_codes"])]):
            known = (
                code in states
                or f"'{code}'" in written
                or code.removeprefix("measure_") in items
                or code.removeprefix("credit_entry_") in platforms
            )
            assert known, (row["rule_code"], code)
        assert set(parts(row["pause_event_codes"])) <= states, row
        assert set(parts(row["extension_event_code"])) <= states, row
        # A standstill is counted in days.
        assert not row["pause_event_codes"] or row["limit_unit_code"].endswith("_day"), row


def test_every_kind_of_evidence_is_listed_with_its_feed():
    listed = {row["evidence_type"]: row["feed_code"] for row in seed("evidence_types")}
    assert set(listed.values()) <= set(FEEDS)
    written = set()
    for path in (ROOT / "models/intermediate").rglob("*.sql"):
        text = path.read_text(encoding="utf-8")
        written |= set(re.findall(r"'(\w+)'(?: end)? as evidence_type", text))
    assert len(written) > 20
    # An incident is made of signals of many feeds.
    assert written - {"incident"} <= set(listed)


# Metrics


def test_every_metric_is_measured_once_and_every_measure_is_a_metric():
    text = MEASURES.read_text(encoding="utf-8")
    metrics = measured_on()
    assert len(metrics) >= 60
    for code in metrics:
        assert len(re.findall(rf"^ {{12}}'{code}':", text, flags=re.M)) == 1, code
    assert set(metrics) == {row["metric_code"] for row in seed("metrics")}


def test_every_step_of_a_funnel_is_a_metric():
    path = ROOT / "tests" / "dbt" / "assert_funnels_narrow_within_a_cohort.sql"
    steps = re.findall(r"^ {8}\('(\w+)', '(\w+)'\)", path.read_text(encoding="utf-8"), re.M)
    assert len(steps) > 10
    assert {code for step in steps for code in step} <= set(measured_on())


def test_every_clause_has_a_metric():
    clauses = {row["clause_code"] for row in seed("clauses")}
    assert {row["clause_code"] for row in seed("metrics")} == clauses


def test_the_traceability_is_what_the_script_writes():
    assert TRACEABILITY.read_bytes() == traceability(), (
        "run python -m pipeline.write_traceability and look at the difference"
    )


def test_every_clause_is_traced_from_its_feeds_to_the_report():
    pages = {page.title for page in PAGES}
    rows = traced()
    assert [row["clause"][0].split()[0] for row in rows] == CLAUSES
    for row in rows:
        assert all(items and all(items) for name, items in row.items() if name != "duties"), row
        assert set(row["feeds"]) <= set(FEEDS), row
        for page in row["pages"]:
            assert page in pages, row


def test_money_is_shown_and_never_assessed():
    money = [row for row in seed("metrics") if row["unit_text"] in ("元", "万元")]
    assert {row["metric_code"] for row in money} == {
        "fines_imposed",
        "fines_paid",
        "rewards_paid_yuan",
    }
    for row in money:
        assert (row["kind_code"], row["is_assessed"], row["target_number"]) == (
            "amount",
            "false",
            "",
        )
    for row in seed("metrics"):
        assert (row["kind_code"] == "amount") == (row in money)


def test_a_target_is_a_number_of_its_kind():
    for row in seed("metrics"):
        if row["target_number"]:
            wanted = "0" if row["direction_code"] == "lower" else "100"
            assert row["target_number"] == wanted, row
            assert row["is_assessed"] == "true", row
        assert (row["is_additive"] == "true") == (row["kind_code"] in ("count", "amount")), row


def test_seeds_know_no_county():
    for path in (ROOT / "seeds").glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for pack in PACKS:
            # Without 县: 国网偏关电力公司 gives the county away as well.
            name = Home(pack).settings().county_name
            assert name.removesuffix("县") not in text, path.name


def test_the_holiday_seed_is_what_the_script_writes():
    assert HOLIDAYS_SEED.read_bytes() == holidays_csv()


def test_holidays_of_2022_are_those_the_state_council_announced():
    kinds = {row["calendar_date"]: row["day_kind_code"] for row in seed("holidays")}
    for day in range(1, 8):
        assert kinds[f"2022-10-0{day}"] == "holiday"
    worked = {day for day, kind in kinds.items() if day[:4] == "2022" and kind != "holiday"}
    assert worked == {
        "2022-01-29",
        "2022-01-30",
        "2022-04-02",
        "2022-04-24",
        "2022-05-07",
        "2022-10-08",
        "2022-10-09",
    }


def test_adjusted_working_days_are_weekend_days():
    worked = [row for row in seed("holidays") if row["day_kind_code"] == "adjusted_working_day"]
    assert worked
    assert all(date.fromisoformat(row["calendar_date"]).weekday() >= 5 for row in worked)


# County packs


def test_the_settings_can_be_read_and_override_only_known_settings(pack):
    settings = Home(pack).settings()
    assert re.fullmatch(r"\d{6}", settings.county_code)
    assert settings.county_name.endswith(("县", "市", "区"))
    assert set(settings.overrides) <= {row["setting_code"] for row in seed("settings")}


@pytest.mark.parametrize("token", PACK_FILES)
def test_a_pack_file_has_the_headers_of_its_feed(pack, token):
    with (pack / f"{token}.csv").open(encoding="utf-8", newline="") as file:
        headers = next(csv.reader(file))
    assert headers == [column.header for column in FEEDS[token].columns]


@pytest.mark.parametrize("token", PACK_FILES)
def test_keys_are_unique_and_required_cells_filled(pack, token):
    feed = FEEDS[token]
    key = [feed.column(name).header for name in feed.key]
    required = {column.header for column in feed.columns if column.required} | set(key)
    records = rows(pack / f"{token}.csv")
    assert records
    keys = Counter(tuple(row[header] for header in key) for row in records)
    assert [values for values, count in keys.items() if count > 1] == []
    assert [row for row in records if any(not row[header].strip() for header in required)] == []


@pytest.mark.parametrize("token", ["townships", "villages", "units"])
def test_dates_are_dates_and_an_end_lies_after_its_start(pack, token):
    for row in rows(pack / f"{token}.csv"):
        start = date.fromisoformat(row["起"])
        if row["止"]:
            assert date.fromisoformat(row["止"]) > start, row


def test_township_codes_are_well_formed_and_mergers_lead_to_one_in_force(pack, townships):
    county = Home(pack).settings().county_code
    current = {row["乡镇代码"]: row for row in townships if in_force(row)}
    for row in townships:
        assert row["县代码"] == county, row
        for code in [row["乡镇代码"], *parts(row["别名代码"])]:
            assert re.fullmatch(rf"{county}\d{{3}}", code), row
        assert row["乡镇名称"].endswith(("镇", "乡", "街道")), row
        if in_force(row):
            assert not row["并入代码"], row
        else:
            successor = current[row["并入代码"]]
            assert date.fromisoformat(successor["起"]) <= date.fromisoformat(row["止"]), row


def test_every_village_lies_in_a_township_that_exists_as_long(pack, townships, villages):
    by_code = {row["乡镇代码"]: row for row in townships}
    for row in villages:
        assert re.fullmatch(r"\d{12}", row["村代码"]), row
        assert row["村代码"].startswith(row["乡镇代码"]), row
        assert row["类型"] in {"村委会", "居委会"}, row
        township = by_code[row["乡镇代码"]]
        assert township["起"] <= row["起"], row
        assert in_force(township) or (row["止"] and row["止"] <= township["止"]), row
    assert {row["乡镇代码"] for row in villages} >= {
        row["乡镇代码"] for row in townships if in_force(row)
    }


def test_no_two_villages_of_a_township_are_spelled_alike(villages):
    spelled = {}
    for row in filter(in_force, villages):
        for name in {row["村名称"], row["全称"], *parts(row["别名"])}:
            key = (row["乡镇代码"], compared(name))
            assert spelled.setdefault(key, row["村代码"]) == row["村代码"], (row, name)


def test_a_name_of_a_unit_names_one_unit(units, villages):
    bearers = {}
    for row in filter(in_force, units):
        names = [row["单位名称"], *parts(row["别名"])]
        assert len(names) == len(set(names)), row
        for name in names:
            assert bearers.setdefault(compared(name), row["单位代码"]) == row["单位代码"], name
    for row in villages:
        for name in {row["村名称"], row["全称"], *parts(row["别名"])}:
            assert compared(name) not in bearers, (row, name)


def test_units_have_a_kind_a_level_a_township_and_a_parent_that_exist(units, townships):
    codes = {row["单位代码"] for row in units}
    current = {row["乡镇代码"] for row in townships if in_force(row)}
    for row in units:
        assert re.fullmatch(r"[0-9A-Z]+", row["单位代码"]), row
        assert row["单位类别"] in UNIT_KINDS, row
        assert row["上级单位代码"] in codes | {""}, row
        assert row["上级单位代码"] != row["单位代码"], row
        if row["级别"] == "乡级":
            assert row["乡镇代码"] in current, row
        else:
            assert (row["级别"], row["乡镇代码"]) == ("县级", ""), row


def test_every_township_has_one_government_and_one_leading_group(units, townships):
    current = sorted(row["乡镇代码"] for row in townships if in_force(row))
    governments = [row for row in units if row["单位类别"] == "乡镇政府"]
    assert sorted(row["乡镇代码"] for row in governments) == current
    assert all(row["单位代码"] == row["乡镇代码"] for row in governments)
    groups = [row["乡镇代码"] for row in units if row["单位类别"] == "领导小组"]
    assert sorted(groups) == ["", *current], "the county has one group of its own"


def test_every_unit_of_a_clause_is_a_unit_of_the_pack(units):
    names = {name for row in units for name in [row["单位名称"], *parts(row["别名"])]}
    for clause in seed("clauses"):
        for column in ("lead_units_text", "cooperating_units_text"):
            for unit in filter(None, clause[column].split("、")):
                assert unit in names | CLASSES_OF_UNITS, (clause["clause_code"], unit)


def test_every_lead_department_of_a_case_type_is_a_unit_of_the_pack(units):
    names = {name for row in units for name in [row["单位名称"], *parts(row["别名"])]}
    for row in seed("case_types"):
        assert set(row["lead_units_text"].split("、")) <= names, row


def test_every_unit_that_leads_a_rule_is_a_unit_of_the_pack(units):
    names = {name for row in units for name in [row["单位名称"], *parts(row["别名"])]}
    for row in rules():
        assert row["lead_unit_name"] in names, row
        if row["owner_code"] == "units":
            for unit in row["owner_text"].split("、"):
                assert unit in names | {"各乡（镇）人民政府"}, row


@pytest.mark.parametrize(
    "text", ["王某", "李某某", "副组长：赵某某", "局长钱某某", "矿长 孙某（兼）", "周某某、吴某"]
)
def test_the_pattern_for_names_of_persons_finds_them(text):
    assert PERSON.search(text)


def test_no_person_is_named_in_units_or_clauses(units):
    records = units + seed("clauses") + seed("deadlines")
    found = [PERSON.findall(cell) for row in records for cell in row.values()]
    assert [match for match in found if match] == []


def rings(pack):
    points = {}
    for row in rows(pack / "boundary.csv"):
        points.setdefault(int(row["环号"]), []).append(row)
    return points


def test_every_ring_of_the_boundary_is_closed_and_numbered_in_order(pack):
    for ring in rings(pack).values():
        assert [int(row["点号"]) for row in ring] == list(range(1, len(ring) + 1))
        assert {row["坐标系"] for row in ring} <= {"WGS84", "CGCS2000", "GCJ-02", "BD-09"}
        corners = [(row["经度"], row["纬度"]) for row in ring]
        assert corners[0] == corners[-1]
        assert len(set(corners)) == len(corners) - 1 >= 3


def box(pack):
    """West, east, south, north of the boundary in degrees of its own coordinate system."""
    points = [row for ring in rings(pack).values() for row in ring]
    longitudes = [float(row["经度"]) for row in points]
    latitudes = [float(row["纬度"]) for row in points]
    return min(longitudes), max(longitudes), min(latitudes), max(latitudes)


def test_places_with_coordinates_lie_inside_the_boundarys_box(pack, townships, villages):
    west, east, south, north = box(pack)
    assert 73 < west < east < 136
    assert 3 < south < north < 54
    for row in townships + villages:
        assert bool(row["经度"]) == bool(row["纬度"]) == bool(row["坐标系"]), row
        if row["经度"]:
            # A hundredth of a degree covers the difference between coordinate systems.
            assert west - 0.01 < float(row["经度"]) < east + 0.01, row
            assert south - 0.01 < float(row["纬度"]) < north + 0.01, row


# The one county whose facts are known from elsewhere

PIANGUAN = ROOT / "counties" / "pianguan"


def test_pianguan_has_its_eight_townships_and_what_became_of_the_others():
    townships = rows(PIANGUAN / "townships.csv")
    names = {row["乡镇代码"]: row["乡镇名称"] for row in townships}
    assert {row["乡镇名称"] for row in townships if in_force(row)} == set(
        ["新关镇", "老营镇", "万家寨镇", "水泉镇", "老牛湾镇", "尚峪镇", "窑头乡", "楼沟乡"]
    )
    merged = {row["乡镇名称"]: names[row["并入代码"]] for row in townships if not in_force(row)}
    assert merged == {
        "天峰坪镇": "新关镇",
        "陈家营乡": "窑头乡",
        "南堡子乡": "尚峪镇",
        "尚峪乡": "尚峪镇",
        "水泉乡": "水泉镇",
    }


def test_pianguan_has_its_156_villages():
    counts = Counter(row["乡镇代码"][-3:] for row in rows(PIANGUAN / "villages.csv"))
    assert counts == {
        "100": 42,
        "102": 11,
        "103": 10,
        "104": 10,
        "105": 9,
        "106": 19,
        "200": 42,
        "201": 13,
    }


def test_pianguans_boundary_encloses_its_area():
    # Another edition of the same outline spans 111.364–112.009 and 39.218–39.664.
    assert box(PIANGUAN) == pytest.approx((111.364, 112.009, 39.218, 39.664), abs=0.005)
    (ring,) = rings(PIANGUAN).values()
    kilometres = [
        (
            float(row["经度"]) * 111.32 * math.cos(math.radians(39.45)),
            float(row["纬度"]) * 110.99,
        )
        for row in ring
    ]
    doubled = sum(
        here[0] * there[1] - there[0] * here[1]
        for here, there in zip(kilometres, kilometres[1:], strict=False)
    )
    # 1,685 km² by the official figure.
    assert abs(doubled) / 2 == pytest.approx(1685, rel=0.02)
