"""Contradictions: few enough to be looked into, and mostly right where a unit has answered?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_contradictions"
# The ledger lines of the last four weeks; the answers of all time, for few are asked.
QUERY = """
    with lines as (
        select
            count(*) as line_count,
            count(contradicted.claim_id) as contradicted_count
        from marts.fct_patrols as patrols
        cross join marts.dim_version
        left join (
            select distinct claim_id
            from marts.fct_contradictions
            where claim_type = 'patrol' and kind_code = 'evidence'
        ) as contradicted
            on patrols.patrol_id = contradicted.claim_id
        where reported_at > as_of_at - interval '28' day
    ),

    answers as (
        select
            count(*) as answered_count,
            sum(case when status_code = 'refuted' then 1 else 0 end) as refuted_count
        from marts.fct_contradictions
        where status_code in ('confirmed', 'refuted', 'explained')
    )

    select
        contradicted_count / nullif(line_count, 0) as contradicted_share,
        case when answered_count >= 10 then refuted_count / answered_count end as refuted_share
    from lines, answers
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites.

    Decided against: at least one contradiction. A quiet county has none.
    """
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="contradicted_share",
            max_value=0.25,
            severity="warning",
            notes="近四周四分之一以上的台账行与其他来源矛盾，多半是某个来源误报激增或规则过宽，请先核对信号再下发核查。",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="refuted_share",
            max_value=0.5,
            severity="warning",
            notes="已答复的矛盾半数以上经核查不属实，请复核规则门槛（contradiction_rules）。",
        ),
    ]
