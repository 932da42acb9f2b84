"""`projects`, `patches`, `enterprise_reports`: works that are allowed, what satellites and mines have seen.

A satellite sees open ground weeks later and cannot tell digging from a greenhouse; the county says what
it was, once wrongly. Mines and survey units report some of the digging near them, and most of it not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sample.desk import BEGUN, Desk, Look, listed_from
from sample.invented import credit_code
from sample.lists import Row, at, minute, month_end, quarter_start, quarters
from sample.places import Point, distance_m, in_system, near
from sample.world import BUREAU, DAY, Site, Township, Village, World

PROJECT_HEADERS = (
    *("项目编号", "名称", "类别", "乡镇", "村", "经度", "纬度", "坐标系", "开工日期", "完工日期"),
    *("信息公示", "监管责任人", "审批单位"),
)
PROJECT_KINDS = (
    ("采空区地质灾害治理", "地质灾害治理"),
    ("矿山生态修复工程", "生态修复"),
    ("土地整治项目", "土地整治"),
)
PROJECT_COUNT = 9
FIRST_LIST = date(2022, 6, 29)

PATCH_HEADERS = (
    *("图斑编号", "下发日期", "经度", "纬度", "坐标系", "面积(亩)", "填报结论", "填报日期"),
    "案件编号",
)
# What a satellite can see of.
OPEN = (
    "open_pit",
    "beyond_licence",
    "project_cover",
    "river_sand",
    "other_mineral",
    "repeat_clues",
)
# Month of issue → from what month on the pictures are.
ISSUED = {4: 1, 7: 4, 10: 7, 12: 10}
OTHERS_EACH = (3, 5)
LATE = timedelta(days=35)

REPORT_HEADERS = (
    *("报告编号", "企业名称", "统一社会信用代码", "报告时间", "点位编号", "内容", "经度", "纬度"),
    "案件编号",
)
SURVEYORS = "地质调查勘察单位"
WITHIN_M = 5_000
REPORTED_SHARE = 0.35


# Works that are allowed


@dataclass(frozen=True)
class Project:
    """A project; `point` is where the register says it lies, WGS84."""

    id: str
    name: str
    kind: str
    township: Township
    village: Village
    point: Point | None
    begun: date
    finished: date | None
    is_public: bool
    supervisor: str


def projects(world: World) -> list[Project]:
    """Those with an account first: the power of some of them is used for something else."""
    rng = world.rng("projects")
    accounts = [meter for meter in world.meters if meter.kind == "project"]
    found = []
    for number in range(1, PROJECT_COUNT + 1):
        meter = accounts[number - 1] if number <= len(accounts) else None
        township = world.township_of(meter.village) if meter else rng.choice(world.townships)
        rural = [village for village in township.villages if not village.is_community]
        village = meter.village if meter else rng.choice(rural)
        what, kind = rng.choice(PROJECT_KINDS)
        point = meter.point if meter else near(village.point, 300, 1_500, rng)
        begun = date(2022, rng.randint(3, 6), rng.randint(1, 28))
        found.append(
            Project(
                f"XM2022{number:03}",
                f"{township.name}{village.stem}{what}",
                kind,
                township,
                village,
                point if rng.random() < 0.85 else None,
                begun,
                begun + rng.randint(120, 200) * DAY if rng.random() < 0.6 else None,
                rng.random() < 0.65,
                rng.choice((f"{township.name}资源专干", "", "乡级网格员01")),
            )
        )
    return found


def write_projects(desk: Desk, day: date) -> None:
    """The bureau's list as of that day; a notice is put up somewhere every quarter."""
    rows: list[Row] = []
    for number, each in enumerate(projects(desk.world)):
        longitude, latitude = in_system(each.point, "CGCS2000") if each.point else (None, None)
        is_public = each.is_public or (number % 3 == 0 and day >= date(2022, 10, 1))
        finished = each.finished if each.finished and each.finished <= day else None
        rows.append(
            (
                each.id,
                each.name,
                each.kind,
                each.township.name,
                each.village.name,
                round(longitude, 6) if longitude else None,
                round(latitude, 6) if latitude else None,
                "CGCS2000" if longitude else None,
                each.begun,
                finished,
                "是" if is_public else "否",
                each.supervisor or None,
                BUREAU,
            )
        )
        if not is_public or not each.supervisor:
            lacking = [] if is_public else ["public_notice"]
            lacking += [] if each.supervisor else ["supervisor"]
            desk.note_duty("project", BUREAU, each.id, "incomplete", lacking=lacking)
    look = Look("地灾治理及生态修复工程台账", unit="项", foot="填表人：资源专干")
    name = f"治理修复工程台账{day:%Y%m}"
    desk.send("projects", name, PROJECT_HEADERS, rows, at(day, 14, 50), BUREAU, look)


