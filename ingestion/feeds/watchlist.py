"""Watch list: enterprises that an agency asks the power company to watch, one row per entry.

Sent by any agency, answered by the power company. It misbehaves: enterprises without 户号.

    minewatch load inbox/watchlist
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="watchlist",
    title="问题企业名单",
    columns=(
        Column("watch_id", "名单编号", "identifier", required=True),
        Column("enterprise_name", "企业名称", required=True),
        Column("credit_code", "统一社会信用代码", "identifier", ("信用代码",)),
        Column("meter_id", "户号", "identifier", ("cust_no", "用户编号")),
        Column("submitting_unit_name", "提交单位", required=True),
        Column("submitted_date", "提交日期", "date", ("提交时间",), required=True),
        Column("fed_back_date", "监测反馈日期", "date", ("反馈日期",)),
        Column("feedback_text", "反馈结果"),
    ),
    key=("watch_id",),
    names=("问题名单",),
)
