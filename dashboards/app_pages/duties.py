"""责任落实: who owes what by when, what is late and who leads it, and how far each deadline has come."""

import pandas as pd
import streamlit as st

from dashboards import access, charts, data, filters, frame, queries, tables, visitor, words

version, stamp = frame.begin(
    "责任落实", ("patrol_ledger", "meetings", "sponsor_visits", "measures", "cases", "cameras")
)
with st.container(horizontal=True, vertical_alignment="center"):
    st.caption(
        "涉及公职人员的义务（责任倒查、追责、问题线索移送）只供有权限的人查看，本页不列、不计。",
        width="content",
    )
    if "accountability" in {page.name for page in access.pages_of(visitor.current().role)}:
        st.page_link("app_pages/accountability.py", label="查看责任追究", width="content")

with st.container(horizontal=True):
    townships = filters.townships(version, with_county=True)
    lead_units = filters.lead_units(version)
    clauses = filters.clauses(version)
    first, last = filters.days(stamp)
asked = (townships, lead_units, clauses, first, last)
chosen = filters.in_words(version, townships, first, last) | {
    "牵头单位": lead_units,
    "条款": [words.clause_name(code) for code in clauses],
}


def show_cell(ids: list[str]) -> None:
    """What a clicked cell stands for becomes the filters."""
    st.session_state["clause"], st.session_state["township"] = [ids[0]], [ids[1]]
    st.session_state["duties"] = "all"


counts = data.ask(version, queries.duties.counted, *asked).iloc[0]
ended = counts[["met_count", "met_late_count", "overdue_count", "no_report_count"]].sum()
with st.container(horizontal=True):
    frame.card(
        "逾期未完成（项）",
        int(counts["overdue_count"]),
        f"逾期和未报送中 {int(counts['in_grace_count']):,} 项还在上报宽限期内",
        "到期没有完成，单位有报送",
    )
    frame.card(
        "未报送（项）",
        int(counts["no_report_count"]),
        "不知道做没做",
        "到期没有完成，责任单位也没有报送过任何材料。零报告算已报送",
    )
    frame.card(
        "即将到期（项）",
        int(counts["due_soon_count"]),
        f"未到期共 {int(counts['open_count']):,} 项",
        "提前几天提醒由各项义务的规则决定",
    )
    frame.card(
        "按期完成率",
        charts.look.percent(counts["met_count"], ended),
        f"到期 {int(ended):,} 项，逾期完成 {int(counts['met_late_count']):,} 项",
        "按期完成 ÷（按期完成＋逾期完成＋逾期未完成＋未报送）；免除的不计",
    )

st.subheader("期限进度")
township = townships[0] if len(townships) == 1 and townships != ["county"] else None
weeks = data.ask(version, queries.duties.deadline_weeks, township)
if weeks.empty:
    st.info("没有期限，或者期限还没有开始。")
else:
    if townships and not township:
        st.caption("推算的日期不能相加，图为全县；选一个乡镇，图就是这个乡镇的。")
    for column, (name, one) in zip(
        st.columns(weeks["deadline_code"].nunique()),
        weeks.groupby("deadline_name", sort=False),
        strict=True,
    ):
        with column:
            frame.show(charts.duties.deadline_weeks(one, stamp), stamp, name)
    progress = data.ask(version, queries.duties.deadline_progress, townships)
    if not progress.empty:
        tables.browsable(progress, "fct_deadline_progress", "期限进度", stamp, chosen)

st.subheader("义务状态")
grid = data.ask(version, queries.duties.by_clause_and_township, *asked)
if grid.empty:
    st.info("所选范围内没有到期或未到期的义务。请扩大时间范围，或取消其他筛选。")
else:
    names = filters.township_names(version, with_county=True)
    frame.show(
        charts.duties.by_clause_and_township(
            grid,
            data.ask(version, queries.duties.clauses),
            {code: name for code, name in names.items() if not townships or code in townships},
            stamp,
        ),
        stamp,
        "义务状态",
        picked=show_cell,
    )
    st.caption(
        "所选时间内到期的全部义务，加上此前到期、至今还欠着的；每周、每月、每季度的义务过期补不了，"
        "只在到期的时间里计算。逾期完成的长期保留，不会变成按期完成。"
    )
leads = data.ask(version, queries.duties.by_lead_unit, *asked)
if not leads.empty:
    frame.show(charts.duties.by_lead_unit(leads, stamp), stamp, "牵头单位")

st.subheader(f"{last.year} 年 {last.month} 月指标")
figures = data.ask(version, queries.metrics.of_month, township, clauses, last)
if figures.empty:
    st.info("没有指标：还没到起算的月份，或者所选条款的指标不分乡镇。")
else:
    tables.browsable(
        figures,
        "fct_metrics_monthly",
        "指标",
        stamp,
        filters.in_words(version, [township] if township else [], last.replace(day=1), last)
        | {"条款": chosen["条款"]},
    )
    st.caption(
        "无基数：没有应办的事，不算 0%，也不算 100%。罚没款和奖金只作展示，不排名、不考核。"
        + ("选一个乡镇，就是这个乡镇的；以上为全县。" if not township else "")
    )

st.subheader("义务明细")
listing = filters.one_of("清单", words.DUTY_LISTS, "duties")
rows = data.ask(version, queries.duties.listed, listing, *asked)
if rows.empty:
    st.info(f"所选范围内没有“{words.DUTY_LISTS[listing]}”的义务。")
else:
    tables.browsable(
        words.marked(rows, words.DUTY_MARKS),
        "fct_obligations",
        "义务明细",
        stamp,
        chosen | {"清单": [words.DUTY_LISTS[listing]]},
        picked="obligation",
        ids=rows["obligation_id"].tolist(),
    )

st.subheader("完成依据")
obligation_id = filters.number("义务编号", "obligation")
if obligation_id:
    found = data.ask(version, queries.duties.one, obligation_id)
    if found.empty:
        st.info("没有这个编号的义务，或者它不对外显示。请从上表点选一行。")
        st.stop()
    duty = found.iloc[0]
    told = words.marked(found, words.DUTY_MARKS).drop(columns=["evidence_id", "site_id"])
    tables.facts(words.in_chinese(told, "fct_obligations"))
    frame.link_to_site(duty)
    if pd.isna(duty["evidence_id"]):
        st.info("还没有收到能证明完成的材料。")
        st.stop()
    evidence = data.ask(
        version, queries.duties.evidence, duty["evidence_type"], duty["evidence_id"]
    )
    if evidence.empty:
        st.info("依据由多行数据合成，没有单独的一行来源。")
        st.stop()
    delivery = data.ask(version, queries.duties.delivery, evidence.iloc[0]["delivery_sha256"])
    tables.facts(
        words.in_chinese(
            pd.concat([evidence.head(1), delivery], axis="columns"), "fct_rejected_rows"
        )
    )
else:
    st.caption("选择一项义务，查看期限怎样算出、凭哪份文件的哪一行认定完成。")
