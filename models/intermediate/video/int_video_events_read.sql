{{
    config(
        materialized = 'incremental',
        incremental_strategy = 'append',
        on_schema_change = 'fail',
    )
}}

-- Features of each delivered row, from that row alone: so rows of new deliveries can be appended,
-- and the table stays exact under late, replacing and withdrawn deliveries. Which rows are one
-- event is decided downstream. A changed formula changes the code hash: then all is built anew.

with

events as (

    select * from {{ ref('stg_video_events') }}

),

{% if is_incremental() %}
known as (

    select distinct
        delivery_sha256,
        read_id
    from {{ this }}

),
{% endif %}

deliveries as (

    select
        used.delivery_sha256,
        used.read_id
    from {{ source('build', 'deliveries') }} as used
    {% if is_incremental() %}
    left join known
        on used.delivery_sha256 = known.delivery_sha256 and used.read_id = known.read_id
    {% endif %}
    where
        used.feed_code = 'video_events' and used.outcome_code = 'used'
        {% if is_incremental() %}
        and known.read_id is null
        {% endif %}

),

final as (

    select
        events.delivery_sha256,
        deliveries.read_id,
        -- The same push in two files, or twice in one, is one push.
        {{ hash_id([
            'events.source_format', 'events.event_id', 'events.device_id', 'events.channel_id',
            'events.event_type_code', 'events.event_type_name', 'events.occurred_at',
            'events.pushed_at', 'events.priority', 'events.confidence', 'events.longitude',
            'events.latitude', 'events.crs_name', 'events.image_url', 'events.description_text'
        ]) }} as push_id,
        events.event_id,
        {{ hash_id([
            'events.source_format', 'events.event_type_code', 'events.event_type_name'
        ]) }} as written_type_id,
        events.device_id,
        events.channel_id,
        events.file_name,
        events.sheet_name,
        events.source_format,
        events.event_type_code,
        events.event_type_name,
        events.priority,
        events.crs_name,
        events.description_text,
        events.row_number,
        events.confidence,
        -- Degrees of 0 are what devices without a position send.
        case when events.longitude <> 0 and events.latitude <> 0 then events.longitude end
            as longitude,
        case when events.longitude <> 0 and events.latitude <> 0 then events.latitude end
            as latitude,
        events.occurred_at,
        -- Formats differ in fractions of a second.
        date_trunc('second', events.occurred_at) as occurred_second_at,
        events.pushed_at,
        events.received_at
    from events
    inner join deliveries on events.delivery_sha256 = deliveries.delivery_sha256

)

select * from final
