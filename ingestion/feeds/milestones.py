"""Milestones: what of the video system is planned and done, one row per milestone and reporting day.

Sent by the natural resources bureau; each report is kept, so that progress can be drawn week by week. It
misbehaves: counts that fall, a milestone done before it was planned.

    minewatch load inbox/milestones
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="milestones",
    title="视频建设节点",
    columns=(
        Column("milestone_id", "节点编号", "identifier", required=True),
        Column("project_text", "项目", aliases=("项目名称",), required=True),
        Column("unit_name", "责任单位"),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇")),
        Column("planned_count", "计划数量", "bigint", required=True),
        Column("planned_date", "计划完成日期", "date", required=True),
        Column("done_count", "完成数量", "bigint"),
        Column("actual_date", "实际完成日期", "date"),
        Column("reported_date", "填报日期", "date"),
    ),
    key=("milestone_id", "reported_date"),
    names=("建设节点",),
)
