"""Figures of a report: periods, comparisons, and the same number by either way of counting."""

from datetime import date
from decimal import Decimal

import pytest
from invented_year import NAME, TOWNSHIP, publish

from reports import ReportError, lists
from reports.content import figures_of
from reports.figures import CUMULATIVE, NEXT, PREVIOUS, YEAR, figure_of
from reports.periods import PeriodError, period_of
from reports.recipients import recipients
from reports.text import prose
from reports.trace import SECRET, ranges, trace
from reports.wording import change, digits, growth, trapezoid, with_unit
from tests.county import County
from warehouse.settings import HomeSettings


@pytest.fixture(scope="module")
def version(tmp_path_factory):
    return publish(County(tmp_path_factory.mktemp("figures") / "home").home)


@pytest.fixture
def figures(version):
    with figures_of(version, period_of("2022-11")) as found:
        yield found


@pytest.mark.parametrize(
    ("text", "first", "last", "previous", "following", "name"),
    [
        ("2022-11", "2022-11-01", "2022-11-30", "2022-10", "2022-12", "2022年11月"),
        ("2023-01", "2023-01-01", "2023-01-31", "2022-12", "2023-02", "2023年1月"),
        ("2022-Q4", "2022-10-01", "2022-12-31", "2022-Q3", "2023-Q1", "2022年第四季度"),
        ("2022", "2022-01-01", "2022-12-31", "2021", "2023", "2022年"),
        ("2022-W52", "2022-12-26", "2023-01-01", "2022-W51", "2023-W01", "2022年12月26日至2023年1月1日"),
        ("2022-09..2022-11", "2022-09-01", "2022-11-30", "2022-06..2022-08", "2022-12..2023-02",
         "2022年9月至11月"),
    ],
)  # fmt: skip
def test_a_period_has_days_a_name_and_neighbours(text, first, last, previous, following, name):
    period = period_of(text)
    assert (str(period.first), str(period.last)) == (first, last)
    assert (period.previous.text, period.next.text, period.name) == (previous, following, name)
    assert period_of(period.previous.text).next == period


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-Q5", "22-11", "2022-W54", "2022-11..2022-09", ""]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodError, match="不是周期"):
        period_of(text)


@pytest.mark.parametrize(
    ("now", "before", "unit", "said"),
    [
        (6, 4, "件", "比上月增加2件、增长50%"),
        (3, 4, "件", "比上月减少1件、下降25%"),
        (4, 4, "件", "与上月持平"),
        (4, 0, "件", "上月为零"),
        (0, 0, "件", "与上月持平"),
        (75, 80.5, "%", "比上月下降5.5个百分点"),
        (None, 4, "件", ""),
        (4, None, "件", ""),
    ],
)
def test_a_comparison_never_divides_by_zero(now, before, unit, said):
    given = [None if value is None else Decimal(str(value)) for value in (now, before)]
    assert change(*given, unit, "上月") == said


def test_numbers_are_plain_and_money_is_told_in_ten_thousands():
    assert [digits(Decimal(text)) for text in ("552.00", "0.10", "-0.00", "87.105", "100")] == [
        "552", "0.1", "0", "87.11", "100",
    ]  # fmt: skip
    assert with_unit(Decimal(432000), "元") == "43.2万元"
    assert with_unit(Decimal("9999.5"), "元") == "9999.5元"
    assert digits(None) == growth(Decimal(1), Decimal(0)) == "—"
    assert ranges([7, 1, 2, 3, 3]) == "1–3、7"


def test_a_long_title_stands_in_growing_lines_and_no_word_is_broken():
    lines = trapezoid("关于2022年11月打击非法采矿工作情况的报告")
    assert lines == ["关于2022年11月", "打击非法采矿工作情况的报告"]
    assert trapezoid("关于2022年的报告") == ["关于2022年的报告"]


def test_months_and_rows_count_the_same(figures):
    counted = 0
    for code, metric in figures.metrics.items():
        figure = figures.of(code)
        if metric.is_monthly:
            rows = figures.queried(metric, figure.first, figure.last, None)
            assert (rows[0], rows[1] or 0) == (figure.numerator, figure.denominator or 0), code
            counted += bool(rows[0])
    assert counted > 5


def test_measures_count_their_own_days(figures):
    def value(code, measure):
        return figures.of(code, measure).value

    found = [value("patrol_lines", one) for one in ("value", PREVIOUS, CUMULATIVE, YEAR)]
    assert found == [6, 4, 10, 10]
    # What is in stock at the end of two months is there once.
    assert value("cases_open", "value") == 1
    assert value("cases_open", CUMULATIVE) is None
    assert value("obligations_due", NEXT) == 1
    # Of nothing there is no share.
    assert value("clues_confirmed", "value") is None


