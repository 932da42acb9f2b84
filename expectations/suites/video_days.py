"""Video events by day: is the latest whole day as busy as the weeks before it?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_video_events"
QUERY = """
    with days as (
        select event_date, count(*) as event_count
        from marts.fct_video_events
        cross join marts.dim_version
        where event_date < cast(as_of_at as date)
        group by event_date
        order by event_date desc
        limit 29
    )
    select arg_max(event_count, event_date) / median(event_count) as busy_ratio
    from days
    having count(*) >= 8
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="busy_ratio",
            min_value=0.2,
            max_value=5,
            severity="warning",
            notes="最近一天的视频告警与近四周相差五倍以上，可能有平台停止推送或误报激增。",
        ),
    ]
