with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X20'

),

spells as (

    select * from {{ ref('fct_camera_dark_spells') }}

),

deliveries as (

    select
        delivery_sha256,
        received_at
    from {{ ref('fct_deliveries') }}

),

camera_sites as (

    select * from {{ ref('int_contradictions_camera_sites') }}

),

-- What anybody else saw: other pictures may be of the same device, and unverified ones are many.
leads as (

    select * from {{ ref('int_contradictions_leads') }}
    where
        site_id is not null
        and confidence_code <> 'low'
        and evidence_code not in ('camera_dark', 'patch', 'video', 'video_night')

),

final as (

    select
        rules.rule_code,
        'camera' as claim_type,
        spells.camera_dark_spell_id as claim_id,
        spells.delivery_sha256 as claim_delivery_sha256,
        spells.file_name as claim_file_name,
        spells.sheet_name as claim_sheet_name,
        cast(null as varchar) as claim_unit_code,
        spells.township_code,
        spells.village_code,
        spells.site_id,
        cast(null as varchar) as unregistered_place_id,
        cast(spells.first_night_date as varchar)
        || '至' || cast(spells.last_night_date as varchar)
        || '摄像机“' || coalesce(spells.camera_name, spells.camera_id) || '”白天在线，夜间离线'
        || cast(spells.night_count as varchar) || '夜' as claim_text,
        leads.evidence_type,
        leads.evidence_id,
        leads.signal_id,
        leads.evidence_delivery_sha256,
        leads.evidence_file_name,
        leads.evidence_sheet_name,
        leads.evidence_text || '，地点在其视域内' as evidence_text,
        leads.confidence_code,
        spells.row_number as claim_row_number,
        leads.evidence_row_number,
        camera_sites.distance_m,
        greatest(
            {{ seconds_between(
                'leads.ended_at', 'cast(spells.first_night_date as timestamp)'
            ) }},
            {{ seconds_between(
                "cast(spells.last_night_date as timestamp) + interval '1' day", 'leads.started_at'
            ) }},
            0
        ) / 3600e0 as hours_between,
        spells.first_night_date as claim_date,
        leads.evidence_date,
        coalesce(deliveries.received_at, cast(spells.last_night_date as timestamp)) as claimed_at,
        leads.started_at as evidence_at,
        leads.evidence_known_at
    from spells
    cross join rules
    inner join camera_sites on spells.camera_id = camera_sites.camera_id
    inner join leads
        on
            camera_sites.site_id = leads.site_id
            and {{ seconds_between(
                'leads.ended_at', 'cast(spells.first_night_date as timestamp)'
            ) }} <= rules.hours_max * 3600
            and {{ seconds_between(
                "cast(spells.last_night_date as timestamp) + interval '1' day", 'leads.started_at'
            ) }} <= rules.hours_max * 3600
    left join deliveries on spells.delivery_sha256 = deliveries.delivery_sha256
    qualify row_number() over (
        partition by spells.camera_dark_spell_id, leads.evidence_type, leads.evidence_id
        order by camera_sites.distance_m
    ) = 1

)

select * from final
