"""What a county hands up each month: a package that a city's minewatch loads as a delivery (docs/package.md).

    minewatch submit 2022-11 --to /mnt/usb

It holds figures and nothing else: metrics of the month and since the base month, how far each deadline has
come, how many cases of each kind there are. No township or unit is named in it, no place, case, clue or
contradiction. Before it is written its tables pass the same search for telephone and identity numbers as a
version does. The same version and month give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.personal_data import columns_with_personal_data
from reports import PaperError
from reports.periods import Period
from reports.published import opened, rows_of
from warehouse.connection import connect
from warehouse.files import write_atomically
from warehouse.settings import Home

FORMAT, SCHEMA_VERSION = "minewatch county package", 1
NOT_WRITTEN = "没有写任何文件。"
# A zip states a time for every file; this one is the format's first.
NO_TIME = (1980, 1, 1, 0, 0, 0)
TABLES = {
    # Of townships and units their number, and how many meet the target: who they are is the county's.
    "metrics": """
        select
            metric_code,
            min(metric_name) as metric_name,
            scope_code as level_code,
            min(unit_text) as unit_text,
            cast(sum(numerator) as decimal(18, 4)) as numerator,
            cast(sum(denominator) as decimal(18, 4)) as denominator,
            {metric_value} as metric_value,
            cast(sum(cumulative_numerator) as decimal(18, 4)) as cumulative_numerator,
            cast(sum(cumulative_denominator) as decimal(18, 4)) as cumulative_denominator,
            {cumulative_value} as cumulative_value,
            min(target_number) as target_number,
            count(*) filter (
                where scope_code = 'county' or coalesce(township_code, unit_code) is not null
            ) as member_count,
            count(*) filter (where target_status_code = 'met') as met_count,
            count(*) filter (where target_status_code = 'missed') as missed_count
        from marts.fct_metrics_monthly
        where month_start_date = $first and (scope_code = 'county' or not is_restricted)
        group by metric_code, scope_code
        order by metric_code, scope_code
    """,
    # As it stood in the last week that ended in or before the month's end.
    "deadlines": """
        select
            deadline_code, deadline_name, forecast_code, planned_count, done_count,
            done_in_time_count, due_date, forecast_date
        from marts.fct_deadline_progress
        where scope_code = 'county' and week_end_date <= $last
        qualify row_number() over (partition by deadline_code order by week_end_date desc) = 1
        order by deadline_code
    """,
    "cases": """
        select
            coalesce(case_type_code, 'unknown') as case_type_code,
            min(case_type_name) as case_type_name,
            count(*) filter (where discovered_date >= $first) as discovered_count,
            count(*) filter (where filed_at between $first and $end) as filed_count,
            count(*) filter (where decided_at between $first and $end) as decided_count,
            count(*) filter (where closed_at between $first and $end) as closed_count,
            count(*) filter (where transferred_at between $first and $end) as transferred_count,
            count(*) as registered_count,
            count(*) filter (where coalesce(ended_at > $end, true)) as open_count
        from marts.fct_cases
        where discovered_date <= $last
        group by coalesce(case_type_code, 'unknown')
        order by case_type_code
    """,
}
# The county's is the figure that its pages and report show; a level's comes of its parts.
VALUE = """
    cast(round(case
        when scope_code = 'county' then min({value})
        when count({whole}) > 0 then 100.0 * sum({part}) / nullif(sum({whole}), 0)
        else sum({part})
    end, 2) as decimal(18, 2))
"""


@dataclass(frozen=True)
class Package:
    """A package that was written; the sender reads its SHA-256 out to the city."""

    path: Path
    sha256: str
    rows: dict[str, int]


def submit(home: Home, period: Period, target: Path) -> Package:
    """Write the package of that month into the folder.

    Raises PaperError before anything is written if the month is not over or not in the published version,
    or if a table holds what looks like somebody's number.
    """
    if period.kind != "month":
        raise PaperError(
            f"上报数据包按月生成，{period.name}不是月份。{NOT_WRITTEN}写法如 2022-11。"
        )
    with opened(home) as (reader, stamp):
        tables = contents(reader, period)
        [about] = rows_of(reader.execute("select county_code, county_name from marts.dim_version"))
    manifest = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        **about,
        "period": f"{period.first:%Y-%m}",
        "version_id": stamp.version_id,
        "as_of": stamp.as_of_at.isoformat(),
        "is_sample": stamp.is_sample,
        "tables": [
            {
                "name": name,
                "file": f"{name}.parquet",
                "rows": rows,
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, (content, rows) in tables.items()
        ],
    }
    files = {"manifest.json": json.dumps(manifest, ensure_ascii=False, indent=1).encode()}
    files |= {f"{name}.parquet": content for name, (content, _) in tables.items()}
    content = packed(files)
    path = target / f"{about['county_code']}-{period.first:%Y-%m}.minewatch.zip"
    write_atomically(path, content)
    rows = {name: count for name, (_, count) in tables.items()}
    return Package(path, hashlib.sha256(content).hexdigest(), rows)


def contents(reader: duckdb.DuckDBPyConnection, period: Period) -> dict[str, tuple[bytes, int]]:
    """Each table as Parquet and the number of its rows; PaperError if they may not leave the house."""
    found = reader.execute(
        "select bool_and(is_complete) from marts.fct_metrics_monthly where month_start_date = ?",
        [period.first],
    ).fetchone()[0]
    if not found:
        why = "不在当前版本的统计月份内" if found is None else "还没有结束"
        raise PaperError(f"{period.name}{why}，不能上报。{NOT_WRITTEN}请在月末之后重新发布再上报。")
    values = {
        "metric_value": VALUE.format(value="metric_value", part="numerator", whole="denominator"),
        "cumulative_value": VALUE.format(
            value="cumulative_value",
            part="cumulative_numerator",
            whole="cumulative_denominator",
        ),
    }
    given = {"first": period.first, "last": period.last}
    # The last moment of the month: what came on its last day is in it.
    given["end"] = f"{period.last} 23:59:59.999999"
    tables = {}
    with connect() as scan:
        scan.execute("create schema marts")
        for name, query in TABLES.items():
            text = query.format(**values) if name == "metrics" else query
            used = {key: value for key, value in given.items() if f"${key}" in text}
            table = reader.execute(text, used).to_arrow_table()
            scan.register("found", table)
            scan.execute(f"create table marts.{name} as select * from found")
            scan.unregister("found")
            stream = io.BytesIO()
            pq.write_table(table, stream, compression="zstd")
            tables[name] = (stream.getvalue(), table.num_rows)
        personal = columns_with_personal_data(scan)
    if personal:
        raise PaperError(
            f"{'、'.join(personal)} 中有像电话或身份证号的内容，不能上报。{NOT_WRITTEN}"
            "请核对来件里的名称列，改正后重新发布。"
        )
    return tables


def packed(files: dict[str, bytes]) -> bytes:
    """The files as one zip, with the same bytes whenever and wherever it is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in files.items():
            # Stored, not deflated: the tables are compressed already, and zlib differs between machines.
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, content)
    return stream.getvalue()
