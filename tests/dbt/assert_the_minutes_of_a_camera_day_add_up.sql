-- Guards the splitting of statuses at midnight: two that overlap would give a day more minutes than
-- it has, and a camera listed twice would have two rows for one day.
with

days as (

    select
        camera_id,
        camera_date,
        count(*) as row_count,
        sum(online_minutes + offline_minutes + silent_minutes) as minute_count,
        min(least(online_minutes, offline_minutes, silent_minutes)) as least_minutes
    from {{ ref('fct_camera_days') }}
    group by camera_id, camera_date

),

context as (

    select as_of_at from {{ source('build', 'context') }}

)

select
    days.camera_id,
    days.camera_date,
    days.row_count,
    days.minute_count
from days
cross join context
where
    days.row_count <> 1
    or days.least_minutes < 0
    or days.minute_count > 1440
    or (days.minute_count <> 1440 and days.camera_date <> cast(context.as_of_at as date))
