"""What the sample's tests share: a small county, its truth, and readers that are not ours."""

import gzip
import hashlib
import io
import json
import re
import zipfile
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
from python_calamine import CalamineWorkbook

import sample
from sample.places import gcj02_to_wgs84
from warehouse.settings import Home

NOVEMBER = date(2022, 11, 1)
METERS = 60


class Generated(NamedTuple):
    """A home with the sample in it, what was said about it, and what was said on the way."""

    home: Home
    summary: sample.Summary
    steps: list[tuple[str, int, int]]


def generate(
    root: Path,
    seed: int = 1,
    first: date = NOVEMBER,
    last: date = NOVEMBER,
    meters: int = METERS,
) -> Generated:
    home, steps = Home(root), []
    summary = sample.generate(home, seed, first, last, meters, lambda *step: steps.append(step))
    return Generated(home, summary, steps)


def truth(home, name):
    return json.loads((home.root / "truth" / f"{name}.json").read_text(encoding="utf-8"))


def hashes(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def unpacked(path: Path) -> bytes:
    """The bytes without what depends on the packer."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(content)
    if path.suffix in {".xlsx", ".docx"} and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"".join(name.encode() + package.read(name) for name in package.namelist())
    # A truncated package: its packed bytes say nothing that another one does not.
    return b"" if path.suffix in {".xlsx", ".docx"} else content


def frozen_hash(home) -> str:
    """One hash over names and contents of all deliveries with their sidecars."""
    total = hashlib.sha256()
    for path in sorted(home.inbox.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(home.inbox)).encode()
            total.update(name + b"\0" + hashlib.sha256(unpacked(path)).digest())
    return total.hexdigest()[:16]


def deliveries(home):
    return [
        path
        for path in sorted(home.inbox.rglob("*"))
        if path.is_file() and not path.name.endswith(".meta.json")
    ]


def broken(home) -> set[str]:
    """Deliveries that nobody can open as what they pretend to be."""
    kinds = {"unreadable", "wrong_kind"}
    return {entry["file"] for entry in truth(home, "dirt") if entry["kind"] in kinds}


def spreadsheets(home):
    return [
        path
        for path in deliveries(home)
        if path.suffix in {".xlsx", ".xls", ".docx"}
        and str(path.relative_to(home.inbox)) not in broken(home)
    ]


@cache
def shown(path: Path) -> list[tuple[str, list[list[str]]]]:
    """Every sheet or table of a file as text, by a reader that is not ours."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        lines = [[paragraph.text] for paragraph in document.paragraphs]
        tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables]
        return [("", lines), *(("", table) for table in tables)]
    if path.suffix == ".xls":
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        grids = [book.get_sheet_by_name(name).to_python() for name in names]
        return [
            (name, [[str(cell) for cell in row] for row in grid])
            for name, grid in zip(names, grids, strict=True)
        ]
    book = openpyxl.load_workbook(path)
    return [
        (sheet.title, [["" if c is None else str(c) for c in row] for row in sheet.values])
        for sheet in book
    ]


def decoded(path: Path) -> str:
    """A text file's text, whatever its first line says."""
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def texts(path: Path) -> str:
    """All text of a delivery."""
    if path.suffix in {".xlsx", ".xls", ".docx"}:
        return "\n".join("|".join(row) for _, grid in shown(path) for row in grid)
    return decoded(path)


def lines_of_json(path: Path) -> list[dict]:
    """The lines of a file of JSON lines; the last one may have broken off."""
    if path.suffix not in {".json", ".jsonl"}:
        return []
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:
            assert line == path.read_text(encoding="utf-8").splitlines()[-1]
    return lines


def documents(path: Path) -> list[str]:
    """The XML documents of a file, without the first lines that lie about encodings."""
    parts = re.split(r"<\?xml[^>]*\?>", decoded(path))
    return [part.strip() for part in parts if part.strip()]


def moment_of(value: str | int) -> datetime:
    """A time in one of four styles, Beijing time."""
    if isinstance(value, int):
        seconds = value / 1000 if value > 10**11 else value
        return datetime(1970, 1, 1) + timedelta(seconds=seconds, hours=8)
    if value.isdecimal():
        return datetime.strptime(value, "%Y%m%d%H%M%S")
    return datetime.fromisoformat(value).replace(tzinfo=None)


@cache
def seen_events(home) -> dict[str, dict]:
    """Every event that has a number: device, time, WGS84 point or None; as pushed first."""
    found: dict[str, dict] = {}
    for path in deliveries(home):
        for line in lines_of_json(path) if "video_events" in path.parts else ():
            values = json.loads(line["data"]) if "data" in line else line
            values = {name.replace("_", "").lower(): value for name, value in values.items()}
            point = (values["longitude"], values["latitude"]) if values["longitude"] else None
            if point and values["crs"] == "GCJ-02":
                point = gcj02_to_wgs84(point)
            event = {
                "device_id": str(values["deviceid"]),
                "at": moment_of(values["eventtime"]),
                "pushed_at": moment_of(values["receivetime"]),
                "point": point,
            }
            known = found.setdefault(values["eventid"], event)
            known["pushed_at"] = min(known["pushed_at"], event["pushed_at"])
    return found
