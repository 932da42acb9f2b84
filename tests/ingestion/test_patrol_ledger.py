"""Patrol ledgers as villages and townships really send them: every row comes out, or says why not."""

import struct
import zipfile
from collections import Counter
from datetime import date, datetime, time

import docx
import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.declare import Refused
from ingestion.feeds import FEEDS
from ingestion.masking import Masker
from ingestion.readers import read_file
from ingestion.readers.form import read_forms
from ingestion.readers.grids import Grid

FEED = FEEDS["patrol_ledger"]
MASKER = Masker(b"a key of the tests")
RECEIVED = datetime(2022, 10, 10, 8)
TITLE = "偏关县严厉打击非法违法开采矿产资源行为巡查检查台账"
UNIT, DATE = "老营镇贾堡村村民委员会", "2022年10月9日"
TEN = ["序号", "巡查检查区域位置", "矿种", "有无采矿证", "是否浅层煤浅层矿"] + [
    "是否存在非法违法\n盗采行为",
    "是否存在越层越界",
    "是否存在违规生产行为",
    "制止取缔及关闭情况",
    "备注",
]
LINE = ["", "煤", "无", "是", "否", "否", "否", "已制止", ""]
FOOT = ["填表人：网格员甲    分管领导：副镇长乙    主要负责人：镇长丙"]
NOTES = [
    ["说明:1.巡查检查对象包含历史废弃(关闭)矿井、矿山、矿点。"],
    ["2.位置要明确到乡(镇)、村、沟。"],
]


def line(number, place, *rest):
    """One row of the bare form; `rest` replaces its cells from the mineral on."""
    cells = [number, place, *LINE[1:]]
    cells[2 : 2 + len(rest)] = rest
    return cells


def form(rows, unit=UNIT, filled=DATE, header=TEN, title=TITLE, foot=FOOT):
    """A form as annex 2 prints it, as rows of a sheet."""
    heading = [f"填报单位(盖章):{unit}            填写时间:{filled}"]
    return [[title], heading, header, *rows, foot, *NOTES]


def xlsx(path, sheets, merged=(), hidden=()):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    workbook.save(path)
    return path


@pytest.fixture
def read(tmp_path):
    """Reads sheets of rows written as a workbook; one sheet may be given as its rows alone."""

    def reading(sheets, name="来件.xlsx", sender=None, received=RECEIVED, **how):
        sheets = {"Sheet1": sheets} if isinstance(sheets, list) else sheets
        return read_path(xlsx(tmp_path / "delivery", sheets, **how), name, sender, received)

    return reading


def read_path(path, name="来件.xlsx", sender=None, received=RECEIVED):
    (reading,) = read_file(path, FEED, MASKER, name, received, sender)
    assert sum(form.row_count for form in reading.forms) == len(reading.rows)
    for row in reading.rows:
        assert bool(row.original) == bool(row.reject_reasons)
        if not row.reject_reasons:
            assert row.values["reporting_unit_name"] and row.values["filled_date"]
            assert row.values["location_text"]
    return reading


def column(reading, name):
    return [row.values[name] for row in reading.rows]


def reasons(notes):
    return [(note.cell, note.header, note.reason) for note in notes]


def headed(reading):
    return [
        (form.reporting_unit_name, form.filled_date, form.row_count, form.is_zero_report)
        for form in reading.forms
    ]


# --- formats ----------------------------------------------------------------------------------------


def test_the_bare_form_of_the_annex(read):
    reading = read(form([line(1, "老营镇贾堡村南沟"), line(2, "老营镇贾堡村北沟", "铝土矿")]))
    assert column(reading, "location_text") == ["老营镇贾堡村南沟", "老营镇贾堡村北沟"]
    first = reading.rows[0]
    assert (first.row_number, first.sheet, first.form_number) == (4, "Sheet1", 1)
    assert first.values | {"longitude": None} == {
        "reporting_unit_name": UNIT,
        "filled_date": date(2022, 10, 9),
        "preparer_name": "网格员甲",
        "supervisor_name": "副镇长乙",
        "principal_name": "镇长丙",
        "entry_number": "1",
        "location_text": "老营镇贾堡村南沟",
        "mineral_text": "煤",
        "mining_licence_code": "no",
        "shallow_coal_code": "yes",
        "illegal_mining_code": "no",
        "out_of_bounds_code": "no",
        "violation_code": "no",
        "disposition_text": "已制止",
        "remark_text": None,
    } | dict.fromkeys(
        ["site_id", "period_text", "patrol_date", "arrived_at", "patrol_level", "patroller_text"]
        + ["longitude", "latitude", "photo_text"]
    )
    assert first.extra["有无采矿证"] == "无"
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 2, False)]
    assert reading.forms[0].title == TITLE
    assert reading.forms[0].period_text is None and reading.forms[0].level_text is None
    assert not reading.skipped


