"""Three townships, five sites and six weeks of 2022 as they were delivered, written by hand."""

from tests.county import REFERENCE

AS_OF = "2022-11-13T20:00:00"

TOWNSHIPS = """乡镇代码,乡镇名称,县代码,起
999901100,甲山镇,999901,2020-01-01
999901101,乙水乡,999901,2020-01-01
999901102,丙川镇,999901,2020-01-01
"""
VILLAGES = """村代码,村名称,全称,类型,乡镇代码,起
999901100201,东坡村,东坡村村民委员会,村委会,999901100,2020-01-01
999901100202,西坡村,西坡村村民委员会,村委会,999901100,2020-01-01
999901101201,南沟村,南沟村村民委员会,村委会,999901101,2020-01-01
999901101202,北沟村,北沟村村民委员会,村委会,999901101,2020-01-01
999901102201,石嘴村,石嘴村村民委员会,村委会,999901102,2020-01-01
"""
UNITS = """单位代码,单位名称,别名,单位类别,级别,乡镇代码,起
U01,县自然资源局,,县直部门,县级,,2020-01-01
T100,甲山镇人民政府,,乡镇政府,乡级,999901100,2020-01-01
T101,乙水乡人民政府,,乡镇政府,乡级,999901101,2020-01-01
T102,丙川镇人民政府,,乡镇政府,乡级,999901102,2020-01-01
L0,县严厉打击非法违法采矿领导小组,县领导小组,领导小组,县级,,2022-09-19
L100,甲山镇领导小组,,领导小组,乡级,999901100,2022-09-19
L101,乙水乡领导小组,,领导小组,乡级,999901101,2022-09-19
L102,丙川镇领导小组,,领导小组,乡级,999901102,2022-09-19
"""
SITE_HEAD = (
    "点位编号,名称,对象类别,乡镇,村,经度,纬度,坐标系,警示标识牌,监管责任牌,村级网格员,是否重点区域,"
    "登记日期,销号日期\n"
)
SITES = """D001,东坡废弃煤窑,历史废弃(关闭)矿井,甲山镇,东坡村,111.2,39.2,WGS84,有,有,网格员甲,是,2022-10-01,
D002,西坡采石点,私挖滥采易发点,甲山镇,西坡村,111.3,39.3,WGS84,无,无,网格员乙,是,2022-10-01,
D003,南沟煤矿,有证矿山,乙水乡,南沟村,,,,有,有,网格员丙,否,2022-10-01,
D005,石嘴采砂点,私挖滥采易发点,丙川镇,石嘴村,111.6,39.6,WGS84,有,有,网格员戊,是,2022-10-01,
"""
SITE_OF_MID_OCTOBER = (
    "D004,北沟采砂点,私挖滥采易发点,乙水乡,北沟村,111.55,39.55,WGS84,有,有,无,是,2022-10-12,\n"
)
SITE_STRUCK_OFF = (
    "D005,石嘴采砂点,私挖滥采易发点,丙川镇,石嘴村,111.6,39.6,WGS84,有,有,"
    "网格员戊,是,2022-10-01,2022-10-25\n"
)
SITE_WITH_A_PLATE = (
    "D002,西坡采石点,私挖滥采易发点,甲山镇,西坡村,111.3,39.3,WGS84,无,有,网格员乙,是,2022-10-01,\n"
)


def deliver_reference(county):
    texts = {"townships": TOWNSHIPS, "villages": VILLAGES, "units": UNITS}
    for feed, text in (texts | {"boundary": REFERENCE["boundary"]}).items():
        county.deliver(feed, f"{feed}.csv", text.encode(), "2022-01-10T08:00:00")
    for name, text, received_at in (
        ("sites.csv", SITES, "2022-10-01T08:00:00"),
        ("sites_october.csv", SITE_OF_MID_OCTOBER, "2022-10-13T08:00:00"),
        ("sites_off.csv", SITE_STRUCK_OFF, "2022-10-26T08:00:00"),
        ("sites_plate.csv", SITE_WITH_A_PLATE, "2022-11-02T08:00:00"),
    ):
        county.deliver("sites", name, (SITE_HEAD + text).encode(), received_at)


