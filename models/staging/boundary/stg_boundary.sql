with

boundary as (

    select * from {{ source('raw', 'boundary') }}

),

-- A boundary is delivered whole: rings of two deliveries put together would be no boundary.
final as (

    select
        _delivery_sha256 as delivery_sha256,
        _file_name as file_name,
        cast(ring_number as bigint) as ring_number,
        cast(point_number as bigint) as point_number,
        trim(crs_name) as crs_name,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude
    from boundary
    where _reject_reasons is null
    qualify
        rank() over (order by _received_at desc, _file_name desc, _delivery_sha256 desc) = 1
        and row_number() over (
            partition by ring_number, point_number, _delivery_sha256
            order by _received_at desc, _file_name desc, _sheet desc nulls last, _row_number desc
        ) = 1

)

select * from final
