"""What the detectors find of what the sample county hides: recall, precision and honest look-alikes.

    python -m benchmarks.insight --seeds 11,12,13 [--months 2022-07..2022-12] [--homes DIR] [--json] [--write]

Each seed's county is generated, loaded and built as known a month after its last day (in DIR, kept and
used again; else in a temporary folder), and the marts are compared with `truth/`, which no model ever sees.

- An episode is found if one of its traces is among the signals for which an incident is suspected: those of
  high or medium confidence. Counted are episodes that lie in the months as a whole.
- An honest look-alike is flagged if one of its traces is among them and the incident has none of an episode.
- A false ledger line, or an empty form, is found if a contradiction of any rule has it as its claim. Counted are
  those about all episodes, whatever other traces these left. A line whose form was sent again is found if the
  form that replaced it is claimed to deny the same episode, or to have changed its answer (rule X31). A line that
  was rejected when it was read is in no ledger; such lines are counted apart, and the share of all lines, with
  them as missed, stands beside the share of those in the ledger.
- A contradiction is right if its claim was planted (a false line, a lazy form, a fault of a register, a duty
  left undone) or, for rules that do not judge lines, if its claim or evidence is a trace of an episode.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.build import candidates
from warehouse.connection import connect
from warehouse.settings import ROOT, Home

MINEWATCH = Path(sys.executable).parent / "minewatch"
Trace = tuple[str, ...]
# The truth's traces that one number names, and the evidence type of that number.
NUMBERED = {
    "power_alerts": ("power_alert", "alert_id"),
    "clues": ("clue", "clue_id"),
    "patches": ("patch", "patch_id"),
    "inspections": ("inspection", "inspection_id"),
    "enterprise_reports": ("enterprise_report", "report_id"),
    "cases": ("case", "case_id"),
}
PAGE = ROOT / "docs" / "insight.md"
# Everything below this line of the page is written by --write.
MARK = "<!-- measured -->"
# A claim of these rules is one ledger line, and only a planted line makes it right.
CLAIMS_A_LINE = ("X01",)


def prepared(folder: Path, seed: int, months: str) -> Home:
    """The seed's county, generated, loaded and built as known a month after its last day."""
    home = Home(folder / f"seed-{seed}-{months}")
    if not candidates(home):
        last = datetime.strptime(months[-7:], "%Y-%m")
        as_of = last + timedelta(days=31 + 31)
        verbs = [["load"], ["build", "--as-of", f"{as_of:%Y-%m-%dT%H:%M}"]]
        if not (home.root / "truth").exists():
            verbs.insert(0, ["sample", "--seed", seed, "--months", months])
        for verb in verbs:
            command = [MINEWATCH, "--home", home.root, *verb]
            done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
            # 3: files that nobody can read were refused, as they should be.
            if done.returncode not in (0, 3):
                raise SystemExit(f"{verb}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return home


def truth(home: Home, name: str) -> list[dict[str, Any]]:
    """One file of what was planted."""
    return json.loads((home.root / "truth" / f"{name}.json").read_text(encoding="utf-8"))


def row_of(row: dict[str, Any]) -> Trace:
    """A ledger line by file, sheet and row."""
    return ("line", Path(row["file"]).name, str(row["sheet"]), str(row["row"]))


class County:
    """One seed's truth beside its marts."""

    def __init__(self, home: Home, database: Path) -> None:
        self.home = home
        self.episodes = {e["id"]: e for e in truth(home, "episodes")}
        self.decoys = {d["id"]: d for d in truth(home, "decoys")}
        self.causes: dict[Trace, set[str]] = defaultdict(set)
        for cause in (*self.episodes.values(), *self.decoys.values()):
            for trace in self.traces(cause):
                self.causes[trace].add(cause["id"])
        with connect(database, read_only=True) as self.reader:
            self.signals = self.ask(
                "select signal_id, evidence_type, evidence_id, confidence_code, file_name, sheet_name, row_number"
                " from marts.fct_signals"
            )
            self.members = defaultdict(list)
            for member in self.ask("select incident_id, signal_id from marts.fct_incident_signals"):
                self.members[member["incident_id"]].append(member["signal_id"])
            self.suspected = {
                row["incident_id"]
                for row in self.ask(
                    "select incident_id from marts.fct_incidents where is_suspected"
                )
            }
            self.spells = self.ask(
                """
                select spells.video_event_id as evidence_id, events.video_event_id, events.device_id,
                    events.occurred_at
                from marts.fct_video_spells as spells
                inner join marts.fct_video_events as first_events
                    on spells.video_event_id = first_events.video_event_id
                inner join marts.fct_video_events as events
                    on first_events.device_id = events.device_id
                    and first_events.event_kind_code = events.event_kind_code
                    and first_events.site_id is not distinct from events.site_id
                    and events.occurred_at between spells.started_at and spells.ended_at
                """
            )
            self.alerts = self.ask(
                """
                select power_alert_id as evidence_id, meter_id as device_id,
                    alert_date as first_date, last_date
                from marts.fct_power_alerts where source_code = 'derived'
                """
            )
            self.dark = self.ask(
                """
                select camera_dark_spell_id as evidence_id, camera_id as device_id,
                    first_night_date as first_date, last_night_date as last_date
                from marts.fct_camera_dark_spells
                """
            )
            self.contradictions = self.ask(
                """
                select contradictions.*, patrols.location_text
                from marts.fct_contradictions as contradictions
                left join marts.fct_patrols as patrols on contradictions.claim_id = patrols.patrol_id
                """
            )
            self.evidence = self.ask("select * from marts.fct_contradiction_evidence")
            self.patrols = self.ask(
                "select file_name, sheet_name, row_number, location_text from marts.fct_patrols"
            )
            self.forms = self.ask(
                "select file_name, village_code, is_zero_report, is_superseded from marts.fct_patrol_forms"
            )
            self.later_files = defaultdict(set)
            for row in self.ask(
                """
                select distinct earlier.file_name, later.file_name as later_file_name
                from intermediate.int_patrol_forms_compared as compared
                inner join marts.fct_patrol_forms as earlier on compared.form_id = earlier.form_id
                inner join marts.fct_patrol_forms as later on compared.later_form_id = later.form_id
                where compared.is_replaced
                """
            ):
                self.later_files[row["file_name"]].add(row["later_file_name"])
        self.of_evidence = self.causes_of_evidence()

    def ask(self, statement: str) -> list[dict[str, Any]]:
        """The rows of a statement."""
        found = self.reader.execute(statement)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @staticmethod
    def traces(cause: dict[str, Any]) -> Iterator[Trace]:
        """What it left behind, each under the name the marts give it."""
        for feed, rows in cause["traces"].items():
            for row in rows:
                if feed in NUMBERED:
                    kind, number = NUMBERED[feed]
                    yield (kind, row[number])
                elif feed == "patrol_ledger":
                    yield row_of(row)
                elif feed == "video_events":
                    if row.get("event_id"):
                        yield ("video_event", row["event_id"])
                    else:
                        yield ("seen", row["device_id"], row["occurred_at"])
                elif feed == "power_readings":
                    yield ("load", row["meter_id"], row["date"])
                elif feed == "camera_status" and "evening" in row:
                    yield ("dark", row["device_id"], row["evening"])

    def causes_of_evidence(self) -> dict[Trace, set[str]]:
        """Who caused what a row of the marts tells, by evidence type and id."""
        found: dict[Trace, set[str]] = defaultdict(set)
        for trace, causes in self.causes.items():
            if len(trace) == 2:
                found[trace] |= causes
        for event in self.spells:
            key = ("video_event", event["evidence_id"])
            found[key] |= self.causes[("video_event", event["video_event_id"])]
            found[key] |= self.causes[("seen", event["device_id"], str(event["occurred_at"]))]
        for (kind, trace), spells in (
            (("power_alert", "load"), self.alerts),
            (("camera_dark_spell", "dark"), self.dark),
        ):
            for spell in spells:
                for day in range((spell["last_date"] - spell["first_date"]).days + 1):
                    date_text = str(spell["first_date"] + timedelta(day))
                    found[(kind, spell["evidence_id"])] |= self.causes[
                        (trace, spell["device_id"], date_text)
                    ]
        for signal in self.signals:
            if signal["evidence_type"] == "patrol":
                line = (
                    "line",
                    signal["file_name"],
                    signal["sheet_name"],
                    str(signal["row_number"]),
                )
                found[("patrol", signal["evidence_id"])] |= self.causes[line]
        return found

    def causes_of_incidents(self) -> dict[str, set[str]]:
        """Who caused the signals of each suspected incident."""
        of_signal = {
            signal["signal_id"]: self.of_evidence[(signal["evidence_type"], signal["evidence_id"])]
            for signal in self.signals
            if signal["confidence_code"] != "low"
        }
        return {
            incident: set().union(*(of_signal.get(signal, set()) for signal in members))
            for incident, members in self.members.items()
            if incident in self.suspected
        }

    def false_claims(self) -> list[tuple[str, Trace]]:
        """Every ledger line or empty form that denies an episode: the episode and what names the claim.

        A line of a Word file has no row in the truth and is known by its words; an empty form has no line
        and is known by its file and village.
        """
        words = {
            (row["file"], row["form"], row["cause"]): row["location"]
            for row in truth(self.home, "ledger_rows")
            if row["is_false"]
        }
        claims = []
        for row in truth(self.home, "false_ledgers"):
            episode, file = row["episode_id"], Path(row["file"]).name
            if row["row"] is not None:
                claim = row_of(row)
            elif row["claim"] == "zero_report":
                claim = ("form", file, self.episodes[episode]["place"]["village_code"])
            else:
                claim = ("words", file, words[row["file"], row["form"], episode])
            claims.append((episode, claim))
        return claims

    def in_ledger(self) -> set[Trace]:
        """What names a line or an empty form that entered the ledger and was not replaced."""
        lines = set()
        for row in self.patrols:
            file = row["file_name"]
            lines |= {
                ("line", file, row["sheet_name"], str(row["row_number"])),
                ("words", file, row["location_text"]),
            }
        return lines | {
            ("form", row["file_name"], row["village_code"])
            for row in self.forms
            if row["is_zero_report"] and not row["is_superseded"]
        }

    def judged_lines(self) -> Iterator[tuple[str, str, bool]]:
        """Each false line by its episode, what became of it, and whether it was found.

        What became of it: in the ledger, replaced by a form sent later, or rejected.
        """
        claims, entered = self.false_claims(), self.in_ledger()
        claimed = set().union(*(self.claimed(row) for row in self.contradictions), set())
        for episode, claim in claims:
            later = self.later_files[claim[1]]
            if claim in entered:
                yield episode, "in_ledger", claim in claimed
            elif not later:
                yield episode, "rejected", False
            else:
                place = self.episodes[episode]["place"]
                changed = any(
                    row["rule_code"] == "X31"
                    and row["claim_file_name"] in later
                    and (row["site_id"] or row["village_code"])
                    == (place["site_id"] or place["village_code"])
                    for row in self.contradictions
                )
                again = any(
                    other == episode and sent_again[1] in later and sent_again in claimed
                    for other, sent_again in claims
                )
                yield episode, "replaced", changed or again

    def claimed(self, row: dict[str, Any]) -> set[Trace]:
        """What names the claim of a contradiction."""
        file = row["claim_file_name"]
        if row["claim_type"] == "patrol":
            line = ("line", file, row["claim_sheet_name"], str(row["claim_row_number"]))
            return {line, ("words", file, row["location_text"])}
        return (
            {("form", file, row["village_code"])} if row["claim_type"] == "patrol_form" else set()
        )

    def planted_faults(self) -> tuple[set[str], set[str]]:
        """Files with a lazy form or another fault; subjects of faults and duties."""
        faults = truth(self.home, "lazy_ledgers") + truth(self.home, "dirt")
        files = {Path(fault["file"]).name for fault in faults if fault["file"]}
        subjects = {
            str(value)
            for fault in faults + truth(self.home, "duties")
            for name, value in fault.items()
            if name == "subject" or name.endswith("_id")
        }
        return files, subjects

    def judged_contradictions(self) -> list[tuple[dict[str, Any], bool, bool]]:
        """Each contradiction, whether it is right and whether an honest look-alike caused it."""
        denied = {claim for _, claim in self.false_claims()}
        files, subjects = self.planted_faults()
        evidence = defaultdict(set)
        for row in self.evidence:
            key = (row["evidence_type"], row["evidence_id"])
            evidence[row["contradiction_id"]] |= self.of_evidence[key]
        judged = []
        for row in self.contradictions:
            causes = (
                evidence[row["contradiction_id"]]
                | self.of_evidence[(row["claim_type"], row["claim_id"])]
            )
            right = bool(self.claimed(row) & denied)
            if row["rule_code"] not in CLAIMS_A_LINE:
                planted = row["claim_file_name"] in files or row["claim_id"] in subjects
                right = right or planted or bool(causes & self.episodes.keys())
            judged.append((row, right, not right and bool(causes & self.decoys.keys())))
        return judged


def evaluated(county: County) -> dict[str, Any]:
    """The seed's counts; every count is (hit, of)."""
    incidents = county.causes_of_incidents()
    found = set().union(*incidents.values()) if incidents else set()
    result: dict[str, Any] = {
        name: defaultdict(Counter) for name in ("episodes", "decoys", "rules")
    }
    result["lines"], result["fates"] = defaultdict(Counter), defaultdict(Counter)
    for episode in county.episodes.values():
        if episode["is_whole"]:
            result["episodes"][episode["kind"]]["of"] += 1
            result["episodes"][episode["kind"]]["hit"] += episode["id"] in found
    only_honest = set().union(
        *(causes for causes in incidents.values() if not causes & county.episodes.keys()), set()
    )
    judged = county.judged_contradictions()
    for decoy in county.decoys.values():
        if decoy["is_whole"]:
            result["decoys"][decoy["kind"]]["of"] += 1
            result["decoys"][decoy["kind"]]["hit"] += decoy["id"] in only_honest
    for episode, fate, is_found in county.judged_lines():
        result["fates"][fate].update(of=1, hit=int(is_found))
        if fate != "rejected":
            result["lines"][county.episodes[episode]["kind"]].update(of=1, hit=int(is_found))
    for row, right, fooled in judged:
        count = result["rules"][row["rule_code"]]
        count["of"] += 1
        count["hit"] += right
        count["fooled"] += fooled
    result["missed"] = sorted(
        f"{episode['id']} {episode['kind']}"
        for episode in county.episodes.values()
        if episode["is_whole"] and episode["id"] not in found
    )
    result["flagged"] = sorted(f"{name} {county.decoys[name]['kind']}" for name in only_honest)
    result["suspected"] = {
        "of": len(incidents),
        "hit": sum(bool(causes & county.episodes.keys()) for causes in incidents.values()),
    }
    return result


HEADINGS = {
    "episodes": "Planted episodes that became an incident",
    "decoys": "Honest look-alikes flagged",
    "lines": "False ledger lines that are the claim of a contradiction, by kind of episode (without rejected ones)",
    "fates": "False ledger lines that are the claim of a contradiction, by what became of the line (all of them)",
    "rules": "Contradictions raised that were planted, by rule",
}


def share(count: dict[str, int]) -> str:
    """A share as people read it."""
    return f"{100 * count['hit'] / count['of']:.0f} %" if count["of"] else "n/a"


def tables(results: dict[int, dict[str, Any]]) -> str:
    """All seeds as tables of Markdown."""
    lines = []
    for name, heading in HEADINGS.items():
        kinds = sorted({kind for result in results.values() for kind in result[name]})
        lines += [
            "",
            f"### {heading}",
            "",
            "| kind | " + " | ".join(map(str, results)) + " | all | share |",
        ]
        lines += ["|---|" + "---|" * (len(results) + 2)]
        total: Counter = Counter()
        for kind in kinds:
            each = [result[name].get(kind, {"hit": 0, "of": 0}) for result in results.values()]
            whole = {key: sum(one[key] for one in each) for key in ("hit", "of")}
            total.update(whole)
            cells = [f"{one['hit']}/{one['of']}" for one in each]
            lines.append(
                f"| {kind} | {' | '.join(cells)} | {whole['hit']}/{whole['of']} | {share(whole)} |"
            )
        blank = " | ".join("" for _ in results)
        lines.append(f"| **all** | {blank} | {total['hit']}/{total['of']} | **{share(total)}** |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Evaluate the seeds and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="11,12,13,14,15")
    parser.add_argument("--months", default="2022-07..2022-12")
    parser.add_argument("--homes", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="also into docs/insight.md")
    given = parser.parse_args(arguments)
    results = {}
    with contextlib.ExitStack() as stack:
        folder = given.homes or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for seed in map(int, given.seeds.split(",")):
            home = prepared(folder, seed, given.months)
            results[seed] = evaluated(County(home, candidates(home)[-1].database))
    if given.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
        return
    measured = f"Measured on {date.today()}, seeds {given.seeds}, months {given.months}.\n{tables(results)}\n"
    print(measured)
    if given.write:
        text, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(f"{text}{mark}\n{measured}", encoding="utf-8")
    for seed, result in results.items():
        print(f"\nseed {seed}: suspected incidents {result['suspected']}")
        print("  missed:", *result["missed"], sep="\n    ")
        print("  flagged:", *result["flagged"], sep="\n    ")


if __name__ == "__main__":
    main()
