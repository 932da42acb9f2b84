"""Build a candidate: frozen inputs, then dbt, in a file of its own.

A build never touches the published version. One build runs at a time (a lock in `build/`); loading may
go on beside it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.clock import now
from pipeline.code import code_hash
from pipeline.freeze import Context, freeze
from warehouse.connection import connect
from warehouse.errors import MinewatchError
from warehouse.files import write_atomically
from warehouse.settings import ROOT, Home
from warehouse.steps import reached
from warehouse.versions import DATABASE, current

BUILD_STEPS = ("build:started", "build:copied", "build:frozen", "build:modelled", "build:recorded")

Progress = Callable[[str, int, int], None]


class BuildError(MinewatchError):
    """A build cannot start or go on; the message says what happened, the state and what to do."""


@dataclass(frozen=True)
class DbtResult:
    """One dbt node that ran: a model, seed or test, and what became of it."""

    name: str
    kind: str
    status: str
    severity: str
    table: str | None
    failures: int | None
    message: str | None
    is_incremental: bool = False

    @property
    def passed(self) -> bool:
        """Whether the node did what it should."""
        return self.status in {"success", "pass"}


@dataclass(frozen=True)
class Candidate:
    """A finished build, waiting to be checked and published."""

    id: str
    directory: Path
    is_as_of_build: bool
    as_of_at: datetime
    base_version_id: str | None
    quarantined: dict[str, str]
    dbt: list[DbtResult]

    @property
    def database(self) -> Path:
        """Its DuckDB file."""
        return self.directory / DATABASE

    @property
    def kept_tables(self) -> frozenset[str]:
        """Intermediate tables that are published: the next build appends to them."""
        return frozenset(result.name for result in self.dbt if result.is_incremental)


@contextlib.contextmanager
def build_lock(home: Home) -> Iterator[None]:
    """One build, check or publishing at a time; BuildError at once if another holds the lock."""
    home.build.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home.build / ".lock", timeout=0):
            yield
    except Timeout as error:
        raise BuildError(
            f"另一个构建正在 {home.root} 运行。已发布版本不变，没有改动任何数据。请等它结束后再运行。"
        ) from error


def read_candidate(directory: Path) -> Candidate | None:
    """The finished candidate in that directory; None if the build never got to its end."""
    record = directory / "candidate.json"
    if not record.exists():
        return None
    content = json.loads(record.read_text(encoding="utf-8"))
    return Candidate(
        id=directory.name,
        directory=directory,
        is_as_of_build=content["is_as_of_build"],
        as_of_at=datetime.fromisoformat(content["as_of_at"]),
        base_version_id=content["base_version_id"],
        quarantined=content["quarantined"],
        dbt=[DbtResult(**result) for result in content["dbt"]],
    )


def candidates(home: Home) -> list[Candidate]:
    """Finished candidates that were not published, oldest first."""
    if not home.build.exists():
        return []
    found = (read_candidate(path) for path in sorted(home.build.iterdir()) if path.is_dir())
    return [candidate for candidate in found if candidate]


def sweep(home: Home) -> None:
    """Remove what killed builds left behind, and all finished candidates but the newest."""
    keep = {candidate.id for candidate in candidates(home)[-1:]}
    for directory in home.build.iterdir():
        if directory.is_dir() and not directory.name.startswith("_") and directory.name not in keep:
            shutil.rmtree(directory)


def base_version(home: Home, wanted_hash: str) -> tuple[str, Path] | None:
    """The current version if the same code made it: a copy under changed code is silently wrong."""
    version_now = current(home)
    if version_now is None:
        return None
    with connect(version_now.database, read_only=True) as connection:
        found = connection.execute("select code_hash from marts.dim_version").fetchone()
    return (version_now.id, version_now.database) if found == (wanted_hash,) else None


def run_dbt(home: Home, database: Path, arguments: list[str], progress: Progress) -> Any:
    """Run dbt in this process on that file and return its result object.

    In process because each start of the command costs seconds; logs and target stay in the home.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.duckdb.credentials import DuckDBCredentials
    from dbt.cli.main import dbtRunner  # 2 s of imports that `load` and `status` do not need
    from dbt_common.events.base_types import EventMsg

    total = 0
    done = 0

    def listen(event: EventMsg) -> None:
        nonlocal total, done
        if event.info.name == "ConcurrencyLine":
            total = event.data.node_count
        elif event.info.name == "NodeFinished":
            done += 1
            progress(event.data.node_info.node_name, done, total)

    # Nothing that is parsed depends on where the file lies; dbt would parse the whole project anew (14 s)
    # for each path.
    DuckDBCredentials._connection_keys = lambda credentials: ("database", "schema", "settings")
    folder = home.build / "_dbt"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "MINEWATCH_DB": str(database.resolve()),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DO_NOT_TRACK": "1",
    }
    before = {name: os.environ.get(name) for name in environment}
    working_directory = Path.cwd()
    os.environ.update(environment)
    try:
        return dbtRunner(callbacks=[listen]).invoke(
            [*arguments, "--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--quiet"]
            + ["--log-level", "none", "--no-use-colors"]
        )
    finally:
        # dbt keeps the file open: to read its catalogue and write it back at every node took half the build.
        if DuckDBConnectionManager._ENV:
            DuckDBConnectionManager._ENV.close()
        os.chdir(working_directory)  # dbt moves into the project and stays there
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def dbt_results(outcome: Any) -> list[DbtResult]:
    """What dbt did, node by node; BuildError if it did not get as far as running nodes."""
    if outcome.result is None or not hasattr(outcome.result, "results"):
        raise BuildError(
            f"dbt 没有运行：{outcome.exception}。已发布版本不变。请把这段信息交给维护人员。"
        )
    results = []
    for result in outcome.result.results:
        node = result.node
        attached = getattr(node, "attached_node", None)
        results.append(
            DbtResult(
                name=node.name,
                kind=str(node.resource_type),
                status=str(result.status),
                severity=str(getattr(node.config, "severity", "error")).lower(),
                table=attached.split(".")[-1] if attached else None,
                failures=result.failures,
                message=result.message,
                is_incremental=getattr(node.config, "materialized", None) == "incremental",
            )
        )
    return results


