"""`video_events`: what the platforms export, each in the form its makers gave it.

The bureau's and the foresters' platforms write JSON lines a day (snake_case, camelCase, JSON inside
JSON; times in four styles; the same event pushed again and again). The police's is GB/T 28181, the mines'
recorders are ISAPI, both XML documents one behind the other, a file a week, heartbeats among them, in
encodings that their first line does not always tell.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape

from sample.camera_status import FORESTERS
from sample.lists import at
from sample.outbox import Outbox
from sample.places import in_system
from sample.video import Event, Watch
from sample.world import BUREAU, DAY, World

FEED = "video_events"
POLICE = "县公安局"
NAMES = {
    "excavator": "挖掘机作业",
    "truck": "货车通行",
    "person": "人员闯入",
    "motion": "移动侦测",
    "smoke": "烟火",
    "video_loss": "视频丢失",
    "blind": "镜头遮挡",
}
SNAKE = {
    "excavator": "excavator",
    "truck": "dump_truck",
    "person": "person_detect",
    "motion": "motion",
    "smoke": "smoke_fire",
    "video_loss": "video_loss",
    "blind": "video_blind",
}
CAMEL = {
    "excavator": "ExcavatorWorking",
    "truck": "TruckPassing",
    "person": "Intrusion",
    "motion": "MotionDetect",
    "smoke": "SmokeFire",
    "video_loss": "VideoLoss",
    "blind": "VideoBlind",
}
# AlarmMethod and AlarmType of GB/T 28181.
GB = {
    "excavator": (5, 1),
    "truck": (5, 12),
    "person": (5, 6),
    "motion": (5, 2),
    "smoke": (5, 1),
    "video_loss": (2, 1),
    "blind": (2, 2),
}
ISAPI = {
    "excavator": "fielddetection",
    "truck": "vehicledetection",
    "person": "linedetection",
    "motion": "VMD",
    "smoke": "smokeAndFireDetection",
    "video_loss": "videoloss",
    "blind": "shelteralarm",
}
NAMESPACES = (
    ' version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema"',
    ' version="1.0" xmlns="http://www.isapi.org/ver20/XMLSchema"',
    ' version="2.0" xmlns="http://www.std-cgi.com/ver20/XMLSchema"',
    "",
)
# What the first line of a week's file claims, and what the bytes are.
ENCODINGS = (
    ("UTF-8", "gb18030"),
    ("GB2312", "gb18030"),
    ("GB2312", "utf-8"),
    ("UTF-8", "utf-8"),
)
AGAIN, NEXT_DAY = 0.04, 0.01
# Every month on these days the disk is full, and the line to the bureau is down for some days.
BROKEN_DAY, LATE_DAY, DAYS_LATE = 17, 8, 4


def written_time(moment: datetime, style: int) -> str | int:
    """A time as one maker or another writes it."""
    seconds = int((moment - datetime(1970, 1, 1)).total_seconds()) - 8 * 3600
    if style == 0:
        return f"{moment:%Y-%m-%dT%H:%M:%S}+08:00"
    if style == 1:
        return f"{moment:%Y%m%d%H%M%S}"
    return seconds if style == 2 else seconds * 1000


def level(event: Event) -> int:
    """How urgent the platform takes it to be."""
    if event.kind == "excavator":
        return 1
    is_night = event.occurred_at.hour >= 20 or event.occurred_at.hour < 6
    return 2 if event.kind == "truck" and is_night else 3


def values_of(event: Event, names: dict[str, str], style: int, system: str) -> dict[str, object]:
    """The event's fields in snake_case; 0 stands for no coordinates."""
    longitude, latitude = in_system(event.point, system) if event.point else (0.0, 0.0)
    return {
        "event_id": event.id,
        "device_id": event.camera.id,
        "channel_id": f"{event.camera.id[:10]}132{event.camera.id[13:]}",
        "event_type": names[event.kind],
        "event_time": written_time(event.occurred_at, style),
        "receive_time": written_time(event.pushed_at, style),
        "level": level(event),
        "confidence": round(event.confidence, 3),
        "longitude": round(longitude, 6),
        "latitude": round(latitude, 6),
        "crs": system if event.point else "",
        "image_url": f"http://10.99.0.8/snap/{event.id}.jpg",
        "description": f"{event.camera.name}：{NAMES[event.kind]}",
    }


def camel(values: dict[str, object]) -> dict[str, object]:
    """The same fields in camelCase."""
    found = {}
    for name, value in values.items():
        first, *rest = name.split("_")
        found[first + "".join(word.capitalize() for word in rest)] = value
    return found


