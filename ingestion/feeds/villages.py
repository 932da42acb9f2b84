"""Villages: village committees and residents' committees, with the dates of their existence.

Sent by the county's own office like the townships, a few hundred rows. It misbehaves little; what
varies is the writing of village names (阎家沟, 闫家沟), which the aliases carry, several separated by
`|` or `、`. Village committees are owing units too: they are declared here once, not among the units.

    minewatch load inbox/villages
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="villages",
    title="村",
    columns=(
        Column("village_code", "村代码", "identifier", ("行政村代码", "区划代码"), required=True),
        Column("village_name", "村名称", aliases=("行政村", "村名"), required=True),
        Column("full_name", "全称"),
        Column("kind_name", "类型"),
        Column("township_code", "乡镇代码", "identifier", ("所属乡镇代码",), required=True),
        Column("aliases", "别名", aliases=("曾用名",)),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("valid_from_date", "起", "date", ("起始日期", "设立日期"), required=True),
        Column("valid_to_date", "止", "date", ("终止日期", "撤销日期")),
    ),
    key=("village_code", "valid_from_date"),
    names=("村名录", "村清单", "行政村"),
)
