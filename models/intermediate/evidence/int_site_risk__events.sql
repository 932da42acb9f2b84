with

places as (

    select * from {{ ref('int_site_risk_places') }}

),

factors as (

    select * from {{ ref('risk_factors') }}

),

events as (

    select * from {{ ref('int_site_risk_events') }}

),

-- What went on beyond the day was seen up to it.
seen as (

    select
        events.factor_code,
        events.place_id,
        events.evidence_type,
        events.evidence_id,
        factors.count_min,
        places.risk_date,
        least(events.last_date, places.risk_date) as last_date
    from events
    inner join factors on events.factor_code = factors.factor_code
    inner join places
        on
            events.place_id = places.place_id
            and events.started_at < places.known_until_at
            and events.last_date > places.risk_date - factors.window_days * interval '1' day
    where coalesce(events.until_at >= places.known_until_at, true)

),

ranked as (

    select
        *,
        count(*) over (partition by factor_code, place_id, risk_date) as event_count,
        row_number() over (
            partition by factor_code, place_id, risk_date
            order by last_date desc, evidence_type asc, evidence_id asc
        ) as event_rank
    from seen

),

final as (

    select
        factor_code,
        place_id,
        evidence_type,
        evidence_id,
        cast(null as varchar) as detail_text,
        cast(event_count as double) as quantity,
        last_date,
        risk_date
    from ranked
    where event_rank = 1 and event_count >= count_min

)

select * from final
