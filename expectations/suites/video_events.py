"""Video events as delivered: whose cameras, and by whose clock?"""

import great_expectations.expectations as gxe

TABLE = "raw.video_events"
DELIVERY_COLUMN = "delivery_sha256"
# An event keeps the delivery of its last push. Below twenty events a share says little.
QUERY = """
    select
        delivery_sha256,
        avg(case when is_known_camera then 1.0 else 0.0 end) as known_share,
        avg(case when occurred_at <= received_at + interval '1' day then 1.0 else 0.0 end)
            as plausible_share
    from (
        select
            events.delivery_sha256,
            events.is_known_camera,
            events.occurred_at,
            deliveries.received_at
        from marts.fct_video_events as events
        inner join marts.fct_deliveries as deliveries
            on events.delivery_sha256 = deliveries.delivery_sha256
            and deliveries.feed_code = 'video_events'
    )
    group by delivery_sha256
    having count(*) >= 20
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="known_share",
            min_value=0.5,
            severity="warning",
            notes="整件过半的告警来自登记册里没有的设备，请核对设备编号或补报摄像机台账。",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="plausible_share",
            min_value=0.9,
            severity="critical",
            notes="整件一成以上的告警时间晚于接收时间一天以上，设备时钟或时间格式有误，已整件隔离；请视频平台核对。",
        ),
    ]
