"""Cameras: what stands or shall stand on masts over the key areas, one row per device.

Kept by the natural resources bureau while the system is built; the row received last per 设备编号 counts.
It misbehaves: device numbers of 20 digits that a number cell has rounded (such a row is rejected),
coordinates copied off a web map in GCJ-02, dates of acceptance before those of building.

    minewatch load inbox/cameras
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="cameras",
    title="摄像机台账",
    columns=(
        Column(
            "device_id",
            "设备编号",
            "identifier",
            ("设备编码", "摄像机编号", "国标编码", "国标编号", "DeviceID", "ApeID"),
            required=True,
        ),
        Column("camera_name", "名称", aliases=("摄像机名称", "点位名称", "Name")),
        Column("township_name", "乡镇", aliases=("乡镇名称", "所在乡镇")),
        Column("village_name", "村", aliases=("村名称", "行政村", "所在村")),
        Column("longitude", "经度", "double", ("东经",), required=True),
        Column("latitude", "纬度", "double", ("北纬",), required=True),
        Column("crs_name", "坐标系", aliases=("坐标系统",)),
        Column("view_radius_m", "可视半径(米)", "double", ("监控半径(米)",)),
        Column("kind_name", "类型", aliases=("摄像机类型", "设备类型")),
        Column("build_state_name", "建设状态"),
        Column("planned_date", "计划建成日期", "date", ("计划完成日期",)),
        Column("built_date", "建成日期", "date"),
        Column("accepted_date", "验收日期", "date"),
    ),
    key=("device_id",),
    names=("摄像头", "摄像机", "监控点位"),
)
