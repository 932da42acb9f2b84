"""The ledger as a whole: does it still say things, and about places we know?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_patrols"
# The last four weeks only: an old bad month must not hide a new one.
QUERY = """
    select
        illegal_mining_code,
        is_registered_place,
        is_carried_over
    from marts.fct_patrols
    cross join marts.dim_version
    where reported_at > as_of_at - interval '28' day
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites.

    Decided against: a share of findings above zero. A ledger without findings is the normal case, and
    suspicion comes only from other sources that contradict it.
    """
    return [
        gxe.ExpectColumnDistinctValuesToBeInSet(
            column="illegal_mining_code",
            value_set=["yes", "no", "suspected", "unclear", "not_stated"],
            severity="critical",
            notes="台账答案出现了未约定的代码，读取程序与模型不一致。",
        ),
        gxe.ExpectColumnValuesToNotBeInSet(
            column="illegal_mining_code",
            value_set=["not_stated"],
            mostly=0.7,
            severity="warning",
            notes="近四周三成以上的台账没有填写“是否存在非法违法盗采行为”，表样可能变了。",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="is_registered_place",
            value_set=[True],
            mostly=0.6,
            severity="warning",
            notes="近四周四成以上的台账行对不上登记点位，请核对登记册或地名写法。",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="is_carried_over",
            value_set=[False],
            mostly=0.7,
            severity="warning",
            notes="近四周三成以上的台账行与前期逐字相同，请提醒填报单位如实填写。",
        ),
    ]
