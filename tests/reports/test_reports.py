"""Reports as documents: the official page, the same bytes, signatures, corrections, templates, tables."""

import csv
import dataclasses
import io
import json
import shutil
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from invented_year import FIRST, LATE, SECOND, publish
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboards import queries
from pipeline.cli import app
from reports import ReportError, calendar, charts, lifecycle, official, pdf
from reports.content import figures_of
from reports.figures import CUMULATIVE, PREVIOUS, YEAR
from reports.periods import period_of
from reports.recipients import recipients
from reports.records import STEPS, Paper, read_record, write_record
from reports.write_templates import FORMS, TEMPLATES, template_bytes
from tests.command import minewatch
from tests.county import County
from warehouse import versions
from warehouse.connection import connect
from warehouse.versions import current, named, prune

NOVEMBER, DECEMBER = period_of("2022-11"), period_of("2022-12")
SIGNED = datetime(2022, 12, 12, 9)
PAPER = Paper("岚打非办〔2022〕7号", "签发人甲", date(2022, 12, 5))


@pytest.fixture
def home(written, tmp_path):
    """A home with the same version, nothing reported yet."""
    home = County(tmp_path / "home").home
    shutil.copytree(written[0].versions, home.versions, dirs_exist_ok=True)
    (home.versions / FIRST / "pinned").unlink()
    versions.point_to(home, home.versions / FIRST)
    return home


@pytest.fixture
def no_pdf(monkeypatch):
    """LibreOffice and drawing take seconds; what they make is tested once."""
    picture = charts.bars_and_line(["11月"], [("巡查", [Decimal(1)])], None, "次")
    monkeypatch.setattr(charts, "bars_and_line", lambda *given: picture)
    monkeypatch.setattr(pdf, "office", lambda: None)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The city's report of November with its PDF, and its home."""
    home = County(tmp_path_factory.mktemp("written") / "home").home
    publish(home)
    return home, lifecycle.write(home, NOVEMBER, "city")


@pytest.fixture
def quick(no_pdf, monkeypatch):
    """Without the workbook's contents too, for tests of what happens to files."""
    monkeypatch.setattr(lifecycle, "workbook_bytes", lambda content: content.title.encode())


def file(written, ending):
    (path,) = [path for path in written.files if path.name.endswith(ending)]
    return path


def text(path):
    document = docx.Document(path)
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def statistics(path):
    """Lines of the statistics table of a document, by name."""
    (table,) = [table for table in docx.Document(path).tables if table.cell(0, 1).text == "指标"]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return {row[1]: row for row in rows if row[0] != row[1]}


def sign_all(home, period, recipient="city", paper=PAPER):
    for step in STEPS:
        done = lifecycle.sign(home, period, recipient, step, "办公室主任", SIGNED, paper)
    return done


def test_the_page_is_the_one_of_the_standard(written):
    document = docx.Document(file(written[1], ".docx"))
    section = document.sections[0]
    for found, wanted in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert abs(found - Mm(wanted)) < Mm(0.1)
    assert document.settings.odd_and_even_pages_header_footer
    # Odd pages have their number on the right, even ones on the left.
    sides = [one.paragraphs[0].alignment for one in (section.footer, section.even_page_footer)]
    assert [side.name for side in sides] == ["RIGHT", "LEFT"]
    assert section.footer.paragraphs[0].text.replace(" ", "") == "——"


def test_fonts_sizes_and_levels_are_those_of_the_standard(written):
    document = docx.Document(file(written[1], ".docx"))

    def look(start):
        paragraph = next(one for one in document.paragraphs if one.text.startswith(start))
        run = next(run for run in paragraph.runs if run.text.strip())
        fonts = run._r.rPr.rFonts
        form = paragraph.paragraph_format
        return fonts.get(qn("w:eastAsia")), run.font.size, form.first_line_indent

    body = (official.BODY, Pt(16), Pt(32))
    assert look("现将") == body
    assert look("一、") == ("黑体", Pt(16), Pt(32))
    assert look("（一）") == ("楷体_GB2312", Pt(16), Pt(32))
    assert look("1. ") == body
    assert look("关于") == ("方正小标宋简体", Pt(22), 0)
    assert look("附件1")[:2] == ("黑体", Pt(16))
    pitch = next(one for one in document.paragraphs if one.text.startswith("现将"))
    assert abs(pitch.paragraph_format.line_spacing - Pt(28.95)) < Pt(0.1)
    head = next(one for one in document.paragraphs if one.text.endswith("办公室文件"))
    assert str(head.runs[0].font.color.rgb) == "FF0000"
    # A long name is squeezed into one line, and no more than it must be.
    scale = int(head.runs[0]._r.rPr.find(qn("w:w")).get(qn("w:val")))
    assert 0.93 * Mm(156) < len(head.text) * Pt(30) * scale / 100 <= Mm(156)
    # Nobody's paragraph between the red head and the number has another colour of rule.
    rules = document.element.body.iter(qn("w:bottom"))
    assert "FF0000" in {rule.get(qn("w:color")) for rule in rules}


