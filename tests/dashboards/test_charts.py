"""Figures as data: what is drawn, what it says, and that it says whose data it is."""

from datetime import date, datetime
from functools import cache

import pandas as pd
import pytest
from invented_autumn import STAMP, TOWNSHIPS, code_of

from dashboards import charts, queries
from dashboards.stamp import Stamp

REAL = Stamp("岚沟县", STAMP.as_of_at, STAMP.version_id, is_sample=False)
AUTUMN = (date(2022, 9, 1), date(2022, 12, 10))


FIGURES = ["coverage", "weeks", "map", "power", "rejected"]
FIGURES += ["duties", "leads", "deadline", "incidents"]
FIGURES += ["placed", "course", "curve", "clocks", "clues", "in time", "publicity"]
FIGURES += ["stages", "open cases", "events", "cameras", "alerts"]
FIGURES += ["targets", "towards", "counties' cases", "owed", "decided"]


def texts(figure) -> dict[str, str]:
    return {note.name: note.text for note in figure.layout.annotations if note.name}


def coverage_rows(**changes) -> pd.DataFrame:
    row = {
        "township_code": "1",
        "township_name": "柳河镇",
        "period_kind_code": "week",
        "expected_count": 10,
        "done_count": 9,
        "form_count": 2,
        "zero_report_count": 0,
        "coverage_pct": 90.0,
        "is_open": False,
        "is_silent": False,
        "period_start_date": pd.Timestamp(2022, 11, 28),
        "period_end_date": pd.Timestamp(2022, 12, 4),
    }
    return pd.DataFrame([row | changes])


@pytest.fixture(scope="session")
def figures(full):
    """All figures by their names, drawn once for each stamp."""
    coverage = queries.patrols.coverage(full, "village", [], *AUTUMN)
    places = (
        queries.county.boundary(full),
        queries.county.sites(full, []),
        queries.patrols.last_by_site(full),
    )
    weeks = queries.patrols.forms_by_week(full, [], *AUTUMN)
    townships = queries.county.townships(full)
    power = queries.power.days(full, *AUTUMN)
    deliveries = queries.quality.deliveries(full, [], [])
    duties = queries.duties.by_clause_and_township(full, [], [], [], *AUTUMN)
    clauses = queries.duties.clauses(full)
    names = dict(zip(townships["township_code"], townships["township_name"], strict=True))
    leads = queries.duties.by_lead_unit(full, [], [], [], *AUTUMN)
    towards = queries.duties.deadline_weeks(full, None)
    sources = queries.incidents.by_first_source(full, [], *AUTUMN)
    stages = queries.cases.stages_reached(full, [], *AUTUMN).iloc[0]
    still_open = queries.cases.open_by_stage(full, [])
    events = queries.video.events_by_day(full, [], *AUTUMN)
    counts = queries.video.events_counted(full, [], *AUTUMN).iloc[0]
    cameras = queries.video.built_by_township(full, [])
    alerts = queries.power.alerts_by_township(full, [], *AUTUMN)

    placed = queries.incidents.placed(full, "all", [], *AUTUMN)
    told = queries.incidents.one(full, "signal0-1").iloc[0]
    signals = queries.incidents.signals(full, "signal0-1")
    lines = queries.incidents.ledger_lines(full, "signal0-1")
    alert = queries.power.one_alert(full, "derived0").iloc[0]
    curve = queries.power.curve(full, "derived0")
    clocks = queries.cases.clocks(full, [], *AUTUMN, STAMP.as_of_at)
    clues = queries.clues.by_month_and_channel(full, *AUTUMN)
    in_time = queries.clues.in_time(full, [], *AUTUMN)
    published = queries.public.publicity_by_month(full, *AUTUMN)
    november = ([], date(2022, 11, 1))
    targets = queries.counties.by_metric_and_county(full, *november)
    going = queries.counties.deadlines(full, *november)
    theirs = queries.counties.cases_by_type(full, *november)
    reported = queries.counties.reported(full, *november)
    owed = queries.accountability.by_rule(full, [], *AUTUMN)
    decided = queries.accountability.by_action(full, [], *AUTUMN)

    @cache
    def draw(stamp):
        return {
            "targets": charts.counties.by_metric_and_county(targets, stamp),
            "towards": charts.counties.deadline(going, stamp),
            "counties' cases": charts.counties.cases_by_type(theirs, reported, stamp),
            "owed": charts.accountability.by_rule(owed, stamp),
            "decided": charts.accountability.by_action(decided, stamp),
            "placed": charts.incidents.placed(placed, places[0], stamp),
            "course": charts.incidents.course(told, signals, lines, stamp),
            "curve": charts.power.curve(alert, curve, stamp),
            "clocks": charts.cases.clocks(clocks, *AUTUMN, stamp),
            "clues": charts.public.clues(clues, stamp),
            "in time": charts.public.in_time(in_time, stamp),
            "publicity": charts.public.publicity(published, stamp),
            "coverage": charts.patrols.coverage(coverage, "village", stamp),
            "weeks": charts.patrols.forms_by_week(weeks, townships, *AUTUMN, stamp),
            "duties": charts.duties.by_clause_and_township(
                duties, clauses, names | {"county": "县本级"}, stamp
            ),
            "leads": charts.duties.by_lead_unit(leads, stamp),
            "deadline": charts.duties.deadline_weeks(towards, stamp),
            "incidents": charts.incidents.by_first_source(sources, stamp),
            "stages": charts.cases.stages_reached(stages, *AUTUMN, stamp),
            "open cases": charts.cases.open_by_stage(still_open, stamp),
            "events": charts.video.events_by_day(events, counts, *AUTUMN, stamp),
            "cameras": charts.video.built_by_township(cameras, stamp),
            "alerts": charts.power.alerts_by_township(alerts, *AUTUMN, stamp),
            "map": charts.county.sites(*places, stamp),
            "power": charts.power.days(power, stamp),
            "rejected": charts.quality.rejected_by_sender(deliveries, stamp),
        }

    return draw


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_carries_its_stamp_inside(name, figures):
    sample = texts(figures(STAMP)[name])["stamp"]
    assert sample == "<b>【样例数据】</b>岚沟县 · 数据截至 2022-12-10 08:00"
    assert texts(figures(REAL)[name])["stamp"] == "岚沟县 · 数据截至 2022-12-10 08:00"


