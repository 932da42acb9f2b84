"""`camera_status`: when cameras answered; and when they did not, which is what really matters.

The bureau's platform writes once a day and on every change, and now and then forgets a camera for days;
the foresters' asks its towers every hour. A camera that is off sees nothing: the events know that too.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from sample.lists import ListFile, at, month_end, send_list
from sample.outbox import Outbox
from sample.world import BUREAU, DAY, Camera, World

FEED = "camera_status"
FORESTERS = "县林业局"
Span = tuple[datetime, datetime]
# Every so many cameras is a bad one.
BAD_EVERY = 13
SILENT_SHARE = 0.3
HEADERS = ("设备编号", "时间", "状态")
FOREST_HEADERS = ("国标编码", "检测时间", "在线状态")


class Uptime:
    """When each camera is off, by accident or on purpose."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cameras = {camera.id: camera for camera in world.cameras}
        # By number: a camera is slow to hash.
        self.accidents = lru_cache(maxsize=None)(self._accidents)
        self.spans = lru_cache(maxsize=None)(self._spans)

    def _accidents(self, camera_id: str, month: date) -> list[Span]:
        """Outages that begin in that month and end with it at the latest."""
        rng = self.world.rng("outages", camera_id, month)
        count = rng.choices((0, 1, 2, 3), (45, 30, 16, 9))[0]
        if int(camera_id[-3:]) % BAD_EVERY == 0:
            count += 5
        last = at(month_end(month), 23, 59)
        spans = []
        for _ in range(count):
            begin = at(month, 0) + timedelta(minutes=rng.randrange(month_end(month).day * 1440))
            end = begin + timedelta(minutes=round(60 * rng.choice((1, 2, 3, 6, 11, 26))))
            spans.append((begin, min(end, last)))
        return spans

    def deliberate(self, camera: Camera, evening: date) -> Span | None:
        """The night that begins then, if somebody switches the camera off in it."""
        for episode in self.world.episodes_on(evening):
            # The first two nights it still saw something.
            if (
                episode.is_camera_off
                and camera in episode.cameras
                and evening in episode.nights[2:]
            ):
                rng = self.world.rng("switched off", episode.id, evening)
                begin = at(evening, 21, rng.randint(20, 50))
                return begin, at(evening + DAY, 5, rng.randint(5, 35))
        return None

    def off(self, camera: Camera, day: date) -> list[Span]:
        """All spans that touch the day in which the camera is off, in order and without overlaps."""
        return self.spans(camera.id, day)

    def _spans(self, camera_id: str, day: date) -> list[Span]:
        camera = self.cameras[camera_id]
        midnight, next_midnight = at(day, 0), at(day + DAY, 0)
        spans = list(self.accidents(camera.id, day.replace(day=1)))
        spans += [
            night
            for evening in (day - DAY, day)
            if (night := self.deliberate(camera, evening)) is not None
        ]
        for decoy in self.world.decoys_on(day, "feeder_outage"):
            if camera in decoy.cameras:
                spans.append((at(day, 7, 5), at(day, 19, 25)))
        merged: list[Span] = []
        for begin, end in sorted(spans):
            if end <= midnight or begin >= next_midnight:
                continue
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((begin, end))
        return merged

    def is_off(self, camera: Camera, moment: datetime) -> bool:
        """Whether the camera is off at that moment."""
        return any(begin <= moment < end for begin, end in self.off(camera, moment.date()))


class StatusOffice:
    """Sends the two platforms' lists once a week."""

    def __init__(self, outbox: Outbox, world: World, uptime: Uptime) -> None:
        self.outbox, self.world, self.uptime = outbox, world, uptime

    def write_week(self, monday: date) -> None:
        """The week that begins then."""
        days = [monday + offset * DAY for offset in range(7)]
        standing = [c for c in self.world.cameras if c.is_built_on(days[-1])]
        towers = [c for c in standing if c.platform == "forest"]
        others = [c for c in standing if c.platform != "forest"]
        changes = [row for camera in others for day in days for row in self.changes(camera, day)]
        changes.sort(key=lambda row: (row[1], row[0]))
        hourly = [row for day in days for row in self.hourly(towers, day)]
        name, now = f"{days[-1]:%Y%m%d}", at(days[-1] + DAY, 7, 40)
        sent = ListFile(f"摄像机在线状态_{name}", days[-1], HEADERS, changes, "摄像机在线状态")
        file = send_list(self.outbox, FEED, sent, now, BUREAU)
        sent = ListFile(f"瞭望塔巡检_{name}", days[-1], FOREST_HEADERS, hourly, "", kind="csv")
        tower_file = send_list(self.outbox, FEED, sent, now + timedelta(minutes=5), FORESTERS)
        for day in days:
            for camera in standing:
                self.note(camera, day, tower_file if camera in towers else file)

    def note(self, camera: Camera, day: date, file: str) -> None:
        """Why the camera was off, if somebody or something is behind it."""
        for episode in self.world.episodes_on(day):
            is_involved = episode.is_camera_off and camera in episode.cameras
            if is_involved and self.uptime.deliberate(camera, day):
                where = {"device_id": camera.id, "evening": day}
                self.outbox.note_trace(episode.id, FEED, file, **where)
        for decoy in self.world.decoys_on(day, "feeder_outage"):
            if camera in decoy.cameras:
                self.outbox.note_trace(decoy.id, FEED, file, device_id=camera.id, date=day)

    def is_silent(self, camera: Camera, day: date) -> bool:
        """Whether the platform writes nothing at all about the camera on that day."""
        rng = self.world.rng("silence", camera.id, day.year, day.month)
        if rng.random() > SILENT_SHARE:
            return False
        begin = rng.randint(1, 26)
        return begin <= day.day < begin + rng.randint(1, 3)

    def changes(self, camera: Camera, day: date) -> list[tuple[str, str, str]]:
        """What the bureau's platform writes: a line after midnight, and one for every change."""
        if not camera.is_built_on(day) or self.is_silent(camera, day):
            return []
        seconds = int(camera.id[-3:]) % 60
        midnight = at(day, 0, 5) + timedelta(seconds=seconds)
        lines = {midnight: "离线" if self.uptime.is_off(camera, midnight) else "在线"}
        for begin, end in self.uptime.off(camera, day):
            for moment, state in ((begin, "离线"), (end, "在线")):
                if moment.date() == day:
                    lines[moment + timedelta(seconds=seconds)] = state
        return [
            (camera.id, f"{moment:%Y-%m-%d %H:%M:%S}", state)
            for moment, state in sorted(lines.items())
        ]

    def hourly(self, towers: list[Camera], day: date) -> list[tuple[str, str, str]]:
        """What the foresters' platform writes, except in the hours in which it is down itself."""
        rng = self.world.rng("tower platform", day)
        down = range(0)
        if rng.random() < 0.06:
            begin = rng.randrange(18)
            down = range(begin, begin + rng.randint(2, 6))
        rows = []
        for hour in range(24):
            if hour in down:
                continue
            for camera in towers:
                if camera.is_built_on(day):
                    is_off = self.uptime.is_off(camera, at(day, hour))
                    state = "离线" if is_off else "在线"
                    rows.append((camera.id, f"{day:%Y%m%d}{hour:02}0000", state))
        return rows
