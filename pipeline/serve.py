"""Start the dashboards."""

from __future__ import annotations

import os
import subprocess
import sys

from dashboards.access import AccountError
from dashboards.accounts import refusal
from warehouse.settings import ROOT, Home


def serve_dashboards(home: Home, host: str, port: int) -> int:
    """Run the server until it is stopped; returns its exit code. AccountError if nobody may come in."""
    if message := refusal(home, host):
        raise AccountError(message)
    command = [sys.executable, "-m", "dashboards.server", "--host", host, "--port", str(port)]
    environment = os.environ | {"MINEWATCH_HOME": str(home.root)}
    try:
        return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0
