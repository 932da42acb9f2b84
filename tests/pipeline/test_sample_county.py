"""The sample county goes the whole way, every row of its files comes out as it was meant, and nothing
personal gets anywhere."""

import io
import json
import re
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from dashboards import queries
from ingestion.masking import Masker
from ingestion.records import read_records
from reports import charts, lifecycle, pdf
from reports.content import figures_of
from reports.periods import period_of
from sample.places import distance_m
from warehouse.connection import connect
from warehouse.settings import ROOT, Home
from warehouse.versions import current

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(sample_home, tmp_path_factory):
    """A copy of the published sample county, for reports are written into it."""
    root = tmp_path_factory.mktemp("sample") / "home"
    shutil.copytree(sample_home, root, symlinks=True)
    return Home(root)


def test_every_file_is_read_as_it_was_meant(home):
    truth = json.loads((home.root / "truth" / "deliveries.json").read_text(encoding="utf-8"))
    records = {(r.feed, r.file_name, r.received_at.isoformat()): r for r in read_records(home)}
    masker = Masker(home.masking_key())
    assert len(records) == len(truth)
    for meant in truth:
        feed, _, rest = meant["file"].partition("/")
        name = rest.rsplit("/", 1)[-1]
        record = records.get((feed, name, meant["received_at"]))
        if record is None:
            # Of a file that says who reported, the name is kept as a hash.
            record = records[feed, masker.mask_file_name(name), meant["received_at"]]
            assert record.is_protected
        if meant.get("is_unreadable"):
            assert record.outcome == "refused", name
            continue
        if feed == "video_events" and record.outcome == "refused":
            continue  # without a reader for the platforms' files all of them are refused
        (part,) = record.parts
        assert (part.good, part.rejected, part.skipped) == (
            meant["rows_good"],
            meant["rows_rejected"],
            meant["rows_skipped"],
        ), meant["file"]
        assert part.read == part.good + part.rejected + sum(part.skipped.values())


def test_marts_are_filled_and_marked_as_sample(home):
    with connect(current(home).database, read_only=True) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "select table_name from information_schema.tables where table_schema = 'marts'"
            ).fetchall()
        ]
        # What counties hand up is a city's; where every camera and meter is heard, none is silent.
        bare = {path.stem for path in (ROOT / "models" / "marts" / "counties").glob("*.sql")}
        assert bare
        for table in tables:
            if table not in bare | {"rpt_silent_sensors"}:
                assert connection.execute(f"select count(*) from marts.{table}").fetchone()[0], (
                    table
                )
        assert connection.execute("select is_sample from marts.dim_version").fetchone() == (True,)


def test_where_somebody_dug_last_is_among_the_places_to_look_at(home):
    folder = home.root / "truth"
    episodes, sites = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("episodes", "sites")
    )
    names = {site["id"]: site["name"] for site in sites}
    with connect(current(home).database, read_only=True) as connection:
        suggested = connection.execute(
            "select place_id, place_name, place_kind_code, longitude, latitude "
            "from marts.rpt_patrol_suggestions where pick_code = 'risk' "
            "and (place_kind_code <> 'unregistered' or longitude is not null)"
        ).fetchall()
    found = []
    # Under way in the last ten days of the data, since at least three.
    for episode in episodes:
        place = episode["place"]
        if episode["first"] <= "2022-11-27" and episode["last"] >= "2022-11-21":
            found.append(
                any(
                    name == names.get(place["site_id"], "")
                    or (place["site_id"] is None and place_id == place["village_code"])
                    or (kind == "unregistered" and distance_m(point, place["point"]) < 300)
                    for place_id, name, kind, *point in suggested
                )
            )
    assert len(found) >= 3
    assert sum(found) >= 0.7 * len(found), found


def is_site(found, meant):
    """Whether it is that site; a register that gives no numbers has sites by their natural key."""
    return found == meant or str(found).startswith("natural:")