@pytest.mark.parametrize("name", FIGURES)
def test_no_figure_needs_a_base_map_or_web_gl(name, figures):
    assert {trace.type for trace in figures(STAMP)[name].data} <= {"scatter", "heatmap", "bar"}


def test_the_heat_map_says_in_words_what_colour_shows(figures):
    figure = figures(STAMP)["coverage"]
    [cells] = figure.data
    by_place = dict(zip(zip(cells.x, cells.y, strict=True), cells.text, strict=True))
    assert by_place[code_of("柳河镇"), "2022-11-28"] == "未报"
    assert by_place[code_of("东沟乡"), "2022-12-05"] == "待报"
    assert by_place[code_of("石桥乡"), "2022-11-28"] == "—"
    assert by_place[code_of("青石镇"), "2022-11-28"] == "100"
    assert list(figure.layout.yaxis.ticktext)[-1] == "12-05～12-11<br>进行中"
    assert list(figure.layout.yaxis.categoryarray)[-1] == "2022-12-05"
    assert figure.layout.xaxis.ticktext[5] == "黄土<br>坡镇"


def test_the_title_is_the_finding(figures):
    title = figures(STAMP)["coverage"].layout.meta["title"]
    assert title == (
        "上周（11-28～12-04）村级巡查覆盖率 42%，3 个乡镇未报：柳河镇、白杨镇、黄土坡镇"
    )


@pytest.mark.parametrize(
    ("share", "state"),
    [
        (59.99, "below_60"),
        (60, "below_90"),
        (89.99, "below_90"),
        (90, "below_100"),
        (99.99, "below_100"),
        (100, "complete"),
    ],
)
def test_colour_steps_change_at_their_limits(share, state):
    [row] = coverage_rows(coverage_pct=share).to_dict("records")
    assert charts.patrols.coverage_state(pd.Series(row))[0] == state


def test_a_share_just_below_all_is_never_shown_as_all():
    [row] = coverage_rows(coverage_pct=99.99).to_dict("records")
    assert charts.patrols.coverage_state(pd.Series(row))[1] == "99"
    assert charts.look.percent(999, 1000) == "99%"
    assert charts.look.percent(1000, 1000) == "100%"


def test_of_nothing_expected_no_share_is_told():
    assert charts.look.percent(0, 0) == "—"
    rows = coverage_rows(expected_count=0, done_count=0, coverage_pct=None)
    assert charts.patrols.coverage_finding(rows, "village", STAMP) == (
        "上周（11-28～12-04）没有应做的村级巡查"
    )


def test_a_zero_report_is_not_silence():
    rows = coverage_rows(done_count=0, coverage_pct=0.0, zero_report_count=2)
    [row] = rows.to_dict("records")
    assert charts.patrols.coverage_state(pd.Series(row)) == ("below_60", "0")
    assert charts.patrols.coverage_finding(rows, "village", STAMP).endswith("0%，没有乡镇漏报")


def test_silence_a_zero_report_and_lines_are_three_things(figures):
    [cells] = figures(STAMP)["weeks"].data
    by_place = dict(zip(zip(cells.x, cells.y, strict=True), cells.text, strict=True))
    assert len(by_place) == 8 * 15
    assert by_place[code_of("黄土坡镇"), "2022-09-26"] == "零报告"
    assert by_place[code_of("上庄镇"), "2022-09-26"] == "6"
    assert by_place[code_of("青石镇"), "2022-09-26"] == "未收"
    # The running week is not over: nobody is silent yet.
    assert by_place[code_of("青石镇"), "2022-12-05"] == "待报"


