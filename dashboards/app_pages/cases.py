"""案件: what was filed, closed and handed over, where open cases stand, and one case from end to end."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("案件", ("cases", "case_events"))

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
chosen = filters.in_words(version, townships, first, last)

counts = data.ask(version, queries.cases.counted, townships, first, last).iloc[0]
with st.container(horizontal=True):
    frame.card("新立案（件）", int(counts["filed_count"]), help_text="立案时间在所选范围内")
    frame.card(
        "在办（件）",
        int(counts["open_count"]),
        f"其中已立案 {int(counts['open_filed_count']):,} 件",
        "目前尚未了结的全部案件，不论何时发现",
    )
    frame.card(
        "办结（件）",
        int(counts["ended_count"]),
        f"其中结案 {int(counts['closed_count']):,} 件",
        "所选范围内了结的案件，含不予立案、不予处罚、终止调查、移送管辖",
    )
    frame.card("移送公安（件）", int(counts["transferred_count"]), help_text="移送时间在所选范围内")
    frame.card(
        "罚没款",
        charts.look.yuan(
            counts[["fine_imposed_yuan", "confiscated_yuan"]].astype(float).sum(min_count=1)
        ),
        f"{int(counts['decided_count']):,} 件决定，罚款已缴 {charts.look.yuan(counts['fine_paid_yuan'])}",
        "处罚决定在所选范围内的罚款与没收。只作展示，不排名、不考核",
    )

left, right = st.columns(2)
with left:
    stages = data.ask(version, queries.cases.stages_reached, townships, first, last).iloc[0]
    if not stages["discovered_count"]:
        frame.say_empty(version, stamp, "cases", "新发现的案件")
    else:
        frame.show(charts.cases.stages_reached(stages, first, last, stamp), stamp, "案件办理进度")
with right:
    still_open = data.ask(version, queries.cases.open_by_stage, townships)
    if still_open.empty:
        st.info("目前没有在办案件。")
    else:
        frame.show(charts.cases.open_by_stage(still_open, stamp), stamp, "在办案件")

st.subheader("法定时限")
clocks = data.ask(version, queries.cases.clocks, townships, first, last, stamp.as_of_at)
if clocks.empty:
    st.info("所选范围内没有到期或在计时的法定时限。")
else:
    frame.show(charts.cases.clocks(clocks, first, last, stamp), stamp, "法定时限")
due = filters.one_of("时限", words.CLOCK_LISTS, "clocks")
running = data.ask(version, queries.cases.clocks_running, due, townships, stamp.as_of_at)
if running.empty:
    st.info(f"没有“{words.CLOCK_LISTS[due]}”的时限。")
else:
    st.caption("截至数据日，不随时间范围筛选。点选一行查看案件经过。")
    tables.browsable(
        running,
        "fct_obligations",
        "时限清单",
        stamp,
        {"乡镇": chosen["乡镇"], "时限": [words.CLOCK_LISTS[due]]},
        picked="case",
        ids=running["case_id"].tolist(),
    )

st.subheader("案件清单")
listing = filters.one_of("清单", words.CASE_LISTS, "cases")
rows = data.ask(version, queries.cases.listed, listing, townships, first, last)
if rows.empty:
    frame.say_empty(version, stamp, "cases", f"“{words.CASE_LISTS[listing]}”的案件")
else:
    tables.browsable(
        words.marked(rows, words.CASE_MARKS),
        "fct_cases",
        "案件清单",
        stamp,
        chosen | {"清单": [words.CASE_LISTS[listing]]},
        picked="case",
        ids=rows["case_id"].tolist(),
    )

st.subheader("案件经过")
case_id = filters.case(version)
if case_id:
    case = data.ask(version, queries.cases.one, case_id)
    tables.listed(words.in_chinese(words.marked(case, words.CASE_MARKS), "fct_cases"))
    frame.link_to_site(case.iloc[0])
    events = data.ask(version, queries.cases.events, case_id)
    if events.empty:
        st.info("登记册里有这个案件，但还没有收到它的办理节点。请承办单位补报《案件节点》。")
    else:
        told = words.sourced(words.marked(events, words.EVENT_MARKS))
        tables.listed(words.in_chinese(told, "fct_case_events"))
else:
    st.caption("选择一个案件，查看从发现到公示的每个节点、文书和间隔天数。")
