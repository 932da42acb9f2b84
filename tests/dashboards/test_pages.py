"""Each page with rows, without rows and before the first publishing; filters; a new version."""

import json
import re
from datetime import date

import pytest
import streamlit as st
from invented_autumn import EMPTY_VERSION, STAMP, contracts, publish
from streamlit.testing.v1 import AppTest

from dashboards import words
from warehouse import versions
from warehouse.connection import connect
from warehouse.settings import ROOT, Home

APP = str(ROOT / "dashboards" / "app.py")
OVERVIEW, QUALITY = "app_pages/overview.py", "app_pages/quality.py"
DUTIES = "app_pages/duties.py"
INCIDENTS = "app_pages/incidents.py"
PATROLS, CASES = "app_pages/patrols.py", "app_pages/cases.py"
VIDEO, POWER = "app_pages/video.py", "app_pages/power.py"
PUBLIC = "app_pages/public.py"
SITES, DEFINITIONS = "app_pages/sites.py", "app_pages/definitions.py"
INTAKE, WALL = "app_pages/intake.py", "app_pages/wall.py"
COUNTIES, ACCOUNTABILITY = "app_pages/counties.py", "app_pages/accountability.py"
PAGES = [OVERVIEW, DUTIES, PATROLS, CASES, VIDEO, POWER, PUBLIC, INCIDENTS, SITES, QUALITY]
PAGES += [INTAKE, WALL, COUNTIES, ACCOUNTABILITY, DEFINITIONS]
LONG_AGO = ["2021-01-01", "2021-02-01"]


@pytest.fixture
def opened(monkeypatch):
    def open_page(home, page=OVERVIEW, **address) -> AppTest:
        monkeypatch.setenv("MINEWATCH_HOME", str(home))
        app = AppTest.from_file(APP, default_timeout=60)
        # Before the first run a page is known by its file's name, which is its address here too.
        if page:
            app.switch_page(page)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return open_page


