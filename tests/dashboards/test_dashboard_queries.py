"""Questions and answers on a small published version, by hand-counted numbers."""

import re
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


def test_what_happened_to_cases_counts_by_its_day_and_open_cases_whatever_the_range(full_copy):
    # One case was discovered on 08-29 and filed five days later; two were handed to the police.
    full_copy.execute(
        "update marts.fct_cases set transferred_at = '2022-09-03 23:59' where is_transferred_to_police"
    )
    day, before = date(2022, 9, 3), date(2022, 9, 2)
    on_the_day = queries.cases.counted(full_copy, [], day, day).iloc[0]
    assert (on_the_day["filed_count"], on_the_day["transferred_count"]) == (1, 2)
    day_before = queries.cases.counted(full_copy, [], before, before).iloc[0]
    assert (day_before["filed_count"], day_before["transferred_count"]) == (0, 0)
    assert on_the_day["open_count"] == day_before["open_count"] == 16


def test_fines_are_those_of_the_decisions_of_the_range(full):
    row = queries.cases.counted(full, [], *ALL_DAYS).iloc[0]
    assert row["decided_count"] == 10
    assert row["fine_imposed_yuan"] == 10 * 30_000
    assert row["confiscated_yuan"] == 10 * 5_000
    assert row["fine_paid_yuan"] == 10 * 10_000
    nothing = queries.cases.counted(full, [], date(2021, 1, 1), date(2021, 1, 2)).iloc[0]
    assert nothing[["fine_imposed_yuan", "confiscated_yuan"]].isna().all()


def test_every_card_of_cases_has_its_list(full):
    counts = queries.cases.counted(full, [], *ALL_DAYS).iloc[0]
    for list_code in ("filed", "ended", "transferred", "open"):
        listed = queries.cases.listed(full, list_code, [], *ALL_DAYS)
        assert len(listed) == counts[f"{list_code}_count"] > 0, list_code
    stages = queries.cases.stages_reached(full, [], *ALL_DAYS).iloc[0]
    discovered = queries.cases.listed(full, "discovered", [], *ALL_DAYS)
    assert len(discovered) == stages["discovered_count"]
    assert len(queries.cases.listed(full, "open", [code_of("柳河镇")], *ALL_DAYS)) < 16


def test_a_case_has_its_events_in_order_and_an_unknown_number_has_none(full):
    events = queries.cases.events(full, "岚自然资立〔2022〕1号")
    assert events["state_name"].tolist() == [
        "责令停止违法行为",
        "立案",
        "调查取证",
        "作出处罚决定",
        "结案",
        "公示",
    ]
    assert len(queries.cases.one(full, "岚自然资立〔2022〕1号")) == 1
    assert queries.cases.one(full, "没有这个案件").empty


def test_transfers_about_officials_stay_out_of_the_course_and_the_list(full_copy):
    full_copy.execute(
        "update marts.fct_cases set is_transferred_to_discipline = true;"
        "update marts.fct_case_events set branch_code = 'discipline' where state_name = '结案'"
    )
    course = queries.cases.events(full_copy, "岚自然资立〔2022〕1号")
    assert "结案" not in set(course["state_name"])
    assert len(course) == 5
    listed = queries.cases.listed(full_copy, "open", [], *ALL_DAYS)
    assert "is_transferred_to_discipline" not in listed


def test_time_without_status_is_neither_on_line_nor_off(full):
    cameras = queries.video.cameras(full, [], *ALL_DAYS).set_index("camera_name")
    silent, at_night_off = cameras.loc["柳河高点2号"], cameras.loc["北岭高点3号"]
    assert silent["online_pct"] == 100
    assert (silent["silent_day_count"], silent["day_count"]) == (10, 60)
    assert silent["last_known_date"].date() == date(2022, 11, 30)
    assert at_night_off["online_pct"] == 66.7
    assert cameras["is_silent_at_end"].sum() == 1
    # The day before its silence began, nobody was silent.
    until = queries.video.cameras(full, [], date(2022, 9, 1), date(2022, 11, 30))
    assert until["is_silent_at_end"].sum() == 0


def test_a_camera_without_any_status_has_no_share(full_copy):
    full_copy.execute(
        "update marts.fct_camera_days set online_minutes = 0, offline_minutes = 0, is_silent = true"
    )
    cameras = queries.video.cameras(full_copy, [], *ALL_DAYS)
    assert cameras["online_pct"].isna().all()
    assert cameras["last_known_date"].isna().all()