def test_tables_repeat_their_headings_and_rows_are_not_torn(written):
    tables = docx.Document(file(written[1], ".docx")).tables
    assert len(tables) == 2
    for table in tables:
        rows = [row._tr.trPr for row in table.rows]
        assert rows[0].find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_first_page_says_that_it_is_a_sample_and_who_is_addressed(written):
    told = text(file(written[1], ".docx"))
    for part in (
        "样例数据",
        "〔2022〕",
        "签发人：",
        "市打击非法采矿工作领导小组办公室：",
        "抄送：省打击非法采矿工作领导小组办公室（情况统计表）",
        "附件：1. 情况统计表",
        "巡查6点次（比上月增加2点次、增长50%，累计10点次）",
        "立案1起（上月为零，累计1起）",
        "按要求应为100%：乡级月排查完成50%",
        "下月到期应办事项1项，主要是：乡级月排查1项",
    ):
        assert part in told, part
    for wrong in ("None", "nan", "{{", "{%", "签发人甲"):
        assert wrong not in told


def test_document_workbook_paper_and_page_say_the_same(written):
    home, report = written
    rows = statistics(file(report, ".docx"))
    book = openpyxl.load_workbook(file(report, "（附表）.xlsx"))
    sheet = book["附件1情况统计表"]
    cells = {row[2]: row for row in sheet.iter_rows(min_row=3, values_only=True) if row[2]}
    printed = printed_lines(file(report, ".pdf"))
    with connect(current(home).database, read_only=True) as reader:
        page = queries.metrics.of_month(reader, None, [], date(2022, 11, 1))
    on_page = dict(zip(page["metric_name"], page["numerator"], strict=True))
    assert len(rows) == len(cells) > 50
    counts = 0
    for name, row in rows.items():
        told = [cell.lstrip("+") for cell in row[3:]]
        assert [plain(value) for value in cells[name][4:8]] == told, name
        assert f"{name}{row[2]}{''.join(row[3:])}" in printed, name
        if row[2] not in ("%", "万元") and name in on_page:
            assert float(row[3]) == float(on_page[name]), name
            counts += 1
    assert counts > 25
    assert book.sheetnames[-1] == "溯源"


def plain(value):
    return value if isinstance(value, str) else f"{value:g}"


