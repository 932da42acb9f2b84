"""The morning's page: one sheet whatever happened, and nothing of whom or of clues."""

import re
from datetime import date, datetime

import pytest

from reports import PaperError
from reports.brief import ALERTS, CALLS, CAMERAS, DUTIES, INCIDENTS, write_brief
from tests.command import minewatch
from tests.reports.paper import AS_OF, publish

LONG = "很长的地名或者事由" * 12


def incident(number, **more):
    return {
        "incident_id": f"I{number}",
        "township_code": "999901100",
        "township_name": "甲山镇",
        "site_id": "D001",
        "site_name": "东坡废弃煤窑",
        "confidence_code": "high",
        "is_suspected": True,
        "is_unanswered": True,
        "source_count": 2,
        "signal_count": 7,
        "started_at": datetime(2022, 12, 1, 3),
        "ended_at": datetime(2022, 12, 9, 23),
    } | more


def signal(number, incident_id="I0", **more):
    return {
        "signal_id": f"S{number}",
        "source_code": "video",
        "source_name": "视频告警",
        "started_at": datetime(2022, 12, 8, 22),
        "ended_at": datetime(2022, 12, 9, 23),
    } | more


def camera(number, day, **more):
    return {"camera_id": f"C{number}", "camera_name": f"摄像机{number}", "camera_date": day} | more


def alert(number, **more):
    return {
        "power_alert_id": f"A{number}",
        "source_code": "derived",
        "village_name": "东坡村",
        "alert_type_name": "夜间用电占比异常",
        "reason_text": "夜间用电占比 98%",
        "alert_date": date(2022, 12, 8),
        "last_date": date(2022, 12, 9),
        "alerted_at": datetime(2022, 12, 8),
        "is_open": True,
    } | more


def owed(number, status="open", due=date(2022, 12, 11), **more):
    return {
        "rule_name": f"事项{number}",
        "status": status,
        "due_date": due,
        "township_code": "999901100",
        "owing_unit_name": "甲山镇人民政府",
    } | more


@pytest.fixture
def page(county):
    def write(fill=lambda write: None, day=None, target=None):
        publish(county.home, fill)
        path = write_brief(county.home, day, target)
        return path if target else path.read_text(encoding="utf-8")

    return write


def test_a_night_is_told_in_four_parts(page):
    yesterday = date(2022, 12, 9)

    def fill(write):
        write.add("fct_incidents", [incident(0), incident(1, started_at=datetime(2022, 12, 9, 9))])
        write.add("fct_signals", [signal(0), signal(1, source_code="clue", source_name="群众线索")])
        links = [{"incident_id": "I0", "signal_id": "S0"}, {"incident_id": "I0", "signal_id": "S1"}]
        write.add("fct_incident_signals", links)
        write.add(
            "fct_camera_days",
            [camera(1, yesterday, offline_minutes=90), camera(2, yesterday, is_silent=True)],
        )
        write.add("fct_power_alerts", [alert(0), alert(1, is_open=False)])
        write.add(
            "dim_sponsorships",
            [
                {
                    "position_name": "甲山镇镇长",
                    "level_code": "township",
                    "township_code": "999901100",
                    "is_current": True,
                    "is_active": True,
                }
            ],
        )
        late = owed(1, "no_report", date(2022, 12, 4))
        write.add("fct_obligations", [owed(0), owed(2, due=date(2022, 12, 12)), late])

    text = page(fill)
    for part in (
        "样例县打击非法采矿晨报",
        "2022年12月10日　星期六",
        "样例数据",
        "一、昨日以来（12月9日8时至12月10日8时）",
        "信号：群众线索1条、视频告警1条。",
        "可疑事件：新发生1起，此前开始、仍有信号的1起。",
        "摄像机：昨日有离线的共1台：摄像机1（1.5小时）；没有状态记录1台。",
        "用电：未办结的异常预警1条。东坡村夜间用电占比异常：夜间用电占比 98%。",
        "未处理的高可信事件2起",
        "甲山镇东坡废弃煤窑",
        "2022年12月8日至12月9日，2类来源7条信号，至今没有案件",
        "甲山镇镇长",
        "未处理的高可信事件2起；近7天到期未报送1项",
        "四、本周到期（至12月11日）",
        "事项0",
    ):
        assert part in text, part
    # Due on Monday is next week's.
    assert "事项2" not in text


