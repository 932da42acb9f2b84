"""The command as a person runs it: a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

MINEWATCH = Path(sys.executable).parent / "minewatch"


def minewatch(home, *arguments, kill_at=None, kill_after=None, timeout=300):
    """Run a verb on the home; returns the finished process. `kill_after` is seconds until SIGKILL."""
    environment = os.environ | {"COLUMNS": "200"}
    if kill_at:
        environment["MINEWATCH_KILL_AT"] = kill_at
    command = [str(MINEWATCH), "--home", str(home.root), *map(str, arguments)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    if kill_after is not None:
        time.sleep(kill_after)
        process.send_signal(signal.SIGKILL)
    output, errors = process.communicate(timeout=timeout)
    return subprocess.CompletedProcess(command, process.returncode, output, errors)
