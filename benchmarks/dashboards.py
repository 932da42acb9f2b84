"""What the pages cost: reruns with a warm cache and with a new version, and twenty readers at once.

    python -m benchmarks.dashboards [--home DIR] [--rounds R] [--sessions N] [--seconds S] [--json]

A rerun is timed on the server, without a browser: Streamlit's own test runner runs the page's script in
this process. With a new version nothing is cached. The baseline of 总览 is an empty page plus its queries
run bare in DuckDB, by turns in the same run; the ratio is that of the medians. Twenty readers hold one
socket each to a served 总览 and ask for it again as soon as it came.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.served import serving
from warehouse.settings import ROOT, Home

EMPTY = "import streamlit as st\nst.title('empty')\n"


def seconds(work: Callable[[], Any]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def spread(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(times)
    return {
        "median_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": round(1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
    }


def reruns(home: Home, rounds: int) -> dict[str, Any]:
    """Each page's reruns, warm and with everything forgotten, and 总览 against its baseline."""
    os.environ["MINEWATCH_HOME"] = str(home.root)
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from dashboards import access

    found: dict[str, Any] = {}
    for page in access.PAGES:
        app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=120)
        app.switch_page(f"app_pages/{page.name}.py")
        app.run()
        assert not app.exception, page.name
        warm = [seconds(app.run) for _ in range(rounds)]
        cold = []
        for _ in range(max(rounds // 4, 2)):
            st.cache_data.clear()
            cold.append(seconds(app.run))
        found[page.title] = {"warm": spread(warm), "new_version": spread(cold)}
    return found


def against_bare(home: Home, rounds: int) -> dict[str, float]:
    """总览 with nothing cached beside an empty page plus the same queries run bare, by turns."""
    os.environ["MINEWATCH_HOME"] = str(home.root)
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from dashboards import data, scope
    from dashboards.access import LOCAL, Person

    calls: list[tuple] = []
    kept = data.ask

    def noting(version: Any, query: Callable, *values: Any) -> Any:
        calls.append((version, query, values))
        return kept(version, query, *values)

    overview = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=120)
    data.ask = noting
    overview.switch_page("app_pages/overview.py").run()
    data.ask = kept
    unique = {(query, repr(values)): (query, values) for _, query, values in calls}
    version = calls[0][0]
    empty = AppTest.from_string(EMPTY)
    empty.run()
    asking = data.cursor(
        version.id, str(version.database.resolve()), scope.of(Person(LOCAL, LOCAL))
    )

    def bare() -> None:
        empty.run()
        for query, values in unique.values():
            query(asking, *values)

    ours, baseline, warm, blank = [], [], [], []
    for _ in range(rounds):
        st.cache_data.clear()
        ours.append(seconds(overview.run))
        warm.append(seconds(overview.run))
        baseline.append(seconds(bare))
        blank.append(seconds(empty.run))
    return {
        "new_version_ms": round(1000 * statistics.median(ours), 1),
        "warm_ms": round(1000 * statistics.median(warm), 1),
        "empty_page_and_bare_queries_ms": round(1000 * statistics.median(baseline), 1),
        "empty_page_ms": round(1000 * statistics.median(blank), 1),
        "ratio_warm": round(statistics.median(warm) / statistics.median(baseline), 2),
        "ratio_new_version": round(statistics.median(ours) / statistics.median(baseline), 2),
        "query_count": len(unique),
    }


async def reader(address: str, until: float, times: list[float]) -> None:
    """One session that asks for the page again and again."""
    import websockets
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    again = BackMsg()
    again.rerun_script.page_name = "overview"
    url = address.replace("http", "ws") + "/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None) as socket_:
        while time.monotonic() < until:
            begin = time.perf_counter()
            await socket_.send(again.SerializeToString())
            while True:
                message = ForwardMsg()
                message.ParseFromString(await socket_.recv())
                if message.WhichOneof("type") == "script_finished":
                    break
            times.append(time.perf_counter() - begin)


async def readers(address: str, sessions: int, how_long: float) -> list[float]:
    """All of them at once; the seconds of every answer."""
    times: list[float] = []
    until = time.monotonic() + how_long
    await asyncio.gather(*(reader(address, until, times) for _ in range(sessions)))
    return times


def crowd(home: Home, sessions: int, how_long: float) -> dict[str, Any]:
    """What readers at once wait for, and how much memory the server takes for them."""
    with serving(home.root) as (address, server):
        times = asyncio.run(readers(address, sessions, how_long))
        status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return {"sessions": sessions, "answers": len(times), "peak_mb": int(peak) // 1024} | spread(
        times
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    home = Home.open(chosen.home)
    found = {
        "pages": reruns(home, chosen.rounds),
        "overview": against_bare(home, chosen.rounds),
        "crowd": crowd(home, chosen.sessions, chosen.seconds),
    }
    if chosen.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    for title, times in found["pages"].items():
        warm, fresh = times["warm"], times["new_version"]
        sys.stdout.write(
            f"{title}: warm {warm['median_ms']} ms (p95 {warm['p95_ms']}), "
            f"new version {fresh['median_ms']} ms (p95 {fresh['p95_ms']})\n"
        )
    sys.stdout.write(f"总览 against its baseline: {found['overview']}\n")
    sys.stdout.write(f"{chosen.sessions} readers at once: {found['crowd']}\n")


if __name__ == "__main__":
    main()