@pytest.mark.parametrize(
    ("arrived", "title"),
    [
        (["青石镇"], "上周（11-28～12-04）收到台账 1 份，7 个乡镇未报："),
        (TOWNSHIPS, "上周（11-28～12-04）收到台账 8 份，没有乡镇漏报"),
        ([], "上周（11-28～12-04）没有收到任何乡镇的台账"),
    ],
)
def test_the_title_names_who_was_silent_last_week(full, arrived, title):
    forms = pd.DataFrame(
        [
            {
                "township_code": code_of(township),
                "form_count": 1,
                "zero_report_count": 0,
                "row_count": 5,
                "week_start_date": pd.Timestamp(2022, 11, 28),
            }
            for township in arrived
        ]
        or queries.patrols.forms_by_week(full, [], AUTUMN[1], AUTUMN[1])
    )
    figure = charts.patrols.forms_by_week(forms, queries.county.townships(full), *AUTUMN, STAMP)
    assert figure.layout.meta["title"].startswith(title)


def test_a_week_that_ends_on_the_as_of_day_is_not_over(full):
    sunday = Stamp("岚沟县", datetime(2022, 12, 4, 8), STAMP.version_id, is_sample=False)
    nothing = queries.patrols.forms_by_week(full, [], AUTUMN[1], AUTUMN[1])
    rows = charts.patrols.weeks_of_receipt(
        nothing, queries.county.townships(full), date(2022, 11, 21), date(2022, 12, 4), sunday
    )
    assert rows.groupby("period_start_date")["is_open"].all().tolist() == [False, True]


@pytest.mark.parametrize(
    ("kind", "start", "end", "name"),
    [
        ("week", date(2022, 12, 5), date(2022, 12, 11), "本周（12-05～12-11）"),
        ("week", date(2022, 11, 28), date(2022, 12, 4), "上周（11-28～12-04）"),
        ("week", date(2022, 11, 21), date(2022, 11, 27), "11-21～11-27"),
        ("week", date(2021, 11, 22), date(2021, 11, 28), "2021年11-22～11-28"),
        ("month", date(2022, 11, 1), date(2022, 11, 30), "上月（2022年11月）"),
        ("month", date(2022, 10, 1), date(2022, 10, 31), "2022年10月"),
        ("quarter", date(2022, 7, 1), date(2022, 9, 30), "上季度（2022年第3季度）"),
        ("quarter", date(2022, 10, 1), date(2022, 12, 31), "本季度（2022年第4季度）"),
    ],
)
def test_periods_are_named_as_people_name_them(kind, start, end, name):
    assert charts.look.relative_period_name(kind, start, end, date(2022, 12, 10)) == name


def test_classes_differ_in_shape_as_well_as_colour(figures):
    outline, *classes = figures(STAMP)["map"].data
    assert outline.fill == "toself"
    assert [trace.name for trace in classes] == [
        "历史废弃（关闭）矿井 8",
        "私挖滥采易发点 7",
        "有证矿山 7",
    ]
    assert len({trace.marker.symbol for trace in classes}) == 3
    assert len({trace.marker.color for trace in classes}) == 3
    assert tuple(classes[0].customdata[0]) == (
        "青石1号废井",
        "青石镇青石村",
        "2022-11-29",
        "S000",
    )


def test_the_map_keeps_the_county_in_shape(figures):
    axis = figures(STAMP)["map"].layout.yaxis
    assert axis.scaleanchor == "x"
    # 1 / cos 39.4°
    assert axis.scaleratio == pytest.approx(1.294, abs=0.005)


def test_sites_that_cannot_be_drawn_are_told(figures, full):
    figure = figures(STAMP)["map"]
    assert figure.layout.meta["title"] == "登记册在册 23 处，其中 5 处从未见于台账"
    assert texts(figure)["note"] == "另有 1 处没有坐标，未上图。"
    sites = queries.county.sites(full, [])
    sites.loc[0, "site_class_code"] = None
    figure = charts.county.sites(
        queries.county.boundary(full), sites, queries.patrols.last_by_site(full), STAMP
    )
    assert "类别不明 1" in {trace.name for trace in figure.data}


def test_a_map_without_sites_or_without_boundary_is_still_a_map(full, empty):
    boundary, sites = queries.county.boundary(full), queries.county.sites(full, [])
    none, never = queries.county.sites(empty, []), queries.patrols.last_by_site(empty)
    assert charts.county.sites(boundary, none, never, STAMP).layout.meta["title"] == (
        "登记册里没有在册的监管对象"
    )
    assert len(charts.county.sites(queries.county.boundary(empty), sites, never, STAMP).data) == 3


def test_an_incomplete_day_is_hatched(figures):
    night, day, *lines = figures(STAMP)["power"].data
    shapes = zip(pd.to_datetime(night.x).strftime("%m-%d"), night.marker.pattern.shape, strict=True)
    assert [name for name, shape in shapes if shape] == ["10-31", "11-01"]
    assert [line.name for line in lines] == ["夜间占比", "数据完整率"]
    assert [night.name, day.name] == ["夜间电量", "日间电量"]