def test_faults_of_devices_are_no_alerts(full):
    counts = queries.video.events_counted(full, [], *ALL_DAYS).iloc[0]
    # Of 120 events every fifth is a fault, two of five may be mining.
    assert counts[["event_count", "fault_count", "mining_count"]].tolist() == [96, 24, 48]
    days = queries.video.events_by_day(full, [], *ALL_DAYS)
    assert days["event_count"].sum() == 96
    assert "信号丢失" not in set(days["event_kind_name"])


def test_every_card_of_video_has_its_list(full):
    counts = queries.video.events_counted(full, [], *ALL_DAYS).iloc[0]
    listed = {
        code: len(queries.video.events(full, code, [], *ALL_DAYS))
        for code in ("mining", "unverified", "all", "faults")
    }
    assert listed == {
        "mining": counts["mining_count"],
        "unverified": counts["mining_count"] - counts["mining_verified_count"],
        "all": counts["event_count"],
        "faults": counts["fault_count"],
    }


def test_only_the_latest_version_of_an_account_counts(full):
    counts = queries.power.users_counted(full, []).iloc[0]
    assert counts.tolist() == [16, 6, 8, 3]
    users = queries.power.users(full, [])
    # Six under key monitoring, eight in no normal state, three of them both.
    assert len(users) == 6 + 8 - 3
    assert "normal" not in users["user_state_code"].tolist()[:8]


def test_alerts_without_feedback_come_first(full):
    alerts = queries.power.alerts(full, [], *ALL_DAYS)
    counts = queries.power.alerts_counted(full, [], *ALL_DAYS).iloc[0]
    assert not alerts["is_fed_back"].iloc[: int(counts["unanswered_count"])].any()
    assert alerts["is_fed_back"].iloc[int(counts["unanswered_count"]) :].all()
    assert len(alerts) == counts["alert_count"]
    assert counts["median_hours_to_feedback"] == 80


def test_alerts_of_our_own_rules_are_listed_apart_and_never_counted(full):
    assert queries.power.alerts_counted(full, [], *ALL_DAYS).iloc[0]["alert_count"] == 29
    assert queries.power.alerts_by_township(full, [], *ALL_DAYS)["alert_count"].sum() == 29
    assert len(queries.power.alerts(full, [], *ALL_DAYS)) == 29
    assert len(queries.power.derived_alerts(full, [], *ALL_DAYS)) == 3


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2022, 10, 1), date(2022, 10, 2), []),
        (date(2022, 10, 1), date(2022, 10, 3), ["derived0"]),
        (date(2022, 10, 9), date(2022, 10, 31), ["derived2"]),
        (date(2022, 10, 10), date(2022, 10, 31), []),
    ],
)
def test_an_alert_of_ours_is_listed_on_every_day_it_goes_on(full, first, last, expected):
    rows = queries.power.derived_alerts(full, [], first, last)
    assert rows["power_alert_id"].tolist() == expected


def test_clues_are_counted_by_state_and_every_clue_once(full):
    row = queries.clues.counted(full, [], *ALL_DAYS).iloc[0]
    assert row.tolist()[:5] == [20, 4, 8, 4, 4]
    assert row["clue_count"] == row.iloc[1:5].sum()
    assert row.tolist()[5:] == [8, 1, 1, 1]


def test_no_range_is_narrower_than_the_week_in_which_clues_came(full):
    # 2022-09-20 was a Tuesday; the next clue came on Saturday of that week.
    for first, last in ((20, 20), (22, 22), (25, 25)):
        days = (date(2022, 9, first), date(2022, 9, last))
        assert queries.clues.counted(full, [], *days).iloc[0]["clue_count"] == 2
    assert queries.clues.counted(full, [], date(2022, 9, 12), date(2022, 9, 18)).iloc[0].sum() == 0


