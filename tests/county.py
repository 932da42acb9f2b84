"""A mini county written by hand in the formats of the contract: two townships, four villages, three
sites, three meters. It shares no code with the readers or with the sample county."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from warehouse.settings import Home

HEADER = [
    "序号",
    "巡查检查区域位置",
    "矿种",
    "有无采矿证",
    "是否浅层煤浅层矿",
    "是否存在非法违法盗采行为",
    "是否存在越层越界",
    "是否存在违规生产行为",
    "制止取缔及关闭情况",
    "备注",
]

REFERENCE = {
    "townships": """乡镇代码,乡镇名称,县代码,起
999901100,甲山镇,999901,2020-01-01
999901101,乙水乡,999901,2020-01-01
""",
    "villages": """村代码,村名称,全称,类型,乡镇代码,起
999901100201,东坡村,东坡村村民委员会,村委会,999901100,2020-01-01
999901100202,西坡村,西坡村村民委员会,村委会,999901100,2020-01-01
999901101201,南沟村,南沟村村民委员会,村委会,999901101,2020-01-01
999901101202,北沟村,北沟村村民委员会,村委会,999901101,2020-01-01
""",
    "units": """单位代码,单位名称,别名,单位类别,级别,乡镇代码,起
U01,县自然资源局,,县直部门,县级,,2020-01-01
U12,县供电公司,,供电公司,县级,,2020-01-01
T100,甲山镇人民政府,,乡镇政府,乡级,999901100,2020-01-01
T101,乙水乡人民政府,,乡镇政府,乡级,999901101,2020-01-01
""",
    "boundary": """环号,点号,经度,纬度,坐标系
1,1,111.0,39.0,WGS84
1,2,112.0,39.0,WGS84
1,3,112.0,40.0,WGS84
1,4,111.0,40.0,WGS84
1,5,111.0,39.0,WGS84
""",
    "sites": """点位编号,名称,对象类别,乡镇,村,经度,纬度,坐标系,矿种,警示标识牌,监管责任牌,是否重点区域,登记日期
D001,东坡废弃煤窑,历史废弃(关闭)矿井,甲山镇,东坡村,111.2,39.2,WGS84,煤,有,有,是,2022-01-05
D002,西坡采石点,私挖滥采易发点,甲山镇,西坡村,111.3,39.3,WGS84,石灰岩,有,无,是,2022-01-05
D003,南沟煤矿,有证矿山,乙水乡,南沟村,111.5,39.5,WGS84,煤,有,有,是,2022-01-05
""",
}


def csv_bytes(header, rows, encoding="utf-8"):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def power_csv(day, meters=("0001000000001", "0001000000002", "0001000000003"), level=4.0):
    """One day of curves: `level` kW all day, one point missing on the last meter."""
    header = ["户号", "数据日期", *(f"P{n}" for n in range(1, 97))]
    rows = []
    for number, meter in enumerate(meters):
        points = [f"{level + number:.3f}"] * 96
        if number == len(meters) - 1:
            points[40] = ""
        rows.append([meter, day, *points])
    return csv_bytes(header, rows)


def ledger_xlsx(unit, day, rows, title="非法违法开采矿产资源行为巡查检查台账", extended=()):
    """One bare (or extended) annex-2 form; rows are (location, illegal mining answer, *extended)."""
    content = io.BytesIO()
    with Workbook(content) as book:
        # Two counties with the same deliveries have the same bytes, whenever they are written.
        book.set_properties({"created": datetime(2022, 1, 1)})
        sheet = book.add_worksheet()
        lines = [
            [title],
            [f"填报单位(盖章)：{unit}   填写时间：{day}"],
            [*HEADER, *extended],
            *(
                [number, place, "煤", "无", "否", answer, "否", "否", "无", "", *more]
                for number, (place, answer, *more) in enumerate(rows, start=1)
            ),
            ["填表人：网格员甲   分管领导：分管副镇长   主要负责人：镇长"],
        ]
        for row, cells in enumerate(lines):
            sheet.write_row(row, 0, cells)
    return content.getvalue()


class County:
    """The mini county's home and what is delivered into it."""

    def __init__(self, root: Path):
        self.home = Home(root)
        self.home.prepare()
        self.as_of("2022-12-10T08:00:00")

    def as_of(self, moment):
        self.home.settings_file.write_text(
            f'as_of = "{moment}"\n\n[county]\ncode = "999901"\nname = "样例县"\nis_sample = true\n',
            encoding="utf-8",
        )

    def deliver(self, feed, name, content, received_at, sender=None):
        """Put a file and its sidecar into the inbox."""
        path = self.home.inbox / feed / name
        path.parent.mkdir(parents=True, exist_ok=True)
        note = {"received_at": received_at} | ({"sender_unit": sender} if sender else {})
        path.with_name(name + ".meta.json").write_text(json.dumps(note), encoding="utf-8")
        path.write_bytes(content)
        return path

    def deliver_reference(self):
        for feed, text in REFERENCE.items():
            self.deliver(feed, f"{feed}.csv", text.encode(), "2022-01-10T08:00:00")

    def deliver_power(self, day, received_at, name=None, **given):
        name = name or f"curves_{day}.csv"
        return self.deliver(
            "power_readings", name, power_csv(day, **given), received_at, "县供电公司"
        )

    def deliver_ledger(self, unit, day, rows, received_at, name=None, **given):
        name = name or f"{unit}{day}.xlsx"
        content = ledger_xlsx(unit, day, rows, **given)
        return self.deliver("patrol_ledger", name, content, received_at, unit)

    def deliver_everything(self):
        """Reference data, three power days and three ledgers of November 2022."""
        self.deliver_reference()
        for day in (1, 2, 3):
            self.deliver_power(f"2022-11-0{day}", f"2022-11-0{day + 1}T07:00:00")
        self.deliver_ledger(
            "甲山镇东坡村村民委员会",
            "2022年11月2日",
            [("甲山镇东坡村东坡废弃煤窑 东经111°12′00″ 北纬39°12′00″", "无")],
            "2022-11-02T17:00:00",
        )
        self.deliver_ledger(
            "甲山镇人民政府",
            "2022年11月3日",
            [("甲山镇西坡村西坡采石点（111.3，39.3）", "疑似"), ("甲山镇西坡村后梁", "无")],
            "2022-11-03T17:00:00",
            title="11月乡级巡查检查台账",
        )
        self.deliver_ledger("乙水乡人民政府", "2022年11月3日", [], "2022-11-03T18:00:00")


def at(text):
    return datetime.fromisoformat(text)
