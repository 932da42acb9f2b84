with

cameras as (

    select * from {{ ref('int_cameras_resolved') }}
    where is_in_service

),

days as (

    select calendar_date from {{ ref('int_calendar_days') }}

),

context as (

    select
        as_of_at,
        date_trunc('minute', as_of_at) as as_of_minute_at,
        cast(
            date_trunc('day', as_of_at)
            - cast({{ setting('camera_days_history_days') }} as bigint) * interval '1' day as date
        ) as history_from_date
    from {{ source('build', 'context') }}

),

statuses as (

    select
        status.device_id,
        cast(status.observed_at as date) as status_date
    from {{ ref('stg_camera_status') }} as status
    inner join context on status.observed_at <= context.as_of_at

),

-- A county that has delivered no status at all has nothing to measure, and no row.
range_of_days as (

    select
        context.as_of_minute_at,
        greatest(min(statuses.status_date), context.history_from_date) as from_date
    from context
    cross join statuses
    group by context.as_of_minute_at, context.history_from_date

),

first_statuses as (

    select
        device_id,
        min(status_date) as first_status_date
    from statuses
    group by device_id

),

-- Said to serve without a date: from its first status on; one that was never heard is silent all
-- along.
ranged as (

    select
        cameras.camera_id,
        range_of_days.as_of_minute_at,
        greatest(
            range_of_days.from_date,
            coalesce(
                cameras.service_from_date,
                first_statuses.first_status_date,
                range_of_days.from_date
            )
        ) as from_date
    from cameras
    cross join range_of_days
    left join first_statuses on cameras.camera_id = first_statuses.device_id

),

final as (

    select
        ranged.camera_id,
        -- The as-of day counts as far as it has come.
        cast(
            case
                when cast(ranged.as_of_minute_at as date) = days.calendar_date
                    then
                        extract(hour from ranged.as_of_minute_at) * 60
                        + extract(minute from ranged.as_of_minute_at)
                else 1440
            end as bigint
        ) as due_minutes,
        days.calendar_date as camera_date
    from ranged
    inner join days
        on
            ranged.from_date <= days.calendar_date
            and cast(days.calendar_date as timestamp) < ranged.as_of_minute_at

)

select * from final
