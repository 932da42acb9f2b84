"""Entry of the dashboards: `minewatch serve`, or `streamlit run dashboards/app.py`."""

import os

import streamlit as st

# Until there is a sign-in, who starts the server says whether the office sits at it.
OFFICE = [
    st.Page("app_pages/contradictions.py", title="矛盾核查", url_path="contradictions"),
    st.Page("app_pages/reports.py", title="月报", url_path="reports"),
]

st.set_page_config(page_title="打击非法采矿监管", page_icon="⛏️", layout="wide")
st.navigation(
    [
        st.Page("app_pages/overview.py", title="总览", default=True),
        st.Page("app_pages/duties.py", title="责任落实", url_path="duties"),
        st.Page("app_pages/patrols.py", title="巡查台账", url_path="patrols"),
        st.Page("app_pages/cases.py", title="案件", url_path="cases"),
        st.Page("app_pages/video.py", title="视频监控", url_path="video"),
        st.Page("app_pages/power.py", title="用电监测", url_path="power"),
        st.Page("app_pages/public.py", title="群防群治", url_path="public"),
        st.Page("app_pages/incidents.py", title="线索研判", url_path="incidents"),
        *(OFFICE if os.environ.get("MINEWATCH_OFFICE") == "1" else []),
        st.Page("app_pages/quality.py", title="数据质量", url_path="quality"),
    ],
    position="top",
).run()