def test_the_extended_form_has_more_columns_in_any_order(read):
    header = [*TEN, "纬度", "经度", "巡查日期", "照片编号", "到达时间", "点位编号", "巡查人员"]
    header += ["所属期", "巡查级别", "天气"]
    more = ["39.4370", "111.4868", "10月8日", "IMG_1", time(9, 30), "0007", "网格员甲"]
    more += ["10月第1周", "村级", "晴"]
    (row,) = read(form([line(1, "贾堡村南沟") + more], header=header)).rows
    assert (
        row.values
        | {
            "longitude": 111.4868,
            "latitude": 39.437,
            "patrol_date": date(2022, 10, 8),
            "arrived_at": datetime(2022, 10, 8, 9, 30),
            "photo_text": "IMG_1",
            "site_id": "0007",
            "patroller_text": "网格员甲",
            "period_text": "10月第1周",
            "patrol_level": "村级",
        }
        == row.values
    )
    assert row.extra["天气"] == "晴"
    assert not row.warnings


def test_three_forms_below_each_other_keep_their_own_units(read):
    sheet = [
        *form([line(1, "南沟"), line(2, "北沟")], unit="甲村", filled="2022.10.7"),
        *form([line(1, "东沟")], unit="乙村", filled="2022-10-8"),
        *form([], unit="丙村", filled="20221009"),
    ]
    reading = read(sheet)
    assert headed(reading) == [
        ("甲村", date(2022, 10, 7), 2, False),
        ("乙村", date(2022, 10, 8), 1, False),
        ("丙村", date(2022, 10, 9), 0, True),
    ]
    assert [(row.form_number, row.row_number) for row in reading.rows] == [(1, 4), (1, 5), (2, 12)]
    assert column(reading, "reporting_unit_name") == ["甲村", "甲村", "乙村"]


def test_sheets_named_by_village_stand_in_for_a_blank_unit(read):
    reading = read(
        {"贾堡村": form([line(1, "南沟")], unit=""), "老营村": form([line(1, "北沟")], unit="　")},
        name="老营镇2022年10月9日.xlsx",
    )
    assert column(reading, "reporting_unit_name") == ["贾堡村", "老营村"]
    assert [row.form_number for row in reading.rows] == [1, 2]
    assert reasons(reading.rows[0].warnings) == [
        ("A2", "填报单位", "填报单位为空，取自工作表名“贾堡村”")
    ]


def test_an_old_binary_workbook_reads_the_same(tmp_path):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("台账")
    rows = form([line(1, "南沟"), line(2, "北沟")])
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    workbook.save(str(tmp_path / "ledger.xls"))
    reading = read_path(tmp_path / "ledger.xls", "ledger.xls")
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 2, False)]


def word(path, rows, merged=(), after=FOOT[0]):
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(f"填报单位（盖章）：{UNIT}\t\t填写时间：2022 年 10 月 9 日")
    table = document.add_table(len(rows), 10)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            table.cell(number, place).text = str(cell)
    for top, left, bottom, right in merged:
        for number, place in [
            (n, p) for n in range(top, bottom + 1) for p in range(left, right + 1)
        ]:
            if (number, place) != (top, left):
                table.cell(number, place).text = ""
        table.cell(top, left).merge(table.cell(bottom, right))
    document.add_paragraph(after)
    document.add_paragraph(NOTES[0][0])
    document.save(path)
    return path


def test_a_word_document_with_its_heading_in_paragraphs(tmp_path):
    rows = [TEN, line(1, "南沟"), line(2, ""), line(3, "北沟"), line(4, "同上")]
    path = word(tmp_path / "a.docx", rows, merged=[(1, 1, 2, 1)])
    reading = read_path(path, "a.docx")
    assert column(reading, "location_text") == ["南沟", "南沟", "北沟", "北沟"]
    assert column(reading, "principal_name") == ["镇长丙"] * 4
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 4, False)]
    assert [row.sheet for row in reading.rows] == [None] * 4
    # Two paragraphs and the header row stand above.
    assert [row.row_number for row in reading.rows] == [4, 5, 6, 7]


