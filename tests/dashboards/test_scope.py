"""Nobody gets another's row, whatever the query: the rules are in the connection, not in the queries."""

import inspect
from datetime import date

import duckdb
import pytest
import yaml
from invented_autumn import AS_OF, TOWNSHIPS, code_of, contracts

from dashboards import access, queries, scope
from dashboards.access import Person
from dashboards.scope import Scope
from warehouse import versions
from warehouse.connection import connect
from warehouse.settings import ROOT, Home

MINE, OTHERS = "柳河镇", [name for name in TOWNSHIPS if name != "柳河镇"]
TOWNSHIP = Scope("township", (code_of(MINE),))
# What each query may be asked; whatever a page or an address can put in, at its widest.
WIDEST = {
    "township_codes": [],
    "first": date(2021, 1, 1),
    "last": date(2022, 12, 10),
    "day": date(2022, 11, 30),
    "as_of": AS_OF,
    "level_code": "village",
    "feed_codes": [],
    "sender_names": [],
    "lead_unit_names": [],
    "clause_codes": [],
    "list_code": "all",
    "status_list": "all",
    "township_code": None,
    "sensor_kind_code": "camera",
    "window_code": "all",
    "most": 1_000,
    "county_codes": [],
    "month": date(2022, 11, 1),
    # A case of another township, with a matter of officials.
    "number": "岚自然资立〔2022〕1号",
    # The page of dropped files asks for the reader's own units, and nothing else can be put in.
    "codes": [code_of(MINE)],
    # Asked of what the home's settings say, never of what an address does.
    "texts": [code_of(MINE)],
}
OF_OFFICIALS = ("whole", "discipline")
NUMBERS = {
    "case_id": "fct_cases",
    "incident_id": "fct_incidents",
    "signal_id": "fct_signals",
    "obligation_id": "fct_obligations",
    "power_alert_id": "fct_power_alerts",
    "delivery_sha256": "fct_deliveries",
    "contradiction_id": "fct_contradictions",
    "evidence_id": "fct_patrols",
    "site_id": "dim_sites",
}


@pytest.fixture(scope="module")
def hub(full_home):
    with connect() as connection:
        scope.attach(connection, str(versions.current(Home(full_home)).database.resolve()))
        yield connection


@pytest.fixture
def seen_by(hub):
    def choose(seen: Scope) -> duckdb.DuckDBPyConnection:
        cursor = hub.cursor()
        scope.choose(cursor, seen)
        return cursor

    return choose


def counted(cursor: duckdb.DuckDBPyConnection, mart: str) -> int:
    return cursor.execute(f"select count(*) from marts.{mart}").fetchone()[0]


def every_query():
    for module in queries.__all__:
        for name, query in inspect.getmembers(getattr(queries, module), inspect.isfunction):
            parameters = list(inspect.signature(query).parameters)
            if query.__module__ == f"dashboards.queries.{module}" and parameters[:1] == ["cursor"]:
                yield pytest.param(query, parameters[1:], id=f"{module}.{name}")


def test_every_mart_has_a_rule_and_every_rule_a_mart():
    """A mart without one is empty for all but the office and leaders; that is decided, not forgotten."""
    assert set(scope.RULES) == set(contracts())


def test_what_the_models_call_restricted_stays_with_the_office():
    restricted = set()
    for path in (ROOT / "models" / "marts").glob("*/*.yml"):
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["models"]:
            if model.get("config", {}).get("meta", {}).get("is_restricted"):
                restricted.add(model["name"])
    assert restricted
    for mart in restricted:
        for kind in ("county", "discipline", "township", "department", "nobody"):
            assert scope.condition(mart, Scope(kind)) == scope.NOTHING


def test_the_office_reads_the_version_itself(seen_by):
    for mart in contracts():
        assert counted(seen_by(scope.of(Person("a", "office"))), mart) >= 0
    assert counted(seen_by(Scope("whole")), "fct_contradictions") == 8
    assert counted(seen_by(Scope("county")), "fct_contradictions") == 0


def test_a_township_sees_its_own_rows_of_every_mart_that_names_townships(seen_by):
    whole, mine = seen_by(Scope("whole")), seen_by(TOWNSHIP)
    compared = 0
    for mart, columns in contracts().items():
        if "township_code" not in columns or mart == "dim_units":
            continue
        codes = f"select distinct township_code from marts.{mart}"
        assert set(mine.execute(codes).fetchall()) <= {(code_of(MINE),)}, mart
        compared += len(whole.execute(codes).fetchall()) > 1
    assert compared > 10, "the invented autumn has too little to leak"


@pytest.mark.parametrize(("query", "parameters"), every_query())
def test_no_query_tells_a_township_of_another(query, parameters, seen_by):
    """Asked as widely as it can be, for the others by name, and for a thing of theirs by its number."""
    of_theirs = numbers_of_others(seen_by(Scope("whole"))) | {"evidence_type": "patrol"}
    for codes in ([], [code_of(name) for name in OTHERS]):
        asked = (
            WIDEST | of_theirs | {"township_codes": codes, "township_code": (codes or [None])[0]}
        )
        told = query(seen_by(TOWNSHIP), *(asked[name] for name in parameters)).to_csv()
        assert not [name for name in OTHERS if name in told]


