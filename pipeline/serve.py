"""Start the dashboards on this machine."""

from __future__ import annotations

import os
import subprocess
import sys

from warehouse.settings import ROOT, Home

# There is no sign-in yet, so nobody but this machine may look.
ADDRESS = "127.0.0.1"


def serve_dashboards(home: Home, port: int) -> int:
    """Run Streamlit until it is stopped; returns its exit code."""
    environment = os.environ | {"MINEWATCH_HOME": str(home.root)}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboards" / "app.py")]
    options = ["--server.address", ADDRESS, "--server.port", str(port), "--server.headless", "true"]
    try:
        return subprocess.run(
            [*command, *options], env=environment, cwd=ROOT, check=False
        ).returncode
    except KeyboardInterrupt:
        return 0
