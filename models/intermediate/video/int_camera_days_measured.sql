with

spans as (

    select * from {{ ref('int_camera_state_spans') }}

),

-- As many midnights as a status can outlast.
midnights as (

    select day_number from {{ ref('int_calendar_days') }}
    where day_number * 24 < {{ setting('camera_status_hold_hours') }} + 24

),

dated as (

    select
        spans.camera_id,
        spans.state_code,
        spans.started_at,
        spans.ended_at,
        cast(
            date_trunc('day', spans.started_at) + midnights.day_number * interval '1' day as date
        ) as camera_date
    from spans
    cross join midnights

),

-- Minutes of the day instead of differences of times, which engines count differently.
pieces as (

    select
        camera_id,
        state_code,
        camera_date,
        case
            when cast(started_at as date) = camera_date
                then extract(hour from started_at) * 60 + extract(minute from started_at)
            else 0
        end as from_minute,
        case
            when cast(ended_at as date) = camera_date
                then extract(hour from ended_at) * 60 + extract(minute from ended_at)
            else 1440
        end as to_minute
    from dated
    where cast(camera_date as timestamp) < ended_at

),

followed as (

    select
        camera_id,
        state_code,
        from_minute,
        to_minute,
        camera_date,
        lag(state_code) over (partition by camera_id, camera_date order by from_minute)
            as previous_state_code,
        lag(to_minute) over (partition by camera_id, camera_date order by from_minute)
            as previous_to_minute
    from pieces

),

final as (

    select
        camera_id,
        cast(sum(case when state_code = 'online' then to_minute - from_minute else 0 end) as bigint)
            as online_minutes,
        cast(
            sum(case when state_code = 'offline' then to_minute - from_minute else 0 end) as bigint
        ) as offline_minutes,
        -- Offline reported again without a gap is the same spell.
        cast(
            sum(
                case
                    when state_code <> 'offline' then 0
                    when previous_state_code = 'offline' and previous_to_minute = from_minute
                        then 0
                    else 1
                end
            ) as bigint
        ) as offline_spell_count,
        camera_date
    from followed
    group by camera_id, camera_date

)

select * from final
