"""Tables as townships send them: headers found, rows read, rejected with a reason, or counted."""

import io
import json
from collections import Counter
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ingestion.declare import Column, Feed, Refused
from ingestion.feeds import FEEDS
from ingestion.masking import Masker
from ingestion.readers import read_file
from ingestion.readers.grids import Grid, fill_merged
from ingestion.readers.table import find_header, read_table

MASKER = Masker(b"a test key")
SITES = FEEDS["sites"]
HEADER = ["点位编号", "名称", "对象类别", "乡镇", "村"]
GOOD = ["GEM-001", "一号井", "有证矿山", "老营镇", "贾堡村"]


def grid(*rows, sheet="登记", merged=(), **more) -> Grid:
    width = max(map(len, rows))
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    fills = fill_merged(cells, merged)
    return Grid(sheet, cells, fills=fills, **more)


def read(*rows, feed=SITES, report_year=None, **more):
    return read_table(feed, [grid(*rows, **more)], report_year=report_year, masker=MASKER)


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.next_step
    return caught.value.what


def reasons(row) -> list[tuple]:
    return [(note.cell, note.header, note.reason) for note in row.reject_reasons]


def warnings(row) -> list[tuple]:
    return [(note.cell, note.header, note.reason) for note in row.warnings]


def counts(reading) -> tuple[int, int, dict]:
    rejected = sum(bool(row.reject_reasons) for row in reading.rows)
    return len(reading.rows) - rejected, rejected, dict(reading.skipped)


def xlsx(**sheets) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def read_bytes(tmp_path, data: bytes, feed=SITES, name="登记册.xlsx", received_at=None):
    path = tmp_path / "delivered"
    path.write_bytes(data)
    return read_file(path, feed, MASKER, name, received_at)


# Headers


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        ["site_id", "site_name", "class_name", "township_name", "village_name"],
        ["点位编码", "点位名称", "点位类别", "所在乡镇", "行政村"],
        [" 点 位 编 号 ", "名\n称", "对象类别（必填）", "乡　镇", "*村"],
        ["点位编号(号)", "名称【全称】", "对象类别:", "乡镇", "村"],
    ],
)
def test_spaces_breaks_brackets_and_aliases_of_a_header_do_not_matter(header):
    row = read(header, GOOD).rows[0]
    assert [row.values[name] for name in ("site_id", "class_name", "village_name")] == [
        "GEM-001",
        "有证矿山",
        "贾堡村",
    ]


def test_a_header_is_found_below_title_lines():
    reading = read(["登记册"], ["单位：老营镇", "", "2022年10月"], [], HEADER, GOOD)
    assert counts(reading) == (1, 0, {})
    assert reading.rows[0].row_number == 5


def test_a_two_level_header_with_merged_cells_is_one_header():
    upper = ["名称", "对象类别", "乡镇", "坐标", "", "有效期", ""]
    lower = ["", "", "", "经度(°)", "纬度(°)", "起", "止"]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6)]
    data = ["一号井", "有证矿山", "老营镇", 111.5, 39.4, "2020.1.1", "2025.1.1"]
    for fills in (merged, []):  # with merged cells, and as delimited text has it
        reading = read(upper, lower, data, merged=fills)
        values = reading.rows[0].values
        assert counts(reading) == (1, 0, {})
        assert (values["site_name"], values["longitude"], values["latitude"]) == (
            "一号井",
            111.5,
            39.4,
        )
        assert values["licence_from_date"] == date(2020, 1, 1)
        assert values["licence_to_date"] == date(2025, 1, 1)


def test_a_first_data_row_is_never_taken_for_a_second_header_level():
    reading = read(HEADER, ["", "一号井", "有证矿山", "老营镇", ""])
    assert counts(reading) == (1, 0, {})


def test_one_column_with_two_headers_is_refused_naming_both():
    what = refusal(lambda: read([*HEADER, "点位名称"], [*GOOD, "又一个"]))
    assert "B1“名称”和F1“点位名称”" in what
    assert "“名称”" in what
    assert "C1“名称”" in refusal(lambda: read(["村", "名称", "名称"], ["a", "b", "c"]))


