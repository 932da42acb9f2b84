"""Sponsor visits: that a sponsor went to the sponsored area, one row per sponsorship and day.

Sent by the sponsors' offices, monthly. It misbehaves: the way of visiting in words of its own, problems left
blank where there were none.

    minewatch load inbox/sponsor_visits
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="sponsor_visits",
    title="包联督导",
    columns=(
        Column("sponsorship_id", "包联编号", "identifier", required=True),
        Column("visit_date", "督导日期", "date", ("督导时间",), required=True),
        Column("method_name", "督导方式"),
        Column("problem_count", "发现问题数", "bigint"),
        Column("rectified_count", "整改完成数", "bigint"),
    ),
    key=("sponsorship_id", "visit_date"),
    names=("督导台账", "包联督导台账"),
)
