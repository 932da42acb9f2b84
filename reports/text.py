"""The prose of a report, written by rules from its figures; no sentence has a number of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from reports import lists
from reports.figures import NEXT, PREVIOUS, VALUE, Figures
from reports.official import chinese_date
from reports.recipients import Recipient
from reports.wording import change, sentence, with_unit

PRESSURE = (
    "保持高压态势。坚持“零容忍”，发现一起、查处一起，把非法采矿行为遏制在萌芽状态；"
    "对逾期未办和逾期未说明的单位继续督办。"
)
# Rules named one by one; the rest is told together.
NAMED = 5


@dataclass(frozen=True)
class Prose:
    """What stands under each heading, a text a paragraph."""

    basic: list[str]
    measures: list[tuple[str, list[str]]]
    problems: list[str]
    steps: list[str]


class Writer:
    """Says figures."""

    def __init__(self, figures: Figures, recipient: Recipient):
        self.figures = figures
        self.cumulative = recipient.cumulative
        self.word, self.before = figures.period.word, figures.period.previous_word

    def value(self, code: str, measure: str = VALUE) -> Decimal | None:
        """A figure's number."""
        return self.figures.of(code, measure).value

    def number(self, code: str, measure: str = VALUE) -> str:
        """A figure with its unit."""
        figure = self.figures.of(code, measure)
        return with_unit(figure.value, figure.metric.unit)

    def in_total(self, code: str) -> str:
        """累计8次."""
        if self.value(code, self.cumulative) is None:
            return ""
        return f"累计{self.number(code, self.cumulative)}"

    def changed(self, code: str) -> str:
        """比上月增加3次、增长60%."""
        unit = self.figures.metrics[code].unit if code in self.figures.metrics else ""
        return change(self.value(code), self.value(code, PREVIOUS), unit, self.before)

    def aside(self, *parts: str) -> str:
        """（比上月…，累计…）"""
        said = [part for part in parts if part]
        return f"（{'，'.join(said)}）" if said else ""

    def told(self, start: str, code: str, none: str, is_compared: bool = True) -> str:
        """What was counted, with comparison and sum; in words where it is zero."""
        value = self.value(code)
        if value is None:
            return ""
        if not value:
            return none + self.aside(
                self.in_total(code) if self.value(code, self.cumulative) else ""
            )
        return f"{start}{self.number(code)}" + self.aside(
            self.changed(code) if is_compared else "", self.in_total(code)
        )

    def share(self, start: str, code: str, none: str = "") -> str:
        """A share with its comparison; in words where it is a share of nothing."""
        if self.value(code) is None:
            return none
        return f"{start}{self.number(code)}" + self.aside(self.changed(code))

    def state(self, start: str, code: str) -> str:
        """What there was at the end of the period."""
        return f"{start}{self.number(code)}" if self.value(code) is not None else ""


def prose(figures: Figures, recipient: Recipient) -> Prose:
    """The text of a report."""
    say = Writer(figures, recipient)
    groups = (
        ("责任落实和巡查排查", duties(say)),
        ("案件查处", investigations(say)),
        ("实时视频监管", video(say)),
        ("涉电问题治理", power(say)),
        ("群防群治", public(say)),
    )
    if not figures.is_counted:
        start = f"（{figures.base.year}年{figures.base.month}月起）" if figures.base else ""
        missing = f"{figures.period.name}不在指标统计期{start}之内，没有可用的统计数字。"
        return Prose(
            [missing],
            [(name, ["没有统计数字。"]) for name, _ in groups],
            ["没有统计数字。"],
            [PRESSURE],
        )
    return Prose(
        basic(say),
        [(name, paragraphs(parts, say.word)) for name, parts in groups],
        problems(say),
        steps(say),
    )


def paragraphs(parts: list[list[str]], word: str) -> list[str]:
    """Each group of parts a paragraph that begins with 本月."""
    said = [
        text if text.startswith("期末") else f"{word}{text}"
        for part in parts
        if (text := sentence(part))
    ]
    return said or [f"{word}没有可报告的事项。"]


def basic(say: Writer) -> list[str]:
    """一、基本情况"""
    warnings = []
    # Nothing delivered is silence; zeros that follow from it say nothing about the county.
    if not say.value("deliveries_used"):
        warnings.append(
            f"{say.word}没有收到任何可用来件，以下各项为零不代表没有发生，须向各报送单位核对。"
        )
    base, period = say.figures.base, say.figures.period
    if base and period.first < base:
        warnings.append(
            f"指标自{base.year}年{base.month}月起统计，{say.word}的数字不含此前的日子。"
        )
    figures = [
        say.told("召开联席会议", "meetings_held", "未召开联席会议"),
        say.told("包联责任人督导", "sponsor_visits", "包联责任人未到包联区域督导"),
        operations(say),
        say.told("收到巡查检查台账", "ledger_forms", "未收到巡查检查台账")
        + (
            f"，其中零报告{say.number('ledger_zero_reports')}"
            if say.value("ledger_zero_reports")
            else ""
        ),
        say.told("巡查", "patrol_lines", "没有巡查记录"),
        say.told("发现问题", "patrol_findings", "巡查未发现问题"),
    ]
    state = [
        say.state("在册监管对象", "sites_registered"),
        say.state("在办案件", "cases_open"),
        say.state("重点监测用电户", "key_power_users"),
        say.state("应建摄像机", "cameras_planned"),
    ]
    ends = "期末" if say.figures.is_over else "截止日"
    return [
        *warnings,
        f"{say.figures.period.name}，" + sentence(figures),
        f"{ends}" + sentence(state).replace("；", "，"),
    ]


