"""Load curves as delivered: are these kilowatts, and are the points there?"""

import great_expectations.expectations as gxe

TABLE = "raw.power_readings"
DELIVERY_COLUMN = "delivery_sha256"
QUERY = """
    select
        measured.delivery_sha256,
        avg(cast(measured.mean_kw as double)) as mean_kw,
        avg(measured.point_count) / 96 as collected_share
    from intermediate.int_power_days_measured as measured
    inner join build.deliveries as deliveries
        on measured.delivery_sha256 = deliveries.delivery_sha256
        and measured.read_id = deliveries.read_id
        and deliveries.outcome_code = 'used'
    group by all
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        # A file in watts is a thousand times too high; no county's customers average this much.
        gxe.ExpectColumnValuesToBeBetween(
            column="mean_kw",
            max_value=settings["power_mean_kw_max"],
            severity="critical",
            notes="整件平均负荷高得不合理，单位可能是瓦而不是千瓦，已整件隔离；请供电公司核对。",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="collected_share",
            min_value=0.5,
            severity="warning",
            notes="整件过半的点没有采集到，请供电公司核对采集系统。",
        ),
    ]