def test_ledger_lines_find_the_site_they_were_written_about(home):
    truth = json.loads((home.root / "truth" / "ledger_rows.json").read_text(encoding="utf-8"))
    with connect(current(home).database, read_only=True) as connection:
        found = {
            row[:3]: row[3:]
            for row in connection.execute(
                "select file_name, sheet_name, row_number, site_id, match_method_code "
                "from marts.fct_patrols"
            ).fetchall()
        }
    agreed = {"site_id": 0, "coordinates": 0, "name": 0, "none": 0}
    differing = 0
    for line in truth:
        key = (line["file"].rsplit("/", 1)[-1], line["sheet"], line["row"])
        if key not in found:
            continue  # a line of a replaced or later form, or of a Word table, which has no sheet
        site_id, method = found[key]
        if is_site(site_id, line["site_id"]):
            agreed[method] += 1
        else:
            differing += 1
    assert min(agreed.values()) > 20, agreed
    assert differing <= 0.01 * sum(agreed.values()), (agreed, differing)


def test_forms_have_the_level_and_period_they_were_written_for(home):
    truth = json.loads((home.root / "truth" / "deliveries.json").read_text(encoding="utf-8"))
    with connect(current(home).database, read_only=True) as connection:
        found = {
            row[:5]: row[5:]
            for row in connection.execute(
                "select forms.file_name, deliveries.received_at, forms.sheet_name, "
                "forms.reporting_unit_code, forms.filled_date, "
                "forms.patrol_level_code, forms.period_start_date "
                "from marts.fct_patrol_forms as forms "
                "inner join marts.fct_deliveries as deliveries using (delivery_sha256)"
            ).fetchall()
        }
    compared = differing = 0
    for delivery in truth:
        for form in delivery.get("forms", []):
            key = (
                delivery["file"].rsplit("/", 1)[-1],
                datetime.fromisoformat(delivery["received_at"]),
                form["sheet"],
                form["unit_code"],
                date.fromisoformat(form["filled_date"]) if form["filled_date"] else None,
            )
            if key in found:
                compared += 1
                level, start = found[key]
                differing += (level, str(start)) != (form["level"], str(form["period_start"]))
    assert compared > 300
    assert differing <= 0.02 * compared, (differing, compared)


def test_clues_and_accounts_lie_where_the_truth_says(home):
    clues = json.loads((home.root / "truth" / "clues.json").read_text(encoding="utf-8"))
    meters = json.loads((home.root / "truth" / "meters.json").read_text(encoding="utf-8"))
    with connect(current(home).database, read_only=True) as connection:
        placed = {
            row[0]: row[1:]
            for row in connection.execute(
                "select clue_id, village_code, site_id, result_code from marts.fct_clues"
            ).fetchall()
        }
        supplied = {
            row[0]: row[1:]
            for row in connection.execute(
                "select meter_id, village_code, site_id, match_method_code "
                "from marts.dim_power_users where is_current"
            ).fetchall()
        }
    known = [clue for clue in clues if clue["clue_id"] in placed]
    assert len(known) > 40
    wrong = [c["clue_id"] for c in known if placed[c["clue_id"]][0] != c["village_code"]]
    assert len(wrong) <= 0.02 * len(known), wrong
    at_sites = [clue for clue in known if clue["site_id"]]
    found = [c for c in at_sites if is_site(placed[c["clue_id"]][1], c["site_id"])]
    assert len(found) >= 0.8 * len(at_sites)
    results = {"属实": "confirmed", "部分属实": "partly_confirmed", "不属实": "unfounded"}
    told = {(clue["result"], placed[clue["clue_id"]][2]) for clue in known}
    # Not looked into yet when the list was made.
    assert told <= {*results.items(), *((result, "none") for result in (*results, None))}
    assert {result for result, _ in told} == {*results, None}
    for meter in meters:
        village, site, method = supplied[meter["id"]]
        assert village == meter["village_code"]
        if meter["site_id"] and method in ("site_id", "coordinates"):
            assert is_site(site, meter["site_id"])