def operations(say: Writer) -> str:
    """联合执法4次，出动143人次、19车次，检查点位50处."""
    if not say.value("joint_operations"):
        return say.told("", "joint_operations", "未开展联合执法")
    out = "、".join(
        say.number(code)
        for code in ("joint_operation_people", "joint_operation_vehicles")
        if say.value(code)
    )
    checked = (
        f"，检查点位{say.number('joint_operation_sites')}"
        if say.value("joint_operation_sites")
        else ""
    )
    return (
        f"开展联合执法{say.number('joint_operations')}"
        + (f"，出动{out}" if out else "")
        + checked
        + say.aside(say.changed("joint_operations"), say.in_total("joint_operations"))
    )


def duties(say: Writer) -> list[list[str]]:
    """（一）责任落实和巡查排查"""
    return [
        [
            say.share("到期的应办事项按期完成", "obligations_met", "没有到期的应办事项"),
            say.share("包联督导按期完成", "sponsor_visits_met"),
            say.told("督导发现问题", "sponsor_problems_found", "督导未发现问题", is_compared=False)
            + (
                f"，已整改{say.number('sponsor_problems_rectified')}"
                if say.value("sponsor_problems_found")
                else ""
            ),
            say.told("部门日常检查", "agency_checks", "未开展部门日常检查")
            + (
                f"，其中发现问题{say.number('agency_check_findings')}"
                if say.value("agency_check_findings")
                else ""
            ),
        ],
        [
            say.share("村级周巡查按期完成", "patrols_village_met", "没有到期的村级周巡查"),
            say.share("乡级月排查按期完成", "patrols_township_met", "没有到期的乡级月排查"),
            say.share("县级季度巡查按期完成", "patrols_county_met", "没有到期的县级季度巡查"),
            say.share("监管对象登记要素齐全", "sites_complete"),
            say.told("持证企业报告非法采矿", "enterprise_reports", "持证企业没有报告非法采矿"),
        ],
    ]


def investigations(say: Writer) -> list[list[str]]:
    """（二）案件查处"""
    return [
        [
            say.told("受理线索", "clues_received", "未收到举报线索"),
            say.share("其中已核查", "clues_verified"),
            say.told("发现违法行为", "cases_discovered", "未发现新的违法行为"),
            say.told("立案", "cases_filed", "没有新立案"),
            say.told("作出处罚决定", "cases_decided", "没有作出处罚决定"),
            say.told("结案", "cases_closed", "没有结案"),
        ],
        [
            say.told("决定罚款", "fines_imposed", "没有新的罚款决定", is_compared=False),
            say.told("罚款入库", "fines_paid", "没有罚款入库", is_compared=False),
            say.told("移送公安机关", "police_transfers", "没有移送公安机关的案件"),
            say.told("公安机关立案", "police_filings", "公安机关没有新立案"),
            say.told("移送纪检监察机关", "discipline_transfers", "没有移送纪检监察机关的案件"),
            say.state("期末在办案件", "cases_open"),
            say.state("其中挂牌督办、提级办理或指定管辖", "cases_supervised")
            if say.value("cases_supervised")
            else "",
            say.share("结案案件已公示", "closed_cases_published"),
        ],
    ]


def video(say: Writer) -> list[list[str]]:
    """（三）实时视频监管"""
    return [
        [
            say.state("期末应建摄像机", "cameras_planned"),
            say.share("已建成", "cameras_built"),
            say.share("重点点位经核实可视", "key_sites_visible"),
            say.share("摄像机在线", "cameras_online", "没有摄像机状态记录"),
        ],
        [
            say.told("视频告警", "video_events", "没有视频告警"),
            say.share("其中已核实", "video_verified"),
            say.share("已核实的告警中误报", "video_false_alarms"),
            say.share("按时核实", "video_verified_in_time"),
        ],
    ]


def power(say: Writer) -> list[list[str]]:
    """（四）涉电问题治理"""
    return [
        [
            say.state("期末重点监测用电户", "key_power_users"),
            say.told("供电公司预警", "power_alerts", "供电公司没有预警"),
            say.share("已核查", "power_alerts_checked"),
            say.share("已反馈", "power_alerts_fed_back"),
            say.told("核查属实", "power_alerts_confirmed", "没有核查属实的异常")
            if say.value("power_alerts")
            else "",
            say.told("停止供电", "supply_stopped", "没有停止供电"),
        ],
        [
            say.told("受理入网申请", "grid_applications", "没有受理入网申请"),
            say.share("附书面承诺书", "grid_commitments"),
            say.told("提交问题企业", "watchlist_entries", "没有提交问题企业"),
        ],
    ]


