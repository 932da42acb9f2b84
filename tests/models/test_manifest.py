"""Rules that every model keeps, read out of dbt's manifest and the files themselves."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from dashboards import access
from ingestion.feeds import FEEDS
from pipeline.write_traceability import traced
from warehouse.settings import ROOT

# Spark spells these differently or silently means something else; a macro dispatches, or another way
# is found. Only models are searched: macros are where differences may live.
ENGINE_BOUND = {
    r"\bdatediff\s*\(|\bdate_diff\s*\(": "elapsed or boundaries, by engine",
    r"\bextract\s*\(\s*(dow|isodow|epoch)": "numbering differs",
    r"\bgenerate_series\b|\brange\s*\(": "no common spelling",
    r"->>|json_extract|\bjson_": "no common spelling",
    r"\barray_agg\b|\blist\s*\(|\blist_\w+\s*\(|\bunnest\b": "no common spelling",
    r"\barg_max\b|\barg_min\b|\bmax_by\b|\bmin_by\b": "ties differ",
    r"\bquantile_cont\b|\bmad\s*\(|\bmedian\s*\(": "no common spelling",
    r"\basof\b": "no common spelling",
    r"\bexclude\s*\(": "no common spelling",
    r"\bcurrent_date\b|\bnow\s*\(|\bcurrent_timestamp\b": "today is the as-of date",
    r"\blast_value\b|\bfirst_value\b": "frame and null rules differ",
    r"\blog\s*\(": "base differs",
    r"\bstrftime\b|\bstrptime\b": "format letters differ",
    r"::": "use cast",
}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    target = tmp_path_factory.mktemp("dbt")
    environment = os.environ | {
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target / "logs"),
        "DO_NOT_TRACK": "1",
    }
    done = subprocess.run(
        [str(Path(sys.executable).parent / "dbt"), "parse", "--quiet", "--warn-error"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((target / "manifest.json").read_text())


def models(manifest):
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def layer(node):
    return node["fqn"][1]


def test_staging_alone_reads_what_was_delivered(manifest):
    for node in models(manifest):
        for parent in node["depends_on"]["nodes"]:
            kind, _, *rest = parent.split(".")
            if kind == "source" and rest[0] == "raw":
                assert layer(node) == "staging", node["name"]
            if layer(node) == "staging":
                assert kind in {"source", "seed"}, f"{node['name']} reads {parent}"


# A contradiction holds what is published against what is published, and risk counts what is published: their
# steps are the exceptions, and stay behind the facts they compare.
COMPARES_FACTS = ("int_contradictions_", "int_site_risk_")


def test_intermediate_never_reads_marts(manifest):
    for node in models(manifest):
        if layer(node) == "intermediate" and not node["name"].startswith(COMPARES_FACTS):
            for parent in node["depends_on"]["nodes"]:
                if parent.startswith("model."):
                    assert layer(manifest["nodes"][parent]) != "marts", node["name"]


def test_every_model_has_its_own_specification(manifest):
    for node in models(manifest):
        beside = ROOT / Path(node["original_file_path"]).with_suffix(".yml")
        assert beside.exists(), node["name"]
        assert "One row per" in node["description"], node["name"]
        named = [model["name"] for model in yaml.safe_load(beside.read_text())["models"]]
        assert named == [node["name"]], beside


def test_every_mart_has_a_contract_and_describes_every_column(manifest):
    for node in models(manifest):
        if layer(node) != "marts":
            continue
        assert node["config"]["contract"]["enforced"], node["name"]
        assert node["config"]["materialized"] == "table", node["name"]
        for column in node["columns"].values():
            where = f"{node['name']}.{column['name']}"
            assert column["description"].strip(), where
            assert column["data_type"], where
            assert column["config"]["meta"].get("label"), f"{where} has no Chinese label"


def test_every_mart_and_column_is_told_in_chinese(manifest):
    marts = [node for node in models(manifest) if layer(node) == "marts"]
    for node in marts:
        told = [node["config"]["meta"]]
        assert re.search("[一-鿿]", told[0].get("title", "")), node["name"]
        assert "一行是" in told[0].get("description", ""), node["name"]
        told += [column["config"]["meta"] for column in node["columns"].values()]
        for meta in told:
            text = meta.get("description", "")
            where = f"{node['name']}: {meta.get('label')}"
            assert re.fullmatch("(?s).*[一-鿿].*。", text), where
            assert text.rstrip("。") != meta.get("label"), where
        labels = [meta["label"] for meta in told[1:]]
        assert len(set(labels)) == len(labels), node["name"]
    titles = Counter(node["config"]["meta"]["title"] for node in marts)
    assert set(titles.values()) == {1}, titles.most_common(1)


def test_flags_are_named_and_typed_as_flags(manifest):
    for node in models(manifest):
        if layer(node) == "marts":
            for column in node["columns"].values():
                is_flag = column["name"].startswith(("is_", "has_"))
                assert (column["data_type"] == "boolean") == is_flag, column["name"]
                if is_flag:
                    kinds = {constraint["type"] for constraint in column["constraints"]}
                    assert "not_null" in kinds, f"{node['name']}.{column['name']} may be null"


def test_what_is_never_null_is_in_the_contract_of_a_mart_and_else_one_test_of_its_table(manifest):
    marts = {node["unique_id"] for node in models(manifest) if layer(node) == "marts"}
    asked = Counter()
    for node in manifest["nodes"].values():
        kind = (node.get("test_metadata") or {}).get("name")
        assert kind != "not_null", node["name"]
        if kind == "never_null":
            assert node["attached_node"] not in marts, node["name"]
            asked[node["attached_node"]] += 1
    assert set(asked.values()) == {1}


def test_clues_show_neither_words_nor_places_nor_persons(manifest):
    forbidden = ("_text", "longitude", "latitude", "file_name", "sheet_name", "_hash", "distance_m")
    clues = next(node for node in models(manifest) if node["name"] == "fct_clues")
    assert {"clue_id", "delivery_sha256", "row_number"} <= set(clues["columns"])
    assert [name for name in clues["columns"] if name.endswith(forbidden)] == []


def test_one_mart_alone_stands_on_clues(manifest):
    for node in models(manifest):
        parents = {parent.split(".")[-1] for parent in node["depends_on"]["nodes"]}
        if layer(node) == "marts" and parents & {"stg_clues", "int_clues_resolved"}:
            assert node["name"] == "fct_clues"
        if layer(node) == "marts":
            named = {"content_text", "reporter_hash", "phone_hash"}
            assert not named & set(node["columns"]), node["name"]


def test_every_mart_has_a_unit_test_and_every_rule_its_own(manifest):
    tested = {
        parent for unit in manifest["unit_tests"].values() for parent in unit["depends_on"]["nodes"]
    }
    for node in models(manifest):
        if layer(node) in {"marts", "intermediate"}:
            assert node["unique_id"] in tested, f"{node['name']} has no unit test"


def test_only_the_pages_of_the_office_ask_what_others_must_not_see(manifest):
    [roles] = [page.roles for page in access.PAGES if page.name == "contradictions"]
    assert set(roles) == {"leader", "office"}
    restricted = [
        node["name"] for node in models(manifest) if node["config"]["meta"].get("is_restricted")
    ]
    assert "rpt_patrol_suggestions" in restricted
    assert "fct_contradictions" in restricted
    for path in (ROOT / "dashboards").rglob("*.py"):
        # The choke point names them to shut them.
        if path.stem not in ("contradictions", "scope"):
            text = path.read_text(encoding="utf-8")
            assert not [name for name in restricted if name in text], path.name
            assert path.parent.name != "app_pages" or "queries.contradictions" not in text, (
                path.name
            )


def test_only_features_of_bulky_feeds_are_incremental(manifest):
    for node in models(manifest):
        if node["config"]["materialized"] == "incremental":
            assert layer(node) == "intermediate", node["name"]
            assert node["config"]["incremental_strategy"] == "append", node["name"]
            assert not node["config"]["unique_key"], node["name"]


def test_every_macro_has_two_callers(manifest):
    for macro in manifest["macros"].values():
        name = macro["name"]
        if macro["package_name"] != "minewatch" or "__" in name or name == "generate_schema_name":
            continue
        if name.startswith(("test_", "materialization_")):
            continue
        calls = 0
        for path in [*ROOT.glob("models/**/*.sql"), *ROOT.glob("macros/*.sql")]:
            text = path.read_text()
            calls += len(re.findall(rf"\b{name}\s*\(", text))
            calls -= len(re.findall(rf"macro\s+{name}\s*\(", text))
        # What engines spell differently lives in a macro even if one model needs it.
        dispatches = f"macro.minewatch.default__{name}" in manifest["macros"]
        assert calls >= (1 if dispatches else 2), f"{name} has {calls} caller(s)"


def terms(condition):
    """The parts of a join's condition that `and` ties together, brackets left whole."""
    found, depth = [""], 0
    for piece in re.split(r"(\band\b|[()])", condition):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "and" and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return [" ".join(term.split()) for term in found]


