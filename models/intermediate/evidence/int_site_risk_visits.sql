with

-- A line that says again what the week before said is no look.
patrols as (

    select * from {{ ref('fct_patrols') }}
    where not is_carried_over and patrol_date is not null

),

inspections as (

    select * from {{ ref('fct_inspections') }}
    where site_id is not null and inspection_date is not null

),

agency_checks as (

    select * from {{ ref('fct_agency_checks') }}
    where site_id is not null and check_date is not null

),

final as (

    select
        coalesce(site_id, unregistered_place_id) as place_id,
        'patrol' as evidence_type,
        patrol_id as evidence_id,
        patrol_level_code as visit_level_code,
        patrol_date as visit_date
    from patrols
    where site_id is not null or unregistered_place_id is not null
    union all
    select
        site_id as place_id,
        'inspection' as evidence_type,
        inspection_id as evidence_id,
        inspection_level_code as visit_level_code,
        inspection_date as visit_date
    from inspections
    union all
    select
        site_id as place_id,
        'agency_check' as evidence_type,
        agency_check_id as evidence_id,
        'county' as visit_level_code,
        check_date as visit_date
    from agency_checks

)

select * from final
