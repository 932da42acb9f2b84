with

camera_status as (

    select * from {{ source('raw', 'camera_status') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(device_id) as device_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(state_name) as state_name,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(observed_at as timestamp) as observed_at,
        _received_at as received_at
    from camera_status
    where _reject_reasons is null
    qualify row_number() over (
        partition by device_id, observed_at
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
