"""Site risk: do the points still tell places apart, and is there somebody to send?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_site_risk"
QUERY = """
    with sites as (
        select
            place_id,
            max(case when factor_code in ('incident_high', 'incident_medium') then 1 else 0 end) as told_count
        from marts.fct_site_risk
        where is_as_of and is_registered
        group by place_id
    ),

    suggestions as (
        select count(going_unit_name) / nullif(count(*), 0) as sent_share
        from marts.rpt_patrol_suggestions
    )

    select
        (select case when count(*) >= 10 then sum(told_count) / count(*) end from sites) as told_share,
        sent_share
    from suggestions
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites.

    Decided against: a least number of places with points. A quiet county has none.
    """
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="told_share",
            max_value=0.5,
            severity="warning",
            notes="半数以上点位都有未处理的可疑事件，风险排序已分不出轻重，多半是某类来源误报激增，请先核对信号。",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="sent_share",
            min_value=1,
            severity="warning",
            notes="有巡查建议找不到该去的单位，请核对单位名录中各乡（镇）人民政府。",
        ),
    ]
