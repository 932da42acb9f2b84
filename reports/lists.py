"""The lists that a report carries as annexes, each row once, in the recipient's language and in one order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from dashboards import words
from dashboards.queries import duties
from reports.figures import Figures


@dataclass(frozen=True)
class Listing:
    """An annex: its name, its headings with their widths, its rows, and a note below."""

    name: str
    headings: tuple[tuple[str, int], ...]
    rows: list[tuple[Any, ...]]
    note: str = ""


def patrols(figures: Figures) -> Listing:
    """Per reporting unit: forms received, lines and findings of the period."""
    return listing(
        figures,
        "巡查检查台账汇总",
        (("乡镇", 14), ("填报单位", 32), ("级别", 8), ("台账份数", 10), ("其中零报告", 12))
        + (("巡查点次", 10), ("发现问题", 10)),
        """
        with forms as (
            select
                township_name, reporting_unit_name, patrol_level_code,
                count(*) as form_count, count(*) filter (where is_zero_report) as zero_count,
                0 as line_count, 0 as finding_count
            from marts.fct_patrol_forms
            where not is_superseded and cast(reported_at as date) between $first and $last
            group by all
        ),
        lines as (
            select
                township_name, reporting_unit_name, patrol_level_code, 0 as form_count, 0 as zero_count,
                count(*) as line_count, count(*) filter (where has_finding) as finding_count
            from marts.fct_patrols
            where patrol_date between $first and $last
            group by all
        )
        select
            coalesce(township_name, '县本级及其他'),
            coalesce(reporting_unit_name, '未注明'),
            case patrol_level_code
                when 'village' then '村级' when 'township' then '乡级' when 'county' then '县级' else '级别不明'
            end,
            sum(form_count), sum(zero_count), sum(line_count), sum(finding_count)
        from (from forms union all from lines)
        group by all
        order by all
        """,
        "份数按收到台账的时间计，点次和发现问题按巡查日期计。",
    )


def cases(figures: Figures) -> Listing:
    """Cases that something happened to in the period, or that were open at its end."""
    return listing(
        figures,
        "案件台账",
        (
            ("案件编号", 22),
            ("案件", 34),
            ("类型", 16),
            ("乡镇", 12),
            ("承办单位", 22),
            ("发现日期", 12),
        )
        + (("立案日期", 12), ("决定日期", 12), ("罚款决定（元）", 14), ("罚款入库（元）", 14))
        + (("移送公安", 12), ("结案日期", 12), ("截至当前阶段", 16), ("督办", 8), ("期末在办", 10)),
        """
        select
            case_id, case_title_text, case_type_name, township_name, handling_unit_name, discovered_date,
            cast(filed_at as date), cast(decided_at as date), fine_imposed_yuan, fine_paid_yuan,
            cast(transferred_at as date), cast(closed_at as date), stage_name,
            case when is_supervised then '是' else '否' end,
            case
                when discovered_date <= $last and coalesce(ended_at >= $last + interval '1' day, true)
                    then '是'
                else '否'
            end
        from marts.fct_cases
        where
            discovered_date between $first and $last
            or cast(filed_at as date) between $first and $last
            or cast(decided_at as date) between $first and $last
            or cast(closed_at as date) between $first and $last
            or cast(transferred_at as date) between $first and $last
            or (discovered_date <= $last and coalesce(ended_at >= $last + interval '1' day, true))
        order by discovered_date, case_id
        """,
        "含本期发现、立案、决定、移送、结案和期末在办的案件。罚款金额只作展示，不排名、不考核。",
    )


def obligations(figures: Figures) -> Listing:
    """What fell due in the period and is not done, then what falls due in the next one.

    Numbers of clues and rewards are left out: beside the duty they would tell how somebody reported.
    """
    found = listing(
        figures,
        "应办事项清单",
        (("类别", 14), ("事项", 30), ("条款", 8), ("牵头单位", 22), ("责任单位", 26), ("乡镇", 12))
        + (("对象", 26), ("最后期限", 12), ("状态", 10), ("逾期天数", 10), ("义务编号", 34)),
        """
        select
            case when due_date <= $last then '本期到期未办' else '下期到期' end,
            rule_name, replace(clause_code, 'annex', '附件'), lead_unit_name, owing_unit_name, township_name,
            case when subject_type not in ('clue', 'reward') then subject_name end,
            due_date, status, case when due_date <= $last then days_late end, obligation_id
        from marts.fct_obligations
        where
            not is_restricted
            and (
                (due_date between $first and $last and status in ('overdue', 'no_report'))
                or (due_date between $next_first and $next_last and status <> 'waived')
            )
        order by due_date > $last, rule_code, township_name, owing_unit_name, due_date, obligation_id
        """,
        "“本期到期未办”含未报送的；“下期到期”含已提前完成的，不含免除的。",
    )
    state = [name for name, _ in found.headings].index("状态")
    rows = [(*row[:state], words.STATUSES[row[state]], *row[state + 1 :]) for row in found.rows]
    return Listing(found.name, found.headings, rows, found.note)


def contradictions(figures: Figures) -> Listing:
    """Those confirmed in the period, and those whose time to answer ended in it without an answer."""
    return listing(
        figures,
        "需核实线索清单",
        (
            ("线索类别", 18),
            ("状态", 12),
            ("核实单位", 26),
            ("乡镇", 12),
            ("点位", 22),
            ("台账或登记所述", 46),
        )
        + (
            ("其他信息", 46),
            ("所述日期", 12),
            ("说明期限", 12),
            ("说明日期", 12),
            ("线索编号", 34),
        ),
        """
        select
            rule_name,
            case status_code when 'confirmed' then '核实属实' else '逾期未说明' end,
            asked_unit_name, township_name, coalesce(site_name, village_name), claim_text, evidence_text,
            claim_date, cast(due_at as date), cast(explained_at as date), contradiction_id
        from marts.fct_contradictions
        where
            (status_code = 'confirmed' and cast(coalesce(explained_at, due_at) as date) between $first and $last)
            or (status_code = 'unanswered' and cast(due_at as date) between $first and $last)
        order by status_code, asked_unit_name, claim_date, contradiction_id
        """,
        "只列核实属实和逾期未说明的；“逾期未说明”不等于属实，仍待核实。",
    )


def townships(figures: Figures) -> Listing:
    """Figures of the period by township, of the metrics that may be summed; the rest is the county's own."""
    codes = (
        "patrol_lines",
        "patrol_findings",
        "ledger_forms",
        "cases_discovered",
        "cases_filed",
        "cases_closed",
        "clues_received",
        "video_events",
        "power_alerts",
        "obligations_overdue",
    )
    metrics = [figures.metrics[code] for code in codes if code in figures.metrics]
    metrics = [metric for metric in metrics if metric.is_additive and metric.township]
    places = figures.cursor.execute(
        "select township_code, township_name from marts.dim_townships where is_current order by township_code"
    ).fetchall()
    rows: list[tuple[Any, ...]] = []
    for code, name in places:
        values = [figures.of(metric.code, township_code=code).value for metric in metrics]
        rows.append((name, *(value or 0 for value in values)))
    whole = [figures.of(metric.code).value for metric in metrics]
    if any(value is not None for value in whole):
        rest = [
            (value or 0) - sum(row[column] for row in rows)
            for column, value in enumerate(whole, start=1)
        ]
        if any(rest):
            rows.append(("县本级及其他", *rest))
        rows.append(("全县", *(value or 0 for value in whole)))
    else:
        rows = []
    return Listing(
        "分乡镇情况",
        (("乡镇", 16), *((f"{metric.name}\n({metric.unit})", 14) for metric in metrics)),
        rows,
        "各乡镇与“县本级及其他”之和等于全县。",
    )


