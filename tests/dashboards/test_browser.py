"""The app as a reader sees it: real server, real Chromium, a desk and a phone."""

import csv
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlparse

import openpyxl
import pytest
from browsing import DISTINCT_GLYPHS, SCREENS, WIDER_THAN_SCREEN, Visit
from invented_autumn import publish

from benchmarks.served import CHROMIUM, FLAGS, serving
from dashboards import access
from warehouse.settings import Home

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def full_address(full_home, tmp_path_factory):
    with serving(full_home, tmp_path_factory.mktemp("log") / "server.log") as (address, _):
        yield address


@pytest.fixture(scope="module")
def empty_address(empty_home, tmp_path_factory):
    with serving(empty_home, tmp_path_factory.mktemp("log") / "server.log") as (address, _):
        yield address


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("page", access.PAGES, ids=lambda page: page.name)
def test_a_county_that_has_received_nothing_has_every_page(
    page, screen, visit, empty_address, tmp_path
):
    one = visit(screen)
    one.open(f"{empty_address}/{page.name}", f"岚沟县 · {page.title}")
    one.look(tmp_path / f"empty-{page.title}-{screen}.png")
    assert one.page.get_by_text("2022-12-10 08:00").first.is_visible()
    assert one.page.get_by_text("样例数据").count() == 0
    assert one.page.locator("[data-testid=stPlotlyChart]").count() == 0


def test_the_bare_address_leads_to_the_first_page_which_has_an_address_like_all_others(
    visit, full_address
):
    one = visit("desk")
    page = one.open(f"{full_address}/duties", "岚沟县 · 责任落实")
    one.open(f"{full_address}?township=柳河镇", "岚沟县 · 总览")
    assert unquote(page.url) == f"{full_address}/overview?township=柳河镇"
    assert page.get_by_role("dialog").count() == 0
    page.go_back()
    page.get_by_role("heading", name="岚沟县 · 责任落实").wait_for()
    one.fine()


def test_a_link_with_filters_shows_what_its_sender_saw(visit, full_address):
    one = visit("desk")
    page = one.open(f"{full_address}/patrols", "岚沟县 · 巡查台账")
    page.get_by_role("radio", name="乡级").click()
    one.settle()
    page.get_by_test_id("stMultiSelect").click()
    page.get_by_role("option", name="柳河镇").click()
    one.settle()
    address, seen = page.url, page.get_by_test_id("stMetricValue").all_inner_texts()
    assert unquote(urlparse(address).query) == "level=乡级&township=柳河镇"
    assert "71%" in seen
    other = visit("desk").open(address, "岚沟县 · 巡查台账")
    assert other.get_by_test_id("stMetricValue").all_inner_texts() == seen


def test_a_downloaded_table_is_whole_and_says_what_it_is(visit, full_address, tmp_path):
    page = visit("desk").open(f"{full_address}/quality", "岚沟县 · 数据质量")
    for label, name in (("下载 Excel", "book.xlsx"), ("下载 CSV", "table.csv")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).nth(1).click()
        file_name = f"样例数据_岚沟县_退回的行_截至20221210T0800.{name.split('.')[1]}"
        assert waiting.value.suggested_filename == file_name
        waiting.value.save_as(tmp_path / name)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book["数据"].max_row == 1 + 12
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert [row["原始内容"] for row in rows if "HYPERLINK" in row["原始内容"]][0][0] == "'"


def test_a_chart_is_saved_as_the_kind_of_picture_chosen(visit, full_address, tmp_path):
    one = visit("desk")
    page = one.open(f"{full_address}/cases", "岚沟县 · 案件")
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        page.get_by_role("button", name="图表存为").click()
        page.get_by_role("radio", name=kind).click()
        page.keyboard.press("Escape")
        one.settle()
        with page.expect_download() as waiting:
            page.locator(".modebar-btn[data-title=下载图片]").first.click()
        assert waiting.value.suggested_filename.endswith(f".{kind.lower()}")
        waiting.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(start)
    assert one.hosts == {"127.0.0.1"}
    assert one.complaints == []