def test_day_and_night_add_up_to_the_day(figures, full):
    night, day, *_ = figures(STAMP)["power"].data
    whole = queries.power.days(full, *AUTUMN)["energy_kwh"]
    assert (pd.Series(night.y) + pd.Series(day.y)).tolist() == pytest.approx(whole.tolist())


def test_a_period_without_any_reading_is_no_use_of_zero(full):
    rows = queries.power.days(full, *AUTUMN)
    rows[["energy_kwh", "night_energy_kwh", "night_share_pct"]] = float("nan")
    title = charts.power.days(rows, STAMP).layout.meta["title"]
    assert title == "09-01～12-09 监测电表没有采集到电量"


def test_a_name_with_markup_is_shown_and_not_obeyed():
    rows = coverage_rows(
        township_name='<a href="x">镇</a>', is_silent=True, done_count=0, coverage_pct=0.0
    )
    figure = charts.patrols.coverage(rows, "village", STAMP)
    assert "<a" not in texts(figure)["title"]
    assert "&lt;a" in texts(figure)["title"]
    assert "<a" not in figure.data[0].customdata[0]
    assert not [label for label in figure.layout.xaxis.ticktext if "<a" in label]


def test_no_line_of_a_title_is_wider_than_a_phone():
    title = "上周（11-28～12-04）村级巡查覆盖率 42%，3 个乡镇未报：柳河镇、白杨镇、黄土坡镇"
    lines = charts.look.wrapped(title).split("<br>")
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert max(map(charts.look.width_of, lines)) <= charts.look.TITLE_WIDTH
    assert not [line for line in lines if line[0] in "，。、）%"]
    assert charts.look.wrapped("覆盖率 " + "1" * 20, 10) == "覆盖率<br>" + "1" * 20


def title(figure) -> str:
    return figure.layout.meta["title"]


def test_stages_are_shares_of_what_was_discovered(figures):
    figure = figures(STAMP)["stages"]
    assert title(figure) == "09-01～12-10 发现 13 件：立案 13 件，结案 2 件"
    [bars] = figure.data
    assert list(bars.y) == ["发现", "责令停止", "立案", "处罚决定", "结案", "公示"]
    assert list(bars.text)[:1] == ["13"]
    assert list(bars.text)[3:] == ["4（30%）", "2（15%）", "1（7%）"]


def open_cases(*ages, stage_name="立案") -> pd.DataFrame:
    return pd.DataFrame(
        {"stage_code": "filed", "stage_name": stage_name, "days_open": ages},
        index=range(len(ages)),
    )


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, "30 天以内"),
        (30, "30 天以内"),
        (30.5, "31～60 天"),
        (60, "31～60 天"),
        (61, "61～90 天"),
        (90, "61～90 天"),
        (90.1, "90 天以上"),
        (None, "30 天以内"),
    ],
)
def test_ages_of_open_cases_change_at_their_limits(days, age):
    figure = charts.cases.open_by_stage(open_cases(days), STAMP)
    assert {trace.name: sum(trace.x) for trace in figure.data if sum(trace.x)} == {age: 1}


def test_the_stage_where_most_cases_stand_is_named(figures):
    assert title(figures(STAMP)["open cases"]) == (
        "在办 16 件，6 件已超过 90 天；最多停在调查取证（9 件）"
    )
    young = charts.cases.open_by_stage(open_cases(3, 5), STAMP)
    assert title(young) == "在办 2 件，都在 90 天以内；最多停在立案（2 件）"
    unknown = charts.cases.open_by_stage(open_cases(3, stage_name=None), STAMP)
    assert title(unknown).endswith("最多停在环节不明（1 件）")


def test_what_may_be_mining_lies_below_everything_else(figures):
    figure = figures(STAMP)["events"]
    assert [trace.name for trace in figure.data] == ["挖掘机作业", "车辆进出", "人员闯入", "烟火"]
    assert title(figure) == "09-01～12-10 告警 96 条，涉采 48 条：属实 12 条，待核实 12 条"
    assert texts(figure)["note"].endswith("设备故障 24 条未计入。")
    assert sum(sum(trace.y) for trace in figure.data) == 96


def test_kinds_beyond_the_palette_become_one_and_none_is_lost():
    rows = pd.DataFrame(
        {
            "event_date": pd.Timestamp(2022, 12, 1),
            "event_kind_name": [f"种类{number}" for number in range(6)],
            "is_mining_related": False,
            "event_count": range(6, 0, -1),
        }
    )
    counts = pd.Series(
        {"event_count": 21, "mining_count": 0, "mining_verified_count": 0, "fault_count": 0}
    )
    figure = charts.video.events_by_day(rows, counts, *AUTUMN, STAMP)
    assert [(trace.name, sum(trace.y)) for trace in figure.data] == [
        ("种类0", 6),
        ("种类1", 5),
        ("其他告警", 4 + 3 + 2 + 1),
    ]
    assert title(figure) == "09-01～12-10 告警 21 条，涉采 0 条"