def cards(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def led_to(app: AppTest) -> str:
    """The page to which the bare address leads."""
    [body] = [one.proto.body for one in app.get("html")]
    return re.search(r"location.replace\(asked \?\? '(\w+)'", body)[1]


def tiles(app: AppTest) -> dict[str, str]:
    """Figures that lead somewhere: label to value and note."""
    [body] = [one.proto.body for one in app.get("html") if 'class="tiles"' in one.proto.body]
    found = re.findall(r"<span>(.*?)</span><b>(.*?)</b><small>(.*?)</small>", body)
    return {label: f"{value}｜{note}" for label, value, note in found}


def html_tables(app: AppTest) -> list[str]:
    """The tables that are plain HTML; what only styles the page is none."""
    return [one.proto.body for one in app.get("html") if "<table" in one.proto.body]


def shown(app: AppTest) -> str:
    kinds = (app.title, app.markdown, app.info, app.warning, app.error, app.caption)
    html = [element.proto.body for element in app.get("html")]
    return "\n".join([element.value for kind in kinds for element in kind] + html)


def test_the_overview_counts_down_and_sums_up(opened, full_home):
    app = opened(full_home)
    assert app.title[0].value == "岚沟县 · 总览"
    assert tiles(app) == {
        "按期完成率": "19%｜逾期 17，未报送 8",
        "高可信未处理（起）": "2｜可疑事件共 4 起",
        "在办案件（件）": "16｜新立案 12，办结 6",
        "乡级巡查覆盖率": "80%｜上月（2022年11月）",
        "村级巡查覆盖率": "42%｜上周（11-28～12-04），3 个乡镇未报",
        "摄像机在线率": "97%｜静默 1 台，状态记录至 12-10",
    }
    text = shown(app)
    assert "还有 21 天" in text
    assert "已完成 15/20（75%），照近期进度 2023-01-07 完成，比期限晚 7 天" in text
    assert 'href="incidents?incident=signal' in text
    assert "35 天无案件、无说明，由白杨镇、县自然资源局负责" in text
    # Counted from the Monday of its week: days would tell when somebody reported.
    assert "群众线索 11-07 当周发现，1 类来源 1 条信号，33 天" in text
    assert "<th>新立案（件）</th><td>1</td><td>前七天 1，持平</td>" in text
    assert len(app.get("plotly_chart")) == 1


def test_every_page_says_whose_data_as_of_when_how_fresh_and_that_it_is_a_sample(opened, full_home):
    # Definitions have no age.
    for page in PAGES[:-1]:
        text = shown(opened(full_home, page))
        assert "样例数据" in text
        assert "2022-12-10 08:00" in text
        assert STAMP.version_id in text
        assert re.search(r"最近来件\n.+ \*\*(今天|\d+ 天前)\*\*", text)
        assert "2023 年的节假日安排尚未录入" in text


def test_the_head_tells_the_age_of_evidence_and_no_more(opened, full_home):
    head = shown(opened(full_home))
    assert "视频告警事件 **今天**" in head
    assert "线索台账 **9 天前**" in head
    assert "摄像机状态 **" not in head
    assert "摄像机状态 **1 天前**" in shown(opened(full_home, VIDEO))


def test_days_are_rounded_on_the_page_and_not_in_the_file(opened, full_home):
    columns = json.loads(opened(full_home, CASES).dataframe[1].proto.columns)
    labels = words.labels("fct_cases")
    assert columns[labels["days_open"]]["type_config"]["format"] == "%.1f"
    assert columns[labels["fine_imposed_yuan"]]["type_config"]["format"] == "localized"
    assert labels["case_title_text"] not in columns
    cameras = json.loads(opened(full_home, VIDEO).dataframe[3].proto.columns)
    minutes = words.labels("fct_camera_days")["online_minutes"]
    assert cameras[minutes]["type_config"]["format"] == "localized"


def test_an_empty_county_gets_words_instead_of_empty_charts(opened, empty_home):
    app = opened(empty_home)
    assert not app.get("plotly_chart")
    assert "样例数据" not in shown(app)
    assert "巡查检查台账 :red-badge[未收到]" in shown(app)
    assert [info.value[:6] for info in app.info] == ["所选范围内没", "还没有收到任"]
    assert "没有高可信而未处理的事件" in shown(app)
    assert tiles(app)["在办案件（件）"].startswith("0｜")
    assert tiles(app)["摄像机在线率"].startswith("—｜")
    quality = opened(empty_home, QUALITY)
    assert not quality.get("plotly_chart")
    assert not quality.error
    assert len(quality.info) == 6


def test_before_the_first_publishing_every_page_says_what_to_run(opened, tmp_path):
    for page in PAGES:
        app = opened(tmp_path, page)
        [info] = app.info
        for command in ("minewatch sample", "minewatch init", "minewatch run", "minewatch status"):
            assert command in info.value
        assert not app.metric


def test_filters_come_from_the_address(opened, full_home):
    app = opened(
        full_home, PATROLS, level="乡级", township="柳河镇", days=["2022-10-01", "2022-10-31"]
    )
    assert app.segmented_control(key="level").value == "township"
    assert len(app.multiselect[0].value) == 1
    assert cards(app)["收到台账（份）"] == "1"
    assert cards(app)["乡级巡查覆盖率"] == "71%"


def test_a_filter_that_does_not_exist_is_forgotten(opened, full_home):
    app = opened(full_home, PATROLS, level="省级", township="无此镇", days="昨天")
    assert app.segmented_control(key="level").value == "village"
    assert cards(app)["收到台账（份）"] == "19"


def test_a_range_of_one_day_is_that_day_also_by_its_link(opened, full_home):
    chosen = opened(full_home, PATROLS)
    chosen.date_input[0].set_value((date(2022, 9, 12), date(2022, 9, 12))).run()
    assert cards(chosen)["收到台账（份）"] == "1"
    # An address names a day once, however often it was chosen.
    linked = opened(full_home, PATROLS, days=["2022-09-12"])
    assert linked.date_input[0].value == (date(2022, 9, 12),)
    assert cards(linked) == cards(chosen)


def test_the_patrol_page_sums_up_and_lists(opened, full_home):
    app = opened(full_home, PATROLS)
    assert cards(app) == {
        "县级巡查覆盖率": "100%",
        "乡级巡查覆盖率": "80%",
        "村级巡查覆盖率": "42%",
        "收到台账（份）": "19",
        "其中零报告（份）": "4",
        "发现问题（条）": "7",
        "未登记地点（处）": "3",
        "沿用前期占比": "9%",
    }
    assert len(app.get("plotly_chart")) == 2
    findings, places, copied, forms = (table.value for table in app.dataframe)
    assert findings["是否存在非法违法盗采行为"].unique().tolist() == ["疑似"]
    assert [len(findings), len(places), len(copied), len(forms)] == [7, 3, 8, 20]
    assert "巡查检查台账 **16 天前**" in shown(app)
    assert "负荷曲线" not in shown(app)


def test_a_day_with_one_ledger_shows_that_one(opened, full_home):
    app = opened(full_home, PATROLS, days=["2022-09-12", "2022-09-12"])
    assert cards(app)["收到台账（份）"] == "1"
    assert [len(table.value) for table in app.dataframe] == [1, 1, 1]
    assert "所选范围内没有未登记地点。" in shown(app)


def test_patrols_outside_the_range_are_told_apart_from_patrols_that_never_came(
    opened, full_home, empty_home
):
    app = opened(full_home, PATROLS, days=LONG_AGO)
    assert cards(app)["沿用前期占比"] == "—"
    assert app.info[0].value == "所选范围内没有台账。请扩大时间范围，或取消其他筛选。"
    assert not app.get("plotly_chart")
    assert not app.dataframe
    never = opened(empty_home, PATROLS)
    assert "还没有收到巡查检查台账。请把来件放进数据目录的 `inbox/patrol_ledger`" in shown(never)


@pytest.mark.parametrize(
    ("page", "feed_codes"),
    [
        (PATROLS, ["patrol_ledger", "sites"]),
        (CASES, ["cases"]),
        (VIDEO, ["cameras", "video_events"]),
        (POWER, ["power_users", "power_readings", "power_alerts"]),
        (PUBLIC, ["clues", "rewards", "publicity", "commendations"]),
    ],
)
def test_a_page_without_anything_says_which_file_goes_where(opened, empty_home, page, feed_codes):
    app = opened(empty_home, page)
    assert not app.get("plotly_chart")
    assert not app.dataframe
    assert not {value for value in cards(app).values() if value not in {"0", "—"}}
    for feed_code in feed_codes:
        assert f"放进数据目录的 `inbox/{feed_code}`，再运行 `minewatch run`" in shown(app)


def test_the_case_page_sums_up_draws_and_lists(opened, full_home):
    app = opened(full_home, CASES)
    assert cards(app) == {
        "新立案（件）": "12",
        "在办（件）": "16",
        "办结（件）": "6",
        "移送公安（件）": "0",
        "罚没款": "35.0 万元",
    }
    assert len(app.get("plotly_chart")) == 3
    due, table = (table.value for table in app.dataframe)
    assert due["剩余天数"].tolist() == [14]
    assert len(table) == 12
    assert app.selectbox[0].value is None


def test_a_list_of_cases_is_chosen_by_the_address(opened, full_home):
    app = opened(full_home, CASES, cases="在办")
    _, table = (table.value for table in app.dataframe)
    assert len(table) == 16
    marks = table[words.COUNTED["marks_text"]].tolist()
    assert "重大、督办" in marks
    nothing = opened(full_home, CASES, cases="在办", township="石桥乡")
    assert not nothing.dataframe
    assert "目前没有在办案件。" in shown(nothing)
    assert "没有“15 天内到期”的时限。" in shown(nothing)


@pytest.mark.parametrize(
    ("name", "count"), [("15 天内到期", 1), ("30 天内到期", 4), ("全部在计时", 4), ("逾期未办", 4)]
)
def test_a_list_of_clocks_is_chosen_by_the_address(opened, full_home, name, count):
    assert len(opened(full_home, CASES, clocks=name).dataframe[0].value) == count


def test_one_case_is_shown_from_end_to_end(opened, full_home):
    app = opened(full_home, CASES, case="岚自然资立〔2022〕1号")
    facts, course = html_tables(app)
    assert "重大、督办、涉电" in facts
    steps = ["责令停止违法行为", "立案", "调查取证", "作出处罚决定", "结案", "公示"]
    assert [course.index(step) for step in steps] == sorted(course.index(step) for step in steps)
    assert "案件节点.xlsx　2022　第 4 行" in course
    # Columns that say nothing about this case are left out.
    assert words.labels("fct_case_events")["ended_at"] not in course


def test_a_case_without_steps_says_who_owes_them(opened, full_home, tmp_path):
    home = Home(tmp_path)
    publish(home, STAMP.version_id)
    with connect(versions.current(home).database) as connection:
        connection.execute("delete from marts.fct_case_events")
    app = opened(tmp_path, CASES, case="岚自然资立〔2022〕1号")
    assert "请承办单位补报《案件节点》" in shown(app)


def test_one_case_is_enough_for_the_page(opened, full_home):
    app = opened(full_home, CASES, days=["2022-11-21"])
    assert [len(table.value) for table in app.dataframe] == [1, 1]
    assert cards(app)["罚没款"] == "—"
    assert len(app.get("plotly_chart")) == 3


def test_a_range_without_cases_says_so(opened, full_home):
    app = opened(full_home, CASES, days=LONG_AGO)
    assert "所选范围内没有“本期发现”的案件。请扩大时间范围，或取消其他筛选。" in shown(app)
    assert "所选范围内没有新发现的案件。" in shown(app)
    # Where open cases stand, and what still runs, does not depend on the range.
    assert len(app.get("plotly_chart")) == 2


def test_the_video_page_sums_up_draws_and_lists(opened, full_home):
    app = opened(full_home, VIDEO)
    assert cards(app) == {
        "在用摄像机（台）": "12",
        "在线率": "97%",
        "静默摄像机（台）": "1",
        "告警（条）": "96",
        "涉采告警核实率": "75%",
        "误报率": "50%",
    }
    assert len(app.get("plotly_chart")) == 2
    assert [metric.delta for metric in app.metric][2] == "状态记录至 12-10"
    events, repeated, dark, cameras = (table.value for table in app.dataframe)
    assert (len(events), len(cameras)) == (48, 12)
    assert repeated["夜数"].tolist() == [8]
    assert dark["夜间离线分钟"].tolist() == [1920]
    assert cameras[words.COUNTED["is_silent_at_end"]].tolist() == [True] + 11 * [False]


def test_a_list_of_events_is_chosen_by_the_address(opened, full_home):
    for name, count in (("涉采待核实", 12), ("全部告警", 96), ("设备故障", 24)):
        app = opened(full_home, VIDEO, events=name)
        assert len(app.dataframe[0].value) == count


def test_of_no_alert_there_is_no_false_alarm_rate(opened, full_home):
    app = opened(full_home, VIDEO, days=LONG_AGO)
    assert {cards(app)[name] for name in ("在线率", "涉采告警核实率", "误报率")} == {"—"}
    assert "没有状态记录" in [metric.delta for metric in app.metric]
    # What is built does not depend on the range.
    assert len(app.get("plotly_chart")) == 1
    assert not app.dataframe
    one = opened(full_home, VIDEO, days=["2022-10-12"])
    assert cards(one)["告警（条）"] == "2"
    assert len(one.get("plotly_chart")) == 2


def test_the_power_page_sums_up_draws_and_lists(opened, full_home):
    app = opened(full_home, POWER)
    assert cards(app) == {
        "重点监测户（户）": "6",
        "非正常状态户（户）": "8",
        "预警（条）": "29",
        "已核查（条）": "20",
        "未反馈（条）": "19",
    }
    assert "核查率 68%，用时中位 6.0 小时" in [metric.delta for metric in app.metric]
    assert len(app.get("plotly_chart")) == 2
    assert [len(table.value) for table in app.dataframe] == [29, 3, 11]


def test_the_power_page_of_a_day_without_alerts_keeps_its_accounts(opened, full_home):
    app = opened(full_home, POWER, days=LONG_AGO)
    assert "核查率 —，用时中位 —" in [metric.delta for metric in app.metric]
    assert not app.get("plotly_chart")
    assert [len(table.value) for table in app.dataframe] == [11]
    one = opened(full_home, POWER, days=["2022-09-15"])
    assert cards(one)["预警（条）"] == "1"
    assert [len(table.value) for table in one.dataframe] == [1, 11]


def test_the_curve_of_an_alert_is_shown_beside_what_it_says(opened, full_home):
    app = opened(full_home, POWER, alert="derived0")
    assert len(app.get("plotly_chart")) == 3
    assert "夜间用电占比 78%" in html_tables(app)[0]
    without = opened(full_home, POWER, alert="YJ000")
    assert len(without.get("plotly_chart")) == 2
    assert "当日没有收到这块电表的曲线" in shown(without)
    assert "没有这个编号的预警" in shown(opened(full_home, POWER, alert="no"))


def test_the_page_of_the_public_sums_up_draws_and_lists(opened, full_home):
    app = opened(full_home, PUBLIC)
    assert cards(app) == {
        "群众线索（条）": "20",
        "核查率": "40%",
        "查实（条）": "1",
        "再次举报（条）": "1",
        "认定奖励（件）": "2",
        "发放奖金": "5,000 元",
    }
    assert len(app.get("plotly_chart")) == 3
    villages, again, rewards, items, commended = (table.value for table in app.dataframe)
    assert villages["线索数"].sum() == 20
    # Two or three a village: none is broken down.
    assert villages["已答复"].isna().all()
    assert again["接收周"].astype(str).tolist() == ["2022-10-03"]
    assert rewards["认定（件）"].tolist() == [2]
    assert items["不予公开理由"].tolist()[0] == "案件正在侦查"
    assert commended["金额（元）"].tolist() == [5_000]
    assert "没有指标" in shown(app)


def test_nothing_on_the_page_of_the_public_leads_to_who_reported(opened, full_home):
    app = opened(full_home, PUBLIC, township="青石镇")
    text = shown(app) + "".join(table.value.to_csv() for table in app.dataframe)
    assert "XS0" not in text
    assert "举报信箱" not in text
    assert "举报奖励编号" not in text


def test_the_page_of_the_public_with_one_clue(opened, full_home):
    app = opened(full_home, PUBLIC, days=["2022-09-20"])
    assert cards(app)["群众线索（条）"] == "2"
    # A day is widened to its week.
    assert "没有查为不属实后又被举报的线索" in shown(app)
    assert [len(table.value) for table in app.dataframe] == [2]
    long_ago = opened(full_home, PUBLIC, days=LONG_AGO)
    assert cards(long_ago)["核查率"] == "—"
    assert not long_ago.dataframe


@pytest.mark.parametrize(
    ("page", "tables"),
    [(DUTIES, 3), (PATROLS, 4), (CASES, 2), (VIDEO, 4), (POWER, 3), (PUBLIC, 5), (INCIDENTS, 1)]
    + [(COUNTIES, 3), (ACCOUNTABILITY, 3)],
)
def test_every_table_can_be_taken_away(opened, full_home, page, tables):
    buttons = opened(full_home, page).get("download_button")
    assert [button.proto.label for button in buttons] == ["下载 Excel", "下载 CSV"] * tables


def test_the_page_of_duties_sums_up_draws_and_lists(opened, full_home):
    app = opened(full_home, DUTIES)
    assert cards(app) == {
        "逾期未完成（项）": "17",
        "未报送（项）": "8",
        "即将到期（项）": "3",
        "按期完成率": "19%",
    }
    # One deadline, the grid, the lead units.
    assert len(app.get("plotly_chart")) == 3
    progress, metrics, duties = (table.value for table in app.dataframe)
    assert metrics["指标"].tolist() == ["村级周巡查完成", "立案", "责任追究办结"]
    assert metrics["达标情况"].tolist() == ["未达到", "无目标", "无目标"]
    assert progress["范围"].tolist() == ["全县"] + 8 * ["乡镇"]
    assert len(duties) == 17 + 8 + 3
    assert "涉及公职人员的义务" in shown(app)


def test_what_is_about_officials_is_nowhere_on_the_page(opened, full_home):
    app = opened(full_home, DUTIES, duties="全部")
    duties = app.dataframe[2].value
    assert len(duties) == 8 * 6 + 1
    assert "责任倒查" not in set(duties["义务"])
    asked_for = opened(full_home, DUTIES, obligation="of_officials")
    assert "没有这个编号的义务，或者它不对外显示。" in shown(asked_for)
    assert "县纪委监委" not in app.multiselect[1].options


def test_duties_are_chosen_by_the_address(opened, full_home):
    app = opened(full_home, DUTIES, clause="附件2", township="柳河镇", duties="未报送")
    assert cards(app)["未报送（项）"] == "1"
    assert cards(app)["逾期未完成（项）"] == "0"
    assert len(app.dataframe[1].value) == 1
    assert "没有指标：" in shown(app)
    of_county = opened(full_home, DUTIES, township="县本级")
    assert cards(of_county)["逾期未完成（项）"] == "1"
    one_unit = opened(full_home, DUTIES, lead="县公安局")
    assert cards(one_unit)["逾期未完成（项）"] == "0"
    assert cards(one_unit)["未报送（项）"] == "8"


def test_a_duty_is_followed_to_the_row_that_proves_it(opened, full_home):
    app = opened(full_home, DUTIES, obligation="o1-3")
    duty, evidence = html_tables(app)
    assert "逾期完成" in duty
    assert "制度措施.xlsx" in evidence
    assert '<th>行号</th><td data-label="行号">4</td>' in evidence
    assert "县自然资源局" in evidence
    undone = opened(full_home, DUTIES, obligation="o1-1")
    assert "还没有收到能证明完成的材料。" in shown(undone)
    assert len(html_tables(undone)) == 1


def test_evidence_without_a_row_of_its_own_says_so(opened, tmp_path):
    home = Home(tmp_path)
    publish(home, STAMP.version_id)
    with connect(versions.current(home).database) as connection:
        connection.execute("update marts.fct_obligations set evidence_type = 'milestone'")
    app = opened(tmp_path, DUTIES, obligation="o1-3")
    assert "依据由多行数据合成" in shown(app)


def test_duties_of_an_empty_county_and_of_a_range_without_any(opened, full_home, empty_home):
    app = opened(empty_home, DUTIES)
    assert [info.value[:6] for info in app.info] == [
        "没有期限，或",
        "所选范围内没",
        "没有指标：还",
        "所选范围内没",
    ]
    assert not app.get("plotly_chart")
    assert not app.dataframe
    assert cards(app)["按期完成率"] == "—"
    nothing = opened(full_home, DUTIES, days=LONG_AGO, clause="附件2")
    assert "所选范围内没有到期或未到期的义务。" in shown(nothing)


def test_the_quality_page_puts_unused_deliveries_on_top(opened, full_home):
    app = opened(full_home, QUALITY)
    assert app.error[0].value == "2 份来件没有采用，请按原因退请报送单位重报。"
    first_table = html_tables(app)[0]
    assert "文件不是电子表格" in first_table
    assert "隔离" in first_table
    assert "拒收" in first_table
    assert "共 21 项，通过 20 项，未通过 1 项。" in shown(app)
    assert "十天没有收到台账" in shown(app)
    assert [len(table.value) for table in app.dataframe] == [38, 12, 30, 2, 1, 21]


def test_many_unused_deliveries_do_not_push_the_rest_off_the_page(opened, tmp_path):
    home = Home(tmp_path)
    publish(home, STAMP.version_id)
    with connect(versions.current(home).database) as connection:
        connection.execute("update marts.fct_deliveries set outcome_code = 'refused'")
    app = opened(tmp_path, QUALITY)
    assert app.error[0].value.startswith("38 份来件没有采用")
    assert html_tables(app)[0].count("<tr>") == 1 + 10
    assert "以上是最近的 10 份，其余见下面的来件表。" in shown(app)


def test_every_table_of_the_quality_page_can_be_taken_away(opened, full_home):
    buttons = opened(full_home, QUALITY).get("download_button")
    assert [button.proto.label for button in buttons] == ["下载 Excel", "下载 CSV"] * 6


def test_the_quality_page_filters_by_feed_and_sender(opened, full_home):
    app = opened(full_home, QUALITY, feed="巡查检查台账", sender="青石镇人民政府")
    assert [len(table.value) for table in app.dataframe][:3] == [4, 2, 5]
    assert not app.error


def test_what_people_typed_is_never_read_as_markup(opened, full_home, tmp_path):
    home = Home(tmp_path)
    publish(home, STAMP.version_id)
    with connect(versions.current(home).database) as connection:
        connection.execute(
            "update marts.fct_deliveries set file_name = '<img src=x>![a](b)' "
            "where outcome_code = 'refused'"
        )
    table = html_tables(opened(tmp_path, QUALITY))[0]
    assert "&lt;img src=x&gt;![a](b)" in table
    assert "<img" not in table


def test_a_new_version_shows_at_the_next_rerun(opened, tmp_path):
    home = Home(tmp_path)
    publish(home, "20221209T080500-abc123-0001", is_empty=True)
    app = opened(tmp_path)
    assert tiles(app)["在办案件（件）"].startswith("0｜")
    publish(home, "20221210T080500-abc123-0001")
    app.run()
    assert tiles(app)["在办案件（件）"].startswith("16｜")
    assert "20221210T080500-abc123-0001" in shown(app)


def test_incidents_are_summed_up_drawn_and_listed(opened, full_home):
    app = opened(full_home, INCIDENTS)
    assert cards(app) == {
        "可疑（起）": "4",
        "高可信未处理（起）": "2",
        "查实（起）": "1",
        "有案件（起）": "1",
        "核实用时": "48.0 小时",
        "立案用时": "4.0 天",
    }
    assert "需核实线索，不是结论" in shown(app)
    # The list begins with what is suspected; a map and who told first.
    assert app.dataframe[0].value["乡镇"].tolist() == ["青石镇", "白杨镇", "东沟乡", "上庄镇"]
    assert len(app.get("plotly_chart")) == 2
    every = opened(full_home, INCIDENTS, incidents="全部")
    assert len(every.dataframe[0].value) == 8
    nothing = opened(full_home, INCIDENTS, days=["2022-11-09"])
    assert nothing.info[0].value == "所选范围内没有“可疑”的事件。"
    assert not nothing.get("plotly_chart")


def test_a_dossier_is_found_by_every_name_it_ever_had_and_clues_stay_closed(opened, full_home):
    for name in ("signal0-1", "signal0-3"):
        app = opened(full_home, INCIDENTS, incident=name)
        head, chain = html_tables(app)
        assert "视频告警" in head
        assert "案2022001" in head
        assert "副县长" in chain
        assert "青石镇党委书记" in chain
        # His sponsorship had ended the day before.
        assert "青石镇原镇长" not in chain
        _, signals, events, ledger, cameras, meters = (table.value for table in app.dataframe)
        files = signals["来件文件"].tolist()
        assert files == ["video_event.xlsx", "受保护的来件", "patrol.xlsx"]
        assert signals["行号"].tolist() == [7, 7, 7]
        # Of the clue its week is told, and no number, hour or file.
        assert str(signals["开始时间"][1]) == "2022-10-31 00:00:00"
        assert signals[["依据编号", "来件指纹", "结束时间"]].iloc[1].isna().all()
        assert events["事件编号"].tolist() == ["ev45"]
        assert ledger["巡查日期"].astype(str).tolist() == ["2022-11-05"]
        assert ledger["是否存在非法违法盗采行为"].tolist() == ["否"]
        assert len(cameras) == 2
        assert meters["期间预警数"].tolist() == [1]
    unknown = opened(full_home, INCIDENTS, incident="no")
    assert "没有这个编号的事件" in shown(unknown)


def test_a_dossier_of_a_mere_village_says_what_is_not_known(opened, full_home):
    app = opened(full_home, INCIDENTS, incident="signal7-1")
    assert "不在登记册上" in shown(app)
    assert "没有提到这个地点的台账行" in shown(app)
    assert len(app.dataframe) == 2
    assert len(app.get("plotly_chart")) == 3


def test_incidents_of_an_empty_county(opened, empty_home):
    app = opened(empty_home, INCIDENTS)
    assert cards(app)["核实用时"] == "—"
    assert len(app.info) == 3
    assert not app.get("plotly_chart")


# 矛盾核查


@pytest.fixture
def of_office(opened):
    return lambda home, **address: opened(home, "app_pages/contradictions.py", **address)


def test_contradictions_are_counted_and_told_side_by_side(of_office, full_home):
    app = of_office(full_home)
    assert cards(app) == {
        "需核实线索（条）": "8",
        "尚未下发（条）": "6",
        "待说明（条）": "1",
        "核实属实（条）": "0",
    }
    assert "需核实线索，不是结论" in shown(app)
    assert len(app.dataframe[0].value) == 6
    assert len(of_office(full_home, contradictions="全部").dataframe[0].value) == 8
    told = shown(of_office(full_home, contradiction="1" * 32))
    for part in (
        "柳河镇台账：南沟无发现",
        "台账.xlsx　南沟　第 4 行",
        "告警.xml　第 9 行",
        "受保护的来件",
        "有村级网格员",
    ):
        assert part in told, part
    assert "没有这个编号" in shown(of_office(full_home, contradiction="no"))


def test_suggestions_say_where_to_look_next_week(of_office, full_home):
    picks = of_office(full_home).dataframe[1].value
    assert picks["选取方式"].tolist()[:2] == ["风险", "轮查"]
    one = of_office(full_home, township="北岭镇").dataframe[1].value
    assert set(one["乡镇"]) == {"北岭镇"}


def test_the_page_of_the_office_without_rows(of_office, empty_home):
    told = shown(of_office(empty_home))
    assert "没有“未下发”的线索" in told
    assert "没有登记点位" in told


def test_sensors_are_judged_by_what_was_verified(opened, full_home):
    app = opened(full_home, QUALITY)
    tables = [table.value for table in app.dataframe]
    (quality,) = [table for table in tables if "核实属实率（%）" in table]
    assert quality["名称"].tolist() == ["北山", "南山"]
    (silent,) = [table for table in tables if "沉默天数" in table]
    assert silent["设备类别"].tolist() == ["电表"]
    rules = opened(full_home, QUALITY, sensors="负荷研判规则")
    (quality,) = [t.value for t in rules.dataframe if "核实属实率（%）" in t.value]
    assert quality["名称"].tolist() == ["夜间"]


def test_a_site_is_told_week_by_week_with_all_that_came_in_about_it(opened, full_home):
    app = opened(full_home, SITES, site="S005")
    text = shown(app)
    assert "黄土6号煤矿" in text
    for title, count in {"事件": 1, "台账": 5, "义务": 0, "案件": 0, "用电户": 0}.items():
        assert f"**{title}**（{count}）" in text
    assert len(app.get("plotly_chart")) == 2
    assert app.dataframe[0].value["点位编号"].nunique() == 23
    assert "登记册里没有这个编号" in shown(opened(full_home, SITES, site="S999"))
    nothing = opened(full_home, SITES, site="S005", days=LONG_AGO)
    assert "所选时间内没有关于这个点位的记录" in shown(nothing)


def test_definitions_hold_every_metric_and_every_column(opened, full_home):
    app = opened(full_home, DEFINITIONS)
    metrics, marts, columns = (table.value for table in app.dataframe)
    assert metrics["指标类型"].isin(words.METRIC_KINDS.values()).all()
    assert set(marts["表"]) == set(contracts())
    assert columns.columns.tolist() == ["名称", "表", "列", "中文列名", "类型", "说明"]
    typed = {mart: dict(zip(c["列"], c["类型"], strict=True)) for mart, c in columns.groupby("表")}
    assert typed == contracts()
    assert columns["说明"].str.endswith("。").all()
    app.selectbox[-1].select("fct_cases").run()
    assert len(app.dataframe) == 1
    text = shown(app)
    cases = columns[columns["表"] == "fct_cases"]
    for name in ("列", "中文列名", "类型", "说明"):
        cells = re.findall(f'<td data-label="{name}"[^>]*>([^<]*)<', text)
        assert cells == cases[name].tolist(), name
    assert marts.loc[marts["表"] == "fct_cases", "说明"].item() in text


# 全市汇总


@pytest.mark.parametrize("page", [COUNTIES, ACCOUNTABILITY])
def test_every_column_has_a_chinese_name(opened, full_home, page):
    names = [name for table in opened(full_home, page).dataframe for name in table.value]
    assert names
    assert not [name for name in names if name.isascii()]


def test_who_has_not_reported_is_told_and_never_a_zero(opened, full_home):
    app = opened(full_home, COUNTIES)
    assert cards(app) == {
        "已报送（县）": "2/3",
        "未报送（县）": "1",
        "发现（件）": "—",
        "立案（件）": "7",
        "移送公安（件）": "—",
        "在办（件）": "5",
    }
    assert "河北县" in [metric.delta for metric in app.metric]
    assert len(app.get("plotly_chart")) == 3
    deadlines, reported, figures = (table.value for table in app.dataframe)
    assert deadlines["县"].tolist() == reported["县"].tolist() == ["河东县", "河西县", "河北县"]
    assert deadlines["完成数"].isna().tolist() == [False, False, True]
    assert reported["立案"].isna().tolist() == [False, False, True]
    # The list begins with counts.
    assert figures["上报情况"].tolist() == ["已报送", "已报送", "未报送"]
    assert figures["立案（起）"].tolist()[:2] == [1_000, 1_001]
    assert figures["立案（起）"].isna().tolist() == [False, False, True]
    text = shown(app)
    assert "真县的数据包与本库样例标记不一致" in text
    assert "县级上报数据包 **8 天前**" in text


def test_a_month_a_county_and_a_kind_of_figure_come_from_the_address(opened, full_home):
    october = opened(full_home, COUNTIES, month="2022-10")
    assert cards(october)["已报送（县）"] == "3/3"
    assert cards(october)["在办（件）"] == "15"
    one = opened(full_home, COUNTIES, county="河北县")
    assert cards(one)["已报送（县）"] == "0/1"
    assert cards(one)["在办（件）"] == "—"
    assert "所选的县都没有报送这个月。" in shown(one)
    money = opened(full_home, COUNTIES, figures="金额").dataframe[2].value
    # In the order of their codes, whoever has the most.
    assert money["县"].tolist() == ["河东县", "河西县", "河北县"]
    assert list(money)[2:] == ["罚款决定金额（元）"]
    assert "不排名、不考核" in shown(october)


@pytest.fixture
def menu(monkeypatch):
    """Titles of the pages that the menu offers, as of the last run."""
    titles, navigation = [], st.navigation

    def noted(menu, **options):
        pages = [page for group in menu.values() for page in group]
        titles[:] = [page.title for page in pages if page.visibility == "visible"]
        return navigation(menu, **options)

    monkeypatch.setattr(st, "navigation", noted)
    return titles


def test_a_county_has_no_roll_up_in_its_menu_and_a_city_begins_with_it(
    opened, menu, full_home, empty_home, tmp_path
):
    opened(full_home)
    assert "全市汇总" in menu
    nothing = opened(empty_home, COUNTIES)
    assert "全市汇总" not in menu
    assert "没有可以汇总的县" in shown(nothing)
    assert not nothing.metric
    home = Home(tmp_path)
    publish(home, EMPTY_VERSION, is_empty=True)
    with connect(versions.current(home).database) as connection:
        connection.execute(
            """
            insert into marts.dim_units (unit_code, unit_kind_code, is_current)
            values ('990921', 'county_government', true)
            """
        )
    assert led_to(opened(tmp_path, page="")) == "counties"
    assert menu[:2] == ["总览", "全市汇总"]


# 责任追究


def test_matters_of_officials_are_counted_drawn_and_listed(opened, full_home):
    app = opened(full_home, ACCOUNTABILITY)
    assert cards(app) == {
        "新受理（件）": "1",
        "办理中（件）": "2",
        "办结（件）": "2",
        "已办结未公开（件）": "1",
        "逾期义务（项）": "2",
    }
    assert {"其中逾期 1 件", "处理 3 人", "责任倒查 1、责任追究办结 1"} <= {
        metric.delta for metric in app.metric
    }
    assert len(app.get("plotly_chart")) == 2
    matters, duties, transfers = (table.value for table in app.dataframe)
    assert matters["编号"].tolist() == ["ZZ1", "ZZ2"]
    assert duties["状态"].tolist() == ["逾期未完成", "逾期未完成", "未到期"]
    assert transfers["移送编号"].tolist() == ["YS1"]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("逾期未办结", ["ZZ1"]),
        ("本期办结", ["ZZ4", "ZZ3"]),
        ("已办结未公开", ["ZZ4"]),
        ("全部", ["ZZ1", "ZZ2", "ZZ4", "ZZ3"]),
    ],
)
def test_a_list_of_matters_is_chosen_by_the_address(opened, full_home, name, numbers):
    app = opened(full_home, ACCOUNTABILITY, matters=name)
    assert sorted(app.dataframe[0].value["编号"]) == sorted(numbers)


