"""The cameras: do they stand in the county, and does anybody hear from them?"""

import great_expectations.expectations as gxe

TABLE = "marts.dim_cameras"
# A camera that is not in service has no days and is not asked.
QUERY = """
    with box as (
        select
            min(longitude) as west, max(longitude) as east,
            min(latitude) as south, max(latitude) as north
        from marts.dim_boundary_points
    ),
    last_days as (
        select camera_id, is_silent
        from marts.fct_camera_days
        qualify row_number() over (partition by camera_id order by camera_date desc) = 1
    )
    select
        case
            when cameras.longitude is not null and box.west is not null
                then
                    cameras.longitude between box.west and box.east
                    and cameras.latitude between box.south and box.north
        end as is_inside,
        last_days.is_silent
    from marts.dim_cameras as cameras
    cross join box
    left join last_days on cameras.camera_id = last_days.camera_id
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeInSet(
            column="is_inside",
            value_set=[True],
            mostly=1,
            severity="warning",
            notes="有摄像机的坐标落在县界之外，请核对坐标系或经纬度是否填反。",
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="is_silent",
            value_set=[False],
            mostly=0.8,
            severity="warning",
            notes="最近一天两成以上在用摄像机没有任何状态，静默不等于离线，请视频平台核对上报。",
        ),
    ]
