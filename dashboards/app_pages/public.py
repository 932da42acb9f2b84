"""群防群治: what the public told, whether it was answered in time, rewards, publicity, commendations."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, visitor

CLAUSES = ["2.2.1", "2.5.1", "2.5.2", "2.5.3", "2.5.4"]

version, stamp = frame.begin("群防群治", ("clues", "rewards", "publicity", "commendations"))
st.caption(
    "谁举报、怎样举报、说了什么，一律不显示；线索按整周统计，"
    f"少于 {queries.clues.FEW} 条的村不再细分。请不要据此查问举报人。"
)

# A township knows of a clue its week, its village and its state.
is_narrow = visitor.current().is_narrow

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
chosen = filters.in_words(version, townships, first, last)
of_county = filters.in_words(version, [], first, last)

counts = data.ask(version, queries.clues.counted, townships, first, last).iloc[0]
rewards = data.ask(version, queries.public.rewards_counted, first, last).iloc[0]
with st.container(horizontal=True):
    frame.card(
        "群众线索（条）",
        int(counts["clue_count"]),
        f"待转办 {int(counts['received_count']):,}，待核查 {int(counts['transferred_count']):,}",
    )
    frame.card(
        "核查率",
        charts.look.percent(counts["judged_count"], counts["clue_count"]),
        f"已核查 {int(counts['judged_count']):,} 条",
    )
    if not is_narrow:
        frame.card(
            "查实（条）",
            int(counts["confirmed_count"]),
            f"已有案件 {int(counts['case_count']):,} 条",
            "核查结果为属实或部分属实",
        )
        frame.card(
            "再次举报（条）",
            int(counts["reported_again_count"]),
            help_text="核查为不属实，此后同一点位又有举报，应重新核查",
        )
        frame.card(
            "认定奖励（件）",
            int(rewards["recognised_count"]),
            f"足额发放 {int(rewards['full_count']):,} 件，不予奖励 {int(rewards['refused_count']):,} 件",
            "全县，认定日期在所选范围内",
        )
        frame.card(
            "发放奖金",
            charts.look.yuan(rewards["paid_yuan"]),
            f"核定 {charts.look.yuan(rewards['approved_yuan'])}",
            "全县。只作展示，不排名、不考核",
        )

if not is_narrow:
    left, right = st.columns(2)
    with left:
        months = data.ask(version, queries.clues.by_month_and_channel, first, last)
        if months.empty:
            frame.say_empty(version, stamp, "clues", "群众线索")
        else:
            frame.show(charts.public.clues(months, stamp), stamp, "线索来源")
    with right:
        clocks = data.ask(version, queries.clues.in_time, townships, first, last)
        if clocks.empty:
            st.info("所选范围内没有线索和奖励的办理时限。")
        else:
            frame.show(charts.public.in_time(clocks, stamp), stamp, "线索办理时限")

st.subheader("各村线索")
villages = data.ask(version, queries.clues.by_village, townships, first, last)
if villages.empty:
    frame.say_empty(version, stamp, "clues", "群众线索")
else:
    tables.browsable(villages, "fct_clues", "各村线索", stamp, chosen)

if is_narrow:
    st.stop()

st.subheader("再次举报")
again = data.ask(version, queries.clues.reported_again, townships, first, last)
if again.empty:
    st.info("所选范围内没有查为不属实后又被举报的线索。")
else:
    st.caption("查为不属实后同一点位又有举报，请换人重新核查。只列接收周、村和办理状态。")
    tables.browsable(again, "fct_clues", "再次举报", stamp, chosen)

st.subheader("奖励、宣传和表彰")
st.caption("以下为全县，不随乡镇筛选。")
left, right = st.columns(2)
with left:
    published = data.ask(version, queries.public.publicity_by_month, first, last)
    if published.empty:
        frame.say_empty(version, stamp, "publicity", "已公开的宣传和曝光")
    else:
        frame.show(charts.public.publicity(published, stamp), stamp, "宣传曝光")
with right:
    months = data.ask(version, queries.public.rewards_by_month, first, last)
    if months.empty:
        frame.say_empty(version, stamp, "rewards", "认定的举报奖励")
    else:
        st.markdown("**举报奖励**（按认定月份）")
        tables.browsable(months, "fct_rewards", "举报奖励", stamp, of_county)
for title, query, mart, feed_code in (
    ("宣传和曝光清单", queries.public.publicity, "fct_publicity", "publicity"),
    ("办案表彰清单", queries.public.commendations, "fct_commendations", "commendations"),
):
    st.markdown(f"**{title}**")
    rows = data.ask(version, query, first, last)
    if rows.empty:
        frame.say_empty(version, stamp, feed_code, title.removesuffix("清单"))
    else:
        tables.browsable(rows, mart, title, stamp, of_county)

st.subheader(f"{last.year} 年 {last.month} 月指标")
township = townships[0] if len(townships) == 1 else None
figures = data.ask(version, queries.metrics.of_month, township, CLAUSES, last)
if figures.empty:
    st.info("没有指标：还没到起算的月份。")
else:
    tables.browsable(
        figures,
        "fct_metrics_monthly",
        "群防群治指标",
        stamp,
        filters.in_words(version, [township] if township else [], last.replace(day=1), last),
    )
