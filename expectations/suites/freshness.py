"""Silence: a source that stopped looks like a county without incidents."""

import great_expectations.expectations as gxe

TABLE = "marts.fct_deliveries"
# What comes daily or weekly; registers and lists that change when there is something to change may rest.
FEEDS = {
    "patrol_ledger": "巡查台账",
    "power_readings": "负荷曲线",
    "video_events": "视频告警",
    "camera_status": "摄像机状态",
    "power_alerts": "用电预警",
    "clues": "线索台账",
    "cases": "案件登记册",
}
QUERY = (
    "select "
    + ", ".join(
        f"""
        date_diff('hour', max(received_at) filter (where feed_code = '{feed}'), any_value(as_of_at)) / 24
            as {feed}_days"""
        for feed in FEEDS
    )
    + """
    from marts.dim_version
    left join marts.fct_deliveries on outcome_code = 'used'
"""
)


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    found: list[gxe.Expectation] = []
    for feed, title in FEEDS.items():
        days = settings[f"freshness_days_{feed}"]
        # Never received at all is a null, which a range lets pass: both are asked.
        found += [
            gxe.ExpectColumnValuesToNotBeNull(
                column=f"{feed}_days", severity="warning", notes=f"从未收到{title}。"
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column=f"{feed}_days",
                max_value=days,
                severity="warning",
                notes=f"{title}已超过 {days:g} 天没有新来件，“没有发现”可能只是没有报送。",
            ),
        ]
    return found
