"""Video verifications: what somebody who went there says about an event, one row per event.

Kept by the office or the townships; the row received last per 事件编号 counts. Events without a number of
their own (GB/T 28181, ISAPI) are verified under the id that the warehouse shows for them.

    minewatch load inbox/video_verifications
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="video_verifications",
    title="视频事件核查",
    columns=(
        Column("event_id", "事件编号", "identifier", ("事件ID", "告警编号"), required=True),
        Column("verified_at", "核查时间", "timestamp", required=True),
        Column("verifying_unit_name", "核查单位"),
        Column("result_name", "核查结果", required=True),
        Column("disposed_at", "处置时间", "timestamp"),
        Column("disposition_text", "处置情况", aliases=("处置结果",)),
        Column("case_id", "案件编号", "identifier"),
        Column("clue_id", "线索编号", "identifier"),
    ),
    key=("event_id",),
    names=("事件核查", "视频核查"),
)
