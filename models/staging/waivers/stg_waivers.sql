with

waivers as (

    select * from {{ source('raw', 'waivers') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(rule_code) as rule_code,
        nullif(trim(object_id), '') as object_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(unit_name) as unit_name,
        trim(reason_text) as reason_text,
        trim(approver_position_name) as approver_position_name,
        trim(document_number) as document_number,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(from_date as date) as from_date,
        cast(to_date as date) as to_date,
        _received_at as received_at
    from waivers
    where _reject_reasons is null
    qualify row_number() over (
        partition by rule_code, unit_name, coalesce(object_id, ''), from_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
