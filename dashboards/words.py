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
    "county_packages": "县级上报数据包",
}
# Without these a county is blind, so that their age, and their absence, stands above everything.
EVIDENCE_FEEDS = (
    "patrol_ledger",
    "sites",
    "cases",
    "video_events",
    "power_readings",
    "power_alerts",
    "clues",
)
LEVELS = {"village": "村级", "township": "乡级", "county": "县级"}
STATED_LEVELS = LEVELS | {"undetermined": "级别不明"}
ANSWERS = {"yes": "是", "no": "否", "suspected": "疑似", "unclear": "不明确", "not_stated": "未填"}
PERIODS = {"week": "周", "month": "月", "quarter": "季度"}
SITE_CLASSES = {
    "closed_shaft": "历史废弃（关闭）矿井",
    "dig_prone": "私挖滥采易发点",
    "licensed_mine": "有证矿山",
}
BUILD_STATES = {
    "accepted": "已验收",
    "built": "已建成",
    "under_construction": "在建",
    "planned": "计划",
    "unknown": "状态不明",
}
VERIFICATIONS = {
    "confirmed": "属实",
    "false_alarm": "误报",
    "duplicate": "重复",
    "unclear": "结果不明",
    "none": "未核实",
}
CHECK_RESULTS = {
    "confirmed": "属实",
    "normal_production": "正常生产",
    "equipment_fault": "设备故障",
    "false_alarm": "误报",
    "other": "其他",
    "none": "未核查",
}
USER_STATES = {
    "normal": "正常",
    "suspended": "报停",
    "paused": "暂停",
    "closed": "销户",
    "cut_off": "停供",
    "unknown": "状态不明",
}
INCIDENT_LISTS = {
    "suspected": "可疑",
    "sure": "高可信未处理",
    "unanswered": "全部未处理",
    "dealt_with": "有案件或说明",
    "all": "全部",
}
CONTRADICTION_STATES = {
    "unasked": "未下发",
    "asked": "已下发",
    "explained": "已说明",
    "confirmed": "属实",
    "refuted": "不属实",
    "unanswered": "逾期未说明",
}
CONTRADICTION_LISTS = {
    "unasked": "未下发",
    "asked": "已下发",
    "unanswered": "逾期未说明",
    "confirmed": "属实",
    "all": "全部",
}
CONTRADICTION_MARKS = {
    "has_township_grid_member": "有乡级网格员",
    "has_village_grid_member": "有村级网格员",
}
RECIPIENTS = {"city": "市", "province": "省"}
REPORT_KINDS = {"signing": "送审稿", "draft": "草稿", "zero": "零报告"}
LAST_STEP = "主要负责人"
PICKS = {"risk": "风险", "coverage": "轮查"}
SENSORS = {
    "camera": "摄像机",
    "event_kind": "视频告警类型",
    "alert_type": "供电公司预警类型",
    "alert_rule": "负荷研判规则",
    "electricity_kind": "用电类别",
}
SENSOR_KINDS = SENSORS | {"meter": "电表"}
WINDOWS = {"history": "全部历史", "recent": "近期"}
CASE_LISTS = {
    "discovered": "本期发现",
    "filed": "本期立案",
    "open": "在办",
    "ended": "本期办结",
    "transferred": "本期移送公安",
}
CLOCK_LISTS = {
    "15": "15 天内到期",
    "30": "30 天内到期",
    "open": "全部在计时",
    "overdue": "逾期未办",
}
EVENT_LISTS = {
    "mining": "涉采",
    "unverified": "涉采待核实",
    "all": "全部告警",
    "faults": "设备故障",
}
# What is special about a case, in the order in which it is told. Transfers about officials stay out.
CASE_MARKS = {
    "is_major": "重大",
    "has_serious_consequence": "后果严重",
    "is_supervised": "督办",
    "is_electricity_involved": "涉电",
    "is_transferred_to_police": "移送公安",
}
INCIDENT_MARKS = {"is_suspected": "可疑", "is_unanswered": "未处理", "has_reason": "有书面说明"}
DUTY_MARKS = {
    "is_due_soon": "即将到期",
    "is_in_grace": "上报宽限期内",
    "is_reported_late": "逾期上报",
    "is_excused": "依据待定",
}
EVENT_MARKS = {
    "is_pause": "停钟",
    "is_before_discovery": "早于发现日期",
    "is_after_as_of": "尚未发生",
}
CLUE_STATES = {
    "received": "待转办",
    "transferred": "待核查",
    "verified": "待答复",
    "answered": "已答复",
}
STATUSES = {
    "overdue": "逾期未完成",
    "no_report": "未报送",
    "met_late": "逾期完成",
    "open": "未到期",
    "met": "按期完成",
    "waived": "免除",
}
METRIC_KINDS = {"count": "件数", "share": "比例", "amount": "金额", "stock": "月末存量"}
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "neutral": "只作展示"}
TARGETS = {
    "met": "达到",
    "missed": "未达到",
    "no_base": "无基数",
    "no_target": "无目标",
    "no_report": "未报送",
}
DUTY_LISTS = {
    "owed": "逾期和即将到期",
    "overdue": "逾期未完成",
    "no_report": "未报送",
    "soon": "即将到期",
    "met_late": "逾期完成",
    "all": "全部",
}
MATTER_LISTS = {
    "open": "办理中",
    "overdue": "逾期未办结",
    "closed": "本期办结",
    "unpublished": "已办结未公开",
    "all": "全部",
}
RESTRICTED_DUTY_LISTS = {"owed": "逾期和未到期", "overdue": "逾期未完成", "all": "全部"}
CERTAINTIES = {"sourced": "有来源", "configured": "设定值"}
COUNTY_LEVEL = "县本级"
SCOPES = {
    "county": "全县",
    "township": "乡镇",
    "unit": "单位",
    "no_township": "县本级和乡镇不明",
}
FORECASTS = {
    "finished": "已完成",
    "forecast": "按近期进度推算",
    "stalled": "近期无进展，无法推算",
    "nothing_planned": "没有计划事项",
}
EVIDENCE = {
    "patrol": "巡查台账行",
    "zero_report": "零报告",
    "patrol_form": "巡查台账",
    "meeting": "联席会议",
    "sponsor_visit": "包联督导",
    "measure": "制度措施",
    "capacity": "执法力量",
    "agency_check": "部门日常检查",
    "joint_operation": "联合执法",
    "publicity": "宣传曝光",
    "inspection": "督导抽查",
    "instruction": "批示交办",
    "explanation": "核查说明",
    "watchlist": "问题企业名单",
    "transfer": "移送",
    "clue": "线索",
    "reward": "举报奖励",
    "site": "重点监管对象",
    "project": "工程项目",
    "grid_application": "入网申请",
    "power_alert": "用电异常预警",
    "video_verification": "视频事件核查",
    "video_event": "视频事件",
    "camera_dark_spell": "摄像机夜间离线",
    "camera": "摄像机",
    "milestone": "视频建设节点",
    "patch": "卫片图斑",
    "case": "案件",
    "case_event": "案件节点",
    "credit_entry": "信用录入",
    "accountability": "责任追究",
    "enterprise_report": "企业报告",
    "boundary": "县界",
}
OUTCOMES = {"used": "已采用", "refused": "拒收", "quarantined": "隔离"}
SEVERITIES = {"critical": "严重", "warning": "警示"}
TOOLS = {"dbt": "dbt", "great_expectations": "Great Expectations"}
CONFIDENCES = {"high": "高", "medium": "中", "low": "低"}
PAPERS = {
    "forms": "待填台账",
    "rejects": "退回修改",
    "remind": "催办函",
    "brief": "晨报",
    "submit": "上报数据包",
}
PAPER_NOTES = {
    "forms": "周为各村、月为各乡镇、季度为县级；点位已填好，未填的行不算巡查。",
    "rejects": "每份有退回行的来件一个表格，错格标红、批注写原因；只发给原报送单位。受保护的来件不退回。",
    "remind": "每个单位一份函：逾期、未报送和即将到期的事项；村的列在所属乡镇的函里。",
    "brief": "一页 A4：昨日以来、需要决定、请联系、本周到期。用浏览器打开后打印。",
    "submit": "当月和累计指标、期限进度、案件数量，供市级装载；不含任何点位、案件、线索和个人。",
}
GRAVITIES = {"high": "重", "medium": "中", "low": "轻"}
VERDICTS = {"confirmed": "属实", "refuted": "不属实", "none": "未核实"}
PLACES = {
    "site": "点位",
    "unregistered": "未登记地点",
    "village": "只知道村",
    "township": "只知道乡镇",
    "unknown": "地点不明",
}
CASE_LINKS = {"named": "信号写明", "place": "同一地点", "none": "没有"}
CODES = {
    "feed_code": FEEDS,
    "patrol_level_code": STATED_LEVELS,
    "illegal_mining_code": ANSWERS,
    "out_of_bounds_code": ANSWERS,
    "violation_code": ANSWERS,
    "build_state_code": BUILD_STATES,
    "verification_code": VERIFICATIONS,
    "check_result_code": CHECK_RESULTS,
    "user_state_code": USER_STATES,
    "status": STATUSES,
    "state_code": CLUE_STATES,
    "target_status_code": TARGETS,
    "metric_kind_code": METRIC_KINDS,
    "direction_code": DIRECTIONS,
    "certainty_code": CERTAINTIES,
    "scope_code": SCOPES,
    "forecast_code": FORECASTS,
    "evidence_type": EVIDENCE,
    "outcome_code": OUTCOMES,
    "severity_code": SEVERITIES,
    "tool_code": TOOLS,
    "confidence_code": CONFIDENCES,
    "gravity_code": GRAVITIES,
    "verdict_code": VERDICTS,
    "place_kind_code": PLACES,
    "site_class_code": SITE_CLASSES,
    "case_link_code": CASE_LINKS,
    "status_code": CONTRADICTION_STATES,
    "pick_code": PICKS,
    "sensor_kind_code": SENSOR_KINDS,
    "window_code": WINDOWS,
}
# Columns that a query counts, so that no mart names them.
COUNTED = {
    "definition_text": "口径",
    "metric_kind_code": "指标类型",
    "suspected_count": "可疑事件",
    "unanswered_count": "其中未处理",
    "open_case_count": "在办案件",
    "late_count": "逾期义务",
    "last_patrol_date": "最近巡查日期",
    "has_reported": "上报情况",
    "certainty_code": "期限依据",
    "township_name": "乡镇",
    "unit_name": "单位",
    "detail_text": "内容",
    "marks_text": "标志",
    "source_text": "出处",
    "delivery_count": "涉及来件（份）",
    "latest_files_text": "最近的来件",
    "is_silent_at_end": "期末静默",
    "last_known_date": "最近有信号日期",
    "silent_day_count": "静默天数",
    "day_count": "天数",
    "line_count": "台账行数",
    "month_name": "月份",
    "clue_count": "线索数",
    "received_count": "待转办",
    "transferred_count": "待核查",
    "verified_count": "待答复",
    "answered_count": "已答复",
    "recognised_count": "认定（件）",
    "refused_count": "不予奖励（件）",
    "full_count": "足额发放（件）",
    "case_id": "案件编号",
    "stage_name": "当前阶段",
    "left_day_count": "剩余天数",
    "online_pct": "在线率（%）",
    "offline_minutes": "离线分钟",
    "event_count": "告警数",
    "alert_count": "期间预警数",
    "alert_types_text": "预警类型",
    "county_sponsor_name": "县级包联职务",
    "township_sponsor_name": "乡级包联职务",
    "mention_count": "提到次数",
    "finding_count": "其中发现问题",
    "carried_over_count": "其中沿用前期",
    "carried_over_pct": "沿用占比（%）",
    "first_named_date": "最早巡查日期",
    "last_named_date": "最近巡查日期",
}
# Written after the gate and not by dbt, so no model's YAML tells of it; in the shape of such a YAML.
CHECK_RESULTS = {
    "name": "fct_check_results",
    "config": {
        "meta": {
            "title": "检查结果",
            "description": "发布前各项检查的结果。一行是一项检查；因个别来件不通过的，每份来件一行。"
            "级别为严重的不通过就不发布，警示的照常发布、在数据质量页列出。",
        }
    },
    "columns": [
        {"name": name, "data_type": kind, "config": {"meta": {"label": label, "description": text}}}
        for name, kind, label, text in (
            ("check_id", "varchar", "检查编号", "工具内的编号，同一项检查在各版本中相同。"),
            ("tool_code", "varchar", "工具", "由哪个工具检查：dbt 或 great_expectations。"),
            ("table_name", "varchar", "表", "被检查的表或模型；检查全部已发布表的写 marts。"),
            ("check_name", "varchar", "检查", "检查什么，用工具的写法。"),
            (
                "severity_code",
                "varchar",
                "级别",
                "critical 严重：不通过就不发布；warning 警示：只提示。",
            ),
            ("delivery_sha256", "varchar", "来件指纹", "不通过的是哪份来件；说的是整张表的为空。"),
            ("notes_text", "varchar", "说明", "检查的种类，或为什么这样检查；没有写的为空。"),
            ("observed_text", "varchar", "实际情况", "检查时看到的情况，如不合要求的行数。"),
            ("is_passed", "boolean", "通过", "符合要求的为真。"),
            ("checked_at", "timestamp", "检查时间", "全部检查共用一个时间。"),
        )
    ],
}
DICTIONARY_LABELS = {
    "table_title": "名称",
    "table_name": "表",
    "table_text": "说明",
    "column_name": "列",
    "label": "中文列名",
    "data_type": "类型",
    "description": "说明",
}


