"""总览: on one screen how far the deadlines are, who owes what, what waits for a decision, what is new."""

import streamlit as st

from dashboards import blocks, data, filters, frame, queries, reporting, tables, words

head, side = st.columns([11, 1], vertical_alignment="center")
with head:
    version, stamp = frame.begin("总览")
with side, st.popover("筛选"):
    townships = filters.townships(version, with_county=True)
    first, last = filters.days(stamp)


def open_cell(ids: list[str]) -> None:
    """A clicked cell opens the page of duties with what it stands for."""
    frame.open_page(
        "duties",
        clause=words.clause_name(ids[0]),
        township=filters.township_names(version, with_county=True)[ids[1]],
        duties=words.DUTY_LISTS["all"],
    )


with st.container(gap="xsmall"):
    left, right = st.columns([5, 7])
    with left:
        blocks.deadlines(version, stamp)
    with right:
        blocks.tiles(version, stamp, townships, first, last)

    left, right = st.columns([9, 11])
    with left:
        blocks.duties(version, stamp, townships, first, last, picked=open_cell)
    with right:
        blocks.decisions(version, stamp, townships)
        blocks.changes(version, stamp, townships)

with st.expander("各类数据最近一次来件"):
    received = data.ask(version, queries.quality.feeds_received, stamp.as_of_at)
    if received.empty:
        st.info("还没有收到任何可用的来件。")
    else:
        tables.listed(frame.freshness_table(received))

owed = reporting.due_table(version)
if not owed.empty:
    with st.expander("该报的报告", expanded=True):
        tables.listed(owed)
