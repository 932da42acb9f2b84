"""Projects: works against geological hazards and for ecological restoration in mining areas, one row per project.

Sent by the natural resources bureau. It misbehaves: coordinates of the office instead of the works, a
supervisor's name where a position should stand (it goes no further than whether there is one).

    minewatch load inbox/projects
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="projects",
    title="地灾治理/生态修复工程",
    columns=(
        Column("project_id", "项目编号", "identifier", required=True),
        Column("project_name", "名称", aliases=("项目名称",)),
        Column("kind_name", "类别", aliases=("项目类别",)),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇"), required=True),
        Column("village_name", "村", aliases=("村名称", "行政村", "所在村")),
        Column("longitude", "经度", "double", ("东经",)),
        Column("latitude", "纬度", "double", ("北纬",)),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("start_date", "开工日期", "date"),
        Column("end_date", "完工日期", "date"),
        Column("is_publicised", "信息公示", "answer", ("是否公示",)),
        Column("supervisor_name", "监管责任人"),
        Column("approving_unit_name", "审批单位"),
    ),
    key=("project_id",),
    names=("工程项目", "地灾治理生态修复工程", "治理修复工程"),
)
