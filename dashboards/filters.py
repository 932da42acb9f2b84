"""Filters that live in the address: whoever gets the link sees the same picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from dashboards import access_log, data, queries, words
from dashboards.stamp import Stamp
from warehouse.versions import Version

# A quarter: enough weeks for a trend, and the county's own patrol period.
DEFAULT_DAYS = 91
FIRST_DAY = date(2010, 1, 1)


def level() -> str:
    """The patrol level to look at."""
    return one_of("巡查级别", words.LEVELS, "level")


def townships(version: Version, with_county: bool = False) -> list[str]:
    """Codes of the chosen townships; empty means all. What belongs to none of them is `county`."""
    names = township_names(version, with_county)
    return st.multiselect(
        "乡镇",
        list(names),
        format_func=lambda code: names.get(code, code),
        placeholder="全部乡镇",
        key="township",
        bind="query-params",
    )


def township_names(version: Version, with_county: bool = False) -> dict[str, str]:
    """Townships of today by their codes, the county's own last."""
    known = data.ask(version, queries.county.townships)
    names = dict(zip(known["township_code"], known["township_name"], strict=True))
    return names | ({"county": words.COUNTY_LEVEL} if with_county else {})


def lead_units(version: Version) -> list[str]:
    """Names of the chosen lead units; empty means all."""
    return st.multiselect(
        "牵头单位",
        data.ask(version, queries.duties.lead_units)["lead_unit_name"].tolist(),
        placeholder="全部单位",
        key="lead",
        bind="query-params",
    )


def clauses(version: Version) -> list[str]:
    """Codes of the chosen clauses; empty means all."""
    return st.multiselect(
        "条款",
        data.ask(version, queries.duties.clauses)["clause_code"].tolist(),
        format_func=words.clause_name,
        placeholder="全部条款",
        key="clause",
        bind="query-params",
    )


def number(label: str, key: str) -> str:
    """The number of the one thing to be shown; empty until one is chosen."""
    return st.text_input(
        label, placeholder="点选上表一行，或粘贴编号", key=key, bind="query-params"
    ).strip()


def days(stamp: Stamp) -> tuple[date, date]:
    """First and last day to look at, both inclusive; never later than the as-of day."""
    today = stamp.as_of_at.date()
    chosen = st.date_input(
        "时间范围",
        (today - timedelta(days=DEFAULT_DAYS - 1), today),
        min_value=FIRST_DAY,
        max_value=today,
        format="YYYY-MM-DD",
        # Wide enough for both days, also on a phone beside another filter.
        width=260,
        key="days",
        bind="query-params",
    )
    # Between the two clicks of choosing a range there is only its first day, and so there is in the
    # address of a range of one day.
    return min(chosen), max(chosen)


def in_words(
    version: Version, township_codes: list[str], first: date, last: date
) -> dict[str, list[str]]:
    """The two filters that most pages have, as their tables' files name them."""
    known = township_names(version, with_county=True)
    return {
        "时间范围": [f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"],
        "乡镇": [name for code, name in known.items() if code in township_codes],
    }


def one_of(label: str, names: dict[str, str], key: str) -> str:
    """One of a few lists, named in words; the first one unless the address says otherwise."""
    return st.segmented_control(
        label,
        list(names),
        default=next(iter(names)),
        required=True,
        format_func=names.get,
        key=key,
        bind="query-params",
    )


def case(version: Version) -> str | None:
    """The case whose course is to be shown; None until one is chosen."""
    return st.selectbox(
        "案件编号",
        data.ask(version, queries.cases.numbers)["case_id"].tolist(),
        index=None,
        placeholder="点选上表一行，或在此输入编号查找",
        key="case",
        bind="query-params",
    )


def feeds(version: Version) -> list[str]:
    """Tokens of the chosen feeds; empty means all."""
    return st.multiselect(
        "数据种类",
        data.ask(version, queries.quality.feed_codes)["feed_code"].tolist(),
        format_func=words.feed_name,
        placeholder="全部种类",
        key="feed",
        bind="query-params",
    )


def senders(version: Version) -> list[str]:
    """The chosen senders; empty means all."""
    return st.multiselect(
        "报送单位",
        data.ask(version, queries.quality.sender_names)["sender_name"].tolist(),
        placeholder="全部单位",
        key="sender",
        bind="query-params",
    )


def counties(version: Version) -> list[str]:
    """Codes of the chosen counties of a city; empty means all."""
    known = data.ask(version, queries.counties.names)
    names = dict(zip(known["county_code"], known["county_name"], strict=True))
    return st.multiselect(
        "县",
        list(names),
        format_func=lambda code: names.get(code, code),
        placeholder="全部县",
        key="county",
        bind="query-params",
    )


def month(months: list[str]) -> str:
    """The month of packages or of the access log; the latest unless the address says otherwise."""
    return st.selectbox("月份", months, key="month", bind="query-params")


def actions_of_log() -> list[str]:
    """The chosen kinds of lines of the access log; empty means all."""
    return st.multiselect(
        "动作",
        list(access_log.ACTIONS.values()),
        placeholder="全部动作",
        key="action",
        bind="query-params",
    )


def query_to_start_from(titles: list[str], chosen: Callable[[], None]) -> None:
    """An example or a kept query, which `chosen` puts into the editor."""
    st.selectbox(
        "示例和已保存的查询",
        titles,
        index=None,
        placeholder="选一条，填入下面的查询框",
        key="offered",
        on_change=chosen,
    )


def table_to_describe(titles: dict[str, str]) -> str | None:
    """The mart whose columns are to be told, found by its Chinese title or its name; none means all."""
    return st.selectbox(
        "表",
        list(titles),
        index=None,
        format_func=lambda mart: f"{titles[mart]} · {mart}",
        placeholder="全部表；可输入中文名或表名查找",
        key="table",
        bind="query-params",
    )
