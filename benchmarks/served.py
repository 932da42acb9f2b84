"""The dashboards as `minewatch serve` starts them, on a free port, and a browser's settings to look at them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.settings import ROOT

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
# The script has ended and everything it drew has come.
SETTLED = """() => document.querySelector('[data-test-script-state=notRunning]')
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')"""
START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(
    home: Path, log: Path | None = None, port: int | None = None
) -> Iterator[tuple[str, subprocess.Popen]]:
    """Address and process of the dashboards on that home; what they print goes to `log`."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with (
        (log or Path(os.devnull)).open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "dashboards.server", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"MINEWATCH_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            deadline = time.monotonic() + START_SECONDS
            while not answers(address):
                said = log.read_text() if log else "see what `minewatch serve` says"
                assert server.poll() is None, f"the dashboards did not start: {said}"
                assert time.monotonic() < deadline, f"no answer within {START_SECONDS} s: {said}"
                time.sleep(0.2)
            yield address, server
        finally:
            # Asked politely, it waits for browsers that are still connected.
            server.kill()


def answers(address: str) -> bool:
    """Whether the server is up."""
    try:
        urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
    except OSError:
        return False
    return True
