"""Camera status: whether a device answered at a moment, one row per device and time.

Exported from the video platform, some platforms once an hour, others only when the state changes; a
state says nothing about hours of which nobody wrote. The same moment may be reported twice.

    minewatch load inbox/camera_status
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="camera_status",
    title="摄像机状态",
    columns=(
        Column(
            "device_id",
            "设备编号",
            "identifier",
            ("设备编码", "摄像机编号", "国标编码", "国标编号", "DeviceID", "ApeID"),
            required=True,
        ),
        Column(
            "observed_at", "时间", "timestamp", ("状态时间", "上报时间", "检测时间"), required=True
        ),
        Column("state_name", "状态", aliases=("在线状态", "设备状态"), required=True),
    ),
    key=("device_id", "observed_at"),
    names=("设备状态", "摄像机在线状态"),
)
