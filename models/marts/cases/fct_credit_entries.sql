with

resolved as (

    select * from {{ ref('int_credit_entries_resolved') }}

),

final as (

    select
        resolved.credit_entry_id,
        resolved.delivery_sha256,
        resolved.case_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.platform_code,
        resolved.platform_name,
        resolved.row_number,
        resolved.is_known_case,
        resolved.entered_date
    from resolved

)

select * from final
