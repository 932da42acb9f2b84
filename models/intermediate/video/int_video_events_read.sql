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

-- Degrees of 0 are what devices without a position send.
pointed as (

    select
        events.*,
        deliveries.read_id,
        coalesce(
            events.longitude between -180 and 180 and events.longitude <> 0
            and events.latitude between -90 and 90 and events.latitude <> 0,
            false
        ) as has_point
    from events
    inner join deliveries on events.delivery_sha256 = deliveries.delivery_sha256

),

final as (

    select
        delivery_sha256,
        read_id,
        -- The same push in two files, or twice in one, is one push.
        {{ hash_id([
            'source_format', 'event_id', 'device_id', 'channel_id', 'event_type_code',
            'event_type_name', 'occurred_at', 'pushed_at', 'priority', 'confidence', 'longitude',
            'latitude', 'crs_name', 'image_url', 'description_text'
        ]) }} as push_id,
        event_id,
        {{ hash_id(['source_format', 'event_type_code', 'event_type_name']) }} as written_type_id,
        device_id,
        channel_id,
        file_name,
        sheet_name,
        source_format,
        event_type_code,
        event_type_name,
        priority,
        description_text,
        -- Four decimals are some 10 m: a pan-tilt camera computes a new point for every frame.
        case
            when has_point
                then
                    cast(cast(longitude as decimal(8, 4)) as varchar) || ','
                    || cast(cast(latitude as decimal(7, 4)) as varchar) || ','
                    || coalesce(crs_name, '')
        end as point_key,
        crs_name,
        row_number,
        confidence,
        case when has_point then cast(cast(longitude as decimal(8, 4)) as double) end as longitude,
        case when has_point then cast(cast(latitude as decimal(7, 4)) as double) end as latitude,
        occurred_at,
        -- Formats differ in fractions of a second.
        date_trunc('second', occurred_at) as occurred_second_at,
        pushed_at,
        received_at
    from pointed

)

select * from final
