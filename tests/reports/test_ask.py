"""Requests to verify: who gets which letter, what it says, and the form comes back as a delivery."""

import shutil
from datetime import date, datetime, timedelta

import docx
import openpyxl
import pytest
from docx.shared import Mm

from ingestion.land import load
from reports import AskError
from reports.ask import ask
from tests.command import minewatch
from tests.dashboards.invented_autumn import Writer
from warehouse import versions
from warehouse.connection import connect

FIRST, SECOND, OTHER, ASKED, NOBODY = ("a1" * 16, "a2" * 16, "b1" * 16, "c1" * 16, "d1" * 16)
# Friday to the Friday after: five working days.
ISSUED, DUE = datetime(2022, 12, 9, 10, 30), "2022年12月16日"


def claim(number, unit, rule="X01", status="unasked", **more):
    return {
        "contradiction_id": number,
        "rule_code": rule,
        "rule_name": "应发现未发现",
        "asked_unit_code": unit and f"U-{unit}",
        "asked_unit_name": unit,
        "status_code": status,
        "claim_text": f"{unit}台账：南沟无发现",
        "claim_date": date(2022, 12, 1),
        "claim_file_name": "台账.xlsx",
        "claim_sheet_name": "南沟",
        "claim_row_number": 4,
    } | more


def publish(home):
    directory = home.versions / "20221210T080500-abc123-0001"
    directory.mkdir(parents=True)
    with connect(directory / versions.DATABASE) as connection:
        write = Writer(connection)
        write.add(
            "fct_contradictions",
            [
                claim(FIRST, "甲山镇人民政府"),
                claim(SECOND, "甲山镇人民政府", rule="X11", claim_row_number=None),
                claim(OTHER, "乙水乡人民政府"),
                claim(ASKED, "甲山镇人民政府", status="asked"),
                claim(NOBODY, None),
            ],
        )
        evidence = {"evidence_type": "video_event", "evidence_file_name": "告警.xml"}
        told = {
            "evidence_text": "12月1日夜间视频告警",
            "evidence_row_number": 9,
            "evidence_rank": 1,
        }
        write.add(
            "fct_contradiction_evidence",
            [{"contradiction_id": one} | evidence | told for one in (FIRST, SECOND, OTHER, ASKED)]
            + [
                {
                    "contradiction_id": FIRST,
                    "evidence_type": "clue",
                    "evidence_text": "当周群众线索",
                    "evidence_rank": 2,
                }
            ],
        )
        write.add(
            "dim_obligation_rules",
            [{"rule_code": "M26", "limit_number": 5, "valid_from_date": date(2022, 9, 19)}],
        )
        days = [date(2022, 12, 1) + timedelta(days=day) for day in range(31)]
        working = 0
        for day in days:
            working += day.weekday() < 5
            write.add(
                "dim_dates",
                [
                    {
                        "calendar_date": day,
                        "working_day_number": working,
                        "is_working_day": day.weekday() < 5,
                    }
                ],
            )
    versions.point_to(home, directory)


@pytest.fixture
def home(county):
    publish(county.home)
    return county.home


def text(path):
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def test_each_unit_gets_one_letter_about_what_it_was_not_asked_yet(home, tmp_path):
    requests = ask(home, [], None, None, tmp_path / "out", ISSUED)
    assert [(one.unit_name, one.contradiction_ids) for one in requests] == [
        ("乙水乡人民政府", (OTHER,)),
        ("甲山镇人民政府", (FIRST, SECOND)),
    ]
    letter = text(requests[1].letter)
    for part in (
        "甲山镇人民政府：",
        f"请于{DUE}前",
        "需核实线索",
        "尚未核实",
        "甲山镇人民政府台账：南沟无发现。",
        "（出处：台账.xlsx，工作表“南沟”，第4行）",
        "（出处：台账.xlsx，工作表“南沟”）",
        "12月1日夜间视频告警。",
        "（出处：告警.xml，第9行）",
        "（出处：受保护的来件）",
        "严厉打击非法采矿工作领导小组办公室",
        "2022年12月9日",
    ):
        assert part in letter, part
    assert "None" not in letter
    assert "样例数据" in letter
    section = docx.Document(requests[1].letter).sections[0]
    # Word keeps twentieths of a point.
    for found, wanted in (
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert abs(found - Mm(wanted)) < Mm(0.1)


def test_units_rules_and_numbers_choose(home, tmp_path):
    def ids(chosen=(), unit=None, rule=None):
        requests = ask(home, list(chosen), unit, rule, tmp_path / "out", ISSUED)
        return [number for one in requests for number in one.contradiction_ids]

    assert ids(unit="甲山镇人民政府", rule="X11") == [SECOND]
    assert ids(unit="U-乙水乡人民政府") == [OTHER]
    # Who names one asks again.
    assert ids(["c1"]) == [ASKED]
    assert len(list((tmp_path / "out").iterdir())) == 3


@pytest.mark.parametrize(
    ("chosen", "unit", "message"),
    [
        (["zz"], None, "没有这个编号"),
        (["a"], None, "有 2 条线索以此开头"),
        ([], "丙镇人民政府", "没有尚未下发"),
        ([NOBODY], None, "没有尚未下发"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_written(home, tmp_path, chosen, unit, message):
    with pytest.raises(AskError, match=message):
        ask(home, chosen, unit, None, tmp_path / "out", ISSUED)
    assert not (tmp_path / "out").exists()
    assert not (home.inbox / "explanations").exists()


def test_without_a_rule_in_force_no_day_is_named(home, tmp_path):
    with pytest.raises(AskError, match="算不出答复期限"):
        ask(home, [FIRST], None, None, tmp_path / "out", datetime(2022, 12, 29))
    assert not (tmp_path / "out").exists()


def test_the_form_says_what_was_asked_and_brings_back_the_answer(home, tmp_path):
    (request,) = ask(home, [FIRST], None, None, tmp_path / "out", ISSUED)
    (file,) = load(home, None, None).files
    assert (file.outcome, file.good, file.rejected) == ("loaded", 1, 0), file.message

    def rows():
        with connect() as connection:
            return connection.execute(
                f"""
                select object_kind_name, object_id, issued_at, unit_name, explained_at, conclusion_name
                from read_parquet('{home.raw}/explanations/*.parquet') order by _received_at
                """
            ).fetchall()

    asked = ("矛盾", FIRST, ISSUED, "甲山镇人民政府", None, None)
    assert rows() == [asked]
    book = openpyxl.load_workbook(request.form)
    sheet = book["核查说明"]
    sheet["E2"], sheet["F2"], sheet["G2"] = "2022-12-13", "不属实", "车辆为过路货车"
    back = home.inbox / "explanations" / "甲山镇回复.xlsx"
    book.save(back)
    load(home, None, None)
    assert rows()[-1] == (*asked[:4], datetime(2022, 12, 13), "不属实")


def test_the_command_writes_into_the_home_and_says_what_comes_next(county):
    publish(county.home)
    done = minewatch(county.home, "ask", "--unit", "乙水乡人民政府")
    assert done.returncode == 0, done.stderr
    assert "乙水乡人民政府：1 条线索" in done.stdout
    assert "minewatch run" in done.stdout
    assert len(list(county.home.outbox.rglob("*.docx"))) == 1
    refused = minewatch(county.home, "ask", "--unit", "无此单位")
    assert refused.returncode == 1
    assert "没有写任何文件" in refused.stderr
    shutil.rmtree(county.home.versions)
    assert "还没有发布过版本" in minewatch(county.home, "ask").stderr
