"""The last look finds what masking let through, and nothing that merely looks like it."""

from pipeline.personal_data import columns_with_personal_data
from warehouse.connection import connect


def marts_with(**columns):
    connection = connect()
    connection.execute("create schema marts")
    names = ", ".join(f"{name} varchar" for name in columns)
    connection.execute(f"create table marts.t ({names})")
    marks = ", ".join("?" for _ in columns)
    connection.execute(f"insert into marts.t values ({marks})", list(columns.values()))
    return connection


def test_a_phone_and_an_identity_number_in_text_are_found():
    connection = marts_with(
        remark_text="请联系13800138000",
        original_text='{"备注": "11010519491231002X"}',
        place_text="0350-7650000",
    )
    assert columns_with_personal_data(connection) == {
        "t.remark_text": 1,
        "t.original_text": 1,
        "t.place_text": 1,
    }


def test_tables_that_are_dropped_before_publishing_are_not_searched():
    connection = connect()
    for schema in ("marts", "build", "seeds", "intermediate", "raw"):
        connection.execute(f"create schema {schema}")
        connection.execute(f"create table {schema}.in_{schema} as select '13800138000' as note")
    connection.execute("create table intermediate.appended as select '13800138000' as note")
    assert columns_with_personal_data(connection, frozenset(["appended"])) == {
        "appended.note": 1,
        "in_build.note": 1,
        "in_marts.note": 1,
        "in_seeds.note": 1,
    }


def test_keys_masked_numbers_and_long_identifiers_are_not():
    connection = marts_with(
        meter_id="13800138000",
        licence_number="C1400002009111220043887",
        remark_text="[手机#ab12cd34]，许可证C1400002009111220043887，20位编号34020000001320000001",
        place_text="东经111.486808北纬39.436973",
        bad_check_text="110105194912310021",
    )
    assert columns_with_personal_data(connection) == {}
