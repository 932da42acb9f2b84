with

resolved as (

    select * from {{ ref('int_patches_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.patch_id,
        resolved.case_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.conclusion_code,
        resolved.conclusion_name,
        resolved.row_number,
        resolved.area_mu,
        resolved.longitude,
        resolved.latitude,
        resolved.is_known_case,
        resolved.reported_date is not null and resolved.conclusion_code <> 'none' as is_reported,
        resolved.conclusion_code = 'illegal'
        and not resolved.is_known_case as is_illegal_without_case,
        resolved.issued_date,
        resolved.reported_date
    from resolved

)

select * from final