def deliver_ledgers(county):
    east = [("甲山镇东坡村东坡废弃煤窑", "无")]
    committee = "甲山镇东坡村村民委员会"
    county.deliver_ledger(committee, "2022年10月9日", east, "2022-10-09T18:00:00")
    county.deliver_ledger(committee, "2022年10月17日", east, "2022-10-17T09:00:00")
    county.deliver_ledger(committee, "2022年10月21日", [], "2022-10-21T09:00:00")
    county.deliver_ledger(committee, "2022年10月30日", east, "2022-11-03T00:00:01")
    county.deliver_ledger(committee, "2022年11月6日", east, "2022-11-10T00:00:00")

    # Neither title nor unit says whose round these are.
    government = "甲山镇人民政府"
    west = [("甲山镇西坡村西坡采石点", "无")]
    county.deliver_ledger(government, "2022年10月20日", west, "2022-10-20T17:00:00")
    somewhere = [("辖区内各沟", "无")]
    county.deliver_ledger("丙川镇人民政府", "2022年10月14日", somewhere, "2022-10-14T17:00:00")

    title = "乡级巡查检查台账"
    county.deliver_ledger(government, "2022年10月28日", east, "2022-10-28T17:00:00", title=title)
    north = [("乙水乡北沟村北沟采砂点", "无")]
    water = "乙水乡人民政府"
    county.deliver_ledger(water, "2022年11月8日", north, "2022-11-08T17:00:00", title=title)
    title = "村级巡查检查台账"
    county.deliver_ledger(water, "2022年10月21日", north, "2022-10-21T17:00:00", title=title)
    county.deliver_ledger("县自然资源局", "2022年10月26日", east, "2022-10-26T17:00:00")

    south, place = "乙水乡南沟村村民委员会", "乙水乡南沟村南沟煤矿"
    county.deliver_ledger(
        south,
        "2022年10月11日",
        [(place, "无", "10月第1周", "2022-10-10")],
        "2022-10-11T17:00:00",
        extended=("所属期", "巡查日期"),
    )
    county.deliver_ledger(
        south,
        "2022年10月18日",
        [(place, "无", "2022-10-16")],
        "2022-10-18T17:00:00",
        extended=("巡查日期",),
    )
    county.deliver_ledger(south, "", [(place, "无")], "2022-10-31T17:00:00", name="南沟村.xlsx")

    mouth = [("丙川镇石嘴村石嘴采砂点", "无")]
    path = county.deliver_ledger("丙川镇石嘴村村民委员会", "2022年10月7日", mouth, AS_OF)
    path.with_name(path.name + ".meta.json").unlink()


LISTS = {
    "meetings": (
        "2022-10-31T08:00:00",
        "领导小组,会议日期\n县领导小组,2022-10-20\n甲山镇领导小组,2022-10-15\n",
    ),
    "sponsorships": (
        "2022-10-01T08:00:00",
        "包联编号,包联职务,级别,包联乡镇,开始日期\n"
        "BL1,镇长,乡级,甲山镇,2022-10-01\nBL2,乡长,乡级,乙水乡,2022-10-02\n",
    ),
    "sponsor_visits": ("2022-11-05T08:00:00", "包联编号,督导日期\nBL1,2022-10-31\n"),
    "transfers": (
        "2022-10-31T08:00:00",
        "移送编号,移送类型,移出单位,接收单位,移送时间,签收时间,反馈时间\n"
        "Y1,线索,县自然资源局,乙水乡人民政府,2022-09-30 17:00,2022-10-10 23:59,2022-10-30 23:00\n"
        "Y2,线索,县自然资源局,乙水乡人民政府,2022-09-30 17:00,2022-10-11 00:00,\n",
    ),
    "cases": (
        "2022-10-20T08:00:00",
        "案件编号,案件类型,线索来源,发现日期,承办单位,承办人\n"
        "ZR1,越界开采,日常巡查,2022-10-08,县自然资源局,执法一队\n",
    ),
    "case_events": (
        "2022-10-31T08:00:00",
        "案件编号,节点,发生时间,结束时间\n"
        "ZR1,立案,2022-10-10 09:00,\nZR1,鉴定,2022-10-17,2022-10-27\n",
    ),
    "waivers": (
        "2022-11-01T08:00:00",
        "规则代码,单位,起,止,理由,批准职务\n"
        "M03,西坡村村民委员会,2022-10-30,2022-11-05,道路塌方,分管副县长\n",
    ),
}


def deliver_lists(county):
    for feed, (received_at, text) in LISTS.items():
        county.deliver(feed, f"{feed}.csv", text.encode(), received_at)
    head = "条款,责任单位,事项,完成日期\n"
    first = "2.1.1,县自然资源局,成立机构,2022-10-10\n2.2.1,丙川镇人民政府,公布举报渠道,2022-10-20\n"
    county.deliver("measures", "first.csv", (head + first).encode(), "2022-10-25T08:00:00")
    second = "2.1.1,甲山镇人民政府,成立机构,2022-11-01\n"
    county.deliver("measures", "second.csv", (head + second).encode(), "2022-11-05T08:00:00")
