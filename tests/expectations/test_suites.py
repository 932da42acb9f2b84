"""Each suite fails on what it is there for, names deliveries where it should, and shows no values."""

from datetime import datetime

import pytest

from expectations.docs import write_docs
from expectations.run import CheckResult, check_database, judge, suite_modules
from warehouse.connection import connect

SETTINGS = {
    "delivery_rejected_share_max": 0.5,
    "power_mean_kw_max": 5000.0,
    "freshness_days_patrol_ledger": 10.0,
    "freshness_days_power_readings": 3.0,
    "freshness_days_video_events": 3.0,
    "freshness_days_camera_status": 3.0,
    "freshness_days_power_alerts": 35.0,
    "freshness_days_clues": 35.0,
    "freshness_days_cases": 35.0,
}
AS_OF = datetime(2022, 12, 10, 8)


@pytest.fixture
def database(tmp_path):
    """A county where all is well: what the suites read, and nothing else."""
    path = tmp_path / "minewatch.duckdb"
    with connect(path) as connection:
        connection.execute("""
            create schema marts; create schema intermediate; create schema build;
            create table intermediate.int_settings (setting_code varchar, setting_value double);
            create table marts.dim_version as
                select 'v1' as version_id, '样例县' as county_name, true as is_sample,
                    timestamp '2022-12-10 08:00' as as_of_at;
            create table marts.dim_townships as select 'T1' as township_code, true as is_current;
            create table marts.dim_units (unit_code varchar, unit_kind_code varchar, is_current boolean);
            create table marts.dim_boundary_points as
                select unnest([111.0, 112.0]) as longitude, unnest([39.0, 40.0]) as latitude;
            create table marts.dim_sites as
                select 111.5::double as longitude, 39.5::double as latitude, true as is_current, true as is_active;
            create table marts.fct_deliveries as
                select 'd' || i as delivery_sha256, 'patrol_ledger' as feed_code, '甲镇' as sender_name,
                    'used' as outcome_code, 40 as read_count, 40 as good_count,
                    0 as rejected_count, timestamp '2022-12-09 08:00' as received_at
                from range(5) t(i)
                union all
                select upper(feed_code), feed_code, '供电公司', 'used', 40, 40, 0,
                    timestamp '2022-12-09 08:00'
                from (
                    values ('video_events'), ('camera_status'), ('power_alerts'), ('clues'), ('cases')
                ) t(feed_code)
                union all
                select 'p', 'power_readings', '供电公司', 'used', 40, 40, 0,
                    timestamp '2022-12-09 08:00';
            create table marts.fct_patrols as
                select 'l' || i as patrol_id, 'no' as illegal_mining_code, true as is_registered_place,
                    false as is_carried_over, timestamp '2022-12-09 08:00' as reported_at
                from range(10) t(i);
            create table marts.fct_contradictions as
                select 'l1' as claim_id, 'patrol' as claim_type, 'evidence' as kind_code,
                    'confirmed' as status_code
                from range(10);
            create table marts.fct_contradiction_evidence as
                select 'k' || i % 10 as contradiction_id from range(1000) t(i);
            create table build.deliveries as
                select 'p' as delivery_sha256, 'r' as read_id, 'used' as outcome_code;
            create table intermediate.int_power_days_measured as
                select 'p' as delivery_sha256, 'r' as read_id, 12.5::decimal(18, 3) as mean_kw,
                    96 as point_count;
            create table marts.fct_cases as
                select 'CT02' as case_type_code, 'T1' as township_code, 'U1' as handling_unit_code
                from range(20);
            create table marts.fct_case_events as
                select true as is_known_case, true as is_known_state from range(20);
            create table marts.dim_cameras as
                select 'c' || i as camera_id, 111.5::double as longitude, 39.5::double as latitude,
                    true as is_in_service
                from range(10) t(i);
            create table marts.fct_camera_days as
                select 'c' || i % 10 as camera_id, i < 10 as is_silent,
                    date '2022-12-08' + (i // 10)::int as camera_date
                from range(30) t(i);
            create table marts.fct_video_events as
                select 'VIDEO_EVENTS' as delivery_sha256, true as is_known_camera,
                    date '2022-11-01' + (i // 10)::int as event_date,
                    timestamp '2022-11-01 10:00' as occurred_at
                from range(300) t(i);
            create table marts.dim_power_users as
                select 'normal' as user_state_code, 'industrial' as electricity_kind_code,
                    'T1' as township_code, true as is_current
                from range(20);
            create table marts.fct_power_alerts as
                select 'company' as source_code, true as is_known_meter,
                    'night_use' as alert_type_code
                from range(20);
            insert into marts.fct_power_alerts
                select 'derived', false, 'other' from range(20);
            create table marts.fct_clues as
                select 'hotline_12345' as channel_code, 'T1' as township_code from range(20);
            create table marts.fct_power_days as
                select 'm' || i % 10 as meter_id, date '2022-11-01' + (i // 10)::int as reading_date
                from range(300) t(i);
            create table marts.fct_site_risk as
                select 's' || i as place_id, if(i < 5, 'incident_medium', 'not_looked_at') as factor_code,
                    true as is_as_of, true as is_registered
                from range(10) t(i);
            create table marts.rpt_patrol_suggestions as
                select '甲镇人民政府' as going_unit_name from range(10);
            create table marts.rpt_silent_sensors as
                select if(i < 3, 'camera', 'meter') as sensor_kind_code from range(5) t(i);
        """)
        connection.executemany(
            "insert into intermediate.int_settings values (?, ?)", list(SETTINGS.items())
        )
    return path


