with

resolved as (

    select * from {{ ref('int_commendations_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.commendation_id,
        resolved.case_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.object_kind_name,
        resolved.unit_code,
        resolved.unit_name,
        resolved.row_number,
        resolved.amount_yuan,
        resolved.is_known_case,
        resolved.commendation_date
    from resolved

)

select * from final
