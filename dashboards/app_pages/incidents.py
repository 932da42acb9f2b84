"""线索研判: where signals gather, who told first, whether anybody dealt with it; one on one sheet."""

import pandas as pd
import streamlit as st

from dashboards import charts, data, filters, frame, markup, queries, tables, visitor, words

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
        "可疑（起）",
        int(counts["suspected_count"]),
        f"其中未处理 {int(counts['suspected_unanswered_count']):,} 起",
        "至少有一条可信程度中等以上的信号；只有未核实画面的不算",
    )
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

listing = filters.one_of("清单", words.INCIDENT_LISTS, "incidents")


def show_incident(ids: list[str]) -> None:
    """A clicked point opens its dossier."""
    st.session_state["incident"] = ids[0]


left, right = st.columns(2)
with left:
    placed = data.ask(version, queries.incidents.placed, listing, *asked)
    if placed.empty:
        st.info(f"所选范围内没有“{words.INCIDENT_LISTS[listing]}”的事件。")
    else:
        boundary = data.ask(version, queries.county.boundary)
        frame.show(
            charts.incidents.placed(placed, boundary, stamp),
            stamp,
            "事件分布",
            can_zoom=True,
            picked=show_incident,
        )
with right:
    sources = data.ask(version, queries.incidents.by_first_source, *asked)
    if sources.empty:
        st.info("所选范围内没有可信程度高的事件。")
    else:
        frame.show(charts.incidents.by_first_source(sources, stamp), stamp, "首先发现")

st.subheader("事件清单")
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
signal_id = filters.number("事件编号", "incident")
if not signal_id:
    st.caption(
        "点选地图上的一点或上表一行，查看一起事件的全部证据、同期台账、责任链，并打印核查单。"
    )
    st.stop()
found = data.ask(version, queries.incidents.one, signal_id)
if found.empty:
    st.info("没有这个编号的事件。请从上表点选一行。")
    st.stop()
incident = found.iloc[0]
incident_id = incident["incident_id"]
signals, events, load_days, dark_nights, ledger_lines, cameras, meters, responsible = (
    data.ask(version, query, incident_id)
    for query in (
        queries.incidents.signals,
        queries.incidents.events,
        queries.incidents.load_days,
        queries.incidents.dark_nights,
        queries.incidents.ledger_lines,
        queries.incidents.cameras,
        queries.incidents.meters,
        queries.incidents.responsible,
    )
)
head = words.in_chinese(words.marked(found, words.INCIDENT_MARKS), "fct_incidents")
chain = words.in_chinese(responsible, "dim_sites")
one = {"事件": [incident_id]}

left, right = st.columns(2)
with left:
    tables.facts(head)
with right:
    st.markdown("**责任链**（事件开始时）")
    tables.facts(chain)
    if pd.isna(responsible.iloc[0]["site_class_code"]):
        st.caption("这个地点当时不在登记册上，没有网格员和主管单位的记录。")
    frame.link_to_site(incident)
    if pd.notna(incident["case_id"]):
        st.page_link(
            "app_pages/cases.py",
            label=f"案件 {incident['case_id']}",
            query_params={"case": incident["case_id"]},
        )
    likely = signals[signals["confidence_code"] != "low"]
    shown = (likely if len(likely) else signals).head(markup.PAPER_ROWS)
    st.download_button(
        "下载核查单（可打印）",
        data=tables.noted(
            visitor.current(),
            "核查单",
            one,
            lambda: markup.form(
                f"{stamp.county_name}涉矿线索核查单",
                "以下为需核实线索，不是结论。请先到现场查看，再填写核查情况；与事实不符的请写明依据。",
                {
                    "一、线索概况": markup.facts(head),
                    "二、责任链": markup.facts(chain),
                    f"三、证据（共 {len(signals)} 条，列出较可信的 {len(shown)} 条）": markup.listed(
                        words.in_chinese(
                            words.sourced(shown.drop(columns=["evidence_id", "delivery_sha256"])),
                            "fct_signals",
                        )
                    ),
                    f"四、同期台账（共 {len(ledger_lines)} 行）": markup.listed(
                        words.in_chinese(
                            words.sourced(
                                ledger_lines.drop(columns=["has_finding", "delivery_sha256"]).tail(
                                    markup.PAPER_ROWS
                                )
                            ),
                            "fct_patrols",
                        )
                    )
                    if len(ledger_lines)
                    else "<p>没有这个地点的台账。</p>",
                },
                ["核查时间", "核查情况", "处理意见", "核查人签字", "单位盖章"],
                stamp,
            ),
        ),
        file_name=stamp.file_name(f"核查单_{incident_id[:8]}", "html"),
        mime="text/html",
        on_click="ignore",
    )

frame.show(charts.incidents.course(incident, signals, ledger_lines, stamp), stamp, "证据时间线")
for title, part, mart, caption, nothing in (
    (
        "全部信号",
        signals,
        "fct_signals",
        "每条信号出自哪份文件的哪一行；同一件事重复报来的合为一条，次数另列。",
        "",
    ),
    (
        "视频告警逐条",
        events,
        "fct_video_events",
        "上表视频告警的每一次，一行一次。",
        "",
    ),
    (
        "负荷逐日",
        load_days,
        "fct_power_days",
        "上表负荷研判所依据的每一天，一天一行，出自哪份负荷文件的哪一行。",
        "",
    ),
    (
        "摄像机离线逐夜",
        dark_nights,
        "fct_camera_dark_nights",
        "上表摄像机夜间离线的每一夜，出自哪一条离线状态。",
        "",
    ),
    (
        "同期台账",
        ledger_lines,
        "fct_patrols",
        "事件持续的各周里，台账对这个地点怎么写。",
        "事件持续的各周里，没有提到这个地点的台账行。",
    ),
    (
        "摄像机",
        cameras,
        "dim_cameras",
        "在这个地点（或本村）的和拍到它的摄像机，以及事件期间的在线情况。",
        "这个地点和本村没有摄像机，也没有摄像机拍到它。",
    ),
    (
        "用电户",
        meters,
        "dim_power_users",
        "在这个地点的用电户；只知道村的，为本村期间有预警的用电户。",
        "这个地点没有用电户；本村期间也没有预警。",
    ),
):
    if len(part):
        st.markdown(f"**{title}**")
        st.caption(caption)
        tables.browsable(part, mart, f"事件{title}", stamp, one)
    elif nothing:
        st.caption(nothing)