def overdue_rules(figures: Figures) -> list[tuple[str, int]]:
    """Rules under which something fell due in the period and is not done, the most first."""
    return figures.cursor.execute(
        """
        select rule_code, count(*)
        from marts.fct_obligations
        where
            not is_restricted and status in ('overdue', 'no_report') and due_date between $first and $last
        group by rule_code
        order by count(*) desc, rule_code
        """,
        {"first": figures.period.first, "last": figures.period.last},
    ).fetchall()


def due_rules(figures: Figures) -> list[tuple[str, int]]:
    """Rules under which something falls due in the next period, the most first."""
    return figures.cursor.execute(
        """
        select rule_code, count(*)
        from marts.fct_obligations
        where not is_restricted and status <> 'waived' and due_date between $first and $last
        group by rule_code
        order by count(*) desc, rule_code
        """,
        {"first": figures.period.next.first, "last": figures.period.next.last},
    ).fetchall()


def deadlines(figures: Figures) -> list[dict[str, Any]]:
    """The county's row of each deadline in the week in which the period ends, the nearest first."""
    last = min(figures.period.last, figures.as_of_at.date())
    rows = duties.deadline_weeks(figures.cursor, None)
    monday = pd.Timestamp(last - timedelta(days=last.weekday()))
    return rows[rows["week_start_date"] == monday].to_dict("records")


def listing(
    figures: Figures, name: str, headings: tuple[tuple[str, int], ...], query: str, note: str
) -> Listing:
    """An annex of the rows that a query finds; days instead of times."""
    period = figures.period
    values = {
        "first": period.first,
        "last": period.last,
        "next_first": period.next.first,
        "next_last": period.next.last,
    }
    named = {key: value for key, value in values.items() if f"${key}" in query}
    rows = figures.cursor.execute(query, named).fetchall()
    return Listing(name, headings, [tuple(cell(value) for value in row) for row in rows], note)


def cell(value: Any) -> Any:
    """Times as days; everything else as it is."""
    if isinstance(value, datetime):
        return value.date()
    return value
