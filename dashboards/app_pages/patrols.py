"""巡查台账: what is owed and done, from whom ledgers came, what they found, what they copied."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("巡查台账", ("patrol_ledger", "sites"))

with st.container(horizontal=True):
    level = filters.level()
    townships = filters.townships(version)
    first, last = filters.days(stamp)
chosen = filters.in_words(version, townships, first, last)

forms = data.ask(version, queries.patrols.forms_received, townships, first, last).iloc[0]
lines = data.ask(version, queries.patrols.lines_counted, townships, first, last).iloc[0]
with st.container(horizontal=True):
    for row in data.ask(version, queries.patrols.latest_coverage, townships).itertuples():
        frame.coverage_card(row, stamp)
with st.container(horizontal=True):
    frame.card("收到台账（份）", forms["form_count"], help_text="被更正替代的不计")
    frame.card(
        "其中零报告（份）", forms["zero_report_count"], help_text="有表头、无数据行的台账，算已报送"
    )
    frame.card("发现问题（条）", lines["finding_count"], f"台账共 {lines['line_count']:,} 行")
    frame.card("未登记地点（处）", lines["unregistered_place_count"], "台账提到、登记册没有")
    frame.card(
        "沿用前期占比",
        charts.look.percent(lines["carried_over_count"], lines["line_count"]),
        f"{lines['carried_over_count']:,} 行与前期一字不差",
        "同一单位把以前填过的行原样换了日期再报",
    )

left, right = st.columns(2)
with left:
    known = data.ask(version, queries.county.townships)
    if townships:
        known = known[known["township_code"].isin(townships)]
    weeks = data.ask(version, queries.patrols.forms_by_week, townships, first, last)
    if weeks.empty:
        frame.say_empty(version, stamp, "patrol_ledger", "台账")
    else:
        frame.show(
            charts.patrols.forms_by_week(weeks, known, first, last, stamp), stamp, "每周收到的台账"
        )
with right:
    coverage = data.ask(version, queries.patrols.coverage, level, townships, first, last)
    if coverage.empty:
        frame.say_empty(version, stamp, "sites", f"{words.LEVELS[level]}巡查的应巡记录")
    else:
        frame.show(charts.patrols.coverage(coverage, level, stamp), stamp, "巡查覆盖率")

for title, query, mart, caption, nothing in (
    (
        "发现问题的台账行",
        queries.patrols.findings,
        "fct_patrols",
        "非法盗采、越层越界、违规生产任一项为“是”或“疑似”。",
        "所选范围内没有发现问题的台账行。",
    ),
    (
        "未登记地点",
        queries.patrols.unregistered_places,
        "fct_patrols",
        "台账提到而登记册里没有的地点。属实的请补登记；只是写法不同的请统一名称，或在台账里写上坐标。",
        "所选范围内没有未登记地点。",
    ),
    (
        "沿用前期的单位",
        queries.patrols.carried_over,
        "fct_patrols",
        "与本单位前期台账一字不差的行。可能确实没有变化，也可能没有去巡查，请向单位核实。",
        "所选范围内没有沿用前期的行。",
    ),
    (
        "收到的台账",
        queries.patrols.forms,
        "fct_patrol_forms",
        "每份台账一行，含零报告和后来被更正的。",
        "所选范围内没有收到台账。",
    ),
):
    st.subheader(title)
    rows = data.ask(version, query, townships, first, last)
    if rows.empty:
        st.info(nothing)
    else:
        st.caption(caption)
        tables.browsable(rows, mart, title, stamp, chosen)
