"""`patrol_ledger`: annex 2, as villages, townships and the county's bureau fill it in.

A line of the ledger says where somebody looked and what was found; nearly always nothing. The rounds
of a week are drawn from the world first, village by village, then written in the township's own way,
and last the month's planned faults are put in. Two draws of the same week agree, so that a form can
repeat last week's word for word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sample.forms import Form, Line, document, pages
from sample.outbox import Outbox
from sample.places import Point, distance_m, in_system, near
from sample.wording import SWAPPED, answer, numeral, written_date, written_point
from sample.world import BUREAU, COUNTY, Site, Township, Village, World
from sample.writers import docx_bytes, xls_bytes, xlsx_bytes

FEED = "patrol_ledger"
TITLE = f"{COUNTY}严厉打击非法违法开采矿产资源行为巡查检查台账"
FIRST_WEEK = date(2022, 6, 27)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Habit:
    """How one township keeps its ledgers.

    `layout`: a sheet for every village, all forms of the week below each other on one sheet, or one
    form for all villages. `points`: ways of writing coordinates, none among them.
    """

    layout: str = "stacked"
    kind: str = "xlsx"
    dates: str = "cn"
    answers: str = "words"
    places: str = "full"
    points: tuple[str | None, ...] = ("decimal", None)
    system: str = "WGS84"
    is_extended: bool = False
    has_prefix: bool = False
    own_files: tuple[str, ...] = ()
    names_level_monthly: bool = True


HABITS = {
    "100": Habit("sheet_per_village", answers="loose", points=("decimal", "wide_comma", None)),
    "101": Habit(
        dates="dot",
        points=("dms", "dms_latin", "dms", None),
        has_prefix=True,
        names_level_monthly=False,
    ),
    "102": Habit("one_form", points=("wide_comma", "list_comma", "decimal"), system="GCJ-02"),
    "103": Habit(kind="xls", dates="slash", points=("decimal", None, None), places="village"),
    "104": Habit(kind="docx", answers="boxes", dates="spaced", points=("dms_both", "words", None)),
    "105": Habit(
        "sheet_per_village", dates="iso", is_extended=True, system="BD-09", points=(None,)
    ),
    "200": Habit(
        dates="numerals",
        answers="ticks",
        points=("swapped", "full_width", "packed", None),
        names_level_monthly=False,
    ),
    "201": Habit(
        "sheet_per_village",
        dates="full_width",
        places="gully",
        points=("decimal", "dms"),
        own_files=("高峁村", "瓦窑坡村", "沟门前村"),
    ),
}
# This village has filled in one form, once, and copies it ever since.
COPYIST = "寨沟村"

OBSERVATIONS = (
    *("未见新鲜车辙", "无人员活动痕迹", "未见机械设备", "与上次相比无变化", "周边无堆料"),
    *("未发现新挖痕迹", "沿途未见拉运车辆", "走访群众无反映", "无夜间作业迹象", "道路无新开便道"),
)
OBSERVATIONS_AT = {
    "closed_shaft": ("洞口封堵完好", "覆土未被扰动", "围栏完好", "警示牌完好"),
    "dig_prone": ("沟口土堆完好", "便道已断", "警示牌完好"),
    "licensed_mine": ("界桩完好", "未见超界痕迹", "值守人员在岗"),
}
TIMES = ("上午", "下午", "傍晚", "清晨", "夜间")
WEEKDAYS = "一二三四五六日"


def week_name(monday: date) -> str:
    """10月第2周; a week belongs to the month of its Thursday."""
    month, number = week_number(monday)
    return f"{month}月第{number}周"


def week_number(monday: date) -> tuple[int, int]:
    """The week's month, and which week of it this is."""
    thursday = monday + timedelta(days=3)
    return thursday.month, (thursday.day - 1) // 7 + 1


def mondays(first: date, last: date) -> Iterator[date]:
    """The weeks that end within these days."""
    sunday = first + timedelta(days=6 - first.weekday())
    while sunday <= last:
        yield sunday - timedelta(days=6)
        sunday += WEEK


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the day's quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class Round:
    """What a village did in a week: the day its form carries, and its lines (none: a zero report)."""

    village: Village
    monday: date
    filled: date
    lines: tuple[Line, ...]
    zero_text: str | None = None
    copied_from: date | None = None


