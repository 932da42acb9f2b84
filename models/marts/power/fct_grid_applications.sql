with

resolved as (

    select * from {{ ref('int_grid_applications_resolved') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

final as (

    select
        resolved.delivery_sha256,
        resolved.application_id,
        resolved.meter_id,
        resolved.site_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.application_kind_code,
        resolved.application_kind_name,
        resolved.review_result_code,
        resolved.review_result_name,
        sites.site_name,
        sites.township_code,
        sites.township_name,
        resolved.row_number,
        resolved.capacity_kva,
        resolved.has_commitment,
        resolved.closed_date is null as is_open,
        coalesce(
            sites.site_class_code in ('closed_shaft', 'dig_prone')
            and resolved.application_kind_code in ('new', 'enlarge', 'resume')
            and resolved.review_result_code <> 'rejected',
            false
        ) as is_supplied_without_licence,
        resolved.accepted_date,
        resolved.design_reviewed_date,
        resolved.mid_inspected_date,
        resolved.final_inspected_date,
        resolved.commitment_date,
        resolved.closed_date
    from resolved
    left join sites on resolved.site_id = sites.site_id

)

select * from final