def test_cameras_and_their_events_are_those_of_the_truth(home):
    cameras = json.loads((home.root / "truth" / "cameras.json").read_text(encoding="utf-8"))
    episodes = json.loads((home.root / "truth" / "episodes.json").read_text(encoding="utf-8"))
    with connect(current(home).database, read_only=True) as connection:
        standing = {
            row[0]: row[1:]
            for row in connection.execute(
                "select camera_id, longitude, latitude, village_code from marts.dim_cameras"
            ).fetchall()
        }
        events = {
            row[0]: row[1:]
            for row in connection.execute(
                "select video_event_id, camera_id, event_kind_code, occurred_at "
                "from marts.fct_video_events"
            ).fetchall()
        }
    for camera in cameras:
        # Half of the lists' coordinates are in GCJ-02, 600 m away.
        *point, village = standing[camera["id"]]
        assert distance_m(tuple(point), tuple(camera["point"])) < 5
        assert village == camera["village_code"]
    kinds = {"excavator": "excavator", "truck": "transport", "person": "intrusion"}
    seen = 0
    for episode in episodes:
        for trace in episode["traces"].get("video_events", []):
            if "event_id" in trace and trace["occurred_at"] < "2022-11-29":
                camera_id, kind, occurred_at = events[trace["event_id"]]
                assert camera_id in episode["camera_ids"]
                assert kind == kinds[trace["kind"]]
                assert str(occurred_at) == trace["occurred_at"]
                seen += 1
    assert seen > 50


def test_cases_lie_where_the_truth_says_and_their_steps_are_as_they_were_taken(home):
    cases = json.loads((home.root / "truth" / "cases.json").read_text(encoding="utf-8"))
    with connect(current(home).database, read_only=True) as connection:
        registered = {
            row[0]: row[1:]
            for row in connection.execute(
                "select case_id, village_code, site_id, match_method_code, case_value_yuan, "
                "filed_at, decided_at, closed_at from marts.fct_cases"
            ).fetchall()
        }
        (steps_unknown,) = connection.execute(
            "select count(*) from marts.fct_case_events where not is_known_state"
        ).fetchone()
    assert set(registered) == {case["case_id"] for case in cases}
    assert steps_unknown == 0
    # What the lists of the last day of November could know.
    as_listed = "2022-11-30 16:00"
    for case in cases:
        village, site, method, value, *times = registered[case["case_id"]]
        assert village == case["village_code"]
        if case["site_id"] and method == "site_id":
            assert site == case["site_id"]
        if value is not None:
            assert value == case["value_yuan"]
        taken = {state: moment for state, moment, _ in case["steps"] if moment < as_listed}
        for state, moment in zip(("立案", "作出处罚决定", "结案"), times, strict=True):
            # The water bureau writes days without times.
            assert (str(moment) if moment else None) in (
                taken.get(state),
                taken[state][:10] + " 00:00:00" if state in taken else None,
            )


def test_no_phone_or_identity_number_is_anywhere_but_in_the_archive(home):
    detector = Masker(b"looking only")
    planted = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
    # Among a thousand hashes there is one with eleven digits in a row.
    hashed = re.compile(r"\b[0-9a-f]{64}\b")
    files = [
        path
        for path in home.root.rglob("*")
        if path.is_file()
        and path.suffix in {".json", ".html", ".log", ".txt", ".sql", ".csv"}
        and not path.is_relative_to(home.archive)
        and "truth" not in path.parts
        and "target" not in path.parts
    ]
    assert {path.suffix for path in files} >= {".json", ".html", ".log"}
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        for line in hashed.sub("", text).splitlines():
            # Keys may look like phone numbers; the planted one is in a remark.
            if detector.mask_text(line) != line and planted.search(line):
                pytest.fail(f"{path}: {line[:200]}")
    with connect(current(home).database, read_only=True) as connection:
        masked = connection.execute(
            "select count(*) from marts.fct_patrols where remark_text like '%[手机#%'"
        ).fetchone()[0]
    assert masked >= 1


