"""The invented county's pack: `python -m sample.pack` writes `sample/county/` anew.

The files are committed and read like any county's. Every name, code and coordinate is invented; the
ground chosen for it is empty steppe, where GCJ-02 is 600 m off, and 9999 is nobody's division code.
The names carry the traps that real ones do: names inside names (庄子, 沙庄子, 南沙庄子), one village name
in two townships, characters written in two ways (阎/闫, 咀/嘴), a township renamed and two merged, a code
that two lists give to two townships.
"""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from random import Random

from sample.places import (
    Point,
    area_km2,
    contains,
    distance_m,
    gcj02_to_wgs84,
    moved,
    wgs84_to_gcj02,
)

DIRECTORY = Path(__file__).parent / "county"
COUNTY_CODE, COUNTY_NAME = "999901", "云岭县"
CENTRE: Point = (111.6, 43.1)
AREA_KM2 = 1600.0
CORNERS = 96

SETTINGS = """\
# 云岭县（样例）：地名、代码、坐标、单位均为虚构，仅供演示和测试。
# 样例数据到 2022 年 12 月底为止，“现在”固定在下面这一刻；之后收到的来件此刻不可见。
as_of = "2022-12-10T08:00:00"

[county]
code = "999901"
name = "云岭县(样例)"
is_sample = true

[pack]
received_at = "2022-06-20T00:00:00"
"""

# code, name, aliases, alias codes, from; east and north of the centre in km: where its seat lies
TOWNSHIPS = (
    ("100", "青崖镇", "城关镇", "", "2017-01-01", (-3.0, 1.0)),
    ("101", "枣林滩镇", "", "", "2017-01-01", (-17.5, 4.5)),
    ("102", "石佛沟镇", "大佛镇", "", "2017-01-01", (7.5, 8.5)),
    ("103", "黑龙峪镇", "", "", "2017-01-01", (17.0, 3.5)),
    ("104", "柳树湾镇", "", "204", "2020-01-01", (-12.5, -8.0)),
    ("105", "双泉镇", "", "108", "2021-01-01", (1.5, -11.0)),
    ("200", "寒水岭乡", "", "", "2017-01-01", (13.5, -7.5)),
    ("201", "杏树咀乡", "杏树嘴乡", "", "2017-01-01", (-6.5, 12.0)),
)
# code, name, merged into, from, to
FORMER_TOWNSHIPS = (
    ("202", "双泉乡", "105", "2017-01-01", "2021-01-01"),
    ("203", "陡坡寨乡", "105", "2017-01-01", "2021-01-01"),
    ("204", "柳树湾乡", "104", "2017-01-01", "2020-01-01"),
)
COMMUNITIES = {"100": "南街 北街 牌楼 东关 向阳苑 青崖里"}
VILLAGES = {
    "100": "庄子 磨盘 西沟 窑头 河底 上石窑 下石窑 东梁 城背后 水磨湾 铁匠铺 马家坪 冯家崖 大红崖 小红崖 "
    "柏树坡 杨树塔 砖窑沟 灰窑沟 石板塘 南梁上 草垛山 三岔口 二道河 头道河 沙坡 官地 校场 驼厂 井沟",
    "101": "枣林滩 沙庄子 滩上 后滩 渡口 碛石湾 黄沙洼 枣坪 上枣坪 羊角咀 老鸦咀 寺儿沟 白家畔 高家畔 船湾 "
    "榆树畔 河神庙 石梯",
    "102": "石佛沟 阎家沟 南窑头 佛堂坪 煤窑沟 炭窑坪 黑炭塔 甘草沟 大甘草沟 后沟 前沟 赵家圪旦 圪旦上 "
    "大石崖 寺梁 红土梁 槐树峁 鸡冠梁 官庄 陡泉",
    "103": "黑龙峪 龙王庙 峪口 峪底 上峪 青石板 大磨盘 铁矿沟 驴皮窑 獾子洼 炭梁 石灰窑 王家渠 三道渠",
    "104": "柳树湾 大柳湾 小柳湾 苇子沟 鱼儿坪 南沙庄子 芦草坪 河湾 碾子湾 桥头 西坡 油坊梁",
    "105": "双泉 上双泉 下双泉 陡坡寨 寨子上 寨沟 南寨 泉子沟 干泉 半坡 梨树塔 杏塔 杜家崖 曹家崖 尖峰 "
    "尖峰底 土桥 石人湾 后沟",
    "200": "寒水岭 闫家沟 大岭 岭后 冷泉 雪花梁 北岔 中岔 南岔 五里坡 十里铺 牛圈沟 马圈沟 羊圈沟 莜麦湾 "
    "荞麦坡 胡麻地 石窑子 火石梁 大磨盘咀",
    "201": "杏树咀 杏树塔 张家峁 李家峁 高峁 高峁梁 骆驼峰 白草塔 红胶泥沟 瓦窑坡 沟门前 沟掌 黄土坪",
}
# Spelled otherwise by the villages themselves or by older lists.
VILLAGE_ALIASES = {"阎家沟": "闫家沟村", "羊角咀": "羊角嘴村", "赵家圪旦": "赵家疙旦村"}
# Villages whose seat nobody has measured.
UNMEASURED = {"冷泉", "沟掌", "船湾", "干泉"}