def test_word_cells_merged_across_do_not_shift_the_columns(tmp_path):
    rows = [TEN, line(1, "本周无异常", *[""] * 8), line(2, "北沟")]
    rows[2][2:] = ["煤", "有", "无", "", "", "", "已制止", "夜间巡查"]
    path = word(tmp_path / "a.docx", rows, merged=[(1, 1, 1, 9), (2, 4, 2, 7)])
    reading = read_path(path, "a.docx")
    assert reading.skipped == {"zero_report_row": 1}
    (row,) = reading.rows
    assert row.values["disposition_text"] == "已制止"
    assert row.values["remark_text"] == "夜间巡查"
    assert row.values["mining_licence_code"] == "yes"
    # The answer stands in the first of the merged columns only.
    assert row.values["shallow_coal_code"] == "no"
    assert row.values["illegal_mining_code"] == "not_stated"


def test_deleted_words_are_not_read_and_boxes_are(tmp_path):
    path = word(tmp_path / "a.docx", [TEN, line(1, "南沟", "煤", "@@BOX@@", "是", "@@DEL@@否")])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode()
    box = '<w:sym w:font="Wingdings 2" w:char="F052"/><w:t>有</w:t>'
    box += '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>无</w:t>'
    xml = xml.replace("<w:t>@@BOX@@</w:t>", box)
    xml = xml.replace("<w:t>@@DEL@@否</w:t>", "<w:del><w:t>是</w:t></w:del><w:t>否</w:t>")
    parts["word/document.xml"] = xml.encode()
    (row,) = read_path(repacked(tmp_path / "b.docx", parts), "b.docx").rows
    assert row.extra["有无采矿证"] == "☑有□无"
    assert row.values["mining_licence_code"] == "yes"
    assert row.values["illegal_mining_code"] == "no"


def repacked(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


# --- headings and feet ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        [["填报单位（章）", UNIT, None, "填写时间", None, DATE]],
        [["填报单位(盖章):", UNIT], ["填报日期：", DATE]],
        [["填报单位（盖章）：" + UNIT], ["填写时间：" + DATE]],
        [["填 报 单 位：" + UNIT + "　　填 写 时 间：２０２２年１０月９日"]],
        [["填报单位:" + UNIT, None, "填写时间:", 2022, "年", 10, "月", 9, "日"]],
        [["填报单位:" + UNIT, None, "填写时间:", datetime(2022, 10, 9)]],
        [["填报单位：" + UNIT + "        二〇二二年十月九日"]],
        [["填报单位：" + UNIT], [None, None, None, "2022年10月9日"]],
        [["单位：" + UNIT, "日期：2022.10.9"]],
        [["填报单位:" + UNIT + "   填写时间: 2022年10月9日（第2周）"]],
        [["填写时间：____2022-10-09 填报单位（盖章）：_" + UNIT + "_"]],
        [["附件2"], [TITLE], ["填报单位：" + UNIT + "\n填写时间：" + DATE]],
    ],
)
def test_every_way_to_write_unit_and_date(read, heading):
    reading = read([[TITLE], *heading, TEN, line(1, "南沟"), FOOT])
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 1, False)]
    assert not reading.rows[0].warnings


def test_a_merged_unit_and_date_cell_is_read_once(read):
    sheet = form([line(1, "南沟")])
    reading = read(sheet, merged=["A1:J1", "A2:J2", "A5:J5", "A6:J6"])
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 1, False)]
    assert column(reading, "preparer_name") == ["网格员甲"]


def test_a_date_without_a_year_takes_that_of_receipt(read):
    reading = read(form([line(1, "南沟"), line(2, "北沟")], filled="10月9日"))
    assert column(reading, "filled_date") == [date(2022, 10, 9)] * 2
    assert reasons(reading.rows[0].warnings) == [("A2", "填写时间", "填写时间没有年份，按2022年")]
    assert not reading.rows[1].warnings


def test_a_december_form_received_in_january_is_last_years(read):
    reading = read(form([line(1, "南沟")], filled="12月30日"), received=datetime(2023, 1, 3))
    assert column(reading, "filled_date") == [date(2022, 12, 30)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        # Upper level over three columns, the others merged downwards.
        ("merged", ["yes", "no", "suspected"]),
        ("unmerged", ["yes", "no", "suspected"]),
    ],
)
def test_a_header_of_two_rows(read, header, expected):
    upper = [*TEN[:5], "是否存在", None, None, "制止取缔及关闭情况", "备注"]
    lower = [None] * 5 + ["非法违法盗采行为", "越层越界", "违规生产行为", None, None]
    sheet = [[TITLE], [f"填报单位:{UNIT} 填写时间:{DATE}"], upper, lower]
    sheet += [line(1, "南沟", "煤", "有", "否", *["有", "否", "疑似"])]
    merged = [f"{letter}3:{letter}4" for letter in "ABCDEIJ"] + ["F3:H3"]
    reading = read(sheet, merged=merged if header == "merged" else ())
    (row,) = reading.rows
    names = ("illegal_mining_code", "out_of_bounds_code", "violation_code")
    assert [row.values[name] for name in names] == expected
    assert row.row_number == 5 and not reading.skipped


