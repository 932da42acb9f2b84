"""Waivers: duties that somebody entitled to has waived, one row per rule, unit, object and first day.

Sent by the office, with the reason and the position that approved it.

    minewatch load inbox/waivers
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="waivers",
    title="免责延期",
    columns=(
        Column("rule_code", "规则代码", "identifier", required=True),
        Column("unit_name", "单位", required=True),
        Column("object_id", "对象编号", "identifier"),
        Column("from_date", "起", "date", ("起始日期",), required=True),
        Column("to_date", "止", "date", ("截止日期",), required=True),
        Column("reason_text", "理由", required=True),
        Column("approver_position_name", "批准职务", required=True),
        Column("document_number", "文号"),
    ),
    key=("rule_code", "unit_name", "object_id", "from_date"),
    names=("免责", "延期"),
)
