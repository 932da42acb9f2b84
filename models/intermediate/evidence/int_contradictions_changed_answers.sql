with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X31'

),

lines as (

    select
        *,
        coalesce(
            illegal_mining_code in ('yes', 'suspected')
            or out_of_bounds_code in ('yes', 'suspected')
            or violation_code in ('yes', 'suspected'),
            false
        ) as has_finding
    from {{ ref('stg_patrol_ledger') }}

),

mentions as (

    select * from {{ ref('int_patrol_mentions') }}

),

matched as (

    select * from {{ ref('int_mentions_matched') }}

),

replaced as (

    select * from {{ ref('int_patrol_forms_compared') }}
    where is_replaced

),

patrols as (

    select
        *,
        coalesce(site_id, unregistered_place_id) as place_id
    from {{ ref('fct_patrols') }}
    where patrol_date is not null

),

leads as (

    select
        leads.*,
        places.place_id,
        places.distance_m
    from {{ ref('int_contradictions_leads') }} as leads
    inner join {{ ref('int_contradictions_lead_places') }} as places
        on leads.evidence_type = places.evidence_type and leads.evidence_id = places.evidence_id
    where places.place_scope_code = 'place' and leads.evidence_type <> 'patrol'

),

-- Lines of a form that was replaced are in no mart; their place is known all the same.
earlier as (

    select
        replaced.later_form_id,
        coalesce(matched.site_id, matched.unregistered_place_id) as place_id,
        max(case when lines.has_finding then 1 else 0 end) as finding_count,
        max(lines.received_at) as received_at
    from replaced
    inner join lines on replaced.form_id = lines.form_id
    inner join mentions on lines.patrol_id = mentions.patrol_id
    inner join matched on mentions.mention_id = matched.mention_id
    group by replaced.later_form_id, coalesce(matched.site_id, matched.unregistered_place_id)

),

changed as (

    select
        patrols.*,
        earlier.received_at as earlier_received_at
    from patrols
    inner join earlier
        on patrols.form_id = earlier.later_form_id and patrols.place_id = earlier.place_id
    where patrols.has_finding <> (earlier.finding_count = 1)

),

final as (

    select
        rules.rule_code,
        'patrol' as claim_type,
        changed.patrol_id as claim_id,
        changed.delivery_sha256 as claim_delivery_sha256,
        changed.file_name as claim_file_name,
        changed.sheet_name as claim_sheet_name,
        changed.reporting_unit_code as claim_unit_code,
        changed.township_code,
        changed.village_code,
        changed.site_id,
        changed.unregistered_place_id,
        cast(changed.patrol_date as varchar) || coalesce(changed.reporting_unit_name, '')
        || '巡查台账：' || coalesce(changed.site_name, changed.village_name, '未登记地点')
        || case when changed.has_finding then '由无发现改为有发现' else '由有发现改为无发现' end
            as claim_text,
        leads.evidence_type,
        leads.evidence_id,
        leads.signal_id,
        leads.evidence_delivery_sha256,
        leads.evidence_file_name,
        leads.evidence_sheet_name,
        leads.evidence_text || '，两稿之间送达' as evidence_text,
        leads.confidence_code,
        changed.row_number as claim_row_number,
        leads.evidence_row_number,
        leads.distance_m,
        greatest(
            {{ seconds_between('leads.ended_at', 'cast(changed.patrol_date as timestamp)') }},
            {{ seconds_between(
                "cast(changed.patrol_date as timestamp) + interval '1' day", 'leads.started_at'
            ) }},
            0
        ) / 3600e0 as hours_between,
        changed.patrol_date as claim_date,
        leads.evidence_date,
        changed.reported_at as claimed_at,
        leads.started_at as evidence_at,
        leads.evidence_known_at
    from changed
    cross join rules
    inner join leads
        on
            changed.place_id = leads.place_id
            and changed.earlier_received_at < leads.evidence_known_at
            and changed.reported_at >= leads.evidence_known_at
            and changed.patrol_date
            >= cast(leads.started_at as date) - cast(rules.window_days as integer)
            and changed.patrol_date
            <= cast(leads.ended_at as date) + cast(rules.window_days as integer)

)

select * from final
