"""Video events: what the platforms' recognition pushed, one row per event as delivered.

Files of the platforms as they are: JSON lines (snake_case or camelCase, times in four styles, the event
sometimes as a JSON string inside the JSON), GB/T 28181 alarm notifications and Hikvision ISAPI alerts as
XML, one or many in a file. They misbehave: encodings that lie, the same event pushed again and again,
heartbeats among the alerts, coordinates of 0 for none, device numbers of 20 digits.

    minewatch load inbox/video_events
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="video_events",
    title="视频告警事件",
    reader="events",
    columns=(
        Column("event_id", "事件编号", "identifier"),
        Column("device_id", "设备编号", "identifier", required=True),
        Column("channel_id", "通道编号", "identifier"),
        Column("event_type_code", "事件类型"),
        Column("event_type_name", "事件类型名称"),
        Column("occurred_at", "发生时间", "timestamp", required=True),
        Column("pushed_at", "推送时间", "timestamp"),
        Column("priority", "等级"),
        Column("confidence", "置信度", "double"),
        Column("longitude", "经度", "double"),
        Column("latitude", "纬度", "double"),
        Column("crs_name", "坐标系"),
        Column("image_url", "图片地址"),
        Column("description_text", "描述"),
        Column("source_format", "来源格式"),
    ),
    key=("event_id", "device_id", "event_type_code", "occurred_at"),
    names=("视频事件", "视频告警", "告警事件"),
)