def json_line(event: Event) -> str:
    """One line of JSON as the camera's maker has it."""
    style = int(event.camera.id[-3:]) % 4
    if event.camera.maker == "snake":
        content = values_of(event, SNAKE, style, "WGS84")
    elif event.camera.maker == "camel":
        content = camel(values_of(event, CAMEL, style, "GCJ-02"))
    else:
        inner = camel(values_of(replace(event, point=None), NAMES, style, "WGS84"))
        # Twenty digits as a number: whoever reads it as one has lost the last five.
        inner["deviceId"] = int(event.camera.id)
        content = {"bizType": "ai_alarm", "data": json.dumps(inner, ensure_ascii=False)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def gb_document(event: Event, number: int, claims: str) -> str:
    """A GB/T 28181 notification; most recorders know no coordinates."""
    method, kind = GB[event.kind]
    longitude, latitude = event.point if event.point and number % 3 == 0 else (0.0, 0.0)
    return f"""<?xml version="1.0" encoding="{claims}"?>
<Notify>
<CmdType>Alarm</CmdType>
<SN>{number}</SN>
<DeviceID>{event.camera.id}</DeviceID>
<AlarmPriority>{level(event)}</AlarmPriority>
<AlarmMethod>{method}</AlarmMethod>
<AlarmTime>{event.occurred_at:%Y-%m-%dT%H:%M:%S}</AlarmTime>
<AlarmDescription>{escape(NAMES[event.kind])}</AlarmDescription>
<Longitude>{longitude:.6f}</Longitude>
<Latitude>{latitude:.6f}</Latitude>
<Info>
<AlarmType>{kind}</AlarmType>
<AlarmTypeParam><EventType>1</EventType></AlarmTypeParam>
</Info>
</Notify>
"""


def gb_heartbeat(device_id: str, number: int, claims: str) -> str:
    """A keepalive among the alarms."""
    return f"""<?xml version="1.0" encoding="{claims}"?>
<Notify>
<CmdType>Keepalive</CmdType>
<SN>{number}</SN>
<DeviceID>{device_id}</DeviceID>
<Status>OK</Status>
</Notify>
"""


def isapi_document(
    event: Event, number: int, namespace: str, claims: str, state: str = "active", count: int = 1
) -> str:
    """A Hikvision ISAPI alert."""
    moment = event.occurred_at + timedelta(seconds=0 if state == "active" else 20)
    return f"""<?xml version="1.0" encoding="{claims}"?>
<EventNotificationAlert{namespace}>
<ipAddress>10.99.3.{number % 200 + 1}</ipAddress>
<portNo>80</portNo>
<protocol>HTTP</protocol>
<macAddress>00:00:5e:00:53:{number % 256:02x}</macAddress>
<channelID>1</channelID>
<deviceID>{event.camera.id}</deviceID>
<dateTime>{moment:%Y-%m-%dT%H:%M:%S}+08:00</dateTime>
<activePostCount>{count}</activePostCount>
<eventType>{ISAPI[event.kind]}</eventType>
<eventState>{state}</eventState>
<eventDescription>{ISAPI[event.kind]} alarm</eventDescription>
</EventNotificationAlert>
"""


class VideoOffice:
    """Sends the platforms' files, by the day and by the week."""

    def __init__(self, outbox: Outbox, world: World, watch: Watch) -> None:
        self.outbox, self.world, self.watch = outbox, world, watch

    def of(self, platform: str, day: date) -> list[Event]:
        """The day's events on that platform."""
        return [event for event in self.watch.on(day) if event.camera.platform == platform]

    def write_day(self, day: date) -> None:
        """The JSON lines of the bureau's platform."""
        self.write_lines("bureau", [day], f"综合平台/事件_{day:%Y%m%d}.jsonl", BUREAU)

    def write_lines(self, platform: str, days: list[date], name: str, sender: str) -> None:
        """One platform's file: its events, some of them more than once, some again a day late."""
        pushed: list[Event] = []
        late = 0
        for day in (days[0] - DAY, *days):
            rng = self.world.rng("pushed again", platform, day)
            for event in self.of(platform, day):
                is_again, is_late = rng.random() < AGAIN, rng.random() < NEXT_DAY
                hours = timedelta(hours=rng.random())
                if day in days:
                    pushed.append(event)
                if is_again and day in days:
                    again = event.pushed_at + hours
                    pushed.append(replace(event, pushed_at=again.replace(microsecond=0)))
                elif is_late and not is_again and day + DAY in days:
                    late += 1
                    again = at(day + DAY, 1) + 20 * hours
                    pushed.append(replace(event, pushed_at=again.replace(microsecond=0)))
        if not pushed:
            return
        pushed.sort(key=lambda event: (event.pushed_at, event.id))
        lines = [json_line(event) for event in pushed]
        rejected = 0
        is_late = platform == "bureau" and days[0].day == LATE_DAY
        if days[0].day == BROKEN_DAY:
            # The disk was full: the last line breaks off.
            lines[-1] = lines[-1][: len(lines[-1]) // 2]
            rejected = 1
        content = ("\n".join(lines) + "\n").encode()
        received = at(days[-1] + (DAYS_LATE if is_late else 1) * DAY, 0, 20)
        file = self.send(name, content, received, sender, len(lines) - rejected, rejected)
        if is_late:
            self.outbox.note_dirt("late_delivery", file, days=DAYS_LATE)
        if rejected:
            self.outbox.note_dirt("broken_line", file, row=len(lines))
        repeated = len(lines) - len({event.id for event in pushed})
        if repeated:
            self.outbox.note_dirt("pushed_again", file, rows=repeated, rows_a_day_late=late)
        self.note(pushed[: len(pushed) - rejected], file)

    def write_week(self, monday: date) -> None:
        """The foresters' events, and the XML of the police's platform and of the mines' recorders."""
        days = [monday + offset * DAY for offset in range(7)]
        self.write_lines("forest", days, f"瞭望塔/alarm_{days[-1]:%Y%m%d}.json", FORESTERS)
        claims, encoding = ENCODINGS[monday.toordinal() // 7 % len(ENCODINGS)]
        name = f"{days[0]:%Y%m%d}-{days[-1]:%m%d}"
        now = at(days[-1] + DAY, 2, 15)
        events = [event for day in days for event in self.of("police", day)]
        documents: list[str] = []
        beats = 0
        for number, event in enumerate(events, start=1):
            documents.append(gb_document(event, number, claims))
            if number % 9 == 0:
                beats += 1
                documents.append(gb_heartbeat(event.camera.id, number, claims))
        skipped = {"keepalive": beats} if beats else {}
        self.write_xml(
            f"公安平台/告警_{name}.xml", documents, encoding, now, POLICE, events, skipped
        )
        events = [event for day in days for event in self.of("recorder", day)]
        namespace = NAMESPACES[monday.toordinal() // 7 % len(NAMESPACES)]
        documents, beats, ended = [], 0, 0
        for number, event in enumerate(events, start=1):
            documents.append(isapi_document(event, number, namespace, claims))
            # Of a lost picture no recorder tells the end.
            if number % 4 == 0 and event.kind != "video_loss":
                ended += 1
                documents.append(isapi_document(event, number, namespace, claims, "inactive"))
            if number % 11 == 0:
                beats += 1
                beat = replace(event, kind="video_loss")
                documents.append(isapi_document(beat, number, namespace, claims, "inactive", 0))
        counts = {"heartbeat": beats, "inactive": ended}
        skipped = {reason: count for reason, count in counts.items() if count}
        self.write_xml(
            f"矿山录像机/event_{name}.xml", documents, encoding, now, BUREAU, events, skipped
        )
        if claims.replace("GB2312", "gb18030").lower() != encoding:
            self.outbox.note_dirt("lying_encoding", "", claims=claims, really=encoding, name=name)

    def write_xml(
        self,
        name: str,
        documents: Sequence[str],
        encoding: str,
        now: datetime,
        sender: str,
        events: list[Event],
        skipped: dict[str, int],
    ) -> None:
        """One file of XML documents, one behind the other."""
        if events:
            content = "".join(documents).encode(encoding)
            file = self.send(name, content, now, sender, len(events), 0, skipped)
            self.note(events, file)

    def send(
        self,
        name: str,
        content: bytes,
        now: datetime,
        sender: str,
        good: int,
        rejected: int,
        skipped: dict[str, int] | None = None,
    ) -> str:
        """Deliver one file."""
        return self.outbox.deliver(
            FEED,
            name,
            content,
            now,
            sender,
            rows_good=good,
            rows_rejected=rejected,
            rows_skipped=skipped or {},
        )

    def note(self, events: list[Event], file: str) -> None:
        """Which events have something behind them."""
        for event in events:
            if event.cause:
                where: dict[str, object] = {"occurred_at": event.occurred_at, "kind": event.kind}
                key = {"event_id": event.id} if event.id else {"device_id": event.camera.id}
                self.outbox.note_trace(event.cause, FEED, file, **key, **where)