def write_projects_month(desk: Desk, end: date) -> None:
    """At the end of a quarter after the first list."""
    if end.month % 3 == 0 and end > FIRST_LIST + DAY:
        write_projects(desk, end)


# What satellites see


@dataclass(frozen=True)
class Patch:
    """One patch; `cause` is the episode it shows. `told` is what the county says it is, and when."""

    id: str
    issued: date
    point: Point
    area_mu: float
    told: str
    told_day: date | None
    cause: str = ""
    case_id: str = ""
    is_told_wrongly: bool = False


def patches(desk: Desk, issued_month: date) -> list[Patch]:
    """The patches issued in that month: from pictures of some months before."""
    world = desk.world
    begin = issued_month.replace(month=ISSUED[issued_month.month])
    rng = world.rng("patches", issued_month)
    issued = issued_month + rng.randint(4, 9) * DAY
    seen: list[tuple[Point, float, str, str, str, bool]] = []
    for episode in world.episodes:
        # Ground that was opened in the last days is on the next pictures.
        pictured = episode.first + 15 * DAY
        if episode.kind not in OPEN or not begin <= pictured < issued_month:
            continue
        case = desk.cases.of_episode.get(episode.id)
        is_wrong = case is None and not any(each[-1] for each in seen)
        told = "违法" if case else "伪变化" if is_wrong else rng.choice(("违法", ""))
        point = near(episode.place.point, 5, 40, rng)
        case_id = case.id if case else ""
        seen.append((point, rng.uniform(0.6, 14), told, episode.id, case_id, is_wrong))
    mines = [site for site in world.sites if site.licence]
    for number in range(rng.randint(*OTHERS_EACH)):
        site = rng.choice(mines)
        village = rng.choice(rng.choice(world.townships).villages)
        if number == 0:
            seen.append((near(site.point, 30, 120, rng), rng.uniform(3, 30), "合法", "", "", False))
        else:
            point = near(village.point, 300, 1_200, rng)
            told = rng.choice(("伪变化", "伪变化", "伪变化", ""))
            seen.append((point, rng.uniform(0.4, 5), told, "", "", False))
    rng.shuffle(seen)
    return [
        Patch(
            f"999901{issued:%Y%m}{number:04}",
            issued,
            point,
            round(area, 1),
            told,
            issued + rng.choice((*range(6, 26), 40, 50, 60)) * DAY if told else None,
            cause,
            case_id,
            is_wrong,
        )
        for number, (point, area, told, cause, case_id, is_wrong) in enumerate(seen, start=1)
    ]


def patches_until(desk: Desk, end: date) -> list[Patch]:
    """The year's patches issued by that day, in the order of their numbers."""
    since = max(BEGUN, listed_from(end))
    found = []
    for quarter in quarters(since, end):
        for offset in (0, 2):
            month = quarter.replace(month=quarter.month + offset)
            if month.month in ISSUED and month <= end:
                found += patches(desk, month)
    return [patch for patch in found if patch.issued <= end]


def write_patches(desk: Desk, end: date) -> None:
    """The year's patches with what the county has said of them by the end of the month."""
    rows: list[Row] = []
    found = patches_until(desk, end)
    for each in found:
        # One batch came in another system.
        system = "GCJ-02" if each.issued.month == 10 else "CGCS2000"
        longitude, latitude = in_system(each.point, system)
        is_told = each.told_day is not None and each.told_day <= end
        case_id = each.case_id if is_told else None
        rows.append(
            (
                each.id,
                each.issued,
                round(longitude, 6),
                round(latitude, 6),
                system,
                each.area_mu,
                each.told if is_told else None,
                each.told_day if is_told else None,
                case_id or None,
            )
        )
        is_late = each.told_day is not None and each.told_day - each.issued > LATE
        if not each.told or each.is_told_wrongly or is_late:
            outcome = "told_late" if is_late else "never_told"
            outcome = "told_wrongly" if each.is_told_wrongly else outcome
            told = {"issued": each.issued, "cause": each.cause or None}
            desk.note_duty("patch", BUREAU, each.id, outcome, **told)
    look = Look("矿产卫片图斑核查填报表", unit="个", foot="填表人：执法队员10")
    blank = (2, "下发日期") if end.month == 9 else None
    name = f"卫片图斑台账{end:%Y%m}"
    sent = desk.send("patches", name, PATCH_HEADERS, rows, at(end, 15, 10), BUREAU, look, blank)
    for order, each in enumerate(found):
        is_lost = blank is not None and order == blank[0] % len(found)
        if each.cause and sent and not is_lost:
            where = {"row": sent[1] + order, "patch_id": each.id}
            desk.outbox.note_trace(each.cause, "patches", sent[0], **where)


