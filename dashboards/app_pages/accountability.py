"""责任追究: matters of officials by kind and limit, never by name; one from the first lead to its result.

For leaders, the office and the discipline commission: what it shows is on no other page.
"""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("责任追究", ("accountability", "transfers", "case_events"))
st.caption(
    "本页仅供县领导、领导小组办公室和纪检监察机关使用，不外传。只列件数、人数和处理方式，不列姓名。"
)

with st.container(horizontal=True):
    townships = filters.townships(version, with_county=True)
    first, last = filters.days(stamp)
asked = (townships, first, last)
chosen = filters.in_words(version, *asked)

counts = data.ask(version, queries.accountability.counted, *asked).iloc[0]
rules = data.ask(version, queries.accountability.by_rule, *asked)
late = rules[rules["status"].isin(["overdue", "no_report"])]
with st.container(horizontal=True):
    frame.card(
        "新受理（件）", int(counts["received_count"]), help_text="移送或受理日期在所选范围内"
    )
    frame.card(
        "办理中（件）",
        int(counts["open_count"]),
        f"其中逾期 {int(counts['overdue_count']):,} 件",
        "目前尚未办结的全部事项，不论何时受理",
    )
    frame.card(
        "办结（件）",
        int(counts["closed_count"]),
        f"处理 {int(counts['person_count']):,} 人",
        "办结日期在所选范围内",
    )
    frame.card(
        "已办结未公开（件）",
        int(counts["unpublished_count"]),
        help_text="办结后应将追责情况主动向社会公开；不论何时办结",
    )
    frame.card(
        "逾期义务（项）",
        int(late["obligation_count"].sum()),
        "、".join(
            f"{name} {count}"
            for name, count in late.groupby("rule_name", sort=False)["obligation_count"]
            .sum()
            .items()
        ),
        "重大案件责任倒查、问题线索移交签收和反馈、责任追究办结中，到期没有完成的",
    )

left, right = st.columns(2)
with left:
    if rules.empty:
        st.info("所选范围内没有追责义务。")
    else:
        frame.show(charts.accountability.by_rule(rules, stamp), stamp, "追责义务")
with right:
    actions = data.ask(version, queries.accountability.by_action, *asked)
    if actions.empty:
        frame.say_empty(version, stamp, "accountability", "办结的事项")
    else:
        frame.show(charts.accountability.by_action(actions, stamp), stamp, "处理方式")

st.subheader("追责台账")
listing = filters.one_of("清单", words.MATTER_LISTS, "matters")
rows = data.ask(version, queries.accountability.matters, listing, *asked)
if rows.empty:
    frame.say_empty(version, stamp, "accountability", f"“{words.MATTER_LISTS[listing]}”的事项")
else:
    tables.browsable(
        rows,
        "fct_accountability",
        "追责台账",
        stamp,
        chosen | {"清单": [words.MATTER_LISTS[listing]]},
        picked="matter",
        ids=rows["accountability_id"].tolist(),
    )
    st.caption("期限规则施行前受理的事项没有办结期限，期限情况为空。乡镇和承办单位是所涉案件的。")

st.subheader("义务和期限")
owed = filters.one_of("义务清单", words.RESTRICTED_DUTY_LISTS, "owed")
duties = data.ask(version, queries.accountability.duties, owed, *asked)
if duties.empty:
    st.info(f"所选范围内没有“{words.RESTRICTED_DUTY_LISTS[owed]}”的追责义务。")
else:
    tables.browsable(
        words.marked(duties, words.DUTY_MARKS),
        "fct_obligations",
        "追责义务",
        stamp,
        chosen | {"清单": [words.RESTRICTED_DUTY_LISTS[owed]]},
        picked="matter",
        ids=duties["subject_id"].tolist(),
    )

st.subheader("问题线索移送")
transfers = data.ask(version, queries.accountability.transfers, *asked)
if transfers.empty:
    frame.say_empty(version, stamp, "transfers", "涉及公职人员的移送")
else:
    tables.browsable(
        transfers,
        "fct_transfers",
        "问题线索移送",
        stamp,
        chosen,
        picked="matter",
        ids=transfers["transfer_id"].tolist(),
    )

st.subheader("从线索到结果")
number = filters.number("追责、案件或移送编号", "matter")
if not number:
    st.caption("点选上面任何一表的一行，查看事件、案件、移送、追责到结果的经过和各项期限。")
    st.stop()
course = data.ask(version, queries.accountability.course, number)
if course.empty:
    st.info("没有这个编号的事项、案件或移送。请从上表点选一行。")
    st.stop()
limits = data.ask(version, queries.accountability.duties_of, number)
incidents = data.ask(version, queries.accountability.incidents, number)
cases = words.marked(data.ask(version, queries.accountability.cases, number), words.CASE_MARKS)
left, right = st.columns(2)
with left:
    st.markdown("**案件**")
    if cases.empty:
        st.caption("这一事项没有写明案件，或登记册里没有这个案件。")
    for place, case in enumerate(cases.itertuples()):
        tables.facts(words.in_chinese(cases.iloc[[place]], "fct_cases"))
        st.page_link(
            "app_pages/cases.py",
            label=f"查看案件 {case.case_id}",
            query_params={"case": case.case_id},
        )
with right:
    st.markdown("**事件**")
    if incidents.empty:
        st.caption("没有与案件相连的事件。")
    for incident in incidents.itertuples():
        st.page_link(
            "app_pages/incidents.py",
            label=f"{incident.started_at:%Y-%m-%d} {incident.first_source_name}最先发现，"
            f"{incident.signal_count} 条信号",
            query_params={"incident": incident.incident_id},
        )
st.markdown("**期限**")
if limits.empty:
    st.caption("没有追责义务：不是重大案件，或受理时还没有规定期限。")
else:
    tables.listed(words.in_chinese(limits, "fct_obligations"))
st.markdown("**经过**")
tables.listed(words.in_chinese(words.sourced(course), "fct_case_events"))
