"""From raw zone to published version, with one retry that leaves bad deliveries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline import gate
from pipeline.build import Candidate, build_lock
from warehouse.settings import Home
from warehouse.versions import Version

BuildStep = Callable[[datetime | None, bool, dict[str, str]], Candidate]
CheckStep = Callable[[Candidate], gate.Verdict]


@dataclass(frozen=True)
class Outcome:
    """What a run came to: its candidates (two after a quarantine), the last verdict, the version."""

    candidates: list[Candidate]
    verdict: gate.Verdict
    quarantined: dict[str, str]
    version: Version


def run_all(
    home: Home,
    as_of: datetime | None,
    full: bool,
    make_current: bool,
    build: BuildStep,
    check: CheckStep,
) -> Outcome:
    """Build, check, and publish if the gate opens; GateError with the old version kept if not.

    Deliveries that fail a critical check are set aside and everything is built once more without
    them, so that one bad township does not block the county.
    """
    with build_lock(home):
        candidates = [build(as_of, full, {})]
        verdict = check(candidates[0])
        quarantined = {} if verdict.blocking else verdict.to_quarantine
        if quarantined:
            candidates.append(build(as_of, full, quarantined))
            verdict = check(candidates[1])
        version = gate.publish(home, candidates[-1], make_current)
    return Outcome(candidates, verdict, quarantined, version)