# What mines report


@dataclass(frozen=True)
class Report:
    """One report; `cause` is the episode it is about."""

    moment: datetime
    enterprise: str
    credit_code: str
    township: Township
    site: Site | None
    text: str
    point: Point | None
    cause: str = ""
    case_id: str = ""


def reports(desk: Desk, quarter: date) -> list[Report]:
    """The reports of a quarter: of mines near a place where somebody digs, and one of surveyors."""
    world, end = desk.world, month_end(quarter + 65 * DAY)
    mines = [site for site in world.sites if site.licence]
    found = []
    for episode in world.episodes:
        day = episode.nights[len(episode.nights) // 2]
        if not quarter <= day <= end:
            continue
        rng = world.rng("mine report", episode.id)
        near_by = [
            site
            for site in mines
            if site != episode.place.site and distance_m(site.point, episode.place.point) < WITHIN_M
        ]
        if not near_by or rng.random() >= REPORTED_SHARE:
            continue
        mine = near_by[0]
        case = desk.cases.of_episode.get(episode.id)
        is_filed = case is not None and case.discovered <= day
        found.append(
            Report(
                at(day, rng.randint(7, 11), rng.randrange(60)),
                # Short, as everybody calls them.
                mine.enterprise.removesuffix("有限公司") if rng.random() < 0.3 else mine.enterprise,
                credit_code(world.rng("credit", mine.id)),
                mine.township,
                episode.place.site,
                f"夜间{episode.place.village.name}方向有机械作业声音和车辆灯光，疑似采挖{episode.mineral}",
                near(episode.place.point, 50, 400, rng) if rng.random() < 0.6 else None,
                episode.id,
                case.id if case and is_filed else "",
            )
        )
    rng = world.rng("survey report", quarter)
    township = rng.choice(world.townships)
    village = rng.choice([each for each in township.villages if not each.is_community])
    day = quarter + rng.randint(5, 60) * DAY
    text = f"勘察作业途经{village.name}，见一处新鲜挖痕，未见人员机械"
    found.append(Report(at(day, 10), SURVEYORS, "", township, None, text, village.point))
    return sorted(found, key=lambda one: (one.moment, one.enterprise))


def write_reports(desk: Desk, end: date) -> None:
    """What the enterprises of each township have reported this year, if it has any or is asked anyway."""
    found: dict[str, list[tuple[str, Report]]] = {
        site.township.government: [] for site in desk.world.sites if site.licence
    }
    for quarter in quarters(max(BEGUN, listed_from(end)), end):
        for number, one in enumerate(reports(desk, quarter), start=1):
            if one.moment.date() <= end:
                identifier = f"QB{quarter_start(quarter):%Y%m}{number:02}"
                found.setdefault(one.township.government, []).append((identifier, one))
    for sender, own in sorted(found.items()):
        rows = [report_row(identifier, one) for identifier, one in own]
        # Two empty forms of one day would be the same file if they did not say whose they are.
        short = sender.removesuffix("人民政府")
        number = desk.world.rng("filled in by", sender, end).randint(1, 99)
        foot = f"填表人：执法队员{number:02}"
        look = Look(f"{short}企业发现非法采矿情况报告台账", foot=foot, is_sent_empty=True)
        name = f"{short}企业报告{end:%Y%m}"
        sent = desk.send(
            "enterprise_reports", name, REPORT_HEADERS, rows, at(end, 13, 30), sender, look
        )
        for order, (identifier, one) in enumerate(own):
            if one.cause and sent:
                where = {"row": sent[1] + order, "report_id": identifier}
                desk.outbox.note_trace(one.cause, "enterprise_reports", sent[0], **where)


def report_row(identifier: str, one: Report) -> Row:
    """The report as the township lists it."""
    longitude, latitude = one.point or (None, None)
    return (
        identifier,
        one.enterprise,
        one.credit_code or None,
        minute(one.moment),
        one.site.id if one.site else None,
        one.text,
        round(longitude, 6) if longitude else None,
        round(latitude, 6) if latitude else None,
        one.case_id or None,
    )
