"""Townships, of a city its counties: without them no row belongs anywhere."""

import great_expectations.expectations as gxe

TABLE = "marts.dim_townships"
QUERY = """
    select township_code from marts.dim_townships where is_current
    union all
    select unit_code from marts.dim_units where is_current and unit_kind_code = 'county_government'
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectTableRowCountToBeBetween(
            min_value=1,
            severity="critical",
            notes="没有任何现行乡镇，所有数据都无法归属；请先投递县级资料包（minewatch init）。",
        ),
    ]