def printed_lines(path):
    """All text of a PDF without spaces and line ends."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_libreoffice_opens_the_workbook(written):
    printed = pdf.converted(file(written[1], "（附表）.xlsx").read_bytes(), "xlsx", "pdf")
    told = "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(printed)).pages
    )
    assert "2022年11月情况统计表" in told
    assert "2022-11/patrol_lines/value" in told


def test_the_same_version_makes_the_same_bytes_at_any_time(written, tmp_path, monkeypatch):
    home, report = written
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 400 * 86_400)
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        time.sleep(1.1)  # a PDF's clock counts seconds
        other = County(tmp_path / "home").home
        publish(other)
        again = lifecycle.write(other, NOVEMBER, "city")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert len(report.files) == 3
    for path, same in zip(report.files, again.files, strict=True):
        assert path.read_bytes() == same.read_bytes(), path.name


def test_an_unsigned_report_can_be_written_again_and_signatures_hold_for_one_text(home, quick):
    first = lifecycle.write(home, NOVEMBER, "city")
    assert "LibreOffice" in first.notes[0]
    assert [path.suffix for path in first.files] == [".docx", ".xlsx"]
    assert named(home, FIRST).is_pinned
    lifecycle.sign(home, NOVEMBER, "city", STEPS[0], "填报员", SIGNED)
    again = lifecycle.write(home, NOVEMBER, "city")
    assert len(again.record.steps) == 1
    publish(home, SECOND, datetime(2023, 1, 10, 8), has_late=True)
    changed = lifecycle.write(home, NOVEMBER, "city")
    assert changed.record.steps == []
    assert any("审签作废" in note for note in changed.notes)
    assert not named(home, FIRST).is_pinned
    assert named(home, SECOND).is_pinned


def test_signatures_come_in_order_with_positions_and_the_last_one_locks(home, quick):
    with pytest.raises(ReportError, match="还没有 2022-11 的报告"):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[0], "填报员", SIGNED)
    lifecycle.write(home, NOVEMBER, "city")
    with pytest.raises(ReportError, match="现在应由填报人审签"):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[1], "副主任", SIGNED)
    with pytest.raises(ReportError, match="没有写明职务"):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[0], " ", SIGNED)
    for step in STEPS[:2]:
        lifecycle.sign(home, NOVEMBER, "city", step, "副主任", SIGNED)
    with pytest.raises(ReportError, match="须有签发人"):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[2], "主任", SIGNED, Paper(signed_on=SIGNED))
    # What was signed is what is locked, also where the program has changed in between.
    seen = read_record(home, NOVEMBER, "city")
    number = "2022-11/patrol_lines/value"
    other = seen.figures | {number: seen.figures[number] | {"numerator": "7"}}
    write_record(home, dataclasses.replace(seen, figures=other))
    with pytest.raises(ReportError, match="数字与审签的不同"):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[2], "主任", SIGNED, PAPER)
    write_record(home, seen)
    done = lifecycle.sign(home, NOVEMBER, "city", STEPS[2], "主任", SIGNED, PAPER)
    assert done.record.is_locked
    told = text(file(done, ".docx"))
    for part in ("岚打非办〔2022〕7号", "签发人：签发人甲", "2022年12月5日"):
        assert part in told
    with pytest.raises(ReportError, match="已锁定"):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[2], "主任", SIGNED, PAPER)


def test_a_locked_report_keeps_its_version_and_its_bytes(home, quick):
    lifecycle.write(home, NOVEMBER, "city")
    done = sign_all(home, NOVEMBER)
    before = {path: path.read_bytes() for path in done.files}
    publish(home, SECOND, datetime(2023, 1, 10, 8), has_late=True)
    assert prune(home, keep=1) == []
    again = lifecycle.write(home, NOVEMBER, "city")
    assert {path: path.read_bytes() for path in again.files} == before
    for given in ({"version_id": SECOND}, {"is_draft": True}):
        with pytest.raises(ReportError, match="已锁定"):
            lifecycle.write(home, NOVEMBER, "city", **given)
    done.files[0].write_bytes(b"edited")
    with pytest.raises(ReportError, match="与记录的指纹不符"):
        lifecycle.write(home, NOVEMBER, "city")


def test_a_late_delivery_into_a_locked_month_is_exactly_its_correction(home, quick):
    lifecycle.write(home, NOVEMBER, "city")
    sign_all(home, NOVEMBER)
    publish(home, SECOND, datetime(2023, 1, 10, 8), has_late=True)
    december = lifecycle.write(home, DECEMBER, "city")
    assert [
        (one.figure_id, one.before, one.after, one.reason) for one in december.record.corrections
    ] == [
        (
            "2022-11/patrol_lines/value",
            "6点次",
            "8点次",
            f"报送后收到来件：{LATE}（2023-01-05收到）",
        )
    ]
    told = text(file(december, ".docx"))
    assert "五、更正说明" in told
    assert LATE in told
    # Said once it is not said again.
    sign_all(home, DECEMBER)
    quarter = lifecycle.write(home, period_of("2022-Q4"), "city")
    assert quarter.record.corrections == []
    assert "更正说明" not in text(file(quarter, ".docx"))
    # The other recipient was told nothing yet, so there is nothing to correct.
    assert lifecycle.write(home, DECEMBER, "province").record.corrections == []


def test_a_month_that_is_not_over_can_be_looked_at_and_not_signed(home, quick):
    running = lifecycle.write(home, DECEMBER, "province")
    assert "本月尚未结束，数据截至2022年12月10日" in text(file(running, ".docx"))
    for step in STEPS[:2]:
        lifecycle.sign(home, DECEMBER, "province", step, "副主任", SIGNED)
    with pytest.raises(ReportError, match="尚未结束"):
        lifecycle.sign(home, DECEMBER, "province", STEPS[2], "主任", SIGNED, PAPER)
    with pytest.raises(ReportError, match="还没有开始"):
        lifecycle.write(home, period_of("2023-05"), "city")


@pytest.mark.parametrize("step", lifecycle.LOCK_STEPS)
def test_a_kill_while_locking_leaves_the_old_state_or_the_new_one(home, quick, monkeypatch, step):
    lifecycle.write(home, NOVEMBER, "city")
    for one in STEPS[:2]:
        lifecycle.sign(home, NOVEMBER, "city", one, "副主任", SIGNED)

    def killed(name):
        if name == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(lifecycle, "reached", killed)
    with pytest.raises(KeyboardInterrupt):
        lifecycle.sign(home, NOVEMBER, "city", STEPS[2], "主任", SIGNED, PAPER)
    monkeypatch.setattr(lifecycle, "reached", lambda name: None)
    record = read_record(home, NOVEMBER, "city")
    assert lifecycle.verified(home, record)
    assert record.is_locked == (step == lifecycle.LOCK_STEPS[1])
    if not record.is_locked:
        done = lifecycle.sign(home, NOVEMBER, "city", STEPS[2], "主任", SIGNED, PAPER)
        assert done.record.is_locked


def test_a_scan_of_the_signed_paper_is_kept_with_its_hash(home, quick, tmp_path):
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(b"%PDF signed")
    lifecycle.write(home, NOVEMBER, "city")
    with pytest.raises(ReportError, match="还没有锁定"):
        lifecycle.attach(home, NOVEMBER, "city", scan)
    sign_all(home, NOVEMBER)
    record = lifecycle.attach(home, NOVEMBER, "city", scan)
    assert lifecycle.attach(home, NOVEMBER, "city", scan).scans == record.scans
    assert len(record.scans["扫描件.pdf"]) == 64
    scan.write_bytes(b"%PDF another")
    with pytest.raises(ReportError, match="同名而内容不同"):
        lifecycle.attach(home, NOVEMBER, "city", scan)


def test_names_stand_in_the_record_of_signing_and_nowhere_else(home, no_pdf):
    lifecycle.write(home, NOVEMBER, "city")
    sign_all(home, NOVEMBER)
    folder = home.reports / "2022-11" / "city"
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    assert record["signer"] == "签发人甲"
    assert {name for step in record["steps"] for name in step} == {"step", "position", "at"}
    workbook = file(lifecycle.write(home, NOVEMBER, "city"), ".xlsx")
    with zipfile.ZipFile(workbook) as archive:
        assert not any("签发人甲".encode() in archive.read(name) for name in archive.namelist())


def test_silence_is_not_zero(home, quick, tmp_path):
    empty = County(tmp_path / "empty").home
    publish(empty, is_empty=True)
    for recipient in ("city", "province"):
        report = lifecycle.write(empty, NOVEMBER, recipient)
        told = text(file(report, ".docx"))
        assert "没有收到任何可用来件，以下各项为零不代表没有发生" in told
        assert not any(wrong in told for wrong in ("None", "nan", "{{"))
    with pytest.raises(ReportError, match="没有报送不等于零"):
        lifecycle.write(empty, NOVEMBER, "city", is_zero=True)
    with pytest.raises(ReportError, match="不能作零报告"):
        lifecycle.write(home, NOVEMBER, "city", is_zero=True)
    # In September a ledger without lines came: that is a zero.
    september = lifecycle.write(home, period_of("2022-09"), "city", is_zero=True)
    assert "未发现非法采矿行为" in text(file(september, ".docx"))
    # Nobody writes over the head of the next level, not even that there was nothing.
    province = lifecycle.write(home, period_of("2022-09"), "province", is_zero=True)
    assert "市打击非法采矿工作领导小组办公室：" in text(file(province, ".docx"))
    whole = lifecycle.write(home, period_of("2022-09"), "city", is_draft=True)
    told = text(file(whole, ".docx"))
    assert "草稿" in told
    assert "其中零报告1份；没有巡查记录；巡查未发现问题。" in told
    assert "本月未发现新的违法行为" not in told.partition("二、")[0]


def test_a_county_with_one_township_reads_like_any_other(home, quick):
    with connect(current(home).database) as connection:
        places = connection.execute(
            "select table_name from information_schema.columns"
            " where table_schema = 'marts' and column_name = 'township_code'"
        ).fetchall()
        [only] = connection.execute("select min(township_code) from marts.dim_townships").fetchone()
        for (table,) in places:
            connection.execute(
                f"delete from marts.{table} where township_code <> $only", {"only": only}
            )
        [name] = connection.execute("select township_name from marts.dim_townships").fetchone()
    for recipient in ("city", "province"):
        told = text(file(lifecycle.write(home, NOVEMBER, recipient, is_draft=True), ".docx"))
        assert not any(wrong in told for wrong in ("None", "nan", "{{", "、、", "（）"))
        assert "2022年11月" in told
    assert name


def test_who_is_told_how_is_the_countys_choice(home, quick):
    settings = home.settings_file.read_text(encoding="utf-8")
    names = '\n[report]\nseries = "岚打非办"\n[report.city]\nname = "某市打非办"\n'
    home.settings_file.write_text(settings + names + '[report.province]\nform = "copy"\n')
    told = text(file(lifecycle.write(home, NOVEMBER, "province"), ".docx"))
    assert "某市打非办：" in told
    assert "岚打非办〔2022〕" in told
    assert "抄送：省打击非法采矿工作领导小组办公室。" in told
    home.settings_file.write_text(settings + '\n[report.province]\nform = "fax"\n')
    with pytest.raises(ReportError, match="“fax” 不可用"):
        lifecycle.write(home, NOVEMBER, "province")


def test_the_templates_are_what_the_script_writes():
    for form in FORMS:
        assert (TEMPLATES / f"{form}.docx").read_bytes() == template_bytes(form)


def edited(home, form, before, after):
    """The office's own template: ours with one text changed."""
    made = io.BytesIO()
    document = docx.Document(TEMPLATES / f"{form}.docx")
    for paragraph in document.paragraphs:
        if before in paragraph.text:
            paragraph.runs[-1].text = paragraph.runs[-1].text.replace(before, after)
    document.save(made)
    folder = home.reports / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{form}.docx").write_bytes(made.getvalue())


