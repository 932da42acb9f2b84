with

credit_entries as (

    select * from {{ source('raw', 'credit_entries') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(case_id) as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(platform_name) as platform_name,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(entered_date as date) as entered_date,
        _received_at as received_at,
        min(_received_at) over (partition by case_id, platform_name) as first_received_at
    from credit_entries
    where _reject_reasons is null
    qualify row_number() over (
        partition by case_id, platform_name
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
