"""What several pages show alike: figures that lead to their pages, duties, changes, the dictionary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, data, filters, frame, markup, queries, tables, words
from dashboards.stamp import Stamp
from warehouse.versions import Version

# A leader decides a handful in a morning; the page of incidents lists all.
PRESSING = 5
# Pixels: twenty clauses fit a laptop's screen below the figures.
LINE_HEIGHT = 17


def tiles(version: Version, stamp: Stamp, townships: list[str], first: date, last: date) -> None:
    """Six figures, each a link to the page it comes from."""
    duties = data.ask(version, queries.duties.counted, townships, [], [], first, last).iloc[0]
    incidents = data.ask(version, queries.incidents.counted, townships, first, last).iloc[0]
    cases = data.ask(version, queries.cases.counted, townships, first, last).iloc[0]
    cameras = data.ask(version, queries.video.cameras, townships, first, last)
    coverage = data.ask(version, queries.patrols.latest_coverage, townships)
    online, offline = cameras["online_minutes"].sum(), cameras["offline_minutes"].sum()
    ended = duties[["met_count", "met_late_count", "overdue_count", "no_report_count"]].sum()
    shown = [
        markup.tile(
            "按期完成率",
            charts.look.percent(duties["met_count"], ended),
            f"逾期 {int(duties['overdue_count']):,}，未报送 {int(duties['no_report_count']):,}",
            "按期完成 ÷（按期完成＋逾期完成＋逾期未完成＋未报送）；免除的不计",
            "duties",
        ),
        markup.tile(
            "高可信未处理（起）",
            f"{int(incidents['sure_unanswered_count']):,}",
            f"可疑事件共 {int(incidents['suspected_count']):,} 起",
            "已查实或有两类以上可信来源，既没有案件，也没有书面说明",
            "incidents?incidents=高可信未处理",
        ),
        markup.tile(
            "在办案件（件）",
            f"{int(cases['open_count']):,}",
            f"新立案 {int(cases['filed_count']):,}，办结 {int(cases['ended_count']):,}",
            "已立案而未办结的；新立案、办结为所选时间内",
            "cases",
        ),
        *(
            markup.tile(*frame.coverage_told(row, stamp), "patrols")
            for row in coverage[coverage["patrol_level_code"] != "county"].itertuples()
        ),
        markup.tile(
            "摄像机在线率",
            charts.look.percent(online, online + offline),
            f"静默 {int(cameras['is_silent_at_end'].sum()):,} 台，{frame.known_until(cameras)}",
            "在线分钟 ÷（在线分钟＋离线分钟），没有状态记录的时间不计",
            "video",
        ),
    ]
    st.html(f'{markup.STYLE}<div class="tiles">{"".join(shown)}</div>')


def deadlines(version: Version, stamp: Stamp) -> None:
    """Days left to each deadline, counted from the as-of day, how far it has come, and the forecast."""
    weeks = data.ask(version, queries.duties.deadline_weeks, None)
    parts = []
    for deadline in data.ask(version, queries.county.deadlines).itertuples():
        left = int(deadline.days_left)
        known = weeks[weeks["deadline_code"] == deadline.deadline_code]
        planned = int(known.iloc[-1]["planned_count"]) if len(known) else 0
        guessed = "" if deadline.certainty_code == "sourced" else "（设定值）"
        parts.append(
            markup.progress(
                f"{deadline.deadline_name}（{deadline.due_date:%Y-%m-%d}{guessed}）",
                f"还有 {left} 天" if left >= 0 else f"已超期 {-left} 天",
                int(known.iloc[-1]["done_count"]) / planned if planned else 0,
                charts.duties.progress_finding(known.iloc[-1]) if planned else "没有列入计划的事项",
            )
        )
    st.html(markup.STYLE + "".join(parts))


@st.cache_resource(max_entries=50, show_spinner=False, hash_funcs={Stamp: repr})
def drawn(
    grid: pd.DataFrame,
    clauses: pd.DataFrame,
    names: dict[str, str],
    stamp: Stamp,
    factor: float,
) -> go.Figure:
    """The heat map of these rows; drawing takes as long as all else on the page, and nobody changes it."""
    figure = charts.duties.by_clause_and_township(
        grid, clauses, names, stamp, line_height=LINE_HEIGHT
    )
    return charts.look.enlarged(figure, factor)


def duties(
    version: Version,
    stamp: Stamp,
    townships: list[str],
    first: date,
    last: date,
    picked: Callable[[list[str]], None] | None = None,
    factor: float = 1,
) -> None:
    """The heat map of clause by township, low enough for one screen; `factor` times as large."""
    grid = data.ask(version, queries.duties.by_clause_and_township, townships, [], [], first, last)
    if grid.empty:
        st.info("所选范围内没有到期或未到期的义务。请扩大时间范围，或取消其他筛选。")
        return
    names = filters.township_names(version, with_county=True)
    figure = drawn(
        grid,
        data.ask(version, queries.duties.clauses),
        {code: name for code, name in names.items() if not townships or code in townships},
        stamp,
        factor,
    )
    frame.show(
        figure,
        stamp,
        "义务状态",
        picked=picked,
    )
    st.caption(charts.duties.GRID_NOTE)


def decisions(version: Version, stamp: Stamp, townships: list[str]) -> None:
    """The incidents that wait for a decision: one sentence each, why, since when, whose."""
    rows = data.ask(version, queries.overview.pressing, townships, stamp.as_of_at, PRESSING)
    with st.container(gap=None):
        st.markdown("**需要决定的事件**")
        if rows.empty:
            st.caption("没有高可信而未处理的事件。")
            return
        sentences = {
            f"incidents?incident={row.incident_id}": charts.incidents.decision(row)
            for row in rows.itertuples()
        }
        st.html(markup.STYLE + markup.links(sentences))


def changes(version: Version, stamp: Stamp, townships: list[str]) -> None:
    """What the last seven days brought beside the seven before."""
    rows = data.ask(version, queries.overview.changes, townships, stamp.as_of_at)
    with st.container(gap=None):
        st.markdown("**近七天与前七天**")
        if rows.empty:
            st.caption("没有事件、案件、义务和台账发现。")
        else:
            st.html(markup.STYLE + markup.changes(rows))


def dictionary(described: pd.DataFrame, stamp: Stamp) -> None:
    """Tables by their Chinese titles, and columns: those of the chosen table, else all."""
    of_tables = ["table_title", "table_name", "table_text"]
    marts = described[of_tables].drop_duplicates("table_name")
    table = filters.table_to_describe(
        dict(zip(marts["table_name"], marts["table_title"], strict=True))
    )
    if table:
        columns = described[described["table_name"] == table]
        st.caption(columns["table_text"].iloc[0])
        # Below it stands the editor of the SQL page.
        with st.container(height=460):
            tables.listed(words.in_chinese(columns.drop(columns=of_tables), "dictionary"))
        return
    st.caption(
        f"{len(marts)} 张表，{len(described):,} 列。点选一张表查看它的列；"
        "表格右上角的放大镜可按中文查找。中文列名就是各页和导出文件的列名。"
    )
    ids = marts["table_name"].tolist()
    tables.browsable(marts, "dictionary", "数据表", stamp, {}, picked="table", ids=ids)
    tables.browsable(
        described.drop(columns="table_text"), "dictionary", "数据字典", stamp, {"表": []}
    )
