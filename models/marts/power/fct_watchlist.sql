with

resolved as (

    select * from {{ ref('int_watchlist_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.watch_id,
        resolved.meter_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.credit_code,
        resolved.enterprise_name,
        resolved.feedback_text,
        resolved.submitting_unit_code,
        resolved.submitting_unit_name,
        resolved.row_number,
        resolved.fed_back_date is not null as is_fed_back,
        resolved.meter_id is not null as has_account,
        resolved.submitted_date,
        resolved.fed_back_date
    from resolved

)

select * from final
