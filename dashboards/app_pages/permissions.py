"""权限与日志: who may see what, and who looked at what, for the audit."""

import streamlit as st

from dashboards import access_log, accounts, filters, frame, permissions, tables
from warehouse.settings import Home

home = Home.open()
_, stamp = frame.begin("权限与日志", ())

st.subheader("权限清单")
people = permissions.listed(home)
if accounts.mode(home) == "local":
    st.info(
        "没有设置登录：看板只在本机使用，使用者可看全部页面和全部数据。"
        "多人使用的，用 `minewatch accounts add` 建立账号，或接入统一身份认证。"
    )
elif people.empty:
    st.info("还没有账号。用 `minewatch accounts add` 登记。")
else:
    st.caption("账号是岗位，不是个人。一个账号的角色决定页面和数据范围，更改后下一次点击生效。")
    if accounts.mode(home) == "oidc":
        st.caption(
            "声明是统一认证对登录者的说明（如所在的组）：没有账号的人凭它得到角色，账号（含停用的）优先；"
            f"认证那边的变动到下一次登录时生效，最迟 {accounts.SESSION_HOURS} 小时。"
        )
    tables.browsable(people, "", "权限清单", stamp, {})
st.markdown("**各角色的页面**")
tables.browsable(permissions.by_page(), "", "各角色的页面", stamp, {})

st.subheader("访问日志")
st.caption("谁在什么时候看了哪一页、用了哪些筛选、导出了什么；只追加，按月存放，不含密码。")
months = access_log.months(home)
if not months:
    st.info("还没有访问记录。")
    st.stop()
with st.container(horizontal=True):
    month = filters.month(months)
    actions = filters.actions_of_log()
log = access_log.lines(home, month)
log = log[log["动作"].isin(actions)] if actions else log
tables.browsable(log, "", "访问日志", stamp, {"月份": [month], "动作": actions})
