"""The power company's accounts: are states, kinds and places understood?"""

import great_expectations.expectations as gxe

TABLE = "marts.dim_power_users"
QUERY = """
    select
        user_state_code,
        electricity_kind_code,
        township_code
    from marts.dim_power_users
    where is_current
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToNotBeInSet(
            column="user_state_code",
            value_set=["unknown"],
            mostly=0.9,
            severity="warning",
            notes="一成以上用电户的状态无法识别，停用户用电无从判断，请核对写法或补充别名。",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="township_code",
            mostly=0.7,
            severity="warning",
            notes="三成以上用电户定位不到乡镇，请核对乡镇代码、村代码和用电地址。",
        ),
    ]
