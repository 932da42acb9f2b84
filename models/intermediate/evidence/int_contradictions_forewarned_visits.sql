with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X23'

),

drops as (

    select * from {{ ref('fct_power_alerts') }}
    where rule_code = 'drop_before_inspection' and site_id is not null

),

leads as (

    select
        signal_id,
        evidence_id
    from {{ ref('int_contradictions_leads') }}
    where evidence_type = 'power_alert'

),

-- Whoever came that day and found nothing.
visits as (

    {% for claim_type, relation, given in [
        ('patrol', 'fct_patrols', {
            'id': 'patrol_id', 'date': 'patrol_date', 'unit': 'reporting_unit_code', 'found': 'has_finding',
            'who': "coalesce(reporting_unit_name, '') || '巡查台账'", 'reported': 'reported_at',
        }),
        ('inspection', 'fct_inspections', {
            'id': 'inspection_id', 'date': 'inspection_date', 'unit': 'null', 'found': 'has_problem',
            'who': "coalesce(inspection_level_name, '') || '督导抽查'",
            'reported': 'cast(inspection_date as timestamp)',
        }),
        ('agency_check', 'fct_agency_checks', {
            'id': 'agency_check_id', 'date': 'check_date', 'unit': 'unit_code', 'found': 'has_finding',
            'who': "coalesce(unit_name, '') || '检查'", 'reported': 'cast(check_date as timestamp)',
        }),
    ] -%}
    select
        '{{ claim_type }}' as claim_type,
        {{ given.id }} as claim_id,
        delivery_sha256,
        file_name,
        sheet_name,
        cast({{ given.unit }} as varchar) as unit_code,
        township_code,
        site_id,
        site_name,
        {{ given.who }} as visitor_text,
        row_number,
        {{ given.date }} as visit_date,
        {{ given.reported }} as reported_at
    from {{ ref(relation) }}
    where site_id is not null and not {{ given.found }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

final as (

    select
        rules.rule_code,
        visits.claim_type,
        visits.claim_id,
        visits.delivery_sha256 as claim_delivery_sha256,
        visits.file_name as claim_file_name,
        visits.sheet_name as claim_sheet_name,
        visits.unit_code as claim_unit_code,
        visits.township_code,
        cast(null as varchar) as village_code,
        visits.site_id,
        cast(null as varchar) as unregistered_place_id,
        cast(visits.visit_date as varchar) || visits.visitor_text || '：'
        || coalesce(visits.site_name, visits.site_id) || '无发现' as claim_text,
        'power_alert' as evidence_type,
        drops.power_alert_id as evidence_id,
        leads.signal_id,
        drops.delivery_sha256 as evidence_delivery_sha256,
        drops.file_name as evidence_file_name,
        drops.sheet_name as evidence_sheet_name,
        '户号' || drops.meter_id || '：' || drops.reason_text as evidence_text,
        'medium' as confidence_code,
        visits.row_number as claim_row_number,
        drops.row_number as evidence_row_number,
        cast(null as double) as distance_m,
        0e0 as hours_between,
        visits.visit_date as claim_date,
        drops.alert_date as evidence_date,
        visits.reported_at as claimed_at,
        drops.alerted_at as evidence_at,
        drops.reported_at as evidence_known_at
    from visits
    cross join rules
    inner join drops
        on
            visits.site_id = drops.site_id
            and visits.visit_date between drops.alert_date and drops.last_date
    left join leads on drops.power_alert_id = leads.evidence_id

)

select * from final
