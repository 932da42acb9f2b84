"""视频监控: cameras built and answering, what they reported, and what came of it."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin(
    "视频监控", ("cameras", "camera_status", "video_events", "video_verifications")
)

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
chosen = filters.in_words(version, townships, first, last)

known = data.ask(version, queries.video.cameras_counted, townships).iloc[0]
cameras = data.ask(version, queries.video.cameras, townships, first, last)
counts = data.ask(version, queries.video.events_counted, townships, first, last).iloc[0]
online, offline = cameras["online_minutes"].sum(), cameras["offline_minutes"].sum()
judged = int(counts["mining_confirmed_count"] + counts["mining_false_count"])
with st.container(horizontal=True):
    frame.card(
        "在用摄像机（台）",
        int(known["in_service_count"]),
        f"登记 {int(known['camera_count']):,} 台",
        "截至数据日已建成或已验收",
    )
    frame.card(
        "在线率",
        charts.look.percent(online, online + offline),
        "只算有状态记录的时间",
        "在线时长 ÷（在线时长＋离线时长），没有状态记录的时间不计",
    )
    frame.card(
        "静默摄像机（台）",
        int(cameras["is_silent_at_end"].sum()),
        frame.known_until(cameras),
        "所选范围最后一天全天没有状态记录的在用摄像机",
    )
    frame.card(
        "告警（条）", int(counts["event_count"]), f"其中涉采 {int(counts['mining_count']):,} 条"
    )
    frame.card(
        "涉采告警核实率",
        charts.look.percent(counts["mining_verified_count"], counts["mining_count"]),
        f"已核实 {int(counts['mining_verified_count']):,} 条",
    )
    frame.card(
        "误报率",
        charts.look.percent(counts["mining_false_count"], judged),
        f"属实 {int(counts['mining_confirmed_count']):,} 条，"
        f"误报 {int(counts['mining_false_count']):,} 条",
        "涉采告警核实后，误报 ÷（属实＋误报），重复的不计",
    )

left, right = st.columns(2)
with left:
    days = data.ask(version, queries.video.events_by_day, townships, first, last)
    if days.empty:
        frame.say_empty(version, stamp, "video_events", "视频告警")
    else:
        frame.show(
            charts.video.events_by_day(days, counts, first, last, stamp), stamp, "每天的视频告警"
        )
with right:
    built = data.ask(version, queries.video.built_by_township, townships)
    if built.empty:
        frame.say_empty(version, stamp, "cameras", "摄像机")
    else:
        frame.show(charts.video.built_by_township(built, stamp), stamp, "摄像机建设进度")

st.subheader("告警清单")
listing = filters.one_of("清单", words.EVENT_LISTS, "events")
events = data.ask(version, queries.video.events, listing, townships, first, last)
if events.empty:
    frame.say_empty(version, stamp, "video_events", f"“{words.EVENT_LISTS[listing]}”的告警")
else:
    tables.browsable(
        events,
        "fct_video_events",
        "视频告警清单",
        stamp,
        chosen | {"清单": [words.EVENT_LISTS[listing]]},
    )

for title, query, mart, caption, nothing in (
    (
        "连夜出现的采挖",
        queries.video.repeated_spells,
        "fct_video_spells",
        "同一地点多夜拍到、没有被核实为误报的采挖画面，一次持续一行；两周内的夜数越多越要先去看。",
        "所选范围内没有连夜出现的采挖画面。",
    ),
    (
        "夜间离线的摄像机",
        queries.video.dark_spells,
        "fct_camera_dark_spells",
        "白天在线、连续多夜离线：可能是夜间断电、设备问题，也可能是人为，请到现场核实。",
        "所选范围内没有白天在线、连夜离线的摄像机。",
    ),
):
    st.subheader(title)
    rows = data.ask(version, query, townships, first, last)
    if rows.empty:
        st.info(nothing)
    else:
        st.caption(caption)
        tables.browsable(rows, mart, title, stamp, chosen)

st.subheader("摄像机运行")
if cameras.empty:
    frame.say_empty(version, stamp, "cameras", "在用摄像机的运行记录")
else:
    st.caption("期末静默的排在最前：没有信号不等于没有情况，请先派人查看设备和网络。")
    tables.browsable(cameras, "fct_camera_days", "摄像机运行", stamp, chosen)