def test_cameras_built_are_a_share_of_those_on_the_register(figures):
    figure = figures(STAMP)["cameras"]
    assert title(figure) == "登记 20 台，已投用 12 台（60%），最慢的是北岭镇（1/3）"
    assert {trace.name: sum(trace.x) for trace in figure.data} == {
        "已验收": 4,
        "已建成": 8,
        "在建": 4,
        "计划": 4,
    }
    assert [trace.marker.pattern.shape for trace in figure.data] == ["", "/", "", "/"]


def test_nobody_is_slowest_when_everything_stands():
    rows = pd.DataFrame(
        {
            "township_code": ["1", "2", None],
            "township_name": ["甲镇", "乙镇", None],
            "build_state_code": ["built", "accepted", "accepted"],
            "camera_count": [2, 1, 1],
            "in_service_count": [2, 1, 1],
            "conflict_count": [0, 1, 0],
        }
    )
    figure = charts.video.built_by_township(rows, STAMP)
    assert title(figure) == "登记 4 台，已投用 4 台（100%）"
    assert "1 台的状态与日期" in texts(figure)["note"]
    assert any("乡镇不明" in label for label in figure.data[0].y)


def test_the_township_with_most_alerts_is_on_top(full):
    alerts = queries.power.alerts_by_township(full, [], *AUTUMN)
    alerts.loc[alerts["township_name"] == "白杨镇", "alert_count"] += 5
    figure = charts.power.alerts_by_township(alerts, *AUTUMN, STAMP)
    assert title(figure) == ("09-01～12-10 预警 44 条，最多的是白杨镇（21 条）；核查属实 10 条")
    # The last line of a bar chart is the topmost.
    assert figure.data[0].y[-1].startswith("白杨镇")
    assert [trace.name for trace in figure.data][0] == "夜间用电突增"


def test_a_type_with_markup_is_shown_and_not_obeyed():
    rows = pd.DataFrame(
        {
            "township_name": ["甲镇"],
            "alert_type_name": ['<a href="x">突增</a>'],
            "alert_count": [1],
            "confirmed_count": [0],
        }
    )
    figure = charts.power.alerts_by_township(rows, *AUTUMN, STAMP)
    assert "<a" not in figure.to_json().replace("\\u003c", "<")


@pytest.mark.parametrize(
    ("amount", "words"),
    [(None, "—"), (float("nan"), "—"), (0, "0 元"), (9_999, "9,999 元"), (10_000, "1.0 万元")],
)
def test_money_is_told_in_words(amount, words):
    assert charts.look.yuan(amount) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(None, "—"), (0.5, "30 分钟"), (1, "1.0 小时"), (71.9, "71.9 小时"), (72, "3.0 天")],
)
def test_hours_are_told_in_words(number, words):
    assert charts.look.hours(number) == words


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2022, 9, 1), date(2022, 12, 10), "09-01～12-10"),
        (date(2022, 9, 1), date(2022, 9, 1), "09-01"),
        (date(2021, 12, 1), date(2022, 1, 1), "2021-12-01～2022-01-01"),
        (date(2021, 9, 1), date(2021, 9, 2), "2021-09-01～2021-09-02"),
    ],
)
def test_a_range_says_its_years_where_they_are_not_todays(first, last, name):
    assert charts.look.days_name(first, last, date(2022, 12, 10)) == name


def test_a_unit_stays_with_its_number():
    assert charts.look.wrapped("已经立案 12 件", 14) == "已经立案 12 件"
    assert charts.look.wrapped("都已经立案 12 件", 14) == "都已经立案<br>12 件"
    assert charts.look.wrapped("在办（12 件），办结", 8) == "在办<br>（12 件），<br>办结"


def test_a_legend_takes_as_many_lines_as_a_phone_needs():
    assert charts.look.legend_rows(["在建", "计划"], 112) == 1
    assert charts.look.legend_rows(["已验收", "已建成", "在建", "计划"], 112) == 2
    assert charts.look.legend_rows(["夜间用电突增", "报停户用电", "负荷与产能不符"], 112) == 3


def duty(**counts) -> pd.Series:
    return pd.Series({column: 0 for column, _, _ in charts.duties.STATES} | counts)


@pytest.mark.parametrize(
    ("counts", "state", "text"),
    [
        ({"overdue_count": 1, "no_report_count": 9}, "overdue_count", "逾1"),
        ({"no_report_count": 99, "met_late_count": 9}, "no_report_count", "缺99"),
        ({"no_report_count": 100}, "no_report_count", "缺百"),
        ({"due_soon_count": 1, "open_count": 3, "met_late_count": 2}, "due_soon_count", "临1"),
        ({"met_late_count": 2, "met_count": 30}, "met_late_count", "迟2"),
        ({"open_count": 3, "met_count": 30}, "open_count", "待3"),
        ({"met_count": 30, "waived_count": 1}, "met_count", "完30"),
        ({"waived_count": 1}, "waived_count", "免1"),
        ({}, "nothing", ""),
    ],
)
def test_a_cell_of_duties_says_the_most_pressing(counts, state, text):
    assert charts.duties.state(duty(**counts)) == (state, text)