DEPARTMENTS = (
    (
        "U01",
        "县自然资源局",
        "自然资源局|自然资源部门|自然资源主管部门|县国土资源局",
        "非法采矿、持证矿山超层越界查处；汇总报送",
    ),
    ("U02", "县公安局", "公安机关|县公安局治安大队", "民爆；犯罪侦办；110"),
    ("U03", "县纪委监委", "县纪委|县监委|纪检监察机关", "履职监督；线索接收"),
    ("U04", "县委宣传部", "宣传部门", "宣传曝光"),
    ("U05", "县应急局", "县应急管理局|应急管理部门", "有证矿山安全"),
    (
        "U06",
        "县发改局(能源局)",
        "县发改局|县能源局|能源部门|县发展和改革局|电力主管部门",
        "煤炭企业；电力主管",
    ),
    ("U07", "市生态环境局云岭分局", "市生态环境局分局|市生态环境分局|生态环境部门", "环保执法通报"),
    ("U08", "县人社局", "县人力资源和社会保障局", "队伍"),
    ("U09", "县市场局", "县市场监督管理局|市场监管部门", "企业信用公示"),
    ("U10", "县水利局", "水利部门", "河道采砂"),
    ("U11", "县林业局", "县林业和草原局|林业部门", "保护区林草；视频共建"),
    ("U13", "县财政局", "财政部门", "经费、奖励"),
    ("U14", "县行政审批局", "县行政审批服务管理局", "12345"),
    ("U15", "县检察院", "县人民检察院|检察机关", "法律监督"),
    ("U16", "县委编办", "县编办", "机构编制"),
)
ENTERPRISES = (
    ("E01", "炭梁煤业有限公司", "炭梁煤业"),
    ("E02", "黑炭塔煤业有限公司", "黑炭塔煤业"),
    ("E03", "铁矿沟铁矿有限公司", "铁矿沟铁矿"),
    ("E04", "灰窑沟石料有限公司", "灰窑沟石料厂"),
    ("E05", "红胶泥沟粘土矿业有限公司", "红胶泥沟粘土矿"),
    ("E06", "碛石湾砂石有限公司", "碛石湾砂石厂"),
)


def csv_bytes(header: str, rows: list[tuple[object, ...]]) -> bytes:
    """UTF-8 with plain line ends, as the packs of real counties are kept."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue().encode()


def outline(rng: Random) -> list[Point]:
    """A closed WGS84 ring: an ellipse with a jagged edge, scaled to the county's area."""
    waves = [(k, rng.uniform(0, 2 * math.pi), 0.3 / k) for k in (2, 3, 4, 5, 7, 9, 13, 19, 27)]

    def ring(size: float) -> list[Point]:
        points = []
        for corner in range(CORNERS):
            angle = 2 * math.pi * corner / CORNERS
            radius = size * (1 + sum(share * math.sin(k * angle + at) for k, at, share in waves))
            x, y = 1.22 * radius * math.cos(angle), 0.86 * radius * math.sin(angle)
            points.append(moved(CENTRE, math.hypot(x, y), math.atan2(y, x)))
        return [*points, points[0]]

    return ring(20_000 * math.sqrt(AREA_KM2 / area_km2(ring(20_000))))


