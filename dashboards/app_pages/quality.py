"""数据质量: what arrived, what could not be read and why, and what the checks before publishing said."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

# Refused deliveries told in full; a whole feed that failed would push the rest off the page.
SHOWN = 10

version, stamp = frame.begin("数据质量")

with st.container(horizontal=True):
    feeds = filters.feeds(version)
    senders = filters.senders(version)
chosen = {"数据种类": [words.feed_name(feed) for feed in feeds], "报送单位": senders}

deliveries = data.ask(version, queries.quality.deliveries, feeds, senders)
unused = deliveries[deliveries["outcome_code"] != "used"]
if len(unused):
    st.error(f"{len(unused)} 份来件没有采用，请按原因退请报送单位重报。")
    columns = [
        "received_at",
        "feed_code",
        "file_name",
        "sender_name",
        "outcome_code",
        "refusal_text",
    ]
    tables.listed(words.in_chinese(unused[columns].head(SHOWN), "fct_deliveries"))
    if len(unused) > SHOWN:
        st.caption(f"以上是最近的 {SHOWN} 份，其余见下面的来件表。")

with st.container(horizontal=True):
    for label, count in (
        ("来件（份）", len(deliveries)),
        ("读到（行）", deliveries["read_count"].sum()),
        ("有效（行）", deliveries["good_count"].sum()),
        ("退回（行）", deliveries["rejected_count"].sum()),
        ("警示（单元格）", deliveries["warning_count"].sum()),
    ):
        frame.card(label, int(count))

st.subheader("来件")
if deliveries.empty:
    st.info("还没有收到来件，或所选范围内没有。")
else:
    if deliveries[["rejected_count", "warning_count"]].to_numpy().any():
        frame.show(charts.quality.rejected_by_sender(deliveries, stamp), stamp, "退回最多的单位")
    tables.browsable(deliveries, "fct_deliveries", "来件", stamp, chosen)

st.subheader("退回的行")
st.caption(
    "缺少必填项或关键字段无法识别的行，未计入统计。请把原因退给报送单位，改正后重报整份文件。"
)
rejected = data.ask(version, queries.quality.rejected_rows, feeds, senders)
if rejected.empty:
    st.info("没有退回的行。")
else:
    tables.browsable(rejected, "fct_rejected_rows", "退回的行", stamp, chosen)

st.subheader("警示的单元格")
st.caption("无法识别的单元格按空值处理，所在行仍计入统计。")
warned = data.ask(version, queries.quality.cell_warnings, feeds, senders)
if warned.empty:
    st.info("没有警示的单元格。")
else:
    tables.browsable(warned, "fct_cell_warnings", "警示的单元格", stamp, chosen)

st.subheader("监测设备质量")
st.caption(
    "核实过的告警中属实的占多少；样本少的以下限为准，没有核实过的不计。误报多的设备和规则应调整，"
    "长期没有数据的应检修。"
)
# Without a key these would be other boxes as soon as there is more or less above them: filters made anew no longer
# reach the address, and what was unfolded closes.
with st.container(horizontal=True, key="about_sensors"):
    kind = filters.one_of("统计对象", words.SENSORS, "sensors")
    window = filters.one_of("统计期", words.WINDOWS, "window")
sensors = data.ask(version, queries.quality.sensor_quality, kind, window)
if sensors.empty:
    st.info("没有这一类告警。")
else:
    tables.browsable(
        words.marked(sensors, {"is_small_sample": "样本少"}),
        "rpt_sensor_quality",
        "监测设备质量",
        stamp,
        {"统计对象": [words.SENSORS[kind]], "统计期": [words.WINDOWS[window]]},
    )
silent = data.ask(version, queries.quality.silent_sensors)
if silent.empty:
    st.info("没有长期没有数据的摄像机和电表。")
else:
    tables.browsable(
        words.marked(silent, {"is_ever_heard": "曾有数据"}),
        "rpt_silent_sensors",
        "长期没有数据的设备",
        stamp,
        {},
    )

st.subheader("发布前检查")
checks = data.ask(version, queries.quality.check_results)
if checks.empty:
    st.info("本版本没有检查记录。")
else:
    passed = int(checks["is_passed"].sum())
    st.markdown(f"共 {len(checks)} 项，通过 {passed} 项，未通过 {len(checks) - passed} 项。")
    if passed < len(checks):
        failed = data.ask(version, queries.quality.failed_checks)
        tables.listed(words.in_chinese(failed, "fct_check_results"))
    with st.expander("全部检查结果", key="all_checks"):
        tables.browsable(checks, "fct_check_results", "检查结果", stamp, {})