def test_a_header_merged_into_the_first_row_is_still_one(read):
    reading = read(form([[None, "南沟", *LINE[1:]], line(2, "北沟")]), merged=["A3:A4"])
    assert column(reading, "location_text") == ["南沟", "北沟"]


@pytest.mark.parametrize(
    "foot",
    [
        [["填表人：", "网格员甲", None, "分管领导：", "副镇长乙", None, "主要负责人：", "镇长丙"]],
        [["填表人：网格员甲"], ["分管领导：副镇长乙"], ["主要负责人：镇长丙"]],
        [
            ["填表人", None, "分管领导", None, "主要负责人"],
            ["网格员甲", None, "副镇长乙", None, "镇长丙"],
        ],
        [["联系电话：略  填表人（签字）：网格员甲 分管领导：副镇长乙 主要负责人：镇长丙"]],
        [["填 表 人：网格员甲", "分 管 领 导：副镇长乙", "主 要 负 责 人：镇长丙\n说明：1.略"]],
    ],
)
def test_every_way_to_sign(read, foot):
    reading = read([*form([line(1, "南沟")])[:-3], *foot, *NOTES])
    (row,) = reading.rows
    names = ("preparer_name", "supervisor_name", "principal_name")
    assert [row.values[name] for name in names] == ["网格员甲", "副镇长乙", "镇长丙"]


def test_a_date_in_the_foot_fills_a_blank_one_above(read):
    sheet = form([line(1, "南沟")], filled="   年   月   日")
    sheet[4] = ["填表人：网格员甲  填表日期：2022年10月9日"]
    reading = read(sheet)
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 1, False)]


def test_a_date_below_the_foot_is_not_the_next_forms(read):
    first = form([line(1, "南沟")], unit="甲村", filled="")
    second = form([line(1, "北沟")], unit="乙村", filled="2022年10月8日")
    reading = read([*first, ["填报日期：2022年10月7日"], *second])
    assert headed(reading) == [
        ("甲村", date(2022, 10, 7), 1, False),
        ("乙村", date(2022, 10, 8), 1, False),
    ]


def test_title_period_and_level_of_a_form(read):
    sheet = form([line(1, "南沟")], title="老营镇2022年10月第2周村级巡查检查台账")
    (found,) = read(sheet, name="老营镇11月.xlsx").forms
    assert found.title == "老营镇2022年10月第2周村级巡查检查台账"
    assert (found.period_text, found.level_text) == ("2022年10月第2周", "村级")
    (found,) = read({"10月": form([line(1, "南沟")])}, name="老营镇乡级月排查.xlsx").forms
    assert (found.period_text, found.level_text) == ("10月", "乡级")
    # A day is no period, and two levels decide nothing.
    sheet = form([line(1, "南沟")], title="巡查检查台账（2022年10月9日 乡级、村级）")
    (found,) = read(sheet).forms
    assert (found.period_text, found.level_text) == (None, "乡级、村级")
    (found,) = read(form([line(1, "沟")]), name="台账（10.3-10.9）.xlsx").forms
    assert found.period_text == "10.3-10.9"
    split = [["偏关县严厉打击非法违法开采矿产资源行为"], ["巡查检查台账"], ["（2022年第4季度）"]]
    (found,) = read([*split, *form([line(1, "南沟")])[1:]]).forms
    assert found.title == TITLE + "(2022年第4季度)"
    assert found.period_text == "2022年第4季度"


# --- zero reports, templates, lost heads ------------------------------------------------------------


def test_a_headed_form_without_rows_is_a_zero_report(read):
    reading = read(form([[1], [2], [3]]))
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 0, True)]
    assert reading.skipped == {"blank_template_row": 3}


@pytest.mark.parametrize(
    "row",
    [
        [1, "无"],
        [1, "本周无异常"],
        ["本周无异常"],
        [1, "未发现", "无", "无", "无", "无", "无", "无", "无", "无"],
        [
            1,
            "经排查，本周辖区内未发现非法违法开采行为。",
            "",
            "否",
            "否",
            "否",
            "否",
            "否",
            "/",
            "—",
        ],
    ],
)
def test_a_row_that_says_nothing_was_found_makes_a_zero_report(read, row):
    reading = read(form([row]))
    assert headed(reading) == [(UNIT, date(2022, 10, 9), 0, True)]
    assert reading.skipped == {"zero_report_row": 1}


