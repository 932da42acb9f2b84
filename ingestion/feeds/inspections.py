"""Inspections: spot checks by province, city and county, one row per check.

Sent by whoever checked; a check comes again when its problem has been put right. It misbehaves: no problem
written as 无, which is no problem and not a blank.

    minewatch load inbox/inspections
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="inspections",
    title="督导抽查",
    columns=(
        Column("inspection_id", "抽查编号", "identifier", required=True),
        Column("level_name", "检查层级"),
        Column("is_announced", "是否事先通知", "answer"),
        Column("inspection_date", "日期", "date", ("抽查日期", "检查日期"), required=True),
        Column("inspected_unit_name", "被查单位", required=True),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇")),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("problem_text", "发现问题"),
        Column("problem_kind_name", "问题类别"),
        Column("rectify_due_date", "整改期限", "date"),
        Column("rectified_date", "整改完成日期", "date"),
    ),
    key=("inspection_id",),
    names=("抽查台账", "督导检查"),
)