def test_matters_are_chosen_by_township_and_days(opened, full_home):
    one = opened(full_home, ACCOUNTABILITY, township="青石镇")
    assert one.dataframe[0].value["编号"].tolist() == ["ZZ1"]
    assert cards(one)["办结（件）"] == "1"
    of_none = opened(full_home, ACCOUNTABILITY, township="县本级")
    assert of_none.dataframe[0].value["编号"].tolist() == ["ZZ2"]
    long_ago = opened(full_home, ACCOUNTABILITY, days=LONG_AGO)
    assert cards(long_ago)["办结（件）"] == "0"
    # What is open does not depend on the range.
    assert cards(long_ago)["办理中（件）"] == "2"


@pytest.mark.parametrize("number", ["ZZ1", "岚自然资立〔2022〕1号", "YS1"])
def test_a_matter_is_followed_from_its_case_to_its_result(opened, full_home, number):
    app = opened(full_home, ACCOUNTABILITY, matter=number)
    case, limits, course = html_tables(app)
    assert "无证开采" in case
    assert "责任追究办结" in limits
    steps = ["案件：立案", "问题线索移送", "问题线索签收", "责任追究：办结", "责任追究：公开"]
    assert [course.index(step) for step in steps] == sorted(course.index(step) for step in steps)
    assert "诫勉谈话，2 人" in course
    assert "追责台账.xlsx　2022　第 5 行" in course


def test_a_matter_without_a_case_and_a_number_of_nothing_say_so(opened, full_home, empty_home):
    alone = opened(full_home, ACCOUNTABILITY, matter="ZZ4")
    assert "没有写明案件" in shown(alone)
    [course] = html_tables(alone)
    assert course.count("<tr>") == 1 + 2
    nothing = opened(full_home, ACCOUNTABILITY, matter="no")
    assert "没有这个编号的事项" in shown(nothing)
    empty = opened(empty_home, ACCOUNTABILITY)
    assert not empty.dataframe
    assert not empty.get("plotly_chart")
    assert "还没有收到责任追究" in shown(empty)
