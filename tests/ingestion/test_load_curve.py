"""Load curves: every line is accounted for, and nothing is made out of a missing point."""

import gzip
import random
from datetime import date, datetime
from decimal import Decimal

import pytest

from ingestion.declare import Refused, raw_schema
from ingestion.feeds import FEEDS
from ingestion.masking import Masker
from ingestion.raw_files import Origin
from ingestion.readers import bulk, load_curve
from warehouse.connection import connect

FEED = FEEDS["power_readings"]
ORIGIN = Origin("ab" * 32, "负荷.csv", datetime(2022, 9, 20, 8))
MASKER = Masker(b"key of the tests")
HEADER = "cust_no,data_date,p1,p2\n"


class Read:
    """One file, read: its counts and its rows by row number."""

    def __init__(self, directory, content, name="delivery"):
        source, draft, scratch = directory / name, directory / "draft.parquet", directory / "s"
        scratch.mkdir(exist_ok=True)
        if content is not None:
            source.write_bytes(content.encode() if isinstance(content, str) else content)
        self.counts = load_curve.read_load_curve(source, FEED, ORIGIN, MASKER, draft, scratch)
        with connect() as connection:
            described = connection.execute(f"describe from '{draft}'").fetchall()
            cursor = connection.execute(f"from '{draft}'")
            names = [column[0] for column in cursor.description]
            self.rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        self.schema = {name: kind.replace('"', "") for name, kind, *_ in described}
        self.bytes = draft.read_bytes()
        self.by_number = {row["_row_number"]: row for row in self.rows}
        good = [row for row in self.rows if row["_reject_reasons"] is None]
        assert len(self.by_number) == len(self.rows)
        assert self.counts.good == len(good)
        assert self.counts.rejected == len(self.rows) - len(good)
        assert self.counts.warnings == sum(len(row["_cell_warnings"] or ()) for row in self.rows)
        assert self.counts.read == len(self.rows) + self.counts.skipped.total()

    def reasons(self, number):
        return [note["reason"] for note in self.by_number[number]["_reject_reasons"]]

    def warned(self, number):
        return {note["header"]: note["reason"] for note in self.by_number[number]["_cell_warnings"]}


@pytest.fixture
def read(tmp_path):
    return lambda content, **more: Read(tmp_path, content, **more)


def test_the_raw_file_has_exactly_the_declared_columns(read):
    assert read(HEADER + "1,2022-09-19,1,2\n").schema == raw_schema(FEED)


def test_a_clean_file_is_taken_as_it_is(read):
    found = read(HEADER + "0012345,2022-09-19,1.25,-3\n0012346,2022-09-19,0,7\n")
    row = found.by_number[2]
    assert (row["meter_id"], row["reading_date"]) == ("0012345", date(2022, 9, 19))
    assert (row["p1"], row["p2"], row["p3"]) == (Decimal("1.250"), Decimal(-3), None)
    assert (row["data_type"], row["t_factor"], row["_extra"]) == (1, None, None)
    assert row["_delivery_sha256"] == ORIGIN.sha256
    assert (row["_file_name"], row["_received_at"]) == (ORIGIN.file_name, ORIGIN.received_at)
    assert (found.counts.read, found.counts.good) == (2, 2)


@pytest.mark.parametrize("blank", ["", '""', " ", "NULL", r"\N", "-", "--", "nan", "—"])
def test_a_missing_point_is_null_without_a_warning(read, blank):
    row = read(f"{HEADER}1,2022-09-19,{blank},0\n").by_number[2]
    assert (row["p1"], row["p2"], row["_cell_warnings"]) == (None, 0, None)


@pytest.mark.parametrize("meter", ["00001234567890123456", "0000000000001", "A1B2"])
def test_a_meter_number_keeps_every_digit(read, meter):
    assert read(f"{HEADER}{meter},2022-09-19,1,2\n").by_number[2]["meter_id"] == meter