@cache
def model(mart: str) -> dict:
    """What the YAML beside a mart says of it."""
    if mart == CHECK_RESULTS["name"]:
        return CHECK_RESULTS
    [path] = (ROOT / "models" / "marts").glob(f"*/{mart}.yml")
    # The pure loader takes seconds for all of them.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    [found] = yaml.load(path.read_text(encoding="utf-8"), loader)["models"]
    return found


@cache
def labels(mart: str) -> dict[str, str]:
    """Chinese label of each column of a mart; none without a mart."""
    if mart == "dictionary":
        return DICTIONARY_LABELS
    columns = model(mart)["columns"] if mart else []
    return {column["name"]: column["config"]["meta"]["label"] for column in columns}


@cache
def dictionary() -> pd.DataFrame:
    """Every column of every mart in Chinese, with the title and description of its table."""
    marts = [path.stem for path in (ROOT / "models" / "marts").glob("*/*.yml")]
    return pd.DataFrame(
        {
            "table_title": told["config"]["meta"]["title"],
            "table_name": told["name"],
            "table_text": told["config"]["meta"]["description"],
            "column_name": column["name"],
            "label": column["config"]["meta"]["label"],
            "data_type": column["data_type"],
            "description": column["config"]["meta"]["description"],
        }
        for told in map(model, sorted([*marts, CHECK_RESULTS["name"]]))
        for column in told["columns"]
    )


