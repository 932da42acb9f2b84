"""Video events: what the platforms' recognition pushed, one row per event as delivered.

Files of the platforms as they are, one event or many in a file, also as `.gz`:

- JSON, one event a line, an array of events, or one object after another. The fields may stand in `data`
  or `bizData`, as an object or as text (JSON inside JSON). Beside the names below the shapes of wvp,
  Huawei VIAS (its stream is the device) and jftech (`bizData.eventName`) are known.
- GB/T 28181 `<Notify>` of `Alarm`: `event_type_code` is `AlarmMethod.AlarmType` (`5.6` is an intrusion
  seen in the picture; `5` when the type is missing, `.6` when the method is). Other notifications are no
  events.
- Hikvision ISAPI `EventNotificationAlert`, XML or JSON: the device is `deviceID`, else the MAC address, else
  the IP address; heartbeats and `inactive` are no events.

They misbehave: encodings that lie, the same event pushed again and again (both rows are kept), heartbeats
among the alerts, coordinates of 0 for none, device numbers of 20 digits written as numbers. Times are
ISO, `yyyyMMddHHmmss`, Unix seconds or milliseconds and become Beijing time.

    minewatch load inbox/video_events
"""

from ingestion.declare import Column, Feed

# An event may carry several names of one meaning: the first of them in this order is taken, the others
# stay in `_extra`. Case, `_` and `-` do not matter.
FEED = Feed(
    token="video_events",
    title="视频告警事件",
    reader="events",
    columns=(
        Column(
            "event_id",
            "事件编号",
            "identifier",
            # Not `id`: that is a row of the platform's own table, and another platform's row too.
            aliases=("alarmId", "alertId", "uuid", "messageId", "notificationId"),
        ),
        Column(
            "device_id",
            "设备编号",
            "identifier",
            aliases=("deviceSn", "deviceSerial", "deviceCode", "deviceNo", "cameraId", "cameraCode")
            + ("cameraIndexCode", "channelDeviceId", "streamId", "sourceId")
            + ("macAddress", "ipAddress"),
            required=True,
        ),
        Column(
            "channel_id",
            "通道编号",
            "identifier",
            aliases=("channelNo", "channelNumber", "channelNum", "dynChannelID"),
        ),
        Column(
            "event_type_code",
            "事件类型",
            aliases=("eventType", "alarmType", "alertType", "eventCode", "alarmCode", "bizType")
            + ("busiType",),
        ),
        Column(
            "event_type_name",
            "事件类型名称",
            aliases=("eventName", "alarmTypeName", "alarmName", "alertName"),
        ),
        Column(
            "occurred_at",
            "发生时间",
            "timestamp",
            aliases=("eventTime", "occurTime", "happenTime", "alarmTime", "alertTime")
            + ("triggerTime", "captureTime", "dateTime", "startTime", "timestamp", "time"),
            required=True,
        ),
        Column(
            "pushed_at",
            "推送时间",
            "timestamp",
            aliases=("receiveTime", "receivedAt", "pushTime", "sendTime", "reportTime"),
        ),
        Column(
            "priority",
            "等级",
            aliases=("level", "alarmLevel", "eventLevel", "alarmPriority", "alarmPrority")
            + ("riskLevel",),
        ),
        Column("confidence", "置信度", "double", aliases=("score", "probability")),
        Column("longitude", "经度", "double", aliases=("lon", "lng")),
        Column("latitude", "纬度", "double", aliases=("lat",)),
        Column("crs_name", "坐标系", aliases=("crs", "coordType", "coordinateSystem")),
        Column(
            "image_url",
            "图片地址",
            aliases=("imageUri", "imgUrl", "picUrl", "pictureUrl", "snapUrl", "snapPath")
            + ("bkgUrl",),
        ),
        Column(
            "description_text",
            "描述",
            aliases=("description", "desc", "alarmDescription", "eventDescription", "alarmDesc")
            + ("eventDesc", "content"),
        ),
        Column("source_format", "来源格式"),
    ),
    key=("event_id", "device_id", "event_type_code", "occurred_at"),
    names=("视频事件", "视频告警", "告警事件"),
)
