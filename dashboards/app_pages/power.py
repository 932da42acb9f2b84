"""用电监测: watched accounts, the power company's alerts and what came of them, energy day by day."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("用电监测", ("power_users", "power_readings", "power_alerts"))

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
chosen = filters.in_words(version, townships, first, last)

users = data.ask(version, queries.power.users_counted, townships).iloc[0]
counts = data.ask(version, queries.power.alerts_counted, townships, first, last).iloc[0]
with st.container(horizontal=True):
    frame.card(
        "重点监测户（户）", int(users["key_count"]), f"档案共 {int(users['user_count']):,} 户"
    )
    frame.card(
        "非正常状态户（户）",
        int(users["abnormal_count"]),
        f"其中重点监测 {int(users['key_abnormal_count']):,} 户",
        "报停、暂停、销户、停供和状态不明",
    )
    frame.card(
        "预警（条）", int(counts["alert_count"]), f"核查属实 {int(counts['confirmed_count']):,} 条"
    )
    frame.card(
        "已核查（条）",
        int(counts["checked_count"]),
        f"核查率 {charts.look.percent(counts['checked_count'], counts['alert_count'])}，"
        f"用时中位 {charts.look.hours(counts['median_hours_to_check'])}",
    )
    frame.card(
        "未反馈（条）",
        int(counts["unanswered_count"]),
        f"已反馈的用时中位 {charts.look.hours(counts['median_hours_to_feedback'])}",
    )

left, right = st.columns(2)
with left:
    alerts = data.ask(version, queries.power.alerts_by_township, townships, first, last)
    if alerts.empty:
        frame.say_empty(version, stamp, "power_alerts", "用电异常预警")
    else:
        frame.show(
            charts.power.alerts_by_township(alerts, first, last, stamp), stamp, "用电异常预警"
        )
with right:
    days = data.ask(version, queries.power.days, first, last)
    if days.empty:
        frame.say_empty(version, stamp, "power_readings", "负荷曲线数据")
    else:
        frame.show(charts.power.days(days, stamp), stamp, "监测电表用电")
        st.caption("用电为全部监测电表，不随乡镇筛选。")

st.subheader("预警清单")
listed = data.ask(version, queries.power.alerts, townships, first, last)
if listed.empty:
    frame.say_empty(version, stamp, "power_alerts", "用电异常预警")
else:
    st.caption("没有反馈的排在最前。")
    tables.browsable(
        listed,
        "fct_power_alerts",
        "用电预警清单",
        stamp,
        chosen,
        picked="alert",
        ids=listed["power_alert_id"].tolist(),
    )

st.subheader("负荷研判清单")
derived = data.ask(version, queries.power.derived_alerts, townships, first, last)
if derived.empty:
    st.info("所选日期和乡镇内，负荷曲线没有触发研判规则。")
else:
    st.caption("由本系统规则从负荷曲线得出，是需核实的线索，不计入上面的预警。")
    tables.browsable(
        derived,
        "fct_power_alerts",
        "负荷研判清单",
        stamp,
        chosen,
        picked="alert",
        ids=derived["power_alert_id"].tolist(),
    )

st.subheader("预警当日的负荷曲线")
power_alert_id = filters.number("预警编号", "alert")
if power_alert_id:
    found = data.ask(version, queries.power.one_alert, power_alert_id)
    if found.empty:
        st.info("没有这个编号的预警。请从上表点选一行。")
    else:
        curve = data.ask(version, queries.power.curve, power_alert_id)
        left, right = st.columns([3, 2])
        with left:
            if curve.empty:
                st.info("当日没有收到这块电表的曲线，或者预警太早，曲线已不保留。")
            else:
                frame.show(charts.power.curve(found.iloc[0], curve, stamp), stamp, "负荷曲线")
        with right:
            tables.facts(words.in_chinese(words.sourced(found), "fct_power_alerts"))
            frame.link_to_site(found.iloc[0])
else:
    st.caption("点选上面任一条预警，查看异常最重那天的 96 点曲线，与该户平日同一时刻相比。")

st.subheader("重点监测和非正常状态的用户")
accounts = data.ask(version, queries.power.users, townships)
if accounts.empty:
    frame.say_empty(version, stamp, "power_users", "重点监测或非正常状态的用户")
else:
    st.caption("档案最近一版的状态；自然人户名不显示。")
    tables.browsable(accounts, "dim_power_users", "重点监测和非正常状态的用户", stamp, chosen)
