"""How things stand: the current version, what arrived last, what the last check said."""

from __future__ import annotations

import shutil
from typing import Any

from rich.console import Console
from rich.table import Table

from ingestion.feeds import FEEDS
from ingestion.records import read_records, read_withdrawals
from pipeline.build import candidates
from pipeline.gate import latest_verdict, reason_in_words, what_to_do
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import current, published


def read_status(home: Home) -> dict[str, Any]:
    """Everything `status` shows, as plain values."""
    settings = home.settings()
    version = current(home)
    content: dict[str, Any] = {
        "home": str(home.root),
        "county": settings.county_name,
        "is_sample": settings.is_sample,
        "current": None,
        "versions": len(published(home)),
        "candidates": [candidate.id for candidate in candidates(home)],
        "withdrawn": sum(not events[-1].is_undo for events in read_withdrawals(home).values()),
        "waiting": sum(
            1
            for path in home.inbox.rglob("*")
            if path.is_file() and not path.name.endswith((".part", ".meta.json"))
        ),
        "free_gb": round(shutil.disk_usage(home.root).free / 1e9, 1),
        "feeds": [],
        "last_check": None,
    }
    if version:
        with connect(version.database, read_only=True) as connection:
            as_of, built_at = connection.execute(
                "select as_of_at, built_at from marts.dim_version"
            ).fetchone()
        content["current"] = {"id": version.id, "as_of": as_of, "built_at": built_at}
    records = read_records(home)
    for feed in FEEDS.values():
        own = [record for record in records if record.feed == feed.token]
        content["feeds"].append(
            {
                "feed": feed.token,
                "title": feed.title,
                "deliveries": len(own),
                "refused": sum(record.outcome == "refused" for record in own),
                "rejected_rows": sum(part.rejected for record in own for part in record.parts),
                "last_received_at": max((record.received_at for record in own), default=None),
            }
        )
    verdict = latest_verdict(home)
    if verdict:
        content["last_check"] = {
            "version_id": verdict.version_id,
            "checked_at": verdict.checked_at,
            "passed": verdict.passed,
            "published": version is not None and version.id == verdict.version_id,
            "warnings": len(verdict.warnings),
            "reason": None if verdict.passed else reason_in_words(verdict) + what_to_do(verdict),
        }
    return content


def show_status(content: dict[str, Any], console: Console) -> None:
    """The same for people."""
    mark = "（样例数据）" if content["is_sample"] else ""
    console.print(f"{content['county']}{mark}　数据目录 {content['home']}")
    now = content["current"]
    if now:
        console.print(f"当前版本 {now['id']}，数据截至 {now['as_of']}，构建于 {now['built_at']}")
    else:
        console.print("还没有已发布的版本。请运行 minewatch run。")
    check = content["last_check"]
    if check and not check["passed"]:
        console.print(f"[red]最近一次检查未通过，保留原版本。[/red]{check['reason']}")
    elif check:
        console.print(f"最近一次检查通过（{check['version_id']}），警示 {check['warnings']} 项。")
    console.print(
        f"收件箱待装载 {content['waiting']} 个文件；已撤回 {content['withdrawn']} 份；"
        f"磁盘剩余 {content['free_gb']} GB。"
    )
    table = Table()
    for name in ("种类", "来件", "拒收", "退回行", "最近接收"):
        table.add_column(name, justify="left" if name in ("种类", "最近接收") else "right")
    for feed in content["feeds"]:
        table.add_row(
            f"{feed['title']} {feed['feed']}",
            str(feed["deliveries"]),
            str(feed["refused"]),
            str(feed["rejected_rows"]),
            str(feed["last_received_at"] or "未收到"),
        )
    console.print(table)
