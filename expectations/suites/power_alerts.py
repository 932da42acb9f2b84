"""The power company's alerts: of accounts and kinds we know?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_power_alerts"
QUERY = """
    select
        is_known_meter,
        alert_type_code
    from marts.fct_power_alerts
    where source_code = 'company'
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="is_known_meter",
            value_set=[True],
            mostly=0.9,
            severity="warning",
            notes="一成以上用电预警的户号不在用电户档案内，请供电公司补报档案。",
        ),
        gxe.ExpectColumnValuesToNotBeInSet(
            column="alert_type_code",
            value_set=["other"],
            mostly=0.8,
            severity="warning",
            notes="两成以上用电预警的异常类型不在类型表内，请核对写法或补充别名。",
        ),
    ]
