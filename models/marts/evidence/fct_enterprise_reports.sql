with

resolved as (

    select * from {{ ref('int_enterprise_reports_resolved') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

final as (

    select
        resolved.delivery_sha256,
        resolved.report_id,
        resolved.case_id,
        resolved.site_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.credit_code,
        resolved.enterprise_unit_code,
        resolved.enterprise_unit_name,
        sites.site_name,
        sites.township_code,
        sites.township_name,
        resolved.row_number,
        resolved.longitude,
        resolved.latitude,
        resolved.is_known_case,
        resolved.reported_at
    from resolved
    left join sites on resolved.site_id = sites.site_id

)

select * from final
