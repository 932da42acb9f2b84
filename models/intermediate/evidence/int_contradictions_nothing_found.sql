with

patrols as (

    select * from {{ ref('fct_patrols') }}
    where not has_finding and patrol_date is not null

),

zero_reports as (

    select
        *,
        coalesce(filled_date, period_end_date) as claim_date
    from {{ ref('fct_patrol_forms') }}
    where
        is_zero_report
        and not is_superseded
        and village_code is not null
        and coalesce(filled_date, period_end_date) is not null

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

sites as (

    select
        site_id,
        site_class_code
    from {{ ref('dim_sites') }}
    where is_current

),

claims as (

    select
        'patrol' as claim_type,
        patrols.patrol_id as claim_id,
        patrols.delivery_sha256 as claim_delivery_sha256,
        patrols.file_name as claim_file_name,
        patrols.sheet_name as claim_sheet_name,
        patrols.reporting_unit_code as claim_unit_code,
        patrols.township_code,
        patrols.village_code,
        patrols.site_id,
        patrols.unregistered_place_id,
        cast(patrols.patrol_date as varchar) || coalesce(patrols.reporting_unit_name, '')
        || '巡查台账：'
        || coalesce(patrols.site_name, patrols.village_name, patrols.township_name, '未写明地点')
        || case when patrols.site_id is null then '（未登记地点）' else '' end
        || '无发现' as claim_text,
        patrols.row_number as claim_row_number,
        patrols.patrol_date as claim_date,
        patrols.reported_at as claimed_at
    from patrols
    union all
    select
        'patrol_form' as claim_type,
        zero_reports.form_id as claim_id,
        zero_reports.delivery_sha256 as claim_delivery_sha256,
        zero_reports.file_name as claim_file_name,
        zero_reports.sheet_name as claim_sheet_name,
        zero_reports.reporting_unit_code as claim_unit_code,
        zero_reports.township_code,
        zero_reports.village_code,
        cast(null as varchar) as site_id,
        cast(null as varchar) as unregistered_place_id,
        cast(zero_reports.claim_date as varchar)
        || coalesce(zero_reports.reporting_unit_name, '')
        || '零报告：' || coalesce(villages.village_name, '') || '无发现' as claim_text,
        cast(null as bigint) as claim_row_number,
        zero_reports.claim_date,
        zero_reports.reported_at as claimed_at
    from zero_reports
    left join villages on zero_reports.village_code = villages.village_code

),

-- At a site of the register the village says too little; where no site is named it is all there is.
final as (

    select
        claims.*,
        'place' as place_scope_code,
        coalesce(claims.site_id, claims.unregistered_place_id) as place_id,
        coalesce(sites.site_class_code = 'licensed_mine', false) as is_licensed
    from claims
    left join sites on claims.site_id = sites.site_id
    where coalesce(claims.site_id, claims.unregistered_place_id) is not null
    union all
    select
        claims.*,
        'village' as place_scope_code,
        claims.village_code as place_id,
        false as is_licensed
    from claims
    where claims.site_id is null and claims.village_code is not null

)

select * from final
