"""Steps of cases: do they belong to cases, and are they steps?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_case_events"
QUERY = """
    select
        is_known_case,
        is_known_state
    from marts.fct_case_events
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="is_known_case",
            value_set=[True],
            mostly=0.9,
            severity="warning",
            notes="一成以上案件节点对不上案件登记册，请核对案件编号或补报登记册。",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="is_known_state",
            value_set=[True],
            mostly=0.9,
            severity="warning",
            notes="一成以上案件节点的名称不在节点表内，请核对写法或补充别名。",
        ),
    ]