def test_every_state_of_duties_has_its_own_colour_and_word_and_late_is_never_in_time(figures):
    fills = [fill for _, _, fill in charts.duties.STATES]
    signs = [sign for _, sign, _ in charts.duties.STATES]
    assert len(set(fills)) == len(fills)
    assert len(set(signs)) == len(signs)
    # Done late is a warm colour, done in time a cool one: more red than blue, more blue than red.
    by_state = {column: fill for column, _, fill in charts.duties.STATES}
    warmth = {name: int(fill[1:3], 16) - int(fill[5:7], 16) for name, fill in by_state.items()}
    assert warmth["met_late_count"] > 0 > warmth["met_count"]
    grid, points = figures(STAMP)["duties"].data
    by_place = dict(zip(zip(grid.x, grid.y, strict=True), grid.text, strict=True))
    assert by_place[code_of("青石镇"), "2.1.3"] == "逾1"
    assert by_place[code_of("青石镇"), "annex2"] == "缺1"
    assert by_place[code_of("青石镇"), "2.1.1"] == "迟1"
    assert by_place["county", "2.1.3"] == "逾1"
    assert by_place["county", "annex2"] == ""
    assert tuple(points.customdata[0][1:]) == (grid.y[0], grid.x[0])


def test_a_township_of_the_past_keeps_its_duties_in_the_grid():
    counts = duty(overdue_count=1, obligation_count=1).to_dict()
    rows = pd.DataFrame([counts | {"clause_code": "2.1.1", "township_code": "T0"}])
    clauses = pd.DataFrame({"clause_code": ["2.1.1"], "clause_title": ["健全常态化领导机构"]})
    figure = charts.duties.by_clause_and_township(rows, clauses, {"T1": "甲镇"}, STAMP)
    assert list(figure.data[0].x) == ["T1", "T0"]
    assert list(figure.data[0].text) == ["", "逾1"]


def week(**changes) -> pd.DataFrame:
    row = {
        "deadline_name": "建成",
        "township_name": None,
        "forecast_code": "forecast",
        "certainty_code": "sourced",
        "planned_count": 20,
        "due_count": 0,
        "done_count": 8,
        "remaining_count": 12,
        "pace_per_week": 2.0,
        "days_after_due": 1,
        "week_start_date": pd.Timestamp(2022, 12, 5),
        "due_date": pd.Timestamp(2022, 12, 31),
        "forecast_date": pd.Timestamp(2023, 1, 1),
        "measured_at": pd.Timestamp(2022, 12, 10, 8),
    }
    return pd.DataFrame([row | changes])


STALLED = {"forecast_code": "stalled", "forecast_date": pd.NaT, "days_after_due": None}
EARLY = {"days_after_due": -1, "forecast_date": pd.Timestamp(2022, 12, 30)}


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "建成：已完成 8/20（40%），照近期进度 2023-01-01 完成，比期限晚 1 天"),
        (
            {"days_after_due": 0, "forecast_date": pd.Timestamp(2022, 12, 31)},
            "建成：已完成 8/20（40%），照近期进度 2022-12-31 完成，正是期限当天",
        ),
        (
            EARLY | {"township_name": "甲镇"},
            "甲镇 · 建成：已完成 8/20（40%），照近期进度 2022-12-30 完成，比期限早 1 天",
        ),
        (
            STALLED,
            "建成：已完成 8/20（40%），近期没有新完成的，推算不出完成日期，离期限还有 21 天",
        ),
        (
            STALLED | {"due_date": pd.Timestamp(2022, 12, 9)},
            "建成：已完成 8/20（40%），近期没有新完成的，推算不出完成日期，已过期限 1 天",
        ),
        (
            EARLY | {"forecast_code": "finished", "done_count": 20},
            "建成：20 项已于 2022-12-30 全部完成，比期限早 1 天",
        ),
        (
            STALLED | {"forecast_code": "nothing_planned", "planned_count": 0, "done_count": 0},
            "建成：没有列入计划的事项",
        ),
    ],
)
def test_the_title_of_a_deadline_is_the_finding(changes, title):
    assert charts.duties.deadline_weeks(week(**changes), STAMP).layout.meta["title"] == title


def test_only_a_forecast_has_a_dashed_line_and_a_day_far_away_does_not_squeeze_the_rest(figures):
    drawn = figures(STAMP)["deadline"].data
    assert [trace.name for trace in drawn] == ["计划", "按计划应完成", "已完成", "按近期进度推算"]
    assert drawn[-1].line.dash == "dash"
    assert drawn[-1].y == (15, 20)
    stalled = charts.duties.deadline_weeks(week(**STALLED), STAMP)
    assert [trace.name for trace in stalled.data] == ["计划", "已完成"]
    far = charts.duties.deadline_weeks(week(forecast_date=pd.Timestamp(2032, 1, 1)), STAMP)
    assert far.layout.xaxis.range[1] < pd.Timestamp(2023, 2, 1)


