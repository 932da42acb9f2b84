with

kinds as (

    select * from {{ ref('ledger_evidence') }}

),

claims as (

    select * from {{ ref('int_contradictions_nothing_found') }}

),

leads as (

    select * from {{ ref('int_contradictions_leads') }}

),

places as (

    select * from {{ ref('int_contradictions_lead_places') }}

),

-- What is seen by night belongs to the day on whose evening the night began.
located as (

    select
        leads.evidence_type,
        leads.evidence_id,
        leads.evidence_code,
        places.place_scope_code,
        places.place_id,
        places.distance_m,
        kinds.days_before,
        kinds.days_after,
        kinds.days_min,
        kinds.licensed_days_min,
        kinds.kinds_min,
        cast(leads.started_at as date) as first_date,
        cast(leads.ended_at as date) as last_date,
        cast(leads.started_at - interval '12' hour as date) as night_date
    from leads
    inner join places
        on leads.evidence_type = places.evidence_type and leads.evidence_id = places.evidence_id
    inner join kinds
        on
            leads.evidence_code = kinds.evidence_code
            and places.place_scope_code = kinds.place_scope_code

),

final as (

    select
        claims.claim_id,
        located.place_scope_code,
        located.evidence_type,
        located.evidence_id,
        located.evidence_code,
        located.kinds_min,
        case when claims.is_licensed then located.licensed_days_min else located.days_min end
            as days_needed,
        located.distance_m,
        claims.claim_date,
        located.night_date
    from claims
    inner join located
        on
            claims.place_scope_code = located.place_scope_code
            and claims.place_id = located.place_id
            and claims.claim_date >= located.first_date - cast(located.days_after as integer)
            and claims.claim_date <= located.last_date + cast(located.days_before as integer)
    where not claims.is_licensed or located.licensed_days_min is not null

)

select * from final
