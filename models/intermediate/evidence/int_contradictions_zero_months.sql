with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X08'

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

-- What a township and its villages hand in; the county's own rounds are no word of theirs.
reported as (

    select
        township_code,
        cast(date_trunc('month', patrol_date) as date) as month_date,
        case when has_finding then 1 else 0 end as finding_count,
        reported_at
    from {{ ref('fct_patrols') }}
    where
        township_code is not null
        and patrol_date is not null
        and patrol_level_code <> 'county'
    union all
    select
        township_code,
        cast(date_trunc('month', coalesce(filled_date, period_end_date)) as date) as month_date,
        0 as finding_count,
        reported_at
    from {{ ref('fct_patrol_forms') }}
    where
        is_zero_report
        and not is_superseded
        and township_code is not null
        and patrol_level_code <> 'county'
        and coalesce(filled_date, period_end_date) is not null

),

months as (

    select
        township_code,
        month_date,
        last_day(month_date) as month_end_date,
        sum(finding_count) as finding_count,
        max(reported_at) as claimed_at
    from reported
    group by township_code, month_date

),

-- A month that is not over may still have its finding.
claims as (

    select
        townships.township_name,
        months.*
    from months
    inner join townships on months.township_code = townships.township_code
    inner join context on months.month_end_date < context.as_of_date
    where months.finding_count = 0

),

leads as (

    select * from {{ ref('int_contradictions_leads') }}
    where evidence_code = 'confirmed' or evidence_type = 'case'

),

final as (

    select
        rules.rule_code,
        'township_month' as claim_type,
        claims.township_code || '-' || substr(cast(claims.month_date as varchar), 1, 7) as claim_id,
        cast(null as varchar) as claim_delivery_sha256,
        cast(null as varchar) as claim_file_name,
        cast(null as varchar) as claim_sheet_name,
        cast(null as varchar) as claim_unit_code,
        claims.township_code,
        cast(null as varchar) as village_code,
        cast(null as varchar) as site_id,
        cast(null as varchar) as unregistered_place_id,
        substr(cast(claims.month_date as varchar), 1, 7)
        || claims.township_name || '乡、村两级台账全部无发现' as claim_text,
        leads.evidence_type,
        leads.evidence_id,
        leads.signal_id,
        leads.evidence_delivery_sha256,
        leads.evidence_file_name,
        leads.evidence_sheet_name,
        leads.evidence_text,
        leads.confidence_code,
        cast(null as bigint) as claim_row_number,
        leads.evidence_row_number,
        cast(null as double) as distance_m,
        0e0 as hours_between,
        claims.month_end_date as claim_date,
        leads.evidence_date,
        claims.claimed_at,
        leads.started_at as evidence_at,
        leads.evidence_known_at
    from claims
    cross join rules
    inner join leads
        on
            claims.township_code = leads.township_code
            and claims.month_date = cast(date_trunc('month', leads.evidence_date) as date)
    qualify count(*) over (partition by claims.township_code, claims.month_date) >= rules.count_min

)

select * from final
