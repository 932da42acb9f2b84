"""Units: who can owe something - county departments, township governments, companies, groups.

Sent by the county's own office when posts or duties change, a few dozen rows. Names of units are
written in every way elsewhere (县自然资源局, 自然资源局, 某县自然资源局), so the aliases matter; several are
separated by `|` or `、`. Village committees are not listed here: they come with the villages.

    minewatch load inbox/units
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="units",
    title="单位",
    columns=(
        Column("unit_code", "单位代码", "identifier", ("单位编号",), required=True),
        Column("unit_name", "单位名称", aliases=("单位",), required=True),
        Column("aliases", "别名", aliases=("简称", "曾用名")),
        Column("kind_name", "单位类别", aliases=("类别",)),
        Column("level_name", "级别"),
        Column("township_code", "乡镇代码", "identifier", ("所属乡镇代码",)),
        Column("parent_unit_code", "上级单位代码", "identifier", ("上级代码",)),
        Column("duty_text", "职责", aliases=("职责分工",)),
        Column("valid_from_date", "起", "date", ("起始日期",), required=True),
        Column("valid_to_date", "止", "date", ("终止日期",)),
    ),
    key=("unit_code", "valid_from_date"),
    names=("单位名录", "责任单位", "单位清单"),
)
