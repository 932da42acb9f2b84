"""SQL 工作台: an analyst's own questions, with examples, kept queries and the words of every column."""

import streamlit as st

from dashboards import blocks, charts, data, filters, frame, tables, visitor, workbench
from warehouse.settings import Home

home = Home.open()
person = visitor.current()
version, stamp = frame.begin("SQL 工作台", ())
st.caption(
    f"只读：一次一条查询，最长 {workbench.SECONDS} 秒，最多 {workbench.ROWS:,} 行；不能读写文件、联网或改设置。"
    "矛盾线索、涉公职人员事项和举报方式不在其中。查询会记入访问日志。"
)

kept = {f"已保存：{name}": sql for name, sql in workbench.saved(home).items()}
offered = {f"示例：{title}": sql for title, sql in workbench.examples().items()} | kept


def fill_in() -> None:
    """Put the chosen query into the editor."""
    if st.session_state["offered"]:
        st.session_state["sql"] = offered[st.session_state["offered"]]


filters.query_to_start_from(list(offered), fill_in)
with st.expander("数据表和列"):
    blocks.dictionary(data.columns_for_analysts(version), stamp)
sql = st.text_area("查询", key="sql", height=220, placeholder="从上面选一个示例，或自己写一条查询")
with st.container(horizontal=True, vertical_alignment="bottom"):
    if st.button("运行", type="primary", disabled=not sql.strip()):
        visitor.note_query(person, sql)
        with st.spinner("正在查询 …"):
            try:
                st.session_state["answer"] = workbench.run(home, version, sql)
                st.session_state["asked"] = (version.id, sql)
            except workbench.WorkbenchError as error:
                st.session_state.pop("answer", None)
                st.session_state["refused"] = str(error)
            else:
                st.session_state.pop("refused", None)
    name = st.text_input("保存为", placeholder="名称", width=260)
    if st.button("保存", disabled=not (name and sql.strip())):
        try:
            workbench.save(home, name.strip(), sql)
            st.rerun()
        except workbench.WorkbenchError as error:
            st.session_state["refused"] = str(error)
    chosen = st.session_state.get("offered") or ""
    if chosen in kept and st.button("删除所选的已保存查询"):
        workbench.forget(home, chosen.removeprefix("已保存："))
        st.rerun()

if refused := st.session_state.get("refused"):
    st.error("查询没有完成")
    st.code(refused, language=None, wrap_lines=True)
answer = st.session_state.get("answer")
asked_version, asked = st.session_state.get("asked", ("", ""))
# An answer from an older version must not go out under the new one's stamp.
if answer is None or asked_version != version.id:
    st.stop()
more = "，已截断，请汇总或加条件" if answer.is_cut else ""
st.subheader("结果")
st.caption(f"{len(answer.rows):,} 行{more}，用时 {answer.seconds:.1f} 秒")
about = {"查询": [" ".join(asked.split())[:2_000]]}
tables.browsable(answer.rows, "", "查询结果", stamp, about)
drawable = charts.workbench.numbers(answer.rows)
if drawable and len(answer.rows.columns) > 1:
    with st.container(horizontal=True):
        value = st.selectbox("数值", drawable[::-1])
        along = st.selectbox("横轴", [one for one in answer.rows if one != value])
        is_line = st.toggle("折线")
    frame.show(
        charts.workbench.answered(answer.rows, along, value, is_line, stamp), stamp, "查询图"
    )