OUTER_JOIN = re.compile(
    r"left join\s+(?P<table>[^\n]+?)(?:\s+as\s+(?P<name>\w+))?\s+on\b(?P<condition>.*?)"
    r"(?=\n\s*(?:(?:left|inner|cross) join|where|group by|qualify|order by|union)\b|\n\s*\n|\n\)|\Z)",
    re.DOTALL,
)


def test_an_outer_join_asks_nothing_of_its_left_side_alone():
    # DuckDB then compares every row with every row, for minutes where there are many. A column on the
    # right that says what its rows are for makes it a hash join.
    seen = 0
    for path in sorted(ROOT.glob("models/**/*.sql")):
        text = re.sub(r"--.*|\{#.*?#\}", "", path.read_text(encoding="utf-8"))
        for join in OUTER_JOIN.finditer(text):
            right = join["name"] or join["table"]
            for term in terms(join["condition"]):
                is_left_alone = "." in term and f"{right}." not in term
                assert not is_left_alone, f"{path.name}: {term}"
                seen += 1
    assert seen > 200


@pytest.mark.parametrize("pattern", ENGINE_BOUND)
def test_models_avoid_what_a_second_engine_reads_differently(pattern):
    for path in sorted(ROOT.glob("models/**/*.sql")):
        code = re.sub(r"--.*", "", path.read_text())
        code = re.sub(r"\{#.*?#\}", "", code, flags=re.S)
        found = re.search(pattern, code, flags=re.I)
        assert not found, f"{path.relative_to(ROOT)}: {found.group()} ({ENGINE_BOUND[pattern]})"