def failures(database, tmp_path):
    found = check_database(database, tmp_path / "docs")
    return {(r.table_name, r.severity_code, r.delivery_sha256) for r in found if not r.is_passed}


def test_a_county_where_all_is_well_passes(database, tmp_path):
    results = check_database(database, tmp_path / "docs")
    assert [r for r in results if not r.is_passed] == []
    assert len(results) == sum(len(m.expectations(SETTINGS)) for m in suite_modules())


FAULTS = {
    "half a delivery rejected is still believable": (
        "update marts.fct_deliveries set good_count = 20, rejected_count = 20 where feed_code = 'power_readings'",
        None,
    ),
    "more than half rejected sets that delivery aside": (
        "update marts.fct_deliveries set good_count = 19, rejected_count = 21 where delivery_sha256 = 'p'",
        ("marts.fct_deliveries", "critical", "p"),
    ),
    "a short form is not judged by shares": (
        "update marts.fct_deliveries set good_count = 1, rejected_count = 18 where delivery_sha256 = 'p'",
        None,
    ),
    "six times the usual length is a warning": (
        "update marts.fct_deliveries set read_count = 240 where delivery_sha256 = 'd3'",
        ("marts.fct_deliveries", "warning", "d3"),
    ),
    "watts instead of kilowatts set that delivery aside": (
        "update intermediate.int_power_days_measured set mean_kw = 12500",
        ("raw.power_readings", "critical", "p"),
    ),
    "hardly any points is a warning": (
        "update intermediate.int_power_days_measured set point_count = 40",
        ("raw.power_readings", "warning", "p"),
    ),
    "a ledger eleven days old is silence": (
        "update marts.fct_deliveries set received_at = timestamp '2022-11-29 07:00' where feed_code = 'patrol_ledger'",
        ("marts.fct_deliveries", "warning", None),
    ),
    "load curves that never came are silence": (
        "delete from marts.fct_deliveries where feed_code = 'power_readings'",
        ("marts.fct_deliveries", "warning", None),
    ),
    "no township blocks": (
        "update marts.dim_townships set is_current = false",
        ("marts.dim_townships", "critical", None),
    ),
    "a city has counties instead": (
        """
        update marts.dim_townships set is_current = false;
        insert into marts.dim_units values ('140901', 'county_government', true);
        """,
        None,
    ),
    "a unit of another kind is no county": (
        """
        update marts.dim_townships set is_current = false;
        insert into marts.dim_units values
            ('U01', 'county_department', true), ('140901', 'county_government', false);
        """,
        ("marts.dim_townships", "critical", None),
    ),
    "an empty register is a warning": (
        "delete from marts.dim_sites",
        ("marts.dim_sites", "warning", None),
    ),
    "a site outside the county is a warning": (
        "update marts.dim_sites set longitude = 39.5, latitude = 111.5",
        ("marts.dim_sites", "warning", None),
    ),
    "sites without coordinates are a warning": (
        "update marts.dim_sites set longitude = null",
        ("marts.dim_sites", "warning", None),
    ),
    "an unknown answer code blocks": (
        "update marts.fct_patrols set illegal_mining_code = '有'",
        ("marts.fct_patrols", "critical", None),
    ),
    "questions left blank are a warning": (
        "update marts.fct_patrols set illegal_mining_code = 'not_stated'",
        ("marts.fct_patrols", "warning", None),
    ),
    "old blanks do not hide behind new answers": (
        "insert into marts.fct_patrols select 'old', 'not_stated', true, false, timestamp '2022-11-01' from range(90)",
        None,
    ),
    "places nobody registered are a warning": (
        "update marts.fct_patrols set is_registered_place = false",
        ("marts.fct_patrols", "warning", None),
    ),
    "copied ledgers are a warning": (
        "update marts.fct_patrols set is_carried_over = true",
        ("marts.fct_patrols", "warning", None),
    ),
    "camera states that stopped are silence": (
        "update marts.fct_deliveries set received_at = timestamp '2022-12-07 07:00' where feed_code = 'camera_status'",
        ("marts.fct_deliveries", "warning", None),
    ),
    "a tenth of the cases of unknown kind is believable": (
        "update marts.fct_cases set case_type_code = 'other' where rowid < 2",
        None,
    ),
    "more than a tenth of the cases of unknown kind is a warning": (
        "update marts.fct_cases set case_type_code = 'other' where rowid < 3",
        ("marts.fct_cases", "warning", None),
    ),
    "cases nobody can place are a warning": (
        "update marts.fct_cases set township_code = null where rowid < 5",
        ("marts.fct_cases", "warning", None),
    ),
    "cases of units nobody knows are a warning": (
        "update marts.fct_cases set handling_unit_code = null where rowid < 3",
        ("marts.fct_cases", "warning", None),
    ),
    "steps of cases nobody registered are a warning": (
        "update marts.fct_case_events set is_known_case = false where rowid < 3",
        ("marts.fct_case_events", "warning", None),
    ),
    "steps nobody knows are a warning": (
        "update marts.fct_case_events set is_known_state = false where rowid < 3",
        ("marts.fct_case_events", "warning", None),
    ),
    "a camera outside the county is a warning": (
        "update marts.dim_cameras set longitude = 39.5, latitude = 111.5 where camera_id = 'c1'",
        ("marts.dim_cameras", "warning", None),
    ),
    "three of ten cameras silent on their last day is a warning": (
        "update marts.fct_camera_days set is_silent = camera_id < 'c3' where camera_date = date '2022-12-10'",
        ("marts.dim_cameras", "warning", None),
    ),
    "a delivery of strange devices is a warning": (
        "update marts.fct_video_events set is_known_camera = rowid % 3 = 0",
        ("raw.video_events", "warning", "VIDEO_EVENTS"),
    ),
    "a delivery from the future is set aside": (
        "update marts.fct_video_events set occurred_at = timestamp '2032-11-01' where rowid % 5 = 0",
        ("raw.video_events", "critical", "VIDEO_EVENTS"),
    ),
    "a day without a platform is a warning": (
        "delete from marts.fct_video_events where event_date = date '2022-11-30' and rowid % 10 > 0",
        ("marts.fct_video_events", "warning", None),
    ),
    "accounts in states nobody knows are a warning": (
        "update marts.dim_power_users set user_state_code = 'unknown' where rowid < 3",
        ("marts.dim_power_users", "warning", None),
    ),
    "accounts nobody can place are a warning": (
        "update marts.dim_power_users set township_code = null where rowid < 7",
        ("marts.dim_power_users", "warning", None),
    ),
    "alerts of unknown accounts are a warning": (
        "update marts.fct_power_alerts set is_known_meter = false where rowid < 3",
        ("marts.fct_power_alerts", "warning", None),
    ),
    "alerts of no known kind are a warning": (
        "update marts.fct_power_alerts set alert_type_code = 'other' where rowid < 5",
        ("marts.fct_power_alerts", "warning", None),
    ),
    "clues of no known channel are a warning": (
        "update marts.fct_clues set channel_code = 'other' where rowid < 3",
        ("marts.fct_clues", "warning", None),
    ),
    "clues nobody can place are a warning": (
        "update marts.fct_clues set township_code = null where rowid < 7",
        ("marts.fct_clues", "warning", None),
    ),
    "ledger lines a third of which are contradicted are a warning": (
        "insert into marts.fct_contradictions select 'l' || i, 'patrol', 'evidence', 'unasked' from range(3) t(i)",
        ("marts.fct_contradictions", "warning", None),
    ),
    "copied forms do not count among them": (
        "insert into marts.fct_contradictions select 'l' || i, 'patrol', 'form', 'unasked' from range(3) t(i)",
        None,
    ),
    "half of the answers refuted is still believable": (
        "update marts.fct_contradictions set status_code = 'refuted' where rowid < 5",
        None,
    ),
    "more than half of the answers refuted is a warning": (
        "update marts.fct_contradictions set status_code = 'refuted' where rowid < 6",
        ("marts.fct_contradictions", "warning", None),
    ),
    "evidence nobody can read is a warning": (
        "insert into marts.fct_contradiction_evidence select 'k' || i from range(2) t(i)",
        ("marts.fct_contradiction_evidence", "warning", None),
    ),
    "open incidents at more than half of the sites are a warning": (
        "insert into marts.fct_site_risk values ('s5', 'incident_high', true, true)",
        ("marts.fct_site_risk", "warning", None),
    ),
    "those of a week ago and of places that are not registered do not count among them": (
        "insert into marts.fct_site_risk"
        " values ('s5', 'incident_high', false, true), ('p', 'incident_high', true, false)",
        None,
    ),
    "a suggestion that nobody is sent to is a warning": (
        "update marts.rpt_patrol_suggestions set going_unit_name = null where rowid = 0",
        ("marts.fct_site_risk", "warning", None),
    ),
    "more than three in ten cameras silent are a warning": (
        "insert into marts.rpt_silent_sensors values ('camera')",
        ("marts.rpt_silent_sensors", "warning", None),
    ),
    "more than two in ten meters silent are a warning": (
        "insert into marts.rpt_silent_sensors values ('meter')",
        ("marts.rpt_silent_sensors", "warning", None),
    ),
    "a day with a third of the meters is a warning": (
        "delete from marts.fct_power_days where reading_date = date '2022-11-30' and rowid % 3 > 0",
        ("marts.fct_power_days", "warning", None),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_suite_finds_its_fault_and_only_that(database, tmp_path, name):
    statement, expected = FAULTS[name]
    with connect(database) as connection:
        connection.execute(statement)
    assert failures(database, tmp_path) == ({expected} if expected else set())


def test_a_check_that_cannot_run_fails_with_its_own_severity():
    class Module:
        __name__ = "expectations.suites.broken"
        TABLE = "marts.broken"

        @staticmethod
        def expectations(settings):
            import great_expectations.expectations as gxe

            return [
                gxe.ExpectColumnValuesToNotBeNull(column="absent", severity="critical", notes="n")
            ]

    import pandas as pd

    results = judge(Module, pd.DataFrame({"present": [1]}), SETTINGS)
    assert [(r.is_passed, r.severity_code) for r in results] == [(False, "critical")]
    assert "没有执行" in results[0].observed_text


def test_data_docs_open_offline_and_show_failures_first_and_no_markup_of_others(tmp_path):
    def result(name, passed, severity, notes):
        return CheckResult(name, "dbt", "marts.t", name, severity, None, notes, None, passed)

    results = [
        result("fine", True, "critical", "ok"),
        result("warned", False, "warning", "w"),
        result("failed", False, "critical", "<script>alert(1)</script>"),
    ]
    write_docs(tmp_path, ("v1", "样例县", True, AS_OF), results)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert "<script" not in page
    assert "样例数据" in page
    assert page.index(">failed<") < page.index(">warned<") < page.index(">fine<")
