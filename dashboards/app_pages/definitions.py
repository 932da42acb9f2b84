"""口径: how every figure is counted, and what every column of every table means."""

import streamlit as st

from dashboards import accounts, blocks, data, filters, frame, queries, tables, visitor, words
from warehouse.settings import Home

version, stamp = frame.begin("口径", ())

st.subheader("指标")
with st.container(horizontal=True):
    clauses = filters.clauses(version)
metrics = data.ask(version, queries.metrics.defined)
shown = metrics[metrics["clause_code"].isin(clauses)] if clauses else metrics
st.caption(
    "各页的卡片和月报的数字都按这里的口径计算；“表”之后各列是计数用的 SQL，分析人员可以照着复核。"
)
if shown.empty:
    st.info("所选条款没有指标。")
else:
    tables.browsable(
        shown,
        "dim_metrics",
        "指标口径",
        stamp,
        {"条款": [words.clause_name(code) for code in clauses]},
    )

st.subheader("数据表")
lineage = Home.open().lineage(version.id)
if not lineage.exists():
    st.caption("血缘图：在服务器上运行 minewatch docs 后，可在这里打开。")
elif accounts.mode(Home.open()) == "oidc":
    st.download_button(
        "下载表结构和血缘图（单个网页）",
        data=lineage.read_bytes,
        file_name="表结构和血缘.html",
        mime="text/html",
        on_click="ignore",
    )
else:
    st.html(f'<a href="{visitor.LINEAGE}" target="_blank">打开表结构和血缘图</a>')
blocks.dictionary(words.dictionary(), stamp)