def build(
    home: Home,
    as_of: datetime | None = None,
    full: bool = False,
    quarantined: dict[str, str] | None = None,
    progress: Progress = lambda name, done, total: None,
) -> Candidate:
    """Build one candidate from the raw zone; the caller holds `build_lock`.

    `as_of` asks for a past moment by hand (such a candidate does not become current unless told to);
    else the home's own as-of counts, else now. `full` ignores the last version. Models that fail are
    in the candidate's `dbt` list; the gate reads it.
    """
    settings = home.settings()
    home.prepare()
    sweep(home)
    built_at = now()
    wanted_hash = code_hash(settings)
    base = None if full else base_version(home, wanted_hash)
    build_id = f"{built_at:%Y%m%dT%H%M%S}-{wanted_hash[:6]}-{uuid.uuid4().hex[:4]}"
    directory = home.build / build_id
    directory.mkdir()
    reached("build:started")
    database = directory / DATABASE
    if base:
        shutil.copyfile(base[1], database)
    reached("build:copied")

    context = Context(
        version_id=build_id,
        county_code=settings.county_code,
        county_name=settings.county_name,
        code_hash=wanted_hash,
        base_version_id=base[0] if base else None,
        dbt_version=version("dbt-core"),
        duckdb_version=version("duckdb"),
        is_sample=settings.is_sample,
        is_as_of_build=as_of is not None,
        as_of_at=as_of or settings.as_of or built_at,
        built_at=built_at,
    )
    quarantined = quarantined or {}
    with connect(database) as connection:
        freeze(connection, home, context, quarantined)
    reached("build:frozen")

    # Unit tests belong to `make test`: they prove the code, not the data.
    arguments = ["build", "--exclude-resource-type", "unit_test", "--no-write-json"]
    outcome = run_dbt(home, database, arguments, progress)
    results = dbt_results(outcome)
    reached("build:modelled")

    candidate = Candidate(
        id=build_id,
        directory=directory,
        is_as_of_build=context.is_as_of_build,
        as_of_at=context.as_of_at,
        base_version_id=context.base_version_id,
        quarantined=quarantined,
        dbt=results,
    )
    content = {
        "is_as_of_build": candidate.is_as_of_build,
        "as_of_at": candidate.as_of_at.isoformat(),
        "base_version_id": candidate.base_version_id,
        "quarantined": candidate.quarantined,
        "dbt": [vars(result) for result in results],
    }
    record = json.dumps(content, ensure_ascii=False, indent=1).encode()
    write_atomically(directory / "candidate.json", record)
    reached("build:recorded")
    return candidate
