"""The `minewatch` command in a process of its own, for pages. No Streamlit.

Pages stand on queries alone, and what is read or written is so in one way whoever asks for it.
"""

from __future__ import annotations

import os
import subprocess
import sys

from warehouse.settings import ROOT, Home


def minewatch(
    home: Home, *arguments: str, seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    """The finished process with what it printed; subprocess.TimeoutExpired if it takes longer than allowed."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "--home", str(home.root), *arguments],
        cwd=ROOT,
        # Sentences in one line, without colours.
        env=os.environ | {"COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
