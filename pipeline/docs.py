"""`python -m pipeline.docs DIR`: dbt's documentation of the published version as one offline page.

Works on a copy of the published file: a version is immutable, and dbt opens its file for writing.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from pipeline.build import BuildError, run_dbt
from warehouse.settings import Home
from warehouse.versions import DATABASE, current


def write_docs(home: Home, directory: Path) -> Path:
    """Write `index.html` there; BuildError if nothing is published yet or dbt fails."""
    version = current(home)
    if version is None:
        raise BuildError("还没有已发布的版本，无法生成文档。请先运行 minewatch run。")
    with tempfile.TemporaryDirectory(dir=home.build) as scratch:
        database = Path(scratch) / DATABASE
        shutil.copyfile(version.database, database)
        arguments = ["docs", "generate", "--static"]
        outcome = run_dbt(home, database, arguments, lambda name, done, total: None)
        if not outcome.success:
            raise BuildError(f"dbt 没有生成文档：{outcome.exception}。已发布版本不变。")
    directory.mkdir(parents=True, exist_ok=True)
    page = directory / "index.html"
    shutil.copyfile(home.build / "_dbt" / "target" / "static_index.html", page)
    return page


if __name__ == "__main__":
    sys.stdout.write(f"{write_docs(Home.open(), Path(sys.argv[1]))}\n")
