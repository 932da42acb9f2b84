"""Which rows of which mart a role may read: the one place through which every query of a page goes.

A role that may not see everything gets a catalogue of its own whose schema `marts` holds views over the
published version. Queries stay as they are, and a query that forgets somebody's limits is limited all
the same. A mart without a rule for the role is there, and empty: deny by default.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from dashboards.access import NARROW, ROLES, WHOLE, Person

PUBLISHED = "published"
NOTHING = "false"
ALL = "true"
# Within a view these name the person's own townships, units, and the deliveries those units made.
MY_TOWNSHIP = "township_code in (select township_code from {own}.townships)"
MY_DELIVERY = "delivery_sha256 in (select delivery_sha256 from {own}.deliveries)"
MY_UNITS = "(select unit_code from {own}.units)"
MY_METER = "meter_id in (select meter_id from {marts}.dim_power_users)"
MY_CASE = "case_id in (select case_id from {marts}.fct_cases)"
# Cases about how officials did their duty, and steps that pass a matter to the commission.
NO_CASE_OF_OFFICIALS = """case_id not in (
    select case_id from {published}.fct_cases where case_type_code = 'CT18'
)"""
NO_STEP_OF_OFFICIALS = f"(branch_code is distinct from 'discipline' and {NO_CASE_OF_OFFICIALS})"
# Clues that were passed on as such a matter, became such a case, or went to the commission.
NOT_OF_OFFICIALS = """clue_id is null or clue_id not in (
    select clue_id from {published}.fct_transfers where is_about_officials and clue_id is not null
    union all
    select clue_id from {published}.fct_cases where case_type_code = 'CT18' and clue_id is not null
    union all
    select clue_id from {published}.fct_clues
    where transferred_unit_code in (
        select lead_unit_code from {published}.dim_obligation_rules where is_restricted
    )
)"""
# A signal from a clue tells the day and the place that somebody reported.
NO_CLUE = "source_code <> 'clue'"
INCIDENTS = """(
    select members.incident_id
    from {published}.fct_incident_signals as members
    inner join {published}.fct_signals as signals on members.signal_id = signals.signal_id
    where signals.source_code"""
NO_CLUE_INSIDE = f"incident_id not in {INCIDENTS} = 'clue')"
MORE_THAN_CLUES = f"incident_id in {INCIDENTS} <> 'clue')"


def units_in(*columns: str) -> str:
    """A row belongs to whom any of these columns names."""
    return "(" + " or ".join(f"{column} in {MY_UNITS}" for column in columns) + ")"


@dataclass(frozen=True)
class Rule:
    """Which rows of a mart are for readers of the whole county, for a township, for a department.

    `hidden` columns are null for all three, `hidden_if_narrow` for townships and departments.
    `protected` ones are told in sums on a page, and are in no file and no table of the SQL page.
    """

    county: str = ALL
    township: str = NOTHING
    department: str = NOTHING
    hidden: tuple[str, ...] = ()
    hidden_if_narrow: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()


def everybody(county: str = ALL) -> Rule:
    """Tells nothing about any one unit."""
    return Rule(county, county, county)


def of_place(*units: str, **others: object) -> Rule:
    """A township's by its code; a department's by the unit columns, or because it delivered the row."""
    mine = " or ".join([*([units_in(*units)] if units else []), MY_DELIVERY])
    return Rule(township=MY_TOWNSHIP, department=f"({mine})", **others)


def of_units(*units: str, **others: object) -> Rule:
    """Nobody's place: whose unit is named, or who delivered the row."""
    mine = f"({units_in(*units)} or {MY_DELIVERY})"
    return Rule(township=mine, department=mine, **others)


CLUE_LINK = {"hidden_if_narrow": ("clue_id",)}
RULES: dict[str, Rule] = {
    # The county itself.
    "dim_version": everybody(),
    "dim_dates": everybody(),
    "dim_clauses": everybody(),
    "dim_deadlines": everybody(),
    "dim_boundary_points": everybody(),
    "dim_metrics": everybody("not is_restricted"),
    "dim_obligation_rules": everybody("not is_restricted"),
    "dim_units": everybody(),
    "dim_townships": Rule(township=MY_TOWNSHIP, department=ALL),
    "dim_villages": Rule(township=MY_TOWNSHIP, department=ALL),
    "dim_sites": Rule(township=MY_TOWNSHIP, department=ALL),
    "dim_projects": of_place("approving_unit_code"),
    "dim_sponsorships": Rule(township=MY_TOWNSHIP),
    # Duties. Those about clues name a clue and the hour it came, so they pass by the townships.
    "fct_obligations": Rule(
        "not is_restricted",
        f"not is_restricted and subject_type not in ('clue', 'reward') and {MY_TOWNSHIP}",
        "not is_restricted and subject_type not in ('clue', 'reward') and "
        + units_in("owing_unit_code", "lead_unit_code"),
    ),
    # A city's own tables of its counties.
    "fct_county_metrics": Rule(),
    "fct_county_deadlines": Rule(),
    "fct_county_cases": Rule(),
    "rpt_county_months": Rule(),
    "rpt_county_summary": Rule(),
    "fct_deadline_progress": Rule(township=MY_TOWNSHIP, department="scope_code = 'county'"),
    "fct_capacity": of_units("unit_code"),
    "fct_explanations": of_units("unit_code"),
    "fct_inspections": of_place("inspected_unit_code"),
    "fct_instructions": of_place("unit_code"),
    "fct_measures": of_units("unit_code"),
    "fct_meetings": of_units("group_unit_code"),
    "fct_patrol_forms": of_place("reporting_unit_code"),
    "fct_patrols": of_place("reporting_unit_code"),
    "fct_sponsor_visits": of_place(),
    "rpt_patrol_coverage": Rule(township=MY_TOWNSHIP),
    # Cases and what agencies do together.
    "fct_accountability": Rule(
        "is_published",
        # What the commission owes, and what the case, which may be theirs alone, says.
        hidden=(
            "township_code",
            "township_name",
            "case_type_name",
            "handling_unit_name",
            "status",
            "days_late",
            "due_date",
        ),
    ),
    "fct_cases": Rule(
        NO_CASE_OF_OFFICIALS,
        f"{NO_CASE_OF_OFFICIALS} and {MY_TOWNSHIP}",
        f"{NO_CASE_OF_OFFICIALS} and ({units_in('handling_unit_code')} or {MY_DELIVERY})",
        hidden_if_narrow=(
            "clue_id",
            "clue_source_code",
            "clue_source_name",
            "clue_registered_at",
            "is_transferred_to_discipline",
            "discipline_transferred_at",
        ),
        hidden=("is_transferred_to_discipline", "discipline_transferred_at"),
    ),
    "fct_case_events": Rule(
        NO_STEP_OF_OFFICIALS,
        f"{NO_STEP_OF_OFFICIALS} and {MY_TOWNSHIP}",
        f"{NO_STEP_OF_OFFICIALS} and "
        f"({units_in('handling_unit_code', 'counterpart_unit_code')} or {MY_DELIVERY})",
    ),
    "fct_credit_entries": Rule(township=MY_CASE, department=f"({MY_CASE} or {MY_DELIVERY})"),
    "fct_joint_operations": of_units("lead_unit_code"),
    "fct_transfers": Rule(
        "not is_about_officials",
        department="not is_about_officials and " + units_in("from_unit_code", "to_unit_code"),
        hidden_if_narrow=("clue_id",),
    ),
    # Evidence. What a clue told goes past the townships: it would lead to whoever told it.
    "fct_agency_checks": of_place("unit_code"),
    "fct_contradiction_evidence": Rule(NOTHING),
    "fct_contradictions": Rule(NOTHING),
    "fct_enterprise_reports": of_place("enterprise_unit_code"),
    "fct_incident_signals": Rule(
        "signal_id in (select signal_id from {marts}.fct_signals)",
        "incident_id in (select incident_id from {marts}.fct_incidents)",
    ),
    "fct_incidents": Rule(MORE_THAN_CLUES, f"{MY_TOWNSHIP} and {NO_CLUE_INSIDE}"),
    "fct_patches": of_place(),
    "fct_signals": Rule(NO_CLUE, f"{NO_CLUE} and {MY_TOWNSHIP}"),
    "fct_site_risk": Rule(NOTHING),
    "rpt_patrol_suggestions": Rule(NOTHING),
    # Power and video.
    "dim_power_users": of_place(),
    "fct_grid_applications": of_place(),
    "fct_power_alert_curves": Rule(township=MY_METER, department=MY_METER),
    "fct_power_alerts": of_place(**CLUE_LINK),
    "fct_power_days": Rule(township=MY_METER, department=f"({MY_METER} or {MY_DELIVERY})"),
    "fct_watchlist": Rule(
        township=f"{MY_METER}",
        department=f"({units_in('submitting_unit_code')} or {MY_DELIVERY})",
    ),
    "dim_cameras": of_place(),
    "fct_camera_dark_spells": of_place(),
    "fct_camera_dark_nights": of_place(),
    "fct_camera_days": Rule(
        township=MY_TOWNSHIP,
        department="camera_id in (select camera_id from {marts}.dim_cameras)",
    ),
    "fct_camera_views": of_place(),
    "fct_milestones": of_place("unit_code"),
    "fct_video_events": of_place("verifying_unit_code", **CLUE_LINK),
    "fct_video_spells": of_place(),
    "fct_video_verifications": Rule(
        township="video_event_id in (select video_event_id from {marts}.fct_video_events)",
        department=f"({units_in('verifying_unit_code')} or {MY_DELIVERY})",
        hidden_if_narrow=("clue_id",),
    ),
    # The public. A township knows of a clue its week, its village and its state, and no more.
    "fct_clues": Rule(
        f"({NOT_OF_OFFICIALS})",
        f"({NOT_OF_OFFICIALS}) and {MY_TOWNSHIP}",
        # Where, how and at which hour somebody reported: together they point at one person.
        protected=(
            "site_id",
            "channel_code",
            "channel_name",
            "is_real_name",
            "received_date",
            "received_at",
            "transferred_at",
            "verified_at",
            "answered_at",
        ),
        hidden_if_narrow=(
            "clue_id",
            "site_id",
            "case_id",
            "channel_code",
            "channel_name",
            "transferred_unit_code",
            "transferred_unit_name",
            "result_code",
            "row_number",
            "delivery_sha256",
            "days_to_transfer",
            "days_to_verify",
            "days_to_answer",
            "is_real_name",
            "is_confirmed",
            "has_case",
            "has_steps_out_of_order",
            "is_reported_again",
            "received_date",
            "received_at",
            "transferred_at",
            "verified_at",
            "answered_at",
        ),
    ),
    "fct_rewards": Rule(f"({NOT_OF_OFFICIALS})"),
    "fct_commendations": of_units("unit_code"),
    "fct_publicity": Rule(township="is_published", department="is_published"),
    # What was delivered and how good it is. A rejected row shows what somebody wrote: the sender's own.
    "fct_deliveries": Rule(township=MY_DELIVERY, department=MY_DELIVERY),
    "fct_rejected_rows": Rule(township=MY_DELIVERY, department=MY_DELIVERY),
    "fct_cell_warnings": Rule(township=MY_DELIVERY, department=MY_DELIVERY),
    "fct_check_results": Rule(),
    "rpt_sensor_quality": Rule(),
    "rpt_silent_sensors": Rule(township=MY_TOWNSHIP),
    "fct_metrics_monthly": Rule(
        "not is_restricted or scope_code = 'county'",
        f"not is_restricted and {MY_TOWNSHIP}",
        f"not is_restricted and {units_in('unit_code')}",
    ),
    "rpt_metric_counts": Rule(
        "metric_code in (select metric_code from {marts}.dim_metrics)",
        f"metric_code in (select metric_code from {{marts}}.dim_metrics) and {MY_TOWNSHIP}",
        "metric_code in (select metric_code from {marts}.dim_metrics) and " + units_in("unit_code"),
    ),
}
# The commission sees matters of officials, and still not what waits in the office to be asked.
OF_OFFICIALS = (
    "dim_metrics",
    "dim_obligation_rules",
    "fct_accountability",
    "fct_case_events",
    "fct_cases",
    "fct_clues",
    "fct_metrics_monthly",
    "fct_obligations",
    "fct_rewards",
    "fct_transfers",
)


@dataclass(frozen=True)
class Scope:
    """What one kind of reader sees; two people with equal scopes share answers."""

    kind: str
    units: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """A catalogue's name: never made of what a person could have typed."""
        return "scope_" + hashlib.sha256(repr((self.kind, self.units)).encode()).hexdigest()[:16]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.kind == "whole"


COUNTY = Scope("county")


def of(person: Person) -> Scope:
    """The scope of a person; an unknown role sees nothing."""
    if person.role in WHOLE:
        return Scope("whole")
    if person.role in NARROW:
        return Scope(person.role, tuple(sorted(person.units)))
    if person.role == "discipline":
        return Scope("discipline")
    return Scope("county" if person.role in ROLES else "nobody")


def condition(mart: str, scope: Scope) -> str:
    """Which rows of the mart this scope has; nothing without a rule."""
    rule = RULES.get(mart)
    if rule is None:
        return NOTHING
    if scope.kind == "discipline":
        return ALL if mart in OF_OFFICIALS else rule.county
    return {"county": rule.county, "township": rule.township, "department": rule.department}.get(
        scope.kind, NOTHING
    )


def hidden_columns(mart: str, scope: Scope) -> tuple[str, ...]:
    """Columns of the mart that are null in this scope."""
    rule = RULES.get(mart, Rule())
    if scope.kind in NARROW:
        return tuple(dict.fromkeys((*rule.hidden, *rule.hidden_if_narrow)))
    return () if scope.kind == "discipline" else rule.hidden


def attach(connection: duckdb.DuckDBPyConnection, database: str) -> None:
    """Put the published version, read-only, beside the catalogues to come."""
    quoted = database.replace("'", "''")
    connection.execute(f"attach '{quoted}' as {PUBLISHED} (read_only)")


def choose(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Let `marts` mean what this scope may read; its catalogue is made on first use."""
    if scope.is_whole:
        cursor.execute(f"use {PUBLISHED}")
        return
    known = cursor.execute("select database_name from duckdb_databases()").fetchall()
    if (scope.name,) not in known:
        cursor.execute(f"attach ':memory:' as {scope.name}")
        try:
            fill(cursor, scope)
        except BaseException:
            cursor.execute(f"detach {scope.name}")
            raise
    cursor.execute(f"use {scope.name}")


def marts_of(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Every mart of the attached version with its columns."""
    found: dict[str, list[str]] = {}
    for mart, column in connection.execute(
        """
        select table_name, column_name
        from duckdb_columns()
        where database_name = $name and schema_name = 'marts'
        order by table_name, column_index
        """,
        {"name": PUBLISHED},
    ).fetchall():
        found.setdefault(mart, []).append(column)
    return found


def columns_in(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every column of the marts of an open file."""
    return connection.execute(
        """
        select table_name, column_name
        from duckdb_columns()
        where schema_name = 'marts'
        order by table_name, column_index
        """
    ).df()


def fill(connection: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Views of the scope's own catalogue over every mart of the version."""
    marts = marts_of(connection)
    names = {
        "own": f"{scope.name}.own",
        "marts": f"{scope.name}.marts",
        "published": f"{PUBLISHED}.marts",
    }
    connection.execute(f"create schema {names['own']}")
    connection.execute(f"create schema {names['marts']}")
    own(connection, scope, names["own"], set(marts))
    for mart in ordered(marts):
        where = condition(mart, scope).format(**names)
        hidden = [name for name in hidden_columns(mart, scope) if name in marts[mart]]
        # Equal to itself, so null, and of the column's own type.
        replaced = ", ".join(f"nullif({name}, {name}) as {name}" for name in hidden)
        shown = f"* replace ({replaced})" if replaced else "*"
        view = (
            f"create view {names['marts']}.{mart} as select {shown} from {PUBLISHED}.marts.{mart}"
        )
        try:
            connection.execute(f"{view} where {where}")
        except (duckdb.CatalogException, duckdb.BinderException):
            # An older version lacks what the rule looks at.
            connection.execute(f"{view} where {NOTHING}")


def general(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What may leave the house: each mart and the select that gives its rows.

    The cursor has chosen `Scope("county")`. Marts that stay with the office are not there at all.
    """
    selects = {}
    for mart, columns in sorted(marts_of(cursor).items()):
        if condition(mart, COUNTY) == NOTHING:
            continue
        rule = RULES[mart]
        out = [name for name in (*rule.protected, *rule.hidden) if name in columns]
        kept = f"* exclude ({', '.join(out)})" if out else "*"
        selects[mart] = f"select {kept} from marts.{mart}"
    return selects


def whole(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every mart and the select that gives all of its rows; the cursor has chosen everything."""
    return {mart: f"select * from marts.{mart}" for mart in sorted(marts_of(cursor))}


def copy_into(cursor: duckdb.DuckDBPyConnection, selects: dict[str, str], target: str) -> None:
    """A database file of its own with the rows of these selects, and nothing else."""
    quoted = target.replace("'", "''")
    cursor.execute(f"attach '{quoted}' as the_copy")
    cursor.execute("create schema the_copy.marts")
    for mart, select in selects.items():
        cursor.execute(f"create table the_copy.marts.{mart} as {select}")
    cursor.execute("detach the_copy")


def ordered(marts: dict[str, list[str]]) -> list[str]:
    """Marts whose rule looks into another view come after it."""
    return sorted(marts, key=lambda mart: sum("{marts}" in text for text in texts(mart)))


def texts(mart: str) -> list[str]:
    """Every condition of the mart's rule."""
    rule = RULES.get(mart, Rule(NOTHING))
    return [rule.county, rule.township, rule.department]


def own(connection: duckdb.DuckDBPyConnection, scope: Scope, schema: str, marts: set[str]) -> None:
    """The scope's own townships (also those theirs became part of), units and deliveries."""
    given = list(scope.units)
    connection.execute(f"create table {schema}.townships (township_code varchar)")
    connection.execute(f"create table {schema}.units (unit_code varchar)")
    connection.execute(f"create table {schema}.deliveries (delivery_sha256 varchar)")
    if scope.kind not in NARROW or not {"dim_units", "dim_townships", "fct_deliveries"} <= marts:
        return
    if scope.kind == "township":
        connection.execute(
            f"""
            insert into {schema}.townships
            select township_code from {PUBLISHED}.marts.dim_townships
            where list_contains($given, township_code)
            union
            select township_code from {PUBLISHED}.marts.dim_units
            where list_contains($given, unit_code) and township_code is not null
            """,
            {"given": given},
        )
    connection.execute(
        f"""
        insert into {schema}.units
        select unit_code from {PUBLISHED}.marts.dim_units
        where
            list_contains($given, unit_code)
            or township_code in (select township_code from {schema}.townships)
        """,
        {"given": given},
    )
    connection.execute(
        f"""
        insert into {schema}.deliveries
        select delivery_sha256 from {PUBLISHED}.marts.fct_deliveries
        where
            sender_unit_code in (select unit_code from {schema}.units)
            or township_code in (select township_code from {schema}.townships)
        """
    )
