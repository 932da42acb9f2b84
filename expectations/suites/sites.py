"""The register: do its coordinates lie in the county they are said to lie in?"""

import great_expectations.expectations as gxe

TABLE = "marts.dim_sites"
# The rectangle around the boundary is enough to find a township that mixed up its coordinate system
# grossly or its columns; 600 m of GCJ-02 shift are found by the distance to ledger lines instead.
QUERY = """
    with box as (
        select
            min(longitude) as west, max(longitude) as east,
            min(latitude) as south, max(latitude) as north
        from marts.dim_boundary_points
    )
    select
        case
            when longitude is not null and west is not null
                then longitude between west and east and latitude between south and north
        end as is_inside,
        longitude
    from marts.dim_sites
    cross join box
    where is_current and is_active
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectTableRowCountToBeBetween(
            min_value=1, severity="warning", notes="点位登记册为空，巡查覆盖率无从计算。"
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="is_inside",
            value_set=[True],
            severity="warning",
            notes="有点位的坐标落在县界之外，请核对坐标系或经纬度是否填反。",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="longitude",
            mostly=0.9,
            severity="warning",
            notes="超过一成点位没有坐标，通知要求全部确定位置坐标。",
        ),
    ]
