with

camera_views as (

    select * from {{ source('raw', 'camera_views') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(device_id) as device_id,
        trim(site_id) as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        is_visible,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(verified_date as date) as verified_date,
        _received_at as received_at
    from camera_views
    where _reject_reasons is null
    qualify row_number() over (
        partition by device_id, site_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
