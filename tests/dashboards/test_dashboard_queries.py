"""Questions and answers on a small published version, by hand-counted numbers."""

from datetime import date

import pytest
from invented_autumn import AS_OF, code_of

from dashboards import queries

ALL_DAYS = (date(2022, 9, 1), date(2022, 12, 10))


def test_coverage_takes_the_periods_that_touch_the_range_and_no_others(full):
    # 10-03～10-09 ends on the first day asked for, 10-17～10-23 begins on the last.
    rows = queries.patrols.coverage(full, "village", [], date(2022, 10, 9), date(2022, 10, 17))
    assert rows["period_start_date"].dt.date.unique().tolist() == [
        date(2022, 10, 3),
        date(2022, 10, 10),
        date(2022, 10, 17),
    ]
    assert len(rows) == 3 * 8


def test_no_township_means_all_and_one_means_that_one(full):
    one = queries.patrols.coverage(full, "village", [code_of("柳河镇")], *ALL_DAYS)
    assert set(one["township_name"]) == {"柳河镇"}
    assert queries.patrols.coverage(full, "village", [], *ALL_DAYS)["township_name"].nunique() == 8
    assert len(queries.county.sites(full, [code_of("柳河镇")])) == 3


def test_the_last_closed_period_stands_for_its_level(full):
    latest = queries.patrols.latest_coverage(full, []).set_index("patrol_level_code")
    week = latest.loc["village"]
    assert week["period_start_date"].date() == date(2022, 11, 28)
    # 石桥乡 is silent too, but has nothing to patrol.
    assert week["silent_count"] == 3
    # 6 + 7 + … + 12 expected; done as conftest computes it, nothing from the three silent ones.
    assert week["expected_count"] == 63
    assert week["done_count"] == 6 + (8 - 4) + (10 - 3) + (12 - 2)
    assert latest.loc["township", "period_end_date"].date() == date(2022, 11, 30)
    assert latest.loc["county", "period_end_date"].date() == date(2022, 9, 30)


def test_an_open_period_stands_for_its_level_while_none_is_closed(full_copy):
    full_copy.execute("delete from marts.rpt_patrol_coverage where not is_open")
    latest = queries.patrols.latest_coverage(full_copy, [])
    assert latest["is_open"].tolist() == [True, True, True]


def test_superseded_ledgers_are_not_counted_twice(full):
    row = queries.patrols.forms_received(full, [], *ALL_DAYS).iloc[0]
    assert (row["form_count"], row["zero_report_count"]) == (19, 4)


def test_days_of_the_range_are_inclusive(full):
    day = date(2022, 9, 12)
    assert queries.patrols.forms_received(full, [], day, day).iloc[0]["form_count"] == 1
    day = date(2022, 9, 13)
    assert queries.patrols.forms_received(full, [], day, day).iloc[0]["form_count"] == 0


def test_an_unregistered_place_counts_once_however_often_it_is_named(full):
    row = queries.patrols.lines_counted(full, [], *ALL_DAYS).iloc[0]
    assert row["unregistered_place_count"] == 3
    assert row["finding_count"] == 7


def test_only_sites_that_are_on_the_register_today_are_shown(full):
    sites = queries.county.sites(full, [])
    assert len(sites) == 23
    assert "S022" not in set(sites["site_id"])


def test_the_last_patrol_of_a_site_is_its_latest(full):
    rows = queries.patrols.last_by_site(full).set_index("site_id")
    # Ledger lines 0, 20, 40, 60 and 80 name S000; the first is of 2022-09-10.
    assert rows.loc["S000", "last_patrol_date"].date() == date(2022, 11, 29)
    assert "S023" not in rows.index


def test_a_day_without_readings_is_not_a_day_without_use(full):
    days = queries.power.days(full, *ALL_DAYS).set_index("reading_date")
    failed = days.loc["2022-10-31"]
    assert failed["failed_meter_count"] == 3
    assert failed["completeness_pct"] == pytest.approx(25)
    assert failed["energy_kwh"] == pytest.approx(96 * (5 + 3 + 60 % 7))
    assert failed["night_share_pct"] == pytest.approx(35)
    assert days.loc["2022-11-01", "completeness_pct"] == pytest.approx(75)


def test_a_refused_delivery_makes_no_feed_fresh(full, full_copy):
    before = queries.quality.feeds_received(full, AS_OF).set_index("feed_code")
    assert before.loc["patrol_ledger", "days_since"] == 16
    full_copy.execute(
        "update marts.fct_deliveries set outcome_code = 'refused' "
        "where feed_code = 'patrol_ledger' and received_at::date = '2022-11-24'"
    )
    after = queries.quality.feeds_received(full_copy, AS_OF).set_index("feed_code")
    assert after.loc["patrol_ledger", "days_since"] == 19


