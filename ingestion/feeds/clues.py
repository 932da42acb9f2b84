"""Clues: what citizens, superiors and other agencies reported, one row per clue.

Sent by the 12345 office, the police, the bureau and townships as spreadsheets; a clue comes again as it is
passed on, verified and answered, and the row received last per 线索编号 counts. Exports of the 12345
platform (callerName, appealDescription …) and of the police's incident table (AJBH, BJSJ, FADD …) are read
by their field names; where one file has two columns for the same thing (受理时间 beside 举报时间), the one
named first below counts.

Who reported is protected (docs/decisions/0005-protected-deliveries.md): name and number become keyed hashes
before anything is written, other columns than these are not kept, and what was said (内容, 地点) goes no
further than finding the place. It misbehaves: the caller's name in the text, two telephone columns, callers
who give none, local times beside ISO times with a zone.

    minewatch load inbox/clues
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="clues",
    title="线索台账",
    columns=(
        Column(
            "clue_id",
            "线索编号",
            "identifier",
            ("工单编号", "工单号", "诉求编号", "接警单号", "警情编号", "AJBH"),
            required=True,
        ),
        Column(
            "channel_name",
            "来源渠道",
            aliases=("举报渠道", "线索来源", "诉求来源", "appealSource", "报警方式", "SL_JJFS"),
            required=True,
        ),
        Column(
            "clue_received_at",
            "接收时间",
            "timestamp",
            ("受理时间", "举报时间", "来电时间", "接警时间", "报警时间", "BJSJ"),
            required=True,
        ),
        Column(
            "content_text",
            "内容",
            aliases=(
                "举报内容",
                "线索内容",
                "诉求内容",
                "appealDescription",
                "主要案情",
                "简要案情",
                "ZYAQ",
            ),
        ),
        Column(
            "place_text",
            "地点",
            aliases=(
                "举报地点",
                "线索地点",
                "诉求地点",
                "incidentAddress",
                "事发地点",
                "发案地点",
                "FADD",
            ),
        ),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇")),
        Column("village_name", "村", aliases=("村名称", "行政村", "所在村")),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column(
            "reporter_hash",
            "举报人",
            aliases=(
                "举报人姓名",
                "来电人",
                "来电人姓名",
                "报警人",
                "报警人姓名",
                "诉求人",
                "反映人",
                "投诉人",
                "信访人",
                "callerName",
                "联系人",
            ),
            masked=True,
        ),
        Column(
            "phone_hash",
            "联系电话",
            aliases=(
                "举报人电话",
                "举报人联系电话",
                "举报人联系方式",
                "来电号码",
                "来电电话",
                "报警电话",
                "报警人电话",
                "contactPhone",
                "联系方式",
                "手机号码",
                "手机号",
                "手机",
                "电话",
                "电话号码",
            ),
            masked=True,
        ),
        Column("is_real_name", "是否实名", "answer", ("实名", "是否实名举报")),
        Column("transferred_unit_name", "转办单位", aliases=("承办单位", "assignedDept")),
        Column("transferred_at", "转办时间", "timestamp", ("派单时间", "交办时间")),
        Column("verified_at", "核查时间", "timestamp"),
        Column("result_name", "核查结果"),
        Column("answered_at", "答复时间", "timestamp", ("回复时间",)),
        Column("case_id", "案件编号", "identifier"),
    ),
    key=("clue_id",),
    names=("线索", "举报线索", "举报线索台账"),
    is_protected=True,
)
