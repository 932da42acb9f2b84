with

measures as (

    select * from {{ source('raw', 'measures') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(clause_text) as clause_text,
        trim(unit_name) as unit_name,
        trim(item_text) as item_text,
        trim(document_number) as document_number,
        trim(url_text) as url_text,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(completed_date as date) as completed_date,
        _received_at as received_at,
        min(_received_at) over (partition by clause_text, unit_name, item_text) as first_received_at
    from measures
    where _reject_reasons is null
    qualify row_number() over (
        partition by clause_text, unit_name, item_text
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