def test_five_clues_of_a_village_are_broken_down_and_four_are_not(full_copy):
    full_copy.execute("update marts.fct_clues set village_name = 'a' where clue_id < 'XS005'")
    full_copy.execute("update marts.fct_clues set village_name = 'b' where clue_id > 'XS015'")
    full_copy.execute("update marts.fct_clues set township_name = 't'")
    rows = queries.clues.by_village(full_copy, [], *ALL_DAYS).set_index("village_name")
    assert rows.loc["a"].tolist() == ["t", 5, 1, 2, 1, 1]
    assert rows.loc["b", "clue_count"] == 4
    assert rows.loc["b"].isna().sum() == 4


def test_a_channel_with_a_few_clues_in_a_month_is_told_as_others(full):
    rows = queries.clues.by_month_and_channel(full, *ALL_DAYS)
    told = dict(
        zip(
            zip(rows["month_name"], rows["channel_name"], strict=True),
            rows["clue_count"],
            strict=True,
        )
    )
    # 09-20, 09-24 and 09-28; then every fourth day, the one of 10-30 by letter.
    assert told == {
        ("2022-09", "其他"): 3,
        ("2022-10", "12345 热线"): 7,
        ("2022-10", "其他"): 1,
        ("2022-11", "12345 热线"): 7,
        ("2022-12", "其他"): 2,
    }


def test_of_a_township_it_is_not_told_how_many_gave_their_names(full_copy):
    full_copy.execute(
        "insert into marts.dim_obligation_rules by name "
        "select 'M04' as rule_code, 'real_name_received' as start_event_code, false as is_restricted, "
        "false as is_in_force"
    )
    rows = queries.clues.in_time(full_copy, [], *ALL_DAYS)
    assert set(rows["rule_code"]) == {"M04", "M05", "M06"}
    assert rows["obligation_count"].tolist() == [2, 2, 2]
    of_one = queries.clues.in_time(full_copy, [code_of("上庄镇")], *ALL_DAYS)
    assert set(of_one["rule_code"]) == {"M05", "M06"}


def test_a_refused_reward_is_none_and_pays_nothing(full):
    row = queries.public.rewards_counted(full, *ALL_DAYS).iloc[0]
    assert row.tolist() == [2, 1, 1, 10_000, 5_000]
    assert queries.public.publicity_by_month(full, *ALL_DAYS)["item_count"].sum() == 3
    assert queries.public.publicity(full, *ALL_DAYS)["is_published"].tolist() == [False] + 3 * [
        True
    ]


def test_a_clock_has_used_its_share_of_the_limit(full):
    rows = queries.cases.clocks(full, [], *ALL_DAYS, AS_OF).set_index(["rule_code", "case_id"])
    first = "岚自然资立〔2022〕1号"
    # 20 days from 11-01 on, done on 11-30 at 9:00; from 12-05 on, at the as-of of 12-10 8:00.
    assert rows.loc[("M04", first), "used_pct"] == pytest.approx(100 * (29 + 9 / 24) / 20, abs=0.06)
    assert rows.loc[("M05", first), "used_pct"] == pytest.approx(100 * (5 + 8 / 24) / 20, abs=0.06)
    assert rows.loc[("M06", first), "used_pct"] > 300
    assert len(rows) == 12


def test_a_clock_is_listed_until_the_last_of_the_days_ahead(full_copy):
    def listed():
        return len(queries.cases.clocks_running(full_copy, "15", [], AS_OF))

    full_copy.execute(
        "update marts.fct_obligations set due_date = '2022-12-25' where status = 'open'"
    )
    assert listed() == 4
    full_copy.execute(
        "update marts.fct_obligations set due_date = '2022-12-26' where status = 'open'"
    )
    assert listed() == 0
    full_copy.execute("update marts.fct_obligations set is_restricted = true")
    assert queries.cases.clocks_running(full_copy, "overdue", [], AS_OF).empty


def test_an_incident_without_coordinates_lies_in_the_middle_of_its_village(full):
    rows = queries.incidents.placed(full, "all", [], *ALL_DAYS).set_index("incident_id")
    assert rows.loc["signal7-1", ["longitude", "latitude"]].tolist() == [111.8, 39.45]
    assert len(rows) == 8
    assert set(queries.incidents.placed(full, "suspected", [], *ALL_DAYS)["incident_id"]) == {
        f"signal{place}-1" for place in (0, 3, 4, 6)
    }


