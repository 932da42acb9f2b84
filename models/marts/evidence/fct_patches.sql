with

resolved as (

    select * from {{ ref('int_patches_resolved') }}

),

places as (

    select * from {{ ref('int_mentions_matched') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

final as (

    select
        resolved.delivery_sha256,
        resolved.patch_id,
        resolved.case_id,
        places.site_id,
        places.unregistered_place_id,
        places.township_code,
        resolved.file_name,
        resolved.sheet_name,
        places.site_name,
        townships.township_name,
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
    left join places on {{ hash_id(["'patch'", 'resolved.patch_id']) }} = places.mention_id
    left join townships on places.township_code = townships.township_code

)

select * from final
