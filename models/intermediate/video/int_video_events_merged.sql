with

pushes as (

    select * from {{ ref('int_video_events_identified') }}

),

-- What a platform sends under the event's number knows more of it than a format without numbers.
versions as (

    select * from pushes
    qualify row_number() over (
        partition by video_event_id
        order by
            case when event_id is null then 1 else 0 end asc,
            received_at desc,
            file_name desc,
            delivery_sha256 desc,
            sheet_name desc nulls last,
            row_number desc
    ) = 1

),

pushed as (

    select
        video_event_id,
        concat_ws(
            '、',
            max(case when source_format = 'gb28181' then source_format end),
            max(case when source_format = 'isapi' then source_format end),
            max(case when source_format = 'json' then source_format end)
        ) as source_formats_text,
        count(distinct push_id) as push_count,
        -- Numbers of two platforms may collide; then one event is said to be in two places.
        min(coalesce(camera_id, device_id)) <> max(coalesce(camera_id, device_id))
            as has_number_conflict,
        min(pushed_at) as first_pushed_at,
        min(received_at) as first_received_at
    from pushes
    group by video_event_id

),

final as (

    select
        versions.video_event_id,
        versions.delivery_sha256,
        versions.camera_id,
        versions.device_id,
        versions.channel_id,
        versions.file_name,
        versions.sheet_name,
        pushed.source_formats_text,
        versions.event_kind_code,
        versions.event_type_code,
        versions.event_type_name,
        versions.priority,
        versions.point_key,
        versions.row_number,
        pushed.push_count,
        versions.confidence,
        pushed.has_number_conflict,
        versions.is_known_type,
        versions.occurred_at,
        pushed.first_pushed_at,
        pushed.first_received_at,
        versions.received_at
    from versions
    inner join pushed on versions.video_event_id = pushed.video_event_id

)

select * from final
