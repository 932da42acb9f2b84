"""收件: drop files, see at once how they were read, and take a receipt home."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboards import data, frame, intake, markup, queries, tables, visitor, words
from warehouse.settings import Home

BEIJING = ZoneInfo("Asia/Shanghai")
OUTCOMES = {"loaded": "已装载", "known": "以前装载过", "refused": "拒收"}

version, stamp = frame.begin("收件")
st.caption(
    "来件先进收件箱，随即装载；读不了的拒收并说明原因，其余照常。装载的数据在下一次构建发布后出现在各页。"
)

with st.container(horizontal=True):
    feed = st.selectbox("数据种类", list(words.FEEDS), format_func=words.feed_name)
    person = visitor.current()
    senders = data.ask(version, queries.county.senders, list(person.units))
    # A unit sends for itself; the office may leave it to what stands in the file.
    sender = st.selectbox(
        "报送单位",
        senders["unit_name"].tolist(),
        index=0 if person.is_narrow and len(senders) else None,
        placeholder="表内已写明的可不选",
    )
if person.is_narrow:
    st.caption(f"以{sender or '（没有登记的单位）'}的名义报送。")
st.html(markup.DROP_HERE % st.get_option("server.maxUploadSize"))
dropped = st.file_uploader(
    "文件（可多选；xlsx、xls、csv、docx、json、xml、zip 等，按各单位实际报送的样子）",
    accept_multiple_files=True,
)
if st.button("装载", type="primary", disabled=not dropped):
    with st.spinner("正在装载……"):
        try:
            st.session_state["taken"] = intake.take(
                Home.open(),
                feed,
                sender,
                {file.name: file.getvalue() for file in dropped},
                datetime.now(BEIJING).replace(tzinfo=None),
            )
        except intake.IntakeError as error:
            st.error(str(error))
            st.stop()

taken = st.session_state.get("taken", [])
if not taken:
    st.stop()

summary = pd.DataFrame(
    [
        {
            "文件": one.name,
            "结果": OUTCOMES[one.outcome],
            "读到（行）": one.receipt["read"] if one.receipt else None,
            "有效": one.receipt["good"] if one.receipt else None,
            "退回": one.receipt["rejected"] if one.receipt else None,
            "跳过": one.receipt["skipped"] if one.receipt else None,
            "提示（格）": one.receipt["warnings"] if one.receipt else None,
            "台账（份）": one.receipt["form_count"] or None if one.receipt else None,
            "其中零报告": one.receipt["zero_report_count"] or None if one.receipt else None,
            "报送单位": one.receipt["sender_name"] if one.receipt else None,
            "接收时间": one.receipt["received_at"][:16].replace("T", " ") if one.receipt else None,
            "说明": one.message,
            "来件指纹": one.receipt["sha256"][:16] if one.receipt else None,
        }
        for one in taken
    ]
)
complaints = pd.DataFrame(
    [
        {
            "文件": one.name,
            "工作表": told["sheet"],
            "行": told["row_number"],
            "单元格": told["cell"],
            "列": told["header"],
            "处理": "整行退回" if told["kind"] == "rejected" else "此格未采用，其余有效",
            "原因": told["reason"],
        }
        for one in taken
        if one.receipt
        for told in one.receipt["complaints"]
    ]
)
st.subheader("读取结果")
tables.listed(summary)
st.download_button(
    "下载回执（可打印）",
    data=lambda: markup.form(
        f"{stamp.county_name}收件回执",
        "以下是装载时的读取结果。退回的行没有计入；请改好后把整份文件再报一次，后来的一份替代先前的。",
        {
            "一、来件": markup.listed(summary),
            "二、要改的地方": markup.listed(complaints) if len(complaints) else "<p>没有。</p>",
        },
        ["报送人签字", "收件人签字"],
        stamp,
    ),
    file_name=f"收件回执_{datetime.now(BEIJING):%Y%m%d_%H%M}.html",
    mime="text/html",
    on_click="ignore",
)
if complaints.empty:
    st.success("没有退回的行，也没有未采用的单元格。")
else:
    st.subheader("要改的地方")
    st.caption("改好后把整份文件再报一次：后来的一份替代先前的，不会重复计算。")
    tables.listed(complaints)
