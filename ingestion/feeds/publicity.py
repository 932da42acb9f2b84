"""Publicity: campaigns, typical cases exposed, results of cases made public, one row per item.

Sent by the publicity department and whoever publishes. It misbehaves: one item under two numbers, addresses
that have moved. A reason for not publishing is an item too.

    minewatch load inbox/publicity
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="publicity",
    title="宣传曝光",
    columns=(
        Column("publicity_id", "编号", "identifier", required=True),
        Column("published_date", "发布日期", "date", ("发布时间",), required=True),
        Column("kind_name", "类别", required=True),
        Column("form_name", "形式"),
        Column("medium_name", "媒体"),
        Column("title_text", "标题"),
        Column("url_text", "网址"),
        Column("not_published_reason", "不予公开理由"),
        Column("case_id", "案件编号", "identifier", ("案号",)),
        Column("unit_name", "发布单位"),
    ),
    key=("publicity_id",),
    names=("宣传台账", "案件公示"),
)
