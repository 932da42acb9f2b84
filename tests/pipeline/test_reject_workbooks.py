"""Rejected rows go back: the marked cell is the one that was complained of, and mending it is enough."""

import hashlib
import io

import docx
import openpyxl
import pytest
import xlwt

from ingestion.land import load, withdraw
from ingestion.records import read_records
from pipeline.reject_workbooks import MARK, write_workbooks
from pipeline.rejects import rejects
from tests.command import minewatch
from tests.county import HEADER, csv_bytes, ledger_xlsx

SITES = ["点位编号", "名称", "对象类别", "乡镇", "村", "登记日期"]
GOOD = ["D001", "东坡废弃煤窑", "历史废弃(关闭)矿井", "甲山镇", "东坡村", "2022-01-05"]
# The name is required, and missing.
BAD = ["D002", None, "私挖滥采易发点", "甲山镇", "西坡村", "2022-01-05"]


def as_xlsx(rows):
    book = openpyxl.Workbook()
    book.active.title = "登记册"
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("登记册")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(rows):
    return csv_bytes(rows[0], rows[1:], "gb18030")


def as_docx(rows):
    document = docx.Document()
    for text in ("巡查检查台账", "填报单位：甲山镇人民政府　填写时间：2022年11月3日"):
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def marked(path):
    """(sheet, cell) → comment of every marked cell."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.fill.fgColor.rgb == MARK
    }


def mended(path, values):
    """The workbook with these cells filled in, as its sender saves it: by way of WPS or Excel."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in values.items():
        book[sheet][cell] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def returned(county, tmp_path):
    def write(unit=None):
        return write_workbooks(county.home, unit, tmp_path / "back")

    return write


@pytest.mark.parametrize(
    ("name", "make", "sheet"),
    [("册.xlsx", as_xlsx, "登记册"), ("册.xls", as_xls, "登记册"), ("册.csv", as_csv, "原表")],
)
def test_mending_the_marked_cell_makes_the_row_good(county, returned, name, make, sheet):
    county.deliver("sites", name, make([SITES, GOOD, BAD]), "2022-11-02T08:00:00", "甲山镇人民政府")
    load(county.home)
    [reject] = rejects(county.home)
    archived = {path: path.read_bytes() for path in county.home.archive.iterdir()}

    [back] = returned()
    assert (back.sender_name, back.row_count) == ("甲山镇人民政府", 1)
    assert back.path.parts[-3:] == ("甲山镇人民政府", "重点监管对象登记册", "册.xlsx")
    assert marked(back.path) == {(sheet, reject.cell): f"名称：{reject.reason}"}
    assert {path: path.read_bytes() for path in county.home.archive.iterdir()} == archived
    note = openpyxl.load_workbook(back.path).worksheets[0]
    assert note.title == "退回说明"
    assert "有 1 行未被采用" in note["A2"].value
    assert reject.cell in note["A5"].value

    content = mended(back.path, {(sheet, reject.cell): "西坡采石点"})
    county.deliver("sites", back.path.name, content, "2022-11-05T08:00:00", "甲山镇人民政府")
    [file] = load(county.home).files
    assert (file.good, file.rejected) == (2, 0), file.message
    # Sent anew, the first one is settled.
    assert returned() == []


def test_a_workbook_that_goes_back_twice_has_the_marks_of_the_second_time_only(county, returned):
    also_bad = ["D003", "南沟煤矿", None, "乙水乡", "南沟村", "2022-01-05"]
    rows = [SITES, GOOD, BAD, also_bad]
    county.deliver("sites", "册.xlsx", as_xlsx(rows), "2022-11-02T08:00:00")
    load(county.home)
    [back] = returned()
    assert set(marked(back.path)) == {("登记册", "B3"), ("登记册", "C4")}
    content = mended(back.path, {("登记册", "B3"): "西坡采石点"})
    county.deliver("sites", "册.xlsx", content, "2022-11-05T08:00:00")
    load(county.home)
    [back] = returned()
    assert set(marked(back.path)) == {("登记册", "C4")}
    assert openpyxl.load_workbook(back.path).sheetnames == ["退回说明", "登记册"]


