"""Capacity: staff, vehicles, equipment and money for enforcement, one row per unit and counting day.

Sent by county units, usually quarterly. It misbehaves: money in yuan under a header that says 万元.

    minewatch load inbox/capacity
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="capacity",
    title="执法力量",
    columns=(
        Column("unit_name", "单位", aliases=("单位名称",), required=True),
        Column("counted_date", "统计日期", "date", ("统计时间",), required=True),
        Column("post_count", "编制数", "bigint"),
        Column("staff_count", "实有人数", "bigint"),
        Column("vehicle_due_count", "应配车辆", "bigint"),
        Column("vehicle_count", "执法车辆", "bigint", ("实有车辆",)),
        Column("equipment_due_count", "应配装备", "bigint"),
        Column("equipment_count", "装备台套", "bigint", ("实有装备",)),
        Column("budget_wanyuan", "年度经费预算(万元)", "decimal"),
        Column("paid_wanyuan", "已拨付(万元)", "decimal"),
    ),
    key=("unit_name", "counted_date"),
    names=("执法队伍",),
)
