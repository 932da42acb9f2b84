"""Evidence of contradictions: so little that a person can read it?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_contradiction_evidence"
QUERY = """
    select
        contradiction_id,
        count(*) as evidence_count
    from marts.fct_contradiction_evidence
    group by contradiction_id
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="evidence_count",
            max_value=100,
            mostly=0.9,
            severity="warning",
            notes="一成以上矛盾的依据超过一百条，规则的半径或时间窗可能过宽，或某个来源反复告警。",
        ),
    ]