@pytest.mark.parametrize(
    "row",
    [
        # A place is named, or something was found: not a zero report.
        line(1, "贾堡村南沟无异常"),
        line(1, "未发现", "煤"),
        [1, "无", "", "无", "", "是"],
        [1, "无", "", "", "", "", "", "", "", "有人反映夜间有车"],
    ],
)
def test_a_row_that_says_more_is_kept(read, row):
    reading = read(form([row]))
    assert len(reading.rows) == 1 and not reading.skipped
    assert not reading.forms[0].is_zero_report


def test_an_untouched_template_is_nothing(read):
    blank = form([[1], [2]], unit="", filled="   年   月   日")
    reading = read({"贾堡村": blank}, name="老营镇2022年10月9日.xlsx", sender="老营镇人民政府")
    assert not reading.forms and not reading.rows
    assert reading.skipped == {"blank_template_row": 2}


def test_a_printed_unit_without_a_date_is_no_zero_report(read):
    reading = read(form([], filled="   年   月   日"))
    assert headed(reading) == [(UNIT, None, 0, False)]


def test_thirty_blank_rows_are_counted_and_nothing_more(read):
    reading = read(form([line(1, "南沟"), *[[number] for number in range(2, 32)]]))
    assert len(reading.rows) == 1
    assert reading.skipped == {"blank_template_row": 30}


def test_rows_of_a_form_without_unit_or_date_are_rejected_with_the_reason(read):
    reading = read(form([line(1, "南沟"), line(2, "北沟")], unit="", filled=""))
    assert headed(reading) == [(None, None, 2, False)]
    for row in reading.rows:
        assert reasons(row.reject_reasons) == [
            ("A2", "填报单位", "填报单位为空"),
            ("A2", "填写时间", "填写时间为空"),
        ]
    assert reading.rows[0].original["巡查检查区域位置"] == "南沟"
    # Nobody says who found nothing: the row must not vanish as a zero report.
    reading = read(form([[1, "本周无异常"]], unit=""))
    assert len(reading.rows) == 1 and reading.rows[0].reject_reasons and not reading.skipped


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2022年9月下旬", '无法识别的日期："2022年9月下旬"'),
        ("二二〇二年十一月四日", '年份不合理："二二〇二年十一月四日"'),
        ("2022年2月30日", '无法识别的日期："2022年2月30日"'),
    ],
)
def test_an_unreadable_date_rejects_the_rows_and_is_not_replaced(read, written, reason):
    reading = read(form([line(1, "南沟")], filled=written), name="台账2022年10月9日.xlsx")
    (row,) = reading.rows
    assert reasons(row.reject_reasons) == [("A2", "填写时间", reason)]


def test_what_stands_in_for_a_blank_unit_or_date(read):
    blank = form([line(1, "南沟")], unit="", filled="")
    (row,) = read(blank, name="老营镇巡查台账20221009.xlsx").rows
    assert row.values["reporting_unit_name"] == "老营镇"
    assert row.values["filled_date"] == date(2022, 10, 9)
    assert [note.header for note in row.warnings] == ["填报单位", "填写时间"]
    (row,) = read(blank, name="台账2022.10.9.xlsx", sender="老营镇人民政府").rows
    assert row.values["reporting_unit_name"] == "老营镇人民政府"
    assert "随附说明" in row.warnings[0].reason
    # A range of days is a period and no day.
    (row,) = read(blank, name="老营镇2022-10-03_2022-10-09.xlsx").rows
    assert reasons(row.reject_reasons) == [("A2", "填写时间", "填写时间为空")]
    # 村级 is no village.
    (row,) = read(blank, name="各村村级台账2022.10.9.xlsx").rows
    assert row.values["reporting_unit_name"] is None


# --- rows -------------------------------------------------------------------------------------------


def test_merged_and_ditto_locations_keep_their_place_and_coordinates(read):
    rows = [line(1, "南沟 111.4868,39.4370"), line(2, None), line(3, "北沟"), line(4, "同上")]
    reading = read(form(rows), merged=["B4:B5"])
    assert column(reading, "location_text") == ["南沟 111.4868,39.4370"] * 2 + ["北沟"] * 2
    assert column(reading, "longitude") == [111.4868, 111.4868, None, None]
    assert reasons(reading.rows[3].warnings) == [("B7", "巡查检查区域位置", '"同上"，沿用上一行')]


def test_a_ditto_mark_does_not_reach_into_the_form_above(read):
    sheet = [*form([line(1, "南沟")], unit="甲村"), *form([line(1, "同上")], unit="乙村")]
    second = read(sheet).rows[1]
    assert [note.header for note in second.reject_reasons] == ["巡查检查区域位置"]


