"""Cases: are they of kinds we know, at places we know, of units we know?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_cases"
QUERY = """
    select
        case_type_code <> 'other' as has_known_type,
        township_code is not null as has_township,
        handling_unit_code is not null as has_known_unit
    from marts.fct_cases
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites.

    Decided against: a number of cases a month. None is the normal month of a small county.
    """
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="has_known_type",
            value_set=[True],
            mostly=0.9,
            severity="warning",
            notes="一成以上案件的类型不在案件类型表内，请核对写法或补充别名。",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="has_township",
            value_set=[True],
            mostly=0.8,
            severity="warning",
            notes="两成以上案件定位不到乡镇，请核对乡镇、村和坐标。",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="has_known_unit",
            value_set=[True],
            mostly=0.9,
            severity="warning",
            notes="一成以上案件的承办单位不在单位名录内，请核对写法或补充别名。",
        ),
    ]