@pytest.fixture(scope="module")
def reports(home, tmp_path_factory):
    """The report of every month to both recipients; one LibreOffice prints them all."""
    folder = tmp_path_factory.mktemp("printed")
    fonts, found = pdf.stand_ins(pdf.families()), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "office", lambda: None)
        picture = charts.bars_and_line(["11月"], [("巡查", [Decimal(1)])], None, "次")
        patch.setattr(charts, "bars_and_line", lambda *given: picture)
        for month in ("2022-09", "2022-10", "2022-11"):
            for recipient in ("city", "province"):
                written = lifecycle.write(home, period_of(month), recipient, is_draft=True)
                contents = {path.suffix: path.read_bytes() for path in written.files}
                name = f"{month}-{recipient}"
                (folder / f"{name}.docx").write_bytes(pdf.with_fonts(contents[".docx"], fonts))
                found[month, recipient] = (contents, folder / f"{name}.pdf")
    done = subprocess.run(
        [pdf.office(), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        + ["--convert-to", "pdf", "--outdir", str(folder), *map(str, folder.glob("*.docx"))],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return found


def test_reports_say_what_the_pages_say_on_paper_and_in_the_workbook(home, reports):
    with connect(current(home).database, read_only=True) as reader:
        pages = {
            month: queries.metrics.of_month(reader, None, [], date.fromisoformat(f"{month}-01"))
            for month, _ in reports
        }
    told = {}
    for (month, recipient), (contents, printed) in reports.items():
        (lines,) = [
            table
            for table in docx.Document(io.BytesIO(contents[".docx"])).tables
            if table.cell(0, 1).text == "指标"
        ]
        rows = [[cell.text for cell in row.cells] for row in lines.rows[1:]]
        rows = [row for row in rows if row[0] != row[1]]
        paper = "".join("".join(page.extract_text().split()) for page in PdfReader(printed).pages)
        book = openpyxl.load_workbook(io.BytesIO(contents[".xlsx"]), read_only=True)
        cells = {
            row[2]: (row[9].split("/")[1], row[4:8])
            for row in book["附件1情况统计表"].iter_rows(min_row=3, values_only=True)
            if row[2]
        }
        page = pages[month].set_index("metric_name")
        by_code = {}
        for name, row in zip([row[1] for row in rows], rows, strict=True):
            code, values = cells[name]
            assert [number(value) for value in values] == [number(text) for text in row[3:]], name
            assert f"{name}{row[2]}{''.join(row[3:])}" in paper, (month, recipient, name)
            by_code[code] = (
                number(row[3]) * (10_000 if row[2] == "万元" else 1) if row[3] != "—" else None
            )
        shown = {
            code: None if value != value else round(float(value), 2)
            for code, value in zip(
                metric_codes(home, page.index), page["metric_value"], strict=True
            )
        }
        assert by_code.items() <= shown.items()
        told[month, recipient] = by_code
    for month in pages:
        city, province = told[month, "city"], told[month, "province"]
        shared = city.keys() & province.keys()
        assert len(shared) > 15
        assert all(city[code] == province[code] for code in shared)


def number(value):
    """A cell or a text as a number; what is none stays as it is."""
    try:
        return round(float(str(value).rstrip("%")), 2)
    except ValueError:
        return value


def metric_codes(home, names):
    with connect(current(home).database, read_only=True) as reader:
        codes = dict(
            reader.execute("select metric_name, metric_code from marts.dim_metrics").fetchall()
        )
    return [codes[name] for name in names]


def test_months_count_what_the_rows_of_their_metrics_count(home):
    for month in ("2022-09", "2022-10", "2022-11"):
        with figures_of(current(home), period_of(month)) as figures:
            for code, metric in figures.metrics.items():
                if metric.is_monthly:
                    figure = figures.of(code)
                    rows = figures.queried(metric, figure.first, figure.last, None)
                    wanted = (figure.numerator, figure.denominator or 0)
                    assert (rows[0], rows[1] or 0) == wanted, (month, code)
