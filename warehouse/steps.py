"""Named steps of work that must survive a kill; the fault tests stop the process at each of them."""

from __future__ import annotations

import os
import signal


def reached(step: str) -> None:
    """Say that a step is done; dies at once if MINEWATCH_KILL_AT names it (fault tests only)."""
    if os.environ.get("MINEWATCH_KILL_AT") == step:
        os.kill(os.getpid(), signal.SIGKILL)
