"""dbt's documentation of the published version as one offline page, shown beside the dashboards.

Works on a copy of the published file: a version is immutable, and dbt opens its file for writing.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from pipeline.build import BuildError, build_lock, run_dbt
from warehouse.settings import Home
from warehouse.versions import DATABASE, current


def write_docs(home: Home) -> Path:
    """Write the page of the current version; BuildError if nothing is published yet or dbt fails.

    Those of other versions go: they can be made again.
    """
    version = current(home)
    if version is None:
        raise BuildError("还没有已发布的版本，无法生成文档。请先运行 minewatch run。")
    page = home.lineage(version.id)
    with build_lock(home), tempfile.TemporaryDirectory(dir=home.build) as scratch:
        database = Path(scratch) / DATABASE
        shutil.copyfile(version.database, database)
        arguments = ["docs", "generate", "--static"]
        outcome = run_dbt(home, database, arguments, lambda name, done, total: None)
        if not outcome.success:
            raise BuildError(f"dbt 没有生成文档：{outcome.exception}。已发布版本不变。")
        page.parent.mkdir(exist_ok=True)
        for old in page.parent.glob("*.html"):
            old.unlink()
        part = page.with_suffix(".part")
        shutil.copyfile(home.build / "_dbt" / "target" / "static_index.html", part)
        part.rename(page)
    return page