@pytest.mark.parametrize("meter", [" 0012 ", "'0012", "００１２", '"0012"'])
def test_a_meter_number_is_cleaned_of_what_spreadsheets_add(read, meter):
    assert read(f"{HEADER}{meter},2022-09-19,1,2\n").by_number[2]["meter_id"] == "0012"


@pytest.mark.parametrize("meter", ["", "  ", "NULL", "1.4E+12"])
def test_a_row_without_a_usable_meter_number_is_rejected(read, meter):
    found = read(f"{HEADER}{meter},2022-09-19,1,2\n2,2022-09-19,1,2\n")
    assert (found.counts.good, found.counts.rejected) == (1, 1)
    assert found.reasons(2)
    assert found.by_number[2]["p1"] == 1


@pytest.mark.parametrize(
    "written",
    ["2022-9-19", "20220919", "2022/9/19", "2022年9月19日", "2022.9.19", "2022-09-19 00:00:00"]
    + ["二〇二二年九月十九日", "２０２２-９-１９", "2022-09-19 00:00:00.0", "22-9-19"]
    + ["2022-09-18T16:00:00Z", "44823"],
)
def test_a_date_is_read_as_it_is_written(read, written):
    row = read(f"{HEADER}1,{written},1,2\n").by_number[2]
    assert row["reading_date"] == date(2022, 9, 19)


@pytest.mark.parametrize(
    ("written", "is_good"),
    [("1948-12-31", False), ("1949-01-01", True), ("2099-12-31", True), ("2100-01-01", False)]
    + [("2202-09-19", False), ("2022-02-30", False), ("", False), ("9月下旬", False)]
    + [("infinity", False), ("0022-09-19", False), ("2022-09-19x", False)],
)
def test_only_a_plausible_date_is_a_key(read, written, is_good):
    found = read(f"{HEADER}1,{written},1,2\n")
    assert (found.counts.good, found.counts.rejected) == (int(is_good), int(not is_good))
    if not is_good and written:
        assert written in found.reasons(2)[0]
        assert f'"data_date": "{written}"' in found.by_number[2]["_original"]


@pytest.mark.parametrize("point", ["abc", "1000000", "-1000000", "999999.9996", "inf", "1.2.3"])
def test_a_bad_point_is_null_with_a_warning_and_its_row_counts(read, point):
    found = read(f"{HEADER}1,2022-09-19,{point},5\n")
    row = found.by_number[2]
    assert (row["p1"], row["p2"], row["_reject_reasons"]) == (None, 5, None)
    assert point in found.warned(2)["p1"]
    assert (found.counts.good, found.counts.warnings) == (1, 1)


@pytest.mark.parametrize("point", ["999999.999", "-999999.999", '"1,234.5"', "1e3", "12.0004"])
def test_a_number_in_any_writing_is_a_number(read, point):
    row = read(f"{HEADER}1,2022-09-19,{point},5\n").by_number[2]
    written = Decimal(point.strip('"').replace(",", ""))
    assert row["p1"] == written.quantize(Decimal("0.001"))
    assert row["_cell_warnings"] is None


def test_odd_lines_are_kept_with_their_reason_and_the_others_are_not_touched(read):
    lines = [
        "001,2022-09-19,1,2",
        "002,2022-09-19,1",
        "003,2022-09-19,1,2,3",
        '"004,2022-09-19,1,2',
        "005,2022-09-19,1,2",
        '006,"2022-09-19"x,1,2',
        "",
        ",,,",
        "合计,,3,4",
        "cust_no,data_date,p1,p2",
        "007,2022-09-19,1,2",
        "008,2022-09",
    ]
    found = read(HEADER + "\n".join(lines))
    good = {number for number, row in found.by_number.items() if row["_reject_reasons"] is None}
    assert good == {2, 6, 12}
    assert [found.by_number[number]["meter_id"] for number in sorted(good)] == ["001", "005", "007"]
    assert set(found.by_number) - good == {3, 4, 5, 7, 13}
    assert found.reasons(3) == ["有 3 个字段，应为 4 个"]
    assert found.reasons(4) == ["有 5 个字段，应为 4 个"]
    assert found.reasons(5) == found.reasons(7) == ["引号不完整"]
    assert found.reasons(13) == ["文件在此行中断：有 2 个字段，应为 4 个"]
    assert found.by_number[3]["_original"] == '{"整行": "002,2022-09-19,1"}'
    assert dict(found.counts.skipped) == {"subtotal": 1, "repeated_header": 1}
    assert found.counts.read == 10


