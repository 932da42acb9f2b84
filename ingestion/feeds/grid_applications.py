"""Grid applications: who asks for new, more, moved, suspended or resumed supply, one row per application.

Sent by the power company; an application comes again at each step. It misbehaves: no 户号 on new supply, the
letter of commitment ticked without a date.

    minewatch load inbox/grid_applications
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="grid_applications",
    title="入网申请",
    columns=(
        Column("application_id", "申请编号", "identifier", required=True),
        Column("meter_id", "户号", "identifier", ("cust_no", "cons_no", "consNo", "用户编号")),
        Column("kind_name", "申请类型", aliases=("业务类型",), required=True),
        Column("accepted_date", "受理日期", "date", ("受理时间",), required=True),
        Column("capacity_kva", "申请容量(kVA)", "decimal"),
        Column("design_reviewed_date", "设计审查日期", "date"),
        Column("mid_inspected_date", "中间检查日期", "date"),
        Column("final_inspected_date", "竣工验收日期", "date"),
        Column("commitment_code", "承诺书", "answer", ("书面承诺书",)),
        Column("commitment_date", "承诺书日期", "date"),
        Column("review_result_name", "审核结果"),
        Column("closed_date", "办结日期", "date"),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
    ),
    key=("application_id",),
    names=("用电申请",),
)
