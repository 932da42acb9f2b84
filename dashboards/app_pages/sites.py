"""点位档案: every supervised place on a map and in a list; of one place all that is known, week by week."""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("点位档案", ("sites", "patrol_ledger", "inspections", "cameras"))

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
chosen = filters.in_words(version, townships, first, last)


def show_site(ids: list[str]) -> None:
    """A clicked point opens its file."""
    st.session_state["site"] = ids[-1]


rows = data.ask(version, queries.sites.listed, townships, first, last)
if rows.empty:
    frame.say_empty(version, stamp, "sites", "在册的监管对象")
else:
    left, right = st.columns([2, 3])
    with left:
        frame.show(
            charts.county.sites(
                data.ask(version, queries.county.boundary),
                data.ask(version, queries.county.sites, townships),
                data.ask(version, queries.patrols.last_by_site),
                stamp,
            ),
            stamp,
            "监管对象分布",
            can_zoom=True,
            picked=show_site,
        )
    with right:
        st.subheader("在册点位")
        tables.browsable(
            rows,
            "dim_sites",
            "在册点位",
            stamp,
            chosen,
            picked="site",
            ids=rows["site_id"].tolist(),
        )

st.subheader("一处点位")
site_id = filters.number("点位编号", "site")
if not site_id:
    st.caption("点选地图上的一点或上表一行，查看一处点位的登记情况和全部往来记录。")
    st.stop()
found = data.ask(version, queries.sites.one, site_id)
if found.empty:
    st.info("登记册里没有这个编号的点位。请从上表点选一行。")
    st.stop()
site = {"点位": [f"{found.iloc[0]['site_name']}（{site_id}）"]}
spent = chosen | site

left, right = st.columns([2, 3])
with left:
    tables.facts(words.in_chinese(words.sourced(found), "dim_sites"))
with right:
    weeks = data.ask(version, queries.sites.weeks, site_id, first, last)
    if weeks.empty:
        st.info("所选时间内没有关于这个点位的记录：没有台账、信号和案件。")
    else:
        frame.show(charts.sites.weeks(weeks, first, last, stamp), stamp, "逐周记录")

for title, query, mart, marks, opens, picked, key, nothing in (
    (
        "事件",
        queries.sites.incidents,
        "fct_incidents",
        words.INCIDENT_MARKS,
        "incidents",
        "incident",
        "incident_id",
        "所选时间内没有事件。",
    ),
    (
        "台账",
        queries.sites.patrols,
        "fct_patrols",
        {},
        "",
        "",
        "row_number",
        "所选时间内没有提到这个点位的台账行。",
    ),
    (
        "义务",
        queries.sites.duties,
        "fct_obligations",
        {},
        "duties",
        "obligation",
        "obligation_id",
        "所选时间内没有关于这个点位的义务。",
    ),
    (
        "案件",
        queries.sites.cases,
        "fct_cases",
        {},
        "cases",
        "case",
        "case_id",
        "没有案件。",
    ),
    (
        "督导抽查",
        queries.sites.inspections,
        "fct_inspections",
        {},
        "",
        "",
        "row_number",
        "没有抽查。",
    ),
    ("摄像机", queries.sites.cameras, "dim_cameras", {}, "", "", "camera_id", "没有摄像机。"),
    (
        "用电户",
        queries.sites.meters,
        "dim_power_users",
        {},
        "",
        "",
        "meter_id",
        "没有对应的用电户。",
    ),
):
    part = data.ask(version, query, site_id, first, last)
    st.markdown(f"**{title}**（{len(part):,}）")
    if part.empty:
        st.caption(nothing)
        continue
    tables.browsable(
        words.marked(part, marks) if marks else part,
        mart,
        f"点位{title}",
        stamp,
        spent,
        picked=picked,
        ids=part[key].tolist(),
        opens=opens,
    )
    if picked:
        st.caption("点选一行，打开它的详情。")
