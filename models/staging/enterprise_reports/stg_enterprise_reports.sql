with

enterprise_reports as (

    select * from {{ source('raw', 'enterprise_reports') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(report_id) as report_id,
        nullif(trim(credit_code), '') as credit_code,
        nullif(trim(site_id), '') as site_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(enterprise_name) as enterprise_name,
        trim(content_text) as content_text,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        -- dates and times
        cast(reported_at as timestamp) as reported_at,
        _received_at as received_at,
        min(_received_at) over (partition by report_id) as first_received_at
    from enterprise_reports
    where _reject_reasons is null
    qualify row_number() over (
        partition by report_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
