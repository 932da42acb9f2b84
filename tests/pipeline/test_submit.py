"""What a county hands up: figures alone, the same bytes each time, and a city puts two of them together."""

import json
import zipfile
from datetime import date, datetime

import pytest

from ingestion.land import load
from pipeline.build import run_dbt
from pipeline.freeze import Context, freeze
from pipeline.submit import submit
from reports import PaperError
from reports.periods import period_of
from tests.command import minewatch
from tests.county import County
from tests.reports.paper import publish
from warehouse.connection import connect

NOVEMBER = date(2022, 11, 1)


def metric(code, scope="county", **more):
    return {
        "metric_code": code,
        "metric_name": f"指标{code}",
        "scope_code": scope,
        "unit_text": "%",
        "target_status_code": "no_target",
        "is_complete": True,
        "month_start_date": NOVEMBER,
    } | more


def figures(write):
    """A share of the county and its townships, one about officials, a month that is not over."""
    parts = {"numerator": 3, "denominator": 4, "metric_value": 75.01}
    known = {"township_code": "999901100", "township_name": "甲山镇"}
    write.add(
        "fct_metrics_monthly",
        [
            metric("share", target_number=100, target_status_code="missed", **parts),
            metric(
                "share",
                "township",
                numerator=2,
                denominator=2,
                metric_value=100,
                target_status_code="met",
                **known,
            ),
            metric("share", "township", numerator=1, denominator=2, target_status_code="missed"),
            metric("count", numerator=5, metric_value=5, cumulative_value=9),
            metric("officials", numerator=1, metric_value=1, is_restricted=True),
            metric("officials", "unit", numerator=1, is_restricted=True),
            metric("count", month_start_date=date(2022, 12, 1), is_complete=False),
            metric("count", month_start_date=date(2022, 10, 1), numerator=4, metric_value=4),
        ],
    )
    write.add(
        "fct_deadline_progress",
        [
            {
                "deadline_code": "video_system",
                "deadline_name": "视频建成",
                "scope_code": scope,
                "planned_count": 40,
                "done_count": done,
                "week_end_date": date.fromisoformat(end),
            }
            for scope, done, end in (
                ("county", 20, "2022-11-20"),
                ("county", 29, "2022-11-27"),
                ("county", 33, "2022-12-04"),
                ("township", 7, "2022-11-27"),
            )
        ],
    )
    write.add(
        "fct_cases",
        [
            {
                "case_id": f"案{number}",
                "case_type_code": "CT02",
                "case_type_name": "无证开采",
                "discovered_date": date.fromisoformat(found),
                "filed_at": filed and datetime.fromisoformat(filed),
                "ended_at": ended and datetime.fromisoformat(ended),
            }
            for number, (found, filed, ended) in enumerate(
                [
                    ("2022-10-31", "2022-11-01", "2022-11-30T18:00"),
                    ("2022-11-01", "2022-11-30T23:30", "2022-12-05"),
                    ("2022-11-30", "2022-12-01", None),
                    ("2022-12-01", "2022-12-01", None),
                ]
            )
        ],
    )


