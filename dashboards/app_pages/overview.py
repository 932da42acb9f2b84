"""总览: what is due, what was patrolled, where the sites are, how much power was used."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, reporting, tables, words

version, stamp = frame.begin("总览")

with st.container(horizontal=True):
    level = filters.level()
    townships = filters.townships(version)
    first, last = filters.days(stamp)

with st.container(horizontal=True):
    progress = data.ask(version, queries.duties.deadline_weeks, None)
    for deadline in data.ask(version, queries.county.deadlines).itertuples():
        frame.deadline_card(deadline, progress)
with st.container(horizontal=True):
    for row in data.ask(version, queries.patrols.latest_coverage, townships).itertuples():
        frame.coverage_card(row, stamp)
with st.container(horizontal=True):
    ledgers = data.ask(version, queries.patrols.forms_received, townships, first, last).iloc[0]
    findings = data.ask(version, queries.patrols.lines_counted, townships, first, last).iloc[0]
    for label, count, help_text in (
        ("收到台账（份）", ledgers["form_count"], "所选时间内收到的台账，被更正替代的不计"),
        ("其中零报告（份）", ledgers["zero_report_count"], "有表头、无数据行的台账，算已报送"),
        ("发现问题（条）", findings["finding_count"], "非法盗采、越层越界、违规生产为“有”或“疑似”"),
        ("未登记地点（处）", findings["unregistered_place_count"], "台账提到、登记册里没有的地点"),
    ):
        frame.card(label, count, help_text=help_text)
with st.container(horizontal=True):
    cases = data.ask(version, queries.cases.counted, townships, first, last).iloc[0]
    cameras = data.ask(version, queries.video.cameras, townships, first, last)
    events = data.ask(version, queries.video.events_counted, townships, first, last).iloc[0]
    alerts = data.ask(version, queries.power.alerts_counted, townships, first, last).iloc[0]
    clues = data.ask(version, queries.clues.counted, townships, first, last).iloc[0]
    online, offline = cameras["online_minutes"].sum(), cameras["offline_minutes"].sum()
    frame.card(
        "在办案件（件）",
        int(cases["open_count"]),
        f"本期新立案 {int(cases['filed_count']):,}，办结 {int(cases['ended_count']):,}",
    )
    frame.card(
        "摄像机在线率",
        charts.look.percent(online, online + offline),
        f"静默 {int(cameras['is_silent_at_end'].sum()):,} 台，{frame.known_until(cameras)}",
    )
    frame.card(
        "涉采告警待核实（条）",
        int(events["mining_count"] - events["mining_verified_count"]),
        f"涉采告警共 {int(events['mining_count']):,} 条",
    )
    frame.card(
        "用电预警未反馈（条）",
        int(alerts["unanswered_count"]),
        f"预警共 {int(alerts['alert_count']):,} 条",
    )
    frame.card(
        "群众线索（条）",
        int(clues["clue_count"]),
        f"待转办 {int(clues['received_count']):,}，待核查 {int(clues['transferred_count']):,}，"
        f"待答复 {int(clues['verified_count']):,}，已答复 {int(clues['answered_count']):,}",
    )

left, right = st.columns(2)
with left:
    coverage = data.ask(version, queries.patrols.coverage, level, townships, first, last)
    if coverage.empty:
        st.info(
            f"所选范围内没有{words.LEVELS[level]}巡查的应巡记录。请扩大时间范围，或先报送登记册。"
        )
    else:
        frame.show(charts.patrols.coverage(coverage, level, stamp), stamp, "巡查覆盖率")
with right:
    boundary = data.ask(version, queries.county.boundary)
    sites = data.ask(version, queries.county.sites, townships)
    if boundary.empty and sites.empty:
        st.info("还没有县界和监管对象登记册，地图暂无内容。")
    else:
        patrols = data.ask(version, queries.patrols.last_by_site)
        frame.show(
            charts.county.sites(boundary, sites, patrols, stamp),
            stamp,
            "监管对象分布",
            can_zoom=True,
        )

power = data.ask(version, queries.power.days, first, last)
if power.empty:
    st.info("所选时间内没有负荷曲线数据。")
else:
    frame.show(charts.power.days(power, stamp), stamp, "监测电表用电")
    st.caption("用电为全部监测电表，不随乡镇筛选。")

st.subheader("各类数据最近一次来件")
received = data.ask(version, queries.quality.feeds_received, stamp.as_of_at)
if received.empty:
    st.info("还没有收到任何可用的来件。")
else:
    tables.listed(frame.freshness_table(received))

owed = reporting.due_table(version)
if not owed.empty:
    st.subheader("该报的报告")
    tables.listed(owed)
