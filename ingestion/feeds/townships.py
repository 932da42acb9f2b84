"""Townships: the county's towns and townships, with the dates between which each one existed.

Sent by the county's own office, by hand, when the map changes; a ready pack per county lies in
`counties/`. A spreadsheet or CSV of a few dozen rows. It misbehaves little: names of merged or
renamed townships live on in everybody else's files, so each row carries aliases (several separated
by `|` or `、`) and a merged one names its successor.

    minewatch load inbox/townships
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="townships",
    title="乡镇",
    columns=(
        Column(
            "township_code", "乡镇代码", "identifier", ("行政区划代码", "区划代码"), required=True
        ),
        Column("township_name", "乡镇名称", aliases=("乡镇", "名称"), required=True),
        Column("alias_codes", "别名代码", "identifier", ("其他代码", "曾用代码")),
        Column("aliases", "别名", aliases=("曾用名",)),
        Column("county_code", "县代码", "identifier", ("县区代码",)),
        Column("successor_code", "并入代码", "identifier", ("并入乡镇代码",)),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("valid_from_date", "起", "date", ("起始日期", "设立日期"), required=True),
        Column("valid_to_date", "止", "date", ("终止日期", "撤销日期")),
    ),
    key=("township_code", "valid_from_date"),
    names=("乡镇名录", "乡镇清单"),
)