def test_a_clean_file_with_odd_lines_far_apart_keeps_line_numbers(read):
    """Larger than one of DuckDB's buffers, so that several threads count."""
    generator = random.Random(7)
    lines, odd = [], {}
    point = ",".join(["123.456"] * 94)
    for number in range(2, 60_002):
        tail = f"{number},2022-09-19,1,{number % 1000},{point}"
        if generator.random() < 0.001:
            kind = odd[number] = generator.choice(["short", "bad", "blank meter"])
            tail = {
                "short": f"{number},2022-09-19,1",
                "bad": f"{number},2022-09-19,x,{number % 1000},{point}",
                "blank meter": f",2022-09-19,1,{number % 1000},{point}",
            }[kind]
        lines.append(tail)
    header = "cust_no,data_date," + ",".join(f"p{n}" for n in range(1, 97))
    found = read(header + "\n" + "\n".join(lines) + "\n")
    assert found.counts.read == 60_000
    assert {n for n, row in found.by_number.items() if row["_reject_reasons"]} == {
        number for number, kind in odd.items() if kind != "bad"
    }
    assert {n for n, row in found.by_number.items() if row["_cell_warnings"]} == {
        number for number, kind in odd.items() if kind == "bad"
    }
    assert all(
        row["meter_id"] == str(number)
        for number, row in found.by_number.items()
        if row["meter_id"] is not None
    )


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("9,2022-09-19,x,1\n", 1),
        ("9,2022-09-19,1\n", 1),
        ('"9,2022-09-19,1,1\n', 1),
        ('9,2022-09-19,"1","1"\n', 0),
        ("9,二〇二二年九月十九日,1,1\n", 1),
        ("\n", 0),
        ("9,2022-09-19,1,1\r\n", 0),
        ("\0,2022-09-19,1,1\n", 1),
        ("9,2022-09-19,1,1\n", 0),
    ],
)
def test_only_odd_lines_are_read_one_by_one(read, monkeypatch, line, again):
    """Otherwise a slip in one of a million lines would make the load fifty times as slow."""
    numbers = []
    row = load_curve.Curves.row

    def counted(self, number, *more):
        numbers.append(number)
        return row(self, number, *more)

    monkeypatch.setattr(load_curve.Curves, "row", counted)
    lines = [f"{number},2022-09-19,1,{number}\n" for number in range(200)]
    found = read(HEADER + "".join(lines[:100]) + line + "".join(lines[100:]))
    assert numbers == [102] * again
    assert found.counts.read == 201 - (line == "\n")


def test_equal_files_give_equal_bytes(read):
    header = "cust_no,data_date," + ",".join(f"p{n}" for n in range(1, 97))
    lines = [f"{n},2022-09-19," + ",".join(f"{n}.5" for _ in range(96)) for n in range(40_000)]
    content = "\n".join([header, *lines])
    assert read(content).bytes == read(content).bytes


def test_a_file_of_nothing_but_bad_cells_is_read_all_the_same(read, monkeypatch):
    """DuckDB's list of bad cells is cut off; what it left out must not be lost."""
    monkeypatch.setattr(load_curve, "MAX_REFUSED_CELLS", 10)
    monkeypatch.setattr(bulk, "ROWS_AT_A_TIME", 7)
    found = read(HEADER + "".join(f"{n},2022-09-19,x,{n}\n" for n in range(100)))
    assert (found.counts.good, found.counts.warnings) == (100, 100)
    assert [row["p2"] for row in found.rows] == list(range(100))


