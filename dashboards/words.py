"""Chinese words for codes and columns; an unknown code is shown as it is, never hidden."""

from __future__ import annotations

from functools import cache

import pandas as pd
import yaml

from warehouse.settings import ROOT

FEEDS = {
    "patrol_ledger": "巡查检查台账",
    "sites": "重点监管对象登记册",
    "cases": "案件登记册",
    "case_events": "案件节点",
    "cameras": "摄像机台账",
    "camera_status": "摄像机状态",
    "video_events": "视频告警事件",
    "video_verifications": "视频事件核查",
    "power_users": "用电户档案",
    "power_readings": "负荷曲线",
    "power_alerts": "用电异常预警",
    "clues": "线索台账",
    "accountability": "责任追究",
    "agency_checks": "部门日常检查",
    "camera_views": "视域核实",
    "capacity": "执法力量",
    "commendations": "表彰奖励",
    "credit_entries": "信用录入",
    "enterprise_reports": "企业报告",
    "explanations": "核查说明",
    "grid_applications": "入网申请",
    "inspections": "督导抽查",
    "instructions": "批示交办",
    "joint_operations": "联合执法",
    "measures": "制度措施",
    "meetings": "联席会议",
    "milestones": "视频建设节点",
    "patches": "卫片图斑",
    "projects": "地灾治理/生态修复工程",
    "publicity": "宣传曝光",
    "rewards": "举报奖励",
    "sponsor_visits": "包联督导",
    "sponsorships": "包联",
    "transfers": "移送",
    "waivers": "免责延期",
    "watchlist": "问题企业名单",
    "townships": "乡镇",
    "villages": "村",
    "units": "单位",
    "boundary": "边界",
}
# Without these three a county is blind, so their absence is shown too.
EVIDENCE_FEEDS = ("patrol_ledger", "sites", "power_readings")
LEVELS = {"village": "村级", "township": "乡级", "county": "县级"}
STATED_LEVELS = LEVELS | {"undetermined": "级别不明"}
ANSWERS = {"yes": "是", "no": "否", "suspected": "疑似", "unclear": "不明确", "not_stated": "未填"}
PERIODS = {"week": "周", "month": "月", "quarter": "季度"}
SITE_CLASSES = {
    "closed_shaft": "历史废弃（关闭）矿井",
    "dig_prone": "私挖滥采易发点",
    "licensed_mine": "有证矿山",
}
OUTCOMES = {"used": "已采用", "refused": "拒收", "quarantined": "隔离"}
SEVERITIES = {"critical": "严重", "warning": "警示"}
TOOLS = {"dbt": "dbt", "great_expectations": "Great Expectations"}
CODES = {
    "feed_code": FEEDS,
    "patrol_level_code": STATED_LEVELS,
    "illegal_mining_code": ANSWERS,
    "out_of_bounds_code": ANSWERS,
    "violation_code": ANSWERS,
    "outcome_code": OUTCOMES,
    "severity_code": SEVERITIES,
    "tool_code": TOOLS,
}
# Columns that a query counts, so that no mart names them.
COUNTED = {
    "line_count": "台账行数",
    "mention_count": "提到次数",
    "finding_count": "其中发现问题",
    "carried_over_count": "其中沿用前期",
    "carried_over_pct": "沿用占比（%）",
    "first_named_date": "最早巡查日期",
    "last_named_date": "最近巡查日期",
}
# Written after the gate and not by dbt, so no model's YAML names its columns.
CHECK_RESULT_LABELS = {
    "check_id": "检查编号",
    "tool_code": "工具",
    "table_name": "表",
    "check_name": "检查",
    "severity_code": "级别",
    "delivery_sha256": "来件指纹",
    "notes_text": "说明",
    "observed_text": "实际情况",
    "is_passed": "通过",
    "checked_at": "检查时间",
}


@cache
def labels(mart: str) -> dict[str, str]:
    """Chinese label of each column of a mart, from the YAML beside its model."""
    if mart == "fct_check_results":
        return CHECK_RESULT_LABELS
    [path] = (ROOT / "models" / "marts").glob(f"*/{mart}.yml")
    [model] = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {column["name"]: column["config"]["meta"]["label"] for column in model["columns"]}


def in_chinese(rows: pd.DataFrame, mart: str) -> pd.DataFrame:
    """The rows for people: codes as words, days without a time, columns under their mart's labels."""
    codes = {
        column: rows[column].map(lambda code, words=words: words.get(code, code))
        for column, words in CODES.items()
        if column in rows
    }
    days = {column: rows[column].dt.date for column in rows if column.endswith("_date")}
    return rows.assign(**codes, **days).rename(columns=COUNTED | labels(mart))


def feed_name(feed_code: str) -> str:
    """A feed for people."""
    return FEEDS.get(feed_code, feed_code)
