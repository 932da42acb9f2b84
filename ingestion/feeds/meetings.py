"""Meetings: joint meetings of the leading groups, one row per group and day.

Sent by every leading group (county and townships) after its meeting, and again when what was decided has
been done. It misbehaves: the group under a short name, counts written as words.

    minewatch load inbox/meetings
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="meetings",
    title="联席会议",
    columns=(
        Column("group_name", "领导小组", aliases=("领导小组名称",), required=True),
        Column("meeting_date", "会议日期", "date", ("会议时间",), required=True),
        Column("kind_name", "会议类型"),
        Column("decision_count", "议定事项数", "bigint"),
        Column("closed_count", "已办结事项数", "bigint"),
        Column("minutes_number", "纪要文号", aliases=("文号",)),
    ),
    key=("group_name", "meeting_date"),
    names=("会议台账",),
)
