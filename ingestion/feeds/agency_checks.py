"""Agency checks: what regulators looked at in their daily work, one row per unit, day and object.

Sent by every regulator, monthly. It misbehaves: objects under short names, 无 for no finding.

    minewatch load inbox/agency_checks
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="agency_checks",
    title="部门日常检查",
    columns=(
        Column("unit_name", "单位", aliases=("检查单位",), required=True),
        Column("check_date", "日期", "date", ("检查日期",), required=True),
        Column("object_name", "对象", aliases=("检查对象",), required=True),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("link_name", "环节"),
        Column("kind_name", "类别", aliases=("检查类别",)),
        Column("finding_text", "发现问题"),
        Column("disposition_text", "处置", aliases=("处置情况",)),
    ),
    key=("unit_name", "check_date", "object_name"),
    names=("部门检查",),
)