def seats() -> dict[str, Point]:
    """Where each township's seat lies, WGS84."""
    return {
        code: moved(CENTRE, 1000 * math.hypot(*offset), math.atan2(offset[1], offset[0]))
        for code, *_, offset in TOWNSHIPS
    }


def village_points(ring: list[Point], rng: Random) -> dict[tuple[str, str], Point]:
    """One point a village: inside the county, nearest to its own township's seat, 1.4 km apart."""
    centres = seats()
    placed: dict[tuple[str, str], Point] = {}
    taken: list[Point] = []
    for code, names in VILLAGES.items():
        for order, name in enumerate(names.split()):
            # The village that gave the township its name lies at the seat.
            reach = 600.0 if order == 0 and code != "100" else 8_000.0
            while True:
                reach = min(reach * 1.05, 15_000.0)
                point = moved(
                    centres[code],
                    reach * math.sqrt(rng.random()),
                    rng.uniform(0, 2 * math.pi),
                )
                nearest = min(centres, key=lambda other: distance_m(centres[other], point))
                is_free = all(distance_m(point, other) > 1_400 for other in taken)
                # Room for the gullies around it, so that no site falls outside the county.
                has_room = all(contains(ring, moved(point, 2_200, k)) for k in range(6))
                if nearest == code and is_free and has_room:
                    break
            placed[code, name] = point
            taken.append(point)
    return placed


def township_rows() -> list[tuple[object, ...]]:
    """Townships of today, then those of before."""
    rows: list[tuple[object, ...]] = []
    for code, name, aliases, other, since, _ in TOWNSHIPS:
        longitude, latitude = seats()[code]
        alias_codes = COUNTY_CODE + other if other else ""
        rows.append(
            (COUNTY_CODE + code, name, alias_codes, aliases, COUNTY_CODE, "")
            + (f"{longitude:.5f}", f"{latitude:.5f}", "WGS84", since, "")
        )
    for code, name, successor, since, until in FORMER_TOWNSHIPS:
        rows.append(
            (COUNTY_CODE + code, name, "", "", COUNTY_CODE, COUNTY_CODE + successor)
            + ("", "", "", since, until)
        )
    return rows


def village_rows(points: dict[tuple[str, str], Point], rng: Random) -> list[tuple[object, ...]]:
    """Communities from 001 on, villages from 200 on with gaps, as in the statistical list."""
    rows: list[tuple[object, ...]] = []
    for code, *_ in TOWNSHIPS:
        for number, name in enumerate(COMMUNITIES.get(code, "").split(), start=1):
            longitude, latitude = moved(seats()[code], 300 * number, number)
            rows.append(
                (f"{COUNTY_CODE}{code}{number:03}", f"{name}社区", f"{name}社区居民委员会")
                + ("居委会", COUNTY_CODE + code, f"{name}社区居委会")
                + (f"{longitude:.5f}", f"{latitude:.5f}", "WGS84", "2021-01-01", "")
            )
        number = 199
        for name in VILLAGES[code].split():
            number += rng.choice((1, 1, 1, 2))
            aliases = [f"{name}村委会", f"{name}村村委会", VILLAGE_ALIASES.get(name, "")]
            longitude, latitude = points[code, name]
            place = (f"{longitude:.5f}", f"{latitude:.5f}", "WGS84")
            rows.append(
                (f"{COUNTY_CODE}{code}{number:03}", f"{name}村", f"{name}村村民委员会", "村委会")
                + (COUNTY_CODE + code, "|".join(filter(None, aliases)))
                + (("", "", "") if name in UNMEASURED else place)
                + ("2021-01-01", "")
            )
    return rows