def test_a_quarter_sums_months_and_a_week_counts_rows(version):
    with figures_of(version, period_of("2022-Q4")) as quarter:
        assert quarter.of("patrol_lines").value == 10
        assert quarter.of("obligations_met").value == 50
        assert not quarter.is_over
    with figures_of(version, period_of("2022-W45")) as week:
        # 7 to 13 November: lines of the 10th to the 13th.
        assert week.of("patrol_lines").value == 4
        assert week.of("patrol_lines", CUMULATIVE).value == 8


def test_before_the_base_month_nothing_is_counted(version):
    with figures_of(version, period_of("2022-07")) as figures:
        assert figures.of("patrol_lines").value is None
        said = prose(figures, recipients(HomeSettings("1", "县"))["city"])
        assert "不在指标统计期（2022年9月起）之内" in said.basic[0]
    with figures_of(version, period_of("2022-Q3")) as figures:
        assert figures.of("patrol_lines").first == date(2022, 9, 1)
        said = prose(figures, recipients(HomeSettings("1", "县"))["city"])
        assert said.basic[0] == "指标自2022年9月起统计，本季度的数字不含此前的日子。"


def test_every_figure_resolves_to_the_rows_that_make_it(figures):
    for code, metric in figures.metrics.items():
        figure = figures.of(code)
        found = trace(figures, figure)
        assert sum(source.numerator for source in found.sources) == figure.numerator, code
        if metric.kind == "share":
            wholes = [source.denominator or 0 for source in found.sources]
            assert sum(wholes) == (figure.denominator or 0), code
    (source,) = trace(figures, figures.of("patrol_lines")).sources
    assert (source.file_name, source.sheet_name, source.rows) == ("11月台账.xlsx", "台账", "3–8")


def test_nobody_learns_who_reported_or_which_official(figures):
    for code in ("clues_received", "discipline_transfers"):
        found = trace(figures, figures.of(code))
        assert [(one.file_name, one.rows, one.row_count) for one in found.sources] == [
            (SECRET, "", 1)
        ]


def test_a_number_is_found_by_its_id_and_no_other(figures):
    number = f"2022-11/patrol_lines/value@{TOWNSHIP}"
    assert figure_of(figures, number).value == 6
    for wrong in (
        "patrol_lines",
        "2022-10/patrol_lines/value",
        "2022-11/nothing/value",
        "2022-11/patrol_lines/value@1' or '1",
    ):
        with pytest.raises(ReportError):
            figure_of(figures, wrong)


def test_annexes_add_up_to_the_figures(figures):
    def column(listing, name):
        place = [heading for heading, _ in listing.headings].index(name)
        return [row[place] for row in listing.rows]

    patrols = lists.patrols(figures)
    assert sum(column(patrols, "巡查点次")) == figures.of("patrol_lines").value
    assert sum(column(patrols, "发现问题")) == figures.of("patrol_findings").value
    assert sum(column(patrols, "台账份数")) == figures.of("ledger_forms").value
    duties = column(lists.obligations(figures), "类别")
    assert duties.count("本期到期未办") == figures.of("obligations_overdue").value == 1
    assert duties.count("下期到期") == figures.of("obligations_due", NEXT).value == 1
    whole, *_ = [row for row in lists.townships(figures).rows if row[0] == "全县"]
    (part,) = [row for row in lists.townships(figures).rows if row[0] == NAME]
    assert part[1:] == whole[1:]


def test_only_confirmed_and_unanswered_contradictions_are_told(figures):
    listed = lists.contradictions(figures)
    assert [(row[1], row[-1]) for row in listed.rows] == [("核实属实", "x1"), ("逾期未说明", "x2")]
    said = "".join(prose(figures, recipients(HomeSettings("1", "县"))["city"]).problems)
    assert "核实属实1条，逾期未说明1条（仍待核实，不作为认定依据）" in said


def test_both_recipients_are_told_the_same_numbers(figures):
    both = recipients(HomeSettings("1", "县"))
    units = {}
    for recipient in both.values():
        for line in recipient.lines:
            value = figures.of(line.metric_code).value
            metric = figures.metrics[line.metric_code]
            assert (line.unit == metric.unit) == (line.divisor == 1), line
            units.setdefault(line.metric_code, set()).add(value)
    assert all(len(values) == 1 for values in units.values())
    shared = [set(line.metric_code for line in one.lines) for one in both.values()]
    assert len(shared[0] & shared[1]) > 15
