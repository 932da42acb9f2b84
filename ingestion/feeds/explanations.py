"""Explanations: what a unit that was asked about a contradiction, incident or duty says, one row per question.

Sent by the unit asked; a question comes again with its answer. It misbehaves: numbers with a space in them.

    minewatch load inbox/explanations
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="explanations",
    title="核查说明",
    columns=(
        Column("object_kind_name", "对象类型", required=True),
        Column("object_id", "对象编号", "identifier", required=True),
        Column("issued_at", "下发时间", "timestamp", required=True),
        Column("unit_name", "说明单位", required=True),
        Column("explained_at", "说明时间", "timestamp"),
        Column("conclusion_name", "结论"),
        Column("reason_text", "理由"),
        Column("document_number", "文号"),
    ),
    key=("object_kind_name", "object_id", "issued_at"),
    names=("说明台账",),
)