def test_of_a_clue_no_time_is_told(page):
    """An incident that only clues tell of has no day on the page."""

    def fill(write):
        write.add("fct_incidents", [incident(0)])
        write.add("fct_signals", [signal(0, source_code="clue", source_name="群众线索")])
        write.add("fct_incident_signals", [{"incident_id": "I0", "signal_id": "S0"}])

    text = page(fill)
    assert "<td>2类来源7条信号，至今没有案件" in text


def test_where_no_status_came_nobody_says_that_cameras_were_online(page):
    def fill(write):
        days = [camera(1, date(2022, 12, 5)), camera(1, date(2022, 12, 9), is_silent=True)]
        write.add("fct_camera_days", days)

    assert "状态记录只到2022年12月5日，昨日是否在线不明（1台）" in page(fill)


def test_a_county_without_anything_says_so(page):
    text = page()
    for part in ("没有收到这段时间的信号", "在线情况不明", "没有新的未办结预警"):
        assert part in text, part
    assert text.count("<table") == 0


def test_the_fullest_page_is_one_sheet(page, tmp_path):
    many = 3 * max(INCIDENTS, CALLS, DUTIES, ALERTS, CAMERAS)

    def fill(write):
        write.add(
            "fct_incidents",
            [incident(n, site_name=LONG, is_confirmed=True, source_count=9) for n in range(many)],
        )
        signals = [signal(n, source_name=f"来源{n}") for n in range(14)]
        write.add("fct_signals", signals)
        links = [{"incident_id": f"I{n}", "signal_id": "S0"} for n in range(many)]
        write.add("fct_incident_signals", links)
        day = date(2022, 12, 9)
        dark = {"camera_name": LONG, "township_name": "甲山镇", "offline_minutes": 600}
        write.add("fct_camera_days", [camera(n, day, **dark) for n in range(many)])
        write.add(
            "fct_power_alerts",
            [alert(n, reason_text=LONG, village_name=LONG) for n in range(many)],
        )
        towns = [
            {
                "unit_code": f"T{n}",
                "unit_name": LONG,
                "unit_kind_code": "township_government",
                "township_code": f"9999{n}",
                "is_current": True,
            }
            for n in range(many)
        ]
        write.add("dim_units", towns)
        posts = {"level_code": "township", "is_current": True, "is_active": True}
        write.add(
            "dim_sponsorships",
            [{"position_name": LONG, "township_code": f"9999{n}"} | posts for n in range(many)],
        )
        late = date(2022, 12, 5)
        write.add(
            "fct_obligations",
            [
                owed(f"{LONG}{n}", status, day, township_code=f"9999{n}", owing_unit_name=LONG)
                for n in range(many)
                for status, day in (
                    ("open", date(2022, 12, 11)),
                    ("overdue", late),
                    ("no_report", late),
                )
            ],
        )

    content = page(fill, target=tmp_path / "brief.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1


def test_another_morning_is_told_and_none_that_is_still_to_come(page, county):
    assert "一、昨日以来（12月2日8时至12月3日8时）" in page(day=date(2022, 12, 3))
    with pytest.raises(PaperError, match="晚于"):
        write_brief(county.home, date(2022, 12, 11), None)


def test_the_command_writes_a_file_with_a_telling_name(county):
    publish(county.home)
    done = minewatch(county.home, "brief")
    assert done.returncode == 0, done.stderr
    [path] = county.home.outbox.iterdir()
    assert path.name == f"样例数据_样例县_晨报20221210_截至{AS_OF:%Y%m%dT%H%M}.html"
