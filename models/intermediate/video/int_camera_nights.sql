with

spans as (

    select * from {{ ref('int_camera_state_spans') }}

),

-- As many nights as a status can outlast.
midnights as (

    select day_number from {{ ref('int_calendar_days') }}
    where day_number * 24 < {{ setting('camera_status_hold_hours') }} + 24

),

-- A quarter hour of the clock is one of 96 slots; the night runs from a slot of one day to one of
-- the next.
hours as (

    select
        15 * (cast({{ setting('night_start_slot') }} as integer) - 1) as night_from_minute,
        15 * cast({{ setting('night_end_slot') }} as integer) as night_to_minute

),

-- From one morning to the next, which keeps a night in one piece and puts its day before it.
dated as (

    select
        spans.camera_id,
        spans.delivery_sha256,
        spans.file_name,
        spans.sheet_name,
        spans.state_code,
        spans.row_number,
        spans.started_at,
        spans.ended_at,
        hours.night_from_minute,
        hours.night_to_minute,
        date_trunc('day', spans.started_at - hours.night_to_minute * interval '1' minute)
        + midnights.day_number * interval '1' day as day_at
    from spans
    cross join midnights
    cross join hours

),

pieces as (

    select
        camera_id,
        delivery_sha256,
        file_name,
        sheet_name,
        state_code,
        row_number,
        cast(day_at as date) as night_date,
        night_from_minute,
        1440 + night_to_minute as night_to_minute,
        greatest(
            {{ seconds_between('day_at', 'started_at') }} / 60e0, night_to_minute
        ) as from_minute,
        least(
            {{ seconds_between('day_at', 'ended_at') }} / 60e0, 1440 + night_to_minute
        ) as to_minute
    from dated

),

split as (

    select
        pieces.*,
        greatest(
            0, least(pieces.to_minute, pieces.night_from_minute) - pieces.from_minute
        ) as day_minutes,
        greatest(
            0, pieces.to_minute - greatest(pieces.from_minute, pieces.night_from_minute)
        ) as night_minutes
    from pieces
    where pieces.from_minute < pieces.to_minute

),

-- The first status of the night that says offline tells it.
told as (

    select
        split.*,
        row_number() over (
            partition by split.camera_id, split.night_date
            order by
                case
                    when split.state_code = 'offline' and split.night_minutes > 0 then 0
                    else 1
                end,
                split.from_minute
        ) as telling_rank
    from split

),

final as (

    select
        camera_id,
        min(case when telling_rank = 1 then delivery_sha256 end) as delivery_sha256,
        min(case when telling_rank = 1 then file_name end) as file_name,
        min(case when telling_rank = 1 then sheet_name end) as sheet_name,
        min(case when telling_rank = 1 then row_number end) as row_number,
        {% for state in ['online', 'offline'] -%}
        {% for part in ['day', 'night'] -%}
        cast(
            sum(case when state_code = '{{ state }}' then {{ part }}_minutes else 0 end) as bigint
        ) as {{ state }}_{{ part }}_minutes,
        {% endfor -%}
        {% endfor -%}
        night_date
    from told
    group by camera_id, night_date

)

select * from final
