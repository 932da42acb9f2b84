"""What every page begins with: whose data this is, as of when, how fresh, and whether it is a sample."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import charts, data, queries, visitor, words
from dashboards.stamp import SAMPLE_MARK, Stamp
from warehouse.versions import Version

# Plotly speaks English unless told; the two words that readers meet are enough.
CHART_CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {
                "Download plot": "下载图片",
                "Download plot as a PNG": "下载图片",
                "Download plot as a png": "下载图片",
                "Zoom in": "放大",
                "Zoom out": "缩小",
                "Reset axes": "还原",
            },
            "format": {},
        }
    },
}


def open_page(page: str, **address: str) -> None:
    """From a click's callback: open that page with these filters as soon as this one runs again.

    The range of days goes along. The browser is sent there as by a link: Streamlit's own way of changing
    pages leaves addresses behind that nobody has seen, and going back would lose the filters.
    """
    days = {"days": st.query_params.get_all("days")} if "days" in st.query_params else {}
    st.session_state["opened"] = f"{page}?{urlencode(days | address, doseq=True)}"


def go_to(page: str) -> None:
    """Lead to what was asked for before signing in, else to that page with the filters of this address.

    The way back leaves this address out.
    """
    st.html(
        f"""<script>
        const asked = sessionStorage.getItem('{visitor.ASKED}');
        sessionStorage.removeItem('{visitor.ASKED}');
        location.replace(asked ?? '{page}' + location.search);
        </script>""",
        unsafe_allow_javascript=True,
    )


def link_to_site(row: pd.Series) -> None:
    """A way to the page of the site that the row is about; none where it is about none."""
    if pd.notna(row["site_id"]):
        label = f"点位档案：{row['site_id']}"
        st.page_link("app_pages/sites.py", label=label, query_params={"site": row["site_id"]})


def begin(title: str, feeds: Sequence[str] = words.EVIDENCE_FEEDS) -> tuple[Version, Stamp]:
    """Draw the head of a page and return what it shows; stops where nothing is published yet.

    `feeds` are those that the page lives on, whose age it tells.
    """
    if "opened" in st.session_state:
        # Nothing in it but names and what `urlencode` left.
        link = st.session_state.pop("opened")
        st.html(f"<script>location.assign('{link}')</script>", unsafe_allow_javascript=True)
        st.stop()
    version = data.current_version()
    if version is None:
        st.title(title)
        nothing_published()
        st.stop()
    about = data.ask(version, queries.quality.version).iloc[0]
    stamp = Stamp(
        county_name=about["county_name"],
        as_of_at=about["as_of_at"].to_pydatetime(),
        version_id=version.id,
        is_sample=bool(about["is_sample"]),
    )
    mark = f":orange-badge[**{SAMPLE_MARK}**]　" if stamp.is_sample else ""
    history = "　:violet-badge[按历史时点重建]" if about["is_as_of_build"] else ""
    received = data.ask(version, queries.quality.feeds_received, stamp.as_of_at)
    if visitor.current().is_narrow:
        # Of others' deliveries nothing is known here, which does not mean that none came.
        label, feeds = (
            "本单位最近来件",
            [feed for feed in feeds if feed in set(received["feed_code"])],
        )
    else:
        label = "最近来件"
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.title(f"{stamp.county_name} · {title}", width="content", anchor=False)
            st.markdown(
                f"{mark}数据截至 **{stamp.as_of_at:%Y-%m-%d %H:%M}**{history}　"
                f":gray[版本 {version.id}，构建于 {about['built_at']:%Y-%m-%d %H:%M}]",
                width="content",
            )
        if feeds:
            with st.container(horizontal=True, gap="small"):
                for text in [label, *freshness(received, feeds)]:
                    st.markdown(text, width="content")
    guessed = data.ask(version, queries.county.unknown_calendar_years, stamp.as_of_at)[
        "year_number"
    ]
    if len(guessed):
        years = "、".join(str(year) for year in guessed)
        st.caption(
            f":orange-badge[日历] {years} 年的节假日安排尚未录入，工作日暂按周末推算。"
            "请把放假和调休日期写入数据目录的 holidays.csv 后重新构建。"
        )
    return version, stamp


def nothing_published() -> None:
    """What to run before there is anything to show."""
    st.info(
        "还没有已发布的数据版本，页面暂无内容。\n\n"
        "- 先看样例：运行 `minewatch sample`，再运行 `minewatch run`。\n"
        "- 正式使用：运行 `minewatch init --county 县名`，把来件放进数据目录的 `inbox`，"
        "再运行 `minewatch run`。\n\n"
        "发布完成后刷新本页即可。如果已经运行过，请用 `minewatch status` 查看没有发布的原因。"
    )


def freshness(received: pd.DataFrame, feeds: Sequence[str]) -> list[str]:
    """Per feed how old its last usable delivery is, in words."""
    ages = dict(zip(received["feed_code"], received["days_since"], strict=True))
    return [
        f"{words.feed_name(feed)} **{age_in_words(ages[feed])}**"
        if feed in ages
        else f"{words.feed_name(feed)} :red-badge[{age_in_words(None)}]"
        for feed in feeds
    ]


def age_in_words(days: int | None) -> str:
    """0 → 今天, 3 → 3 天前, None → 未收到."""
    if days is None:
        return "未收到"
    return "今天" if days == 0 else f"{int(days)} 天前"


def show(
    figure: go.Figure,
    stamp: Stamp,
    what: str,
    can_zoom: bool = False,
    picked: Callable[[list[str]], None] | None = None,
) -> None:
    """A figure, with a button that saves it as a picture under a telling name.

    A click on a point hands that point's `ids` to `picked` before the page runs again.
    """

    def pick() -> None:
        points = st.session_state[what]["selection"]["points"]
        if picked and points:
            picked(points[0]["customdata"][1:])

    zoom = [["zoomIn2d", "zoomOut2d", "resetScale2d"]] if can_zoom else []
    st.plotly_chart(
        figure,
        theme=None,
        key=what,
        alt=figure.layout.meta["title"],
        on_select=pick if picked else "ignore",
        selection_mode="points",
        config=CHART_CONFIG
        | {
            "modeBarButtons": [*zoom, ["toImage"]],
            "toImageButtonOptions": {
                "format": visitor.picture_format(),
                "scale": 2,
                "filename": stamp.file_name(what, "png").removesuffix(".png"),
            },
        },
    )


def say_empty(version: Version, stamp: Stamp, feed_code: str, what: str) -> None:
    """Why there is nothing to see, and what to do about it: nothing ever came, or not in the range."""
    received = data.ask(version, queries.quality.feeds_received, stamp.as_of_at)
    if visitor.current().is_narrow:
        st.info(f"所选范围内没有您可以查看的{what}。")
    elif feed_code in set(received["feed_code"]):
        st.info(f"所选范围内没有{what}。请扩大时间范围，或取消其他筛选。")
    else:
        st.info(
            f"还没有收到{words.feed_name(feed_code)}。请把来件放进数据目录的 `inbox/{feed_code}`，"
            "再运行 `minewatch run`。"
        )


def card(label: str, value: int | str, note: str = "", help_text: str = "") -> None:
    """One figure; the note below it says what else must be known to read it."""
    st.metric(
        label,
        value if isinstance(value, str) else f"{value:,}",
        delta=note or None,
        delta_arrow="off",
        delta_color="off",
        help=help_text or None,
        border=True,
        # Cards of one row are equally high, with or without a note.
        height="stretch",
    )


def known_until(cameras: pd.DataFrame) -> str:
    """The last day on which any camera was heard of: after it all are silent for want of a file."""
    last = cameras["last_known_date"].max()
    return "没有状态记录" if pd.isna(last) else f"状态记录至 {last:%m-%d}"


def coverage_told(row: Any, stamp: Stamp) -> tuple[str, str, str, str]:
    """Coverage of one level in its last closed period: label, value, note, and how it is counted."""
    period = charts.look.relative_period_name(
        row.period_kind_code,
        row.period_start_date.date(),
        row.period_end_date.date(),
        stamp.as_of_at.date(),
    )
    silent = f"，{row.silent_count} 个乡镇未报" if row.silent_count else ""
    return (
        f"{words.LEVELS.get(row.patrol_level_code, row.patrol_level_code)}巡查覆盖率",
        charts.look.percent(row.done_count, row.expected_count),
        period + silent,
        f"应巡 {row.expected_count}，已巡 {row.done_count}",
    )


def coverage_card(row: Any, stamp: Stamp) -> None:
    """Coverage of one level as a card."""
    card(*coverage_told(row, stamp))


def freshness_table(received: pd.DataFrame) -> pd.DataFrame:
    """Per feed the last usable delivery, the longest ago first."""
    ordered = received.sort_values("days_since", ascending=False)
    return pd.DataFrame(
        {
            "数据种类": ordered["feed_code"].map(words.feed_name),
            "最近接收": ordered["last_received_at"].dt.strftime("%Y-%m-%d %H:%M"),
            "距今": ordered["days_since"].map(age_in_words),
            "可用来件（份）": ordered["delivery_count"],
        }
    )