def test_a_missing_required_column_is_refused_naming_it_and_the_headers():
    what = refusal(lambda: read(["名称", "乡镇", "面积(亩)"], ["一号井", "老营镇", 3]))
    assert "“对象类别”" in what
    assert "名称、乡镇、面积(亩)" in what
    assert "“乡镇”" not in what


def test_a_sheet_without_the_header_is_refused_saying_what_should_be_there():
    what = refusal(lambda: read(["甲", "乙"], ["1", "2"]))
    assert "名称、对象类别、乡镇" in what
    assert "甲、乙" in what


def test_a_header_without_rows_is_a_reading_without_rows():
    assert counts(read(HEADER)) == (0, 0, {})


def test_nothing_at_all_is_refused():
    assert "没有内容" in refusal(
        lambda: read_table(SITES, [Grid("表", [["", None, " "]])], masker=MASKER)
    )


# Rows


def test_blank_template_subtotal_repeated_header_and_footer_rows_are_counted():
    header = ["序号", *HEADER, "警示标识牌"]
    reading = read(
        ["登记册"],
        header,
        ["1", "2", "3", "4", "5", "6", "7"],
        ["1", *GOOD, "有"],
        ["小计", "", "3处"],
        ["", "", "老营镇合计：3"],
        ["2"],
        ["3", "", "", "", "", "", "有/无"],
        ["4", "—", "", "", "", "", "□有 □无"],
        [],
        header,
        ["登记册"],
        ["5", *GOOD, "有"],
        ["填表人：网格员甲", "", "审核：主任甲"],
        ["说明：按月报送。"],
        ["1.逐村填写。"],
        [],
    )
    assert counts(reading) == (
        2,
        0,
        {"repeated_header": 3, "subtotal": 2, "blank_template_row": 3, "footer": 3},
    )
    assert [row.row_number for row in reading.rows] == [4, 13]


@pytest.mark.parametrize("name", ["合计沟矿", "总计沟", "说明沟一号井", "注家沟"])
def test_a_name_that_only_begins_like_a_subtotal_or_footer_is_data(name):
    assert counts(read(HEADER, ["", name, "有证矿山", "老营镇", ""])) == (1, 0, {})


def test_a_blank_required_cell_rejects_the_row_and_keeps_it_as_sent():
    row = read(HEADER, ["00012", " ", "有证矿山", "—", "贾堡村"]).rows[0]
    assert reasons(row) == [("B2", "名称", "必填项为空"), ("D2", "乡镇", "必填项为空")]
    assert row.original == {
        "点位编号": "00012",
        "对象类别": "有证矿山",
        "乡镇": "—",
        "村": "贾堡村",
    }
    assert row.values["site_id"] == "00012"


def test_a_missing_site_number_is_no_fault_a_number_with_lost_digits_is():
    without, lost, text = read(
        HEADER,
        ["", *GOOD[1:]],
        [34020000001320000001.0, *GOOD[1:]],
        ["34020000001320000001", *GOOD[1:]],
    ).rows
    assert (without.values["site_id"], without.reject_reasons) == (None, [])
    assert reasons(lost)[0][:2] == ("A3", "点位编号")
    assert "丢失" in reasons(lost)[0][2]
    assert text.values["site_id"] == "34020000001320000001"


def test_any_other_bad_cell_is_null_with_a_warning_and_the_row_counts():
    header = [*HEADER, "有效期起", "有效期止", "经度", "纬度"]
    row = read(header, [*GOOD, "2202-1-1", "2022年9月下旬", "沟口", 39.4]).rows[0]
    assert not row.reject_reasons
    assert (row.values["licence_from_date"], row.values["licence_to_date"]) == (None, None)
    assert warnings(row) == [
        ("F2", "有效期起", '年份不合理："2202-1-1"'),
        ("G2", "有效期止", '无法识别的日期："2022年9月下旬"'),
        ("H2", "经度", '无法识别的坐标："沟口"'),
        ("H2", "经度", "经度和纬度只填了一个"),
    ]


