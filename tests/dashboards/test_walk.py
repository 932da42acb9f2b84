"""The sample county's pages as people use them: each page, filter, way down and file, at a desk and on a phone."""

import csv
import shutil
from urllib.parse import parse_qs, urlparse

import pytest
from browsing import SCREENS, faults
from playwright.sync_api import expect
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
}
FIGURES |= {"incidents": 2, "contradictions": 1, "sites": 1, "quality": 1, "wall": 1}
FIGURES |= {"accountability": 2}
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
        "stMultiSelect": choose_one,
        "stSelectbox": choose_last,
        "stButtonGroup": press_last,
        "stDateInput": begin_a_day_later,
    }.items():
        for control in page.get_by_test_id(kind).all():
            label, before = control.locator("label").first.inner_text(), page.url
            move(page, control)
            if label not in NO_FILTERS.get(name, ()):
                expect(page, label).not_to_have_url(before, timeout=30_000)
            one.settle()
            one.fine()


def choose_one(page, control) -> None:
    control.locator("input").click()
    page.get_by_role("option").last.click()
    page.keyboard.press("Escape")


def choose_last(page, control) -> None:
    control.locator("input").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").last.click()


def press_last(page, control) -> None:
    control.get_by_role("radio").last.click()


def begin_a_day_later(page, control) -> None:
    control.locator("[data-range-field=start] [data-type=day]").click()
    page.keyboard.press("ArrowUp")
    # A date counts once its field is left.
    page.locator("h1").click()


def seen(page) -> list[str]:
    """What a page tells: its figures and how many rows each table has."""
    # A table tells its rows once it is drawn; below a closed heading it is not.
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid=stDataFrame]')]
            .every(table => table.closest('details:not([open])')
                || table.querySelector('table[role=grid]'))"""
    )
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


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", [page.name for page in access.PAGES])
def test_every_page_of_the_sample_county_is_walked(name, screen, address, visit, tmp_path):
    title = next(page.title for page in access.PAGES if page.name == name)
    one, heading = visit(screen), f"云岭县(样例) · {title}"
    # The first page has no name in the address.
    base = address if name == access.PAGES[0].name else f"{address}/{name}"
    page = one.open(base, heading)
    if (name, screen) == ("wall", "phone"):
        # Its letters are for a wall.
        one.fine()
    else:
        one.look(tmp_path / f"{title}-{screen}.png")
    if screen == "desk":
        assert faults(page) == []
    figures = page.locator("[data-testid=stPlotlyChart]")
    assert figures.count() == FIGURES.get(name, 0)
    for number in range(figures.count()):
        assert "样例数据" in figures.nth(number).text_content()
    unfold(page)
    move_filters(one, name)
    if "?" in page.url:
        # Tables tell their rows a while after they are drawn.
        page.wait_for_timeout(1_000)
        told = seen(page)
        one.open(page.url, heading)
        page.wait_for_timeout(1_000)
        assert seen(page) == told, "a link does not show what its sender saw"

    if name in WAYS_DOWN:
        table, key = WAYS_DOWN[name]
        start = f"{base}?{DAYS}"
        one.open(start, heading)
        pick_a_row(one, table)
        assert parse_qs(urlparse(page.url).query)[key]
        one.fine()
        take_files(one, tmp_path)
        page.go_back()
        page.get_by_role("heading", name=heading, level=1).wait_for()
        one.settle()
        assert page.url == start, "going back loses the filters"
    else:
        one.open(base, heading)
    take_files(one, tmp_path)
    one.fine()
