with

cameras as (

    select * from {{ ref('dim_cameras') }}
    where is_in_service

),

camera_days as (

    select * from {{ ref('fct_camera_days') }}
    where status_count > 0 or event_count > 0

),

power_users as (

    select * from {{ ref('dim_power_users') }}
    where is_current and user_state_code <> 'closed'

),

power_days as (

    select * from {{ ref('fct_power_days') }}
    where point_count > 0

),

-- Not every account has its load collected: one that was never heard of is missed only if the
-- company marks it for monitoring.
sensors as (

    select
        'camera' as sensor_kind_code,
        camera_id as sensor_id,
        township_code,
        site_id,
        camera_name as sensor_name,
        township_name,
        village_name,
        site_name,
        true as is_expected
    from cameras
    union all
    select
        'meter' as sensor_kind_code,
        meter_id as sensor_id,
        township_code,
        site_id,
        power_user_name as sensor_name,
        township_name,
        village_name,
        site_name,
        is_key_monitored as is_expected
    from power_users

),

heard as (

    select
        'camera' as sensor_kind_code,
        camera_id as sensor_id,
        max(camera_date) as last_heard_date,
        max(case when status_count > 0 then camera_date end) as last_told_date
    from camera_days
    group by camera_id
    union all
    select
        'meter' as sensor_kind_code,
        meter_id as sensor_id,
        max(reading_date) as last_heard_date,
        max(reading_date) as last_told_date
    from power_days
    group by meter_id

),

-- A day on which nothing at all came is a missing delivery, which the freshness checks tell of, and
-- no silence of a sensor: silence is counted to the last day on which others were heard. Of cameras
-- to the last one with statuses, which come of all at once; events come daily or by the week.
measured as (

    select
        sensor_kind_code,
        coalesce(max(last_told_date), max(last_heard_date)) as measured_to_date
    from heard
    group by sensor_kind_code

),

compared as (

    select
        sensors.*,
        cast(
            {{ seconds_between(
                'cast(heard.last_heard_date as timestamp)', 'cast(measured.measured_to_date as timestamp)'
            ) }} / 86400e0 as bigint
        ) as silent_days,
        case sensors.sensor_kind_code
            when 'camera' then {{ setting('camera_silent_days') }}
            else {{ setting('meter_silent_days') }}
        end as days_min,
        heard.last_heard_date,
        measured.measured_to_date
    from sensors
    inner join measured on sensors.sensor_kind_code = measured.sensor_kind_code
    left join heard
        on
            sensors.sensor_kind_code = heard.sensor_kind_code
            and sensors.sensor_id = heard.sensor_id

),

final as (

    select
        sensor_kind_code,
        sensor_id,
        township_code,
        site_id,
        sensor_name,
        township_name,
        village_name,
        site_name,
        silent_days,
        last_heard_date is not null as is_ever_heard,
        last_heard_date,
        measured_to_date
    from compared
    where silent_days >= days_min or (last_heard_date is null and is_expected)

)

select * from final