def public(say: Writer) -> list[list[str]]:
    """（五）群防群治"""
    return [
        [
            say.told("开展宣传", "campaigns", "没有开展宣传"),
            say.told("曝光典型案件", "typical_cases", "没有曝光典型案件"),
            say.told("认定举报奖励", "rewards_recognised", "没有认定举报奖励"),
            say.told("发放奖金", "rewards_paid_yuan", "没有发放奖金", is_compared=False),
            say.told("表彰奖励办案人员", "commendations", "没有表彰奖励办案人员"),
        ]
    ]


def named_rules(say: Writer, stem: str, measure: str, rules: list[tuple[str, int]]) -> str:
    """The rules with most of it, by name, and how many others there are."""
    named = []
    for rule, _ in rules[:NAMED]:
        figure = say.figures.of(f"{stem}:{rule}", measure)
        name = figure.metric.name.partition("：")[0]
        named.append(f"{name}{with_unit(figure.value, figure.metric.unit)}")
    more = f"，另有{len(rules) - NAMED}类" if len(rules) > NAMED else ""
    return "、".join(named) + more


def problems(say: Writer) -> list[str]:
    """三、存在问题"""
    found = []
    overdue = lists.overdue_rules(say.figures)
    if say.value("obligations_overdue"):
        silent = say.value("obligations_silent")
        found.append(
            f"应办事项逾期。{say.word}到期、至今未完成{say.number('obligations_overdue')}"
            + say.aside(say.changed("obligations_overdue"))
            + (f"，其中责任单位未报送{say.number('obligations_silent')}" if silent else "")
            + f"。主要是：{named_rules(say, 'obligations_overdue', VALUE, overdue)}。"
        )
    confirmed = say.value("contradictions_confirmed")
    unanswered = say.value("contradictions_unanswered")
    if confirmed or unanswered:
        said = [
            f"核实属实{say.number('contradictions_confirmed')}" if confirmed else "",
            f"逾期未说明{say.number('contradictions_unanswered')}（仍待核实，不作为认定依据）"
            if unanswered
            else "",
        ]
        found.append(
            f"台账与其他信息不一致。下发核实的需核实线索中，{say.word}"
            + "，".join(part for part in said if part)
            + "，明细见附件6。"
        )
    missed = [
        f"{metric.name}{say.number(code)}"
        for code in (
            "patrols_village_met",
            "patrols_township_met",
            "patrols_county_met",
            "sites_complete",
            "clues_verified",
            "cases_decided_in_time",
            "key_sites_visible",
            "power_alerts_fed_back",
        )
        if (metric := say.figures.metrics.get(code)) is not None
        and metric.target is not None
        and (value := say.value(code)) is not None
        and value < metric.target
    ]
    if missed:
        found.append(f"未达到要求。按要求应为100%：{'，'.join(missed)}。")
    if say.value("deliveries_refused"):
        found.append(
            f"报送质量。{say.word}有{say.number('deliveries_refused')}来件读不了或未通过检查，已退回报送单位核对。"
        )
    return numbered(found) or [
        f"{say.word}没有逾期未办的应办事项，也没有核实属实或逾期未说明的需核实线索。"
    ]


def steps(say: Writer) -> list[str]:
    """四、下一步工作"""
    found = []
    if due := say.value("obligations_due", NEXT):
        rules = lists.due_rules(say.figures)
        done = say.value("obligations_due_done", NEXT)
        # Of a period that is past, what was due after it is known; it is told as it stands.
        finished = f"（其中已办{say.number('obligations_due_done', NEXT)}）" if done else ""
        found.append(
            f"按期办理到期事项。{say.figures.period.next_word}到期应办事项"
            f"{with_unit(due, '项')}{finished}，主要是：{named_rules(say, 'obligations_due', NEXT, rules)}。"
        )
    for row in lists.deadlines(say.figures):
        if row["forecast_code"] in ("finished", "nothing_planned") or not row["planned_count"]:
            continue
        code = f"deadline:{row['deadline_code']}"
        begun = (
            f"推进{row['deadline_name']}。{chinese_date(row['due_date'])}到期"
            + ("" if row["certainty_code"] == "sourced" else "（设定期限）")
            + f"，计划{say.number(f'{code}:planned')}，已完成{say.number(f'{code}:done')}，"
            f"剩余{say.number(f'{code}:remaining')}"
        )
        if pd.isna(row["forecast_date"]):
            found.append(f"{begun}；近几周没有进展，照此无法按期完成，须明确责任单位和完成时间。")
        elif row["days_after_due"] > 0:
            found.append(
                f"{begun}；按近几周进度，预计{chinese_date(row['forecast_date'])}完成，"
                f"晚于期限{int(row['days_after_due'])}天，须加快进度。"
            )
        else:
            found.append(
                f"{begun}；按近几周进度，预计{chinese_date(row['forecast_date'])}完成，可按期完成。"
            )
    return numbered([*found, PRESSURE])


def numbered(texts: list[str]) -> list[str]:
    """1. 2. 3., unless there is one only."""
    if len(texts) == 1:
        return texts
    return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