def ancestors(manifest, node):
    """Everything a node is made from, itself included."""
    seen, waiting = set(), [node["unique_id"]]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += manifest["parent_map"].get(one, [])
    return seen


def test_what_a_clause_says_its_evidence_is_reaches_its_models(manifest):
    by_name = {node["name"]: node for node in models(manifest)}
    for row in traced():
        reached = set().union(*(ancestors(manifest, by_name[name]) for name in row["models"]))
        for feed in row["feeds"]:
            assert f"source.minewatch.raw.{feed}" in reached, (row["clause"], feed)


def protected_sources(manifest):
    """Sources of protected feeds; all of them are staged."""
    found = {f"source.minewatch.raw.{feed.token}" for feed in FEEDS.values() if feed.is_protected}
    assert found <= {parent for one in manifest["parent_map"].values() for parent in one}
    return found


def test_no_table_that_is_published_for_the_next_build_descends_from_a_protected_feed(manifest):
    protected = protected_sources(manifest)
    for node in models(manifest):
        if node["config"]["materialized"] == "incremental":
            assert not ancestors(manifest, node) & protected, node["name"]


def test_no_mart_shows_what_a_protected_feed_says_in_words_or_of_whom(manifest):
    # Names are those of units and places; all other texts are free.
    secret = {
        column.name
        for feed in FEEDS.values()
        if feed.is_protected
        for column in feed.columns
        if column.masked or (column.kind == "text" and not column.name.endswith("_name"))
    }
    assert secret > {"content_text", "place_text", "reporter_hash"}
    protected = protected_sources(manifest)
    for node in models(manifest):
        if layer(node) == "marts" and ancestors(manifest, node) & protected:
            assert not secret & set(node["columns"]), node["name"]
