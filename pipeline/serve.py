"""Start the dashboards on this machine."""

from __future__ import annotations

import os
import subprocess
import sys

from warehouse.settings import ROOT, Home

# There is no sign-in yet, so nobody but this machine may look.
ADDRESS = "127.0.0.1"


def serve_dashboards(home: Home, port: int, is_office: bool) -> int:
    """Run Streamlit until it is stopped, for the office with its own pages; returns its exit code."""
    environment = os.environ | {
        "MINEWATCH_HOME": str(home.root),
        "MINEWATCH_OFFICE": "1" if is_office else "0",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboards" / "app.py")]
    options = ["--server.address", ADDRESS, "--server.port", str(port), "--server.headless", "true"]
    try:
        return subprocess.run(
            [*command, *options], env=environment, cwd=ROOT, check=False
        ).returncode
    except KeyboardInterrupt:
        return 0
