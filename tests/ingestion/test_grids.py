"""Files of every format as grids, and hostile files, which are refused before they can do harm."""

import csv
import gzip
import io
import os
import re
import struct
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from ingestion.declare import Refused
from ingestion.readers import workbooks
from ingestion.readers.grids import Grid, Limits, read_grids

ROWS = [["户号", "名称"], ["0012", "正仁煤业"]]


def grids(tmp_path, data: bytes, name="来件.xlsx", limits=None) -> list[Grid]:
    # Archived files bear no extension.
    path = tmp_path / "delivered"
    path.write_bytes(data)
    return read_grids(path, name, limits or Limits())


def refusal(tmp_path, data: bytes, name="来件.xlsx", limits=None) -> str:
    with pytest.raises(Refused) as caught:
        grids(tmp_path, data, name, limits)
    assert name in caught.value.what
    assert caught.value.next_step
    return caught.value.what


def xlsx(fill) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    fill(workbook)
    workbook.close()
    return buffer.getvalue()


def small_xlsx() -> bytes:
    return xlsx(lambda workbook: workbook.add_worksheet("表").write_row(0, 0, ["甲", 1]))


def rewritten(data: bytes, changes) -> bytes:
    """The package with some parts changed or added: part name → function of its bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b""))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def ods(body: str, manifest: str = "") -> bytes:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {namespaces}><office:body>"
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        package.writestr("content.xml", content)
    return buffer.getvalue()


# Formats


def test_an_xlsx_keeps_types_places_and_hidden_sheets(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(2, 1, "00123")
        sheet.write_number(2, 2, 1.5)
        sheet.write_datetime(2, 3, datetime(2022, 9, 19), day)
        sheet.write_formula(3, 1, "=1+1", None, 2)
        sheet.write_boolean(3, 2, True)
        workbook.add_worksheet("字典").hide()

    first, second = grids(tmp_path, xlsx(fill))
    assert first.rows == [["00123", 1.5, date(2022, 9, 19)], [2.0, True, ""]]
    assert (first.sheet, first.hidden, first.row_number(1)) == ("台账", False, 4)
    assert (first.address(0, 0), first.address(1, 2), first.address(0, 25)) == ("B3", "D4", "AA3")
    assert (second.sheet, second.hidden, second.rows) == ("字典", True, [])


def test_merged_cells_are_filled_and_the_copies_are_known(tmp_path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (("乡镇", "村"), ("老营镇", "贾堡村"), (None, "韩昌沟"), ("水泉镇", "辛窑上")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    buffer = io.BytesIO()
    workbook.save(buffer)
    (grid,) = grids(tmp_path, buffer.getvalue())
    assert [row[0] for row in grid.rows] == ["乡镇", "老营镇", "老营镇", "水泉镇"]
    assert grid.fills == {(2, 0): (1, 0)}


def test_an_old_xls_is_read_with_its_merged_cells(tmp_path):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表")
    sheet.write_merge(0, 1, 0, 0, "老营镇")
    sheet.write(0, 1, "甲")
    sheet.write(1, 1, 7)
    buffer = io.BytesIO()
    workbook.save(buffer)
    (grid,) = grids(tmp_path, buffer.getvalue(), "旧表.xls")
    assert grid.rows == [["老营镇", "甲"], ["老营镇", 7.0]]
    assert grid.fills == {(1, 0): (0, 0)}


def test_an_ods_is_read(tmp_path):
    body = (
        "<table:table table:name='表'><table:table-row>"
        "<table:table-cell office:value-type='string'><text:p>甲</text:p></table:table-cell>"
        "<table:table-cell office:value-type='float' office:value='7'/>"
        "</table:table-row></table:table>"
    )
    (grid,) = grids(tmp_path, ods(body), "表.ods")
    assert (grid.sheet, grid.rows) == ("表", [["甲", 7.0]])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_delimited_text_is_read_in_every_encoding(tmp_path, encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in ROWS)
    (grid,) = grids(tmp_path, text.encode(encoding), "表.csv")
    assert (grid.sheet, grid.rows) == (None, ROWS)


def test_gb18030_behind_a_utf8_claim_is_read_as_what_it_is(tmp_path):
    data = b"\xef\xbb\xbf" + "户号,名称\r\n0012,正仁煤业".encode("gb18030")
    assert grids(tmp_path, data, "表.csv")[0].rows == ROWS


def test_the_delimiter_is_the_one_that_cuts_lines_alike(tmp_path):
    text = "编号\t内容\n1\t有人,夜间,采煤\n2\t未发现\n3\t无,无\n"
    assert grids(tmp_path, text.encode())[0].rows[1] == ["1", "有人,夜间,采煤"]
    text = "编号,内容,备注\n1,甲;乙\n2,丙;丁\n"
    assert grids(tmp_path, text.encode())[0].rows[1] == ["1", "甲;乙", ""]


def test_quotes_line_breaks_and_protected_numbers_of_csv(tmp_path):
    text = '户号,备注\n="0012","第一行\n第二行"\n"a""b"\n'
    rows = grids(tmp_path, text.encode())[0].rows
    assert rows == [["户号", "备注"], ["0012", "第一行\n第二行"], ['a"b', ""]]


def test_parquet_is_read_with_its_header(tmp_path):
    path = tmp_path / "source.parquet"
    duckdb.sql(
        "select '0012' as 户号, 1.5::decimal(9, 3) as 金额, date '2022-09-19' as 日期,"
        " 9007199254740993 as 编号"
    ).write_parquet(str(path))
    (grid,) = grids(tmp_path, path.read_bytes(), "表.parquet")
    assert grid.rows == [
        ["户号", "金额", "日期", "编号"],
        ["0012", "1.500", date(2022, 9, 19), 9007199254740993],
    ]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])), min_size=2),
        min_size=1,
        max_size=5,
    ).filter(lambda rows: not any('="' in cell for row in rows for cell in row))
)
def test_csv_comes_back_as_it_was_written(tmp_path_factory, rows):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["表", "头"], *rows])
    data = buffer.getvalue().encode("utf-8-sig")
    (grid,) = grids(tmp_path_factory.mktemp("csv"), data)
    width = max(2, *map(len, rows))
    assert grid.rows[1:] == [row + [""] * (width - len(row)) for row in rows]


# Content counts, not the name


def test_a_wrong_extension_does_not_matter(tmp_path):
    assert grids(tmp_path, small_xlsx(), "其实是表.csv")[0].rows == [["甲", 1.0]]
    assert grids(tmp_path, "甲,乙\n1,2".encode(), "其实是文本.xlsx")[0].rows[0] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf\r\n \r\n", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"\xff\xd8\xff\xe0....", "图片"),
        (b"Rar!\x1a\x07\x00....", "RAR"),
        (gzip.compress(b"a,b\n", mtime=0), "gz"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (bytes(range(1, 32)) * 20, "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是 Excel"),
        (b"PK\x03\x04 and nothing more", "损坏"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(tmp_path, data, word):
    assert word in refusal(tmp_path, data)


def test_a_zip_without_a_table_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("readme.txt", "x")
    assert "压缩包" in refusal(tmp_path, buffer.getvalue())


def test_a_word_file_is_no_table(tmp_path):
    data = rewritten(small_xlsx(), {"word/document.xml": lambda _: b"<document/>"})
    data = data.replace(b"xl/workbook.xml", b"xl/w0rkbook.xml")
    assert "Word" in refusal(tmp_path, data)


# Damaged, locked, hostile


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(tmp_path, kept):
    data = small_xlsx()
    assert "损坏" in refusal(tmp_path, data[: int(len(data) * kept)])


def test_a_text_cut_off_in_mid_character_is_refused(tmp_path):
    data = "户号,名称\n0012,正仁煤业".encode()
    assert "不完整" in refusal(tmp_path, data[:-1])


def test_a_workbook_with_a_password_is_refused_as_such(tmp_path):
    # An encrypted workbook is an OLE container whose directory names these streams.
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    for stream in ("Root Entry", "EncryptionInfo", "EncryptedPackage"):
        container += stream.encode("utf-16-le").ljust(128, b"\0")
    assert "密码" in refusal(tmp_path, container)


def test_an_old_workbook_with_a_password_is_refused_as_such(tmp_path):
    workbook = xlwt.Workbook()
    workbook.add_sheet("表").write(0, 0, "甲")
    buffer = io.BytesIO()
    workbook.save(buffer)
    data = buffer.getvalue()
    # The record after the first one becomes FILEPASS, which stands there in a locked workbook.
    start = data.index(struct.pack("<HH", 0x0809, 16))
    place = start + 20
    assert data[place : place + 2] != struct.pack("<H", 0x2F)
    data = data[:place] + struct.pack("<H", 0x2F) + data[place + 2 :]
    assert "密码" in refusal(tmp_path, data, "旧表.xls")


def test_an_encrypted_ods_and_an_encrypted_zip_are_refused_as_such(tmp_path):
    assert "密码" in refusal(tmp_path, ods("", manifest="<encryption-data/>"))
    data = bytearray(small_xlsx())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    assert "密码" in refusal(tmp_path, bytes(data))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/picture.png"]
)
def test_an_xml_bomb_is_refused(tmp_path, part):
    entities = '<!ENTITY a0 "哈">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE s [{entities}]><s>&a9;</s>'.encode()
    assert "实体" in refusal(tmp_path, rewritten(small_xlsx(), {part: lambda _: bomb}))


def test_a_document_type_is_refused_also_without_entities_of_its_own(tmp_path):
    outside = b'<?xml version="1.0"?><!DOCTYPE s SYSTEM "http://example.invalid/s.dtd"><s/>'
    data = rewritten(small_xlsx(), {"xl/styles.xml": lambda _: outside})
    assert "实体" in refusal(tmp_path, data)


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path):
    data = rewritten(small_xlsx(), {"xl/bomb.xml": lambda _: b"<a>" + b" " * (30 << 20)})
    assert len(data) < 100_000
    assert "解压后有 30 MB" in refusal(tmp_path, data)
    limits = Limits(ratio_from_bytes=40 << 20, unpacked_bytes=29 << 20)
    assert "超过上限" in refusal(tmp_path, data, limits=limits)


def test_a_zip_bomb_with_a_lying_directory_is_refused(tmp_path):
    data = rewritten(small_xlsx(), {"xl/bomb.xml": lambda _: b"<a>" + b" " * (30 << 20)})
    true_size = struct.pack("<I", (30 << 20) + 3)
    assert data.count(true_size) == 2
    assert "损坏" in refusal(tmp_path, data.replace(true_size, struct.pack("<I", 1000)))


def test_too_many_parts_are_refused(tmp_path):
    parts = {f"xl/p{n}.bin": lambda _: b"" for n in range(40)}
    data = rewritten(small_xlsx(), parts)
    assert "部件" in refusal(tmp_path, data, limits=Limits(parts=40))


def one_far_cell(row: int, column: int) -> bytes:
    def fill(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.write(0, 0, "甲")
        sheet.write(row, column, "乙")

    return xlsx(fill)


def test_a_sheet_of_a_million_rows_and_all_columns_is_refused(tmp_path):
    assert "范围过大" in refusal(tmp_path, one_far_cell(1_048_575, 16_383))
    # The next file is read as if nothing had happened.
    assert grids(tmp_path, small_xlsx())[0].rows == [["甲", 1.0]]


@pytest.mark.parametrize(
    ("row", "column", "is_within"),
    [(19, 0, True), (20, 0, False), (0, 9, True), (0, 10, False), (11, 8, False), (11, 7, True)],
)
def test_rows_columns_and_cells_have_limits(tmp_path, row, column, is_within):
    limits = Limits(rows=20, columns=10, cells=100)
    data = one_far_cell(row, column)
    text = "\n" * row + "甲" + "," * column + "乙"
    for content in (data, text.encode()):
        if is_within:
            assert grids(tmp_path, content, limits=limits)
        else:
            assert "超过上限" in refusal(tmp_path, content, limits=limits)


def test_styled_blank_cells_far_away_are_no_content(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.write(0, 0, "甲")
        sheet.write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))

    assert grids(tmp_path, xlsx(fill))[0].rows == [["甲"]]


@pytest.mark.parametrize("sheets", [3, 4])
def test_sheets_have_a_limit(tmp_path, sheets):
    data = xlsx(lambda workbook: [workbook.add_worksheet() for _ in range(sheets)])
    if sheets <= 3:
        assert len(grids(tmp_path, data, limits=Limits(sheets=3))) == 3
    else:
        assert "4 个工作表" in refusal(tmp_path, data, limits=Limits(sheets=3))


def test_file_bytes_have_a_limit(tmp_path):
    data = "甲,乙\n".encode()
    assert grids(tmp_path, data, limits=Limits(file_bytes=len(data)))
    assert "超过上限" in refusal(tmp_path, data, limits=Limits(file_bytes=len(data) - 1))


def test_parquet_has_the_same_limits(tmp_path):
    path = tmp_path / "source.parquet"
    duckdb.sql("select range as n from range(20)").write_parquet(str(path))
    data = path.read_bytes()
    assert len(grids(tmp_path, data, limits=Limits(rows=21))[0].rows) == 21
    assert "超过上限" in refusal(tmp_path, data, limits=Limits(rows=20))
    assert "损坏" in refusal(tmp_path, data[:-20])


def test_merged_cells_beyond_the_sheet_cost_nothing(tmp_path):
    everything = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = rewritten(
        small_xlsx(),
        {
            "xl/worksheets/sheet1.xml": lambda content: content.replace(
                b"</sheetData>", b"</sheetData>" + everything
            )
        },
    )
    (grid,) = grids(tmp_path, data)
    assert grid.rows == [["甲", 1.0]]


def test_a_workbook_that_kills_the_parser_is_refused_and_the_next_one_read(tmp_path):
    # The parser reserves room for as many texts as the file claims to hold.
    data = rewritten(
        small_xlsx(),
        {
            "xl/sharedStrings.xml": lambda content: re.sub(
                rb'uniqueCount="\d+"', b'uniqueCount="9999999999"', content
            )
        },
    )
    assert "损坏" in refusal(tmp_path, data)
    assert grids(tmp_path, small_xlsx())[0].rows == [["甲", 1.0]]


def test_an_old_workbook_with_absurd_dimensions_is_refused(tmp_path):
    workbook = xlwt.Workbook()
    workbook.add_sheet("表").write(0, 0, "甲")
    buffer = io.BytesIO()
    workbook.save(buffer)
    data = buffer.getvalue()
    place = data.index(struct.pack("<HH", 0x0200, 14)) + 4
    data = data[:place] + struct.pack("<IIHH", 0, 4_000_000_000, 0, 65_535) + data[place + 12 :]
    assert "范围过大" in refusal(tmp_path, data, "旧表.xls")
    assert grids(tmp_path, small_xlsx())


def test_a_parser_that_hangs_is_given_up(tmp_path):
    # A named pipe without a writer: the child waits on opening it.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    started = time.monotonic()
    parsed = workbooks.parse_workbook(pipe, 1, 1, 1, 1, seconds=0.5)
    assert parsed.outcome == "timeout"
    assert time.monotonic() - started < 30
    assert grids(tmp_path, small_xlsx())


def test_the_child_program_stands_alone():
    source = Path(workbooks.__file__).read_text(encoding="utf-8")
    assert "from ingestion" not in source
    assert "import ingestion" not in source
