"""Every delivery: was it read as what it claims to be, and is it about as long as its sisters?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_deliveries"
DELIVERY_COLUMN = "delivery_sha256"
# Below twenty rows a share says little, and a township's short form must not be set aside for one
# bad line. The usual length is the median of the same feed and sender, known from five deliveries on.
QUERY = """
    with used as (
        select
            *,
            median(read_count) over (partition by feed_code, sender_name) as usual_count,
            count(*) over (partition by feed_code, sender_name) as sister_count
        from marts.fct_deliveries
        where outcome_code = 'used'
    )
    select
        delivery_sha256,
        case
            when good_count + rejected_count >= 20
                then rejected_count / (good_count + rejected_count)
        end as rejected_share,
        case
            when sister_count >= 5 and usual_count >= 20 then read_count / usual_count
        end as length_ratio
    from used
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="rejected_share",
            max_value=settings["delivery_rejected_share_max"],
            severity="critical",
            notes="来件大部分行被退回，表样多半不对，已整件隔离；请发件单位更正后重报。",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="length_ratio",
            min_value=0.2,
            max_value=5,
            severity="warning",
            notes="来件行数与该单位平时相差五倍以上，请核对是否缺页或重复。",
        ),
    ]
