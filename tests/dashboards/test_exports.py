"""Files that leave the house: what they say about themselves, and that they do nothing when opened."""

import csv
import io

import openpyxl
import pandas as pd
import pytest
from invented_autumn import STAMP

from dashboards import exports, markup
from dashboards.stamp import Stamp

REAL = Stamp("岚沟县", STAMP.as_of_at, STAMP.version_id, is_sample=False)
FILTERS = {"数据种类": ["巡查检查台账"], "报送单位": []}
ROWS = pd.DataFrame(
    {
        "原因": ["无法识别的日期", '=HYPERLINK("http://example.invalid";"x")', None],
        "行号": [4, -5, 6],
        "退回率（%）": [1.5, float("nan"), 0.0],
        "采用": [True, False, True],
        "接收时间": pd.to_datetime(["2022-11-24 09:30", None, "2022-11-25 00:00"]),
    }
)


def sheets(stamp=STAMP, rows=ROWS):
    content = exports.xlsx_bytes(rows, "退回的行", stamp, FILTERS)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_first_sheet_says_what_this_is_as_of_when_and_with_which_filters():
    book = sheets()
    assert book.sheetnames == ["说明", "数据"]
    facts = {name.value: value.value for name, value in book["说明"].iter_rows()}
    assert facts == {
        "内容": "退回的行",
        "县": "岚沟县",
        "数据截至": "2022-12-10 08:00",
        "版本": STAMP.version_id,
        "筛选：数据种类": "巡查检查台账",
        "筛选：报送单位": "全部",
        "行数": "3",
        "标记": "样例数据，不是真实情况",
    }
    assert "标记" not in {name.value for name, _ in sheets(REAL)["说明"].iter_rows()}


def test_the_second_sheet_holds_every_row_as_it_is():
    header, first, second, third = sheets()["数据"].iter_rows(values_only=True)
    assert header == tuple(ROWS.columns)
    assert first == ("无法识别的日期", 4, 1.5, "是", "2022-11-24 09:30")
    assert second[1:] == (-5, None, "否", None)
    assert third == (None, 6, 0, "是", "2022-11-25 00:00")


def test_a_formula_in_a_delivery_is_text_in_the_workbook():
    cell = sheets()["数据"]["A3"]
    assert cell.data_type == "s"
    assert cell.value == ROWS.loc[1, "原因"]
    assert cell.quotePrefix


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    value = sheets(rows=pd.DataFrame({"原始内容": ["长" * 40_000]}))["数据"]["A2"].value
    assert len(value) == exports.CELL_LIMIT
    assert value.endswith(exports.CUT)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", " ="])
def test_no_text_of_a_csv_begins_like_a_formula(start):
    content = exports.csv_bytes(pd.DataFrame({"原因": [f"{start}1+1"]}), STAMP, {})
    [_, row] = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert row[0] == f"'{start}1+1"


def test_numbers_of_a_csv_stay_numbers():
    content = exports.csv_bytes(ROWS, STAMP, FILTERS).decode("utf-8-sig")
    assert [row["行号"] for row in csv.DictReader(io.StringIO(content))] == ["4", "-5", "6"]


def test_a_csv_opens_in_excel_and_carries_as_of_filters_and_mark_in_every_row():
    content = exports.csv_bytes(ROWS, STAMP, FILTERS)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 3
    for row in rows:
        assert row["数据截至"] == "2022-12-10 08:00"
        assert row["筛选"] == "数据种类：巡查检查台账；报送单位：全部"
        assert row["标记"] == "样例数据"
    assert "标记" not in exports.csv_bytes(ROWS, REAL, FILTERS).decode("utf-8-sig")


def test_a_table_without_rows_is_still_a_file():
    assert sheets(rows=ROWS.head(0))["数据"].max_row == 1
    assert len(exports.csv_bytes(ROWS.head(0), STAMP, {}).decode("utf-8-sig").splitlines()) == 1


def test_a_file_name_says_whose_what_and_as_of_when():
    assert STAMP.file_name("来件", "csv") == "样例数据_岚沟县_来件_截至20221210T0800.csv"
    assert REAL.file_name("来件", "csv") == "岚沟县_来件_截至20221210T0800.csv"


def form(stamp=STAMP) -> str:
    parts = {"一、证据": markup.listed(ROWS), "二、<概况>": markup.facts(ROWS.head(1))}
    return markup.form("核查单", "以下为需核实线索。", parts, ["核查情况", "签字"], stamp).decode()


def test_a_form_needs_nothing_from_outside_and_prints_on_a4():
    text = form()
    assert "@page {size: A4" in text
    assert not [mark for mark in ("src=", "href=", "@import", "url(", "<script") if mark in text]
    assert text.index("需核实线索") < text.index("一、证据") < text.index("核查情况")
    assert "数据截至 2022-12-10 08:00" in text
    assert STAMP.version_id in text


def test_a_form_of_a_sample_says_so_and_a_real_one_does_not():
    # At the head, beside the as-of time, and in the margin of every page.
    assert form().count("样例数据") == 3
    assert "样例数据" not in form(REAL)


def test_what_people_typed_stays_text_on_a_form():
    assert "二、&lt;概况&gt;" in form()
    assert "&quot;http://example.invalid&quot;" in form()
