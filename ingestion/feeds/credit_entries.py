"""Credit entries: penalties entered in a public credit system, one row per case and platform.

Sent by the market and the development bureaus. It misbehaves: platforms under short names.

    minewatch load inbox/credit_entries
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="credit_entries",
    title="信用录入",
    columns=(
        Column("case_id", "案件编号", "identifier", ("案号",), required=True),
        Column("platform_name", "平台", aliases=("平台名称",), required=True),
        Column("entered_date", "录入日期", "date", ("录入时间",), required=True),
    ),
    key=("case_id", "platform_name"),
    names=("信用信息录入",),
)
