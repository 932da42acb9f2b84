with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X01'

),

patrols as (

    select
        *,
        coalesce(site_id, unregistered_place_id) as place_id
    from {{ ref('fct_patrols') }}
    where not has_finding and patrol_date is not null

),

signals as (

    select * from {{ ref('int_contradictions_signals') }}
    where place_kind_code in ('site', 'unregistered')

),

paired as (

    select
        rules.rule_code,
        patrols.patrol_id,
        signals.signal_id,
        cast(null as double) as distance_m,
        greatest(
            {{ seconds_between('signals.ended_at', 'cast(patrols.patrol_date as timestamp)') }},
            {{ seconds_between(
                "cast(patrols.patrol_date as timestamp) + interval '1' day", 'signals.started_at'
            ) }},
            0
        ) as seconds_between
    from patrols
    cross join rules
    inner join signals
        on
            patrols.place_id = signals.place_id
            and {{ seconds_between('signals.ended_at', 'cast(patrols.patrol_date as timestamp)') }}
            <= rules.window_days * 86400
            and {{ seconds_between(
                "cast(patrols.patrol_date as timestamp) + interval '1' day", 'signals.started_at'
            ) }} <= rules.window_days * 86400

),

final as (

    select
        paired.rule_code,
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
        cast(patrols.patrol_date as varchar)
        || coalesce(patrols.reporting_unit_name, '') || '台账：'
        || coalesce(patrols.site_name, patrols.village_name, patrols.township_name, '')
        || '无发现' as claim_text,
        signals.evidence_type,
        signals.evidence_id,
        signals.signal_id,
        signals.evidence_delivery_sha256,
        signals.evidence_file_name,
        signals.evidence_sheet_name,
        signals.evidence_text,
        signals.confidence_code,
        patrols.row_number as claim_row_number,
        signals.evidence_row_number,
        paired.distance_m,
        paired.seconds_between / 3600e0 as hours_between,
        patrols.patrol_date as claim_date,
        signals.evidence_date,
        patrols.reported_at as claimed_at,
        signals.started_at as evidence_at,
        signals.evidence_known_at
    from paired
    inner join patrols on paired.patrol_id = patrols.patrol_id
    inner join signals on paired.signal_id = signals.signal_id

)

select * from final