def test_a_click_on_a_case_shows_its_course_and_writes_it_into_the_address(visit, full_address):
    one = visit("phone")
    page = one.open(f"{full_address}/cases", "岚沟县 · 案件")
    # Below the clocks, which have a table of their own.
    table = page.get_by_test_id("stDataFrame").nth(1)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    # The table is drawn on a canvas; the mark to click stands at the left of the first row.
    page.mouse.click(box["x"] + 18, box["y"] + 36 + 18)
    one.settle()
    assert unquote(urlparse(page.url).query) == "case=岚自然资立〔2022〕15号"
    assert page.get_by_text("调查取证").first.is_visible()
    assert page.evaluate(WIDER_THAN_SCREEN) == []
    assert one.complaints == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_click_anywhere_in_a_cell_lists_its_duties(screen, visit, full_address):
    one = visit(screen)
    page = one.open(f"{full_address}/duties", "岚沟县 · 责任落实")
    grid = page.locator("[data-testid=stPlotlyChart]").nth(1)
    grid.scroll_into_view_if_needed()
    box = grid.locator(".nsewdrag").bounding_box()
    # Nine columns of eight townships and the county, four rows: near the corner of 柳河镇 and 附件2.
    page.mouse.click(box["x"] + box["width"] / 9 * 1.15, box["y"] + box["height"] / 4 * 3.8)
    one.settle()
    query = unquote(urlparse(page.url).query)
    assert set(query.split("&")) == {"clause=附件2", "township=柳河镇", "duties=全部"}
    values = page.get_by_test_id("stMetricValue").all_inner_texts()
    assert values[:3] == ["0", "1", "0"]
    assert one.complaints == []


def test_the_overview_fits_a_desk_and_leads_on(visit, full_address):
    one = visit("desk")
    page = one.open(full_address, "岚沟县 · 总览")
    for text in ("还有 21 天", "按期完成率", "需要决定的事件", "台账发现问题（条）"):
        box = page.get_by_text(text).first.bounding_box()
        assert box["y"] + box["height"] < SCREENS["desk"][1], f"{text} is below the screen"
    grid = page.locator("[data-testid=stPlotlyChart] .nsewdrag").bounding_box()
    assert grid["y"] + grid["height"] < SCREENS["desk"][1]
    # Nine columns, four rows: a cell opens the page of duties with its own filters.
    page.mouse.click(grid["x"] + grid["width"] / 18, grid["y"] + grid["height"] / 8)
    page.get_by_role("heading", name="岚沟县 · 责任落实", level=1).wait_for(timeout=60_000)
    one.settle()
    query = unquote(urlparse(page.url).query)
    assert set(query.split("&")) == {"clause=2.1.1", "township=青石镇", "duties=全部"}
    page.go_back()
    page.get_by_role("heading", name="岚沟县 · 总览", level=1).wait_for(timeout=60_000)
    one.settle()
    page.locator("ol.links a").first.click()
    page.get_by_role("heading", name="岚沟县 · 线索研判", level=1).wait_for(timeout=60_000)
    one.settle()
    page.get_by_text("责任链").first.wait_for(timeout=60_000)
    assert one.complaints == []


def test_a_site_leads_to_its_incident(visit, full_address):
    one = visit("desk")
    page = one.open(f"{full_address}/sites?site=S005", "岚沟县 · 点位档案")
    table = page.get_by_test_id("stDataFrame").nth(1)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 36 + 18)
    page.get_by_role("heading", name="岚沟县 · 线索研判", level=1).wait_for(timeout=60_000)
    one.settle()
    assert unquote(urlparse(page.url).query).startswith("incident=signal")
    assert one.complaints == []


