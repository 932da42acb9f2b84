"""Instructions: what a leader told a unit to do by a day, one row per instruction.

Sent by the leaders' office; an instruction comes again when it has been carried out.

    minewatch load inbox/instructions
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="instructions",
    title="批示交办",
    columns=(
        Column("instruction_id", "交办编号", "identifier", required=True),
        Column("issued_date", "交办日期", "date", ("交办时间",), required=True),
        Column("unit_name", "承办单位", required=True),
        Column("item_text", "事项", aliases=("交办事项",)),
        Column("due_date", "期限", "date", ("办理期限",)),
        Column("closed_date", "办结日期", "date"),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("case_id", "案件编号", "identifier", ("案号",)),
    ),
    key=("instruction_id",),
    names=("交办",),
)
