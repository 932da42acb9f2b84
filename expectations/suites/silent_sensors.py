"""Silent cameras and meters: a few, or a whole platform or concentrator?"""

import great_expectations.expectations as gxe

TABLE = "marts.rpt_silent_sensors"
QUERY = """
    with silent as (
        select
            count(case when sensor_kind_code = 'camera' then 1 end) as camera_count,
            count(case when sensor_kind_code = 'meter' then 1 end) as meter_count
        from marts.rpt_silent_sensors
    ),

    cameras as (
        select count(*) as sensor_count from marts.dim_cameras where is_in_service
    ),

    meters as (
        select count(distinct meter_id) as sensor_count from marts.fct_power_days
    )

    select
        silent.camera_count / nullif(cameras.sensor_count, 0) as camera_share,
        silent.meter_count / nullif(meters.sensor_count, 0) as meter_share
    from silent
    cross join cameras
    cross join meters
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="camera_share",
            max_value=0.3,
            severity="warning",
            notes="三成以上在用摄像机多日既无状态也无告警，多半是某个平台没有推送，“没有发现”不能当作平安。",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="meter_share",
            max_value=0.2,
            severity="warning",
            notes="两成以上电表多日没有采到负荷，多半是采集终端或某个台区的数据没有送来。",
        ),
    ]
