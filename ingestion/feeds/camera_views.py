"""Camera views: whether a site can be seen from a camera, one row per camera and site.

Sent by the natural resources bureau after somebody has looked. Without it coverage is only a circle on a map
and is called 理论覆盖.

    minewatch load inbox/camera_views
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="camera_views",
    title="视域核实",
    columns=(
        Column("device_id", "设备编号", "identifier", ("设备编码",), required=True),
        Column("site_id", "点位编号", "identifier", ("点位编码",), required=True),
        Column("is_visible", "是否可视", "answer", required=True),
        Column("verified_date", "核实日期", "date", ("核实时间",), required=True),
    ),
    key=("device_id", "site_id"),
    names=("视域",),
)
