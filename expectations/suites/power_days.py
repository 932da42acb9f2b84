"""Daily power features: is the latest day as wide as the days before it?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_power_days"
# Aggregates, not rows: a county has millions of meter-days.
QUERY = """
    with days as (
        select reading_date, count(*) as meter_count
        from marts.fct_power_days
        group by reading_date
        order by reading_date desc
        limit 29
    )
    select arg_max(meter_count, reading_date) / median(meter_count) as width_ratio
    from days
    having count(*) >= 8
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="width_ratio",
            min_value=0.8,
            max_value=1.25,
            severity="warning",
            notes="最近一天的电表数与近四周相差两成以上，可能缺了一个供电所的文件。",
        ),
    ]
