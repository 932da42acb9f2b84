"""One bad file does not stop the county, one bad mart stops publishing, and readers never wait."""

import json

import pytest

from ingestion.land import withdraw
from ingestion.records import read_records
from pipeline.freeze import visible
from tests.command import minewatch
from warehouse.connection import connect
from warehouse.versions import current

pytestmark = pytest.mark.slow


def rows(database, query):
    with connect(database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_from_inbox_to_published_version_with_everything_that_goes_wrong(mini_county):
    county, home = mini_county, mini_county.home
    first = current(home)
    assert rows(first.database, "select count(*) from marts.fct_power_days") == [(9,)]
    # A version depends on nothing outside itself.
    schemas = {row[0] for row in rows(first.database, "select schema_name from duckdb_schemas()")}
    assert schemas.isdisjoint({"raw", "staging"})
    assert rows(
        first.database,
        "select count(*) from duckdb_views() where not internal",
    ) == [(0,)]
    # Descriptions travel with the file.
    described = (
        "select count(*) from duckdb_columns() where schema_name = 'marts' and comment is null"
    )
    undescribed = rows(first.database, described + " and table_name <> 'fct_check_results'")
    assert undescribed == [(0,)]

    # Without townships nothing can be attributed: the old version stays, and status says why.
    townships = next(record for record in read_records(home) if record.feed == "townships")
    withdraw(home, townships.sha256, "试验")
    blocked = minewatch(home, "run")
    assert blocked.returncode == 1
    assert "已发布版本不变" in blocked.stderr
    assert current(home) == first
    status = json.loads(minewatch(home, "status", "--json").stdout)
    assert status["current"]["id"] == first.id
    assert status["last_check"]["passed"] is False
    assert "township" in status["last_check"]["reason"]
    assert (
        minewatch(home, "withdraw", townships.sha256, "--reason", "恢复", "--undo").returncode == 0
    )

    # A reader holds the version open across a whole run with a new day, a file in watts and rubbish.
    with connect(first.database, read_only=True) as reader:
        county.deliver_power("2022-11-04", "2022-11-05T07:00:00")
        watts = county.deliver_power("2022-11-05", "2022-11-06T07:00:00", level=12_000.0)
        county.deliver("patrol_ledger", "损坏.xlsx", b"PK\x03\x04 rubbish", "2022-11-06T08:00:00")
        second_run = minewatch(home, "run")
        assert second_run.returncode == 0, second_run.stdout + second_run.stderr
        assert "已隔离" in second_run.stdout
        assert "损坏.xlsx" in second_run.stdout
        assert reader.execute("select count(*) from marts.fct_power_days").fetchone() == (9,)
    second = current(home)
    assert second.id != first.id
    outcomes = dict(
        rows(second.database, "select file_name, outcome_code from marts.fct_deliveries")
    )
    assert outcomes[watts.name] == "quarantined"
    assert outcomes["损坏.xlsx"] == "refused"
    assert outcomes["curves_2022-11-04.csv"] == "used"
    assert rows(second.database, "select count(*) from marts.fct_power_days") == [(12,)]
    assert rows(second.database, "select base_version_id from marts.dim_version") == [(first.id,)]

    # Loading everything twice changes nothing.
    archived = sorted(path.name for path in home.raw.rglob("*.parquet"))
    again = minewatch(home, "load", *home.archive.glob("*[0-9a-f]"), "--feed", "power_readings")
    assert sorted(path.name for path in home.raw.rglob("*.parquet")) == archived
    assert again.returncode in (0, 3)

    # What was quarantined by mistake of the sender is withdrawn: no build sees it any more.
    bad = next(record for record in read_records(home) if record.file_name == watts.name)
    assert minewatch(home, "withdraw", bad.sha256[:12], "--reason", "单位错误").returncode == 0
    assert bad.sha256 not in {record.sha256 for record in visible(home, home.settings().as_of)}


def test_load_exits_3_if_a_file_was_refused_and_loads_the_others(county):
    county.deliver_reference()
    county.deliver("sites", "坏.xlsx", b"\xd0\xcf\x11\xe0 not a workbook", "2022-02-01T08:00:00")
    done = minewatch(county.home, "load", "--json")
    assert done.returncode == 3
    outcomes = {file["path"].rsplit("/", 1)[1]: file["outcome"] for file in json.loads(done.stdout)}
    assert outcomes.pop("坏.xlsx") == "refused"
    assert set(outcomes.values()) == {"loaded"}
    assert minewatch(county.home, "load").returncode == 0


def test_rejected_rows_are_listed_with_file_row_cell_and_reason(county):
    county.deliver_reference()
    rows_sent = "点位编号,名称,对象类别,乡镇\nD009,,有证矿山,甲山镇\n"
    county.deliver("sites", "补充.csv", rows_sent.encode(), "2022-02-01T08:00:00", "甲山镇人民政府")
    assert minewatch(county.home, "load").returncode == 0
    (listed,) = json.loads(minewatch(county.home, "rejects", "--json").stdout)
    assert listed["feed"] == "sites"
    assert listed["row_number"] == 2
    assert listed["cell"] == "B2"
    assert listed["header"] == "名称"
    assert listed["sender_name"] == "甲山镇人民政府"


def test_a_home_without_settings_says_what_to_run(tmp_path, county):
    county.home.settings_file.unlink()
    done = minewatch(county.home, "run")
    assert done.returncode == 1
    assert "minewatch init" in done.stderr


def test_init_delivers_a_county_pack_and_refuses_an_unknown_one(tmp_path):
    from warehouse.settings import Home

    home = Home(tmp_path / "home")
    assert minewatch(home, "init", "--county", "nowhere").returncode == 1
    done = minewatch(home, "init", "--county", "pianguan")
    assert done.returncode == 0, done.stderr
    loaded = json.loads(minewatch(home, "load", "--json").stdout)
    good = {file["feed"]: file["good"] for file in loaded}
    assert good["villages"] == 156
    assert all(file["rejected"] == 0 for file in loaded)