def test_of_what_a_clue_began_the_week_is_told(full):
    # Both began on a Wednesday or a day later, the one by a camera, the other by a clue.
    for incident, began in (("signal0-1", "2022-11-02 02:00"), ("signal6-1", "2022-11-07 00:00")):
        for rows in (
            queries.incidents.one(full, incident),
            queries.incidents.listed(full, "all", [], *ALL_DAYS),
            queries.incidents.placed(full, "all", [], *ALL_DAYS),
        ):
            row = rows[rows["incident_id"] == incident].iloc[0]
            assert f"{row['started_at']:%Y-%m-%d %H:%M}" == began


def test_ledger_lines_are_those_of_the_place_in_the_weeks_of_the_incident(full_copy):
    def days():
        rows = queries.incidents.ledger_lines(full_copy, "signal0-1")
        return rows["patrol_date"].dt.date.tolist()

    # The incident went on from Wednesday 11-02 to Friday 11-04.
    assert days() == [date(2022, 11, 5)]
    for day, is_in in ((30, False), (31, True)):
        full_copy.execute(
            f"update marts.fct_patrols set patrol_date = '2022-10-{day}' where patrol_id = 'p56'"
        )
        assert bool(days()) == is_in
    for day, is_in in ((6, True), (7, False)):
        full_copy.execute(
            f"update marts.fct_patrols set patrol_date = '2022-11-0{day}' where patrol_id = 'p56'"
        )
        assert bool(days()) == is_in


def test_a_signal_of_several_days_resolves_to_the_delivered_row_of_each(full_copy):
    assert queries.incidents.dark_nights(full_copy, "signal0-1").empty
    assert queries.incidents.load_days(full_copy, "signal0-1").empty
    signal = "update marts.fct_signals set source_code = ?, evidence_id = ? where signal_id = ?"
    full_copy.execute(signal, ["camera_dark", "dark", "signal0-1"])
    nights = queries.incidents.dark_nights(full_copy, "signal0-1")
    assert nights["night_date"].dt.day.tolist() == [20, 21, 23, 25]
    assert nights["row_number"].tolist() == [9, 10, 12, 14]
    assert set(nights["file_name"]) == {"摄像机状态.csv"}

    (alert,) = full_copy.execute(
        "select power_alert_id from marts.fct_power_alerts where source_code = 'derived' limit 1"
    ).fetchone()
    full_copy.execute(signal, ["load_curve", alert, "signal0-1"])
    full_copy.execute(
        """
        update marts.fct_power_alerts set meter_id = 'another',
            alert_date = date '2022-09-05', last_date = date '2022-09-07'
        where power_alert_id = ?
        """,
        [alert],
    )
    full_copy.execute(
        """
        insert into marts.fct_power_days by name
        select 'another' as meter_id, 'f.csv' as file_name, day as row_number,
            make_date(2022, 9, day::int) as reading_date, true as is_complete
        from range(4, 9) days (day)
        """
    )
    days = queries.incidents.load_days(full_copy, "signal0-1")
    # The day before the alert and the day after it are not its days.
    assert days["row_number"].tolist() == [5, 6, 7]
    assert set(days["file_name"]) == {"f.csv"}


def test_a_dossier_names_what_stands_at_the_place_and_what_saw_it(full):
    cameras = queries.incidents.cameras(full, "signal0-1")
    # One stands at the site; the other took the picture.
    assert cameras["camera_name"].tolist() == ["青石高点1号", "白杨高点16号"]
    assert cameras["online_pct"].tolist() == [100, 100]
    meters = queries.incidents.meters(full, "signal0-1")
    assert meters["meter_id"].tolist() == ["0000000"]
    assert meters["alert_types_text"].tolist() == ["报停户用电"]
    assert queries.incidents.meters(full, "signal7-1").empty


def test_who_answered_for_the_place_is_told_as_it_stood_when_the_incident_began(full_copy):
    row = queries.incidents.responsible(full_copy, "signal0-1").iloc[0]
    assert row["county_sponsor_name"] == "副县长"
    assert row["township_sponsor_name"] == "青石镇党委书记"
    assert (row["has_township_grid_member"], row["has_village_grid_member"]) == (True, False)
    full_copy.execute("update marts.dim_sites set valid_from_at = '2022-11-02 02:00:01'")
    assert queries.incidents.responsible(full_copy, "signal0-1").iloc[0]["site_class_code"] is None


