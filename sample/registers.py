"""`sites`: the register of supervised places, as townships and the bureau keep it in spreadsheets.

Each township has its own habits: another coordinate system, another way of ticking boxes, numbers it
does not know. One declares WGS84 and copies from a map that is GCJ-02: only the truth knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sample.grounds import CLASSES, site_id
from sample.outbox import Outbox
from sample.places import Point, distance_m, in_system, moved
from sample.wording import answer, sexagesimal, written_date
from sample.world import BUREAU, COUNTY, REGISTERED, Site, Township, World
from sample.writers import Cell, Sheet, csv_bytes, xls_bytes, xlsx_bytes

HEADERS = (
    *("点位编号", "名称", "对象类别", "乡镇", "村", "小地名", "经度", "纬度", "坐标系", "矿种"),
    *(
        "采矿许可证号",
        "有效期起",
        "有效期止",
        "关闭日期",
        "警示标识牌",
        "监管责任牌",
        "县级责任单位",
    ),
    *("乡级网格员", "村级网格员", "网格区域", "网格职责", "生产状态", "是否重点区域", "责任企业"),
    *("登记日期", "销号日期", "销号理由"),
)
TOWNSHIP_COLUMN, VILLAGE_COLUMN = HEADERS.index("乡镇") + 1, HEADERS.index("村") + 1
FEED = "sites"


@dataclass(frozen=True)
class Habit:
    """How one township fills in its register."""

    declared: str = "WGS84"
    system: str = "WGS84"
    kind: str = "xlsx"
    answers: str = "words"
    dates: str = "iso"
    degrees: str = "number"
    knows_numbers: bool = True
    has_two_headers: bool = False


HABITS = {
    "100": Habit(declared="CGCS2000"),
    "101": Habit(answers="ticks", dates="dot", degrees="text"),
    "102": Habit(declared="GCJ-02", system="GCJ-02", has_two_headers=True),
    # Says WGS84 and is not.
    "103": Habit(declared="WGS84", system="GCJ-02", kind="xls", dates="date"),
    "104": Habit(answers="boxes", dates="cn", degrees="sexagesimal"),
    "105": Habit(declared="BD-09", system="BD-09", dates="packed"),
    "200": Habit(answers="ticks", dates="numerals", degrees="sexagesimal"),
    "201": Habit(kind="csv", dates="slash", knows_numbers=False),
}
BUREAU_HABIT = Habit(dates="date")


def degrees(value: float, habit: Habit) -> Cell:
    """One coordinate as the township writes it."""
    if habit.degrees == "sexagesimal":
        whole, minutes, seconds = sexagesimal(value, 2)
        return f"{whole}°{minutes}′{seconds}″"
    return f"{value:.6f}" if habit.degrees == "text" else round(value, 6)


def written(day: date | None, habit: Habit) -> Cell:
    """A date as the township writes it; a true date cell for some."""
    if day is None:
        return None
    return day if habit.dates == "date" else written_date(day, habit.dates)


def site_row(world: World, site: Site, habit: Habit, point: Point) -> tuple[Cell, ...]:
    """The register's row of a site; `point` is where the register says it lies, in WGS84."""
    rng = world.rng("register", site.id)
    where = in_system(point, habit.system)
    # Some places were never measured, so that completeness has something to find.
    is_measured = site.kind == "licensed_mine" or rng.random() > 0.06
    has_grid = rng.random() > 0.07
    number = 1 + int(site.village.code[-3:]) % 20

    def yes(is_so: bool, column: str = "licence") -> str:
        return answer("yes" if is_so else "no", column, habit.answers, rng)

    return (
        site.id if habit.knows_numbers else None,
        site.name,
        CLASSES[site.kind],
        site.township.name,
        site.village.name,
        site.gully or None,
        degrees(where[0], habit) if is_measured else None,
        degrees(where[1], habit) if is_measured else None,
        habit.declared if is_measured else None,
        site.mineral,
        site.licence,
        written(site.licence_from, habit),
        written(site.licence_to, habit),
        written(site.closed, habit),
        yes(site.has_sign),
        yes(site.has_plate),
        BUREAU,
        f"乡级网格员{int(site.township.code[-1]) + 1:02}",
        f"网格员{number:02}" if has_grid else None,
        f"{site.village.name}{site.gully}" if has_grid else None,
        "每周巡查，发现问题立即报告" if has_grid else None,
        site.state,
        yes(site.is_key, "shallow"),
        site.enterprise,
        written(site.registered, habit),
        written(site.deregistered, habit),
        site.deregistered_reason,
    )