@pytest.mark.parametrize(
    ("place", "longitude", "latitude"),
    [
        ("老营镇贾堡村南沟 东经111°45′30″ 北纬39°26′12″", 111.75833333, 39.43666667),
        ("新关镇闫家沟村正仁煤业(111.486808,39.436973)", 111.486808, 39.436973),
        ("南沟 39.436973，111.486808", 111.486808, 39.436973),
        ("南沟 111.486808、39.436973", 111.486808, 39.436973),
        ("南沟 1112913, 392613", 111.48694444, 39.43694444),
        ("南沟E111°29'13.0\" N39°26'13.0\"", 111.48694444, 39.43694444),
        ("南沟111度29分13秒，39度26分13秒", 111.48694444, 39.43694444),
        ("南沟", None, None),
    ],
)
def test_coordinates_out_of_the_location(read, place, longitude, latitude):
    (row,) = read(form([line(1, place)])).rows
    assert (row.values["longitude"], row.values["latitude"]) == (longitude, latitude)
    assert not row.warnings


def test_coordinates_of_their_own_columns(read):
    header = [*TEN, "经度", "纬度"]
    rows = [
        line(1, "南沟 111.1071,39.1071") + [111.4868, 39.437],
        line(2, "南沟") + [39.437, 111.4868],
        line(3, "南沟 111.1071,39.1071") + ["看不清", ""],
        line(4, "南沟") + [11.4868, 39.437],
        line(5, "南沟 211.4868,39.4370"),
    ]
    reading = read(form(rows, header=header))
    points = zip(column(reading, "longitude"), column(reading, "latitude"), strict=True)
    assert list(points) == [
        (111.4868, 39.437),
        (111.4868, 39.437),
        (111.1071, 39.1071),
        (None, None),
        (None, None),
    ]
    assert [[note.cell for note in row.warnings] for row in reading.rows] == [
        [],
        ["K5"],
        ["K6"],
        ["K7"],
        ["B8"],
    ]


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        ("2022-10-08 09:05", datetime(2022, 10, 8, 9, 5)),
        ("下午3点20分", datetime(2022, 10, 8, 15, 20)),
        (0.5, datetime(2022, 10, 8, 12)),
        ("9：05", datetime(2022, 10, 8, 9, 5)),
    ],
)
def test_a_time_of_arrival_alone_is_on_the_day_of_the_patrol(read, arrived, expected):
    header = [*TEN, "巡查日期", "到达时间"]
    (row,) = read(form([line(1, "南沟") + ["2022.10.8", arrived]], header=header)).rows
    assert row.values["arrived_at"] == expected and not row.warnings
    # Without a day of its own, the form's.
    (row,) = read(form([line(1, "南沟") + [None, "9:05"]], header=header)).rows
    assert row.values["arrived_at"] == datetime(2022, 10, 9, 9, 5)


def test_an_unreadable_time_is_a_warning(read):
    header = [*TEN, "到达时间"]
    (row,) = read(form([line(1, "南沟") + ["清早"]], header=header)).rows
    assert row.values["arrived_at"] is None
    assert reasons(row.warnings) == [("K4", "到达时间", '无法识别的时间："清早"')]


def test_answers_are_codes_and_stay_as_written(read):
    answers = ["有（2025年到期）", "□是 □否", "疑似", "有人举报，未发现", "×"]
    (row,) = read(form([line(1, "南沟", "煤", *answers)])).rows
    codes = [value for name, value in row.values.items() if name.endswith("_code")]
    assert codes == ["yes", "not_stated", "suspected", "unclear", "no"]
    assert row.extra["是否存在越层越界"] == "有人举报，未发现"


def test_personal_numbers_never_come_out(read):
    phone, identity = "13812345678", "11010519491231002X"
    rows = [
        line(1, f"南沟 看护人{phone}", *LINE[1:8], f"举报人{identity}，电话{phone}"),
        line(2, "", *LINE[1:8], f"电话{phone}"),
        line(3, f"看护人{phone}，坐标211.4868,39.4370"),
    ]
    sheet = form(rows, unit=f"贾堡村{phone}", title=f"台账 {phone}")
    sheet[6] = [f"填表人：网格员甲{phone} 分管领导： 主要负责人："]
    reading = read({f"表{phone}": sheet}, sender=phone)
    text = repr(reading)
    assert phone not in text and identity not in text
    assert text.count("[手机#") >= 6 and "[身份证#" in text


