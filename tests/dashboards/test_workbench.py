"""Analysts' own SQL: what it answers, and that nothing leads out of it."""

import json
import os
import re
from pathlib import Path

import duckdb
import pytest
from invented_autumn import contracts
from test_access import opened_by  # noqa: F401  a fixture
from test_pages import shown

from dashboards import access_log, scope, workbench, workbench_child
from dashboards.access import Person
from dashboards.workbench import WorkbenchError
from warehouse import versions
from warehouse.settings import ROOT, Home

ANALYST = Person("numbers-desk", "analyst")
SECRETS = ["fct_contradictions", "fct_contradiction_evidence", "fct_site_risk"]
SECRETS += ["rpt_patrol_suggestions"]


@pytest.fixture(scope="module")
def home(full_home, tmp_path_factory):
    root = tmp_path_factory.mktemp("workbench")
    (root / "current").symlink_to(Home(full_home).current.resolve())
    return Home(root)


@pytest.fixture(scope="module")
def copy(home):
    return workbench.database(home, versions.current(home))


@pytest.fixture
def answered(copy):
    """What the child answers, in this process: without the system's limits, and a hundred times faster."""

    def answer(sql: str, rows: int = 1_000):
        task = {"database": str(copy), "sql": sql, "rows": rows}
        task |= {"memory_bytes": 64 << 20, "result_bytes": 1 << 20}
        return workbench_child.answer(task)

    return answer


def test_the_copy_has_what_the_county_reads_and_nothing_of_the_office(copy):
    with duckdb.connect(str(copy), read_only=True) as connection:
        found = {
            name
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
        }
        clues = {row[0] for row in connection.execute("describe marts.fct_clues").fetchall()}
        restricted = connection.execute(
            "select count(*) from marts.fct_obligations where is_restricted"
        ).fetchone()
    assert found == set(contracts()) - set(SECRETS)
    assert "received_week_date" in clues
    assert not clues & set(scope.RULES["fct_clues"].protected)
    assert restricted == (0,)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("title", workbench.examples())
def test_every_example_runs_and_returns_rows(title, answered):
    assert answered(workbench.examples()[title]).num_rows