def register_sheet(
    rows: Sequence[tuple[Cell, ...]], title: str, filler: str, has_two_headers: bool = False
) -> tuple[Sheet, int]:
    """A sheet as an office makes it, and its first data row: title, header, merged names, sum, foot."""
    sheet = Sheet("登记册", widths={2: 26, 3: 20, 7: 14, 8: 14, 11: 26})
    sheet.merge(1, 1, 1, len(HEADERS), title, "title")
    sheet.merge(2, 1, 2, len(HEADERS), f"填报单位：{filler}", "plain")
    first = 4
    if has_two_headers:
        first = 5
        groups = {"地理坐标": ("经度", "坐标系"), "采矿许可证": ("采矿许可证号", "有效期止")}
        covered = set()
        for group, ends in groups.items():
            left, right = (HEADERS.index(end) + 1 for end in ends)
            sheet.merge(3, left, 3, right, group, "head")
            covered |= set(range(left, right + 1))
        for column, header in enumerate(HEADERS, start=1):
            if column in covered:
                sheet.put(4, column, header, "head")
            else:
                sheet.merge(3, column, 4, column, header, "head")
    else:
        sheet.put_row(3, HEADERS, "head")
    for number, row in enumerate(rows):
        sheet.put_row(first + number, row)
    merge_equal(sheet, rows, first, TOWNSHIP_COLUMN)
    merge_equal(sheet, rows, first, VILLAGE_COLUMN)
    last = first + len(rows)
    sheet.put(last, 1, "合计", "cell")
    sheet.put(last, 2, f"{len(rows)}处", "cell")
    foot = "填表人：资源专干　　　　审核人：分管负责人"
    sheet.merge(last + 1, 1, last + 1, len(HEADERS), foot, "plain")
    return sheet, first


def merge_equal(sheet: Sheet, rows: Sequence[tuple[Cell, ...]], first: int, column: int) -> None:
    """Merge runs of equal cells in a column, as offices do with names."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end][column - 1] != rows[start][column - 1]:
            value = rows[start][column - 1]
            sheet.merge(first + start, column, first + end - 1, column, value, "cell")
            start = end


def send(
    outbox: Outbox,
    world: World,
    sites: Iterable[Site],
    day: date,
    name: str,
    township: Township | None,
    points: dict[str, Point] | None = None,
) -> str:
    """Deliver one list of sites; `points` replaces what the register believes about some."""
    habit = HABITS[township.short] if township else BUREAU_HABIT
    sender = township.government if township else BUREAU
    held = sorted(sites, key=lambda site: (site.village.code, site.id))
    rows = [site_row(world, site, habit, (points or {}).get(site.id, site.point)) for site in held]
    title = f"{COUNTY}{township.name if township else ''}重点监管对象登记册"
    first = 2
    if habit.kind == "csv":
        content = csv_bytes([HEADERS, *rows], "gb18030")
    else:
        sheet, first = register_sheet(rows, title, sender, habit.has_two_headers)
        content = (xls_bytes if habit.kind == "xls" else xlsx_bytes)([sheet])
    received = datetime.combine(day, time(16, 10))
    is_plain = habit.kind == "csv"
    file = outbox.deliver(
        FEED,
        f"{township.name if township else BUREAU}/{name}.{habit.kind}",
        content,
        received,
        sender,
        rows_good=len(rows),
        rows_rejected=0,
        rows_skipped={} if is_plain else {"subtotal": 1, "footer": 1},
        first_row=first,
        site_ids=[site.id for site in held],
    )
    if habit.declared != habit.system and habit.declared != "CGCS2000":
        outbox.note_dirt(
            "wrong_crs_declared", file, declared=habit.declared, really=habit.system, rows=len(rows)
        )
    if not habit.knows_numbers:
        outbox.note_dirt("site_numbers_unknown", file, rows=len(rows))
    return file


def write_registers(outbox: Outbox, world: World, last: date) -> None:
    """First registers of every township and the bureau, then changes up to the last day."""
    wrong = misplaced(world)
    for order, township in enumerate(world.townships):
        sites = [
            site
            for site in world.sites_of(township)
            if site.kind != "licensed_mine" and site.registered == REGISTERED
        ]
        # Nobody knows yet that a site will be struck off.
        sites = [replace(site, deregistered=None, deregistered_reason=None) for site in sites]
        day = date(2022, 6, 27 + order // 3)
        file = send(outbox, world, sites, day, f"{township.name}登记册", township, wrong)
        for site in sites:
            if site.id in wrong:
                metres = round(distance_m(site.point, wrong[site.id]))
                outbox.note_dirt("misplaced_site", file, site_id=site.id, metres=metres)
    mines = [site for site in world.sites if site.kind == "licensed_mine"]
    send(outbox, world, mines, date(2022, 6, 30), "有证矿山登记册", None)
    for day, name, township, sites in changes(world):
        if day <= last:
            send(outbox, world, sites, day, name, township)


def misplaced(world: World) -> dict[str, Point]:
    """Sites whose first register has a slip of a digit; a later delivery puts it right."""
    slip = site_id(world.township("101"), 2)
    return {site.id: moved(site.point, 8_100, 0.3) for site in world.sites if site.id == slip}


def changes(world: World) -> list[tuple[date, str, Township, list[Site]]]:
    """Every later delivery: day, file name, township, its rows."""
    by_id = {site.id: site for site in world.sites}
    found = []
    for site in world.sites:
        if site.registered != REGISTERED:
            name = f"{site.township.name}新增点位{site.registered:%m%d}"
            found.append((site.registered, name, site.township, [site]))
        if site.deregistered:
            day = site.deregistered.replace(day=site.deregistered.day + 2)
            found.append((day, f"{site.township.name}销号", site.township, [site]))
    corrected = world.township("101")
    moved_site = by_id[site_id(corrected, 2)]
    found.append((date(2022, 7, 18), f"{corrected.name}坐标更正", corrected, [moved_site]))
    signs = world.township("100")
    put_up = [
        replace(site, has_sign=True, has_plate=True)
        for site in world.sites_of(signs)
        if site.kind != "licensed_mine"
    ]
    found.append((date(2022, 11, 8), f"{signs.name}登记册（补立标识牌）", signs, put_up))
    return sorted(found, key=lambda change: change[:2])