def test_swapped_doubtful_and_impossible_coordinates_are_warned_of():
    header = [*HEADER, "经度", "纬度"]
    swapped, doubtful, impossible, none = read(
        header,
        [*GOOD, 39.436973, 111.486808],
        [*GOOD, 111.2913, 39.2613],
        [*GOOD, 11.5, 39.4],
        [*GOOD, 0, 0],
    ).rows
    assert (swapped.values["longitude"], swapped.values["latitude"]) == (111.486808, 39.436973)
    assert warnings(swapped) == [("F2", "经度", "经纬度写反，已对调")]
    assert doubtful.values["longitude"] == 111.2913
    assert "度.分秒" in warnings(doubtful)[0][2]
    assert impossible.values["longitude"] is None
    assert warnings(impossible)[0][2].startswith("坐标超出范围")
    assert (none.values["longitude"], none.values["latitude"], none.warnings) == (None, None, [])


def test_coordinates_that_are_required_reject_the_row():
    header = ["环号", "点号", "经度", "纬度"]
    good, zero, outside = read(
        header, [1, 1, 111.5, 39.4], [1, 2, 0, 0], [1, 3, 11.5, 39.4], feed=FEEDS["boundary"]
    ).rows
    assert not good.reject_reasons
    assert reasons(zero) == [("C3", "经度", "坐标为 0，等于没有")]
    assert reasons(outside) == [("C4", "经度", '坐标超出范围："11.5,39.4"')]


def test_an_answer_keeps_its_words_beside_its_code():
    header = [*HEADER, "警示标识牌", "重点区域"]
    row = read(header, [*GOOD, "有（2021年设）", ""]).rows[0]
    assert (row.values["warning_sign_code"], row.values["key_area_code"]) == ("yes", "not_stated")
    assert row.values["responsibility_plate_code"] == "not_stated"
    assert row.extra == {"警示标识牌": "有（2021年设）"}


def test_unknown_columns_are_kept_as_text():
    header = ["序号", *HEADER, "面积(亩)", "", "备注", "备注"]
    row = read(header, [1, *GOOD, 3.5, "无头", "甲", "乙"]).rows[0]
    assert row.extra == {
        "序号": "1",
        "面积(亩)": "3.5",
        "H列": "无头",
        "备注": "甲",
        "备注(2)": "乙",
    }


def test_ditto_marks_copy_the_row_above_with_a_warning():
    first, second, third = read(
        HEADER,
        GOOD,
        ["GEM-002", "二号井", "同上", "〃", '"'],
        ["GEM-003", "三号井", "同上", "〃", ""],
    ).rows
    assert [second.values[name] for name in ("class_name", "township_name", "village_name")] == [
        "有证矿山",
        "老营镇",
        "贾堡村",
    ]
    assert warnings(second)[0] == ("C3", "对象类别", '"同上"，沿用上一行')
    assert len(second.warnings) == 3
    assert third.values["township_name"] == "老营镇"
    assert third.values["village_name"] is None


def test_a_ditto_mark_without_a_row_above_or_for_an_identifier_is_no_value():
    first, second, third = read(
        HEADER, ["", "一号井", "有证矿山", "同上", ""], GOOD, ["同上", *GOOD[1:]]
    ).rows
    assert reasons(first) == [("D2", "乡镇", '"同上"上方没有可沿用的值')]
    assert not second.reject_reasons
    # Copied, the third site would replace the second.
    assert reasons(third) == [("A4", "点位编号", '"同上"上方没有可沿用的值')]


def test_a_cell_merged_downwards_holds_for_its_rows_and_one_merged_sideways_for_its_column():
    reading = read(
        HEADER,
        ["GEM-001", "一号井", "有证矿山", "老营镇", ""],
        ["GEM-002", "二号井", "有证矿山", "", "韩昌沟"],
        ["GEM-003", "三号井", "", "水泉镇", ""],
        merged=[(1, 3, 2, 3), (3, 1, 3, 2)],
    )
    one, two, three = reading.rows
    assert (one.values["township_name"], two.values["township_name"]) == ("老营镇", "老营镇")
    assert three.values["site_name"] == "三号井"
    assert reasons(three) == [("C4", "对象类别", "必填项为空")]


def test_a_title_merged_downwards_beside_the_table_is_no_data():
    reading = read(["附件2", "登记册"], ["", *HEADER], ["", *GOOD], merged=[(0, 0, 2, 0)])
    assert counts(reading) == (1, 0, {})
    assert reading.rows[0].extra == {}


