"""Tables on a page: readable on the spot, and as files that say what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboards import exports, frame, markup, visitor, words
from dashboards.access import Person
from dashboards.stamp import Stamp

# More rows than anyone reads on a page; the files hold them all.
SHOWN_ROWS = 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = (
    "原因",
    "原始内容",
    "说明",
    "实际情况",
    "巡查检查区域位置",
    "制止取缔及关闭情况",
    "处置情况",
    "台账说法",
    "依据内容",
    "理由",
    "异常描述",
)

# By the unit in a column's name; the files hold every digit.
NUMBER_FORMS = {
    r"(^|_)days(_|$)|(^|_)hours(_|$)": "%.1f",
    r"_(yuan|count|minutes|after_due)$": "localized",
}


def listed(rows: pd.DataFrame) -> None:
    """A short table with Chinese column names, every word visible; empty columns are left out."""
    st.html(markup.STYLE + markup.listed(rows))


def facts(row: pd.DataFrame) -> None:
    """One row with many columns, a line a column; empty ones are left out."""
    st.html(markup.STYLE + markup.facts(row))


def noted(
    person: Person, what: str, filters: Mapping[str, list[str]], make: Callable[[], bytes]
) -> Callable[[], bytes]:
    """`make`, written down in the access log when somebody takes the file."""

    def take() -> bytes:
        visitor.note_export(person, what, dict(filters))
        return make()

    return take


def browsable(
    rows: pd.DataFrame,
    mart: str,
    title: str,
    stamp: Stamp,
    filters: Mapping[str, list[str]],
    picked: str = "",
    ids: Sequence[str] = (),
    opens: str = "",
) -> None:
    """A long table that sorts and searches, with its download buttons.

    `mart` gives the columns their labels; empty if they are in Chinese already.
    `picked` names the filter that shows one of `ids`, the rows' keys: a click on a row sets it, on the
    page that `opens` names if it is not this one. Rows that lead nowhere else lead to their site.
    """
    if not picked and "site_id" in rows and rows["site_id"].notna().any():
        picked, ids, opens = "site", rows["site_id"].tolist(), "sites"
        st.caption("点选有点位的一行，打开点位档案。")

    def pick() -> None:
        chosen = st.session_state[f"{title}表"]["selection"]["rows"]
        if not chosen or pd.isna(ids[chosen[0]]):
            return
        if opens:
            frame.open_page(opens, **{picked: ids[chosen[0]]})
        else:
            st.session_state[picked] = ids[chosen[0]]

    chinese = words.in_chinese(rows, mart)
    # Three lines a row where there are sentences; Streamlit breaks them only in rows above 64 pixels.
    row_height = 66 if set(WIDE) & set(chinese) else 36
    st.dataframe(
        chinese.head(SHOWN_ROWS),
        hide_index=True,
        row_height=row_height,
        height=min(row_height * len(chinese) + 40, 460),
        placeholder="",
        key=f"{title}表",
        column_config={
            name: st.column_config.TextColumn(width="large") for name in WIDE if name in chinese
        }
        | {
            name: st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
            for name in chinese.select_dtypes("datetime").columns
        }
        | {
            chinese.columns[place]: st.column_config.NumberColumn(format=form)
            for place, column in enumerate(rows.columns)
            for ending, form in NUMBER_FORMS.items()
            if re.search(ending, column)
        },
        on_select=pick if picked else "ignore",
        selection_mode="single-row",
        alt=title,
    )
    if len(chinese) > SHOWN_ROWS:
        st.caption(f"表中显示前 {SHOWN_ROWS:,} 行，共 {len(chinese):,} 行；下载的文件包含全部。")
    person = visitor.current()
    with st.container(horizontal=True):
        st.download_button(
            "下载 Excel",
            data=noted(
                person,
                f"{title}（Excel）",
                filters,
                lambda: exports.xlsx_bytes(chinese, title, stamp, filters),
            ),
            file_name=stamp.file_name(title, "xlsx"),
            mime=XLSX,
            key=f"{title}xlsx",
            on_click="ignore",
        )
        st.download_button(
            "下载 CSV",
            data=noted(
                person,
                f"{title}（CSV）",
                filters,
                lambda: exports.csv_bytes(chinese, stamp, filters),
            ),
            file_name=stamp.file_name(title, "csv"),
            mime="text/csv",
            key=f"{title}csv",
            on_click="ignore",
        )
