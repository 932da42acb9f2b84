"""The code hash: what, besides the deliveries and the as-of time, decides the rows of a version."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from warehouse.settings import ROOT, HomeSettings

# Files that the rows of a version depend on. Readers are not among them: what they read is in the raw
# zone, and reading again changes the read id of a delivery.
PATTERNS = (
    "models/**/*.sql",
    "models/**/*.yml",
    "macros/**/*.sql",
    "seeds/*.csv",
    "seeds/*.yml",
    "ingestion/declare.py",
    "ingestion/feeds/*.py",
    "dbt_project.yml",
)
ENGINES = ("dbt-core", "dbt-duckdb", "duckdb")


def code_hash(settings: HomeSettings, root: Path = ROOT) -> str:
    """Twelve hex digits over models, macros, seeds, declarations, overrides and engine versions."""
    digest = hashlib.sha256()
    for pattern in PATTERNS:
        for path in sorted(root.glob(pattern)):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    for name in ENGINES:
        digest.update(f"{name}=={version(name)}\0".encode())
    for code, value in sorted(settings.overrides.items()):
        digest.update(f"{code}={value}\0".encode())
    return digest.hexdigest()[:12]
