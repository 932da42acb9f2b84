"""The morning's page: what happened overnight, what to decide, whom to call, what is due this week.

    minewatch brief --to 晨报.html        or .pdf, where Chromium is installed

One sheet of A4 and never two: every list has its limit, and says how many more there are. For the office and
leaders; it names units and positions, never persons, and tells of clues no more than their number.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dashboards import markup
from dashboards.charts.look import FONT
from dashboards.stamp import SAMPLE_MARK, Stamp
from reports import PaperError
from reports.official import chinese_date
from reports.published import opened, rows_of
from warehouse.files import write_atomically
from warehouse.settings import Home

# What fits on the sheet with every list full and every text at its longest (tests/reports/test_brief.py).
INCIDENTS, CALLS, DUTIES, ALERTS, CAMERAS = 5, 5, 6, 3, 4
TEXT, NAME = 60, 18
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WEEKDAYS = "一二三四五六日"
STYLE = """<style>
@page {size: A4; margin: 12mm 14mm}
body {font: 9.5pt/1.4 %s; color: black; max-width: 182mm; margin: 0 auto}
h1 {font-size: 17pt; text-align: center; margin: 0 0 1mm}
h2 {font-size: 11pt; margin: 3mm 0 1mm}
p, ul {margin: 0 0 1mm} ul {padding-left: 5mm}
.under {text-align: center; color: #444; font-size: 8.5pt}
.listed {font-size: 8.5pt; margin: 0}
.listed th, .listed td {border: 1px solid #777; padding: 0.6mm 1.2mm; white-space: normal}
.mark {color: #b42318; font-weight: 700}
</style>"""


def write_brief(home: Home, day: date | None, target: Path | None) -> Path:
    """Write the brief of that morning (default: that of the as-of time) and return its path.

    Raises PaperError before anything is written if the day lies after the as-of time, or if a PDF is
    wanted where nothing can print one.
    """
    with opened(home) as (reader, stamp):
        moment = datetime.combine(day or stamp.as_of_at.date(), stamp.as_of_at.time())
        if moment > stamp.as_of_at:
            raise PaperError(
                f"{moment:%Y-%m-%d} 晚于当前版本的数据截至时间 {stamp.as_of_at:%Y-%m-%d %H:%M}。"
                "没有写任何文件。请先运行 minewatch run，或改用较早的日期。"
            )
        page = content(reader, stamp, moment)
    path = target or home.outbox / stamp.file_name(f"晨报{moment:%Y%m%d}", "html")
    as_file = printed(page) if path.suffix.lower() == ".pdf" else page
    write_atomically(path, as_file)
    return path


def printed(page: bytes) -> bytes:
    """The page as PDF; PaperError where no Chromium is installed."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        raise PaperError(
            "没有找到 Chromium，不能直接生成 PDF。没有写任何文件。"
            "请写成 .html，用浏览器打开后打印为 PDF。"
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        source.write_bytes(page)
        options = ["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
        options += ["--disable-background-networking", f"--user-data-dir={folder}/profile"]
        # Chromium refuses its sandbox to root.
        options += ["--no-sandbox"] if os.geteuid() == 0 else []
        command = [program, *options, f"--print-to-pdf={target}", source.as_uri()]
        done = subprocess.run(command, capture_output=True, check=False, timeout=120)
        if done.returncode or not target.exists():
            raise PaperError(
                "Chromium 没有打印成功。没有写任何文件。请写成 .html，用浏览器打开后打印为 PDF。"
            )
        return target.read_bytes()


def content(reader: duckdb.DuckDBPyConnection, stamp: Stamp, moment: datetime) -> bytes:
    """The page as one HTML file that needs nothing else."""
    start = moment - timedelta(days=1)
    week_end = moment.date() + timedelta(days=6 - moment.weekday())
    chosen = incidents(reader)
    mark = f'<span class="mark">【{SAMPLE_MARK}，全部为虚构】</span>' if stamp.is_sample else ""
    weekday = WEEKDAYS[moment.weekday()]
    body = [
        f"<h1>{html.escape(stamp.county_name)}打击非法采矿晨报</h1>",
        f'<p class="under">{chinese_date(moment.date())}　星期{weekday}　'
        f"数据截至{stamp.as_of_at:%Y-%m-%d %H:%M}　{mark}</p>",
        f"<h2>一、昨日以来（{hour(start)}至{hour(moment)}）</h2>",
        listed(
            [*overnight(reader, start, moment), *cameras(reader, start), *alerts(reader, start)]
        ),
        f"<h2>二、需要决定（未处理的高可信事件{total(chosen)}起）</h2>",
        "<p>以下为需核实线索，不是结论。请明确由谁核查，立案或者书面说明理由。</p>",
        table(
            ("地点", "情况", "牵头单位"),
            [
                (
                    cut(f"{row['township_name'] or ''}{row['place_name'] or '地点不明'}", NAME),
                    cut(sentence(row), TEXT),
                    cut(row["unit_name"] or "县领导小组办公室", NAME),
                )
                for row in chosen
            ],
            "没有未处理的高可信事件。",
            total(chosen) - len(chosen),
        ),
        "<h2>三、请联系</h2>",
        called(reader, stamp),
        f"<h2>四、本周到期（至{chinese_date(week_end).partition('年')[2]}）</h2>",
        due(reader, moment.date(), week_end),
    ]
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{html.escape(stamp.county_name)}晨报{moment:%Y%m%d}</title>"
        f"{markup.STYLE}{STYLE % FONT}</head><body>{''.join(body)}</body></html>"
    ).encode()


def overnight(reader: duckdb.DuckDBPyConnection, start: datetime, end: datetime) -> list[str]:
    """Signals and incidents of the night, in one sentence each."""
    window = {"start": start, "end": end}
    sources = rows_of(
        reader.execute(
            """
            select source_name, count(*) as signal_count
            from marts.fct_signals
            where ended_at >= $start and started_at < $end
            group by source_name order by signal_count desc, source_name
            """,
            window,
        )
    )
    [counts] = rows_of(
        reader.execute(
            """
            select
                count(*) filter (where started_at >= $start) as new_count,
                count(*) filter (where started_at < $start) as old_count
            from marts.fct_incidents
            where ended_at >= $start and started_at < $end and is_suspected
            """,
            window,
        )
    )
    told = "、".join(f"{row['source_name']}{row['signal_count']}条" for row in sources)
    return [
        f"信号：{told}。" if told else "信号：没有收到这段时间的信号。",
        f"可疑事件：新发生{counts['new_count']}起，此前开始、仍有信号的{counts['old_count']}起。",
    ]


def cameras(reader: duckdb.DuckDBPyConnection, start: datetime) -> list[str]:
    """Cameras that were dark yesterday; where no status came, that nothing is known."""
    [known] = rows_of(
        reader.execute(
            """
            select
                max(camera_date) filter (where not is_silent) as last_date,
                count(*) filter (where camera_date = $day) as camera_count,
                count(*) filter (where camera_date = $day and is_silent) as silent_count
            from marts.fct_camera_days
            """,
            {"day": start.date()},
        )
    )
    dark = rows_of(
        reader.execute(
            """
            select
                coalesce(township_name, '') || coalesce(camera_name, camera_id) as camera_name,
                round(offline_minutes / 60.0, 1) as hour_count
            from marts.fct_camera_days
            where camera_date = $day and offline_minutes > 0
            order by offline_minutes desc, camera_id
            """,
            {"day": start.date()},
        )
    )
    if known["last_date"] is None:
        return ["摄像机：没有收到状态记录，在线情况不明。"]
    if known["silent_count"] and known["silent_count"] == known["camera_count"]:
        last = chinese_date(known["last_date"])
        return [f"摄像机：状态记录只到{last}，昨日是否在线不明（{known['camera_count']}台）。"]
    silent = f"；没有状态记录{known['silent_count']}台" if known["silent_count"] else ""
    if not dark:
        return [f"摄像机：昨日没有离线{silent}。"]
    names = [
        f"{cut(row['camera_name'], NAME)}（{row['hour_count']}小时）" for row in dark[:CAMERAS]
    ]
    more = f"等{len(dark)}台" if len(dark) > CAMERAS else f"共{len(dark)}台"
    return [f"摄像机：昨日有离线的{more}：{'、'.join(names)}{silent}。"]


def alerts(reader: duckdb.DuckDBPyConnection, start: datetime) -> list[str]:
    """Power alerts of yesterday and this morning, the company's first."""
    found = rows_of(
        reader.execute(
            """
            select
                coalesce(township_name, '') || coalesce(site_name, village_name, '') as place_name,
                alert_type_name, reason_text
            from marts.fct_power_alerts
            where last_date >= $day and alert_date <= $day + interval '1' day and is_open
            order by source_code, alerted_at desc, power_alert_id
            """,
            {"day": start.date()},
        )
    )
    if not found:
        return ["用电：没有新的未办结预警。"]
    more = f"，列{ALERTS}条" if len(found) > ALERTS else ""
    lines = [
        f"{cut(row['place_name'] or '地点不明', NAME)}{row['alert_type_name']}："
        f"{cut(row['reason_text'] or '未写原因', TEXT)}"
        for row in found[:ALERTS]
    ]
    return [f"用电：未办结的异常预警{len(found)}条{more}。{'；'.join(lines)}。"]


def incidents(reader: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Sure incidents without case and reason, those last seen first; each with how many there are.

    Times are those of what was not a clue: of a clue no more than its week may be known.
    """
    return rows_of(
        reader.execute(
            """
            with

            seen as (
                select
                    links.incident_id,
                    min(signals.started_at) as first_at,
                    max(signals.ended_at) as last_at
                from marts.fct_incident_signals as links
                inner join marts.fct_signals as signals on links.signal_id = signals.signal_id
                where signals.source_code <> 'clue'
                group by links.incident_id
            ),

            governments as (
                select * from marts.dim_units
                where is_current and unit_kind_code = 'township_government'
            )

            select
                incidents.township_name,
                coalesce(incidents.site_name, incidents.village_name) as place_name,
                coalesce(sites.county_unit_name, governments.unit_name) as unit_name,
                incidents.source_count,
                incidents.signal_count,
                incidents.is_confirmed,
                seen.first_at,
                seen.last_at,
                count(*) over () as total_count
            from marts.fct_incidents as incidents
            left join seen on incidents.incident_id = seen.incident_id
            left join marts.dim_sites as sites
                on incidents.site_id = sites.site_id and sites.is_current
            left join governments on incidents.township_code = governments.township_code
            where incidents.is_unanswered and incidents.is_suspected and incidents.confidence_code = 'high'
            order by
                seen.last_at desc nulls last, incidents.is_confirmed desc, incidents.signal_count desc,
                incidents.incident_id
            limit $limit
            """,
            {"limit": INCIDENTS},
        )
    )


def sentence(row: dict[str, Any]) -> str:
    """One incident in one sentence."""
    span = ""
    if row["first_at"]:
        first, last = (chinese_date(row[name].date()) for name in ("first_at", "last_at"))
        if first[:4] == last[:4]:
            last = last.partition("年")[2]
        span = f"{first}至{last}"
    confirmed = "，其中有核实属实的" if row["is_confirmed"] else ""
    return (
        f"{span}，{row['source_count']}类来源{row['signal_count']}条信号{confirmed}，"
        "至今没有案件，也没有书面说明。"
    ).lstrip("，")


def called(reader: duckdb.DuckDBPyConnection, stamp: Stamp) -> str:
    """Which units to call, by what they have open, and which positions answer there."""
    rows = rows_of(
        reader.execute(
            """
            with

            seen as (
                select township_code, count(*) as incident_count
                from marts.fct_incidents
                where is_unanswered and is_suspected and confidence_code = 'high'
                group by township_code
            ),

            owed as (
                select
                    township_code,
                    count(*) filter (where status = 'overdue') as overdue_count,
                    count(*) filter (where status = 'no_report') as no_report_count
                from marts.fct_obligations
                where
                    due_date >= $since and due_date < $today
                    and not is_restricted and not is_in_grace
                group by township_code
            ),

            positions as (
                select
                    township_code,
                    string_agg(distinct position_name, '、' order by position_name) as position_names
                from marts.dim_sponsorships
                where is_current and is_active and level_code = 'township'
                group by township_code
            )

            select
                units.unit_name,
                positions.position_names,
                coalesce(seen.incident_count, 0) as incident_count,
                coalesce(owed.overdue_count, 0) as overdue_count,
                coalesce(owed.no_report_count, 0) as no_report_count,
                count(*) over () as total_count
            from marts.dim_units as units
            left join seen on units.township_code = seen.township_code
            left join owed on units.township_code = owed.township_code
            left join positions on units.township_code = positions.township_code
            where
                units.is_current
                and units.unit_kind_code = 'township_government'
                and coalesce(seen.incident_count, owed.overdue_count + owed.no_report_count, 0) > 0
            order by incident_count desc, no_report_count desc, overdue_count desc, units.unit_name
            limit $limit
            """,
            {
                "since": stamp.as_of_at.date() - timedelta(days=7),
                "today": stamp.as_of_at.date(),
                "limit": CALLS,
            },
        )
    )
    return table(
        ("单位", "职务", "事由"),
        [
            (
                cut(row["unit_name"], NAME),
                cut(row["position_names"] or "主要负责人", NAME),
                cut("；".join(reasons(row)), TEXT),
            )
            for row in rows
        ],
        "没有需要催问的乡镇。",
        total(rows) - len(rows),
    )


def reasons(row: dict[str, Any]) -> list[str]:
    """Why a township is called."""
    return [
        f"{label}{row[name]}{unit}"
        for label, name, unit in (
            ("未处理的高可信事件", "incident_count", "起"),
            ("近7天到期未报送", "no_report_count", "项"),
            ("近7天逾期未完成", "overdue_count", "项"),
        )
        if row[name]
    ]


def due(reader: duckdb.DuckDBPyConnection, first: date, last: date) -> str:
    """What falls due from today to Sunday, by day and rule."""
    rows = rows_of(
        reader.execute(
            """
            select
                due_date, rule_name,
                count(*) as duty_count,
                count(distinct owing_unit_name) as unit_count,
                min(owing_unit_name) as unit_name,
                count(*) over () as total_count
            from marts.fct_obligations
            where status = 'open' and due_date between $first and $last and not is_restricted
            group by due_date, rule_name
            order by due_date, duty_count desc, rule_name
            limit $limit
            """,
            {"first": first, "last": last, "limit": DUTIES},
        )
    )
    return table(
        ("到期日", "事项", "数量", "责任单位"),
        [
            (
                chinese_date(row["due_date"]).partition("年")[2],
                cut(row["rule_name"], NAME),
                f"{row['duty_count']}项",
                cut(row["unit_name"] or "未定", NAME)
                + (f"等{row['unit_count']}个单位" if row["unit_count"] > 1 else ""),
            )
            for row in rows
        ],
        "本周没有到期的事项。",
        total(rows) - len(rows),
    )


def total(rows: Sequence[dict[str, Any]]) -> int:
    """How many there are, of which these are the first."""
    return rows[0]["total_count"] if rows else 0


def hour(moment: datetime) -> str:
    """12月9日8时."""
    return f"{moment.month}月{moment.day}日{moment.hour}时"


def cut(text: str, most: int) -> str:
    """The text, at most that long."""
    return text if len(text) <= most else text[: most - 1] + "…"


def listed(lines: Sequence[str]) -> str:
    """Sentences as a list."""
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], nothing: str, more: int) -> str:
    """A ruled table; a sentence where there is nothing, and how many rows were left out."""
    if not rows:
        return f"<p>{nothing}</p>"
    head = "".join(f"<th>{name}</th>" for name in headings)
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    rest = f"<p>另有{more}项未列。</p>" if more > 0 else ""
    return (
        f'<table class="listed"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}'
    )
