"""The gate between a candidate and its readers: check, then publish.

Critical failures of one delivery put that delivery in quarantine (the caller builds once more without
it); critical failures of a model or mart keep the old version; warnings are published and shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.build import Candidate, DbtResult
from pipeline.clock import now
from pipeline.freeze import quoted
from pipeline.personal_data import columns_with_personal_data
from warehouse import versions
from warehouse.connection import connect
from warehouse.errors import MinewatchError
from warehouse.files import draft_beside, replace_durably, write_atomically
from warehouse.settings import Home
from warehouse.steps import reached

RESULT_COLUMNS = """
    check_id varchar, tool_code varchar, table_name varchar, check_name varchar,
    severity_code varchar, delivery_sha256 varchar, notes_text varchar, observed_text varchar,
    is_passed boolean, checked_at timestamp"""


class GateError(MinewatchError):
    """Publishing is refused; the message says why, what state things are in and what to do."""


@dataclass(frozen=True)
class Check:
    """One check and its outcome; a row of `marts.fct_check_results`."""

    check_id: str
    tool_code: str
    table_name: str
    check_name: str
    severity_code: str
    delivery_sha256: str | None
    notes_text: str | None
    observed_text: str | None
    is_passed: bool

    @property
    def is_critical_failure(self) -> bool:
        """Whether it may stop something."""
        return not self.is_passed and self.severity_code == "critical"


@dataclass(frozen=True)
class Verdict:
    """All checks of one candidate."""

    version_id: str
    checked_at: datetime
    checks: list[Check]

    @property
    def blocking(self) -> list[Check]:
        """Critical failures that no quarantine can heal."""
        return [c for c in self.checks if c.is_critical_failure and not c.delivery_sha256]

    @property
    def to_quarantine(self) -> dict[str, str]:
        """Deliveries that failed a critical check, with the reasons."""
        reasons: dict[str, list[str]] = {}
        for check in self.checks:
            if check.is_critical_failure and check.delivery_sha256:
                reasons.setdefault(check.delivery_sha256, []).append(
                    check.notes_text or check.check_name
                )
        return {sha: "；".join(texts) for sha, texts in reasons.items()}

    @property
    def passed(self) -> bool:
        """Whether the candidate may be published as it is."""
        return not self.blocking and not self.to_quarantine

    @property
    def warnings(self) -> list[Check]:
        """Failures that are shown and do not stop."""
        return [c for c in self.checks if not c.is_passed and c.severity_code == "warning"]


def dbt_check(result: DbtResult) -> Check:
    """A dbt node as a check. A node that was skipped failed with the one before it."""
    return Check(
        check_id=f"dbt.{result.name}",
        tool_code="dbt",
        table_name=result.table or result.name,
        check_name=result.name,
        severity_code="warning" if result.severity == "warn" else "critical",
        delivery_sha256=None,
        notes_text=f"dbt {result.kind}",
        observed_text=result.message if not result.passed else None,
        is_passed=result.passed,
    )


def personal_data_check(candidate: Candidate) -> Check:
    """No phone or identity-card number may be published."""
    with connect(candidate.database, read_only=True) as connection:
        found = columns_with_personal_data(connection, candidate.kept_tables)
    return Check(
        check_id="masking.marts",
        tool_code="masking",
        table_name="marts",
        check_name="no_phone_or_identity_number",
        severity_code="critical",
        delivery_sha256=None,
        notes_text="要发布的表中不得出现手机号、座机号或身份证号",
        observed_text="；".join(f"{where} {rows} 行" for where, rows in found.items()) or None,
        is_passed=not found,
    )


def check(home: Home, candidate: Candidate) -> Verdict:
    """Run every check on the candidate and keep the outcome in `checks/`.

    dbt's results come from the build. Great Expectations runs only if all models are there: without
    a table its failures would repeat what dbt has said. GateError if only publishing is left to do.
    """
    if is_finished(candidate):
        raise GateError(
            f"候选版本 {candidate.id} 已经检查并整理完毕，只差发布。已发布版本不变。"
            "请运行 minewatch publish；如要重新检查，请先运行 minewatch build。"
        )
    checks = [dbt_check(result) for result in candidate.dbt]
    models_stand = all(
        result.passed for result in candidate.dbt if result.kind in {"model", "seed"}
    )
    if models_stand:
        from expectations.run import check_database  # 3 s and 200 MB of imports

        checks.append(personal_data_check(candidate))
        checks += [
            Check(**vars(result))
            for result in check_database(candidate.database, home.checks / candidate.id)
        ]
    verdict = Verdict(candidate.id, now(), checks)
    content = {
        "version_id": verdict.version_id,
        "checked_at": verdict.checked_at.isoformat(),
        "passed": verdict.passed,
        "blocking": len(verdict.blocking),
        "quarantine": verdict.to_quarantine,
        "warnings": len(verdict.warnings),
        "checks": [vars(one) for one in checks],
    }
    path = home.checks / f"{candidate.id}.json"
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
    reached("check:recorded")
    return verdict


def read_verdict(home: Home, version_id: str) -> Verdict | None:
    """The kept outcome for that candidate or version; None if it was never checked."""
    path = home.checks / f"{version_id}.json"
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Verdict(
        content["version_id"],
        datetime.fromisoformat(content["checked_at"]),
        [Check(**one) for one in content["checks"]],
    )


def latest_verdict(home: Home) -> Verdict | None:
    """The newest outcome, published or not."""
    ids = sorted(path.stem for path in home.checks.glob("*.json"))
    return read_verdict(home, ids[-1]) if ids else None


def is_finished(candidate: Candidate) -> bool:
    """Whether a publishing that was killed has already taken out what checks need."""
    with connect(candidate.database, read_only=True) as connection:
        found = connection.execute(
            "select 1 from duckdb_schemas() where schema_name = 'raw'"
        ).fetchone()
    return found is None


def finish(candidate: Candidate, verdict: Verdict) -> None:
    """Make the file complete in itself: check results in; working tables and what reads files out.

    Intermediate tables hold texts of clues, so only those stay that the next build appends to. The rest
    is written to a new file: a dropped table's blocks stay in the old one, readable by anyone who has it.
    """
    with connect(candidate.database) as connection:
        connection.execute("begin")
        connection.execute(f"create or replace table marts.fct_check_results ({RESULT_COLUMNS})")
        connection.execute(
            "comment on table marts.fct_check_results is "
            "'Checks that ran before publishing. One row per check and, where it failed for single "
            "deliveries, per delivery.'"
        )
        if verdict.checks:
            connection.executemany(
                "insert into marts.fct_check_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(*vars(one).values(), verdict.checked_at) for one in verdict.checks],
            )
        for schema in ("staging", "raw"):
            connection.execute(f"drop schema if exists {schema} cascade")
        working = connection.execute(
            """
            select table_name, if(table_type = 'VIEW', 'view', 'table')
            from information_schema.tables where table_schema = 'intermediate'
            """
        ).fetchall()
        for name, kind in working:
            if name not in candidate.kept_tables:
                connection.execute(f'drop {kind} intermediate."{name}"')
        connection.execute("commit")
    rewrite(candidate.database)


def rewrite(database: Path) -> None:
    """Replace the file by one that holds its tables and nothing that was ever dropped from it."""
    # The folder is published as it is: a copy that was killed half-way must not go with it.
    for left in database.parent.glob(f".{database.name}.*.part*"):
        left.unlink()
    draft = draft_beside(database)
    with connect() as connection:
        connection.execute(f"attach {quoted(database.resolve())} as old (read_only)")
        connection.execute(f"attach {quoted(draft.resolve())} as new")
        connection.execute("copy from database old to new")
        connection.execute("checkpoint new")
    replace_durably(draft, database)


def publish(home: Home, candidate: Candidate, make_current: bool = False) -> versions.Version:
    """Publish a candidate that passed; GateError and nothing changed if it may not be.

    A build for a past moment asked for by hand becomes current only with `make_current`.
    """
    verdict = read_verdict(home, candidate.id)
    kept = "已发布版本不变。"
    if verdict is None:
        raise GateError(f"候选版本 {candidate.id} 还没有检查。{kept}请先运行 minewatch check。")
    if not verdict.passed:
        raise GateError(f"{reason_in_words(verdict)}{kept}{what_to_do(verdict)}")
    if candidate.is_as_of_build and not make_current:
        raise GateError(
            f"候选版本 {candidate.id} 是按 --as-of {candidate.as_of_at:%Y-%m-%d %H:%M} 重建的历史版本，"
            f"不会自动成为当前版本。{kept}如确需替换当前版本，请加 --make-current。"
        )
    directory: Path = candidate.directory
    if directory.exists():
        finish(candidate, verdict)
        reached("publish:finished")
    version = versions.publish(home, directory)
    versions.prune(home)
    return version


def reason_in_words(verdict: Verdict) -> str:
    """Why a candidate was not published, in one Chinese sentence."""
    if verdict.blocking:
        first = verdict.blocking[0]
        return (
            f"候选版本 {verdict.version_id} 有 {len(verdict.blocking)} 项严重检查未通过"
            f"（如 {first.table_name}：{first.check_name}，{first.observed_text or '见检查结果'}）。"
        )
    names = "、".join(sha[:12] for sha in verdict.to_quarantine)
    return f"候选版本 {verdict.version_id} 含有应隔离的来件（{names}）。"


def what_to_do(verdict: Verdict) -> str:
    """The next step for the person who keeps it running."""
    if verdict.blocking:
        return f"请查看 checks/{verdict.version_id}/index.html，改正后重新运行 minewatch run。"
    return "请运行 minewatch run（会自动隔离并重建），或先用 minewatch withdraw 撤回。"
