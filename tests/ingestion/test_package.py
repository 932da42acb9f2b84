"""County packages: a whole one is read row by row, anything else is refused and says why."""

import hashlib
import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingestion.declare import Refused
from ingestion.feeds import FEEDS
from ingestion.masking import Masker
from ingestion.readers.grids import Limits
from ingestion.readers.package import SCHEMA_VERSION, read_package

FEED, MASKER = FEEDS["county_packages"], Masker(b"a key of the tests")
ROWS = {
    "metrics": [
        {
            "metric_code": "patrol_lines",
            "metric_name": "巡查点次",
            "level_code": "county",
            "unit_text": "点次",
            "numerator": 12,
            "metric_value": 12.5,
            "member_count": 1,
        }
    ],
    "deadlines": [
        {
            "deadline_code": "video_system",
            "planned_count": 40,
            "done_count": 29,
            "due_date": date(2022, 12, 31),
        }
    ],
    "cases": [{"case_type_code": "CT02", "discovered_count": 1, "filed_count": 0}],
}


def parquet(rows):
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


def package(rows=ROWS, more=None, edit=lambda manifest: None, compression=zipfile.ZIP_STORED):
    """A package as docs/package.md describes it, written without our writer."""
    tables = {name: parquet(found) for name, found in rows.items()}
    manifest = {
        "format": "minewatch county package",
        "schema_version": SCHEMA_VERSION,
        "county_code": "140901",
        "county_name": "甲县",
        "period": "2022-11",
        "version_id": "v1",
        "as_of": "2022-12-02T08:00:00",
        "is_sample": False,
        "tables": [
            {
                "name": name,
                "file": f"{name}.parquet",
                "rows": len(rows[name]),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in tables.items()
        ],
    }
    edit(manifest)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        file.writestr("manifest.json", json.dumps(manifest))
        for name, content in tables.items():
            file.writestr(f"{name}.parquet", content)
        for name, content in (more or {}).items():
            file.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def read(tmp_path):
    def reading(content, **limits):
        path = tmp_path / "package"
        path.write_bytes(content)
        return read_package(path, FEED, MASKER, Limits(**limits))

    return reading


def changed(rows, table, **cells):
    return rows | {table: [rows[table][0] | cells]}


def test_every_row_of_every_table_is_read_with_what_the_manifest_says(read):
    rows = read(package()).rows
    assert [(row.sheet, row.row_number, row.reject_reasons, row.warnings) for row in rows] == [
        ("metrics", 1, [], []),
        ("deadlines", 1, [], []),
        ("cases", 1, [], []),
    ]
    found = [{key: value for key, value in row.values.items() if value is not None} for row in rows]
    manifest = {
        "county_code": "140901",
        "county_name": "甲县",
        "month_date": date(2022, 11, 1),
        "version_id": "v1",
        "sample_code": "no",
        "as_of_at": datetime(2022, 12, 2, 8),
    }
    assert found[0] == manifest | {
        "table_code": "metrics",
        "item_code": "patrol_lines",
        "item_name": "巡查点次",
        "level_code": "county",
        "unit_text": "点次",
        "numerator": Decimal("12"),
        "metric_value": Decimal("12.5"),
        "member_count": 1,
    }
    assert found[1] == manifest | {
        "table_code": "deadlines",
        "item_code": "video_system",
        "planned_count": 40,
        "done_count": 29,
        "due_date": date(2022, 12, 31),
    }
    assert found[2]["filed_count"] == 0


def test_a_column_of_a_later_day_is_left_out(read):
    [row, *_] = read(package(changed(ROWS, "metrics", invented_later="x"))).rows
    assert "invented_later" not in row.values
    assert not row.warnings


@pytest.mark.parametrize(
    ("cells", "rejected", "warned"),
    [
        ({"metric_code": None}, ["项目代码"], []),
        ({"metric_code": 7}, ["metric_code", "项目代码"], []),
        ({"level_code": "village"}, ["level_code"], []),
        ({"member_count": -1}, [], ["member_count"]),
        ({"member_count": 1.5}, [], ["member_count"]),
        ({"metric_value": float("nan")}, [], ["metric_value"]),
        ({"metric_value": "12"}, [], ["metric_value"]),
    ],
)
def test_a_cell_that_cannot_be_meant_rejects_a_key_and_empties_anything_else(
    read, cells, rejected, warned
):
    reading = read(package(changed(ROWS, "metrics", **cells)))
    assert len(reading.rows) == 3
    row = reading.rows[0]
    assert [note.header for note in row.reject_reasons] == rejected
    assert [note.header for note in row.warnings] == warned
    assert bool(row.original) == bool(rejected)


def test_what_a_table_could_say_of_itself_does_not_overrule_the_manifest(read):
    told = changed(ROWS, "metrics", county_code="999999", county_name="别县", sample_code="yes")
    values = read(package(told)).rows[0].values
    assert (values["county_code"], values["county_name"], values["sample_code"]) == (
        "140901",
        "甲县",
        "no",
    )


def test_numbers_of_people_are_masked(read):
    [row, *_] = read(package(changed(ROWS, "metrics", metric_name="电话13900001234"))).rows
    assert "13900001234" not in row.values["item_name"]


def tampered():
    """A package of which one table was replaced by another of as many rows."""
    other = parquet(changed(ROWS, "metrics", metric_value=99.0)["metrics"])
    source, target = zipfile.ZipFile(io.BytesIO(package())), io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in source.namelist():
            file.writestr(name, other if name == "metrics.parquet" else source.read(name))
    return target.getvalue()


def setting(**values):
    return lambda manifest: manifest.update(values)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (tampered(), "SHA-256 不符"),
        (package()[:-40], "已损坏或不完整"),
        (package()[: len(package()) // 2], "已损坏或不完整"),
        (b"PK\x03\x04 nothing", "已损坏或不完整"),
        (b"not a zip at all", "已损坏或不完整"),
        (package(more={"extra.txt": "x"}), "与清单所列不一致"),
        (package(more={"../../etc/passwd": "x"}), "与清单所列不一致"),
        (package(edit=lambda said: said["tables"].pop()), "缺项"),
        (package(edit=lambda said: said["tables"][0].update(rows=2)), "清单上是 2 行"),
        (package(edit=lambda said: said["tables"][0].update(file="../x.parquet")), "缺项"),
        (package(edit=setting(schema_version=SCHEMA_VERSION + 1)), "先升级"),
        (package(edit=setting(format="something else")), "不是 minewatch"),
        (package(edit=setting(county_code="1409")), "写法不对"),
        (package(edit=setting(period="2022-13")), "写法不对"),
        (package(edit=setting(period=None)), "写法不对"),
        (package(edit=setting(is_sample="no")), "写法不对"),
        (package(edit=setting(tables="metrics")), "写法不对"),
        (package(ROWS | {"metrics": [{"metric_code": "x"}]}), "缺少列 level_code"),
    ],
)
def test_what_is_no_whole_package_is_refused(read, content, message):
    with pytest.raises(Refused, match=message):
        read(content)


def test_a_manifest_that_is_none_is_refused(read):
    for text in ("", "[]", "{}", "{" * 5000, '{"format": 1'):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            file.writestr("manifest.json", text)
        with pytest.raises(Refused, match="清单"):
            read(stream.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked(read):
    bomb = package(more={"zeros": b"\0" * (4 << 20)}, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(Refused, match="超过上限"):
        read(bomb, ratio_from_bytes=1 << 20)
    with pytest.raises(Refused, match="超过上限"):
        read(package(), file_bytes=100)


def test_a_name_twice_is_refused(read):
    with pytest.warns(UserWarning):
        content = package(more={"metrics.parquet": b"x"})
    with pytest.raises(Refused, match="重名"):
        read(content)
