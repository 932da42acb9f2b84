with

due as (

    select * from {{ ref('int_camera_days_due') }}

),

measured as (

    select * from {{ ref('int_camera_days_measured') }}

),

cameras as (

    select * from {{ ref('dim_cameras') }}

),

context as (

    select as_of_at from {{ source('build', 'context') }}

),

statuses as (

    select
        status.device_id,
        cast(status.observed_at as date) as camera_date,
        count(*) as status_count
    from {{ ref('stg_camera_status') }} as status
    inner join context on status.observed_at <= context.as_of_at
    group by status.device_id, cast(status.observed_at as date)

),

events as (

    select
        camera_id,
        event_date,
        count(*) as event_count
    from {{ ref('fct_video_events') }}
    where camera_id is not null
    group by camera_id, event_date

),

joined as (

    select
        due.camera_id,
        due.due_minutes,
        coalesce(statuses.status_count, 0) as status_count,
        coalesce(measured.online_minutes, 0) as online_minutes,
        coalesce(measured.offline_minutes, 0) as offline_minutes,
        coalesce(measured.offline_spell_count, 0) as offline_spell_count,
        coalesce(events.event_count, 0) as event_count,
        due.camera_date
    from due
    left join measured
        on due.camera_id = measured.camera_id and due.camera_date = measured.camera_date
    left join statuses
        on due.camera_id = statuses.device_id and due.camera_date = statuses.camera_date
    left join events
        on due.camera_id = events.camera_id and due.camera_date = events.event_date

),

final as (

    select
        joined.camera_id,
        cameras.camera_name,
        cameras.township_code,
        cameras.township_name,
        joined.status_count,
        joined.online_minutes,
        joined.offline_minutes,
        joined.due_minutes - joined.online_minutes - joined.offline_minutes as silent_minutes,
        case
            when joined.online_minutes + joined.offline_minutes > 0
                then cast(round(
                    100 * cast(joined.online_minutes as double)
                    / (joined.online_minutes + joined.offline_minutes), 2
                ) as decimal(5, 2))
        end as online_pct,
        joined.offline_spell_count,
        joined.event_count,
        joined.online_minutes + joined.offline_minutes = 0 as is_silent,
        joined.camera_date
    from joined
    inner join cameras on joined.camera_id = cameras.camera_id

)

select * from final
