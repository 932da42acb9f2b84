"""线索研判: where signals gather, who told first, and whether anybody dealt with it."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin(
    "线索研判", ("patrol_ledger", "video_events", "power_alerts", "clues", "patches", "cases")
)
st.caption("以下均为需核实线索，不是结论；先向责任单位核实，再作判断。")

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
asked = (townships, first, last)
chosen = filters.in_words(version, townships, first, last)

counts = data.ask(version, queries.incidents.counted, *asked).iloc[0]
with st.container(horizontal=True):
    frame.card(
        "高可信未处理（起）",
        int(counts["sure_unanswered_count"]),
        f"高可信事件共 {int(counts['sure_count']):,} 起",
        "已查实或有两类以上可信来源，既没有案件，也没有书面说明",
    )
    frame.card(
        "查实（起）",
        int(counts["confirmed_count"]),
        f"其中未处理 {int(counts['confirmed_unanswered_count']):,} 起",
        "至少一条信号核实属实",
    )
    frame.card(
        "有案件（起）",
        int(counts["case_count"]),
        f"有书面说明 {int(counts['reason_count']):,} 起",
        "信号写明案件编号，或同一地点在事件前后有案件",
    )
    frame.card(
        "核实用时",
        charts.look.hours(24 * counts["median_days_to_verification"]),
        help_text="从最早一条信号到首次核实，中位数",
    )
    frame.card(
        "立案用时",
        charts.look.hours(24 * counts["median_days_to_filing"]),
        help_text="从最早一条信号到立案，中位数；先立案的不计",
    )

sources = data.ask(version, queries.incidents.by_first_source, *asked)
if sources.empty:
    st.info("所选范围内没有可信程度高的事件。")
else:
    frame.show(charts.incidents.by_first_source(sources, stamp), stamp, "首先发现")

st.subheader("事件清单")
listing = filters.one_of("清单", words.INCIDENT_LISTS, "incidents")
rows = data.ask(version, queries.incidents.listed, listing, *asked)
if rows.empty:
    st.info(f"所选范围内没有“{words.INCIDENT_LISTS[listing]}”的事件。")
else:
    tables.browsable(
        words.marked(rows, words.INCIDENT_MARKS),
        "fct_incidents",
        "事件清单",
        stamp,
        chosen | {"清单": [words.INCIDENT_LISTS[listing]]},
        picked="incident",
        ids=rows["incident_id"].tolist(),
    )

st.subheader("事件卷宗")
signal_id = filters.incident()
if signal_id:
    found = data.ask(version, queries.incidents.one, signal_id)
    if found.empty:
        st.info("没有这个编号的事件。请从上表点选一行。")
        st.stop()
    tables.facts(words.in_chinese(words.marked(found, words.INCIDENT_MARKS), "fct_incidents"))
    told = data.ask(version, queries.incidents.signals, found.iloc[0]["incident_id"])
    tables.listed(words.in_chinese(words.sourced(told), "fct_signals"))
else:
    st.caption("选择一起事件，按时间查看它的全部信号，以及每条信号出自哪份文件的哪一行。")