def test_an_office_edits_its_own_template(home, quick):
    edited(
        home,
        "report",
        "特此报告。",
        "巡查{{ 本期.patrol_lines }}点次，累计{{ 累计.patrol_lines }}点次，专此报告。",
    )
    told = text(file(lifecycle.write(home, NOVEMBER, "city"), ".docx"))
    assert "巡查6点次，累计10点次，专此报告。" in told


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ("{{ 局长 }}", "占位符 局长 没有对应的内容"),
        ("{{ 本期.patrol }}", "占位符 patrol 不是指标代码"),
        ("{{ period ", "占位符写法有误：.*period"),
        ("{% if %}", "占位符写法有误"),
    ],
)
def test_a_broken_template_names_the_placeholder(home, quick, after, message):
    edited(home, "report", "特此报告。", after)
    with pytest.raises(ReportError, match=message):
        lifecycle.write(home, NOVEMBER, "city")
    assert not (home.reports / "2022-11").exists()


def test_the_recipients_own_table_is_filled_where_its_mapping_says(home, quick):
    folder = home.reports / "tables"
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    book.active.title = "月报表"
    book.active["A1"], book.active["B3"] = "表头不变", "=SUM(B2:B2)"
    book.save(folder / "province.xlsx")

    def mapped(*rows):
        with (folder / "province.csv").open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows([("工作表", "单元格", "数字", "除数"), *rows])

    mapped(("月报表", "B2", "patrol_lines/value", ""), ("月报表", "C2", "patrol_lines/year", "10"))
    report = lifecycle.write(home, NOVEMBER, "province")
    sheet = openpyxl.load_workbook(file(report, "（报送表）.xlsx"))["月报表"]
    assert [sheet[cell].value for cell in ("A1", "B2", "C2", "B3")] == [
        "表头不变", 6, 1, "=SUM(B2:B2)",
    ]  # fmt: skip
    for row, message in (
        (("没有", "B2", "patrol_lines/value", ""), "第2行：.*没有工作表"),
        (("月报表", "B2", "patrol_lines/always", ""), "第2行：“patrol_lines/always”不是数字"),
        (("月报表", "第二格", "patrol_lines/value", ""), "第2行：单元格“第二格”"),
    ):
        mapped(row)
        with pytest.raises(ReportError, match=message):
            lifecycle.write(home, NOVEMBER, "province")


