with

events as (

    select * from {{ ref('int_video_events_merged') }}

),

placed as (

    select * from {{ ref('int_video_events_placed') }}

),

verifications as (

    select * from {{ ref('int_video_verifications_matched') }}
    where is_counted

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

final as (

    select
        -- ids
        events.video_event_id,
        events.delivery_sha256,
        events.camera_id,
        events.device_id,
        events.channel_id,
        placed.township_code,
        townships.township_name,
        placed.village_code,
        villages.village_name,
        placed.site_id,
        placed.site_name,
        verifications.case_id,
        verifications.clue_id,
        -- text
        placed.camera_name,
        events.event_kind_code,
        kinds.event_kind_name,
        events.event_type_code,
        events.event_type_name,
        events.source_formats_text,
        coalesce(verifications.verification_code, 'none') as verification_code,
        verifications.verifying_unit_code,
        verifications.verifying_unit_name,
        verifications.disposition_text,
        events.file_name,
        events.sheet_name,
        -- numbers
        events.row_number,
        {{ small_number("replace(replace(events.priority, '警情', ''), '级', '')") }}
            as priority_number,
        -- Platforms write a share or a percentage.
        case
            when events.confidence between 0 and 1 then events.confidence
            when events.confidence between 1 and 100 then events.confidence / 100
        end as confidence,
        events.push_count,
        -- Clocks of camera and platform differ: pushed before it occurred says nothing of a delay.
        case
            when events.first_pushed_at >= events.occurred_at
                then {{ seconds_between('events.occurred_at', 'events.first_pushed_at') }}
        end as push_delay_seconds,
        case
            when verifications.verified_at >= coalesce(events.first_pushed_at, events.occurred_at)
                then cast(round({{ seconds_between(
                    'coalesce(events.first_pushed_at, events.occurred_at)',
                    'verifications.verified_at'
                ) }} / 60e0, 1) as decimal(12, 1))
        end as verification_minutes,
        placed.match_distance_m,
        placed.longitude,
        placed.latitude,
        -- booleans
        events.camera_id is not null as is_known_camera,
        events.is_known_type,
        kinds.is_mining_related,
        kinds.is_device_fault,
        verifications.video_event_id is not null as is_verified,
        verifications.disposed_at is not null as is_disposed,
        placed.has_own_coordinates,
        events.has_number_conflict,
        events.occurred_at
        > events.first_received_at
        + cast({{ setting('video_clock_ahead_hours') }} as bigint) * interval '1' hour
            as has_clock_error,
        -- dates and times
        cast(events.occurred_at as date) as event_date,
        events.occurred_at,
        events.first_pushed_at,
        verifications.verified_at,
        verifications.disposed_at,
        events.received_at as reported_at
    from events
    inner join placed on events.video_event_id = placed.video_event_id
    inner join kinds on events.event_kind_code = kinds.event_kind_code
    left join verifications on events.video_event_id = verifications.video_event_id
    left join townships on placed.township_code = townships.township_code
    left join villages on placed.village_code = villages.village_code

)

select * from final