class Rounds:
    """Who looked where, in the words of each township."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.townships = {township.code: township for township in world.townships}
        self.sites = {
            village.code: world.sites_of(village)
            for township in world.townships
            for village in township.villages
        }

    def habit(self, village: Village) -> Habit:
        """The habit of the village's township."""
        return HABITS[village.township_code[-3:]]

    def of(self, village: Village, monday: date) -> Round | None:
        """The village's round in that week; None if it did none or wrote nothing."""
        rng = self.world.rng("round", village.code, monday)
        if rng.random() < 0.05:
            return None
        # Mostly towards the end of the week, sometimes on the Monday after.
        filled = monday + timedelta(days=rng.choice((4, 4, 5, 6, 6, 6, 6, 6, 6, 7)))
        is_copied = village.name == COPYIST or rng.random() < 0.06
        if is_copied and monday > FIRST_WEEK:
            before = FIRST_WEEK if village.name == COPYIST else monday - WEEK
            source = self.of(village, before)
            if source and source.lines:
                # Word for word, only the day is another.
                lines = tuple(replace(line, patrolled=filled) for line in source.lines)
                return Round(village, monday, filled, lines, copied_from=before)
        active = [site for site in self.sites[village.code] if site.is_active_on(monday)]
        lines = [self.line(site, filled, monday) for site in active if rng.random() < 0.97]
        if not active and rng.random() < 0.4 and not village.is_community:
            lines = [self.whole_village(village, filled, monday)]
        if rng.random() < 0.02 and not village.is_community:
            lines.append(self.unknown_place(village, filled, monday))
        zero_text = rng.choice(("零报告", "本周未发现", None, None, None)) if not lines else None
        return Round(village, monday, filled, tuple(lines), zero_text)

    def line(self, site: Site, day: date, turn: date | str) -> Line:
        """One line about a site; `turn` tells one round from another."""
        habit = HABITS[site.township.short]
        rng = self.world.rng("line", site.id, turn)
        finding, disposition = "no", rng.choice(("无", "/", "", "已封堵", "无"))
        is_secret = any(
            episode.site == site and episode.first <= day <= episode.last
            for episode in self.world.episodes
        )
        if site.kind == "dig_prone" and not is_secret:
            luck = rng.random()
            if luck < 0.006:
                finding = "yes"
                disposition = "发现挖机1台正在采挖，已责令停止并清场，移交自然资源局"
            elif luck < 0.020:
                finding, disposition = "suspected", "现场有新挖痕迹，已拍照上报待核实"
        out_of_bounds = "suspected" if site.licence and rng.random() < 0.02 else "no"
        point = near(site.point, 3, 60, rng)
        return Line(
            location=self.location(site, point, habit, rng),
            mineral=site.mineral if rng.random() > 0.04 else "",
            licence=self.licence(site, habit, rng),
            shallow=answer(
                "yes" if site.mineral == "煤" and site.kind == "dig_prone" else "no",
                "shallow",
                habit.answers,
                rng,
            ),
            illegal=answer(finding, "finding", habit.answers, rng),
            out_of_bounds=answer(out_of_bounds, "finding", habit.answers, rng),
            violation=answer("no", "finding", habit.answers, rng),
            disposition=disposition,
            remark=self.remark(day, rng, site.kind),
            patrolled=min(day, day - timedelta(days=rng.choice((0, 0, 1, 2)))),
            arrived=time(rng.choice((8, 9, 10, 15, 16)), rng.randrange(60)),
            patroller=f"网格员{1 + int(site.village.code[-3:]) % 20:02}",
            photo=f"IMG_{day:%m%d}_{rng.randrange(10000):04}" if rng.random() < 0.8 else "",
            site_id=site.id,
            point=in_system(point, habit.system),
            village_code=site.village.code,
            place="site",
            finding=finding,
        )

    def location(self, site: Site, point: Point, habit: Habit, rng: Random) -> str:
        """Where it is, in words and often in figures."""
        name = site.name if site.licence else f"{site.village.name}{site.gully}"
        if site.kind == "closed_shaft" and rng.random() < 0.5:
            name += "废弃矿井"
        if habit.places == "gully":
            name = name.removeprefix(site.village.name)
        elif habit.places == "full":
            name = site.township.name + name
        if rng.random() < 0.05:
            # The township's former name lives on.
            name = name.replace("柳树湾镇", "柳树湾乡").translate(SWAPPED)
        style = rng.choice(habit.points)
        return name + (written_point(in_system(point, habit.system), style) if style else "")

    def licence(self, site: Site, habit: Habit, rng: Random) -> str:
        """有无采矿证: sometimes the number itself."""
        if site.licence and rng.random() < 0.3:
            return site.licence
        return answer("yes" if site.licence else "no", "licence", habit.answers, rng)

    def remark(self, day: date, rng: Random, kind: str = "") -> str:
        """A remark of somebody who was there, or none."""
        if rng.random() < 0.1:
            return ""
        seen = "，".join(rng.sample(OBSERVATIONS + OBSERVATIONS_AT.get(kind, ()), 2))
        return f"周{WEEKDAYS[day.weekday()]}{rng.choice(TIMES)}巡查，{seen}"

    def whole_village(self, village: Village, day: date, turn: date) -> Line:
        """A village without any site looks round its ground."""
        habit = self.habit(village)
        rng = self.world.rng("whole", village.code, turn)
        township = self.townships[village.township_code].name if habit.places == "full" else ""
        return self.plain_line(
            village, f"{township}{village.name}全村范围", "village", day, habit, rng
        )

    def unknown_place(self, village: Village, day: date, turn: date) -> Line:
        """A place that no register has."""
        habit = self.habit(village)
        rng = self.world.rng("unknown", village.code, turn)
        while True:
            point = near(village.point, 300, 1_800, rng)
            if all(distance_m(site.point, point) > 1_000 for site in self.world.sites):
                break
        where = rng.choice(("东山坡", "河滩", "旧砖窑后", "公路拐弯处"))
        text = f"{village.name}{where}" + written_point(in_system(point, habit.system), "decimal")
        line = self.plain_line(village, text, "unregistered", day, habit, rng)
        finding = "suspected" if rng.random() < 0.4 else "no"
        return replace(
            line,
            illegal=answer(finding, "finding", habit.answers, rng),
            finding=finding,
            point=in_system(point, habit.system),
        )

    def plain_line(
        self, village: Village, text: str, place: str, day: date, habit: Habit, rng: Random
    ) -> Line:
        """A line about no site."""
        no = answer("no", "finding", habit.answers, rng)
        return Line(
            location=text,
            mineral="",
            licence=answer("no", "licence", habit.answers, rng),
            shallow=answer("no", "shallow", habit.answers, rng),
            illegal=no,
            out_of_bounds=no,
            violation=no,
            disposition="无",
            remark=self.remark(day, rng),
            patrolled=day,
            arrived=time(rng.choice((9, 10, 15)), rng.randrange(60)),
            patroller=f"网格员{1 + int(village.code[-3:]) % 20:02}",
            photo="",
            site_id=None,
            point=None,
            village_code=village.code,
            place=place,
            finding="no",
        )


