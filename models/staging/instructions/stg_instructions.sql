with

instructions as (

    select * from {{ source('raw', 'instructions') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(instruction_id) as instruction_id,
        nullif(trim(site_id), '') as site_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(unit_name) as unit_name,
        trim(item_text) as item_text,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(issued_date as date) as issued_date,
        cast(due_date as date) as due_date,
        cast(closed_date as date) as closed_date,
        _received_at as received_at,
        min(case when closed_date is not null then _received_at end) over (
            partition by instruction_id
        ) as closed_reported_at
    from instructions
    where _reject_reasons is null
    qualify row_number() over (
        partition by instruction_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
