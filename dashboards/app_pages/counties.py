"""全市汇总: which counties handed up the month, and what they said: targets, deadlines, cases, figures."""

import pandas as pd
import streamlit as st

from dashboards import charts, data, filters, frame, queries, tables, words

version, stamp = frame.begin("全市汇总", ("county_packages",))
months = {
    f"{month:%Y-%m}": month.date()
    for month in data.ask(version, queries.counties.months)["month_start_date"]
}
left_out = "、".join(data.ask(version, queries.counties.left_out)["county_name"])
if left_out:
    st.warning(f"{left_out}的数据包与本库样例标记不一致（样例数据不计入正式汇总），没有计入。")
if not months:
    st.info(
        "没有可以汇总的县。市级数据目录的 units.csv 列出应上报的县（单位类别为县级政府），"
        "各县用 `minewatch submit` 生成数据包，放进市级的 `inbox/county_packages`。"
    )
    st.stop()

with st.container(horizontal=True):
    month_name = filters.month(list(months))
    counties = filters.counties(version)
asked = (counties, months[month_name])
known = data.ask(version, queries.counties.names)
chosen = {
    "月份": [month_name],
    "县": known.loc[known["county_code"].isin(counties), "county_name"].tolist(),
}


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """Whether a county has reported, in words."""
    reports = {True: "已报送", False: words.TARGETS["no_report"]}
    return rows.assign(has_reported=rows["has_reported"].map(reports))


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """A line a county, a column a metric; who has not reported has a word and no figure."""
    head = ["county_name", "has_reported"]
    named = told(rows).assign(
        column=rows["metric_name"] + "（" + rows["unit_text"].fillna("") + "）"
    )
    wide = named.pivot(index=head, columns="column", values="metric_value")
    lines = pd.MultiIndex.from_frame(named[head].drop_duplicates())
    return wide.reindex(index=lines, columns=named["column"].unique()).reset_index()


reported = data.ask(version, queries.counties.reported, *asked)
done = reported[reported["has_reported"]]
silent = reported.loc[~reported["has_reported"], "county_name"]
of_reported = f"只含报送的 {len(done)} 个县"
with st.container(horizontal=True):
    frame.card(
        "已报送（县）",
        f"{len(done)}/{len(reported)}",
        help_text="应报的是市级名单里的县，加上不在名单但已报送的",
    )
    frame.card(
        "未报送（县）",
        len(silent),
        "、".join(silent) if len(silent) <= 3 else f"{'、'.join(silent.head(3))}等",
        "没有收到这个月的数据包，不知道情况，不是零",
    )
    for label, column, counted in (
        ("发现（件）", "discovered_count", "当月发现的案件"),
        ("立案（件）", "filed_count", "当月立案的案件"),
        ("移送公安（件）", "transferred_count", "当月移送公安的案件"),
        ("在办（件）", "open_count", "月末没有了结的案件"),
    ):
        total = done[column].sum(min_count=1)
        frame.card(
            label,
            charts.look.NOT_APPLICABLE if pd.isna(total) else int(total),
            of_reported,
            counted,
        )

st.subheader("目标完成")
targets = data.ask(version, queries.counties.by_metric_and_county, *asked)
if targets.empty:
    frame.say_empty(version, stamp, "county_packages", "有目标的指标")
else:
    frame.show(charts.counties.by_metric_and_county(targets, stamp), stamp, "目标完成")

st.subheader("期限进度")
deadlines = data.ask(version, queries.counties.deadlines, *asked)
if deadlines.empty:
    frame.say_empty(version, stamp, "county_packages", "期限进度")
else:
    for column, (name, one) in zip(
        st.columns(deadlines["deadline_code"].nunique()),
        deadlines.groupby("deadline_name", sort=False),
        strict=True,
    ):
        with column:
            frame.show(charts.counties.deadline(one, stamp), stamp, f"各县{name}")
    tables.browsable(
        told(deadlines).drop(columns="deadline_code"),
        "fct_county_deadlines",
        "各县期限进度",
        stamp,
        chosen,
    )

st.subheader("案件")
cases = data.ask(version, queries.counties.cases_by_type, *asked)
if cases.empty:
    st.info("报送的县月末都没有在办案件。" if len(done) else "所选的县都没有报送这个月。")
else:
    frame.show(charts.counties.cases_by_type(cases, reported, stamp), stamp, "各县在办案件")
tables.browsable(told(reported), "rpt_county_months", "各县报送和案件", stamp, chosen)
st.caption(
    "未报送的县案件各列为空，不是零。数据截至：县级出这份数据时的时点；同一个月重报的，以后一份为准。"
)

st.subheader("各县指标")
kind = filters.one_of("指标类型", words.METRIC_KINDS, "figures")
figures = data.ask(version, queries.counties.figures, kind, *asked)
if figures.empty:
    frame.say_empty(version, stamp, "county_packages", f"“{words.METRIC_KINDS[kind]}”的指标")
else:
    tables.browsable(
        side_by_side(figures),
        "rpt_county_summary",
        "各县指标",
        stamp,
        chosen | {"指标类型": [words.METRIC_KINDS[kind]]},
    )
    st.caption(
        "当月的数，县按代码排列，不是名次；未报送的县各列为空。比例空白是没有应办的事，不算 0%，也不算 100%。"
        "罚没款和奖金只作展示，不排名、不考核。"
    )
