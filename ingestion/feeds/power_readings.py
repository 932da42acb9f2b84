"""Load curves: what every metered user drew, one row per meter, day and data type.

Sent by the power company out of its collection system as `.csv`, `.csv.gz` or `.parquet`, up to
millions of rows a day, with 96 quarter-hour mean powers in kW beside the columns below. It
misbehaves in known ways: the points are named after the generation of the system (`p1`, `P1`,
`T0000`, `00:00`), exports break off in mid-line, and a point that was not collected is empty, which
is not the same as 0.

    minewatch load inbox/power_readings
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="power_readings",
    title="负荷曲线",
    reader="load_curve",
    columns=(
        Column(
            "meter_id",
            "户号",
            "identifier",
            aliases=(
                "cust_no",
                "cons_no",
                "consNo",
                "用户编码",
                "用户编号",
                "用电户号",
                "电力户号",
            ),
            required=True,
        ),
        Column(
            "reading_date",
            "数据日期",
            "date",
            aliases=("data_date", "dataDate", "日期"),
            required=True,
        ),
        # 1 active total, 2–4 its phases, 5–8 reactive; a file without the column means 1.
        Column("data_type", "数据类型", "bigint", aliases=("dataType",)),
        Column("data_whole_flag", "完整性标志", aliases=("dataWholeFlag",)),
        # Not 综合倍率: that is the customer's, and multiplying by it counts the transformer twice.
        Column("t_factor", "倍率", "decimal", aliases=("tFactor",)),
    ),
    key=("meter_id", "reading_date", "data_type"),
    names=("负荷曲线数据", "96点负荷"),
)
