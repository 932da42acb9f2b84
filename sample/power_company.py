"""`power_users` and `power_alerts`: what the power company sends beside the load curves.

Accounts are exported once a month under the field names of its own tables, townships by codes that lag
behind the division's. Alerts are a list that grows through the quarter and comes every week: each of its
steps is there once it has been done. What the company's own checks say is not always so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from sample.accounts import CLASSES, state_on, stopped_on
from sample.invented import invented_phone
from sample.lists import (
    ListFile,
    at,
    known,
    listed_since,
    minute,
    month_end,
    office_hours,
    send_list,
)
from sample.outbox import Outbox
from sample.world import DAY, POWER_COMPANY, Decoy, Episode, Meter, World
from sample.writers import Cell

USER_HEADERS = (
    *("cust_no", "cust_name", "ec_categ_desc", "cust_ind_cls_desc", "cust_volt_desc", "ctrt_cap"),
    *("run_cap", "ecc_stat_desc", "estab_acct_date", "cncl_date", "ec_addr", "bus_st_code"),
    *("bus_neighbor_comm_code", "contact_mobile_zw", "经度", "纬度", "坐标系", "综合倍率"),
    "是否重点监测",
)
# The codes of before the townships were renamed and merged.
OLD_CODES = {"104": "999901204", "105": "999901108"}
MONITORED = ("mine", "suspended", "abandoned", "closed", "cover_farm", "project")
FIRST_EXPORT = date(2022, 6, 30)

ALERT_HEADERS = (
    *("预警编号", "户号", "预警时间", "异常类型", "异常描述", "等级", "核查时间", "核查结果"),
    *("反馈时间", "反馈对象", "上级反馈时间", "停供申请时间", "停供执行时间", "先期检查时间"),
    *("处置结果", "线索编号"),
)
OFFICE = "县领导小组办公室"
# How likely the company's own rules notice an episode, and as what.
NOTICED = {
    "reopened_shaft": (0.7, "夜间用电异常"),
    "farm_cover": (0.6, "改变用电类别"),
    "suspended_load": (0.85, "停用户有电量"),
    "tip_off": (0.5, "夜间负荷异常"),
    "project_cover": (0.3, "超容量用电"),
    "beyond_licence": (0.25, "电量突增"),
    "other_mineral": (0.25, "电量突增"),
}
TAKEN_FOR = {
    "harvest": ("超容量用电", "正常生产", "秋收烘干用电，属季节性负荷"),
    "irrigation": ("农排非季节用电", "正常生产", "抽水浇地，现场核实无异常"),
    "mine_maintenance": ("电量突降", "正常生产", "检修停产，已报备"),
    "feeder_outage": ("台区线损异常", "设备故障", "线路检修，采集终端离线"),
    "holiday": ("电量突降", "正常生产", "节日放假"),
    "new_shop": ("电量突增", "正常生产", "新开门店，现场核实"),
    "honest_pause": ("电量突降", "正常生产", "已办理报停手续"),
}
ODD = ("疑似窃电", "电量突增", "电量突降", "超容", "线损异常")
ODD_EACH_MONTH = (3, 6)


# Accounts


def user_row(world: World, meter: Meter, day: date) -> tuple[Cell, ...]:
    """The account as exported on that day."""
    rng = world.rng("account", meter.id)
    township = world.township_of(meter.village)
    is_located = rng.random() < 0.86
    longitude, latitude = meter.point
    if rng.random() < 0.01:
        longitude, latitude = latitude, longitude
    each = CLASSES[meter.kind]
    state = state_on(world, meter, day)
    closed = meter.closed if meter.closed and meter.closed <= day else None
    return (
        meter.id,
        meter.name,
        each.category,
        each.industry,
        each.voltage,
        meter.capacity_kva,
        0 if state in ("报停", "销户") else meter.capacity_kva,
        state,
        f"{meter.opened:%Y%m%d}",
        f"{closed:%Y%m%d}" if closed else "",
        f"{township.name}{meter.village.name}" + (meter.site.gully if meter.site else ""),
        OLD_CODES.get(township.short, township.code),
        meter.village.code if rng.random() < 0.9 else "",
        invented_phone(rng) if meter.kind == "household" else "",
        f"{longitude:.6f}" if is_located else "",
        f"{latitude:.6f}" if is_located else "",
        "CGCS2000" if is_located else "",
        meter.factor,
        "是" if meter.kind in MONITORED else "否",
    )


def write_users(outbox: Outbox, world: World, day: date) -> None:
    """Export all accounts as they are on that day."""
    rows = [user_row(world, meter, day) for meter in world.meters]
    sent = ListFile(
        f"用电户档案_{day:%Y%m%d}", day, USER_HEADERS, rows, "", f"{len(rows)}户", kind="csv"
    )
    received = at(day, 18, 20)
    if day.month == 9 and len(rows) > 1:
        # The system had logged the clerk out: the first file is its login page.
        page = "<html><head><title>系统登录</title></head><body>登录超时，请重新登录</body></html>"
        name = f"{sent.name}_导出.csv"
        file = outbox.deliver(
            "power_users", name, page.encode(), received, POWER_COMPANY, is_unreadable=True
        )
        outbox.note_dirt("wrong_kind", file, really="html")
        received += timedelta(hours=15)
    rejected = 0
    if day.month == 10 and len(rows) > 1:
        rows[-1] = ("", *rows[-1][1:])
        rejected = 1
    file = send_list(outbox, "power_users", sent, received, POWER_COMPANY, rejected)
    if rejected:
        outbox.note_dirt("no_meter_id", file, row=sent.first_row + len(rows) - 1)
    outbox.note_dirt("old_township_code", file, codes=list(OLD_CODES.values()))


# Alerts


@dataclass(frozen=True)
class Alert:
    """One alert of the company with all that becomes of it in time; `cause` is what it is really about."""

    meter: Meter
    alerted_at: datetime
    type_name: str
    description: str
    level: str
    cause: str | None
    result: str | None = None
    checked_at: datetime | None = None
    fed_back_at: datetime | None = None
    superior_at: datetime | None = None
    requested_at: datetime | None = None
    stopped_at: datetime | None = None
    inspected_at: datetime | None = None
    disposition: str | None = None
    is_result_true: bool = True
    id: str = ""


def hours(moment: datetime, rng: Random, least: float, most: float) -> datetime:
    """A moment some hours later, to the minute, in office hours."""
    return office_hours(moment + timedelta(minutes=round(60 * rng.uniform(least, most))))


def followed_up(alert: Alert, result: str, disposition: str, rng: Random) -> Alert:
    """The alert with its check and its feedback; some are never checked, some not passed on."""
    if rng.random() < 0.08:
        return alert
    checked = hours(alert.alerted_at, rng, 4, 70)
    fed_back = hours(checked, rng, 1, 40) if result != "误报" or rng.random() < 0.3 else None
    return replace(
        alert,
        result=result,
        checked_at=checked,
        fed_back_at=fed_back,
        superior_at=hours(fed_back, rng, 2, 60) if fed_back and rng.random() < 0.7 else None,
        inspected_at=hours(alert.alerted_at, rng, 3, 30) if result == "属实" else None,
        disposition=disposition,
    )


def alerts_of_episode(world: World, episode: Episode) -> list[Alert]:
    """The alert an episode raises, if any."""
    rng = world.rng("alert", episode.id)
    share, type_name = NOTICED.get(episode.kind, (0, ""))
    found = episode.discovery
    is_source = found is not None and found.source == "power"
    if episode.meter is None or (rng.random() > share and not is_source):
        return []
    if is_source:
        moment = at(found.day - 4 * DAY, 7, 30)
    else:
        later = [night for night in episode.nights if night > episode.first + 2 * DAY]
        moment = at(rng.choice(later[: max(1, len(later) // 2)]) + DAY, 7, 30)
    if episode.meter.kind == "closed":
        type_name = "销户后用电"
    energy = round(episode.kw * 7 * rng.uniform(0.8, 1.1))
    alert = Alert(
        meter=episode.meter,
        alerted_at=moment,
        type_name=type_name,
        description=f"前一日22时至次日6时用电约{energy}千瓦时，明显高于该户以往水平",
        level=rng.choice(("一级", "二级", "二级")),
        cause=episode.id,
    )
    if is_source:
        alert = followed_up(alert, "属实", "已现场核实，移交县领导小组办公室", rng)
        if alert.checked_at is None:
            alert = replace(alert, result="属实", checked_at=hours(moment, rng, 4, 40))
        if stopped := stopped_on(episode):
            asked = at(found.day + DAY, 10, 15)
            alert = replace(alert, requested_at=asked, stopped_at=at(stopped, 15, 40))
        return [alert]
    # Whoever went there saw nothing by day, or did not want to see anything.
    result = rng.choice(("正常生产", "误报", "正常生产"))
    words = {"正常生产": "现场核实为正常用电", "误报": "现场未发现异常"}
    return [replace(followed_up(alert, result, words[result], rng), is_result_true=False)]


def alerts_of_decoy(world: World, decoy: Decoy) -> list[Alert]:
    """The alert that something honest raises, if any."""
    rng = world.rng("alert", decoy.id)
    if decoy.kind not in TAKEN_FOR or not decoy.meters or rng.random() > 0.6:
        return []
    type_name, result, words = TAKEN_FOR[decoy.kind]
    alert = Alert(
        meter=decoy.meters[0],
        alerted_at=at(min(decoy.first + rng.randint(1, 3) * DAY, decoy.last + DAY), 7, 30),
        type_name=type_name,
        description="与该户以往水平相差较大",
        level=rng.choice(("二级", "三级")),
        cause=decoy.id,
    )
    return [followed_up(alert, result, words, rng)]


def odd_alerts(world: World, month: date) -> list[Alert]:
    """What turns up every month and is nothing."""
    rng = world.rng("odd alerts", month)
    ordinary = [m for m in world.meters if m.kind in ("household", "shop", "factory", "farm")]
    found = []
    for _ in range(rng.randint(*ODD_EACH_MONTH) if ordinary else 0):
        day = month.replace(day=rng.randint(1, 28))
        type_name = rng.choice(ODD)
        alert = Alert(
            meter=rng.choice(ordinary),
            alerted_at=at(day, 7, 30),
            type_name=type_name,
            description="日电量与上月同期相差较大",
            level="三级",
            cause=None,
        )
        found.append(followed_up(alert, rng.choice(("误报", "设备故障")), "现场核实无异常", rng))
    return found


def alerts_of(world: World, month: date) -> list[Alert]:
    """The alerts of a month with their numbers, in the order of time."""
    found = odd_alerts(world, month)
    for episode in world.episodes:
        found += alerts_of_episode(world, episode)
    for decoy in world.decoys:
        found += alerts_of_decoy(world, decoy)
    found = [alert for alert in found if alert.alerted_at.date().replace(day=1) == month]
    found.sort(key=lambda alert: (alert.alerted_at, alert.meter.id, alert.type_name))
    return [
        replace(alert, id=f"YJ{month:%Y%m}{number:03}")
        for number, alert in enumerate(found, start=1)
    ]


class AlertList:
    """The list of the quarter's alerts, sent every week."""

    def __init__(self, outbox: Outbox, world: World) -> None:
        self.outbox, self.world = outbox, world
        self.by_month: dict[date, list[Alert]] = {}
        self.noted: set[str] = set()

    def until(self, now: datetime) -> list[Alert]:
        """All alerts of the quarter that have been raised by then."""
        month, found = listed_since(now.date()), []
        while month <= now.date():
            if month not in self.by_month:
                self.by_month[month] = alerts_of(self.world, month)
            found += [alert for alert in self.by_month[month] if alert.alerted_at <= now]
            month = month_end(month) + DAY
        return found

    def write(self, sunday: date) -> None:
        """The list as of that Sunday evening; nothing if no alert has been raised yet."""
        now = at(sunday, 18)
        alerts = self.until(now)
        if not alerts:
            return
        sent = ListFile(
            f"用电异常预警_{sunday:%Y%m%d}",
            sunday,
            ALERT_HEADERS,
            [alert_row(alert, now) for alert in alerts],
            "用电异常预警及核查反馈情况",
            foot="填表人：用电检查员01",
        )
        received = at(sunday + DAY, 9, 10)
        file = send_list(self.outbox, "power_alerts", sent, received, POWER_COMPANY)
        for row, alert in enumerate(alerts, start=sent.first_row):
            if alert.cause and alert.id not in self.noted:
                self.noted.add(alert.id)
                where = {"row": row, "alert_id": alert.id, "is_result_true": alert.is_result_true}
                self.outbox.note_trace(alert.cause, "power_alerts", file, **where)


def alert_row(alert: Alert, now: datetime) -> tuple[Cell, ...]:
    """The alert as it stands at that time."""
    is_checked = known(alert.checked_at, now)
    is_fed_back = known(alert.fed_back_at, now)
    return (
        alert.id,
        alert.meter.id,
        minute(alert.alerted_at),
        alert.type_name,
        alert.description,
        alert.level,
        minute(is_checked),
        alert.result if is_checked else None,
        minute(is_fed_back),
        OFFICE if is_fed_back else None,
        minute(known(alert.superior_at, now)),
        minute(known(alert.requested_at, now)),
        minute(known(alert.stopped_at, now)),
        minute(known(alert.inspected_at, now)),
        alert.disposition if is_checked else None,
        None,
    )
