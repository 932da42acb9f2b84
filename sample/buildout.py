"""`milestones` and `camera_views`: how far the video system has come, and what its cameras really see.

The bureau reports every other Friday until everything stands: per township how many cameras there shall
be by the end of 2022 and how many there are. Whether a place can be seen, somebody has to look.
"""

from __future__ import annotations

from datetime import date, timedelta

from sample.desk import Desk, Look
from sample.lists import Row, at
from sample.places import distance_m
from sample.world import BUREAU, DAY, Camera, Site, Township, World

HEADERS = (
    *(
        "节点编号",
        "项目",
        "责任单位",
        "乡镇",
        "计划数量",
        "计划完成日期",
        "完成数量",
        "实际完成日期",
    ),
    "填报日期",
)
FIRST_REPORT, LAST_REPORT = date(2022, 9, 23), date(2023, 2, 10)
DEADLINE = date(2022, 12, 31)
EVERY = timedelta(days=14)
# Of the platform: what, how many, planned for, done by (per piece, evenly spread), begun.
PLATFORM = (
    ("JD901", "自然资源智能监管平台部署", 1, date(2022, 10, 31), date(2022, 11, 22)),
    ("JD902", "林火瞭望塔视频接入", 8, date(2022, 10, 15), date(2022, 10, 13)),
    ("JD903", "智能识别算法联调", 4, date(2022, 12, 15), date(2022, 12, 28)),
)
BEGUN = date(2022, 9, 19)
# Somebody counted a camera twice; the next report has one less.
COUNTED_TWICE = ("104", date(2022, 11, 4))

VIEW_HEADERS = ("设备编号", "点位编号", "是否可视", "核实日期")


def planned(world: World, township: Township) -> list[Camera]:
    """The cameras that shall stand there by the end of the year."""
    return [
        camera
        for camera in world.cameras
        if camera.township == township and camera.planned <= DEADLINE
    ]


def done_on(cameras: list[Camera], day: date) -> tuple[int, date | None]:
    """How many stand by then, and since when all of them do."""
    standing = [camera for camera in cameras if camera.built <= day]
    is_all = len(standing) == len(cameras)
    return len(standing), max(camera.built for camera in cameras) if is_all else None


def report(world: World, day: date) -> list[Row]:
    """Every milestone as reported on that day."""
    rows: list[Row] = []
    for township in world.townships:
        cameras = planned(world, township)
        if not cameras:
            continue
        count, finished = done_on(cameras, day)
        if (township.short, day) == COUNTED_TWICE:
            count = min(count + 1, len(cameras))
        number, what = f"JD{township.short}", f"{township.name}重点区域视频监控建设"
        plan = (number, what, BUREAU, township.name, len(cameras), DEADLINE)
        rows.append((*plan, count, finished, day))
    for number, what, wanted, due, done in PLATFORM:
        share = min(1.0, max(0, (day - BEGUN).days) / (done - BEGUN).days)
        finished = done if done <= day else None
        rows.append((number, what, BUREAU, None, wanted, due, int(wanted * share), finished, day))
    return rows


def write_milestones(desk: Desk, end: date) -> None:
    """The reports of that month."""
    day = FIRST_REPORT
    while day <= min(end, LAST_REPORT):
        if day >= end.replace(day=1):
            look = Look("视频监控系统建设节点进度表", foot="填表人：执法队员07")
            name = f"视频建设进度{day:%Y%m%d}"
            desk.send(
                "milestones", name, HEADERS, report(desk.world, day), at(day, 16), BUREAU, look
            )
        day += EVERY
    for _, what, _, due, done in PLATFORM:
        if done > due and end >= FIRST_REPORT:
            desk.note_duty("milestone", BUREAU, what, "late", due=due, done=done)
    for township in desk.world.townships:
        cameras = planned(desk.world, township)
        _, finished = done_on(cameras, date.max) if cameras else (0, None)
        if finished and finished > DEADLINE and end >= FIRST_REPORT:
            subject = f"JD{township.short}"
            desk.note_duty("milestone", BUREAU, subject, "late", due=DEADLINE, done=finished)


def views(world: World) -> list[tuple[date, Camera, Site, bool]]:
    """Which sites within a camera's circle can be seen: in every fourth a ridge stands in between."""
    found = []
    for camera in world.cameras:
        for site in world.sites:
            if camera.sees(site.point):
                rng = world.rng("view", camera.id, site.id)
                is_near = distance_m(camera.point, site.point) < 360
                is_visible = rng.random() < (0.97 if is_near else 0.72)
                # Nobody has looked at some yet.
                if rng.random() < 0.85:
                    day = max(camera.accepted, site.registered) + rng.randint(2, 25) * DAY
                    found.append((day, camera, site, is_visible))
    return sorted(found, key=lambda view: (view[0], view[1].id, view[2].id))


def write_views(desk: Desk, end: date) -> None:
    """What had been looked at by the end of the month."""
    rows: list[Row] = []
    for number, (day, camera, site, is_visible) in enumerate(views(desk.world)):
        if day <= end:
            ticks = ("√", "×") if number % 5 == 0 else ("是", "否")
            rows.append((camera.id, site.id, ticks[not is_visible], day))
    look = Look("视频监控视域核实表", unit="条", foot="填表人：执法队员07")
    blank = (1, "是否可视") if end.month == 11 else None
    name = f"视域核实{end:%Y%m}"
    desk.send("camera_views", name, VIEW_HEADERS, rows, at(end, 15, 45), BUREAU, look, blank)
