"""Who reported, what number they called from and what they said, planted in every way they can come in, is
nowhere under the home after load, build, check and publish: hashes in raw, the rest encrypted."""

import io
import json

import pytest
import xlsxwriter

from ingestion.archive import MAGIC, plain_bytes
from ingestion.masking import Masker
from ingestion.records import read_records
from tests.command import minewatch
from tests.county import County
from warehouse.connection import connect
from warehouse.versions import current, published

pytestmark = pytest.mark.slow

# Nobody is called this. 内情 is what was said, which only raw and the tables of a build may know.
REPORTER, MOBILE, LOCAL, IDENTITY = (
    "举报人甲乙丙",
    "13800138000",
    "0350-7659130",
    "11010519491231002X",
)
SAID = "后山老窑夜里有钩机装车"
HEADER = [
    "线索编号",
    "来源渠道",
    "接收时间",
    "内容",
    "地点",
    "乡镇",
    "村",
    "举报人",
    "联系电话",
    "身份证号",
]
CLUES = [
    [
        "XS001",
        "12345",
        "2022-11-02 09:30",
        f"{REPORTER}（{MOBILE}）称{SAID}",
        "东坡废弃煤窑",
        "甲山镇",
    ]
    + ["东坡村", REPORTER, MOBILE, IDENTITY],
    ["XS002", "110", "2022-11-03", f"来电人身份证{IDENTITY}，{SAID}", f"{LOCAL}", "乙水乡"]
    + ["", f"{REPORTER} {MOBILE}", LOCAL, IDENTITY],
    # Out of line by one: the caller's words stand where the time should be.
    [
        "XS003",
        "举报电话",
        f"{REPORTER}称{SAID}",
        "后梁",
        "甲山镇",
        "",
        REPORTER,
        MOBILE,
        IDENTITY,
        "",
    ],
    ["", "举报信箱", "2022-11-04", f"{REPORTER}来信", "后梁", "甲山镇", "", REPORTER, MOBILE, ""],
]
CASES = [
    ["案件编号", "案件类型", "线索来源", "发现日期", "承办单位", "乡镇"],
    ["AJ001", "无证开采", "群众举报", "2022-11-02", "县自然资源局", "甲山镇"],
]


