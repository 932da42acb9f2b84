"""Measures: groups set up, plans and rules issued, channels published, one row per clause, unit and matter.

Sent by any unit. It misbehaves: clauses written as 二(三)3 instead of 2.3.3, matters in words of their own.

    minewatch load inbox/measures
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="measures",
    title="制度措施",
    columns=(
        Column("clause_text", "条款", required=True),
        Column("unit_name", "责任单位", required=True),
        Column("item_text", "事项", required=True),
        Column("document_number", "文号"),
        Column("completed_date", "完成日期", "date", ("完成时间",), required=True),
        Column("url_text", "网址"),
    ),
    key=("clause_text", "unit_name", "item_text"),
    names=("制度台账",),
)
