"""The registers and lists of cases, power, video and clues, one file a feed typed by hand in the format and
with the faults that its senders are known for. Every row is good, rejected or counted as skipped."""

import io
from datetime import date, datetime
from decimal import Decimal

import duckdb
import openpyxl
import pytest
import xlwt

from ingestion.declare import Refused
from ingestion.feeds import FEEDS
from ingestion.land import load
from ingestion.masking import Masker
from ingestion.readers import read_file
from ingestion.readers.protection import misplaced
from tests.ingestion.test_grids import ods
from tests.ingestion.test_table import MASKER, counts, reasons, warnings
from warehouse.settings import Home

RECEIVED = datetime(2022, 10, 20, 9, 0)


def read(tmp_path, token, content, name="来件.csv", encoding="utf-8"):
    path = tmp_path / "delivered"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    (reading,) = read_file(path, FEEDS[token], MASKER, name, RECEIVED)
    return reading


def workbook(*rows, merged=(), sheet="Sheet1"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods_table(*rows):
    def cell(value):
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            return (
                f"<table:table-cell office:value-type='string'><text:p>{value}</text:p>"
                "</table:table-cell>"
            )
        return f"<table:table-cell office:value-type='float' office:value='{value}'/>"

    lines = ("".join(map(cell, row)) for row in rows)
    return ods(
        "<table:table table:name='表'>"
        + "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
        + "</table:table>"
    )


def of(reading, *names):
    return [tuple(row.values[name] for name in names) for row in reading.rows]


# cases


def test_a_case_register_with_title_merged_cells_subtotals_and_ten_thousands(tmp_path):
    data = workbook(
        ["非法采矿案件登记册"],
        ["填报单位：县自然资源局", None, None, None, "2022年10月"],
        ["序号", "案件编号", "案件类型", "案件来源", "发现时间", "办案单位", "乡镇", "位置", None]
        + ["违法数量(吨)", "涉案价值（万元）", "是否涉电", "户号", "当事人", "承办人", "主办科室"],
        [None, None, None, None, None, None, None, "东经", "北纬"],
        [1, "140900-0012", "无证开采", "日常巡查", "2022年9月19日", "县自然资源局", "老营镇"]
        + ["111°29′13″", "39°26′12″", "1,200.5", 12.5, "☑是 □否", "0123456789012"]
        + ["某采石厂", "承办人甲", "执法大队"],
        [2, "00013", "越界开采", "卫片", datetime(2022, 9, 20), "县自然资源局", None]
        + ["39.436973", "111.486808", "一百二十吨", "12万", "否", None, "王某某 13800138000"],
        ["小计", None, None, None, None, None, None, None, None, 1320.5, 24.5],
        [3, 140900202209200001234.0, "无证开采", "群众举报", 44824, "公安局", "水泉镇"],
        [4, "00014", None, "群众举报", "9月下旬", "公安局", "水泉镇"],
        [5, "00015", "无证开采", "群众举报", "2022.9.21", "公安局", "水泉镇", None, None, "大量"]
        + ["￥1,234.50元", "有人举报，未核实"],
        [6, "00016", "无证开采", "群众举报", "20220922", "公安局", "水泉镇"],
        [None] * 9 + [None, 0.5],
        ["合计", None, None, None, None, None, None, None, None, 1320.5, 24.5],
        ["填表人：承办人甲", None, None, "审核：科长"],
        merged=["A1:P1", "H3:I3", "G5:G6"]
        + [f"{letter}3:{letter}4" for letter in "ABCDEFGJKLMNOP"],
    )
    reading = read(tmp_path, "cases", data, "案件登记册2022.xlsx")
    assert counts(reading) == (4, 3, {"subtotal": 2, "footer": 1})
    good = [row for row in reading.rows if not row.reject_reasons]
    assert [row.values["case_id"] for row in good] == ["140900-0012", "00013", "00015", "00016"]
    first, second, third, fourth = (row.values for row in good)
    assert first["discovered_date"] == date(2022, 9, 19)
    assert (first["longitude"], first["latitude"]) == (111.48694444, 39.43666667)
    # 12.5 under 万元; 12万 and ￥1,234.50元 say for themselves what they are.
    assert [one["case_value_yuan"] for one in (first, second, third)] == [
        Decimal("125000"),
        Decimal("120000"),
        Decimal("1234.5"),
    ]
    assert [one["illegal_tonnes"] for one in (first, second, third)] == [
        Decimal("1200.5"),
        Decimal("120"),
        None,
    ]
    assert first["meter_id"] == "0123456789012"
    assert (first["involves_electricity"], third["involves_electricity"]) == ("yes", "unclear")
    assert (second["township_name"], second["longitude"]) == ("老营镇", 111.486808)
    assert first["party_hash"] == MASKER.mask_value("某采石厂")
    assert "王某某" not in str(vars(good[1]))
    assert good[0].extra == {"序号": "1", "是否涉电": "☑是 □否", "主办科室": "执法大队"}
    assert warnings(good[1]) == [("H6", "位置东经", "经纬度写反，已对调")]
    assert warnings(good[2]) == [("J10", "违法数量(吨)", '无法识别的数字："大量"')]
    assert fourth["discovered_date"] == date(2022, 9, 22)
    lost, blank, stray = (row for row in reading.rows if row.reject_reasons)
    assert reasons(lost)[0][:2] == ("B8", "案件编号")
    assert "后面的数字已丢失" in reasons(lost)[0][2]
    assert reasons(blank) == [
        ("C9", "案件类型", "必填项为空"),
        ("E9", "发现时间", '无法识别的日期："9月下旬"'),
    ]
    assert stray.row_number == 12
    assert len(stray.reject_reasons) == 5


def test_a_unit_line_above_the_table_holds_for_a_header_without_a_unit(tmp_path):
    head = "案件编号\t案件类型\t线索来源\t发现日期\t承办单位\t涉案金额\t违法数量(吨)\n"
    row = "AJ1\t无证开采\t卫片\t2022-9-19\t公安局\t3\t3\n"
    reading = read(tmp_path, "cases", "案件台账\n2022年　　单位：万元\n" + head + row)
    assert of(reading, "case_value_yuan", "illegal_tonnes") == [(Decimal(30000), Decimal(3))]
    reading = read(tmp_path, "cases", "案件台账\n填报单位：万元县公安局\n" + head + row)
    assert of(reading, "case_value_yuan") == [(Decimal(3),)]


def test_two_headers_for_one_column_of_a_case_are_refused(tmp_path):
    text = "案件编号,案由,案件名称,案件类型,线索来源,发现日期,承办单位\n1,a,b,c,d,2022-9-1,e\n"
    with pytest.raises(Refused) as caught:
        read(tmp_path, "cases", text)
    assert "B1“案由”和C1“案件名称”" in caught.value.what
    # Who the party is may stand there twice: one is hashed in its place, the other beside.
    text = "案号,违法主体,当事人,案件类型,线索来源,发现日期,承办单位\n1,甲某,乙某,c,d,2022-9-1,e\n"
    (row,) = read(tmp_path, "cases", text).rows
    assert row.values["party_hash"] == MASKER.mask_value("乙某")
    assert row.extra == {"违法主体": MASKER.mask_value("甲某")}


# case_events


def test_case_events_in_an_old_workbook_with_steps_under_a_merged_case(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("节点")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    rows = [
        [
            "案号",
            "办理节点",
            "办理时间",
            "结束日期",
            "期限至",
            "文号",
            "金额(千元)",
            "对方单位",
            "备注",
        ],
        [None, "立案", "2022年9月19日 14时30分", None, None, "偏资立〔2022〕3号"],
        [None, "鉴定", "2022-9-20", "二〇二二年九月三十日", None, "无", None, "鉴定机构"],
        [None, "DECIDE", "2022/10/8 9:05", None, "2022.10.23", "偏资罚〔2022〕1号", 1.5, None],
        ["000124", "送达", "2022-10-09T08:00:00Z", None, "下月底", None, "5万元"],
        ["同上", "执行", "2022-10-10"],
        ["000124", "", "2022-10-10"],
        ["000124", "结案", "尚未"],
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.write_merge(1, 3, 0, 0, "000123")
    sheet.write(8, 0, "000124")
    sheet.write(8, 1, "结案")
    sheet.write(8, 2, datetime(2022, 10, 11, 16, 45), day)
    content = io.BytesIO()
    book.save(content)
    reading = read(tmp_path, "case_events", content.getvalue(), "节点.xls")
    assert counts(reading) == (5, 3, {})
    assert of(reading, "case_id", "state_name", "occurred_at")[:4] == [
        ("000123", "立案", datetime(2022, 9, 19, 14, 30)),
        ("000123", "鉴定", datetime(2022, 9, 20)),
        ("000123", "DECIDE", datetime(2022, 10, 8, 9, 5)),
        ("000124", "送达", datetime(2022, 10, 9, 16, 0)),
    ]
    filed, appraised, decided, served, *_ = (row.values for row in reading.rows)
    assert (filed["document_number"], appraised["document_number"]) == ("偏资立〔2022〕3号", None)
    assert appraised["ended_at"] == datetime(2022, 9, 30)
    assert decided["due_date"] == date(2022, 10, 23)
    assert (decided["amount_yuan"], served["amount_yuan"]) == (Decimal(1500), Decimal(50000))
    assert warnings(reading.rows[3]) == [("E5", "期限至", '无法识别的日期："下月底"')]
    ditto, blank, bad = reading.rows[4:7]
    # A number that names one thing is never "as above", a merged cell is.
    assert reasons(ditto) == [("A6", "案号", '"同上"上方没有可沿用的值')]
    assert reasons(blank) == [("B7", "办理节点", "必填项为空")]
    assert reasons(bad) == [("C8", "办理时间", '无法识别的时间："尚未"')]
    assert reading.rows[7].values["occurred_at"] == datetime(2022, 10, 11, 16, 45)


# power_users


def test_an_export_of_the_marketing_system_in_gb18030_keeps_leading_zeros(tmp_path):
    text = (
        "cust_no,cust_name,ec_categ_desc,cust_ind_cls_desc,cust_volt_desc,ctrt_cap,run_cap,"
        "ecc_stat_desc,estab_acct_date,cncl_date,ec_addr,bus_st_code,bus_neighbor_comm_code,"
        "t_factor,credit_code,contact_mobile_zw\r\n"
        '0001234567,某石料厂,大工业用电,非金属矿采选,交流10kV,"1,250",1250kVA,'
        "正常用电客户,20200103,,老营镇贾堡村南沟,140932102,140932102201,"
        "3000,91140932MA0K000000,13800138000\r\n"
        "'0001234568,张某某 13800138000,居民生活用电,,交流220V,8,8,"
        "销户,1998-5-4,2022-08-31 00:00:00,水泉镇,140932103,,1,,0350-7650000\r\n"
        "1.23457E+12,甲,农业生产,,,,,正常,,,,,,,,\r\n"
        ",乙,农业生产,,,,,正常,,,,,,,,\r\n"
        "0001234569,丙,农业生产,,,约80,,报停,待查,,,,,,,\r\n"
        "合计,,,,,1338,,,,,,,,,,\r\n"
    )
    reading = read(tmp_path, "power_users", text, encoding="gb18030")
    assert counts(reading) == (3, 2, {"subtotal": 1})
    factory, person, vague = (row for row in reading.rows if not row.reject_reasons)
    assert of(reading, "meter_id")[:2] == [("0001234567",), ("0001234568",)]
    assert factory.values["contract_capacity_kva"] == Decimal(1250)
    assert factory.values["running_capacity_kva"] == Decimal(1250)
    assert factory.values["total_factor"] == Decimal(3000)
    assert factory.values["opened_date"] == date(2020, 1, 3)
    assert factory.values["village_code"] == "140932102201"
    assert person.values["closed_date"] == date(2022, 8, 31)
    assert person.values["is_key_monitored"] == "not_stated"
    assert vague.values["opened_date"] is None
    assert warnings(vague) == [("F6", "ctrt_cap", '无法识别的数字："约80"')]
    assert factory.extra["credit_code"] == "91140932MA0K000000"
    everything = str([vars(row) for row in reading.rows])
    assert "13800138000" not in everything
    assert "7650000" not in everything
    lost, blank = (row for row in reading.rows if row.reject_reasons)
    assert "科学计数" in reasons(lost)[0][2]
    assert reasons(blank) == [("A5", "cust_no", "必填项为空")]


def test_field_names_of_both_generations_and_of_the_company_are_one(tmp_path):
    for meter, name, state in (
        ("户号", "户名", "用户状态"),
        ("CONS_NO", "consName", "ecc_stat_desc"),
        ("用户编码", "用户名称", "用户状态"),
        ("cust_no", "cust_name", "ECC_STAT_DESC"),
    ):
        reading = read(tmp_path, "power_users", f"{meter};{name};{state}\n00012;某厂;正常\n")
        assert of(reading, "meter_id", "power_user_name", "user_state_name") == [
            ("00012", "某厂", "正常")
        ]


# power_alerts


def test_alerts_of_the_power_company_by_tabs_with_steps_out_of_order(tmp_path):
    text = (
        "用电异常预警清单\n"
        "告警编号\t用户编号\t异常时间\t异常分类\t预警描述\t等级\t核查时间\t核查结果\t反馈时间\t反馈对象\t"
        "停供申请时间\t停供执行时间\t处置结果\t台区名称\n"
        "YJ0001\t0001234567\t2022-10-08T02:15:00+08:00\t夜间负荷突增\t连续三夜，凌晨1点起\t二级\t"
        "2022年10月8日 上午9时\t正常生产\t1665196200000\t县专项办\t\t\t\t老营台区\n"
        "YJ0002\t0001234568\t20221008031500\t销户后有电量\t\t\t\t\t1665196200\t\t"
        "2022-10-10 8:00\t2022-10-09 8:00\t已停\t\n"
        "YJ0003\t\t2022-10-08\t超容\t\t\t\t\t\t\t\t\t\t\n"
        "YJ0004\t0001234569\t昨夜\t超容\t\t\t\t\t\t\t\t\t\t\n"
        "YJ0005\t0001234569\t2022-10-08 25:00\t超容\t\t\t\t\t\t\t\t\t\t\n"
        "YJ0006\t0001234569\t2022/10/08\t超容\t\t\t改天\t\t\t\t\t\t\t\n"
    )
    reading = read(tmp_path, "power_alerts", text, "预警.txt", encoding="utf-8-sig")
    assert counts(reading) == (3, 3, {})
    first, second, *_, last = reading.rows
    assert first.values["alerted_at"] == datetime(2022, 10, 8, 2, 15)
    assert first.values["checked_at"] == datetime(2022, 10, 8, 9, 0)
    assert first.values["fed_back_at"] == second.values["fed_back_at"]
    assert second.values["fed_back_at"] == datetime(2022, 10, 8, 10, 30)
    assert second.values["alerted_at"] == datetime(2022, 10, 8, 3, 15)
    # Which came first is for the models to judge.
    assert second.values["stopped_at"] < second.values["stop_requested_at"]
    assert first.extra == {"台区名称": "老营台区"}
    assert [reasons(row)[0][2] for row in reading.rows if row.reject_reasons] == [
        "必填项为空",
        '无法识别的时间："昨夜"',
        '无法识别的时间："2022-10-08 25:00"',
    ]
    assert last.values["checked_at"] is None
    assert warnings(last) == [("G8", "核查时间", '无法识别的时间："改天"')]


# cameras


def test_a_camera_register_as_ods_with_twenty_digits_as_text_and_as_a_number(tmp_path):
    data = ods_table(
        ["序号", "国标编码", "摄像机名称", "所在乡镇", "经度", "纬度", "坐标系统", "监控半径(公里)"]
        + ["设备类型", "建设状态", "计划完成日期", "建成日期", "验收日期"],
        [1.0, "34020000001320000001", "贾堡高点", "老营镇", 111.486808, 39.436973, "GCJ-02", 3.0]
        + ["高空360度", "验收", "2022年12月底前", "2022-11-1", "2022-10-30"],
        [2.0, 34020000001320000002.0, "水泉高点", "水泉镇", 111.49, 39.44, "GCJ-02", 3.0],
        [3.0, "34020000001320000003", "西沟", "水泉镇", 0.0, 0.0, "GCJ-02", "1500米"],
        [4.0, "34020000001320000004", "南沟", "水泉镇", "39°26′12″", "111°29′13″", None, "1500米"],
        [5.0, "34020000001320000005", "北沟", "水泉镇", 111.4, None],
        [6.0, "34020000001320000006", "甘沟", "水泉镇", 11.4, 39.4],
        [7.0],
    )
    reading = read(tmp_path, "cameras", data, "摄像机.ods")
    assert counts(reading) == (2, 4, {"blank_template_row": 1})
    first, lost, zero, swapped, half, outside = reading.rows
    assert first.values["device_id"] == "34020000001320000001"
    assert (first.values["crs_name"], first.values["view_radius_m"]) == ("GCJ-02", 3000.0)
    assert (first.values["planned_date"], first.values["accepted_date"]) == (
        None,
        date(2022, 10, 30),
    )
    assert warnings(first) == [("K2", "计划完成日期", '无法识别的日期："2022年12月底前"')]
    assert reasons(lost)[0][:2] == ("B3", "国标编码")
    assert "超过15位" in reasons(lost)[0][2]
    assert reasons(zero) == [("E4", "经度", "坐标为 0，等于没有")]
    assert (swapped.values["longitude"], swapped.values["view_radius_m"]) == (111.48694444, 1500.0)
    assert reasons(half) == [("F6", "纬度", "必填项为空")]
    assert reasons(outside) == [("E7", "经度", '坐标超出范围："11.4,39.4"')]


# camera_status


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_camera_states_as_utf_16_text(tmp_path, encoding):
    text = (
        "DeviceID\t上报时间\t在线状态\r\n"
        "34020000001320000001\t2022-10-08 08:00:00\t在线\r\n"
        "34020000001320000001\t2022-10-08T01:00:00.000Z\tOFF\r\n"
        "34020000001320000001\t1665190800\t离线\r\n"
        "3.402E+19\t2022-10-08 08:00:00\t在线\r\n"
        "34020000001320000001\t\t在线\r\n"
        "34020000001320000001\t2022-10-08 08:00:00\t\r\n"
        "共3条\r\n"
    )
    reading = read(tmp_path, "camera_status", text, "状态.txt", encoding)
    assert counts(reading) == (3, 3, {"footer": 1})
    assert of(reading, "observed_at", "state_name")[:3] == [
        (datetime(2022, 10, 8, 8, 0), "在线"),
        (datetime(2022, 10, 8, 9, 0), "OFF"),
        (datetime(2022, 10, 8, 9, 0), "离线"),
    ]
    assert [reasons(row)[0][:2] for row in reading.rows[3:]] == [
        ("A5", "DeviceID"),
        ("B6", "上报时间"),
        ("C7", "在线状态"),
    ]


def test_camera_states_as_parquet_keep_every_digit(tmp_path):
    source = tmp_path / "source.parquet"
    duckdb.sql(
        "select '34020000001320000001' as 设备编号, timestamp '2022-10-08 08:00' as 时间,"
        " '在线' as 状态 union all"
        " select '34020000001320000002', null, '离线'"
    ).write_parquet(str(source))
    reading = read(tmp_path, "camera_status", source.read_bytes(), "状态.parquet")
    assert counts(reading) == (1, 1, {})
    assert of(reading, "device_id", "observed_at")[0] == (
        "34020000001320000001",
        datetime(2022, 10, 8, 8),
    )


# video_verifications


def test_video_verifications_with_semicolons_and_a_broken_time_of_disposal(tmp_path):
    text = (
        "告警编号;核查时间;核查单位;核查结果;处置时间;处置结果;案件编号;线索编号\n"
        '0000000012345678901234;2022-10-08 10:00;老营镇人民政府;属实;2022-10-08 12:00;"已制止;填埋";00012;\n'
        "e-2;2022年10月8日10点;老营镇人民政府;误报;待定;;;\n"
        "e-3;2022年10月8日10点;;;;;;\n"
        ";2022-10-08;;重复;;;;\n"
    )
    reading = read(tmp_path, "video_verifications", text)
    assert counts(reading) == (2, 2, {})
    first, second = (row.values for row in reading.rows[:2])
    assert first["event_id"] == "0000000012345678901234"
    assert (first["disposition_text"], first["case_id"]) == ("已制止;填埋", "00012")
    assert second["verified_at"] == datetime(2022, 10, 8, 10, 0)
    assert second["disposed_at"] is None
    assert warnings(reading.rows[1]) == [("E3", "处置时间", '无法识别的时间："待定"')]
    assert [reasons(row)[0][:2] for row in reading.rows[2:]] == [
        ("D4", "核查结果"),
        ("A5", "告警编号"),
    ]


# clues


def test_an_export_of_the_12345_platform_by_its_field_names(tmp_path):
    text = (
        "工单编号,callerName,contactPhone,appealType,appealSubject,appealSource,involvedUnit,"
        "appealDescription,incidentAddress,urgencyLevel,受理时间,expectedDeadline,assignedDept,remark\n"
        "0022100800017,甲乙丙丁,13800138000,投诉举报,盗采,12345,某石料厂,夜里有人挖煤,老营镇贾堡村,一般,"
        "2022-10-08 09:30:00,2022-10-15,县自然资源局,甲乙丙丁要求回复\n"
        "0022100800018,,,投诉举报,盗采,网络,,有人装车,水泉镇,,2022-10-08T02:00:00Z,,县公安局,\n"
        "0022100800019,戊己,13900139000,投诉举报,盗采,12345,,有人装车,水泉镇,,今早,,县公安局,\n"
    )
    reading = read(tmp_path, "clues", text)
    assert counts(reading) == (2, 1, {})
    assert of(reading, "clue_id", "channel_name", "clue_received_at", "transferred_unit_name")[
        :2
    ] == [
        ("0022100800017", "12345", datetime(2022, 10, 8, 9, 30), "县自然资源局"),
        ("0022100800018", "网络", datetime(2022, 10, 8, 10, 0), "县公安局"),
    ]
    assert of(reading, "content_text", "place_text")[0] == ("夜里有人挖煤", "老营镇贾堡村")
    assert of(reading, "reporter_hash", "phone_hash")[:2] == [
        (MASKER.mask_value("甲乙丙丁"), MASKER.mask_value("13800138000")),
        (None, None),
    ]
    everything = str([vars(row) for row in reading.rows])
    for secret in ("甲乙丙丁", "戊己", "13800138000", "13900139000", "某石料厂", "今早"):
        assert secret not in everything


def test_an_export_of_the_police_incident_table(tmp_path):
    data = workbook(
        ["AJBH", "FASJCZ", "FASJZZ", "BJSJ", "SLJJDW", "AB", "SL_JJFS", "FADD", "ZYAQ", "BZ"],
        ["A1409322022100001", "2022-10-08", None, datetime(2022, 10, 8, 23, 10), "老营派出所"]
        + ["治安", "110", "老营镇贾堡村南沟", "报警人称沟里有钩机", "报警人甲乙丙丁13800138000"],
        ["A1409322022100002", None, None, 44842.5, "老营派出所", "治安", "110", None, None, None],
    )
    reading = read(tmp_path, "clues", data, "警情.xlsx")
    assert counts(reading) == (2, 0, {})
    assert of(reading, "clue_id", "channel_name", "clue_received_at", "place_text") == [
        ("A1409322022100001", "110", datetime(2022, 10, 8, 23, 10), "老营镇贾堡村南沟"),
        ("A1409322022100002", "110", datetime(2022, 10, 8, 12, 0), None),
    ]
    assert reading.rows[0].values["case_id"] is None
    assert "甲乙丙丁" not in str(vars(reading.rows[0]))


# Wrong folders, several feeds

HEADERS = {
    token: ",".join(column.header for column in FEEDS[token].columns)
    for token in (
        "cases",
        "case_events",
        "power_users",
        "power_alerts",
        "cameras",
        "camera_status",
        "video_verifications",
        "clues",
    )
}


@pytest.mark.parametrize("token", HEADERS)
def test_a_list_in_the_folder_of_another_feed_is_refused_and_told_where_to_go(tmp_path, token):
    home = Home(tmp_path / "home")
    home.prepare()
    folder = "clues" if token == "sites" else "sites"
    path = home.inbox / folder / "来件.csv"
    path.parent.mkdir()
    path.write_text(HEADERS[token] + "\n" + ",".join(["1"] * (HEADERS[token].count(",") + 1)))
    (refused,) = load(home).files
    assert refused.outcome == "refused"
    assert f"表头是“{FEEDS[token].title}”的，不是“重点监管对象登记册”的" in refused.message
    assert f"inbox/{token}/" in refused.message


def test_a_list_that_lacks_a_column_is_not_sent_elsewhere():
    from ingestion.readers.grids import Grid

    lacking = Grid(None, [["设备编号", "名称", "乡镇", "经度", "建设状态", "时间", "状态"]])
    assert misplaced(FEEDS["cameras"], [lacking]) is None
    states = Grid(None, [["设备编号", "时间", "状态"]])
    assert "inbox/camera_status/" in str(misplaced(FEEDS["cameras"], [states]))
    hidden = Grid("表", states.rows, hidden=True)
    assert misplaced(FEEDS["cameras"], [hidden]) is None


def test_one_workbook_with_a_sheet_for_each_feed(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for token, header in HEADERS.items():
        sheet = book.create_sheet(FEEDS[token].title)
        sheet.append([FEEDS[token].title])
        sheet.append(header.split(","))
        values = {"date": "2022-10-08", "timestamp": "2022-10-08 08:00", "double": 111.4}
        row = [values.get(column.kind, "1") for column in FEEDS[token].columns]
        names = [column.name for column in FEEDS[token].columns]
        if "latitude" in names:
            row[names.index("latitude")] = 39.4
        sheet.append(row)
        sheet.append(["合计"])
    content = io.BytesIO()
    book.save(content)
    home = Home(tmp_path / "home")
    home.prepare()
    path = home.inbox / "cases" / "台账.xlsx"
    path.parent.mkdir()
    path.write_bytes(content.getvalue())
    (loaded,) = load(home).files
    assert (loaded.read, loaded.good, loaded.rejected, loaded.skipped) == (16, 8, 0, 8)
    assert loaded.name == Masker(home.masking_key()).mask_file_name("台账.xlsx")
