"""What a build may see: exactly the deliveries of its moment, read by column name, one bad file set
aside."""

import pyarrow.parquet as pq
import pytest

from ingestion.land import withdraw
from ingestion.records import read_records
from pipeline.freeze import Context, HolidaysError, freeze, visible
from tests.county import at
from warehouse.connection import connect


def frozen(county, quarantined=None, as_of="2022-12-10T08:00:00"):
    connection = connect()
    moment = at(as_of)
    texts = ("v", "999901", "样例县", "hash", None, "dbt", "duckdb")
    context = Context(*texts, True, False, moment, moment)
    freeze(connection, county.home, context, quarantined or {})
    return connection


def one(connection, query):
    return connection.execute(query).fetchone()


def test_what_was_received_later_is_invisible_and_the_moment_itself_is_not(county, load):
    county.deliver_everything()
    load()
    names = [r.file_name for r in visible(county.home, at("2022-11-03T07:00:00"))]
    assert "curves_2022-11-02.csv" in names
    assert "curves_2022-11-03.csv" not in names
    connection = frozen(county, as_of="2022-11-03T07:00:00")
    assert one(connection, "select count(*) from raw.power_readings") == (6,)


def test_a_withdrawn_delivery_is_seen_before_its_tombstone_only(county, load):
    county.deliver_reference()
    load()
    sites = next(record for record in read_records(county.home) if record.feed == "sites")
    # The tombstone bears the home's own time, 2022-12-10 08:00.
    before, then = at("2022-12-10T07:59:59"), at("2022-12-10T08:00:00")
    withdraw(county.home, sites.sha256, "装错")
    assert sites.sha256 in {record.sha256 for record in visible(county.home, before)}
    assert sites.sha256 not in {record.sha256 for record in visible(county.home, then)}
    withdraw(county.home, sites.sha256, "没错", undo=True)
    assert sites.sha256 in {record.sha256 for record in visible(county.home, then)}


def test_a_quarantined_delivery_is_listed_with_its_reason_and_its_rows_are_out(county, load):
    county.deliver_everything()
    load()
    bad = next(r for r in read_records(county.home) if r.file_name == "curves_2022-11-02.csv")
    connection = frozen(county, {bad.sha256: "单位可能是瓦"})
    assert one(
        connection,
        f"select outcome_code, refusal_text from build.deliveries "
        f"where delivery_sha256 = '{bad.sha256}'",
    ) == ("quarantined", "单位可能是瓦")
    assert one(connection, "select count(*) from raw.power_readings") == (6,)


@pytest.mark.parametrize("feed", ["power_readings", "sites"])
def test_one_corrupt_file_does_not_fail_its_feed(county, load, feed):
    county.deliver_everything()
    more = "点位编号,名称,对象类别,乡镇\nD009,北沟采砂点,私挖滥采易发点,乙水乡\n"
    county.deliver("sites", "more.csv", more.encode(), "2022-02-01T08:00:00")
    load()
    record = next(r for r in read_records(county.home) if r.feed == feed)
    path = county.home.root / record.parts[0].file
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    connection = frozen(county)
    assert one(
        connection,
        f"select outcome_code, refusal_text like '%reread%' from build.deliveries "
        f"where delivery_sha256 = '{record.sha256}'",
    ) == ("quarantined", True)
    delivered = {"power_readings": 9, "sites": 4}[feed]
    left = delivered - record.parts[0].good
    assert one(connection, f"select count(*) from raw.{feed}") == (left,)


def test_a_file_of_an_older_declaration_is_read_by_name(county, load):
    county.deliver_reference()
    load()
    record = next(r for r in read_records(county.home) if r.feed == "sites")
    path = county.home.root / record.parts[0].file
    table = pq.read_table(path)
    table = table.drop_columns(["mineral_text"]).append_column(
        "no_longer_declared", table.column("site_name")
    )
    pq.write_table(table.select(table.column_names[::-1]), path)
    connection = frozen(county)
    found = connection.execute("select site_id, mineral_text from raw.sites order by 1").fetchall()
    assert found == [("D001", None), ("D002", None), ("D003", None)]


def test_forms_without_rows_are_frozen_too(county, load):
    county.deliver_everything()
    load()
    connection = frozen(county)
    zero = connection.execute(
        "select reporting_unit_name, filled_date, row_count from build.delivery_forms "
        "where is_zero_report"
    ).fetchall()
    assert zero == [("乙水乡人民政府", at("2022-11-03").date(), 0)]


def test_holidays_of_the_home_are_read_and_nonsense_is_named(county, load):
    county.deliver_reference()
    load()
    county.home.holidays_file.write_text(
        "calendar_date,day_kind_code,holiday_name\n2030-01-01,holiday,元旦\n", encoding="utf-8"
    )
    assert one(frozen(county), "select calendar_date, holiday_name from build.extra_holidays") == (
        at("2030-01-01").date(),
        "元旦",
    )
    county.home.holidays_file.write_text("calendar_date,day_kind_code\n2030-01-01,party\n")
    with pytest.raises(HolidaysError, match="party"):
        frozen(county)