def test_the_curve_of_an_alert_has_its_points_in_order(full):
    rows = queries.power.curve(full, "derived0")
    assert rows["minute_number"].tolist() == list(range(0, 1440, 15))
    assert rows["power_kw"].isna().sum() == 1


def test_no_answer_about_clues_or_cases_tells_how_somebody_reported(full):
    """A township must not see the channel, and the pages have no roles yet."""
    answers = [
        queries.clues.counted(full, [], *ALL_DAYS),
        queries.clues.by_village(full, [], *ALL_DAYS),
        queries.clues.reported_again(full, [], *ALL_DAYS),
        queries.clues.in_time(full, [], *ALL_DAYS),
        queries.public.rewards_by_month(full, *ALL_DAYS),
        queries.incidents.signals(full, "signal0-1"),
        queries.cases.listed(full, "discovered", [], *ALL_DAYS),
        queries.cases.one(full, "岚自然资立〔2022〕1号"),
        queries.video.events(full, "all", [], *ALL_DAYS),
        queries.power.alerts(full, [], *ALL_DAYS),
    ]
    for answer in answers:
        assert not [name for name in answer if re.search("channel|clue_source|clue_id", name)]


EVERYTHING = ([], [], [], *ALL_DAYS)


def test_a_period_counts_in_its_range_and_what_is_owed_still_always(full):
    counts = queries.duties.counted(full, *EVERYTHING).iloc[0]
    assert counts["obligation_count"] == 8 * 6 + 1
    day_before = ([], [], [], date(2022, 11, 1), date(2022, 11, 19))
    before = queries.duties.counted(full, *day_before).iloc[0]
    # The dated ones that are late since June, and the open ones.
    assert before[["overdue_count", "no_report_count", "open_count"]].tolist() == [8, 0, 8]
    assert before["met_count"] == 0
    on_the_day = ([], [], [], date(2022, 11, 20), date(2022, 11, 20))
    assert queries.duties.counted(full, *on_the_day).iloc[0]["obligation_count"] == 8 * 6 + 1


def test_every_cell_and_every_list_of_duties_adds_up_to_the_cards(full):
    counts = queries.duties.counted(full, *EVERYTHING).iloc[0]
    grid = queries.duties.by_clause_and_township(full, *EVERYTHING)
    for name in ("obligation", "overdue", "no_report", "met_late", "due_soon", "met", "open"):
        assert grid[f"{name}_count"].sum() == counts[f"{name}_count"] > 0, name
    assert "county" in set(grid["township_code"])
    listed = {
        code: len(queries.duties.listed(full, code, *EVERYTHING))
        for code in ("owed", "overdue", "no_report", "soon", "met_late", "all")
    }
    assert listed == {
        "owed": counts[["overdue_count", "no_report_count", "due_soon_count"]].sum(),
        "overdue": counts["overdue_count"],
        "no_report": counts["no_report_count"],
        "soon": counts["due_soon_count"],
        "met_late": counts["met_late_count"],
        "all": counts["obligation_count"],
    }
    leads = queries.duties.by_lead_unit(full, *EVERYTHING)
    assert leads["overdue_count"].sum() == counts["overdue_count"]
    assert leads["lead_unit_name"].tolist() == ["县自然资源局", "县公安局"]


def test_the_most_days_late_come_first_and_what_is_due_soon_after_them(full):
    rows = queries.duties.listed(full, "owed", *EVERYTHING)
    late = rows["status"].isin(["overdue", "no_report"])
    assert late.iloc[: late.sum()].all()
    days = rows[late]["days_late"].tolist()
    assert days == sorted(days, reverse=True)
    assert rows["is_due_soon"].iloc[late.sum() :].all()


def test_what_is_about_officials_is_in_no_answer(full):
    assert full.execute(
        "select count(*) from marts.fct_obligations where is_restricted"
    ).fetchone() == (3,)
    assert "县纪委监委" not in queries.duties.lead_units(full)["lead_unit_name"].tolist()
    assert "2.2.3" not in set(
        queries.duties.by_clause_and_township(full, *EVERYTHING)["clause_code"]
    )
    assert "of_officials" not in set(
        queries.duties.listed(full, "all", *EVERYTHING)["obligation_id"]
    )
    assert queries.duties.one(full, "of_officials").empty
    assert len(queries.duties.one(full, "of_county")) == 1


