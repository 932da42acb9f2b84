with

joint_operations as (

    select * from {{ source('raw', 'joint_operations') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(operation_id) as operation_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(lead_unit_name) as lead_unit_name,
        trim(participant_names) as participant_names,
        trim(link_name) as link_name,
        -- numbers
        _row_number as row_number,
        cast(person_count as bigint) as person_count,
        cast(vehicle_count as bigint) as vehicle_count,
        cast(checked_site_count as bigint) as checked_site_count,
        cast(problem_count as bigint) as problem_count,
        -- dates and times
        cast(operation_date as date) as operation_date,
        _received_at as received_at,
        min(_received_at) over (partition by operation_id) as first_received_at
    from joint_operations
    where _reject_reasons is null
    qualify row_number() over (
        partition by operation_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