def test_every_query_of_the_analysts_guide_runs(answered):
    guide = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.+?)```", guide, re.S)
    assert len(queries) == 3
    for sql in queries:
        assert answered(sql).column_names


def test_a_query_may_end_like_a_query(answered):
    for sql in (
        "select 1",
        "select 1;",
        "  select 1 ; -- done",
        "from fct_cases limit 1",
        "/* x */ select 1",
    ):
        assert answered(sql).num_rows == 1
    assert answered("with one as (select 1 as n) select * from one").num_rows == 1
    assert answered("describe dim_sites").num_rows == len(contracts()["dim_sites"])
    assert answered("select * from range(50)", rows=10).num_rows == 11


@pytest.mark.parametrize(
    "sql",
    [
        *(f"select * from {mart}" for mart in SECRETS),
        *(f"select * from marts.{mart}" for mart in SECRETS),
        "select * from query('select * from fct_contradictions')",
        "select * from query_table('fct_contradictions')",
        "select channel_name from fct_clues",
        "select * from published.marts.fct_contradictions",
        "attach 'FILE' as whole (read_only)",
        "attach ':memory:' as scratch",
        "copy fct_cases to 'OUT'",
        "copy (select 1) to 'OUT'",
        "export database 'OUT'",
        "select * from 'FILE'",
        "select * from read_csv('FILE')",
        "select * from read_csv_auto('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from read_json('/etc/passwd')",
        "select * from read_parquet('/tmp/*.parquet')",
        "select * from glob('/*')",
        "select * from read_csv('http://127.0.0.1:1/x.csv')",
        "select * from sniff_csv('/etc/passwd')",
        "install httpfs",
        "load httpfs",
        "force install excel from 'http://127.0.0.1:1'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset lock_configuration",
        "set memory_limit = '100GB'",
        "pragma memory_limit = '100GB'",
        "pragma threads = 64",
        "pragma enable_profiling",
        "set allowed_directories = ['/']",
        "select 1; select 2",
        "select 1; attach 'FILE' as whole",
        "select 1) limit 1; drop table marts.fct_cases; select (1",
        "create table mine as select 1",
        "create temp table mine as select 1",
        "create macro f() as 1",
        "insert into fct_cases (case_id) values ('x')",
        "update fct_cases set case_id = 'x'",
        "delete from fct_cases",
        "drop table fct_cases",
        "call pragma_version()",
        "explain analyze select 1",
        "prepare mine as select 1",
        "use memory",
        "vacuum",
        "checkpoint",
        "begin",
        "select getenv('HOME')",
        "select * from task",
        "select * from connection",
        "select * from os",
        "create secret (type s3)",
        "select * from duckdb_secrets()",
        "",
        "-- nothing",
        "select",
    ],
)
def test_hostile_sql_gets_nowhere(sql, answered, home, tmp_path):
    out = tmp_path / "out"
    published = str(versions.current(home).database.resolve())
    with pytest.raises((workbench_child.QueryError, duckdb.Error)):
        answered(sql.replace("FILE", published).replace("OUT", str(out)))
    assert not out.exists()


def test_what_grows_without_end_is_stopped_by_the_memory_limit(answered):
    for sql in (
        "select list(i) from range(100000000) as t(i)",
        "select string_agg(repeat('y', 1000), '') from range(1000000)",
    ):
        with pytest.raises((duckdb.OutOfMemoryException, duckdb.Error)):
            answered(sql)
    with pytest.raises(workbench_child.QueryError, match="太大"):
        answered("select repeat('x', 2000000) as big")


def test_the_query_ends_and_not_the_app(home):
    version = versions.current(home)
    endless = (
        "with recursive n as (select 1 as i union all select i + 1 from n) select count(*) from n"
    )
    with pytest.raises(WorkbenchError, match="超过 2 秒"):
        workbench.run(home, version, endless, seconds=2)
    assert not children()
    answer = workbench.run(home, version, "select 1.5::decimal(4, 1) as d, [1, 2] as l, null as n")
    assert answer.rows[["d", "l"]].to_dict("records") == [{"d": 1.5, "l": "[1 2]"}]
    assert not answer.is_cut
    assert not children()


def children() -> list[str]:
    """Processes of ours that run a query."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (path / "cmdline").read_bytes().decode()
        except (OSError, ValueError):
            continue
        if parent == os.getpid() and "workbench_child" in command:
            found.append(command)
    return found


def test_the_process_itself_cannot_write_or_take_all_memory(monkeypatch):
    kept = {}
    monkeypatch.setattr(workbench_child.resource, "setrlimit", kept.__setitem__)
    workbench_child.limit(1 << 30, 30)
    names = workbench_child.resource
    assert kept[names.RLIMIT_FSIZE] == (0, 0)
    assert kept[names.RLIMIT_AS][1] == (1 << 30) + workbench_child.OVERHEAD_BYTES
    assert kept[names.RLIMIT_CPU][0] == 120


def test_a_new_version_replaces_the_copy(empty_home, tmp_path):
    home = Home(tmp_path)
    folder = home.access / "workbench"
    folder.mkdir(parents=True)
    (folder / "20200101T000000-old.duckdb").write_text("old")
    version = versions.current(Home(empty_home))
    assert workbench.database(home, version).name == f"{version.id}.duckdb"
    assert [path.stem for path in folder.glob("*.duckdb")] == [version.id]


def test_a_query_is_kept_under_a_name_that_is_no_path(home):
    workbench.save(home, "各镇案件（2022）", "select 1")
    assert workbench.saved(home) == {"各镇案件（2022）": "select 1"}
    for name in ("../accounts", "a/b", ".hidden", "", "x" * 61, "a\nb", "a.sql"):
        with pytest.raises(WorkbenchError, match="没有保存"):
            workbench.save(home, name, "select 1")
        workbench.forget(home, name)
    with pytest.raises(WorkbenchError, match="没有保存"):
        workbench.save(home, "empty", "  ")
    workbench.forget(home, "各镇案件（2022）")
    assert workbench.saved(home) == {}


def test_every_column_that_may_be_read_is_described_and_no_other(home, copy):
    told = workbench.tables(home, versions.current(home))
    with duckdb.connect(str(copy), read_only=True) as connection:
        columns = connection.execute("select table_name, column_name from duckdb_columns()")
        expected = [row for row in columns.fetchall() if row[0] in contracts()]
    assert sorted(zip(told["table_name"], told["column_name"], strict=True)) == sorted(expected)
    assert set(told["table_name"]) == set(contracts()) - set(SECRETS)
    assert (told["table_name"] == "fct_check_results").any()


def test_the_page_tells_tables_and_columns_in_chinese(opened_by, home):  # noqa: F811
    app = opened_by(ANALYST, home.root, "workbench")
    marts, columns = (table.value for table in app.dataframe)
    assert marts.columns.tolist() == ["名称", "表", "说明"]
    assert columns.columns.tolist() == ["名称", "表", "列", "中文列名", "类型", "说明"]
    assert not set(marts["表"]) & set(SECRETS)
    assert marts.loc[marts["表"] == "fct_cases", "名称"].tolist() == ["案件"]
    [tables] = [box for box in app.selectbox if box.label == "表"]
    assert "案件 · fct_cases" in tables.options
    tables.select("fct_cases").run()
    text = shown(app)
    assert "一行是一起案件" in text
    cells = re.findall('<td data-label="说明"[^>]*>([^<]*)<', text)
    assert cells == columns.loc[columns["表"] == "fct_cases", "说明"].tolist()


def test_the_page_runs_an_example_shows_it_and_writes_down_who_asked(opened_by, home):  # noqa: F811
    app = opened_by(ANALYST, home.root, "workbench")
    title = next(title for title in app.selectbox[0].options if "逾期未完成" in title)
    app.selectbox[0].select(title).run()
    assert "fct_obligations" in app.text_area[0].value
    next(button for button in app.button if button.label == "运行").click().run()
    assert not app.exception
    assert "9 行，用时" in shown(app)
    assert app.dataframe[-1].value.columns.tolist() == ["责任单位", "逾期未完成", "未报送"]
    assert len(app.get("plotly_chart")) == 1
    [log] = (home.access / "log").glob("*.jsonl")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(one["action"], one["account"]) for one in lines][-1] == ("sql", "numbers-desk")
    app.text_area[0].set_value("select * from fct_contradictions").run()
    next(button for button in app.button if button.label == "运行").click().run()
    assert "does not exist" in app.code[0].value
    assert len(app.dataframe) == 2
    assert access_log.lines(home, log.stem)["动作"].tolist()[0] == "SQL 查询"