def csv_text(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


def workbook(**sheets):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == "旧表":
                sheet.hide()
    return buffer.getvalue()


def deliver_clues(county):
    """Clues in their folder, in a hidden sheet of another feed, in a wrong folder, broken, mislabelled."""
    moment = "2022-11-05T08:00:00"
    county.deliver("clues", f"{REPORTER}反映.csv", csv_text(HEADER, *CLUES), moment, "县信访局")
    mixed = workbook(案件登记册=CASES, 旧表=[HEADER, *CLUES], **{f"{REPORTER}附": [["附注"]]})
    county.deliver("cases", f"{REPORTER}案.xlsx", mixed, moment)
    county.deliver("sites", f"{REPORTER}.csv", csv_text(HEADER, CLUES[1]), moment)
    county.deliver("clues", f"{REPORTER}{MOBILE}.xlsx", b"PK\x03\x04" + REPORTER.encode(), moment)
    county.deliver("clues", "无表头.csv", csv_text(*CLUES), moment)
    path = county.deliver("clues", "附注.csv", csv_text(HEADER, CLUES[0]), moment)
    path.with_name("附注.csv.meta.json").write_text(f"{{{REPORTER} {MOBILE}", encoding="utf-8")


@pytest.fixture(scope="module")
def county(compiled, tmp_path_factory):
    county = County(tmp_path_factory.mktemp("personal") / "home")
    county.deliver_everything()
    deliver_clues(county)
    said = []
    for verb in (["run"], ["status", "--json"], ["rejects"], ["rejects", "--json"]):
        done = minewatch(county.home, *verb)
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout + done.stderr)
    # A second delivery, so that the next version starts from the one before.
    again = csv_text(HEADER, [*CLUES[0][:2], "2022-11-06", *CLUES[0][3:]])
    county.deliver("clues", f"{REPORTER}又来电.csv", again, "2022-11-07T08:00:00")
    done = minewatch(county.home, "load", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    said.append(done.stdout + done.stderr)
    done = minewatch(county.home, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    said.append(done.stdout + done.stderr)
    (county.home.root / "screen.log").write_text("\n".join(said), encoding="utf-8")
    return county


def texts_of(path):
    """Everything a file says: its bytes, and the values of Parquet and DuckDB files."""
    yield path.name
    content = path.read_bytes()
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        yield content.decode(encoding, "replace")
    if path.suffix == ".parquet":
        with connect() as connection:
            for row in connection.execute("from read_parquet(?)", [str(path)]).fetchall():
                yield str(row)
    if path.suffix == ".duckdb":
        with connect(path, read_only=True) as connection:
            for schema, table in tables(connection):
                for row in connection.execute(f'from "{schema}"."{table}"').fetchall():
                    yield str(row)


def tables(connection):
    return connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()


def places(home, secret):
    """Where under the home the secret can be read."""
    return sorted(
        str(path.relative_to(home.root))
        for path in home.root.rglob("*")
        if path.is_file() and not path.is_symlink() and any(secret in one for one in texts_of(path))
    )


@pytest.mark.parametrize("secret", [REPORTER, MOBILE, IDENTITY, LOCAL, "7659130"])
def test_who_reported_can_be_read_nowhere(county, secret):
    assert places(county.home, secret) == []


def test_what_was_said_is_in_raw_alone(county):
    found = places(county.home, SAID)
    assert found
    assert all(path.startswith("raw/clues/") for path in found)
    assert (county.home.raw / "clues").stat().st_mode & 0o077 == 0


def test_the_search_finds_what_is_there(county):
    # The same files hold what may be known, in every place that was searched.
    home = county.home
    assert any(path.endswith(".parquet") for path in places(home, "XS001"))
    assert any(path.endswith(".duckdb") for path in places(home, "东坡废弃煤窑"))
    masked = Masker(home.masking_key()).mask_value(REPORTER)
    assert {path.split("/")[0] for path in places(home, masked)} == {"raw"}
    suffixes = {path.suffix for path in home.root.rglob("*") if path.is_file()}
    assert suffixes >= {".json", ".html", ".log", ".parquet", ".duckdb", ".sql"}


def test_protected_bytes_are_archived_encrypted_and_can_be_had_again(county, tmp_path):
    home = county.home
    protected = [record for record in read_records(home) if record.is_protected]
    assert len(protected) == 7
    for record in protected:
        assert (home.archive / record.sha256).read_bytes().startswith(MAGIC)
        scratch = tmp_path / record.sha256
        scratch.mkdir()
        assert plain_bytes(home, record.sha256, scratch).stat().st_size == record.size_bytes


def test_versions_hold_marts_and_what_the_next_build_appends_to(county):
    first, second = published(county.home)
    assert second == current(county.home)
    for version in (first, second):
        with connect(version.database, read_only=True) as connection:
            names = tables(connection)
            working = {table for schema, table in names if schema == "intermediate"}
            assert "int_power_days_measured" in working
            assert not {
                one for one in working if "clue" in one or "place" in one or "mention" in one
            }
            assert {schema for schema, _ in names}.isdisjoint({"raw", "staging"})
            described = connection.execute(
                "select count(*) from duckdb_columns() where schema_name = 'marts' "
                "and table_name = 'fct_deliveries' and comment is null"
            ).fetchone()
            assert described == (0,)
            base = connection.execute("select base_version_id from marts.dim_version").fetchone()
        assert base == (None if version == first else first.id,)
    assert county.home.build.stat().st_mode & 0o077 == 0


def test_a_rejected_clue_can_still_be_found_by_its_sender(county):
    done = minewatch(county.home, "rejects", "--feed", "clues", "--json")
    found = [(one["row_number"], one["cell"], one["header"]) for one in json.loads(done.stdout)]
    assert found == [(4, "C4", "接收时间"), (5, "A5", "线索编号")]
