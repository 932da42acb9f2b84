with

signals as (

    select
        *,
        lag(started_at) over (
            partition by evidence_type, site_id order by started_at, signal_id
        ) as previous_at
    from {{ ref('fct_signals') }}

),

-- Dismissed, but not the first clue of this site: who had looked before had found nothing either.
believed as (

    select
        *,
        coalesce(
            is_dismissed
            and evidence_type = 'clue'
            and site_id is not null
            and {{ seconds_between('previous_at', 'started_at') }}
            <= {{ setting('clue_repeat_days') }} * 86400,
            false
        ) as is_told_again
    from signals

),

deliveries as (

    select
        delivery_sha256,
        received_at
    from {{ ref('fct_deliveries') }}

),

load_alerts as (

    select
        power_alert_id,
        rule_code
    from {{ ref('fct_power_alerts') }}
    where source_code = 'derived'

),

hours as (

    select
        {{ setting('deep_night_start_hour') }} as start_hour,
        {{ setting('deep_night_end_hour') }} as end_hour

),

final as (

    select
        signals.signal_id,
        signals.source_code,
        signals.evidence_type,
        signals.evidence_id,
        signals.delivery_sha256 as evidence_delivery_sha256,
        signals.place_kind_code,
        signals.place_id,
        signals.site_id,
        signals.unregistered_place_id,
        signals.township_code,
        signals.village_code,
        signals.case_id,
        signals.verdict_code,
        signals.confidence_code,
        -- What rules ask for in their own way. Nobody knows on which day before it was issued a
        -- patch had come to be.
        case
            when signals.source_code = 'patch' then 'patch'
            when signals.is_told_again then 'clue_again'
            when signals.verdict_code = 'confirmed' then 'confirmed'
            when load_alerts.rule_code is not null then load_alerts.rule_code
            -- Digging on most nights of two weeks, which no road traffic looks like.
            when signals.source_code = 'video' and signals.confidence_code = 'medium'
                then 'video_repeated'
            when
                signals.source_code = 'video'
                and (
                    extract(hour from signals.started_at) >= hours.start_hour
                    or extract(hour from signals.started_at) < hours.end_hour
                )
                then 'video_night'
            else signals.source_code
        end as evidence_code,
        signals.file_name as evidence_file_name,
        signals.sheet_name as evidence_sheet_name,
        cast(signals.signal_date as varchar)
        || case
            when cast(signals.ended_at as date) > signals.signal_date
                then '至' || cast(cast(signals.ended_at as date) as varchar)
            else ''
        end
        || signals.source_name
        || case
            when signals.repeat_count > 1
                then cast(signals.repeat_count as varchar) || '次'
            else ''
        end
        || case signals.verdict_code
            when 'confirmed' then '，经核实属实'
            when 'refuted' then '，核实为不属实，前后另有举报或依据'
            else '，尚未核实'
        end as evidence_text,
        signals.row_number as evidence_row_number,
        signals.longitude,
        signals.latitude,
        signals.signal_date as evidence_date,
        signals.started_at,
        signals.ended_at,
        -- What a look at it found is known once somebody has looked.
        greatest(
            coalesce(deliveries.received_at, signals.started_at),
            coalesce(signals.verified_at, signals.started_at)
        ) as evidence_known_at
    from believed as signals
    cross join hours
    left join deliveries on signals.delivery_sha256 = deliveries.delivery_sha256
    left join load_alerts on signals.evidence_id = load_alerts.power_alert_id
    where not signals.is_dismissed or signals.is_told_again

)

select * from final