def test_numbers_of_clues_stay_out_of_duties(full_copy):
    full_copy.execute(
        "update marts.fct_obligations set subject_type = 'clue' where rule_code = 'M01'"
    )
    rows = queries.duties.listed(full_copy, "all", *EVERYTHING)
    assert rows[rows["rule_code"] == "M01"]["subject_id"].isna().all()
    assert rows[rows["rule_code"] == "M02"]["subject_id"].notna().all()
    assert queries.duties.one(full_copy, "o1-0")["subject_id"].isna().all()


def test_evidence_is_found_in_the_mart_of_its_kind(full):
    [row] = queries.duties.evidence(full, "measure", "m2").to_dict("records")
    assert (row["file_name"], row["sheet_name"], row["row_number"]) == ("制度措施.xlsx", "2022", 5)
    assert queries.duties.evidence(full, "meeting", "m2").empty
    patrol = queries.duties.evidence(full, "patrol", "p21")
    assert patrol["row_number"].tolist() == [6]
    assert queries.duties.evidence(full, "zero_report", "f0")["sheet_name"].tolist() == ["第1周"]
    delivery = queries.duties.delivery(full, row["delivery_sha256"])
    assert delivery["feed_code"].tolist() == ["measures"]


def test_a_deadline_is_shown_for_the_county_or_for_one_township(full):
    county = queries.duties.deadline_weeks(full, None)
    assert county["planned_count"].unique().tolist() == [20]
    assert county["is_open"].tolist() == 11 * [False] + [True]
    one = queries.duties.deadline_weeks(full, code_of("柳河镇"))
    assert one["township_name"].unique().tolist() == ["柳河镇"]
    now = queries.duties.deadline_progress(full, [])
    assert now["scope_code"].tolist() == ["county"] + 8 * ["township"]
    assert len(queries.duties.deadline_progress(full, [code_of("柳河镇")])) == 1


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