def test_a_repeated_header_and_a_subtotal_are_counted(read):
    rows = [line(1, "南沟"), TEN, line(2, "北沟"), ["合计", "2处"]]
    reading = read(form(rows))
    assert column(reading, "location_text") == ["南沟", "北沟"]
    assert reading.skipped == {"repeated_header": 1, "subtotal": 1}
    assert len(reading.forms) == 1


def test_a_header_of_another_order_in_the_same_form_is_obeyed(read):
    other = [TEN[0], TEN[2], TEN[1]]
    reading = read(form([line(1, "南沟"), other, [2, "铝土矿", "北沟"]]))
    assert column(reading, "location_text") == ["南沟", "北沟"]
    assert column(reading, "mineral_text") == ["煤", "铝土矿"]
    assert len(reading.forms) == 1


def test_forms_below_a_single_header_are_told_apart_by_their_unit_lines(read):
    sheet = form([line(1, "南沟")], unit="甲村")[:-3]
    sheet += [["填报单位:乙村 填写时间:2022年10月8日"], line(1, "北沟")]
    sheet += [["填报单位:丙村 填写时间:2022年10月8日"], ["本周无异常"]]
    sheet += [["填报单位:丁村 填写时间:2022年10月8日"]]
    reading = read(sheet)
    assert headed(reading) == [
        ("甲村", date(2022, 10, 9), 1, False),
        ("乙村", date(2022, 10, 8), 1, False),
        ("丙村", date(2022, 10, 8), 0, True),
        ("丁村", date(2022, 10, 8), 0, True),
    ]


def test_rows_below_the_foot_are_rows(read):
    sheet = [*form([line(1, "南沟")]), line(2, "北沟"), ["打印时间略"], ["分机", "8000"]]
    sheet += [[None, "东沟", "煤"], [4, None, "煤", "有"]]
    reading = read(sheet)
    assert column(reading, "location_text") == ["南沟", "北沟", "东沟", None]
    assert [bool(row.reject_reasons) for row in reading.rows] == [False, False, False, True]


def test_a_unit_stamped_in_the_foot_is_no_second_form(read):
    for stamped in (UNIT, "老营镇", "贾堡村村民委员会", "另一写法的村"):
        foot = [f"填报单位（盖章）：{stamped}  填表人：网格员甲  填报日期：2022年10月9日"]
        reading = read([*form([line(1, "南沟")], foot=foot), [], []])
        assert headed(reading) == [(UNIT, date(2022, 10, 9), 1, False)]
        assert column(reading, "preparer_name") == ["网格员甲"]


def test_a_row_without_a_place_is_rejected_not_lost(read):
    reading = read(form([line(1, "南沟"), line(2, None)]))
    assert [len(row.reject_reasons) for row in reading.rows] == [0, 1]
    assert reading.rows[1].original["矿种"] == "煤"


def test_short_rows_that_read_like_titles_are_not_taken_for_the_next_heading(read):
    rows = [[1, "废弃矿井检查记录"], [2, "北沟"], [3, "废弃矿井台账"]]
    reading = read([*form(rows)[:-3], *form([line(1, "南沟")], unit="乙村")])
    assert column(reading, "location_text") == ["废弃矿井检查记录", "北沟", "废弃矿井台账", "南沟"]


def test_a_line_between_the_rows_is_rejected_not_taken_for_a_blank_one(read):
    reading = read(form([["一、废弃矿井"], line(1, "南沟"), [2]]))
    assert [bool(row.reject_reasons) for row in reading.rows] == [True, False]
    assert reading.skipped == {"blank_template_row": 1}


def test_a_row_that_reads_like_a_title_is_not_lost(read):
    reading = read(
        form([line(1, "南沟"), [None, "废弃矿井检查记录"], line(2, "北沟"), line(3, "沟")])
    )
    assert column(reading, "location_text") == ["南沟", "废弃矿井检查记录", "北沟", "沟"]
    assert len(reading.forms) == 1


# --- sheets and files -------------------------------------------------------------------------------


def test_hidden_sheets_are_counted_and_sheets_of_notes_are_named(read):
    sheets = {
        "台账": form([line(1, "南沟")]),
        "上月": form([line(1, "北沟"), [2]]),
        "说明": [["填表要求"], ["请按时报送"]],
    }
    reading = read(sheets, hidden=["上月"])
    assert column(reading, "location_text") == ["南沟"]
    assert reading.skipped == {"hidden_sheet": 2}
    assert reading.skipped_sheets == ["说明"]
    assert len(reading.forms) == 1


