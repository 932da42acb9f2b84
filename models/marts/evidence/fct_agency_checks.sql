with

resolved as (

    select * from {{ ref('int_agency_checks_resolved') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

final as (

    select
        resolved.agency_check_id,
        resolved.delivery_sha256,
        resolved.site_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.object_name,
        resolved.check_kind_name,
        resolved.finding_text,
        resolved.disposition_text,
        resolved.unit_code,
        resolved.unit_name,
        resolved.chain_link_code,
        resolved.chain_link_name,
        sites.site_name,
        sites.township_code,
        sites.township_name,
        resolved.row_number,
        resolved.has_finding,
        resolved.check_date
    from resolved
    left join sites on resolved.site_id = sites.site_id

)

select * from final
