"""What every verb shares: the home chosen on the command line, and where words and results go."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

from warehouse.settings import Home

# Results go to standard output; progress and messages to standard error, so that --json stays clean.
out = Console(soft_wrap=True)
say = Console(stderr=True, soft_wrap=True)

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取。")]
HOME: dict[str, Home] = {}


def home() -> Home:
    """The home chosen on the command line."""
    return HOME["home"]


def print_json(content: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n")
