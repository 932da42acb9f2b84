"""Transfers: clues, cases, enterprises and matters of officials passed between agencies, one row per transfer.

Sent by any agency; a transfer comes again when it is acknowledged and answered, often from the other side.
What concerns officials (公职人员问题) goes past the townships. It misbehaves: agencies under short names.

    minewatch load inbox/transfers
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="transfers",
    title="移送",
    columns=(
        Column("transfer_id", "移送编号", "identifier", required=True),
        Column("kind_name", "移送类型", required=True),
        Column("from_unit_name", "移出单位", aliases=("移送单位",), required=True),
        Column("to_unit_name", "接收单位", required=True),
        Column("transferred_at", "移送时间", "timestamp", ("移送日期",), required=True),
        Column("acknowledged_at", "签收时间", "timestamp"),
        Column("answered_at", "反馈时间", "timestamp"),
        Column("result_text", "结果", aliases=("处理结果",)),
        Column("link_name", "环节"),
        Column("case_id", "案件编号", "identifier", ("案号",)),
        Column("clue_id", "线索编号", "identifier"),
    ),
    key=("transfer_id",),
    names=("移送台账", "线索移送"),
)