def test_a_row_of_nothing_but_merged_copies_is_no_row():
    reading = read(HEADER, GOOD, [], merged=[(1, column, 2, column) for column in range(5)])
    assert counts(reading) == (1, 0, {})


def test_a_day_without_year_takes_that_of_the_report():
    header = [*HEADER, "关闭日期"]
    assert read(header, [*GOOD, "9月19日"], report_year=2022).rows[0].values["closed_date"] == (
        date(2022, 9, 19)
    )
    assert read(header, [*GOOD, "9月19日"]).rows[0].warnings


# Sheets


def test_hidden_sheets_are_counted_and_others_without_the_header_listed():
    hidden = grid(HEADER, GOOD, [], GOOD, sheet="旧表", hidden=True)
    words = grid(["甲"], ["乙"], sheet="字典", hidden=True)
    notes = grid(["填写说明"], ["逐村填写"], sheet="说明")
    empty = Grid("Sheet3", [])
    reading = read_table(SITES, [notes, grid(HEADER, GOOD), hidden, words, empty], masker=MASKER)
    assert counts(reading) == (1, 0, {"hidden_sheet": 4})
    assert reading.skipped_sheets == ["说明"]
    assert "隐藏" in refusal(lambda: read_table(SITES, [hidden], masker=MASKER))


def test_every_sheet_with_the_header_is_read():
    reading = read_table(
        SITES,
        [grid(HEADER, GOOD, sheet="老营镇"), grid(HEADER, GOOD, sheet="水泉镇")],
        masker=MASKER,
    )
    assert [(row.sheet, row.row_number) for row in reading.rows] == [("老营镇", 2), ("水泉镇", 2)]


TOWNSHIP = (["乡镇代码", "乡镇名称", "起"], ["140932100", "老营镇", "2001-01-01"])
VILLAGE = (
    ["村代码", "村名称", "乡镇代码", "起"],
    ["140932100201", "贾堡村", "140932100", "2001-01-01"],
)


def test_one_workbook_carries_several_feeds_by_the_names_of_its_sheets(tmp_path):
    data = xlsx(乡镇=TOWNSHIP, 村=VILLAGE, 说明=[["逐项填写"]])
    readings = read_bytes(tmp_path, data, FEEDS["townships"])
    assert [(one.feed.token, len(one.rows)) for one in readings] == [
        ("townships", 1),
        ("villages", 1),
    ]
    assert readings[0].skipped_sheets == ["说明"]
    # In the folder of a third feed the same workbook is read as well: notes refuse nothing.
    readings = read_bytes(tmp_path, data, FEEDS["units"])
    assert {one.feed.token for one in readings} == {"townships", "villages"}
    assert [name for one in readings for name in one.skipped_sheets] == ["说明"]


def test_a_sheet_named_like_another_feed_stays_where_its_header_belongs(tmp_path):
    (reading,) = read_bytes(tmp_path, xlsx(村=(HEADER, GOOD)))
    assert (reading.feed.token, len(reading.rows)) == ("sites", 1)


def test_the_folders_own_sheet_with_a_missing_column_refuses_the_file(tmp_path):
    data = xlsx(乡镇=TOWNSHIP, 单位=[["单位代码", "单位名称"], ["D01", "县自然资源局"]])
    what = refusal(lambda: read_bytes(tmp_path, data, FEEDS["units"]))
    assert "“起”" in what


def test_the_year_of_a_report_is_that_of_its_name_else_of_its_receipt(tmp_path):
    data = xlsx(表=([*HEADER, "关闭日期"], [*GOOD, "9月19日"]))
    received = datetime(2023, 1, 5)
    for name, year in (("登记册2022.xlsx", 2022), ("登记册.xlsx", 2023)):
        (reading,) = read_bytes(tmp_path, data, name=name, received_at=received)
        assert reading.rows[0].values["closed_date"] == date(year, 9, 19)


def test_a_delimited_file_is_read_like_a_sheet(tmp_path):
    text = "\r\n".join(",".join(row) for row in (HEADER, GOOD, ["", "", "有证矿山", "老营镇", ""]))
    (reading,) = read_bytes(tmp_path, text.encode("gb18030"), name="登记册.csv")
    assert counts(reading) == (1, 1, {})
    assert reading.rows[0].sheet is None


