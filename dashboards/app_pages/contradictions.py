"""矛盾核查: what papers say beside what was seen, where each question stands, where to look next week.

For the office and leaders only: whoever is asked shall not be warned before, nor know the next visits.
"""

import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("矛盾核查", words.EVIDENCE_FEEDS)
st.caption(
    "本页仅供领导小组办公室和县领导使用，下发之前不外传。以下均为需核实线索，不是结论；"
    "用 `minewatch ask` 下发核实函。"
)

with st.container(horizontal=True):
    townships = filters.townships(version)
    first, last = filters.days(stamp)
asked = (townships, first, last)
chosen = filters.in_words(version, townships, first, last)

counts = data.ask(version, queries.contradictions.counted, *asked).iloc[0]
with st.container(horizontal=True):
    frame.card(
        "需核实线索（条）",
        int(counts["contradiction_count"]),
        f"其中高可信 {int(counts['sure_count']):,} 条",
        "台账、登记册、填报结论与其他信息不能同时成立，或表格本身不合常理",
    )
    frame.card("尚未下发（条）", int(counts["unasked_count"]), help_text="还没有向责任单位发函")
    frame.card(
        "待说明（条）",
        int(counts["asked_count"]),
        f"逾期未说明 {int(counts['unanswered_count']):,} 条",
        "已发函，责任单位尚未说明",
    )
    frame.card(
        "核实属实（条）",
        int(counts["confirmed_count"]),
        f"已说明或不属实 {int(counts['explained_count']):,} 条",
        "只有核实属实和逾期未说明的列入报告",
    )

rules = data.ask(version, queries.contradictions.by_rule, *asked)
if not rules.empty:
    frame.show(charts.contradictions.by_rule(rules, stamp), stamp, "线索按规则")

st.subheader("线索清单")
listing = filters.one_of("清单", words.CONTRADICTION_LISTS, "contradictions")
rows = data.ask(version, queries.contradictions.listed, listing, *asked)
if rows.empty:
    st.info(f"所选范围内没有“{words.CONTRADICTION_LISTS[listing]}”的线索。")
else:
    tables.browsable(
        rows,
        "fct_contradictions",
        "线索清单",
        stamp,
        chosen | {"清单": [words.CONTRADICTION_LISTS[listing]]},
        picked="contradiction",
        ids=rows["contradiction_id"].tolist(),
    )

st.subheader("对照")
number = filters.number("线索编号", "contradiction")
if number:
    claim = data.ask(version, queries.contradictions.claim, number)
    if claim.empty:
        st.info("没有这个编号的线索。请从上表点选一行。")
    else:
        paper, seen = st.columns(2)
        with paper:
            st.markdown("**台账、登记或填报所述**")
            tables.facts(words.in_chinese(words.sourced(claim), "fct_contradictions"))
        with seen:
            st.markdown("**其他信息**")
            found = data.ask(version, queries.contradictions.evidence, number)
            tables.listed(words.in_chinese(words.sourced(found), "fct_contradiction_evidence"))
        standing = data.ask(version, queries.contradictions.standing, number)
        tables.facts(
            words.in_chinese(
                words.marked(standing, words.CONTRADICTION_MARKS), "fct_contradictions"
            )
        )
        frame.link_to_site(standing.iloc[0])
else:
    st.caption(
        "选择一条线索，左边是台账或登记所述，右边是与之不符的信息，各自出自哪份文件的哪一行。"
    )

st.subheader("下周巡查建议")
picks = data.ask(version, queries.contradictions.suggestions, townships)
if picks.empty:
    st.info("没有登记点位，无从建议。")
else:
    week = picks.iloc[0]
    st.caption(
        f"{week['week_start_date']:%Y-%m-%d} 至 {week['week_end_date']:%Y-%m-%d}："
        "多数按风险分由高到低，固定一部分留给最久没有人到场的点位。"
    )
    tables.browsable(
        picks.drop(columns=["week_start_date", "week_end_date"]),
        "rpt_patrol_suggestions",
        "下周巡查建议",
        stamp,
        {"乡镇": chosen["乡镇"]},
    )
