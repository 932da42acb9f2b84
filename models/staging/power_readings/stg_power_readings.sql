with

readings as (

    select * from {{ source('raw', 'power_readings') }}

),

final as (

    select
        _delivery_sha256 as delivery_sha256,
        trim(meter_id) as meter_id,
        _file_name as file_name,
        coalesce(data_type, 1) as data_type,
        t_factor,
        {{ over_points('cast({p} as decimal(9, 3)) as {p}', ', ') }},
        _row_number as row_number,
        reading_date,
        _received_at as received_at
    from readings
    where _reject_reasons is null

)

select * from final
