"""`minewatch export`: every mart as files, and nothing in them that stays in the house."""

import duckdb
import openpyxl
import pytest
from invented_autumn import contracts
from test_workbench import SECRETS

from dashboards import scope, words
from pipeline.export import ExportError, export
from warehouse import versions
from warehouse.settings import Home


def quietly(what, done, total):
    pass


@pytest.fixture(scope="module")
def home(full_home, tmp_path_factory):
    root = tmp_path_factory.mktemp("export")
    (root / "current").symlink_to(Home(full_home).current.resolve())
    return Home(root)


@pytest.fixture(scope="module")
def exported(home, tmp_path_factory):
    target = tmp_path_factory.mktemp("out") / "files"
    # A sheet of so few rows is full with the days of the power meters.
    return target, export(home, target, False, quietly, sheet_rows=399)


def test_every_mart_goes_out_but_those_of_the_office(exported):
    target, result = exported
    expected = set(contracts()) - set(SECRETS)
    assert {path.stem for path in (target / "parquet").iterdir()} == expected
    assert set(result.rows) == expected
    assert result.left_out == sorted(SECRETS)
    with duckdb.connect(str(target / versions.DATABASE), read_only=True) as connection:
        for mart, count in result.rows.items():
            file = target / "parquet" / f"{mart}.parquet"
            assert connection.sql(f"from '{file}'").shape[0] == count
            assert connection.sql(f"from marts.{mart}").shape[0] == count
        found = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert {name for (name,) in found} == expected


def test_what_does_not_fit_into_a_sheet_is_parquet_only_and_is_named(exported):
    target, result = exported
    assert result.rows["fct_power_days"] == 400
    assert result.rows["fct_clues"] == 20
    assert set(result.parquet_only) == {m for m, count in result.rows.items() if count > 399}
    books = {path.stem for path in (target / "xlsx").iterdir()}
    assert books == set(result.rows) - set(result.parquet_only)
    text = (target / "说明.txt").read_text(encoding="utf-8")
    assert "fct_power_days" in text.splitlines()[3]
    assert "fct_contradictions" in text
    assert "样例数据" in text


def test_tables_and_columns_are_told_in_chinese_wherever_they_go(exported):
    target, _ = exported
    told = words.dictionary().set_index(["table_name", "column_name"])
    title, text = told.loc[("fct_clues", "clue_id"), ["table_title", "table_text"]]
    label, description = told.loc[("fct_clues", "clue_id"), ["label", "description"]]
    listed = (target / "说明.txt").read_text(encoding="utf-8")
    assert f"fct_clues\t{title}\t20 行\t{text}" in listed.splitlines()
    book = openpyxl.load_workbook(target / "xlsx" / "fct_clues.xlsx", read_only=True)
    about = dict(book["说明"].iter_rows(values_only=True))
    assert (about["内容"], about["说明"]) == (f"{title}（fct_clues）", text)
    assert about[f"列：{label}"] == description
    with duckdb.connect(str(target / versions.DATABASE), read_only=True) as connection:
        columns = "select table_name, column_name, comment from duckdb_columns() where not internal"
        comments = {(row[0], row[1]): row[2] for row in connection.execute(columns).fetchall()}
        tables = dict(
            connection.execute("select table_name, comment from duckdb_tables()").fetchall()
        )
    assert comments["fct_clues", "clue_id"] == f"{label}：{description}"
    assert tables["fct_clues"] == f"{title}：{text}"
    assert None not in [*comments.values(), *tables.values()]
    book = openpyxl.load_workbook(target / "数据字典.xlsx", read_only=True)
    rows = list(book["数据"].iter_rows(min_row=2, values_only=True))
    # What stays in the house is not told of either.
    assert {(row[1], row[2]) for row in rows} == set(comments)
    assert (title, "fct_clues", "clue_id", label, "varchar", description) in rows


def test_the_book_is_for_people_and_the_rows_of_officials_and_reporters_are_not_in_it(exported):
    target, _ = exported
    book = openpyxl.load_workbook(target / "xlsx" / "fct_clues.xlsx", read_only=True)
    header = [cell.value for cell in next(book["数据"].iter_rows(max_row=1))]
    assert "乡镇" in header
    assert not [name for name in header if "渠道" in name or "实名" in name]
    with duckdb.connect() as connection:
        clues = connection.sql(f"from '{target}/parquet/fct_clues.parquet'").columns
        duties = f"from '{target}/parquet/fct_obligations.parquet' where is_restricted"
        signals = f"from '{target}/parquet/fct_signals.parquet' where source_code = 'clue'"
        assert connection.sql(duties).shape[0] == 0
        assert connection.sql(signals).shape[0] == 0
    assert not set(clues) & set(scope.RULES["fct_clues"].protected)


def test_the_office_gets_everything_when_it_asks(home, tmp_path):
    result = export(home, tmp_path / "all", True, quietly, sheet_rows=0)
    assert set(result.rows) == set(contracts())
    assert result.left_out == []
    assert result.rows["fct_contradictions"] == 8
    assert "不外传" in (tmp_path / "all" / "说明.txt").read_text(encoding="utf-8")
    assert (tmp_path / "all").stat().st_mode & 0o777 == 0o700
    log = next((home.access / "log").glob("*.jsonl")).read_text(encoding="utf-8")
    assert "含受限内容" in log.splitlines()[-1]


def test_nothing_that_lies_there_is_touched(home, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match="没有改动"):
        export(home, tmp_path, False, quietly)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(ExportError, match="minewatch run"):
        export(Home(tmp_path / "nowhere"), tmp_path / "out", False, quietly)
