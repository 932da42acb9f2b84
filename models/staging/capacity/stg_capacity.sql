with

capacity as (

    select * from {{ source('raw', 'capacity') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(unit_name) as unit_name,
        -- numbers
        _row_number as row_number,
        cast(post_count as bigint) as post_count,
        cast(staff_count as bigint) as staff_count,
        cast(vehicle_due_count as bigint) as vehicle_due_count,
        cast(vehicle_count as bigint) as vehicle_count,
        cast(equipment_due_count as bigint) as equipment_due_count,
        cast(equipment_count as bigint) as equipment_count,
        cast(budget_wanyuan as decimal(18, 4)) as budget_wanyuan,
        cast(paid_wanyuan as decimal(18, 4)) as paid_wanyuan,
        -- dates and times
        cast(counted_date as date) as counted_date,
        _received_at as received_at,
        min(_received_at) over (partition by unit_name, counted_date) as first_received_at
    from capacity
    where _reject_reasons is null
    qualify row_number() over (
        partition by unit_name, counted_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
