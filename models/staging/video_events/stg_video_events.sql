with

video_events as (

    select * from {{ source('raw', 'video_events') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        nullif(trim(event_id), '') as event_id,
        trim(device_id) as device_id,
        nullif(trim(channel_id), '') as channel_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(event_type_code) as event_type_code,
        trim(event_type_name) as event_type_name,
        trim(priority) as priority,
        trim(crs_name) as crs_name,
        trim(image_url) as image_url,
        trim(description_text) as description_text,
        trim(source_format) as source_format,
        -- numbers
        _row_number as row_number,
        cast(confidence as double) as confidence,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        -- dates and times
        cast(occurred_at as timestamp) as occurred_at,
        cast(pushed_at as timestamp) as pushed_at,
        _received_at as received_at
    from video_events
    where _reject_reasons is null

)

select * from final
