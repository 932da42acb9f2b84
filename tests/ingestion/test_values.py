"""Every writing of a value that a township is known to use, and what must not pass as one."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.declare import Column
from ingestion.values import (
    AMBIGUOUS_DEGREES,
    SWAPPED,
    Coordinates,
    Read,
    cell_reader,
    plain,
    plausible_lon_lat,
    read_cell,
    read_coordinates,
    unit_factor,
)

TEXT, IDENTIFIER = Column("name", "名称"), Column("meter_id", "户号", "identifier")
DATE, TIMESTAMP = Column("day", "日期", "date"), Column("at", "时间", "timestamp")
DECIMAL, BIGINT = Column("amount", "金额", "decimal"), Column("count", "数量", "bigint")
DOUBLE = Column("area", "面积", "double")
LONGITUDE = Column("longitude", "经度", "double")
ANSWER = Column("sign", "警示标识牌", "answer")
LICENCE = Column("licence", "有无采矿证", "answer", answer_scope="mining_licence")

EIGHT = datetime(2022, 9, 19, 8, 0)


@pytest.mark.parametrize(
    "cell",
    [
        "2022-9-19",
        "2022/9/19",
        "2022.9.19",
        "2022—9—19",
        "20220919",
        "2022年9月19日",
        "2022年9月19号",
        "２０２２年９月１９日",
        "２０２２．９．１９",
        "二〇二二年九月十九日",
        "二零二二年九月十九日",
        "二○二二年九月十九日",
        "2022 年 9 月 19 日",
        "22.9.19",
        "2022年9月19日（星期一）",
        "2022-09-19 00:00:00",
        "44823",
        44823.0,
        44823,
        20220919.0,
        date(2022, 9, 19),
        datetime(2022, 9, 19, 13, 0),
        # Still the 18th in London, already the 19th here.
        "2022-09-18T20:00:00Z",
        1663545600,
    ],
)
def test_a_date_is_read_however_it_is_written(cell):
    assert read_cell(DATE, cell) == Read(date(2022, 9, 19))


def test_a_day_without_year_is_read_only_with_the_year_of_the_report():
    assert read_cell(DATE, "9月19日", report_year=2022) == Read(date(2022, 9, 19))
    assert read_cell(DATE, "9月19日") == Read(None, '缺少年份的日期："9月19日"')
    # 9.19 may as well be a number.
    assert read_cell(DATE, "9.19", report_year=2022).value is None


def test_a_two_digit_year_from_50_on_is_of_the_last_century():
    assert read_cell(DATE, "49.1.1").value == date(2049, 1, 1)
    assert read_cell(DATE, "50.1.1").value == date(1950, 1, 1)


@pytest.mark.parametrize(
    ("cell", "is_plausible"),
    [
        ("1948-12-31", False),
        ("1949-01-01", True),
        ("2099-12-31", True),
        ("2100-01-01", False),
        ("2202-09-19", False),
        (date(2202, 9, 19), False),
        (110566.0, False),
    ],
)
def test_only_dates_from_1949_to_2099_are_plausible(cell, is_plausible):
    read = read_cell(DATE, cell)
    assert (read.value is not None) is is_plausible
    assert is_plausible or read.problem.startswith("年份不合理：")


@pytest.mark.parametrize(
    "cell",
    [
        "2022年9月下旬",
        "2022年9月",
        "2022-02-30",
        "2022.9.19-9.23",
        "2022-13-01",
        "九月",
        "202209",
        "220919",
        True,
        time(8, 0),
        timedelta(days=1),
        1.5e300,
        "2022-09-19 25:00",
    ],
)
def test_what_is_no_date_is_reported_and_never_guessed(cell):
    read = read_cell(DATE, cell, report_year=2022)
    assert read.value is None
    assert read.problem


def test_a_problem_quotes_the_cell():
    assert read_cell(DATE, "2022年9月下旬").problem == '无法识别的日期："2022年9月下旬"'


def test_an_unfilled_date_template_is_blank():
    assert read_cell(DATE, "   年   月   日") == Read(None)
    assert read_cell(DATE, "20  年__月__日") == Read(None)


@pytest.mark.parametrize(
    "cell",
    [
        "2022-09-19 08:00",
        "2022-09-19T08:00:00",
        "2022-09-19T08:00:00+08:00",
        "2022-09-19T00:00:00Z",
        "2022-09-18 19:00:00-05:00",
        "2022年9月19日 8时",
        "2022年9月19日8时0分",
        "2022年9月19日上午8点",
        "20220919080000",
        "202209190800",
        "2022091908",
        "1663545600",
        1663545600,
        1663545600000,
        "1663545600000",
        1663545600000.0,
        44823 + 8 / 24,
        datetime(2022, 9, 19, 8, 0),
        datetime(2022, 9, 19, 0, 0, tzinfo=timezone.utc),  # noqa: UP017
        datetime(2022, 9, 19, 2, 0, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_time_is_read_as_beijing_time(cell):
    assert read_cell(TIMESTAMP, cell) == Read(EIGHT)


def test_hours_after_noon_and_midnight():
    assert read_cell(TIMESTAMP, "2022-9-19 下午3:20").value == datetime(2022, 9, 19, 15, 20)
    assert read_cell(TIMESTAMP, "2022年9月19日中午12点").value == datetime(2022, 9, 19, 12)
    assert read_cell(TIMESTAMP, "2022-9-19 24:00").value == datetime(2022, 9, 20)
    assert read_cell(TIMESTAMP, "2022-9-19").value == datetime(2022, 9, 19)
    assert read_cell(TIMESTAMP, "10:30").value is None


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("12万", "120000"),
        ("1.2亿元", "120000000"),
        ("¥1,234.50", "1234.5"),
        ("人民币 12 万元整", "120000"),
        ("１２，３４５．６", "12345.6"),
        ("十二万元", "120000"),
        ("贰拾万元整", "200000"),
        ("-5", "-5"),
        ("12吨", "12"),
        ("1.5e3", "1500"),
        (12, "12"),
        (0.1, "0.1"),
        (Decimal("1.23456"), "1.2346"),
    ],
)
def test_an_amount_is_read_with_its_scale(cell, amount):
    assert read_cell(DECIMAL, cell) == Read(Decimal(amount).quantize(Decimal("0.0001")))


YUAN, TONNES = (
    Column("value_yuan", "价值(元)", "decimal"),
    Column("mined_tonnes", "数量(吨)", "decimal"),
)
RADIUS = Column("view_radius_m", "可视半径(米)", "double")


@pytest.mark.parametrize(
    ("column", "texts", "factor"),
    [
        (YUAN, ["涉案价值(万元)"], 10_000),
        (YUAN, ["涉案价值（单位：万元）"], 10_000),
        (YUAN, ["涉案价值【 万 元 】"], 10_000),
        (YUAN, ["金额(千元)"], 1_000),
        (YUAN, ["金额(百万元)"], 1_000_000),
        (YUAN, ["金额（亿元）"], 100_000_000),
        (YUAN, ["罚没款(含利息)(万元)"], 10_000),
        (YUAN, ["金额(元)"], 1),
        (YUAN, ["金额"], 1),
        (YUAN, ["金额", "单位：万元"], 10_000),
        (YUAN, ["金额", "2022年10月　　　　单位:万元、吨"], 10_000),
        (YUAN, ["金额", "填报单位：县自然资源局   单位：万元"], 10_000),
        # What stands over the column itself counts.
        (YUAN, ["金额(元)", "单位：万元"], 1),
        (YUAN, ["金额", "填报单位：亿元矿业"], 1),
        (YUAN, ["涉案价值(吨)"], 1),
        (TONNES, ["违法数量(万吨)"], 10_000),
        (TONNES, ["违法数量(吨)"], 1),
        (TONNES, ["违法数量", "单位：万元、吨"], 1),
        (RADIUS, ["可视半径(公里)"], 1_000),
        (RADIUS, ["可视半径(km)"], 1_000),
        (RADIUS, ["可视半径(米)"], 1),
        (BIGINT, ["数量(万元)"], 1),
        (YUAN, [], 1),
    ],
)
def test_the_unit_of_a_header_says_by_how_much_to_multiply(column, texts, factor):
    assert unit_factor(column, texts) == factor


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        (12, 120_000),
        (1.5, 15_000),
        (0.1, 1_000),
        ("12", 120_000),
        ("1,234.5", 12_345_000),
        ("￥12", 120_000),
        ("十二", 120_000),
        ("0", 0),
        # A cell that states its own unit means that one.
        ("12万", 120_000),
        ("12万元", 120_000),
        ("120000元", 120_000),
        ("1.5亿", 150_000_000),
        ("十二万", 120_000),
        ("十二元", 12),
    ],
)
def test_a_number_under_ten_thousands_of_yuan_is_multiplied_once(cell, yuan):
    assert cell_reader(YUAN, None, 10_000)(cell) == Read(Decimal(yuan).quantize(Decimal("0.0001")))


def test_a_number_that_the_unit_makes_too_large_is_no_value():
    assert "过大" in cell_reader(YUAN, None, 100_000_000)(99_999_999.0).problem
    assert cell_reader(YUAN, None, 10_000)(float("inf")).value is None
    assert cell_reader(RADIUS, None, 1_000)(1.5).value == 1_500.0


@pytest.mark.parametrize(
    "cell",
    ["1,23", "约12", "12-15", "元", "千", "1e99999999", "nan", True, "台套" * 40, float("nan")],
)
def test_what_is_no_number_is_reported(cell):
    read = read_cell(DECIMAL, cell)
    assert read.value is None
    assert read.problem


def test_numbers_keep_to_the_width_of_their_column():
    assert read_cell(DECIMAL, "99999999999999").problem is None
    assert read_cell(DECIMAL, "100000000000000").problem.startswith("数字过大")
    assert read_cell(BIGINT, "9223372036854775807").value == 2**63 - 1
    assert read_cell(BIGINT, "9223372036854775808").problem.startswith("数字过大")
    assert read_cell(BIGINT, 1e15).problem.startswith("数字过大")
    assert read_cell(BIGINT, 3.0) == Read(3)
    assert read_cell(BIGINT, 3.5).problem.startswith("应为整数")
    assert read_cell(DOUBLE, "3.5亩") == Read(3.5)


@pytest.mark.parametrize(
    ("cell", "identifier"),
    [
        (12345.0, "12345"),
        (12345, "12345"),
        ("00123", "00123"),
        ("'00123", "00123"),
        ("００１２ 34", "001234"),
        ("34020000001320000001", "34020000001320000001"),
        (34020000001320000001, "34020000001320000001"),
        ("C1400002009111220043887", "C1400002009111220043887"),
        (999_999_999_999_999.0, "999999999999999"),
    ],
)
def test_an_identifier_is_text_and_keeps_its_digits(cell, identifier):
    assert read_cell(IDENTIFIER, cell) == Read(identifier)


@pytest.mark.parametrize("cell", [1e15, 3.4020000001320001e19, "3.402E+19"])
def test_an_identifier_that_has_lost_digits_is_a_problem(cell):
    read = read_cell(IDENTIFIER, cell)
    assert read.value is None
    assert "丢失" in read.problem


@pytest.mark.parametrize(
    "cell", ["", " ", "　", "—", "－", "--", "/", "／", "\\", "暂无", "不详", "无"]
)
@pytest.mark.parametrize("column", [TEXT, IDENTIFIER, DATE, TIMESTAMP, DECIMAL, LONGITUDE])
def test_a_null_word_is_null_without_a_problem(column, cell):
    assert read_cell(column, cell) == Read(None)


def test_text_keeps_its_words():
    assert read_cell(TEXT, "  正仁煤业\u3000") == Read("正仁煤业")
    assert read_cell(TEXT, 3.0) == Read("3")
    assert read_cell(TEXT, date(2022, 9, 19)) == Read("2022-09-19")
    assert read_cell(TEXT, None) == Read(None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("有", "yes"),
        ("是", "yes"),
        ("√", "yes"),
        ("Ｙ", "yes"),
        ("TRUE", "yes"),
        (True, "yes"),
        (1.0, "yes"),
        ("有。", "yes"),
        ("无", "no"),
        ("否", "no"),
        ("×", "no"),
        ("未发现", "no"),
        (False, "no"),
        (0, "no"),
        ("疑似", "suspected"),
        ("待核实", "suspected"),
        ("", "not_stated"),
        (None, "not_stated"),
        ("—", "not_stated"),
        ("有/无", "not_stated"),
        ("□是 □否", "not_stated"),
        ("是（ ）否（ ）", "not_stated"),
        ("☑是 □否", "yes"),
        ("□是 ☑否", "no"),
        ("□是 √否", "no"),
        ("是√ 否", "yes"),
        ("是□ 否☑", "no"),
        ("(√)是 ( )否", "yes"),
        ("R是 £否", "yes"),
        ("■是□否", "yes"),
        ("是√ 否×", "yes"),
        ("☑有 □无 □疑似", "yes"),
        ("□有 □无 ☑疑似", "suspected"),
        ("☑是 ☑否", "unclear"),
        ("有（2025年到期）", "yes"),
        ("无(2022年关闭)", "no"),
        ("有人举报，未发现", "unclear"),
        ("是否", "unclear"),
        (date(2022, 9, 19), "unclear"),
    ],
)
def test_an_answer_becomes_a_code_and_never_null(cell, code):
    assert read_cell(ANSWER, cell) == Read(code)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("有证", "yes"),
        ("无证", "no"),
        ("已到期", "no"),
        ("过期（2021年）", "no"),
        ("C1400002009111220043887", "yes"),
        ("有，证号C1400002009111220043887", "yes"),
        ("1400000910123", "yes"),
    ],
)
def test_the_mining_licence_has_answers_of_its_own(cell, code):
    assert read_cell(LICENCE, cell) == Read(code)
    assert read_cell(ANSWER, cell) == Read("unclear")


JIABAO = (111.48694444, 39.43694444)


@pytest.mark.parametrize(
    "text",
    [
        "东经111°29′13″ 北纬39°26′13″",
        "北纬39°26′13″，东经111°29′13″",
        "E111°29'13.0\" N39°26'13.0\"",
        "111度29分13秒，39度26分13秒",
        "老营镇贾堡村南沟 东经１１１°２９′１３″、北纬39°26′13″",
        "112913 东沟 1112913, 392613",
        "东经111°29′13〞E，北纬39°26′13〞N",
        "经度111°29'13'' 纬度39°26'13''",
    ],
)
def test_degrees_minutes_and_seconds_become_decimal_degrees(text):
    assert read_coordinates(text) == Coordinates(*JIABAO)


@pytest.mark.parametrize(
    "text",
    [
        "新关镇闫家沟村正仁煤业(111.486808,39.436973)",
        "39.436973，111.486808",
        "111.486808、39.436973",
        "经度：111.486808 纬度：39.436973",
        "E111.486808°, N39.436973°",
        "长3.50 宽2.20，111.486808，39.436973",
    ],
)
def test_decimal_degrees_are_found_in_either_order(text):
    assert read_coordinates(text) == Coordinates(111.486808, 39.436973)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "老营镇贾堡村南沟",
        "用电100度",
        "长12.50，宽13.75",
        "电话0350-7654321",
        "0.000000,0.000000",
    ],
)
def test_a_text_without_a_place_has_no_coordinates(text):
    assert read_coordinates(text) is None


def test_doubtful_coordinates_say_so():
    assert read_coordinates("111.2913,39.2613").problem == AMBIGUOUS_DEGREES
    # 69 are no seconds: it can only be decimal.
    assert read_coordinates("111.4869,39.4369").problem is None
    assert read_coordinates("东经111°29′13″").longitude is None
    assert read_coordinates("东经11°29′13″ 北纬39°26′13″").problem.startswith("坐标超出范围")
    assert read_coordinates("X=4368123 Y=37541123").problem.startswith("高斯")
    more = read_coordinates("111.486808,39.436973；111.486900,39.437000")
    assert (more.longitude, more.problem) == (111.486808, "有多组坐标，取第一组")


@pytest.mark.parametrize(
    "cell", ["111°29′13″", "东经111°29′13″", "E111°29'13\"", "111度29分13秒", "1112913", 1112913.0]
)
def test_a_longitude_cell_may_be_in_degrees_and_minutes(cell):
    assert read_cell(LONGITUDE, cell) == Read(JIABAO[0])


def test_a_longitude_cell_may_be_decimal_with_its_words():
    assert read_cell(LONGITUDE, "东经：111.4868°") == Read(111.4868)
    assert read_cell(LONGITUDE, "111°75′13″").problem.startswith("无法识别的坐标")
    assert read_cell(LONGITUDE, "贾堡村").problem.startswith("无法识别的坐标")


def test_a_swapped_pair_is_swapped_back_and_an_impossible_one_is_null():
    assert plausible_lon_lat(111.5, 39.4) == (111.5, 39.4, None)
    assert plausible_lon_lat(39.4, 111.5) == (111.5, 39.4, SWAPPED)
    assert plausible_lon_lat(0.0, 0.0) == (None, None, None)
    assert plausible_lon_lat(None, None) == (None, None, None)
    assert plausible_lon_lat(73.0, 3.0)[2] is None
    for longitude, latitude in ((72.9, 39.4), (136.1, 39.4), (111.5, 2.9), (111.5, 54.1)):
        found = plausible_lon_lat(longitude, latitude)
        assert found[:2] == (None, None)
        assert found[2].startswith("坐标超出范围")
    assert plausible_lon_lat(111.5, None)[2]


@given(st.dates(date(1949, 1, 1), date(2099, 12, 31)))
def test_every_writing_of_a_day_gives_that_day(day):
    for text in (f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", day.isoformat()):
        assert read_cell(DATE, text) == Read(day)


@given(
    st.sampled_from(
        [TEXT, IDENTIFIER, DATE, TIMESTAMP, DECIMAL, BIGINT, DOUBLE, LONGITUDE, ANSWER]
    ),
    st.one_of(
        st.none(),
        st.text(),
        st.text(
            alphabet="0123456789.-/年月日时°′″东经北纬万亿元十二〇EN,:eE+□☑是否有无()", max_size=30
        ),
        st.floats(),
        st.integers(),
        st.booleans(),
        st.datetimes(),
        st.dates(),
        st.times(),
        st.timedeltas(),
    ),
)
def test_no_cell_breaks_the_reader_and_no_problem_is_silent(column, cell):
    read = read_cell(column, cell, report_year=2022)
    if column.kind == "answer":
        assert read.value in ("yes", "no", "suspected", "unclear", "not_stated")
    if isinstance(cell, str):
        read_coordinates(cell)
        # Null without a word is only what stands for nothing: a null word or an unfilled template.
        if read.value is None and read.problem is None:
            assert set("".join(plain(cell).split())) <= set(
                "-—－–‐‑−─/\\空暂无不详未知待查核实nulNULaA'年月日时分20_"
            )