def test_the_same_questions_would_tell_the_office_of_others(seen_by):
    """Otherwise the test above could not fail."""
    whole = seen_by(Scope("whole"))
    of_theirs = numbers_of_others(whole) | {"evidence_type": "patrol"}
    telling = 0
    for case in every_query():
        query, parameters = case.values
        told = query(whole, *((WIDEST | of_theirs)[name] for name in parameters)).to_csv()
        telling += any(name in told for name in OTHERS)
    assert telling > 30


def numbers_of_others(whole: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """One number of each kind of thing that lies in another township."""
    found = {}
    for column, mart in NUMBERS.items():
        number = column if column != "evidence_id" else "patrol_id"
        columns = contracts()[mart]
        theirs = (
            "true" if "township_code" not in columns else "township_code is distinct from $mine"
        )
        [found[column]] = whole.execute(
            f"select {number} from marts.{mart} where {theirs} and $mine <> '' order by 1 limit 1",
            {"mine": code_of(MINE)},
        ).fetchone()
    return found | {"obligation_ids": [found["obligation_id"]]}


def test_a_township_knows_of_a_clue_its_week_its_village_and_its_state(seen_by):
    clues = seen_by(TOWNSHIP).execute("select * from marts.fct_clues").df()
    assert len(clues) == 3
    told = {name for name in clues if clues[name].notna().any()} - {"is_verified", "is_answered"}
    assert told == {
        "township_code",
        "township_name",
        "village_name",
        "state_code",
        "received_week_date",
    }


def test_what_a_clue_told_goes_past_everybody_but_the_office(seen_by):
    for seen in (TOWNSHIP, Scope("county"), Scope("discipline")):
        cursor = seen_by(seen)
        assert counted(cursor, "fct_signals") or seen == TOWNSHIP
        clues = "select count(*) from marts.fct_signals where source_code = 'clue'"
        assert cursor.execute(clues).fetchone() == (0,)
    mixed = "select count(*) from marts.fct_incidents where incident_id = $incident"
    [first] = (
        seen_by(Scope("whole"))
        .execute("select incident_id from marts.fct_incident_signals where signal_id = 'signal0-2'")
        .fetchone()
    )
    its_township = seen_by(Scope("township", (code_of("青石镇"),)))
    assert its_township.execute(mixed, {"incident": first}).fetchone() == (0,)
    assert seen_by(Scope("county")).execute(mixed, {"incident": first}).fetchone() == (1,)


def test_matters_of_officials_are_for_the_commission_the_office_and_leaders(full_copy):
    full_copy.execute(
        """
        insert into marts.fct_transfers (transfer_id, clue_id, is_about_officials, to_unit_code)
        values ('K1', 'XS001', true, 'U1'), ('K2', 'XS009', false, 'U1')
        """
    )
    full_copy.execute(
        "update marts.fct_cases set case_type_code = 'CT18' where case_id like '%15号'"
    )
    full_copy.execute(
        """
        insert into marts.dim_obligation_rules (rule_code, lead_unit_code, is_restricted)
        values ('M57', 'JW', true)
        """
    )
    full_copy.execute(
        "update marts.fct_clues set transferred_unit_code = 'JW' where clue_id = 'XS017'"
    )
    full_copy.execute("update marts.fct_cases set clue_id = 'XS005' where case_type_code = 'CT18'")
    # The same file cannot be opened twice: the version is this connection's own catalogue.
    full_copy.execute(f"attach ':memory:' as {scope.PUBLISHED}")
    full_copy.execute(f"copy from database minewatch to {scope.PUBLISHED}")

    def ids(seen, column, mart):
        cursor = full_copy.cursor()
        scope.choose(cursor, seen)
        return {one for (one,) in cursor.execute(f"select {column} from marts.{mart}").fetchall()}

    county, commission = Scope("county"), Scope("discipline")
    unit = Scope("department", ("U1",))
    full_copy.execute(f"insert into {scope.PUBLISHED}.marts.dim_units (unit_code) values ('U1')")
    assert ids(county, "transfer_id", "fct_transfers") == {"K2"}
    assert ids(unit, "transfer_id", "fct_transfers") == {"K2"}
    assert ids(commission, "transfer_id", "fct_transfers") == {"K1", "K2", "YS1"}
    every = ids(commission, "clue_id", "fct_clues")
    assert every - ids(county, "clue_id", "fct_clues") == {"XS001", "XS005", "XS017"}
    cases = ids(commission, "case_id", "fct_cases")
    of_officials = cases - ids(county, "case_id", "fct_cases")
    assert len(of_officials) == 1
    assert not of_officials & ids(county, "case_id", "fct_case_events")
    restricted = "is_restricted", "fct_obligations"
    assert ids(county, *restricted) == {False}
    assert ids(commission, *restricted) == {False, True}


def test_a_published_matter_tells_others_its_result_and_neither_limit_nor_case(seen_by):
    matters = "select accountability_id, action_text, township_name, status from fct_accountability"
    matters = matters.replace("fct_", "marts.fct_") + " order by all"
    assert seen_by(Scope("county")).execute(matters).fetchall() == [("ZZ3", "诫勉谈话", None, None)]
    assert seen_by(TOWNSHIP).execute(matters).fetchall() == []
    for kind in OF_OFFICIALS:
        rows = seen_by(Scope(kind)).execute(matters).fetchall()
        assert rows[0] == ("ZZ1", None, "青石镇", "overdue")
        assert len(rows) == 4


def test_a_department_sees_what_it_owes_what_it_leads_and_what_it_delivered(full_copy):
    full_copy.execute(f"attach ':memory:' as {scope.PUBLISHED}")
    full_copy.execute(f"copy from database minewatch to {scope.PUBLISHED}")
    marts = f"{scope.PUBLISHED}.marts"
    full_copy.execute(f"insert into {marts}.dim_units (unit_code) values ('U1'), ('U2')")
    full_copy.execute(f"update {marts}.fct_obligations set owing_unit_code = 'U2'")
    full_copy.execute(
        f"""
        update {marts}.fct_obligations set owing_unit_code = 'U1'
        where obligation_id = (
            select min(obligation_id) from {marts}.fct_obligations
            where not is_restricted and subject_type not in ('clue', 'reward')
        )
        """
    )
    sha = "ab" * 32
    full_copy.execute(
        f"update {marts}.fct_video_events set delivery_sha256 = $sha where video_event_id = 'ev45'",
        {"sha": sha},
    )
    full_copy.execute(
        f"insert into {marts}.fct_deliveries (delivery_sha256, sender_unit_code) values ($sha, 'U1')",
        {"sha": sha},
    )
    cursor = full_copy.cursor()
    scope.choose(cursor, Scope("department", ("U1",)))
    assert counted(cursor, "fct_obligations") == 1
    shas = cursor.execute("select distinct delivery_sha256 from marts.fct_video_events").fetchall()
    assert shas == [(sha,)]
    assert counted(cursor, "fct_deliveries") == 1
    assert counted(cursor, "fct_power_alerts") == 0


def test_a_mart_that_nobody_thought_of_is_empty_and_an_old_version_still_opens(full_copy):
    full_copy.execute("create table marts.fct_surprise as select 1 as secret_count")
    full_copy.execute("drop table marts.fct_cases")
    full_copy.execute(f"attach ':memory:' as {scope.PUBLISHED}")
    full_copy.execute(f"copy from database minewatch to {scope.PUBLISHED}")
    for seen in (TOWNSHIP, Scope("county"), Scope("discipline")):
        cursor = full_copy.cursor()
        scope.choose(cursor, seen)
        assert counted(cursor, "fct_surprise") == 0
        assert counted(cursor, "fct_credit_entries") == 0
        assert counted(cursor, "dim_dates") > 0


def test_a_unit_that_does_not_exist_sees_nobodys_rows(seen_by):
    for kind in access.NARROW:
        for units in ((), ("x' or '1' = '1",)):
            cursor = seen_by(Scope(kind, units))
            assert counted(cursor, "fct_patrols") == 0
            assert counted(cursor, "fct_obligations") == 0


def test_only_leaders_the_office_and_the_machine_see_everything():
    kinds = {role: scope.of(Person("a", role, ("U1",))).kind for role in access.ROLE_NAMES}
    assert {role for role, kind in kinds.items() if kind == "whole"} == {
        "local",
        "leader",
        "office",
    }
    assert kinds["township"] == "township"
    assert kinds["department"] == "department"
    assert scope.of(Person("a", "no such role")).kind == "nobody"
    assert scope.condition("dim_dates", Scope("nobody")) == scope.NOTHING


def test_each_page_is_for_known_roles_and_the_office_keeps_its_own():
    for page in access.PAGES:
        assert page.roles
        assert set(page.roles) <= set(access.ROLES)
        assert (ROOT / "dashboards" / "app_pages" / f"{page.name}.py").exists()
    by_name = {page.name: set(page.roles) for page in access.PAGES}
    assert by_name["contradictions"] == {"leader", "office"}
    # Whoever has the page sees what is on it, and nobody else does.
    seers = {role for role in access.ROLES if scope.of(Person("a", role)).kind in OF_OFFICIALS}
    assert by_name["accountability"] == seers == {"leader", "office", "discipline"}
    assert by_name["workbench"] == {"analyst"}
    assert by_name["permissions"] == {"auditor"}
    assert access.pages_of("no such role") == []
    assert access.pages_of("local") == list(access.PAGES)
    assert all(access.pages_of(role) for role in access.ROLES)