def test_a_file_without_a_ledgers_header_is_refused(read):
    with pytest.raises(Refused, match="找不到“巡查检查台账”的表头"):
        read([["村名", "户数"], ["贾堡村", 10]])
    with pytest.raises(Refused, match="缺少必填列“巡查检查区域位置”"):
        read([["序号", "矿种", "备注"], [1, "煤", ""]])
    with pytest.raises(Refused, match="隐藏"):
        read({"台账": form([line(1, "南沟")]), "空": [[]]}, hidden=["台账"])


def parts_of_a_document(tmp_path):
    path = word(tmp_path / "good.docx", [TEN, line(1, "南沟")])
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_hostile_word_documents_are_refused(tmp_path):
    parts = parts_of_a_document(tmp_path)
    xml = parts["word/document.xml"]
    start = xml.index(b"<w:document")
    entity = b'<!DOCTYPE d [<!ENTITY e "x">]>'
    (tmp_path / "truncated").write_bytes((tmp_path / "good.docx").read_bytes()[:-400])
    (tmp_path / "old").write_bytes(old_word_document())
    wide = xml.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999999"/>', 1)
    hostile = {
        "entity": parts | {"word/document.xml": xml[:start] + entity + xml[start:]},
        "utf16": parts | {"word/document.xml": utf16(xml, entity.decode())},
        "bomb": parts | {"word/media/a.bin": bytes(30 << 20)},
        "broken": parts | {"word/document.xml": xml[: len(xml) // 2]},
        "untyped": {name: part for name, part in parts.items() if name != "[Content_Types].xml"},
        "wide": parts | {"word/document.xml": wide},
    }
    for name, content in hostile.items():
        repacked(tmp_path / name, content)
    for name in [*hostile, "truncated", "old"]:
        with pytest.raises(Refused):
            read_path(tmp_path / name, f"{name}.docx")
    assert len(read_path(tmp_path / "good.docx", "good.docx").rows) == 1


def utf16(xml, entity):
    text = xml.decode().partition("?>")[2].lstrip()
    return ('<?xml version="1.0" encoding="UTF-16"?>' + entity + text).encode("utf-16")


def old_word_document():
    """The start of an OLE container that names a Word stream: a .doc under another name."""
    header = struct.pack(
        "<8s16sHHHHH", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6
    )
    return header.ljust(512, b"\xff") + "WordDocument".encode("utf-16-le").ljust(512, b"\0")


# --- no arrangement loses a row ---------------------------------------------------------------------

PLACES = st.text("沟村东西南北梁坡", min_size=2, max_size=6)
ROWS = st.lists(
    st.one_of(
        PLACES.map(lambda place: ("row", line(1, place))),
        PLACES.map(lambda place: ("row", [1, place, "", "有"])),
        st.just(("blank_template_row", [1])),
        st.just(("zero_report_row", [1, "本周无异常"])),
        st.just(("subtotal", ["合计", "1"])),
        st.just((None, [])),
    ),
    max_size=5,
)
FORMS = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["甲村", "乙村", "丙镇人民政府"]),
        "rows": ROWS,
        "has_title": st.booleans(),
        "is_split": st.booleans(),
        "foot": st.sampled_from([[], [FOOT], [FOOT, *NOTES], [["填表人：", "", "分管领导："]]]),
        "gap": st.integers(0, 2),
    }
)


@given(st.lists(FORMS, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_arrangement_of_forms_on_a_sheet_loses_a_row(forms):
    sheet, places, skipped = [], [], Counter()
    for found in forms:
        heading = [["填报单位", found["unit"], "填写时间", DATE]]
        if not found["is_split"]:
            heading = [[f"填报单位：{found['unit']}　　填写时间：{DATE}"]]
        sheet += [[TITLE]] * found["has_title"] + heading + [TEN]
        for kind, row in found["rows"]:
            sheet.append(row)
            if kind == "row":
                places.append((found["unit"], row[1]))
            elif kind:
                skipped[kind] += 1
        sheet += found["foot"] + [[]] * found["gap"]
    padded = [[*row, *[None] * (10 - len(row))] for row in sheet]
    reading = read_forms(
        FEED, [Grid("表", padded)], file_stem="x", received_on=RECEIVED.date(), masker=MASKER
    )
    read = [
        (row.values["reporting_unit_name"], row.values["location_text"]) for row in reading.rows
    ]
    assert read == places
    assert reading.skipped == skipped
    assert [form.reporting_unit_name for form in reading.forms] == [
        found["unit"] for found in forms
    ]
    assert not any(row.reject_reasons for row in reading.rows)
    assert [form.is_zero_report for form in reading.forms] == [
        not any(kind == "row" for kind, _ in found["rows"]) for found in forms
    ]
