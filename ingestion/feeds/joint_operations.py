"""Joint operations: agencies that went out together, one row per operation.

Sent by any agency that led one. It misbehaves: participants in one cell, counts with their units (12人次).

    minewatch load inbox/joint_operations
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="joint_operations",
    title="联合执法",
    columns=(
        Column("operation_id", "行动编号", "identifier", required=True),
        Column("operation_date", "日期", "date", ("行动日期",), required=True),
        Column("lead_unit_name", "牵头单位"),
        Column("participant_names", "参加单位"),
        Column("link_name", "环节"),
        Column("person_count", "出动人次", "bigint", ("人次",)),
        Column("vehicle_count", "车次", "bigint", ("出动车次",)),
        Column("checked_site_count", "检查点位数", "bigint"),
        Column("problem_count", "发现问题数", "bigint"),
    ),
    key=("operation_id",),
    names=("联合执法台账", "联合行动"),
)