def tables(path):
    with zipfile.ZipFile(path) as package, connect() as connection:
        for name in package.namelist():
            if name.endswith(".parquet"):
                file = path.with_name(name)
                file.write_bytes(package.read(name))
                result = connection.execute("select * from read_parquet(?)", [str(file)])
                columns = [column[0] for column in result.description]
                yield name, [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def test_a_package_holds_the_figures_of_the_month(county, tmp_path):
    publish(county.home, figures)
    package = submit(county.home, period_of("2022-11"), tmp_path)
    assert package.path.name == "999901-2022-11.minewatch.zip"
    found = dict(tables(package.path))
    levels = {(row["metric_code"], row["level_code"]): row for row in found["metrics.parquet"]}
    assert set(levels) == {
        ("share", "county"),
        ("share", "township"),
        ("count", "county"),
        ("officials", "county"),
    }
    # The county's figure is the mart's own, whatever its parts would give.
    assert float(levels["share", "county"]["metric_value"]) == 75.01
    towns = levels["share", "township"]
    assert [towns[name] for name in ("member_count", "met_count", "missed_count")] == [1, 1, 1]
    assert float(towns["metric_value"]) == 75
    assert levels["count", "county"]["cumulative_value"] == 9
    [deadline] = found["deadlines.parquet"]
    assert (deadline["planned_count"], deadline["done_count"]) == (40, 29)
    [cases] = found["cases.parquet"]
    counts = ("discovered_count", "filed_count", "registered_count", "open_count")
    # Filed at 23:30 on the last day is this month's; ended after it, the case was open at its end.
    assert [cases[name] for name in counts] == [2, 2, 3, 2]


def test_a_package_names_no_township_unit_place_or_case(county, tmp_path):
    publish(county.home, figures)
    package = submit(county.home, period_of("2022-11"), tmp_path)
    text = str(list(tables(package.path)))
    for name in ("甲山镇", "999901100", "案0", "东坡", "自然资源局"):
        assert name not in text, name


def test_the_same_version_and_month_give_the_same_bytes(county, tmp_path):
    publish(county.home, figures)
    first = submit(county.home, period_of("2022-11"), tmp_path / "a")
    again = submit(county.home, period_of("2022-11"), tmp_path / "b")
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.sha256 == again.sha256


@pytest.mark.parametrize(
    ("text", "message"),
    [("2022-12", "还没有结束"), ("2023-01", "不在当前版本"), ("2022-Q4", "不是月份")],
)
def test_what_is_not_over_is_not_handed_up(county, tmp_path, text, message):
    publish(county.home, figures)
    with pytest.raises(PaperError, match=message):
        submit(county.home, period_of(text), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_number_of_a_person_stops_the_package(county, tmp_path):
    def with_number(write):
        write.add("fct_metrics_monthly", [metric("x", metric_name="电话13900001234")])

    publish(county.home, with_number)
    with pytest.raises(PaperError, match="metrics.metric_name"):
        submit(county.home, period_of("2022-11"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("compiled")
def test_a_city_puts_the_packages_of_its_counties_together(tmp_path):
    """Two counties, one of them twice; one that handed up nothing, and one in the wrong city."""
    city = County(tmp_path / "city")
    units = "单位代码,单位名称,单位类别,起\n" + "".join(
        f"{code},{name},县级政府,2021-01-01\n"
        for code, name in (("999901", "甲县"), ("999902", "乙县"), ("999903", "丙县"))
    )
    city.deliver("units", "units.csv", units.encode(), "2022-09-19T00:00:00")

    def hand_up(name, code, received_at, numerator, is_sample=True):
        home = County(tmp_path / name).home

        def fill(write):
            figures(write)
            write.connection.execute(
                "update marts.fct_metrics_monthly set metric_value = ? where metric_code = 'count'",
                [numerator],
            )

        publish(home, fill, code, is_sample)
        package = submit(home, period_of("2022-11"), tmp_path / name)
        content = package.path.read_bytes()
        city.deliver("county_packages", f"{name}.zip", content, received_at)

    hand_up("first", "999901", "2022-12-01T08:00:00", 5)
    hand_up("second", "999902", "2022-12-01T09:00:00", 6)
    hand_up("corrected", "999901", "2022-12-02T08:00:00", 7)
    hand_up("real", "999904", "2022-12-02T08:00:00", 8, is_sample=False)
    result = load(city.home)
    assert {file.outcome for file in result.files} == {"loaded"}, result.files
    assert not [file for file in result.files if file.rejected or file.warnings]
    # What is no package is refused, with its reason, and the others stand.
    cut = (tmp_path / "first" / "999901-2022-11.minewatch.zip").read_bytes()[:-9]
    city.deliver("county_packages", "cut.zip", cut, "2022-12-02T09:00:00")
    done = minewatch(city.home, "load", "--json")
    assert done.returncode == 3
    assert "已损坏或不完整" in json.loads(done.stdout)[0]["message"]

    database = tmp_path / "build" / "minewatch.duckdb"
    database.parent.mkdir()
    as_of = datetime(2022, 12, 10, 8)
    with connect(database) as connection:
        texts = ("v", "999900", "样例市", "hash", None, "dbt", "duckdb")
        freeze(connection, city.home, Context(*texts, True, False, as_of, as_of), {})
    wanted = ["--select", "+path:models/marts/counties", "--indirect-selection", "cautious"]
    wanted += ["--exclude-resource-type", "unit_test"]
    outcome = run_dbt(city.home, database, ["build", *wanted], lambda name, done, total: None)
    assert outcome.success, outcome.exception or outcome.result.results
    with connect(database, read_only=True) as connection:
        summary = connection.execute(
            """
            select county_code, county_name, cast(metric_value as double), has_reported
            from marts.rpt_county_summary where metric_code = 'count' order by county_code
            """
        ).fetchall()
        deadlines = connection.execute(
            "select county_code, done_count from marts.fct_county_deadlines order by all"
        ).fetchall()
        cases = connection.execute(
            "select county_code, filed_count from marts.fct_county_cases order by all"
        ).fetchall()
    assert summary == [
        ("999901", "甲县", 7.0, True),
        ("999902", "乙县", 6.0, True),
        ("999903", "丙县", None, False),
    ]
    assert deadlines == [("999901", 29), ("999902", 29), ("999904", 29)]
    assert cases == [("999901", 2), ("999902", 2), ("999904", 2)]
