with

sponsor_visits as (

    select * from {{ source('raw', 'sponsor_visits') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(sponsorship_id) as sponsorship_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(method_name) as method_name,
        -- numbers
        _row_number as row_number,
        cast(problem_count as bigint) as problem_count,
        cast(rectified_count as bigint) as rectified_count,
        -- dates and times
        cast(visit_date as date) as visit_date,
        _received_at as received_at,
        min(_received_at) over (partition by sponsorship_id, visit_date) as first_received_at
    from sponsor_visits
    where _reject_reasons is null
    qualify row_number() over (
        partition by sponsorship_id, visit_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