def test_chinese_headers_and_other_encodings(read):
    content = "户号\t数据日期\tT0000\tT0015\t备注\n001\t2022年9月19日\t1\t\t停电\n合计\t\t1\t\t\n"
    for encoded in (content.encode(), content.encode("utf-8-sig"), content.encode("gb18030")):
        found = read(encoded)
        assert found.by_number[2]["_extra"] == '{"备注": "停电"}'
        assert (found.by_number[2]["p1"], found.by_number[2]["p2"]) == (1, None)
        assert dict(found.counts.skipped) == {"subtotal": 1}


def test_a_byte_that_is_no_text_costs_its_line_only(read):
    content = (
        "户号,数据日期,p1\n001,2022-09-19,1\n002,2022-09-19,".encode() + b"\xff\n003,2022-09-19,3\n"
    )
    found = read(content)
    assert found.reasons(3) == ["含有无法识别的字节"]
    assert (found.counts.good, found.counts.rejected) == (2, 1)


def test_half_a_chinese_character_is_not_taken_for_another_one(read):
    """Under a UTF-8 header the bytes of a broken-off character would pass as GB18030."""
    content = "户号,数据日期,备注,p1\n001,2022-09-19,".encode() + "备".encode()[:2] + b",1\n"
    assert read(content).reasons(2) == ["含有无法识别的字节"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_line_ends_and_delimiters(read, end, delimiter):
    lines = ["cust_no,data_date,p1", "001,2022-09-19,1", "", "002,2022-09-19,x", "003,2022-09-19"]
    found = read(end.join(lines).replace(",", delimiter) + end)
    assert found.by_number[2]["p1"] == 1
    assert found.warned(4)
    assert found.reasons(5)
    assert found.counts.read == 3


def test_lines_with_different_ends(read):
    found = read("cust_no,data_date,p1\r\n001,2022-09-19,1\n002,2022-09-19,2\r\n")
    assert [row["p1"] for row in found.rows] == [1, 2]


@pytest.mark.parametrize(
    ("headers", "points"),
    [
        ("P1,P2,P96", (1, 2, 96)),
        ("p01,p02,p10", (1, 2, 10)),
        ("T0000,T0015,T2345", (1, 2, 96)),
        ("00:00,00:15,23:45", (1, 2, 96)),
        ("0:00,1:00,12:30", (1, 5, 51)),
        ("p96(kW),p2（kW）, P1 ", (96, 2, 1)),
    ],
)
def test_points_under_any_name_and_in_any_order(read, headers, points):
    row = read(f"CONS_NO,DATA_DATE,{headers}\n1,2022-09-19,10,20,30\n").by_number[2]
    assert [row[f"p{point}"] for point in points] == [10, 20, 30]
    assert sum(row[f"p{number}"] is not None for number in range(1, 97)) == 3


def test_all_96_times_are_the_96_points(read):
    times = [f"{slot // 4:02}:{slot % 4 * 15:02}" for slot in range(96)]
    row = read(f"户号,日期,{','.join(times)}\n1,2022-09-19,{','.join(map(str, range(96)))}\n").rows[
        0
    ]
    assert [row[f"p{number}"] for number in range(1, 97)] == list(range(96))


@pytest.mark.parametrize("time", ["24:00", "t2400", "00:05", "12:07"])
def test_another_grid_of_times_is_refused(read, time):
    with pytest.raises(Refused, match=time):
        read(f"cust_no,data_date,00:00,{time}\n1,2022-09-19,1,2\n")


def test_a_header_below_a_title(read):
    found = read("某县负荷曲线\n\n户号,数据日期,p1\n001,2022-09-19,1\n002,2022-09-19\n")
    assert found.by_number[4]["p1"] == 1
    assert found.reasons(5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("户号,p1\n1,2\n", ["数据日期", "户号、p1"]),
        ("数据日期,p1\n1,2\n", ["户号"]),
        ("户号,数据日期\n1,2\n", ["p1…p96"]),
        ("p1,P1,户号,日期\n1,2,3,4\n", ["p1、P1"]),
        ("", ["空"]),
        ("\n\n", ["空"]),
        (b"PK\x03\x04", ["工作簿"]),
        ("户号".encode("utf-16"), ["UTF-16"]),
        (b"PAR1 and nothing else", ["Parquet"]),
        (b"\x1f\x8b\x08 and nothing else", ["压缩"]),
        (",".join(f"c{n}" for n in range(500)), ["400"]),
    ],
)
def test_a_file_that_is_no_load_curve_is_refused_with_the_reason(read, content, words):
    with pytest.raises(Refused) as refused:
        read(content)
    for word in words:
        assert word in str(refused.value)
    assert refused.value.next_step


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_header_without_rows_is_an_empty_delivery(read, end):
    assert read(HEADER.strip() + end).counts.read == 0


