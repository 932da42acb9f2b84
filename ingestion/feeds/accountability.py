"""Accountability: what the discipline commission received and decided, one row per matter.

Sent by the discipline commission; counts and kinds of action, never names. It stays out of general exports
until it is published.

    minewatch load inbox/accountability
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="accountability",
    title="责任追究",
    columns=(
        Column("accountability_id", "编号", "identifier", required=True),
        Column("received_date", "移送或受理日期", "date", ("受理日期", "移送日期"), required=True),
        Column("case_id", "案件编号", "identifier", ("案号",)),
        Column("person_count", "人数", "bigint"),
        Column("action_text", "处理方式"),
        Column("closed_date", "办结日期", "date"),
        Column("published_date", "公开日期", "date"),
    ),
    key=("accountability_id",),
    names=("追责台账",),
)