@pytest.mark.parametrize(("certainty", "is_said"), [("configured", True), ("sourced", False)])
def test_the_day_of_a_deadline_that_is_only_configured_says_so(certainty, is_said):
    figure = charts.duties.deadline_weeks(week(certainty_code=certainty), STAMP)
    assert ("期限是设定值" in texts(figure)["note"].replace("<br>", "")) == is_said


def test_lead_units_without_anything_late_say_what_is_due():
    rows = pd.DataFrame(
        {
            "lead_unit_name": ["县公安局"],
            "overdue_count": [0],
            "no_report_count": [0],
            "due_soon_count": [2],
            "most_days_late": [None],
        }
    )
    assert charts.duties.by_lead_unit(rows, STAMP).layout.meta["title"] == "没有逾期，2 项即将到期"


def test_incidents_are_told_by_whether_anybody_dealt_with_them(figures):
    title = figures(STAMP)["incidents"].layout.meta["title"]
    assert title == "3 起可信程度高的事件，2 起既无案件也无说明；最多由视频告警首先发现（2 起）"
    rows = pd.DataFrame(
        {
            "first_source_name": ["巡查发现"],
            "case_count": [1],
            "reason_count": [1],
            "unanswered_count": [0],
        }
    )
    figure = charts.incidents.by_first_source(rows, STAMP)
    assert "都有案件或说明" in figure.layout.meta["title"]


def test_contradictions_are_told_by_rule_and_by_where_they_stand(full):
    rows = queries.contradictions.by_rule(full, [], *AUTUMN)
    figure = charts.contradictions.by_rule(rows, STAMP)
    assert figure.layout.meta["title"] == "8 条需核实线索，6 条尚未下发；最多为“应发现未发现”"
    assert [trace.name for trace in figure.data] == list(charts.contradictions.STANDINGS)
    by_part = {trace.name: sum(trace.x) for trace in figure.data}
    assert by_part == {"未下发": 6, "已下发": 1, "已说明或不属实": 0, "属实": 0, "逾期未说明": 1}


def test_an_incident_is_drawn_by_its_place_and_by_what_came_of_it(figures):
    outline, *traces = figures(STAMP)["placed"].data
    assert outline.fill == "toself"
    assert [trace.name for trace in traces] == [
        "有案件 1",
        "有书面说明 1",
        "未处理 6",
        "点位 6",
        "未登记地点 1",
        "只知道村 1",
    ]
    assert traces[0].customdata[0][1] == "signal0-1"
    sentence = traces[0].customdata[0][0].replace("<br>", "").replace(" ", "")
    clue = traces[2].customdata[-1][0].replace("<br>", "")
    assert "2022-11-07 当周由群众线索首先发现" in clue
    assert sentence == (
        "青石镇“青石镇南沟”（点位）：2022-11-02由视频告警首先发现，3类来源3条信号，"
        "可信程度高，已查实，有案件。"
    )
    assert list(traces[2].marker.symbol) == 4 * ["circle"] + ["diamond", "square"]


def test_incidents_without_coordinates_are_told_and_names_obey_nothing(full):
    rows = queries.incidents.placed(full, "all", [], *AUTUMN)
    rows.loc[0, ["longitude", "latitude"]] = float("nan")
    rows.loc[1, "site_name"] = "<b>沟</b>"
    figure = charts.incidents.placed(rows, queries.county.boundary(full), STAMP)
    assert "起没有坐标，未上图" in texts(figure)["note"].replace("<br>", "")
    assert "&lt;b&gt;" in "".join(point[0] for point in figure.data[1].customdata)
    nowhere = charts.incidents.placed(rows.head(1), queries.county.boundary(full).head(0), STAMP)
    assert not nowhere.data
    assert title(nowhere) == "1 起事件，都有案件或说明"


def test_the_course_sets_evidence_above_what_ledgers_said(figures, full):
    figure = figures(STAMP)["course"]
    assert title(figure) == "3 条信号来自 3 类来源，同期台账 1 行中 1 行写未发现"
    lasting, confirmed, quiet = figure.data
    assert [lasting.name, confirmed.name, quiet.name] == ["持续时间", "信号属实 3", "台账未发现 1"]
    assert list(figure.layout.yaxis.categoryarray) == [
        "巡查台账",
        "巡查发现",
        "群众线索",
        "视频告警",
    ]
    # The clue has no duration: only its week is told.
    assert list(lasting.x).count(None) == 2
    incident = queries.incidents.one(full, "signal0-1").iloc[0]
    signals = queries.incidents.signals(full, "signal0-1")
    none = queries.incidents.ledger_lines(full, "signal7-1")
    alone = charts.incidents.course(incident, signals, none, STAMP)
    assert title(alone).endswith("，同期没有这个地点的台账")
    found = queries.incidents.ledger_lines(full, "signal0-1").assign(has_finding=True)
    loud = charts.incidents.course(incident, signals, found, STAMP)
    assert title(loud).endswith("，同期台账 1 行都写发现问题")