def unit_rows() -> list[tuple[object, ...]]:
    """Departments, companies, township governments, leading groups."""
    top, group, since = COUNTY_CODE + "U00", "L" + COUNTY_CODE, "2021-01-01"
    rows: list[tuple[object, ...]] = [
        (top, "县人民政府", f"{COUNTY_NAME}人民政府|{COUNTY_NAME}政府|县政府", "其他", "县级")
        + ("", "", "组织督导抽查和督办问责", since, "")
    ]
    for code, name, aliases, duty in DEPARTMENTS:
        own = f"|{COUNTY_NAME}{name[1:]}" if name[0] == "县" else ""
        rows.append(
            (COUNTY_CODE + code, name, aliases + own, "县直部门", "县级", "")
            + ("" if name[0] == "市" else top, duty, since, "")
        )
    company = "国网县电力公司|县电力公司|供电公司|国网云岭县供电公司|供电企业|电力部门"
    rows += [
        (COUNTY_CODE + "U12", "国网云岭电力公司", company, "供电公司", "县级")
        + ("", "", "用电监测", since, ""),
        (COUNTY_CODE + "U18", "持证矿山企业", "", "矿山企业", "县级")
        + ("", "", "企业管理责任", since, ""),
        (COUNTY_CODE + "U19", "地质调查勘察单位", "", "勘察单位", "县级")
        + ("", "", "管理责任", since, ""),
    ]
    for code, name, aliases in ENTERPRISES:
        rows.append(
            (COUNTY_CODE + code, name, aliases, "矿山企业", "县级", "", COUNTY_CODE + "U18")
            + ("矿区及周边非法采矿第一时间报告", since, "")
        )
    duty = "属地监管；乡级月排查；线索举报；第一发现人和报告人"
    for code, name, other_names, *_ in TOWNSHIPS:
        names = [name, f"{name}政府", f"{COUNTY_NAME}{name}人民政府", f"{COUNTY_NAME}{name}"]
        names += [other for other in other_names.split("|") if other]
        rows.append(
            (COUNTY_CODE + code, f"{name}人民政府", "|".join(names), "乡镇政府", "乡级")
            + (COUNTY_CODE + code, top, duty, since, "")
        )
    groups = [("", "", "县", top)] + [
        (code, COUNTY_CODE + code, name, group) for code, name, *_ in TOWNSHIPS
    ]
    for code, township_code, name, parent in groups:
        level = "乡级" if code else "县级"
        rows.append(
            (group + code, f"{name}严厉打击非法违法采矿领导小组", f"{name}领导小组", "领导小组")
            + (level, township_code, parent, "每季度至少召开一次联席会议", "2022-06-15", "")
        )
    office = "县领导小组办公室|县专项领导小组办公室|县打非办|县专项办"
    rows.append(
        (COUNTY_CODE + "U20", "县严厉打击非法违法采矿领导小组办公室", office, "其他", "县级", "")
        + (group, "设在县自然资源局；接收用电异常等线索；汇总报送", "2022-06-15", "")
    )
    return rows


def pack_files() -> dict[str, bytes]:
    """File name → content, always the same."""
    rng = Random(COUNTY_CODE)
    # Rounded as delivered before anything is placed inside it.
    shown = [(f"{x:.5f}", f"{y:.5f}") for x, y in map(wgs84_to_gcj02, outline(rng))]
    ring = [gcj02_to_wgs84((float(x), float(y))) for x, y in shown]
    points = village_points(ring, rng)
    return {
        "settings.toml": SETTINGS.encode(),
        "townships.csv": csv_bytes(
            "乡镇代码,乡镇名称,别名代码,别名,县代码,并入代码,经度,纬度,坐标系,起,止",
            township_rows(),
        ),
        "villages.csv": csv_bytes(
            "村代码,村名称,全称,类型,乡镇代码,别名,经度,纬度,坐标系,起,止",
            village_rows(points, rng),
        ),
        "units.csv": csv_bytes(
            "单位代码,单位名称,别名,单位类别,级别,乡镇代码,上级单位代码,职责,起,止", unit_rows()
        ),
        "boundary.csv": csv_bytes(
            "环号,点号,经度,纬度,坐标系",
            [(1, number, x, y, "GCJ-02") for number, (x, y) in enumerate(shown, start=1)],
        ),
    }


def main() -> None:
    """Write the pack's files."""
    DIRECTORY.mkdir(exist_ok=True)
    for name, content in pack_files().items():
        (DIRECTORY / name).write_bytes(content)


if __name__ == "__main__":
    main()
