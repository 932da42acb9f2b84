"""Reports to those above on a page: what is due, written, read, signed and downloaded."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import streamlit as st

from dashboards import filters, tables, words
from dashboards.command import minewatch
from dashboards.stamp import Stamp
from warehouse.settings import Home
from warehouse.versions import Version

PERIOD = re.compile(r"\d{4}[0-9A-Z.-]*")


def command(*arguments: str) -> tuple[bool, str]:
    """Run `minewatch report …`: whether it was done, and what it said."""
    done = minewatch(Home.open(), "report", *arguments)
    said = done.stdout if done.returncode == 0 else done.stderr or done.stdout
    return done.returncode == 0, said.strip()


def changed_at() -> float:
    """When a record was last written: what is known of reports holds until then."""
    found = Home.open().reports.glob("*/*/record.json")
    return max((path.stat().st_mtime for path in found), default=0.0)


@st.cache_data(max_entries=20, show_spinner=False)
def _known(version_id: str, home: str, changed: float, verb: str) -> list[dict[str, Any]]:
    is_done, said = command(verb, "--json")
    return json.loads(said) if is_done else []


def known(version: Version, verb: str) -> list[dict[str, Any]]:
    """What `due` or `list` says, asked again when a version or a record is new."""
    return _known(version.id, str(Home.open().root), changed_at(), verb)


def due_table(version: Version) -> pd.DataFrame:
    """Reports owed, the first due first."""
    return pd.DataFrame(
        [
            {
                "报告": one["name"],
                "报送对象": one["recipient_name"],
                "到期": one["due_date"] + ("" if one["is_certain"] else "（设定）"),
                "状态": one["state"],
            }
            for one in known(version, "due")
        ]
    )


def due(version: Version) -> None:
    """What is due, as a table of a page."""
    rows = due_table(version)
    if rows.empty:
        st.info("报送日历上没有应报的报告：还没有统计数字，或日历为空。")
    else:
        tables.listed(rows)


def section(version: Version, stamp: Stamp) -> None:
    """The whole of it, one thing after the other."""
    st.subheader("该报的报告")
    due(version)
    st.subheader("生成和审签")
    last_month = stamp.as_of_at.date().replace(day=1) - timedelta(days=1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period = st.text_input(
            "报告期（如 2022-11、2022-Q4、2022-W47）", f"{last_month:%Y-%m}", key="report_period"
        ).strip()
        recipient = filters.one_of("报送对象", words.RECIPIENTS, "recipient")
        kind = filters.one_of("稿别", words.REPORT_KINDS, "kind")
        is_wanted = st.button("生成", type="primary", key="report_write")
    if not PERIOD.fullmatch(period):
        st.info("请填写报告期。")
        return
    if is_wanted:
        options = {"draft": ["--draft"], "zero": ["--zero"]}.get(kind, [])
        with st.spinner("正在生成 …"):
            answer(*command("write", period, "--to", recipient, *options))
    folder = Home.open().reports / period / recipient
    files = report_files(folder, "draft" if kind == "draft" else "for_signing")
    if not files:
        st.caption("还没有这份报告的文件。")
    else:
        downloads(files)
        preview(files)
    sign(version, period, recipient)
    st.subheader("历次报告")
    history(version)


def answer(is_done: bool, said: str) -> None:
    """What the command said."""
    (st.success if is_done else st.error)(said)


def report_files(folder: Path, wanted: str) -> list[Path]:
    """The files of a report: locked ones before any others."""
    for name in ("locked", wanted):
        if found := sorted(path for path in (folder / name).glob("*") if path.is_file()):
            return found
    return []


def downloads(files: list[Path]) -> None:
    """A button a file."""
    with st.container(horizontal=True):
        for path in files:
            st.download_button(
                path.suffix.lstrip(".") + ("（附表）" if "附表" in path.stem else ""),
                path.read_bytes(),
                file_name=path.name,
                key=f"download_{path}",
                on_click="ignore",
            )


def preview(files: list[Path]) -> None:
    """The text and tables of the document, in its order."""
    path = next((path for path in files if path.suffix == ".docx"), None)
    if path is None:
        return
    with st.expander(f"预览：{path.stem}"):
        for item in docx.Document(path).iter_inner_content():
            if hasattr(item, "rows"):
                head, *rows = ([cell.text for cell in row.cells] for row in item.rows)
                lines = [row for row in rows if len(set(row)) > 1]
                tables.listed(pd.DataFrame(lines, columns=[text.split("\n")[0] for text in head]))
            elif text := item.text.strip():
                st.text(text)


def sign(version: Version, period: str, recipient: str) -> None:
    """The next signature, for a report that waits for one."""
    record = next(
        (
            one
            for one in known(version, "list")
            if (one["period"], one["recipient"]) == (period, recipient)
        ),
        None,
    )
    if record is None:
        return
    st.caption(f"{record['state']}；版本 {record['version_id']}")
    step = record["next_step"]
    if step is None:
        return
    with st.form("report_sign", border=True):
        arguments = ["--step", step, "--position", st.text_input(f"{step}职务（不写姓名）")]
        if step == words.LAST_STEP:
            for option, label in (
                ("--signer", "签发人姓名（只写入文件和签发记录）"),
                ("--number", "发文字号（如 云打非办〔2022〕7号）"),
                ("--date", "成文日期（如 2022-12-05）"),
            ):
                if text := st.text_input(label).strip():
                    arguments += [option, text]
        if st.form_submit_button(f"{step}审签"):
            with st.spinner("正在审签 …"):
                is_done, said = command("sign", period, "--to", recipient, *arguments)
            answer(is_done, said)


def history(version: Version) -> None:
    """Every report, how it stands and who agreed when."""
    found = known(version, "list")
    if not found:
        st.info("还没有生成过报告。")
        return
    tables.listed(
        pd.DataFrame(
            [
                {
                    "报告期": one["period"],
                    "报送对象": words.RECIPIENTS.get(one["recipient"], one["recipient"]),
                    "状态": one["state"],
                    "数据截至": one["as_of_at"][:10],
                    "更正（处）": len(one["corrections"]),
                    "审签": "；".join(
                        f"{step['step']}（{step['position']}）{step['at'][:16].replace('T', ' ')}"
                        for step in one["steps"]
                    ),
                    "扫描件": "、".join(one["scans"]),
                }
                for one in reversed(found)
            ]
        )
    )
