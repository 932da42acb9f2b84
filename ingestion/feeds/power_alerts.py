"""Power alerts: what the power company itself found odd, and what became of it, one row per alert.

Sent by the power company as a list that grows: an alert comes again each time one of its steps (check,
feedback to the county and to its superior, supply stopped, first inspection) has been done, and the row
received last counts. It misbehaves: steps filled in out of order, results in words of its own.

    minewatch load inbox/power_alerts
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="power_alerts",
    title="用电异常预警",
    columns=(
        Column("alert_id", "预警编号", "identifier", ("告警编号",), required=True),
        Column(
            "meter_id",
            "户号",
            "identifier",
            ("cust_no", "cons_no", "consNo", "用户编码", "用户编号"),
            required=True,
        ),
        Column("alerted_at", "预警时间", "timestamp", ("告警时间", "异常时间"), required=True),
        Column("alert_type_name", "异常类型", aliases=("异常分类", "预警类型"), required=True),
        Column("description_text", "异常描述", aliases=("预警描述",)),
        Column("level_name", "等级", aliases=("预警等级",)),
        Column("checked_at", "核查时间", "timestamp"),
        Column("check_result_name", "核查结果"),
        Column("fed_back_at", "反馈时间", "timestamp"),
        Column("fed_back_to_name", "反馈对象"),
        Column("superior_fed_back_at", "上级反馈时间", "timestamp", ("向上级反馈时间",)),
        Column("stop_requested_at", "停供申请时间", "timestamp"),
        Column("stopped_at", "停供执行时间", "timestamp"),
        Column("first_inspected_at", "先期检查时间", "timestamp"),
        Column("disposition_text", "处置结果"),
        Column("clue_id", "线索编号", "identifier"),
    ),
    key=("alert_id",),
    names=("用电预警", "异常预警"),
)
