"""Ledgers to fill in: who gets which places, and a filled one comes back without a rejected row."""

from datetime import date, datetime, time

import openpyxl
import pytest

from ingestion.land import load
from pipeline.freeze import Context, freeze
from reports import PaperError
from reports.forms import HEADERS, write_forms
from reports.periods import PeriodError, period_of
from tests.command import minewatch
from tests.reports.paper import publish
from warehouse.connection import connect

FIRST_ROW = 4


@pytest.fixture
def home(county):
    publish(county.home)
    return county.home


def sheets(path):
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(path).worksheets}


def fill(path, target, filled, rows):
    """Fill in the form's date and the rows given: number of the row → (day, answer)."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet["J2"] = filled
        for number, (day, answer) in rows.items():
            row = FIRST_ROW + number
            for header, value in {
                "有无采矿证": "无",
                "是否浅层煤浅层矿": "是",
                "是否存在非法违法盗采行为": answer,
                "是否存在越层越界": "否",
                "是否存在违规生产行为": "否",
                "巡查日期": day,
                "到达时间": time(9, 30),
                "经度": 111.2,
                "纬度": 39.2,
            }.items():
                sheet.cell(row, HEADERS.index(header) + 1, value)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2022-W44", "2022年11月第1周", date(2022, 10, 31), date(2022, 11, 6)),
        ("2022-w52", "2022年12月第5周", date(2022, 12, 26), date(2023, 1, 1)),
        ("2022-2", "2022年2月", date(2022, 2, 1), date(2022, 2, 28)),
        ("2022-Q4", "2022年第四季度", date(2022, 10, 1), date(2022, 12, 31)),
    ],
)
def test_a_period_is_named_as_the_models_read_it(text, name, first, last):
    found = period_of(text)
    assert (found.ledger_name, found.first, found.last) == (name, first, last)


@pytest.mark.parametrize(
    "text", ["", "2022-13", "2022-11..2022-10", "2022-W54", "2022-Q5", "十一月", "2022-11-01"]
)
def test_what_names_no_period_is_told(text):
    with pytest.raises(PeriodError, match="写法如"):
        period_of(text)


def test_the_period_decides_who_fills_it_in(home, tmp_path):
    found = {}
    for text in ("2022-W50", "2022-12", "2022-Q4"):
        for path in write_forms(home, period_of(text), None, tmp_path / text):
            found[path.name] = {
                name: (sheet["A2"].value, [sheet.cell(row, 11).value for row in range(4, 7)])
                for name, sheet in sheets(path).items()
            }
    unit = "填报单位（盖章）："
    assert found == {
        "样例数据_甲山镇2022年12月第3周村级巡查检查台账.xlsx": {
            "东坡村": (f"{unit}甲山镇东坡村村民委员会", ["D001", None, None]),
            "西坡村": (f"{unit}甲山镇西坡村村民委员会", ["D002", None, None]),
        },
        "样例数据_乙水乡2022年12月第3周村级巡查检查台账.xlsx": {
            "南沟村": (f"{unit}乙水乡南沟村村民委员会", ["D003", None, None])
        },
        "样例数据_甲山镇2022年12月乡级巡查检查台账.xlsx": {
            "甲山镇": (f"{unit}甲山镇人民政府", ["D001", "D002", None])
        },
        "样例数据_乙水乡2022年12月乡级巡查检查台账.xlsx": {
            "乙水乡": (f"{unit}乙水乡人民政府", ["D003", None, None])
        },
        "样例数据_县自然资源局2022年第四季度县级巡查检查台账.xlsx": {
            "甲山镇": (f"{unit}县自然资源局", ["D001", "D002", None]),
            "乙水乡": (f"{unit}县自然资源局", ["D003", None, None]),
        },
    }


def test_a_form_has_what_the_register_knows_and_no_answer(home, tmp_path):
    [path] = write_forms(home, period_of("2022-12"), "甲山镇", tmp_path)
    sheet = sheets(path)["甲山镇"]
    assert [sheet.cell(3, column + 1).value for column in range(len(HEADERS))] == HEADERS
    row = [sheet.cell(4, column + 1).value for column in range(len(HEADERS))]
    assert {header: cell for header, cell in zip(HEADERS, row, strict=True) if cell} == {
        "序号": 1,
        "巡查检查区域位置": "甲山镇东坡村东坡废弃煤窑",
        "矿种": "煤",
        "点位编号": "D001",
        "所属期": "2022年12月",
        "巡查级别": "乡级",
    }
    chosen = {
        str(one.sqref): one.formula1
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }
    assert chosen["F4:F10"] == '"是,否,疑似"'
    assert len(chosen) == 6


@pytest.mark.parametrize("unit", ["T100", "甲山镇人民政府", "999901100", "甲山镇"])
def test_a_township_is_chosen_by_name_or_code(home, tmp_path, unit):
    assert len(write_forms(home, period_of("2022-12"), unit, tmp_path)) == 1


def test_where_nothing_is_to_be_patrolled_nothing_is_written(home, tmp_path):
    with pytest.raises(PaperError, match="无此镇"):
        write_forms(home, period_of("2022-12"), "无此镇", tmp_path / "out")
    with pytest.raises(PaperError, match="2022年8月"):
        # Before the notice no rule of patrol was in force.
        write_forms(home, period_of("2022-08"), None, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def read_back(home):
    with connect() as connection:
        return connection.execute(
            f"""
            select
                reporting_unit_name, filled_date, site_id, period_text, patrol_date, arrived_at,
                patrol_level, illegal_mining_code, _cell_warnings, _reject_reasons
            from read_parquet('{home.raw}/patrol_ledger/*.parquet') order by site_id
            """
        ).fetchall()


def test_a_filled_form_is_read_without_a_rejected_row_or_a_warning(home, tmp_path):
    [path] = write_forms(home, period_of("2022-12"), "甲山镇", tmp_path)
    day, filled = datetime(2022, 12, 6), datetime(2022, 12, 8)
    fill(
        path,
        home.inbox / "patrol_ledger" / path.name,
        filled,
        {0: (day, "否"), 1: (day, "疑似")},
    )
    [file] = load(home).files
    assert (file.good, file.rejected, file.warnings) == (2, 0, 0), file.message
    same = ("2022年12月", day.date(), datetime(2022, 12, 6, 9, 30), "乡级")
    assert read_back(home) == [
        ("甲山镇人民政府", filled.date(), "D001", *same, "no", None, None),
        ("甲山镇人民政府", filled.date(), "D002", *same, "suspected", None, None),
    ]


def test_a_place_that_nobody_went_to_is_no_patrol_and_no_zero_report(home, tmp_path):
    [path] = write_forms(home, period_of("2022-12"), "甲山镇", tmp_path)
    day = datetime(2022, 12, 6)
    for name, rows in (("part.xlsx", {1: (day, "否")}), ("none.xlsx", {})):
        fill(path, home.inbox / "patrol_ledger" / name, datetime(2022, 12, 8), rows)
    none, part = load(home).files
    assert (none.good, none.rejected, part.good, part.rejected) == (0, 0, 1, 0)
    with connect() as connection:
        forms = connection.execute(
            f"""
            select file_name, unnest(forms).is_zero_report
            from read_json('{home.records}/*.json') order by file_name
            """
        ).fetchall()
    assert forms == [("none.xlsx", False), ("part.xlsx", False)]


def test_the_command_writes_below_the_outbox_and_refuses_a_period_it_cannot_read(home):
    done = minewatch(home, "forms", "--period", "2022-W50")
    assert done.returncode == 0, done.stderr
    assert len(list(home.outbox.rglob("*.xlsx"))) == 2
    assert minewatch(home, "forms", "--period", "十二月").returncode == 1


@pytest.mark.slow
def test_filled_forms_meet_the_duties_of_village_township_and_county(county, compiled, tmp_path):
    """And the place that was left blank is still owed."""
    publish(county.home)
    county.deliver_reference()
    day, filled = datetime(2022, 11, 16), datetime(2022, 11, 18)
    for text in ("2022-W46", "2022-11", "2022-Q4"):
        for path in write_forms(county.home, period_of(text), None, tmp_path / text):
            target = county.home.inbox / "patrol_ledger" / path.name
            # Of the second place of every township nothing is said.
            fill(path, target, filled, {0: (day, "否")})
            target.with_name(f"{path.name}.meta.json").write_text(
                '{"received_at": "2022-11-18T17:00:00"}'
            )
    result = load(county.home)
    assert not [file for file in result.files if file.rejected or file.outcome != "loaded"]

    database = tmp_path / "build" / "minewatch.duckdb"
    database.parent.mkdir()
    as_of = datetime(2023, 1, 20)
    with connect(database) as connection:
        texts = ("v", "999901", "样例县", "hash", None, "dbt", "duckdb")
        freeze(connection, county.home, Context(*texts, True, False, as_of, as_of), {})
    compiled.run(database, ["int_patrol_duties_done"])
    with connect(database, read_only=True) as connection:
        met = connection.execute(
            """
            select patrol_level_code, subject_id, cast(period_start_date as varchar)
            from intermediate.int_patrol_duties_done order by all
            """
        ).fetchall()
    assert met == [
        ("county", "D001", "2022-10-01"),
        ("county", "D003", "2022-10-01"),
        ("township", "D001", "2022-11-01"),
        ("township", "D003", "2022-11-01"),
        ("village", "999901100201", "2022-11-14"),
        ("village", "999901100202", "2022-11-14"),
        ("village", "999901101201", "2022-11-14"),
    ]
