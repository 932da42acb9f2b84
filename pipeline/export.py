"""All marts of the current version as files for other programs: Parquet, xlsx, one DuckDB file.

What is restricted or protected (`dashboards/scope.py`) is left out unless the office asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from dashboards import access_log, exports, queries, scope, words
from dashboards.stamp import SAMPLE_MARK, Stamp
from warehouse.connection import connect
from warehouse.errors import MinewatchError
from warehouse.settings import Home
from warehouse.versions import DATABASE, current

DICTIONARY = "数据字典.xlsx"


class ExportError(MinewatchError):
    """Nothing was exported; the message says why and what to do."""


@dataclass(frozen=True)
class Exported:
    """What went out: rows by mart, which are too long for Excel, and which stayed in the house."""

    version_id: str
    rows: dict[str, int]
    parquet_only: list[str]
    left_out: list[str]


def export(
    home: Home,
    target: Path,
    with_restricted: bool,
    on_progress: Callable[[str, int, int], None],
    sheet_rows: int = exports.SHEET_ROWS,
) -> Exported:
    """Write the files; ExportError if there is no version, or something lies there already."""
    version = current(home)
    if version is None:
        raise ExportError("还没有已发布的版本，没有导出。请先运行 minewatch run。")
    if target.exists() and any(target.iterdir()):
        raise ExportError(f"{target} 已有文件，没有导出，没有改动。请换一个目录，或先清空它。")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in ("parquet", "xlsx"):
        (target / folder).mkdir()
    seen = scope.Scope("whole") if with_restricted else scope.COUNTY
    with connect() as hub:
        scope.attach(hub, str(version.database.resolve()))
        cursor = hub.cursor()
        scope.choose(cursor, seen)
        stamp = stamp_of(cursor, version.id)
        selects = scope.whole(cursor) if with_restricted else scope.general(cursor)
        left_out = sorted(set(scope.marts_of(cursor)) - set(selects))
        rows: dict[str, int] = {}
        told = words.dictionary()
        described = []
        for done, (mart, select) in enumerate(selects.items()):
            on_progress(mart, done, len(selects) + 1)
            found = cursor.sql(select)
            file = target / "parquet" / f"{mart}.parquet"
            found.write_parquet(str(file), compression="zstd")
            rows[mart] = found.shape[0]
            columns = told[(told["table_name"] == mart) & told["column_name"].isin(found.columns)]
            described.append(columns)
            if rows[mart] <= sheet_rows:
                write_book(target / "xlsx" / f"{mart}.xlsx", found.df(), columns, stamp)
        on_progress(DATABASE, len(selects), len(selects) + 1)
        scope.copy_into(cursor, selects, str(target / DATABASE))
    dictionary = pd.concat(described)
    comment(target / DATABASE, dictionary)
    exports.write_xlsx(
        target / DICTIONARY,
        words.in_chinese(dictionary.drop(columns="table_text"), "dictionary"),
        "数据字典",
        stamp,
        {},
    )
    result = Exported(
        version.id, rows, [mart for mart, count in rows.items() if count > sheet_rows], left_out
    )
    text = about(result, stamp, with_restricted, dictionary)
    (target / "说明.txt").write_text(text, encoding="utf-8")
    what = f"{len(rows)} 张表" + ("，含受限内容" if with_restricted else "")
    access_log.record(home, "export", "（命令行）", what=what)
    return result


def stamp_of(cursor: duckdb.DuckDBPyConnection, version_id: str) -> Stamp:
    """Whose data this is, and as of when."""
    told = queries.quality.version(cursor).iloc[0]
    return Stamp(
        told["county_name"], told["as_of_at"].to_pydatetime(), version_id, bool(told["is_sample"])
    )


def write_book(path: Path, rows: pd.DataFrame, columns: pd.DataFrame, stamp: Stamp) -> None:
    """A mart for people: Chinese column names, codes in words, and what each column means."""
    table = columns.iloc[0]
    mart = table["table_name"]
    notes = {"说明": table["table_text"]}
    notes |= {f"列：{one.label}": one.description for one in columns.itertuples()}
    title = f"{table['table_title']}（{mart}）"
    exports.write_xlsx(path, words.in_chinese(rows, mart), title, stamp, {}, notes)


def comment(database: Path, dictionary: pd.DataFrame) -> None:
    """Titles and descriptions as comments, where DBeaver and `duckdb_columns()` show them."""

    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    with connect(database) as connection:
        # One by one, each would be on the disk before the next.
        connection.begin()
        for mart, columns in dictionary.groupby("table_name"):
            table = columns.iloc[0]
            text = quoted(f"{table['table_title']}：{table['table_text']}")
            connection.execute(f"comment on table marts.{mart} is {text}")
            for column in columns.itertuples():
                text = quoted(f"{column.label}：{column.description}")
                connection.execute(f"comment on column marts.{mart}.{column.column_name} is {text}")
        connection.commit()


def about(result: Exported, stamp: Stamp, with_restricted: bool, dictionary: pd.DataFrame) -> str:
    """What lies in the folder, in a file beside it."""
    tables = dictionary.drop_duplicates("table_name").set_index("table_name")
    lines = [
        stamp.line,
        f"版本 {result.version_id}",
        "parquet/ 每张表一个文件，列名同数据仓库；xlsx/ 同样的表，中文列名；"
        f"{DATABASE} 全部表在一个文件里，表和列带中文说明；{DICTIONARY} 逐列说明。",
        f"只有 Parquet、没有 Excel 的表：{'、'.join(result.parquet_only) or '无'}",
    ]
    if with_restricted:
        lines.append("含受限内容：仅供领导小组办公室使用，不外传。")
    else:
        lines.append(
            f"未导出的表：{'、'.join(result.left_out)}。"
            "涉公职人员的行、来自群众线索的信号、举报方式和时间也未导出。"
        )
    if stamp.is_sample:
        lines.append(f"{SAMPLE_MARK}，不是真实情况。")
    return "\n".join(
        [
            *lines,
            "",
            *(
                f"{mart}\t{tables.at[mart, 'table_title']}\t{count:,} 行\t"
                f"{tables.at[mart, 'table_text']}"
                for mart, count in result.rows.items()
            ),
            "",
        ]
    )
