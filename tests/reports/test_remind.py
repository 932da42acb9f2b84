"""Letters that remind: who gets one, what stands in it, and what does not."""

from datetime import date, datetime

import docx
import pytest
from docx.oxml.ns import qn

from reports import PaperError
from reports.remind import LISTED, month_before, remind
from tests.command import minewatch
from tests.reports.paper import publish

T100, VILLAGE = ("T100", "甲山镇人民政府"), ("999901100201", "甲山镇东坡村村民委员会")
BUREAU = ("U01", "县自然资源局")


def owed(unit, status, due, **more):
    """One obligation of that unit; a round of a village unless `more` says otherwise."""
    code, name = unit
    return {
        "owing_unit_code": code,
        "owing_unit_name": name,
        "status": status,
        "due_date": date.fromisoformat(due),
        "clause_code": "2.1.3",
        "rule_code": "M03",
        "rule_name": "村级周排查",
        "kind_code": "period",
        "basis_text": "通知二（一）3",
        "subject_type": "village",
        "subject_id": "999901100201",
        "subject_name": "东坡村",
        "period_start_date": date(2022, 11, 28),
        "period_end_date": date(2022, 12, 4),
        "is_due_soon": status == "open",
    } | more


CLOCK = {
    "kind_code": "clock",
    "rule_code": "M24",
    "rule_name": "督导抽查问题整改",
    "clause_code": "3.3",
    "subject_type": "inspection",
    "subject_id": "CC01",
    "subject_name": "台账",
    "started_at": datetime(2022, 8, 1, 9, 30),
}


@pytest.fixture
def letters(county, tmp_path):
    def write(rows, unit=None):
        def fill(write):
            write.add("dim_clauses", [{"clause_code": "2.1.3", "clause_title": "网格化监管"}])
            write.connection.execute(
                "update marts.dim_units set parent_unit_code = 'T100' where unit_code = ?",
                [VILLAGE[0]],
            )
            write.add("fct_obligations", rows)

        publish(county.home, fill)
        found = remind(county.home, unit, tmp_path / "out")
        return {path.stem: docx.Document(path) for path in found}

    return write


def tables(document):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def text(document):
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_township_is_told_what_it_and_its_villages_owe(letters):
    found = letters(
        [
            owed(VILLAGE, "no_report", "2022-12-04"),
            owed(VILLAGE, "open", "2022-12-11"),
            owed(T100, "overdue", "2022-08-15", days_late=117, **CLOCK),
            owed(BUREAU, "overdue", "2021-12-15", days_late=360, **CLOCK),
        ]
    )
    assert set(found) == {"催办函（甲山镇人民政府）", "催办函（县自然资源局）"}
    letter = found["催办函（甲山镇人民政府）"]
    said = text(letter)
    for part in (
        "样例数据",
        "甲山镇人民政府：",
        "截至2022年12月10日8时，你单位（含所辖村）",
        "逾期未完成1项、到期未报送1项、即将到期1项",
        "不得补填日期",
        "1. 村级周排查（2项）",
        "依据：通知二（一）3",
        "严厉打击非法采矿工作领导小组办公室",
    ):
        assert part in said, part
    summary, rounds, clocks = tables(letter)
    assert summary[1:] == [
        ["1", "村级周排查", "网格化监管", "", "1", "1", "12月4日"],
        ["2", "督导抽查问题整改", "3.3", "1", "", "", "8月15日"],
    ]
    assert rounds[1:] == [
        [VILLAGE[1], "东坡村", "11月28日至12月4日", "12月4日", "未报送"],
        [VILLAGE[1], "东坡村", "11月28日至12月4日", "12月11日", "即将到期"],
    ]
    assert clocks == [
        ["对象", "所属期或起算", "期限", "状态"],
        ["台账（CC01）", "8月1日09:30起算", "8月15日", "逾期117天"],
    ]
    for table in letter.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "2021年12月15日" in str(tables(found["催办函（县自然资源局）"]))


def test_what_is_done_excused_restricted_or_long_over_reminds_nobody(letters):
    nothing = [
        owed(T100, "met", "2022-12-04"),
        owed(T100, "met_late", "2022-12-04"),
        owed(T100, "waived", "2022-12-04"),
        owed(T100, "open", "2022-12-31", is_due_soon=False),
        owed(T100, "overdue", "2022-12-04", is_restricted=True),
        owed(T100, "overdue", "2022-12-09", is_in_grace=True),
        # A round that was over before last month; a clock of that time still runs (above).
        owed(T100, "no_report", "2022-10-31"),
        owed((None, None), "overdue", "2022-12-04"),
    ]
    with pytest.raises(PaperError, match="没有写任何文件"):
        letters(nothing)


def test_the_first_day_of_last_month_counts(letters):
    found = letters([owed(T100, "overdue", "2022-11-01", days_late=39)])
    assert "催办函（甲山镇人民政府）" in found


@pytest.mark.parametrize(
    ("day", "first"),
    [((2022, 12, 10), (2022, 11, 1)), ((2022, 1, 31), (2021, 12, 1)), ((2022, 2, 1), (2022, 1, 1))],
)
def test_the_month_before(day, first):
    assert month_before(date(*day)) == date(*first)


@pytest.mark.parametrize("unit", ["T100", "甲山镇人民政府"])
def test_one_unit_is_chosen_by_name_or_code(letters, unit):
    rows = [owed(T100, "overdue", "2022-12-04"), owed(BUREAU, "overdue", "2022-12-04")]
    assert set(letters(rows, unit)) == {"催办函（甲山镇人民政府）"}


def test_of_a_long_list_the_rest_is_a_number(letters):
    rows = [
        owed(T100, "overdue", "2022-08-15", **CLOCK | {"subject_id": f"CC{number:02}"})
        for number in range(LISTED + 3)
    ]
    [letter] = letters(rows).values()
    assert len(tables(letter)[1]) == LISTED + 1
    assert "其余3项" in text(letter)


def test_equal_versions_give_equal_words(letters, county, tmp_path):
    [first] = letters([owed(T100, "overdue", "2022-12-04", obligation_id="a")]).values()
    [path] = remind(county.home, None, tmp_path / "again")
    again = docx.Document(path)
    assert (text(first), tables(first)) == (text(again), tables(again))


def test_the_command_writes_below_the_outbox(county):
    publish(
        county.home,
        lambda write: write.add("fct_obligations", [owed(T100, "overdue", "2022-12-04")]),
    )
    done = minewatch(county.home, "remind")
    assert done.returncode == 0, done.stderr
    [path] = county.home.outbox.rglob("*.docx")
    assert path.name == "催办函（甲山镇人民政府）.docx"
    refused = minewatch(county.home, "remind", "--unit", "无此单位")
    assert refused.returncode == 1
    assert "没有写任何文件" in refused.stderr