def test_a_curve_lies_over_its_band_with_the_night_behind(figures, full):
    figure = figures(STAMP)["curve"]
    low, high, usual, curve = figure.data
    assert (low.fill, high.fill) == (None, "tonexty")
    assert [high.name, usual.name, curve.name] == ["平日常见范围", "平日中位数", "10-05 负荷"]
    # A step ends where the next begins, the last one at midnight.
    assert (len(curve.x), curve.x[-1]) == (97, 24)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(0, 6), (22, 24)]
    note = texts(figure)["note"].replace("<br>", "")
    assert note.startswith("夜间用电占比 78%")
    assert "此前 40 个工作日" in note
    assert "断开处没有采集到" in note
    rows = queries.power.curve(full, "derived0").assign(usual_kw=None, is_working_day=False)
    alert = queries.power.one_alert(full, "derived0").iloc[0]
    bare = charts.power.curve(alert, rows, STAMP)
    assert [trace.name for trace in bare.data] == ["10-05 负荷"]
    assert "此前的休息日太少" in texts(bare)["note"].replace("<br>", "")


def test_clocks_stand_left_or_right_of_their_limit(figures):
    figure = figures(STAMP)["clocks"]
    assert title(figure) == "12 项法定时限，8 项逾期；最多的是义务6（4 项）"
    assert [trace.name for trace in figure.data] == ["逾期完成 4", "逾期未完成 4", "未到期 4"]
    late, overdue, still_open = (list(trace.x) for trace in figure.data)
    assert min(late) > 100
    assert set(overdue) == {300}
    assert max(still_open) < 100


def test_other_channels_are_never_the_largest(full):
    rows = queries.clues.by_month_and_channel(full, *AUTUMN)
    assert title(charts.public.clues(rows, STAMP)) == "全县线索 20 条，最多来自12345 热线（14 条）"
    others = rows[rows["channel_name"] == "其他"]
    assert title(charts.public.clues(others, STAMP)) == "全县线索 6 条"


def test_what_is_owed_to_the_public_is_late_or_not(figures):
    figure = figures(STAMP)["in time"]
    assert title(figure) == "6 项时限，4 项逾期；最多的是义务4（2 项）"
    assert [trace.name for trace in figure.data] == ["逾期完成", "逾期未完成", "未到期"]
    assert title(figures(STAMP)["publicity"]) == "公开：宣传 2 条，典型案件曝光 1 条"


def test_of_counties_no_report_is_no_zero_and_no_county_is_named_the_worst(figures):
    drawn = figures(STAMP)
    titles = {name: drawn[name].layout.meta["title"] for name in drawn}
    assert titles["targets"] == (
        "未达到目标最多的是村级周巡查完成，报送的 2 个县中 1 个；1 个县未报送"
    )
    assert titles["towards"] == (
        "重点区域视频监控系统建成（2022-12-31）：2 个县报送，1 个已完成，1 个照近期进度逾期；"
        "1 个县未报送"
    )
    assert titles["counties' cases"] == "月末在办 5 件，在报送的 2 个县中的 1 个；1 个县未报送"
    # The sign in the cell says what the colour shows.
    assert list(drawn["targets"].data[0].text) == ["达", "未", "缺"]
    [words] = [trace.text for trace in drawn["towards"].data if trace.type == "scatter"]
    assert list(words) == [
        "20/20（100%）已完成",
        "15/20（75%）照近期进度逾期 01-07",
        "未报送",
    ]
    # Who has not reported has no bar, and who has is at its own height.
    bars = [trace for trace in drawn["towards"].data if trace.type == "bar"]
    assert {trace.y[0]: list(trace.x) for trace in bars} == {"河东县": [100], "河西县": [75]}


@pytest.mark.parametrize(
    ("forecast", "told"),
    [
        (("forecast", "2022-12-31"), "in_time"),
        (("forecast", "2023-01-01"), "late"),
        (("finished", "2023-01-01"), "finished"),
        (("stalled", None), "stalled"),
    ],
)
def test_a_pace_is_late_from_the_day_after_the_deadline_on(forecast, told):
    code, day = forecast
    row = pd.DataFrame(
        [
            {
                "has_reported": True,
                "planned_count": 4,
                "forecast_code": code,
                "forecast_date": pd.Timestamp(day) if day else pd.NaT,
                "due_date": pd.Timestamp(2022, 12, 31),
            }
        ]
    )
    assert charts.counties.pace(next(row.itertuples())) == told
    assert charts.counties.pace(next(row.assign(planned_count=0).itertuples())) is None
    assert charts.counties.pace(next(row.assign(has_reported=False).itertuples())) is None


def test_matters_of_officials_are_told_by_what_is_late_and_what_is_hidden(figures):
    drawn = figures(STAMP)
    assert drawn["owed"].layout.meta["title"] == (
        "3 项追责义务，2 项逾期；最多的是责任倒查（1 项）"
    )
    assert drawn["decided"].layout.meta["title"] == "办结 2 件，处理 3 人；1 件未公开"
    assert "2 项的期限是设定值" in texts(drawn["owed"])["note"]
