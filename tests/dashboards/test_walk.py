"""The sample county's pages as people use them: each page, filter, way down and file, at a desk and on a phone."""

import csv
import shutil
from urllib.parse import parse_qs, urlparse

import pytest
from browsing import SCREENS, faults
from python_calamine import CalamineWorkbook

from benchmarks.served import serving
from dashboards import access

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIGURES = {
    "overview": 1,
    "duties": 4,
    "patrols": 2,
    "cases": 3,
    "video": 2,
    "power": 2,
    "public": 3,
    "accountability": 2,
    "incidents": 2,
    "contradictions": 1,
    "sites": 1,
    "quality": 1,
    "wall": 1,
}
# Of each page that has one, the table whose first row leads on, and what the address says then.
WAYS_DOWN = {
    "duties": ("义务明细", "obligation"),
    "patrols": ("发现问题的台账行", "site"),
    "cases": ("案件清单", "case"),
    "video": ("视频告警清单", "site"),
    "power": ("用电预警清单", "alert"),
    "incidents": ("事件清单", "incident"),
    "contradictions": ("线索清单", "contradiction"),
    "accountability": ("追责台账", "matter"),
    "sites": ("在册点位", "site"),
}
# Controls that choose what to write, to send or to save as, and no view; and a list of one month.
NO_FILTERS = {
    "workbench": {"示例和已保存的查询", "表"},
    "intake": {"数据种类", "报送单位"},
    "permissions": {"月份"},
}
# A range of days that the sample county has all of; its pages begin with the last quarter.
DAYS = "days=2022-10-03&days=2022-11-20"
TABLE = "[data-testid=stDataFrame]"


@pytest.fixture(scope="module")
def address(sample_home, tmp_path_factory):
    home = tmp_path_factory.mktemp("walk") / "home"
    # Who looked at what is written down in the home.
    shutil.copytree(sample_home, home, symlinks=True)
    with serving(home, home.parent / "server.log") as (address, _):
        yield address


def unfold(page) -> None:
    """Open what hides filters or rows."""
    for closed in page.locator("[data-testid=stExpander] summary").all():
        if closed.evaluate("summary => !summary.parentElement.open"):
            closed.click()
    hidden = page.get_by_test_id("stPopover").filter(has_text="筛选")
    if hidden.count():
        hidden.get_by_role("button").click()


def move_filters(one, name: str) -> None:
    """Change each control of the page once; what is a filter must then stand in the address."""
    page = one.page
    for kind, move in {
        "stMultiSelect": choose_last,
        "stSelectbox": choose_last,
        "stButtonGroup": press_last,
        "stDateInput": begin_a_day_later,
    }.items():
        for control in page.get_by_test_id(kind).all():
            label, before = control.locator("label").first.inner_text(), page.url
            move(page, control)
            one.settle()
            is_filter = label not in NO_FILTERS.get(name, ())
            assert not is_filter or page.url != before, f"{label} does not stand in the address"
            one.fine()


def choose_last(page, control) -> None:
    # Not by a click: a long list is drawn while it is scrolled, and what is clicked at its end may be gone.
    control.locator("input").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    # Where several can be chosen the list stays open.
    page.keyboard.press("Tab")


def press_last(page, control) -> None:
    control.get_by_role("radio").last.click()


def begin_a_day_later(page, control) -> None:
    control.locator("[data-range-field=start] [data-type=day]").click()
    page.keyboard.press("ArrowUp")
    # A date counts once its field is left.
    page.locator("h1").click()


