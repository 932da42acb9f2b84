"""Commendations: units whose people were commended for handling cases, one row per commendation.

Sent by the office; units and kinds of people, never names.

    minewatch load inbox/commendations
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="commendations",
    title="表彰奖励",
    columns=(
        Column("commendation_id", "编号", "identifier", required=True),
        Column("commendation_date", "日期", "date", required=True),
        Column("unit_name", "单位", required=True),
        Column("object_kind_name", "对象类别"),
        Column("amount_yuan", "金额(元)", "decimal"),
        Column("case_id", "案件编号", "identifier", ("案号",)),
    ),
    key=("commendation_id",),
    names=("表彰台账",),
)
