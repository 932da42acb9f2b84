with

watchlist as (

    select * from {{ source('raw', 'watchlist') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(watch_id) as watch_id,
        nullif(trim(credit_code), '') as credit_code,
        nullif(trim(meter_id), '') as meter_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(enterprise_name) as enterprise_name,
        trim(submitting_unit_name) as submitting_unit_name,
        trim(feedback_text) as feedback_text,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(submitted_date as date) as submitted_date,
        cast(fed_back_date as date) as fed_back_date,
        _received_at as received_at,
        min(case when fed_back_date is not null then _received_at end) over (partition by watch_id)
            as fed_back_reported_at
    from watchlist
    where _reject_reasons is null
    qualify row_number() over (
        partition by watch_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