def test_a_ledger_without_its_date_is_marked_at_its_date(county, returned):
    content = ledger_xlsx("甲山镇人民政府", "", [("甲山镇东坡村", "否")])
    county.deliver("patrol_ledger", "台账.xlsx", content, "2022-11-03T17:00:00")
    load(county.home)
    [back] = returned()
    assert marked(back.path) == {("Sheet1", "A2"): "填写时间：填写时间为空"}
    values = {("Sheet1", "A2"): "填报单位(盖章)：甲山镇人民政府   填写时间：2022年11月3日"}
    county.deliver("patrol_ledger", "台账.xlsx", mended(back.path, values), "2022-11-04T09:00:00")
    [file] = load(county.home).files
    assert (file.good, file.rejected) == (1, 0), file.message


def test_a_word_ledger_comes_back_as_a_workbook_of_the_same_rows(county, returned):
    line = [1, None, "煤", "无", "否", "否", "否", "否", "无", "在坡下"]
    county.deliver("patrol_ledger", "台账.docx", as_docx([HEADER, line]), "2022-11-03T17:00:00")
    load(county.home)
    [reject] = rejects(county.home)
    [back] = returned()
    assert set(marked(back.path)) == {("原表", reject.cell)}
    content = mended(back.path, {("原表", reject.cell): "甲山镇东坡村后沟"})
    county.deliver("patrol_ledger", back.path.name, content, "2022-11-04T09:00:00")
    [file] = load(county.home).files
    assert (file.good, file.rejected) == (1, 0), file.message


def test_what_says_who_reported_never_goes_back(county, returned):
    header = ["线索编号", "来源渠道", "接收时间", "举报人", "联系电话", "乡镇"]
    clue = ["", "12345", "2022-11-01 09:00", "某某", "13900001234", "甲山镇"]
    county.deliver("clues", "线索.csv", csv_bytes(header, [clue]), "2022-11-02T08:00:00")
    # A column of reporters protects a file of any feed.
    told = [[*SITES, "举报人"], [*BAD, "某某"]]
    county.deliver("sites", "含举报人.xlsx", as_xlsx(told), "2022-11-02T08:00:00")
    load(county.home)
    assert {one.feed for one in rejects(county.home)} == {"clues", "sites"}
    assert returned() == []


def test_machines_files_and_withdrawn_deliveries_do_not_go_back(county, returned):
    county.deliver("sites", "册.xlsx", as_xlsx([SITES, BAD]), "2022-11-02T08:00:00")
    bad_curve = csv_bytes(["户号", "数据日期", "P1"], [["", "2022-11-01", "1"]])
    county.deliver("power_readings", "曲线.csv", bad_curve, "2022-11-02T08:00:00")
    load(county.home)
    assert {one.feed for one in rejects(county.home)} == {"sites", "power_readings"}
    assert [back.path.name for back in returned()] == ["册.xlsx"]
    [record] = [one for one in read_records(county.home) if one.feed == "sites"]
    withdraw(county.home, record.sha256, "重复")
    assert returned() == []


def test_a_formula_comes_back_as_the_value_it_had(county, returned):
    rows = [SITES, GOOD, [*BAD[:5], '=HYPERLINK("http://x","y")']]
    county.deliver("sites", "册.xlsx", as_xlsx(rows), "2022-11-02T08:00:00")
    load(county.home)
    [back] = returned()
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(back.path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not [text for text in cells if text.startswith("=")]


def test_the_command_chooses_a_sender_and_says_what_was_written(county):
    for sender in ("甲山镇人民政府", "乙水乡人民政府"):
        name = f"{sender}.xlsx"
        rows = [SITES, [*BAD[:5], f"2022-01-0{len(name) % 9}"]]
        rows[1][0] = sender
        county.deliver("sites", name, as_xlsx(rows), "2022-11-02T08:00:00", sender)
    load(county.home)
    digests = {hashlib.sha256(p.read_bytes()).hexdigest() for p in county.home.archive.iterdir()}
    done = minewatch(county.home, "rejects", "--workbooks", "--unit", "乙水乡人民政府")
    assert done.returncode == 0, done.stderr
    assert "乙水乡人民政府：1 行待改" in done.stdout
    [path] = county.home.outbox.rglob("*.xlsx")
    assert path.stat().st_mode & 0o077 == 0
    assert digests == {
        hashlib.sha256(p.read_bytes()).hexdigest() for p in county.home.archive.iterdir()
    }
    nothing = minewatch(county.home, "rejects", "--workbooks", "--unit", "无此单位")
    assert "没有要退回修改的表格" in nothing.stdout
