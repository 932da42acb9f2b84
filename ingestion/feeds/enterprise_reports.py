"""Enterprise reports: illegal digging that a licensed mine or survey unit saw near it, one row per report.

Sent by townships for their enterprises. It misbehaves: enterprises under short names, places in the text.

    minewatch load inbox/enterprise_reports
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="enterprise_reports",
    title="企业报告",
    columns=(
        Column("report_id", "报告编号", "identifier", required=True),
        Column("enterprise_name", "企业名称", required=True),
        Column("credit_code", "统一社会信用代码", "identifier", ("信用代码",)),
        Column("reported_at", "报告时间", "timestamp", ("报告日期",), required=True),
        Column("site_id", "点位编号", "identifier", ("点位编码",)),
        Column("content_text", "内容", aliases=("报告内容",)),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("case_id", "案件编号", "identifier", ("案号",)),
    ),
    key=("report_id",),
    names=("企业报告台账",),
)
