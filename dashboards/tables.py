"""Tables on a page: readable on the spot, and as files that say what they are."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboards import exports, words
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
)

# By the unit in a column's name; the files hold every digit.
NUMBER_FORMS = {
    r"(^|_)days(_|$)|(^|_)hours(_|$)": "%.1f",
    r"_(yuan|count|minutes|after_due)$": "localized",
}

# On a phone a row becomes a small card with the column's name before each value.
STYLE = """<style>
.listed {width: 100%; border-collapse: collapse; margin-bottom: 0.5rem}
.listed th, .listed td {text-align: left; vertical-align: top; padding: 0.35rem 0.6rem;
  border-bottom: 1px solid #d6dcd3; overflow-wrap: anywhere}
.listed th {font-weight: 600; white-space: nowrap; background: #f4f6f3}
.listed td.whole {white-space: nowrap}
@media (max-width: 640px) {
  .listed thead, .listed tbody th {display: none}
  .listed tr {display: block; border-bottom: 2px solid #d6dcd3; padding: 0.3rem 0}
  .listed td {display: block; border: none; padding: 0.1rem 0.2rem}
  .listed td:empty {display: none}
  .listed td::before {content: attr(data-label) "："; color: #6b7280}
}
</style>"""


def listed(rows: pd.DataFrame) -> None:
    """A short table with Chinese column names, every word visible; empty columns are left out.

    Plain escaped HTML: `st.table` reads its cells as Markdown, so that a file name could fetch a
    picture from the internet.
    """
    cells = exports.plain(rows)
    filled = [place for place in range(len(rows.columns)) if any(row[place] != "" for row in cells)]
    names = [html.escape(str(rows.columns[place])) for place in filled]
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{name}"{whole(value)}>{html.escape(in_digits(value))}</td>'
            for name, value in zip(names, (row[place] for place in filled), strict=True)
        )
        + "</tr>"
        for row in cells
    )
    st.html(
        f'{STYLE}<table class="listed"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def facts(row: pd.DataFrame) -> None:
    """One row with many columns, a line a column; empty ones are left out."""
    [cells] = exports.plain(row)
    lines = [
        f'<tr><th>{html.escape(str(name))}</th><td data-label="{html.escape(str(name))}">'
        f"{html.escape(in_digits(cell))}</td></tr>"
        for name, cell in zip(row.columns, cells, strict=True)
        if cell != ""
    ]
    st.html(f'{STYLE}<table class="listed"><tbody>{"".join(lines)}</tbody></table>')


def in_digits(value: str | int | float) -> str:
    """A cell as text; numbers in groups of three digits, whole ones without a decimal point."""
    if isinstance(value, str):
        return value
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def whole(value: str | int | float) -> str:
    """A day or time is not broken into two lines."""
    return " class=whole" if re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", str(value)) else ""


def browsable(
    rows: pd.DataFrame,
    mart: str,
    title: str,
    stamp: Stamp,
    filters: Mapping[str, list[str]],
    picked: str = "",
    ids: Sequence[str] = (),
) -> None:
    """A long table that sorts and searches, with its download buttons.

    `picked` names the filter that shows one of `ids`, the rows' keys: a click on a row sets it.
    """

    def pick() -> None:
        chosen = st.session_state[f"{title}表"]["selection"]["rows"]
        if chosen:
            st.session_state[picked] = ids[chosen[0]]

    chinese = words.in_chinese(rows, mart)
    # Two lines a row where there are sentences.
    row_height = 56 if set(WIDE) & set(chinese) else 36
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
    with st.container(horizontal=True):
        st.download_button(
            "下载 Excel",
            data=lambda: exports.xlsx_bytes(chinese, title, stamp, filters),
            file_name=stamp.file_name(title, "xlsx"),
            mime=XLSX,
            key=f"{title}xlsx",
            on_click="ignore",
        )
        st.download_button(
            "下载 CSV",
            data=lambda: exports.csv_bytes(chinese, stamp, filters),
            file_name=stamp.file_name(title, "csv"),
            mime="text/csv",
            key=f"{title}csv",
            on_click="ignore",
        )
