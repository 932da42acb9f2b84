"""What is found does not depend on how it came: in which order, how often, or split over how many files."""

import gzip
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

import sample
from ingestion.land import load
from tests.pipeline.builds import build_models, marts
from warehouse.settings import Home

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(1200)]
FOUND = (
    *("fct_video_spells", "fct_camera_dark_spells", "fct_power_alerts"),
    *("fct_signals", "fct_incident_signals", "fct_incidents"),
    *("fct_contradictions", "fct_contradiction_evidence"),
)
# Where a row stands; it is the only thing that another cut may change.
WHERE = ("delivery_sha256", "file_name", "sheet_name", "row_number")
SPLIT = (
    *("power_readings", "camera_status", "video_events", "video_verifications"),
    *("power_alerts", "clues", "patches", "inspections"),
)


class Delivered:
    """A home with one autumn month of the sample county in its inbox."""

    def __init__(self, root: Path, inbox: Path):
        self.home = Home(root)
        shutil.copytree(inbox, self.home.inbox)
        shutil.copy(inbox.parent / "settings.toml", self.home.settings_file)
        # Clues are stored under keyed hashes of their files' names.
        shutil.copy(inbox.parent / "masking.key", self.home.key_file)
        self.home.prepare()

    def files(self):
        return sorted(
            path
            for path in self.home.inbox.rglob("*")
            if path.is_file() and not path.name.endswith(".meta.json")
        )

    def found(self, monkeypatch):
        rows = marts(build_models(self, monkeypatch).database)
        return {name: rows[name] for name in FOUND}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("month") / "home")
    home.prepare()
    home.masking_key()
    sample.generate(home, 4, date(2022, 10, 1), date(2022, 10, 31), 60)
    return home.inbox


@pytest.fixture(scope="module")
def straight(inbox, tmp_path_factory):
    """The findings when everything comes in the order of its names."""
    delivered = Delivered(tmp_path_factory.mktemp("straight") / "home", inbox)
    load(delivered.home)
    with pytest.MonkeyPatch.context() as monkeypatch:
        found = delivered.found(monkeypatch)
    # A test of equality proves nothing about empty tables.
    assert {name: len(rows) > 0 for name, rows in found.items()} == dict.fromkeys(FOUND, True)
    return found


def test_any_order_and_the_same_files_twice(inbox, straight, tmp_path, monkeypatch):
    delivered = Delivered(tmp_path / "home", inbox)
    files = delivered.files()
    random.Random(11).shuffle(files)
    cut = len(files) // 3
    again = tmp_path / "again"
    for path in files[:cut:5]:
        copy = again / path.relative_to(delivered.home.inbox)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    for part in (files[cut:], files[:cut]):
        for start in range(0, len(part), 40):
            load(delivered.home, part[start : start + 40])
    for feed in sorted(again.iterdir()):
        outcomes = {file.outcome for file in load(delivered.home, [feed], feed.name).files}
        assert outcomes <= {"known", "refused"}, feed.name
    found = delivered.found(monkeypatch)
    for name in FOUND:
        assert found[name] == straight[name], name


def halves(content: bytes, has_head: bool) -> list[bytes] | None:
    """Two files with the rows of one; None if a line may not be a row, or there are too few."""
    lines = content.splitlines(keepends=True)
    head, rows = lines[: int(has_head)], lines[int(has_head) :]
    if len(rows) < 4 or (has_head and b'"' in content):
        return None
    middle = len(rows) // 2
    return [b"".join(head + rows[:middle]), b"".join(head + rows[middle:])]


def test_split_over_more_files(inbox, straight, tmp_path, monkeypatch):
    delivered = Delivered(tmp_path / "home", inbox)
    split = set()
    for path in delivered.files():
        feed = path.relative_to(delivered.home.inbox).parts[0]
        stem, _, kind = path.name.partition(".")
        if feed not in SPLIT or kind not in ("csv", "csv.gz", "jsonl"):
            continue
        content = path.read_bytes()
        if kind == "csv.gz":
            kind, content = "csv", gzip.decompress(content)
        parts = halves(content, has_head=kind == "csv")
        if parts is None:
            continue
        note = path.with_name(f"{path.name}.meta.json")
        for number, part in enumerate(parts, start=1):
            half = path.with_name(f"{stem}_{number}.{kind}")
            half.write_bytes(part)
            shutil.copy(note, half.with_name(f"{half.name}.meta.json"))
        path.unlink()
        note.unlink()
        split.add(feed)
    assert {"power_readings", "video_events", "clues"} <= split
    load(delivered.home)
    found = delivered.found(monkeypatch)

    def without_place(rows):
        return sorted(
            (
                {name: value for name, value in row.items() if not name.endswith(WHERE)}
                for row in rows
            ),
            key=repr,
        )

    for name in FOUND:
        assert without_place(found[name]) == without_place(straight[name]), name