def test_the_wall_turns_to_a_new_version_by_itself(visit, tmp_path):
    home = Home(tmp_path / "home")
    home.root.mkdir()
    publish(home, "20221209T080500-abc123-0001", is_empty=True)
    with serving(home.root, tmp_path / "server.log") as (address, _):
        one = visit("desk")
        page = one.open(f"{address}/wall", "岚沟县 · 大屏")
        assert page.locator("header").count() == 0 or not page.locator("header").first.is_visible()
        publish(home, "20221210T080500-abc123-0001")
        page.get_by_text("20221210T080500-abc123-0001").wait_for(timeout=60_000)
        one.settle()
        assert page.evaluate(WIDER_THAN_SCREEN) == []
        assert one.complaints == []


def test_files_dropped_in_the_browser_are_read_at_once(visit, full_home, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(full_home, home.root, symlinks=True)
    home.settings_file.write_text('[county]\ncode = "999901"\nname = "岚沟县"\n', encoding="utf-8")
    sheet = tmp_path / "会议.csv"
    sheet.write_text(
        "领导小组,会议日期,议定事项数\n县领导小组,2022-10-09,3\n县领导小组,某日,1\n",
        encoding="utf-8",
    )
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 half a workbook")
    with serving(home.root, tmp_path / "server.log") as (address, _):
        one = visit("phone")
        page = one.open(f"{address}/intake", "岚沟县 · 收件")
        page.get_by_label("数据种类").fill("联席会议")
        page.keyboard.press("Enter")
        one.settle()
        page.locator("input[type=file]").set_input_files([sheet, broken])
        page.get_by_role("button", name="装载", exact=True).click()
        page.get_by_text("读取结果").wait_for(timeout=60_000)
        one.settle()
        text = page.locator("[data-testid=stMain]").inner_text()
        assert "拒收" in text
        assert "整行退回" in text
        assert "会议日期" in text
        with page.expect_download() as waiting:
            page.get_by_role("button", name="下载回执（可打印）").click()
        receipt = Path(waiting.value.path()).read_text(encoding="utf-8")
        assert "B3" in receipt
        assert page.evaluate(WIDER_THAN_SCREEN) == []
        assert one.complaints == []


def test_a_click_on_the_map_opens_the_dossier(visit, full_address):
    one = visit("desk")
    page = one.open(f"{full_address}/incidents", "岚沟县 · 线索研判")
    chart = page.locator("[data-testid=stPlotlyChart]").first
    chart.scroll_into_view_if_needed()
    box = chart.locator(".scatterlayer .point").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    one.settle()
    # The first that is drawn is the only one with a case.
    assert unquote(urlparse(page.url).query) == "incident=signal0-1"
    assert page.get_by_text("县级包联职务").first.is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载核查单（可打印）").click()
    name = waiting.value.suggested_filename
    assert name == "样例数据_岚沟县_核查单_signal0-_截至20221210T0800.html"
    assert one.complaints == []


def test_a_machine_without_chinese_fonts_draws_chinese(playwright, full_address, tmp_path):
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=True
    )
    globs = "".join(f"<glob>{line.split(':')[0]}</glob>" for line in listed.stdout.splitlines())
    (tmp_path / "fonts.conf").write_text(
        f"""<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>
        <selectfont><rejectfont>{globs}</rejectfont></selectfont></fontconfig>""",
        encoding="utf-8",
    )
    bare = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=FLAGS,
        env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
    )
    try:
        blank = bare.new_page()
        blank.set_content("巡")
        assert blank.evaluate(DISTINCT_GLYPHS)[0] == 1, "this machine shows Chinese by itself"
        different, all_glyphs = (
            Visit(bare, "desk").open(full_address, "岚沟县 · 总览").evaluate(DISTINCT_GLYPHS)
        )
        assert different == all_glyphs
    finally:
        bare.close()


def test_before_the_first_publishing_the_page_says_what_to_run(visit, tmp_path):
    with serving(tmp_path / "nowhere", tmp_path / "server.log") as (address, _):
        one = visit("phone")
        page = one.open(address, "总览")
        assert page.get_by_text("minewatch sample").is_visible()
        assert one.complaints == []
        assert one.hosts == {"127.0.0.1"}
