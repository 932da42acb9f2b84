with

signals as (

    select * from {{ ref('fct_signals') }}
    where verdict_code <> 'refuted'

),

deliveries as (

    select
        delivery_sha256,
        received_at
    from {{ ref('fct_deliveries') }}

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
        || case
            when signals.verdict_code = 'confirmed' then '，经核实属实' else '，尚未核实'
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
    from signals
    left join deliveries on signals.delivery_sha256 = deliveries.delivery_sha256

)

select * from final