def seen(page) -> list[str]:
    """What a page tells: its figures and how many rows each table has."""
    # A table tells its rows a while after it is drawn; below a closed heading it is not drawn.
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid=stDataFrame]')]
            .every(table => table.closest('details:not([open])')
                || table.querySelector('table[role=grid]'))"""
    )
    page.wait_for_timeout(1_000)
    rows = page.locator(f"{TABLE} table[role=grid]").evaluate_all(
        "grids => grids.map(grid => grid.getAttribute('aria-rowcount'))"
    )
    return page.get_by_test_id("stMetricValue").all_inner_texts() + rows


def pick_a_row(one, title: str) -> None:
    table = one.page.locator(TABLE, has=one.page.locator(f"[aria-label='{title}']"))
    table.scroll_into_view_if_needed()
    box, start = table.bounding_box(), one.page.url
    # The table is drawn on a canvas; the mark to click stands at the left of the first row.
    # Rows that are about no site lead nowhere, so the next one is tried.
    for row in range(10):
        one.page.mouse.click(box["x"] + 18, box["y"] + 54 + 36 * row)
        one.settle()
        if one.page.url != start:
            # Another page may have to be loaded first.
            one.page.get_by_role("heading", level=1).wait_for()
            one.settle()
            return


def take_files(one, folder) -> None:
    """Download every file of the page; tables have as many rows in both files as on the screen."""
    page, files = one.page, []
    unfold(page)
    buttons = page.get_by_test_id("stDownloadButton")
    for number in range(buttons.count()):
        if number and number % 8 == 0:
            # Chromium asks before the eleventh file of one page.
            page.reload()
            page.get_by_role("heading", level=1).wait_for()
            one.settle()
            unfold(page)
        with page.expect_download() as waiting:
            buttons.nth(number).get_by_role("button").click()
        path = folder / f"{number}-{waiting.value.suggested_filename}"
        waiting.value.save_as(path)
        assert path.name.split("-", 1)[1].startswith("样例数据_云岭县")
        assert path.stat().st_size > 100
        files.append(path)
    books = [path for path in files if path.suffix == ".xlsx"]
    tables = [path for path in files if path.suffix == ".csv"]
    seen(page)
    shown = page.locator(f"{TABLE} table[role=grid]")
    assert len(books) == len(tables) == shown.count()
    for number, (book, table) in enumerate(zip(books, tables, strict=True)):
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = len(list(csv.reader(file)))
        assert CalamineWorkbook.from_path(book).get_sheet_by_name("数据").height == rows
        on_screen = int(shown.nth(number).get_attribute("aria-rowcount"))
        assert on_screen == min(rows, 2_001), table.name


class Place:
    """One page of the sample county: its address and its heading."""

    def __init__(self, page: access.Page, address: str):
        self.name = page.name
        self.url = f"{address}/{page.name}"
        self.heading = f"云岭县(样例) · {page.title}"


@pytest.fixture(params=access.PAGES, ids=lambda page: page.name)
def place(request, address):
    return Place(request.param, address)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_of_the_sample_county_can_be_read(place, screen, visit, tmp_path):
    one = visit(screen)
    page = one.open(place.url, place.heading)
    figures = page.locator("[data-testid=stPlotlyChart]")
    assert figures.count() == FIGURES.get(place.name, 0)
    for number in range(figures.count()):
        assert "样例数据" in figures.nth(number).text_content()
    if screen == "desk":
        assert faults(page) == []
    if (place.name, screen) == ("wall", "phone"):
        # Its letters are for a wall.
        one.fine()
    else:
        one.look(tmp_path / f"{place.name}-{screen}.png")


# A quarter of an hour of clicks: with `make prove`.
@pytest.mark.long
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_of_the_sample_county_is_walked(place, screen, visit, tmp_path):
    one = visit(screen)
    page = one.open(place.url, place.heading)
    # Tables below the window are not drawn.
    page.set_viewport_size({"width": SCREENS[screen][0], "height": 8_000})
    unfold(page)
    move_filters(one, place.name)
    if "?" in page.url:
        told = seen(page)
        one.open(page.url, place.heading)
        unfold(page)
        assert seen(page) == told, "a link does not show what its sender saw"

    if place.name in WAYS_DOWN:
        table, key = WAYS_DOWN[place.name]
        start = f"{place.url}?{DAYS}"
        one.open(start, place.heading)
        pick_a_row(one, table)
        assert parse_qs(urlparse(page.url).query)[key]
        one.fine()
        # What a row opens below the others has files of its own.
        take_files(one, tmp_path)
        is_elsewhere = urlparse(page.url).path != urlparse(start).path
        page.go_back()
        page.get_by_role("heading", name=place.heading, level=1).wait_for()
        one.settle()
        assert page.url == start, "going back loses the filters"
    else:
        one.open(place.url, place.heading)
        is_elsewhere = True
    if is_elsewhere:
        take_files(one, tmp_path)
    one.fine()