# Masking


def test_phone_and_identity_numbers_are_masked_in_every_place():
    mobile, identity = "13800138000", "11010519491231002X"
    header = [*HEADER, "有效期起", "警示标识牌", "联系人"]
    good, bad = read(
        header,
        [
            "13800138000",
            f"一号井{mobile}",
            "有证矿山",
            "老营镇",
            "",
            f"日期{mobile}",
            f"有{mobile}",
            identity,
        ],
        ["GEM-2", "", f"有证矿山{mobile}", "老营镇", identity, "", "", f"甲 {mobile}"],
        sheet=f"电话{mobile}",
    ).rows
    text = json.dumps([vars(good), vars(bad)], ensure_ascii=False, default=lambda one: str(one))
    # The key of the feed is never changed, even where it looks like a telephone number.
    assert good.values["site_id"] == mobile
    assert text.count(mobile) == 1
    assert identity not in text
    assert good.extra["联系人"].startswith("[身份证#")
    assert "[手机#" in good.warnings[0].reason
    assert "[手机#" in bad.original["对象类别"]


def test_a_masked_column_is_hashed_also_in_the_row_as_sent_and_in_reasons():
    feed = Feed(
        "secret",
        "举报",
        (
            Column("clue_id", "编号", "identifier", required=True),
            Column("who", "举报人", masked=True),
        ),
        key=("clue_id",),
    )
    good, bad, lost = read(
        ["编号", "举报人"], ["1", "张某某"], ["", "张某某"], ["3", 1.38001380001e16], feed=feed
    ).rows
    assert good.values["who"] == MASKER.mask_value("张某某")
    assert bad.original == {"举报人": MASKER.mask_value("张某某")}
    assert warnings(lost) == [("B4", "举报人", "无法识别")]


# Nothing is lost

cells = st.one_of(
    st.sampled_from(
        [
            *HEADER,
            *GOOD,
            "",
            " ",
            None,
            "合计",
            "小计：3",
            "填表人：",
            "说明",
            "1.注",
            "序号",
            "有/无",
            "—",
        ]
    ),
    st.text(max_size=6),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
)
MERGES = st.tuples(*[st.integers(0, 8)] * 4).map(
    lambda four: (
        min(four[0], four[2]),
        min(four[1], four[3]),
        max(four[0], four[2]),
        max(four[1], four[3]),
    )
)


@given(
    st.lists(st.lists(cells, min_size=7, max_size=7), max_size=12),
    st.lists(MERGES, max_size=4),
    st.booleans(),
)
def test_every_filled_row_is_good_rejected_or_counted_as_skipped(rows, merged, has_hidden):
    """Counts what should be read by its own rule: rows below the header with a cell of their own."""
    first = ["登记册", "", "", "", "", "", ""]
    header = ["序号", *HEADER, "备注"]
    sheet = grid(first, header, *rows, merged=[(top + 2, *rest) for top, *rest in _shifted(merged)])
    grids = [sheet]
    if has_hidden:
        grids.append(grid(["甲"], ["乙"], [""], sheet="旧", hidden=True))
    found = find_header(SITES, sheet)
    reading = read_table(SITES, grids, masker=MASKER)
    filled = sum(
        any(
            cell is not None and str(cell).strip() and (number, column) not in sheet.fills
            for column, cell in enumerate(row)
        )
        for number, row in enumerate(sheet.rows)
        if number >= found.first_data_row
    )
    good, rejected, skipped = counts(reading)
    assert good + rejected + sum(skipped.values()) == filled + 2 * has_hidden
    assert set(skipped) <= {
        "subtotal",
        "blank_template_row",
        "repeated_header",
        "footer",
        "hidden_sheet",
    }
    assert max(Counter(row.row_number for row in reading.rows).values(), default=1) == 1
    for row in reading.rows:
        assert set(row.values) == {column.name for column in SITES.columns}
        assert bool(row.original) == bool(row.reject_reasons)


def _shifted(merged):
    return [(top, left, bottom + 2, right) for top, left, bottom, right in merged]
