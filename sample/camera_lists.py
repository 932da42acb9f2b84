"""`cameras`: the lists of what stands and what shall stand by the end of 2022.

The bureau's list is a spreadsheet with coordinates from here and there, the foresters' a text file out of
their map. A camera is planned, under construction, built and accepted, list by list.
"""

from __future__ import annotations

from datetime import date, timedelta

from sample.camera_status import FORESTERS
from sample.lists import ListFile, at, send_list
from sample.outbox import Outbox
from sample.places import in_system
from sample.world import BUREAU, COUNTY, Camera, World
from sample.writers import Cell

FEED = "cameras"
HEADERS = (
    *("设备编号", "名称", "乡镇", "村", "经度", "纬度", "坐标系", "可视半径(米)", "类型"),
    *("建设状态", "计划建成日期", "建成日期", "验收日期"),
)
FIRST_LIST = date(2022, 6, 28)
# Building takes about so long.
UNDER_CONSTRUCTION = timedelta(days=45)
EATEN_MONTH, UPSIDE_DOWN_MONTH = 8, 10


def state_of(camera: Camera, day: date) -> str:
    """建设状态 on that day."""
    if camera.accepted <= day:
        return "验收"
    if camera.built <= day:
        return "建成"
    return "在建" if camera.built - UNDER_CONSTRUCTION <= day else "计划"


def system_of(camera: Camera) -> str:
    """Where its coordinates were copied from."""
    if camera.platform == "forest" or int(camera.id[-3:]) % 5 == 2:
        return "GCJ-02"
    return "WGS84"


def row(camera: Camera, day: date) -> tuple[Cell, ...]:
    """The camera as the list has it on that day."""
    system = system_of(camera)
    longitude, latitude = in_system(camera.point, system)
    kind = {"hill": "高空360度", "road": "其他"}.get(camera.role, "固定")
    return (
        camera.id,
        camera.name,
        camera.township.name,
        camera.village.name,
        round(longitude, 6),
        round(latitude, 6),
        system,
        camera.radius_m,
        kind,
        state_of(camera, day),
        camera.planned,
        camera.built if camera.built <= day else None,
        camera.accepted if camera.accepted <= day else None,
    )


def write_cameras(outbox: Outbox, world: World, day: date) -> None:
    """Both lists as of that day."""
    ours = [camera for camera in world.cameras if camera.platform != "forest"]
    towers = [camera for camera in world.cameras if camera.platform == "forest"]
    rows = [row(camera, day) for camera in ours]
    slips: list[tuple[str, int]] = []
    if day.month == EATEN_MONTH:
        # Typed into a number cell: the last five digits are gone.
        slips.append(("device_number_as_number", 0))
        rows[0] = (float(ours[0].id), *rows[0][1:])
    if day.month == UPSIDE_DOWN_MONTH:
        accepted = next(number for number, cells in enumerate(rows) if cells[-1])
        slips.append(("accepted_before_built", accepted))
        rows[accepted] = (*rows[accepted][:-2], *reversed(rows[accepted][-2:]))
    name = f"{day:%Y%m%d}"
    sent = ListFile(
        f"视频监控点位台账_{name}",
        day,
        HEADERS,
        rows,
        f"{COUNTY}露天矿产资源视频监控点位台账",
        total=f"{len(rows)}处",
        foot="填表人：执法队员07",
    )
    rejected = int(day.month == EATEN_MONTH)
    file = send_list(outbox, FEED, sent, at(day, 15, 30), BUREAU, rejected)
    for kind, number in slips:
        where = {"row": sent.first_row + number, "device_id": ours[number].id}
        outbox.note_dirt(kind, file, **where)
    rows = [row(camera, day) for camera in towers]
    sent = ListFile(f"瞭望塔_{name}", day, HEADERS, rows, "", kind="csv")
    send_list(outbox, FEED, sent, at(day, 16), FORESTERS)
