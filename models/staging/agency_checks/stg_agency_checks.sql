with

agency_checks as (

    select * from {{ source('raw', 'agency_checks') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        nullif(trim(site_id), '') as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(unit_name) as unit_name,
        trim(object_name) as object_name,
        trim(link_name) as link_name,
        trim(kind_name) as kind_name,
        trim(finding_text) as finding_text,
        trim(disposition_text) as disposition_text,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(check_date as date) as check_date,
        _received_at as received_at,
        min(_received_at) over (partition by unit_name, check_date, object_name)
            as first_received_at
    from agency_checks
    where _reject_reasons is null
    qualify row_number() over (
        partition by unit_name, check_date, object_name
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
