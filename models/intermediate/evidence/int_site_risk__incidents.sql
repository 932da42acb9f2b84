with

places as (

    select * from {{ ref('int_site_risk_places') }}

),

factors as (

    select * from {{ ref('risk_factors') }}

),

members as (

    select * from {{ ref('fct_incident_signals') }}

),

signals as (

    select * from {{ ref('fct_signals') }}
    where confidence_code <> 'low'

),

-- What a written reason explains is not open; reasons bear on the whole incident.
incidents as (

    select * from {{ ref('fct_incidents') }}
    where is_suspected and not has_reason

),

-- As each stood on the day: what was told later says nothing about an earlier day, and a case
-- answers from the day it was filed; without that day, always.
stood as (

    select
        incidents.incident_id,
        places.place_id,
        places.risk_date,
        count(*) as credible_count,
        count(distinct signals.source_code) as credible_source_count,
        sum(
            case
                when
                    signals.verdict_code = 'confirmed'
                    and coalesce(signals.verified_at, signals.started_at) < places.known_until_at
                    then 1
                else 0
            end
        ) as confirmed_count,
        max(least(cast(signals.ended_at as date), places.risk_date)) as last_date
    from incidents
    inner join members on incidents.incident_id = members.incident_id
    inner join signals on members.signal_id = signals.signal_id
    inner join places
        on incidents.place_id = places.place_id and signals.started_at < places.known_until_at
    where
        not incidents.has_case
        or coalesce(incidents.case_filed_at >= places.known_until_at, false)
    group by incidents.incident_id, places.place_id, places.risk_date

),

judged as (

    select
        *,
        'incident_' || {{ incident_confidence('stood') }} as factor_code
    from stood

),

ranked as (

    select
        judged.*,
        count(*) over (
            partition by judged.factor_code, judged.place_id, judged.risk_date
        ) as incident_count,
        row_number() over (
            partition by judged.factor_code, judged.place_id, judged.risk_date
            order by judged.last_date desc, judged.incident_id asc
        ) as incident_rank
    from judged
    inner join factors on judged.factor_code = factors.factor_code
    where judged.last_date > judged.risk_date - factors.window_days * interval '1' day

),

final as (

    select
        factor_code,
        place_id,
        'incident' as evidence_type,
        incident_id as evidence_id,
        cast(null as varchar) as detail_text,
        cast(incident_count as double) as quantity,
        last_date,
        risk_date
    from ranked
    where incident_rank = 1

)

select * from final
