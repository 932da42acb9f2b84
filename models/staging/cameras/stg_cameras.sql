with

cameras as (

    select * from {{ source('raw', 'cameras') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(device_id) as device_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(camera_name) as camera_name,
        trim(township_name) as township_name,
        trim(village_name) as village_name,
        trim(crs_name) as crs_name,
        trim(kind_name) as kind_name,
        trim(build_state_name) as build_state_name,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        cast(view_radius_m as double) as view_radius_m,
        -- dates and times
        cast(planned_date as date) as planned_date,
        cast(built_date as date) as built_date,
        cast(accepted_date as date) as accepted_date,
        _received_at as received_at,
        min(_received_at) over (partition by device_id) as first_received_at,
        min(
            case when built_date is not null or accepted_date is not null then _received_at end
        ) over (
            partition by device_id
        ) as built_reported_at
    from cameras
    where _reject_reasons is null
    qualify row_number() over (
        partition by device_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
