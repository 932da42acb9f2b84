with

events as (

    select * from {{ ref('int_video_events_read') }}

),

deliveries as (

    select * from {{ source('build', 'deliveries') }}

),

types as (

    select * from {{ ref('int_video_event_types_resolved') }}

),

words as (

    select * from {{ ref('int_video_event_words_found') }}
    where is_description

),

cameras as (

    select device_id from {{ ref('stg_cameras') }}

),

-- The table of features keeps every reading of every delivery; this build's own deliveries decide.
conformed as (

    select
        events.delivery_sha256,
        events.push_id,
        events.event_id,
        coalesce(devices.device_id, channels.device_id) as camera_id,
        events.device_id,
        events.channel_id,
        events.file_name,
        events.sheet_name,
        events.source_format,
        case
            when types.needs_description
                then coalesce(words.event_kind_code, types.event_kind_code)
            else types.event_kind_code
        end as event_kind_code,
        events.event_type_code,
        types.event_type_name,
        types.type_text,
        events.priority,
        events.point_key,
        events.row_number,
        events.confidence,
        types.is_known_type
        or (types.needs_description and words.event_kind_code is not null) as is_known_type,
        events.occurred_at,
        events.occurred_second_at,
        events.pushed_at,
        events.received_at
    from events
    inner join deliveries
        on
            events.read_id = deliveries.read_id
            and events.delivery_sha256 = deliveries.delivery_sha256
            and deliveries.feed_code = 'video_events'
            and deliveries.outcome_code = 'used'
    inner join types on events.written_type_id = types.written_type_id
    left join words on events.description_text = words.written_text
    left join cameras as devices on events.device_id = devices.device_id
    left join cameras as channels on events.channel_id = channels.device_id

),

-- What makes an event itself where no number does. Two types that are only 'other' are not one, and
-- the channels of a recorder that no register knows are not one camera. Letters alone: somebody
-- will write the id into a form, where digits may be taken for a telephone number and masked.
keyed as (

    select
        conformed.*,
        translate(
            {{ hash_id([
                "coalesce(camera_id, device_id || coalesce('/' || channel_id, ''))",
                "case when event_kind_code = 'other' then 'other:' || type_text "
                ~ "else event_kind_code end",
                'occurred_second_at',
            ]) }},
            '0123456789', 'ghijklmnop'
        ) as natural_event_id
    from conformed

),

-- The number that any format gives to a camera's event of that kind and second; of several the
-- smallest, so that the order of deliveries never matters.
numbered as (

    select
        natural_event_id,
        min(event_id) as event_id
    from keyed
    where event_id is not null
    group by natural_event_id

),

final as (

    select
        coalesce(keyed.event_id, numbered.event_id, keyed.natural_event_id) as video_event_id,
        keyed.natural_event_id,
        keyed.delivery_sha256,
        keyed.push_id,
        keyed.event_id,
        keyed.camera_id,
        keyed.device_id,
        keyed.channel_id,
        keyed.file_name,
        keyed.sheet_name,
        keyed.source_format,
        keyed.event_kind_code,
        keyed.event_type_code,
        keyed.event_type_name,
        keyed.priority,
        keyed.point_key,
        keyed.row_number,
        keyed.confidence,
        keyed.is_known_type,
        keyed.occurred_at,
        keyed.pushed_at,
        keyed.received_at
    from keyed
    left join numbered on keyed.natural_event_id = numbered.natural_event_id

)

select * from final