def in_chinese(rows: pd.DataFrame, mart: str) -> pd.DataFrame:
    """The rows for people: codes as words, days without a time, columns under their mart's labels."""
    codes = {
        column: rows[column].map(lambda code, words=words: words.get(code, code))
        for column, words in CODES.items()
        if column in rows
    }
    if "clause_code" in rows:
        codes["clause_code"] = rows["clause_code"].map(clause_name, na_action="ignore")
    days = {column: rows[column].dt.date for column in rows if column.endswith("_date")}
    return rows.assign(**codes, **days).rename(columns=COUNTED | labels(mart))


def marked(rows: pd.DataFrame, marks: dict[str, str]) -> pd.DataFrame:
    """The marks' columns, true or false, as one column that names those that are true."""
    texts = rows[list(marks)].apply(
        lambda row: "、".join(word for column, word in marks.items() if row[column]), axis=1
    )
    place = rows.columns.get_loc(next(iter(marks)))
    shown = rows.drop(columns=list(marks))
    shown.insert(place, "marks_text", texts.astype(str) if len(rows) else "")
    return shown


def sourced(rows: pd.DataFrame) -> pd.DataFrame:
    """File, sheet and row of each row in one column, for tables that are read and not filtered."""
    texts = [
        "　".join(
            [
                *([str(file)] if pd.notna(file) else []),
                *([str(sheet)] if pd.notna(sheet) else []),
                *([f"第 {int(number)} 行"] if pd.notna(number) else []),
            ]
        )
        for file, sheet, number in zip(
            rows["file_name"], rows["sheet_name"], rows["row_number"], strict=True
        )
    ]
    return rows.drop(columns=["file_name", "sheet_name", "row_number"]).assign(source_text=texts)


def clause_name(clause_code: str) -> str:
    """A clause for people: 2.1.3, 附件2."""
    return clause_code.replace("annex", "附件")


def feed_name(feed_code: str) -> str:
    """A feed for people."""
    return FEEDS.get(feed_code, feed_code)