def test_data_type_and_factor_are_kept_as_they_are(read):
    header = "cust_no,data_date,data_type,t_factor,data_whole_flag,p1\n"
    found = read(
        header
        + f"1,2022-09-19,2,120.5,{'1' * 96},10\n"
        + "1,2022-09-19,,,,10\n"
        + "1,2022-09-19,总,10,,10\n"
        + "1,2022-09-19,3,十倍,,10\n"
        + "1,2022-09-19,1.0,1,,10\n"
        + "1,2022-09-19,1,1,电话13800001111,10\n"
    )
    assert found.by_number[2]["data_type"] == 2
    assert (found.by_number[2]["t_factor"], found.by_number[2]["p1"]) == (Decimal("120.5"), 10)
    assert found.by_number[2]["data_whole_flag"] == "1" * 96
    assert (found.by_number[3]["data_type"], found.by_number[3]["t_factor"]) == (1, None)
    assert found.reasons(4)
    assert "t_factor" in found.warned(5)
    assert found.by_number[6]["data_type"] == 1
    assert found.by_number[7]["data_whole_flag"].startswith("电话[手机#")


def test_personal_numbers_never_reach_the_raw_file(read):
    header = "cust_no,data_date,联系电话,p1\n"
    numbers = ["13800001111", "138-0000-1111", "+86 13800001111", "１３８００００１１１１"]
    numbers += ["0350-1234567", "11010519491231002X", "找13800001111问"]
    found = read(
        header
        + "".join(f"{n},2022-09-19,{number},1\n" for n, number in enumerate(numbers, 1))
        + "".join(f",2022-09-19,{number},1\n" for number in numbers)
        + "".join(f"{number},,1\n" for number in numbers)
        + "9,2022-09-19,1413000000000123456789,1\n"
        + "".join(f"1,{number},,1\n1,2022-09-19,,{number}\n" for number in numbers)
    )
    personal = ("_extra", "_original", "_reject_reasons", "_cell_warnings")
    written = "".join(str(row[name] or "") for row in found.rows for name in personal)
    for number in numbers:
        assert number.strip("找问") not in written
    # Once in a good row, twice in a rejected one, once for a bad point, twice for a bad date.
    assert sum(written.count(f"{kind}#") for kind in ("手机", "座机", "身份证")) == 7 * len(numbers)
    assert "1413000000000123456789" in written
    # A meter number is never masked, even if it looks like a mobile number.
    assert read(HEADER + "13800001111,2022-09-19,1,2\n").rows[0]["meter_id"] == "13800001111"


def test_gzip_is_read_like_the_file_in_it(read):
    content = (HEADER + "001,2022-09-19,1,2\n002,2022-09-19,x\n").encode()
    packed = read(gzip.compress(content)).rows
    assert packed == read(content).rows