def test_a_check_that_several_deliveries_failed_is_one_row_that_names_the_latest(full_copy):
    before = len(queries.quality.failed_checks(full_copy))
    full_copy.execute(
        """
        insert into marts.fct_check_results by name
        select 'many' || row_number() over (order by received_at) as check_id, 'gx' as tool_code,
            'marts.fct_deliveries' as table_name, 'length' as check_name, 'warning' as severity_code,
            '行数异常' as notes_text, '4 / 9' as observed_text, false as is_passed, delivery_sha256
        from marts.fct_deliveries order by received_at desc limit 4
        """
    )
    rows = queries.quality.failed_checks(full_copy)
    assert len(rows) == before + 1
    row = rows[rows["check_name"] == "length"].iloc[0]
    latest = full_copy.execute(
        "select file_name from marts.fct_deliveries order by received_at desc limit 3"
    ).fetchall()
    assert row["delivery_count"] == 4
    assert row["latest_files_text"] == "、".join(name for (name,) in latest)


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
        queries.duties.by_clause_and_township: EVERYTHING,
        queries.duties.by_lead_unit: EVERYTHING,
        queries.duties.listed: ("all", *EVERYTHING),
        queries.duties.lead_units: (),
        queries.duties.clauses: (),
        queries.duties.one: ("1",),
        queries.duties.evidence: ("patrol", "1"),
        queries.duties.delivery: ("1",),
        queries.duties.deadline_weeks: (None,),
        queries.duties.deadline_progress: ([],),
        queries.cases.clocks: ([], *ALL_DAYS, AS_OF),
        queries.cases.clocks_running: ("open", [], AS_OF),
        queries.clues.by_month_and_channel: ALL_DAYS,
        queries.clues.in_time: ([], *ALL_DAYS),
        queries.clues.by_village: ([], *ALL_DAYS),
        queries.clues.reported_again: ([], *ALL_DAYS),
        queries.public.rewards_by_month: ALL_DAYS,
        queries.public.publicity_by_month: ALL_DAYS,
        queries.public.publicity: ALL_DAYS,
        queries.public.commendations: ALL_DAYS,
        queries.incidents.placed: ("all", [], *ALL_DAYS),
        queries.incidents.listed: ("all", [], *ALL_DAYS),
        queries.incidents.one: ("1",),
        queries.incidents.signals: ("1",),
        queries.incidents.events: ("1",),
        queries.incidents.load_days: ("1",),
        queries.incidents.dark_nights: ("1",),
        queries.incidents.ledger_lines: ("1",),
        queries.incidents.cameras: ("1",),
        queries.incidents.meters: ("1",),
        queries.incidents.responsible: ("1",),
        queries.video.dark_spells: ([], *ALL_DAYS),
        queries.video.repeated_spells: ([], *ALL_DAYS),
        queries.power.one_alert: ("1",),
        queries.power.curve: ("1",),
        queries.cases.open_by_stage: ([],),
        queries.cases.listed: ("open", [], *ALL_DAYS),
        queries.cases.numbers: (),
        queries.cases.one: ("1",),
        queries.cases.events: ("1",),
        queries.video.built_by_township: ([],),
        queries.video.cameras: ([], *ALL_DAYS),
        queries.video.events_by_day: ([], *ALL_DAYS),
        queries.video.events: ("all", [], *ALL_DAYS),
        queries.power.users: ([],),
        queries.power.alerts_by_township: ([], *ALL_DAYS),
        queries.power.alerts: ([], *ALL_DAYS),
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
        queries.quality.failed_checks: (),
        queries.counties.months: (),
        queries.counties.names: (),
        queries.counties.left_out: (),
        queries.counties.reported: ([], date(2022, 11, 1)),
        queries.counties.by_metric_and_county: ([], date(2022, 11, 1)),
        queries.counties.figures: ("count", [], date(2022, 11, 1)),
        queries.counties.deadlines: ([], date(2022, 11, 1)),
        queries.counties.cases_by_type: ([], date(2022, 11, 1)),
        queries.accountability.by_rule: ([], *ALL_DAYS),
        queries.accountability.by_action: ([], *ALL_DAYS),
        queries.accountability.matters: ("all", [], *ALL_DAYS),
        queries.accountability.duties: ("all", [], *ALL_DAYS),
        queries.accountability.transfers: ([], *ALL_DAYS),
        queries.accountability.incidents: ("1",),
        queries.accountability.cases: ("1",),
        queries.accountability.course: ("1",),
        queries.accountability.duties_of: ("1",),
    }.items():
        assert query(empty, *values).empty, query.__name__
    assert queries.patrols.forms_received(empty, [], *ALL_DAYS).iloc[0].tolist() == [0, 0]
    for query, values in {
        queries.duties.counted: EVERYTHING,
        queries.cases.counted: ([], *ALL_DAYS),
        queries.accountability.counted: ([], *ALL_DAYS),
        queries.cases.stages_reached: ([], *ALL_DAYS),
        queries.video.cameras_counted: ([],),
        queries.video.events_counted: ([], *ALL_DAYS),
        queries.power.users_counted: ([],),
        queries.power.alerts_counted: ([], *ALL_DAYS),
        queries.clues.counted: ([], *ALL_DAYS),
        queries.public.rewards_counted: ALL_DAYS,
    }.items():
        [counts] = query(empty, *values).filter(like="_count").to_dict("records")
        assert set(counts.values()) == {0}, query.__name__
    assert queries.patrols.lines_counted(empty, [], *ALL_DAYS).iloc[0].tolist() == [0, 0, 0, 0]


def test_metrics_are_those_of_the_month_of_the_county_or_one_township(full):
    county = queries.metrics.of_month(full, None, [], date(2022, 12, 31))
    assert county["clause_code"].tolist() == ["2.1.3", "2.2.2", "2.2.3"]
    assert county["cumulative_value"].tolist() == [6, 6, 6]
    before = queries.metrics.of_month(full, None, ["2.2.2"], date(2022, 11, 1))
    assert before["cumulative_value"].tolist() == [3]
    assert before["definition_text"].tolist() == ["立案的口径"]
    assert queries.metrics.of_month(full, None, [], date(2022, 10, 31)).empty


def test_a_township_sees_no_metric_about_officials_and_no_share_of_nothing(full):
    names = queries.county.townships(full).set_index("township_name")["township_code"]
    rows = queries.metrics.of_month(full, names["柳河镇"], [], date(2022, 12, 1))
    assert rows["clause_code"].tolist() == ["2.1.3", "2.2.2"]
    assert rows["target_status_code"].tolist() == ["no_base", "no_target"]
    assert rows["metric_value"].isna().tolist() == [True, False]