@dataclass
class Draft:
    """A delivery before it is written: its forms, one list a sheet, and what was put into it."""

    township: Township | None
    name: str
    sheets: list[tuple[str, list[Form]]]
    filled: date
    is_own: bool = False
    faults: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def forms(self) -> list[Form]:
        """All forms in their order."""
        return [form for _, forms in self.sheets for form in forms]

    def replace_form(self, old: Form, new: Form) -> None:
        """Put another form in its place."""
        self.sheets = [
            (name, [new if form is old else form for form in forms]) for name, forms in self.sheets
        ]


class LedgerOffice:
    """Compiles rounds into forms, forms into files, and sends them."""

    def __init__(self, outbox: Outbox, world: World) -> None:
        self.outbox, self.world, self.rounds = outbox, world, Rounds(world)
        self.rows: list[dict[str, Any]] = []

    # Weekly rounds

    def village_form(self, done: Round, township: Township) -> Form:
        """The form of one village's round."""
        habit = HABITS[township.short]
        rng = self.world.rng("form", done.village.code, done.filled)
        unit = done.village.full_name
        if habit.has_prefix:
            unit = township.name + unit
        elif rng.random() < 0.3 and not done.village.is_community:
            unit = f"{done.village.stem}村委会"
        member = 1 + int(done.village.code[-3:]) % 20
        return Form(
            title=TITLE,
            unit=unit,
            unit_code=done.village.code,
            filled=done.filled,
            filled_text=written_date(done.filled, habit.dates),
            level="village",
            period=(done.monday, done.monday + timedelta(days=6)),
            lines=done.lines,
            zero_text=done.zero_text,
            is_extended=habit.is_extended,
            level_text="村级" if habit.is_extended else "",
            period_text=week_name(done.monday) if habit.is_extended else "",
            preparer=f"网格员{member:02}" if rng.random() > 0.1 else "",
            supervisor="村委副主任",
            principal="村支部书记" if rng.random() > 0.05 else "",
            blank_rows=2 if township.short == "103" else 0,
            splits_head=township.short == "103",
            copied_from=done.copied_from,
            has_ditto=township.short == "200",
        )

    def compiled_form(self, done: Sequence[Round], township: Township, monday: date) -> Form:
        """All villages of a township in one form, by the township."""
        habit = HABITS[township.short]
        # Every fourth week the clerk forgets to say whose rounds these are.
        names_level = monday.toordinal() // 7 % 4 > 0
        kind = "村级周排查台账" if names_level else "巡查检查台账"
        filled = monday + timedelta(days=6)
        lines = tuple(line for each in done for line in each.lines)
        return Form(
            title=f"{township.name}{week_name(monday)}{kind}",
            unit=township.government,
            unit_code=township.code,
            filled=filled,
            filled_text=written_date(filled, habit.dates),
            level="village" if names_level else "undetermined",
            period=(monday, filled),
            lines=lines,
            preparer="乡级网格员03",
            supervisor="分管副镇长",
            principal="镇长",
            has_subtotal=True,
            header_again_after=12 if len(lines) > 16 else 0,
            merges_minerals=True,
        )

    def week(self, township: Township, monday: date) -> list[Draft]:
        """The township's files of one week, without faults."""
        habit = HABITS[township.short]
        done = [each for each in (self.rounds.of(v, monday) for v in township.villages) if each]
        own = [each for each in done if each.village.name in habit.own_files]
        done = [each for each in done if each.village.name not in habit.own_files]
        sunday = monday + timedelta(days=6)
        if habit.layout == "one_form":
            form = self.compiled_form(done, township, monday)
            sheets = [("Sheet1", [form])]
        elif habit.layout == "stacked":
            sheets = [("巡查台账", [self.village_form(each, township) for each in done])]
        else:
            sheets = [(each.village.stem, [self.village_form(each, township)]) for each in done]
        drafts = [Draft(township, self.week_file(township, monday), sheets, sunday)]
        for each in own:
            name = f"{each.village.name}巡查台账{each.filled.month}.{each.filled.day}"
            sheets = [("Sheet1", [self.village_form(each, township)])]
            drafts.append(Draft(township, name, sheets, each.filled, is_own=True))
        return drafts

    def week_file(self, township: Township, monday: date) -> str:
        """What the township calls its file."""
        sunday = monday + timedelta(days=6)
        span = f"{monday.month}.{monday.day}-{sunday.month}.{sunday.day}"
        month, number = week_number(monday)
        return {
            "100": f"{township.name}{week_name(monday)}村级巡查台账",
            "101": f"{township.name}巡查台账（{span}）",
            "102": f"{township.name}台账{sunday:%Y%m%d}",
            "103": f"{township.name}{sunday:%Y%m%d}",
            "104": f"{township.name}巡查检查台账{written_date(sunday, 'cn')}",
            "105": f"{township.name}_{monday}_{sunday}",
            "200": f"{township.name}{numeral(month)}月第{numeral(number)}周台账",
            "201": f"{township.name}{week_name(monday)}巡查检查台账",
        }[township.short]

    # Monthly and quarterly patrols

    def month(self, township: Township, month_start: date, last: date) -> Draft | None:
        """The township's own monthly round; now and then a township leaves it out."""
        habit = HABITS[township.short]
        key = f"{month_start:%Y-%m}"
        rng = self.world.rng("monthly", township.short, key)
        if rng.random() < 0.06:
            return None
        filled = last - timedelta(days=rng.randrange(0, 5))
        sites = [site for site in self.world.sites_of(township) if site.is_active_on(month_start)]
        kind = "乡级月排查台账" if habit.names_level_monthly else "巡查检查台账"
        title = f"{township.name}{filled.year}年{filled.month}月{kind}"
        form = Form(
            title=title,
            unit=township.government,
            unit_code=township.code,
            filled=filled,
            filled_text=written_date(filled, habit.dates),
            level="township" if habit.names_level_monthly else "undetermined",
            period=(month_start, last),
            lines=tuple(
                self.rounds.line(site, filled, f"month {key}")
                for site in sites
                if rng.random() < 0.96
            ),
            is_extended=habit.is_extended,
            level_text="乡级" if habit.is_extended else "",
            period_text=f"{filled.year}年{filled.month}月" if habit.is_extended else "",
            preparer="乡级网格员01",
            supervisor="分管副镇长",
            principal="镇长",
            has_subtotal=township.short in ("101", "102"),
            has_ditto=township.short == "200",
            merges_minerals=township.short == "102",
        )
        return Draft(township, f"{title}", [("月排查", [form])], filled)

    def quarter(self, filled: date, part: str, shorts: Sequence[str]) -> Draft:
        """The bureau's quarterly patrol: a sheet for every township, all of one day."""
        number = (filled.month + 2) // 3
        title = f"{COUNTY}{filled.year}年第{numeral(number)}季度县级巡查台账{part}"
        sheets = []
        for township in self.world.townships:
            if township.short not in shorts:
                continue
            rng = self.world.rng("quarterly", township.short, filled)
            sites = [site for site in self.world.sites_of(township) if site.is_active_on(filled)]
            lines = []
            for site in sites:
                if rng.random() < 0.97:
                    line = self.rounds.line(site, filled, f"quarter {filled}")
                    # The bureau has a list with all numbers and receivers of its own.
                    point = near(site.point, 1, 20, rng)
                    text = f"{township.name}{site.village.name}{site.gully or site.name}"
                    location = text + written_point(point, "decimal")
                    lines.append(replace(line, location=location, point=point))
            form = Form(
                title=title,
                unit=BUREAU,
                unit_code="999901U01",
                filled=filled,
                filled_text=written_date(filled, "cn"),
                level="county",
                period=quarter_of(filled),
                lines=tuple(lines),
                preparer="执法队员05",
                supervisor="分管副局长",
                principal="局长",
            )
            sheets.append((township.name, [form]))
        return Draft(None, title, sheets, filled)

    # Faults

    def month_faults(self, weeks: Sequence[date]) -> dict[tuple[str, date], str]:
        """The month's faults, each in another township and week; one kind each, every month."""
        month = f"{weeks[-1]:%Y-%m}"
        slots = [(township.short, monday) for monday in weeks for township in self.world.townships]
        self.world.rng("faults", month).shuffle(slots)
        planned = {slot: "late" for slot in slots if slot == LATE_BEYOND_THE_AS_OF}
        for kind in FAULTS:
            suited = [
                slot for slot in slots if slot not in planned and slot[0] in SUITED.get(kind, ANY)
            ]
            if suited:
                planned[suited[0]] = kind
        return planned

    def struck_form(self, draft: Draft, kind: str) -> Form | None:
        """The form that a fault strikes: one with lines."""
        forms = [form for form in draft.forms if form.lines and not form.copied_from]
        return self.world.rng("struck", kind, draft.name).choice(forms) if forms else None

    def put_fault(self, draft: Draft, kind: str) -> None:
        """Change one form of the draft and remember how."""
        form = self.struck_form(draft, kind)
        if form is None:
            return
        line = form.lines[0]
        where: dict[str, Any] = {"unit": form.unit, "line": 1}
        if kind == "no_filled_date":
            changed = replace(form, filled=None, filled_text="    年    月    日")
            where = {"unit": form.unit, "rows": len(form.lines)}
        elif kind == "date_only_in_file_name":
            changed = replace(form, filled=draft.filled, filled_text="    年    月    日")
            where = {"unit": form.unit, "rows": len(form.lines)}
        elif kind == "implausible_date":
            wrong = written_date(form.filled.replace(year=2204), HABITS[draft.township.short].dates)
            changed = replace(form, filled=None, filled_text=wrong)
            where = {"unit": form.unit, "rows": len(form.lines), "written": wrong}
        elif kind == "bad_coordinate":
            text = f"{line.location.split('(')[0].split('（')[0].split(' ')[0]}"
            written = f"{text} 东经111°75′30″ 北纬43°68′12″"
            if form.is_extended:
                line = replace(line, bad_longitude="111.5x3")
                where |= {"written": "111.5x3"}
            else:
                line = replace(line, location=written, point=None)
                where |= {"written": written}
            changed = replace(form, lines=(line, *form.lines[1:]))
        elif kind in ("phone_number", "identity_number"):
            rng = self.world.rng("number", draft.name)
            number = invented_phone(rng) if kind == "phone_number" else invented_identity(rng)
            remark = f"群众反映夜间有车辆进出，联系方式{number}，已现场核实未发现"
            changed = replace(form, lines=(replace(line, remark=remark), *form.lines[1:]))
            where |= {"number": number}
        else:
            raise ValueError(kind)
        draft.replace_form(form, changed)
        draft.faults.append((kind, where))

    def send_week(self, draft: Draft, kind: str | None) -> None:
        """Send a weekly file with its fault, if any."""
        if kind in FAULTS_OF_A_FORM:
            self.put_fault(draft, kind)
        if kind == "silent":
            self.outbox.note_dirt(
                "silent_week", "", unit=draft.township.government, name=draft.name
            )
            return
        if kind == "late":
            rng = self.world.rng("late", draft.name)
            draft.faults.append(("late_delivery", {}))
            self.send(draft, days_late=rng.randint(9, 13))
            return
        if kind == "unreadable":
            self.send_truncated(draft)
            # The township is called and sends it once more.
            self.send(replace(draft, name=f"{draft.name}（重发）"), days_late=2)
            return
        self.send(draft)
        if kind == "corrected":
            self.send_corrected(draft)
        if kind == "conflict":
            self.send_conflicting(draft)

    def send_truncated(self, draft: Draft) -> None:
        """A file whose end was lost on the way."""
        content, suffix = self.content(draft)
        file = self.outbox.deliver(
            FEED,
            self.path(draft, suffix),
            content[: len(content) * 3 // 5],
            self.received(draft),
            draft.township.government,
            is_unreadable=True,
        )
        self.outbox.note_dirt("unreadable", file)

    def send_corrected(self, draft: Draft) -> None:
        """Three days later the same forms again, with one answer changed."""
        form = self.struck_form(draft, "corrected")
        if form is None:
            return
        line = replace(
            form.lines[0],
            illegal=answer("suspected", "finding", "words", self.world.rng("again", draft.name)),
            finding="suspected",
            disposition="复查发现新挖痕迹，已上报",
        )
        again = replace(draft, name=f"{draft.name}（更正）", sheets=list(draft.sheets))
        again.replace_form(form, replace(form, lines=(line, *form.lines[1:])))
        again.faults = [("corrected", {"unit": form.unit, "line": 1, "replaces": draft.name})]
        self.send(again, days_late=3)

    def send_conflicting(self, draft: Draft) -> None:
        """One village also sends a form of its own for the same day, about other places."""
        form = self.struck_form(draft, "conflict")
        if form is None:
            return
        (village,) = (v for v in draft.township.villages if v.code == form.unit_code)
        line = self.rounds.unknown_place(village, form.filled, form.filled)
        other = replace(form, title=f"{village.name}自查表", lines=(line,), blank_rows=0)
        name = f"{village.name}自查{form.filled:%m%d}"
        second = Draft(draft.township, name, [("自查", [other])], form.filled, is_own=True)
        second.faults.append(("form_conflict", {"unit": form.unit, "other": draft.name}))
        self.send(second, days_late=1)

    # Sending

    def path(self, draft: Draft, suffix: str) -> str:
        """Where the file lies below the feed's folder."""
        folder = draft.township.name if draft.township else BUREAU
        # Hardly anybody puts the year into a file's name.
        return f"{folder}/{draft.filled.year}/{draft.name}.{suffix}"

    def received(self, draft: Draft, days_late: int = 0) -> datetime:
        """On the evening of the day, or on the Monday after it, before noon."""
        rng = self.world.rng("received", draft.name)
        latest = max([form.filled for form in draft.forms if form.filled] + [draft.filled])
        day = latest + timedelta(days=rng.choice((0, 1)) + days_late)
        hour = 17 if day == latest else 9
        return datetime.combine(day, time(hour, rng.randrange(60)))

    def content(self, draft: Draft) -> tuple[bytes, str]:
        """The file's bytes and suffix; `row_numbers` then says where the lines came to lie."""
        self.row_numbers: list[list[int]] = []
        kind = HABITS[draft.township.short].kind if draft.township else "xlsx"
        if kind == "docx":
            return docx_bytes(document(draft.forms)), kind
        has_lists = draft.township is not None and draft.township.short == "100"
        sheets, self.row_numbers = pages(draft.sheets, has_lists)
        return (xls_bytes if kind == "xls" else xlsx_bytes)(sheets), kind

    def send(self, draft: Draft, days_late: int = 0) -> None:
        """Deliver the file and write down what should be found in it."""
        content, suffix = self.content(draft)
        sender = draft.township.government if draft.township else BUREAU
        if draft.township and draft.is_own:
            (village,) = (v for v in draft.township.villages if v.code == draft.forms[0].unit_code)
            sender = draft.township.name + village.full_name
        forms = [form.truth(sheet) for sheet, forms in draft.sheets for form in forms]
        skipped: dict[str, int] = {}
        for form in draft.forms:
            for reason, count in form.skipped().items():
                skipped[reason] = skipped.get(reason, 0) + count
        file = self.outbox.deliver(
            FEED,
            self.path(draft, suffix),
            content,
            self.received(draft, days_late),
            sender,
            rows_good=sum(len(form.lines) for form in draft.forms if form.filled),
            rows_rejected=sum(len(form.lines) for form in draft.forms if not form.filled),
            rows_skipped=skipped,
            forms=forms,
        )
        for kind, where in draft.faults:
            self.outbox.note_dirt(kind, file, **where)
        sheet_names = [name for name, forms in draft.sheets for _ in forms]
        for number, form in enumerate(draft.forms, start=1):
            if form.copied_from:
                self.outbox.note_dirt(
                    "carried_over", file, form=number, unit=form.unit, rows=len(form.lines)
                )
            for order, line in enumerate(form.lines):
                # A Word table has no row numbers that people would name.
                row = self.row_numbers[number - 1][order] if self.row_numbers else None
                where = {"file": file, "form": number, "sheet": sheet_names[number - 1], "row": row}
                self.rows.append(where | line.truth())


ANY = tuple(HABITS)
# In the order of planning. Dates of one form alone can be missing only where villages have their own.
FAULTS_OF_A_FORM = (
    *("no_filled_date", "date_only_in_file_name", "implausible_date", "bad_coordinate"),
    *("phone_number", "identity_number"),
)
FAULTS = ("silent", "late", "corrected", "unreadable", "conflict", *FAULTS_OF_A_FORM)
# A week before the pack's as-of that arrives after it: nobody has filed it yet.
LATE_BEYOND_THE_AS_OF = ("104", date(2022, 11, 28))
BY_VILLAGE = ("100", "101", "103", "104", "105", "200", "201")
SUITED = {
    # Where villages send files of their own, the township's silence is not theirs.
    "silent": tuple(short for short in ANY if not HABITS[short].own_files),
    "unreadable": ("100", "101", "102", "105"),
    # The file's name must not say the day either.
    "no_filled_date": ("100", "101", "105", "200", "201"),
    "date_only_in_file_name": ("103", "104"),
    "implausible_date": BY_VILLAGE,
    "conflict": ("100", "101", "103"),
    "corrected": BY_VILLAGE,
}


def invented_phone(rng: Random) -> str:
    """Has the pattern of a mobile number and is nobody's."""
    return f"1990000{rng.randrange(10000):04}"


def invented_identity(rng: Random) -> str:
    """Has a right check digit and a region that does not exist."""
    body = f"999901{rng.randint(1955, 1999)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body += f"{rng.randrange(1000):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


def write_ledgers(outbox: Outbox, world: World, first: date, last: date) -> Iterator[str]:
    """Write all ledgers of these days; yields after every township and week."""
    office = LedgerOffice(outbox, world)
    by_month: dict[tuple[int, int], list[date]] = {}
    for monday in mondays(first, last):
        sunday = monday + timedelta(days=6)
        by_month.setdefault((sunday.year, sunday.month), []).append(monday)
    for (year, month), weeks in by_month.items():
        faults = office.month_faults(weeks)
        for monday in weeks:
            for township in world.townships:
                drafts = office.week(township, monday)
                office.send_week(drafts[0], faults.get((township.short, monday)))
                for draft in drafts[1:]:
                    office.send(draft)
                yield f"巡查台账 {township.name} {week_name(monday)}"
        start = date(year, month, 1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for township in world.townships:
            if draft := office.month(township, start, end):
                office.send(draft)
        for day, part, shorts in QUARTERLY:
            if start <= day <= end:
                office.send(office.quarter(day, part, shorts))
    outbox.write_truth("ledger_rows", office.rows)


QUARTERLY = (
    (date(2022, 9, 28), "", ANY),
    (date(2022, 11, 24), "（第一批）", ("100", "103", "105")),
    (date(2022, 12, 20), "（第二批）", ("101", "102", "104", "200", "201")),
)