def test_what_is_due_moves_past_holidays_and_knows_what_was_sent(home, quick):
    def told():
        with connect(current(home).database, read_only=True) as reader:
            found = calendar.due(home, reader, date(2022, 12, 10))
        return {(one.period.text, one.recipient_code): one for one in found}

    found = told()
    # 5 November 2022 is a Saturday, 10 October the first Monday after the holidays.
    assert found["2022-10", "city"].due_date == date(2022, 11, 7)
    assert found["2022-Q3", "city"].due_date == date(2022, 10, 10)
    assert found["2022-11", "city"].state == "未生成，已逾期5天"
    assert found["2022-12", "city"].state == "本期未结束"
    lifecycle.write(home, NOVEMBER, "city")
    assert told()["2022-11", "city"].state == "待填报人审签，已逾期5天"
    sign_all(home, NOVEMBER)
    assert told()["2022-11", "city"].state == "已锁定"


def test_a_year_begins_in_january_and_the_base_does_not(home):
    version = publish(home, SECOND, datetime(2023, 1, 10, 8), has_late=True)
    with figures_of(version, period_of("2023-01")) as figures:
        measures = (CUMULATIVE, YEAR, PREVIOUS)
        assert [figures.of("patrol_lines", one).value for one in measures] == [12, 0, 0]
    assert {one.cumulative for one in recipients(home.settings()).values()} == {CUMULATIVE, YEAR}