def test_a_week_of_receipt_begins_on_monday_and_is_whole_though_the_range_cuts_it(full):
    # f5 (a zero report of 黄土坡镇) came on Sunday 10-02, f4 (上庄镇) on Wednesday 09-28.
    weeks = queries.patrols.forms_by_week(full, [], date(2022, 10, 2), date(2022, 10, 2))
    assert weeks["week_start_date"].dt.date.unique().tolist() == [date(2022, 9, 26)]
    assert weeks["township_code"].tolist() == [code_of("上庄镇"), code_of("黄土坡镇")]
    assert weeks["zero_report_count"].tolist() == [0, 1]
    assert weeks["row_count"].tolist() == [6, 0]


def test_a_replaced_form_did_arrive_in_its_week(full):
    # f1 was replaced later.
    weeks = queries.patrols.forms_by_week(full, [code_of("柳河镇")], *ALL_DAYS)
    assert weeks["week_start_date"].dt.date.tolist()[0] == date(2022, 9, 12)
    assert len(queries.patrols.forms(full, [], *ALL_DAYS)) == 20


def test_a_place_nobody_registered_is_listed_once_with_its_mentions(full):
    places = queries.patrols.unregistered_places(full, [], *ALL_DAYS)
    assert places["unregistered_place_id"].tolist() == ["u0", "u1", "u2"]
    assert places["mention_count"].tolist() == [3, 3, 2]
    assert places["finding_count"].tolist() == [1, 0, 0]
    # The last line about u1 is p79.
    assert places["location_text"].tolist()[1] == "石桥乡石桥村南沟"


def test_units_that_copied_nothing_are_not_listed(full_copy):
    assert len(queries.patrols.carried_over(full_copy, [], *ALL_DAYS)) == 8
    full_copy.execute(
        "update marts.fct_patrols set is_carried_over = (patrol_id in ('p0', 'p8', 'p1'))"
    )
    copied = queries.patrols.carried_over(full_copy, [], *ALL_DAYS)
    assert copied["reporting_unit_name"].tolist() == ["青石镇人民政府", "柳河镇人民政府"]
    assert copied["carried_over_pct"].tolist() == [18.2, 9.1]


def test_findings_come_with_file_sheet_and_row(full):
    found = queries.patrols.findings(full, [], *ALL_DAYS)
    assert len(found) == queries.patrols.lines_counted(full, [], *ALL_DAYS)["finding_count"].iloc[0]
    assert found[["file_name", "sheet_name", "row_number"]].notna().all().all()


def test_calendar_gaps_are_told_a_month_ahead(full):
    assert queries.county.unknown_calendar_years(full, AS_OF)["year_number"].tolist() == [2023]
    assert queries.county.unknown_calendar_years(full, AS_OF.replace(month=11))["year_number"].empty


def test_deliveries_and_rejects_obey_both_filters(full):
    sender = "青石镇人民政府"
    for query in (
        queries.quality.deliveries,
        queries.quality.rejected_rows,
        queries.quality.cell_warnings,
    ):
        rows = query(full, ["patrol_ledger"], [sender])
        assert set(rows["sender_name"]) == {sender}
        assert set(rows["feed_code"]) == {"patrol_ledger"}
        assert len(query(full, [], [])) > len(rows)


def test_failed_checks_come_first(full):
    assert (
        queries.quality.check_results(full).iloc[0]["check_name"]
        == "expect_column_max_to_be_between"
    )


def test_senders_stand_in_the_order_of_their_pinyin(full):
    names = queries.quality.sender_names(full)["sender_name"].tolist()
    assert names[:3] == ["白杨镇人民政府", "北岭镇人民政府", "东沟乡人民政府"]


def test_every_question_has_an_answer_in_an_empty_county(empty):
    assert len(queries.quality.version(empty)) == 1
    for query, values in {
        queries.quality.feeds_received: (AS_OF,),
        queries.county.deadlines: (),
        queries.county.townships: (),
        queries.patrols.coverage: ("village", [], *ALL_DAYS),
        queries.patrols.latest_coverage: ([],),
        queries.patrols.forms_by_week: ([], *ALL_DAYS),
        queries.patrols.findings: ([], *ALL_DAYS),
        queries.patrols.unregistered_places: ([], *ALL_DAYS),
        queries.patrols.carried_over: ([], *ALL_DAYS),
        queries.patrols.forms: ([], *ALL_DAYS),
        queries.county.boundary: (),
        queries.county.sites: ([],),
        queries.patrols.last_by_site: (),
        queries.power.days: ALL_DAYS,
        queries.quality.deliveries: ([], []),
        queries.quality.sender_names: (),
        queries.quality.feed_codes: (),
        queries.quality.rejected_rows: ([], []),
        queries.quality.cell_warnings: ([], []),
        queries.quality.check_results: (),
    }.items():
        assert query(empty, *values).empty, query.__name__
    assert queries.patrols.forms_received(empty, [], *ALL_DAYS).iloc[0].tolist() == [0, 0]
    assert queries.patrols.lines_counted(empty, [], *ALL_DAYS).iloc[0].tolist() == [0, 0, 0, 0]
