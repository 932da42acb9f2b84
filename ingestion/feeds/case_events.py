"""Case events: what happened in a case and when, one row per step.

Kept beside the case register by whoever handles the case; every delivery is a full or partial list. A
step is named by its Chinese name or its code (`seeds/case_states.csv`). Steps that last (鉴定, 听证,
公告, 中止) carry 结束时间, which stops the legal clock meanwhile. It misbehaves: the same step written in
two ways, a document number in one delivery and none in the next, dates without a time of day.

    minewatch load inbox/case_events
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="case_events",
    title="案件节点",
    columns=(
        Column("case_id", "案件编号", "identifier", ("案号",), required=True),
        Column("state_name", "节点", aliases=("案件节点", "办理节点", "环节"), required=True),
        Column("occurred_at", "发生时间", "timestamp", ("发生日期", "办理时间"), required=True),
        Column("ended_at", "结束时间", "timestamp", ("结束日期",)),
        Column("due_date", "期限", "date", ("期限至", "截止日期")),
        Column("document_number", "文书号", aliases=("文书编号", "文号")),
        Column("amount_yuan", "金额(元)", "decimal"),
        Column("counterpart_unit_name", "对方单位"),
        Column("remark_text", "备注"),
    ),
    key=("case_id", "state_name", "document_number", "occurred_at"),
    names=("案件过程", "案件节点台账"),
)
