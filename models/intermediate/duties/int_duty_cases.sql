with

cases as (

    select * from {{ ref('int_cases_resolved') }}

),

reports as (

    select * from {{ ref('stg_cases') }}

),

places as (

    select * from {{ ref('int_mentions_matched') }}
    where source_code = 'case'

),

sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current

),

-- Never the 案由, which may name people.
final as (

    select
        cases.case_id,
        cases.handling_unit_code,
        cases.party_kind_code,
        places.township_code,
        places.site_id,
        coalesce(places.site_name || ' ', '') || cases.case_type_name as case_name,
        sites.responsible_enterprise_name,
        cases.has_named_investigator,
        cases.is_electricity_checked,
        cases.is_major or cases.has_serious_consequence as is_grave,
        cases.discovered_date,
        cases.act_date,
        reports.investigator_reported_at,
        reports.electricity_reported_at
    from cases
    inner join reports on cases.case_id = reports.case_id
    left join places on {{ hash_id(["'case'", 'cases.case_id']) }} = places.mention_id
    left join sites on places.site_id = sites.site_id

)

select * from final
