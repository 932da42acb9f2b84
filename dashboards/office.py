"""The office's papers on a page: chosen, written by the command in a folder of their own, downloaded.

Nothing of a published version is touched.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path

import streamlit as st

from dashboards import filters, tables, visitor, words
from dashboards.command import minewatch
from dashboards.stamp import Stamp
from warehouse.settings import Home

WITH_UNIT = {"forms", "rejects", "remind"}


def section(stamp: Stamp) -> None:
    """Choose a paper, have it written, download it."""
    st.subheader("办公室文书")
    kind = filters.one_of("文书", words.PAPERS, "paper")
    st.caption(words.PAPER_NOTES[kind])
    arguments: list[str] = []
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if kind in WITH_UNIT:
            unit = st.text_input(
                "单位（名称或代码）", placeholder="全部单位", key="paper_unit", width=360
            )
            arguments += ["--unit", unit.strip()] if unit.strip() else []
        this_month = stamp.as_of_at.date().replace(day=1)
        if kind == "forms":
            period = st.text_input(
                "周期（如 2022-W45、2022-11、2022-Q4）",
                f"{this_month:%Y-%m}",
                key="paper_period",
            )
            arguments += ["--period", period.strip()]
        if kind == "submit":
            last_month = this_month - timedelta(days=1)
            month = st.text_input(
                "月份（如 2022-11）", f"{last_month:%Y-%m}", key="paper_month"
            ).strip()
            arguments.append(month)
        is_wanted = st.button("生成", type="primary", key="paper_write")
    # The version belongs to the wish: after another one is published the old file is no answer.
    wish = (kind, *arguments, stamp.version_id)
    if is_wanted:
        with st.spinner("正在生成 …"):
            st.session_state["paper_written"] = (wish, *written(kind, arguments))
    last_wish, files, message = st.session_state.get("paper_written", (None, {}, ""))
    if last_wish != wish:
        return
    if not files:
        st.error(message or "没有生成文件。")
        return
    name, content = as_one_file(files, stamp.file_name(words.PAPERS[kind], "zip"))
    st.success(f"已生成 {len(files)} 个文件。")
    # Letters and returned rows leave the house here: who took them is written down.
    take = tables.noted(visitor.current(), name, {"文书": [" ".join(arguments)]}, lambda: content)
    st.download_button("下载", take, file_name=name, on_click="ignore")


def written(kind: str, arguments: list[str]) -> tuple[dict[str, bytes], str]:
    """The files that the command writes, by their path below its folder, and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "晨报.html" if kind == "brief" else Path(folder)
        options = ["--workbooks"] if kind == "rejects" else []
        # A month that begins with a dash is a value and no option.
        values = ["--", *arguments] if kind == "submit" else arguments
        done = minewatch(Home.open(), kind, *options, "--to", str(target), *values)
        files = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file()
        }
        said = done.stderr.strip() or done.stdout.strip()
        return (files if done.returncode == 0 else {}), said


def as_one_file(files: dict[str, bytes], name: str) -> tuple[str, bytes]:
    """One file as it is, several as a zip of that name."""
    if len(files) == 1:
        [(path, content)] = files.items()
        return Path(path).name, content
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(path, content)
    return name, stream.getvalue()
