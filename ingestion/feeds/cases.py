"""Cases: the register of illegal-mining cases, one row per case.

Kept by the natural resources bureau, the police and other agencies as spreadsheets and sent whenever it
changes; the row received last per 案件编号 counts. It misbehaves as hand-kept registers do: case types
under many names, amounts as `12万` or with separators, coordinates as text, the clue's number left out.
What happens in a case arrives in `case_events`. Who the party is becomes a keyed hash at load, so that
repeated offences can be counted and nobody is named.

    minewatch load inbox/cases
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="cases",
    title="案件登记册",
    columns=(
        Column("case_id", "案件编号", "identifier", ("案号", "立案编号"), required=True),
        Column("cause_text", "案由", aliases=("案件名称",)),
        Column("case_type_name", "案件类型", aliases=("违法类型",), required=True),
        Column("place_text", "案发地点", aliases=("违法地点", "发案地点")),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇")),
        Column("village_name", "村", aliases=("村名称", "行政村", "所在村")),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("clue_source_name", "线索来源", aliases=("案件来源",), required=True),
        Column("clue_id", "线索编号", "identifier"),
        Column("discovered_date", "发现日期", "date", ("发现时间",), required=True),
        Column("handling_unit_name", "承办单位", aliases=("办案单位", "查处单位"), required=True),
        Column("investigator_name", "承办人", aliases=("办案人", "承办人员")),
        Column("party_kind_name", "当事人类型", aliases=("当事人类别",)),
        Column("credit_code", "统一社会信用代码", "identifier", ("信用代码",)),
        Column("mineral_text", "矿种", aliases=("开采矿种",)),
        Column("illegal_tonnes", "违法数量(吨)", "decimal", ("违法开采量(吨)", "盗采数量(吨)")),
        Column("case_value_yuan", "涉案价值(元)", "decimal", ("涉案金额(元)", "价值(元)")),
        Column("involves_electricity", "是否涉电", "answer", ("涉电",)),
        Column("meter_id", "涉电户号", "identifier", ("户号",)),
        Column("is_major", "是否重大案件", "answer", ("重大案件",)),
        Column("has_serious_consequence", "是否造成严重后果", "answer", ("造成严重后果",)),
        Column("supervision_name", "督办方式"),
        Column("supervision_level_name", "督办级别"),
        Column("area_kind_name", "区域性质"),
        Column("party_hash", "当事人标识", aliases=("当事人", "违法主体"), masked=True),
        Column("act_date", "行为发生日期", "date", ("违法行为发生日期", "违法时间")),
    ),
    key=("case_id",),
    names=("案件", "案件台账"),
)
