"""County packages: what a county hands up to its city each month, one zip file a county and month.

Written by `minewatch submit` (docs/package.md) or by another county's own system, sent by whatever way files
go between offices. It misbehaves as files that travel do: cut off, unpacked and packed again, a table edited
on the way. So nothing is guessed: every table must have the bytes and rows that the manifest states, or the
whole package is refused. A later package of the same county and month replaces the earlier one as a whole.
The three tables lie in one raw table, told apart by `table_code`.

    minewatch load inbox/county_packages
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="county_packages",
    title="县级上报数据包",
    columns=(
        Column("county_code", "县代码", "identifier", required=True),
        Column("county_name", "县名称", required=True),
        Column("month_date", "月份", "date", required=True),
        Column("table_code", "数据表", "identifier", required=True),
        # metric_code, deadline_code or case_type_code.
        Column("item_code", "项目代码", "identifier", required=True),
        Column("item_name", "项目名称"),
        Column("level_code", "层级", "identifier"),
        Column("forecast_code", "推算情况", "identifier"),
        Column("unit_text", "计量单位"),
        Column("numerator", "分子", "decimal"),
        Column("denominator", "分母", "decimal"),
        Column("metric_value", "本月", "decimal"),
        Column("cumulative_numerator", "累计分子", "decimal"),
        Column("cumulative_denominator", "累计分母", "decimal"),
        Column("cumulative_value", "累计", "decimal"),
        Column("target_number", "目标值", "decimal"),
        Column("member_count", "成员数", "bigint"),
        Column("met_count", "达标成员数", "bigint"),
        Column("missed_count", "未达标成员数", "bigint"),
        Column("planned_count", "计划数", "bigint"),
        Column("done_count", "完成数", "bigint"),
        Column("done_in_time_count", "期限内完成数", "bigint"),
        Column("discovered_count", "发现数", "bigint"),
        Column("filed_count", "立案数", "bigint"),
        Column("decided_count", "作出处罚数", "bigint"),
        Column("closed_count", "结案数", "bigint"),
        Column("transferred_count", "移送公安数", "bigint"),
        Column("registered_count", "登记在册数", "bigint"),
        Column("open_count", "在办数", "bigint"),
        Column("due_date", "到期日", "date"),
        Column("forecast_date", "预计完成日期", "date"),
        # What the manifest says of the whole package.
        Column("version_id", "版本", "identifier"),
        Column("sample_code", "样例数据", "answer"),
        Column("as_of_at", "数据截至", "timestamp"),
    ),
    key=("county_code", "month_date", "table_code", "item_code", "level_code"),
    reader="package",
    names=("上报数据包", "数据包"),
)
