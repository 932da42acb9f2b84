"""Silence: a source that stopped looks like a county without incidents."""

import great_expectations.expectations as gxe

TABLE = "marts.fct_deliveries"
QUERY = """
    select
        max(case when feed_code = 'patrol_ledger' then received_at end) as ledger_at,
        max(case when feed_code = 'power_readings' then received_at end) as power_at,
        date_diff('hour', ledger_at, any_value(as_of_at)) / 24 as patrol_ledger_days,
        date_diff('hour', power_at, any_value(as_of_at)) / 24 as power_readings_days
    from marts.dim_version
    left join marts.fct_deliveries on outcome_code = 'used'
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    found: list[gxe.Expectation] = []
    for column, title, setting in (
        ("patrol_ledger_days", "巡查台账", "freshness_days_patrol_ledger"),
        ("power_readings_days", "负荷曲线", "freshness_days_power_readings"),
    ):
        days = settings[setting]
        # Never received at all is a null, which a range lets pass: both are asked.
        found += [
            gxe.ExpectColumnValuesToNotBeNull(
                column=column, severity="warning", notes=f"从未收到{title}。"
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column=column,
                max_value=days,
                severity="warning",
                notes=f"{title}已超过 {days:g} 天没有新来件，“没有发现”可能只是没有报送。",
            ),
        ]
    return found
