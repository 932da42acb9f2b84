"""`patrol_ledger`: annex 2, as villages, townships and the county's bureau fill it in.

A line of the ledger says where somebody looked and what was found; nearly always nothing. Rounds
(`rounds`) are compiled into forms here, and forms into files: weekly, monthly and quarterly ones, and the
lists of surprise visits, of which some are no surprise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sample.forms import Form, Line
from sample.ledger_faults import ANY, LAZY, Faults
from sample.ledger_post import Draft, Post
from sample.outbox import Outbox
from sample.places import near
from sample.rounds import (
    FOUND_WORDS,
    HABITS,
    Round,
    Rounds,
    mondays,
    quarter_of,
    week_name,
    week_number,
)
from sample.wording import answer, numeral, written_date, written_point
from sample.world import BUREAU, COUNTY, Episode, Place, Site, Township, World

TITLE = f"{COUNTY}严厉打击非法违法开采矿产资源行为巡查检查台账"
BUREAU_CODE = "999901U01"


class LedgerOffice:
    """Compiles rounds into forms and forms into files."""

    def __init__(self, world: World, rounds: Rounds) -> None:
        self.world, self.rounds = world, rounds

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
                    lines.append(self.measured(line, self.place_of(site), rng))
            form = Form(
                title=title,
                unit=BUREAU,
                unit_code=BUREAU_CODE,
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

    def place_of(self, site: Site) -> Place:
        """The site as the bureau calls it."""
        name = f"{site.village.name}{site.gully or site.name}"
        return Place(name, site.township, site.village, site.point, site)

    def measured(self, line: Line, place: Place, rng: Random) -> Line:
        """The line as the bureau writes it: it has a list with all numbers and receivers of its own."""
        point = near(place.point, 1, 20, rng)
        location = f"{place.township.name}{place.name}" + written_point(point, "decimal")
        return replace(line, location=location, point=point)

    # Surprise visits

    def check(self, day: date, episodes: Sequence[Episode]) -> Draft | None:
        """The county's visit of a few places, those of the episodes among them; None before any is known."""
        rng = self.world.rng("check", day)
        around = [
            site
            for site in self.world.sites
            if site.is_active_on(day) and not self.rounds.secret(site.id, day)
        ]
        lines = [self.checked(episode, day, rng) for episode in episodes]
        for site in rng.sample(around, min(len(around), rng.randint(2, 3))):
            line = self.rounds.line(site, day, f"check {day}")
            lines.append(self.measured(line, self.place_of(site), rng))
        if not lines:
            return None
        title = f"{COUNTY}县级突击检查台账"
        form = Form(
            title=title,
            unit=BUREAU,
            unit_code=BUREAU_CODE,
            filled=day,
            filled_text=written_date(day, "cn"),
            level="county",
            period=quarter_of(day),
            lines=tuple(lines),
            preparer="执法队员02",
            supervisor="分管副局长",
            principal="局长",
        )
        return Draft(None, f"{title}{day:%Y%m%d}", [("突击检查", [form])], day)

    def checked(self, episode: Episode, day: date, rng: Random) -> Line:
        """What the visit finds at an episode's place: the digging, or nothing because of a warning."""
        found = episode.discovery
        is_found = found is not None and found.source == "check" and found.day == day
        place, site = episode.place, episode.place.site
        if site:
            line = self.rounds.line(site, day, f"check {day}")
            place = self.place_of(site)
        else:
            habit = HABITS[place.township.short]
            line = self.rounds.plain_line(
                place.village, place.name, "unregistered", day, habit, rng
            )
        finding = "yes" if is_found else "no"
        line = replace(
            line,
            illegal=answer(finding, "finding", "words", rng),
            finding=finding,
            disposition=FOUND_WORDS if is_found else "无",
            cause=episode.id,
            is_false=not is_found,
        )
        return self.measured(line, place, rng)


def checks_of(world: World, start: date, end: date) -> dict[date, list[Episode]]:
    """The county's visits of a month: where episodes have one, and two more by chance."""
    found: dict[date, list[Episode]] = {}
    for episode in world.episodes:
        for day in episode.checks:
            if start <= day <= end:
                found.setdefault(day, []).append(episode)
    rng = world.rng("checks", start)
    for _ in range(2):
        found.setdefault(start.replace(day=rng.randint(3, 27)), [])
    quarterly = {day for day, *_ in QUARTERLY}
    return {day: found[day] for day in sorted(found) if found[day] or day not in quarterly}


def write_ledgers(outbox: Outbox, world: World, first: date, last: date) -> Iterator[str]:
    """Write all ledgers of these days; yields after every township and week."""
    rounds = Rounds(world)
    office, post = LedgerOffice(world, rounds), Post(outbox, world, rounds)
    faults = Faults(post)
    by_month: dict[tuple[int, int], list[date]] = {}
    for monday in mondays(first, last):
        sunday = monday + timedelta(days=6)
        by_month.setdefault((sunday.year, sunday.month), []).append(monday)
    for (year, month), weeks in by_month.items():
        planned = faults.of_month(weeks)
        for monday in weeks:
            for township in world.townships:
                drafts = office.week(township, monday)
                faults.send_week(drafts[0], planned.get((township.short, monday)))
                for draft in drafts[1:]:
                    post.send(draft)
                yield f"巡查台账 {township.name} {week_name(monday)}"
        start = date(year, month, 1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for township in world.townships:
            if draft := office.month(township, start, end):
                post.send(draft)
        for day, episodes in checks_of(world, start, end).items():
            if draft := office.check(day, episodes):
                post.send(draft)
        for day, part, shorts in QUARTERLY:
            if start <= day <= end:
                post.send(office.quarter(day, part, shorts))
    outbox.write_truth("ledger_rows", post.rows)
    outbox.write_truth("false_ledgers", post.false)
    outbox.write_truth("lazy_ledgers", [each for each in outbox.dirt if each["kind"] in LAZY])


QUARTERLY = (
    (date(2022, 9, 28), "", ANY),
    (date(2022, 11, 24), "（第一批）", ("100", "103", "105")),
    (date(2022, 12, 20), "（第二批）", ("101", "102", "104", "200", "201")),
)