def test_a_due_day_is_a_day_of_the_next_period():
    working = {date(2022, 10, day): False for day in range(1, 8)}
    assert calendar.last_day(period_of("2022-01"), 31) == date(2022, 2, 28)
    assert calendar.last_day(period_of("2022-W39"), 3) == date(2022, 10, 5)
    assert calendar.shifted(date(2022, 10, 5), "after", working) == date(2022, 10, 10)
    assert calendar.shifted(date(2022, 10, 5), "before", working) == date(2022, 9, 30)
    assert calendar.shifted(date(2022, 10, 5), "none", working) == date(2022, 10, 5)


def test_a_machine_without_chinese_fonts_says_so(home, monkeypatch):
    with pytest.raises(ReportError, match="没有可替代“仿宋_GB2312”的中文字体"):
        pdf.stand_ins({"DejaVu Sans"})
    charts.font.cache_clear()
    monkeypatch.setattr(charts, "FONTS", ("No Such Font",))
    try:
        with pytest.raises(ReportError, match="没有中文字体"):
            lifecycle.write(home, NOVEMBER, "city")
    finally:
        charts.font.cache_clear()


def test_the_command_writes_signs_explains_and_lists(home, quick):
    def run(*arguments):
        done = CliRunner().invoke(app, ["--home", str(home.root), "report", *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    assert "待填报人审签" in run("2022-11", "--to", "province")
    for step in STEPS:
        run("sign", "2022-11", "--to", "province", "--step", step, "--position", "主任")
    assert "已锁定" in run("list")
    assert json.loads(run("list", "--json"))[0]["next_step"] is None
    assert "11月台账.xlsx" in run("explain", "2022-11/patrol_lines/value")
    assert "2022年11月月报" in run("due")
    # What was signed is told beside what is known today.
    publish(home, SECOND, datetime(2023, 1, 10, 8), has_late=True)
    now = run("explain", "2022-11/patrol_lines/value")
    assert "数值：8点次" in now
    assert f"已锁定的报告（province）：6点次，用 --version {FIRST}" in now
    assert "数值：6点次" in run("explain", "2022-11/patrol_lines/value", "--version", FIRST)
    refused = minewatch(home, "report", "2022-11", "--to", "province", "--draft")
    assert refused.returncode == 1
    assert "已锁定" in refused.stderr


def test_a_record_can_be_read_back(home, quick):
    record = lifecycle.write(home, NOVEMBER, "city").record
    assert read_record(home, NOVEMBER, "city") == record
    assert dataclasses.asdict(record)["figures"]["2022-11/patrol_lines/value"]["text"] == "6点次"
    (home.reports / "2022-11" / "city" / "record.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReportError, match="无法读取"):
        read_record(home, NOVEMBER, "city")
