"""Clues: what citizens, superiors and other agencies reported, one row per clue.

Sent by the 12345 office, the police, the bureau and townships as spreadsheets; a clue comes again as it is
passed on, verified and answered, and the row received last per 线索编号 counts. Who reported is protected:
name and number become keyed hashes before anything is written, other columns than these are not kept, and
what was said (内容, 地点) goes no further than finding the place.

    minewatch load inbox/clues
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="clues",
    title="线索台账",
    columns=(
        Column("clue_id", "线索编号", "identifier", ("工单编号", "工单号"), required=True),
        Column("channel_name", "来源渠道", aliases=("举报渠道", "线索来源"), required=True),
        Column(
            "clue_received_at", "接收时间", "timestamp", ("受理时间", "举报时间"), required=True
        ),
        Column("content_text", "内容", aliases=("举报内容", "线索内容")),
        Column("place_text", "地点", aliases=("举报地点", "线索地点")),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇")),
        Column("village_name", "村", aliases=("村名称", "行政村", "所在村")),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("reporter_hash", "举报人", aliases=("举报人姓名", "来电人"), masked=True),
        Column("phone_hash", "联系电话", aliases=("举报人电话", "来电号码"), masked=True),
        Column("is_real_name", "是否实名", "answer", ("实名",)),
        Column("transferred_unit_name", "转办单位"),
        Column("transferred_at", "转办时间", "timestamp"),
        Column("verified_at", "核查时间", "timestamp"),
        Column("result_name", "核查结果"),
        Column("answered_at", "答复时间", "timestamp"),
        Column("case_id", "案件编号", "identifier"),
    ),
    key=("clue_id",),
    names=("线索", "举报线索", "举报线索台账"),
    is_protected=True,
)