def test_a_gzip_that_breaks_off_is_refused(read):
    packed = gzip.compress((HEADER + "001,2022-09-19,1,2\n" * 1000).encode())
    with pytest.raises(Refused, match="不完整"):
        read(packed[:-20])


def test_a_gzip_bomb_is_refused_at_the_limit(read, monkeypatch, tmp_path):
    monkeypatch.setattr(bulk, "MAX_INFLATED_BYTES", 1 << 20)
    with pytest.raises(Refused, match="上限"):
        read(gzip.compress(HEADER.encode() + b"0" * (64 << 20)))
    assert (tmp_path / "s" / "inflated.csv").stat().st_size <= 1 << 20


def test_a_line_without_end_costs_itself_only(read):
    long = b"9" * (load_curve.MAX_LINE_BYTES + 1)
    content = HEADER.encode() + b"1,2022-09-19,1,2\n" + long + b"\n2,2022-09-19,1,2\n"
    found = read(content)
    assert found.reasons(3) == ["一行过长"]
    assert len(found.by_number[3]["_original"]) < 2 * bulk.ORIGINAL_CHARACTERS
    assert found.counts.good == 2


def parquet(path, select):
    with connect() as connection:
        connection.execute(f"copy ({select}) to '{path}' (format parquet)")


def test_parquet_of_any_types(read, tmp_path):
    parquet(
        tmp_path / "delivery",
        """
        select * from (values
            (1400000000012::double, date '2022-09-19', 1.5::double, 'nan'::double, '7'),
            (null, date '2022-09-19', 1, 2, '8'),
            (7, date '2202-09-19', 1, 2, '8'),
            (8, date '2022-09-19', 1e12, 2, '坏'),
            (9, date '2022-09-19', null, 0, null)
        ) as rows (CONS_NO, DATA_DATE, P1, P2, "00:30")
        """,
    )
    found = read(None)
    row = found.by_number[1]
    assert (row["meter_id"], row["p1"], row["p2"], row["p3"]) == (
        "1400000000012",
        Decimal("1.5"),
        None,
        7,
    )
    assert row["_cell_warnings"] is None
    assert found.reasons(2) and found.reasons(3)
    assert set(found.warned(4)) == {"P1", "00:30"}
    assert (found.by_number[5]["p1"], found.by_number[5]["p2"]) == (None, 0)
    assert (found.counts.good, found.counts.rejected) == (3, 2)


def test_parquet_keeps_text_keys_and_converts_text_dates(read, tmp_path):
    parquet(
        tmp_path / "delivery",
        "select '00001234567890123456' as cust_no, '20220919' as data_date, 1 as p1, 5 as org_no",
    )
    row = read(None).by_number[1]
    assert (row["meter_id"], row["reading_date"]) == ("00001234567890123456", date(2022, 9, 19))
    assert row["_extra"] == '{"org_no": "5"}'


def test_a_parquet_file_of_too_many_rows_is_refused(read, tmp_path, monkeypatch):
    monkeypatch.setattr(load_curve, "MAX_PARQUET_ROWS", 9)
    parquet(
        tmp_path / "delivery",
        "select '1' as cust_no, '20220919' as data_date, 1 as p1 from range(10)",
    )
    with pytest.raises(Refused, match="上限"):
        read(None)


def test_rows_of_a_large_parquet_file_keep_their_numbers(read, tmp_path):
    """Several threads read it: what loses their order gives rows the numbers of others."""
    parquet(
        tmp_path / "delivery",
        """
        select cast(number as varchar) as cust_no, date '2022-09-19' as data_date,
            case when number % 9973 = 0 then 'x' else '1.5' end as p1
        from range(1, 400001) as every (number)
        """,
    )
    found = read(None)
    assert len(found.rows) == 400_000
    assert all(row["meter_id"] == str(number) for number, row in found.by_number.items())
    warned = {number for number, row in found.by_number.items() if row["_cell_warnings"]}
    assert warned == set(range(9_973, 400_001, 9_973))
