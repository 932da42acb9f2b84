with

publicity as (

    select * from {{ source('raw', 'publicity') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(publicity_id) as publicity_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(kind_name) as kind_name,
        trim(form_name) as form_name,
        trim(medium_name) as medium_name,
        trim(title_text) as title_text,
        trim(url_text) as url_text,
        trim(not_published_reason) as not_published_reason,
        trim(unit_name) as unit_name,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(published_date as date) as published_date,
        _received_at as received_at,
        min(_received_at) over (partition by publicity_id) as first_received_at
    from publicity
    where _reject_reasons is null
    qualify row_number() over (
        partition by publicity_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
