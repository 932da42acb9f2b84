with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X01'

),

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
        leads.*,
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

paired as (

    select
        claims.claim_id,
        claims.claim_date,
        claims.is_licensed,
        located.*
    from claims
    inner join located
        on
            claims.place_scope_code = located.place_scope_code
            and claims.place_id = located.place_id
            and claims.claim_date >= located.first_date - cast(located.days_after as integer)
            and claims.claim_date <= located.last_date + cast(located.days_before as integer)
    where not claims.is_licensed or located.licensed_days_min is not null

),

judged as (

    select
        claim_id,
        evidence_code,
        place_scope_code,
        kinds_min,
        case when is_licensed then licensed_days_min else days_min end as days_needed,
        count(distinct night_date) as days_seen,
        claim_date,
        min(night_date) as first_night_date,
        max(night_date) as last_night_date
    from paired
    group by
        claim_id, evidence_code, place_scope_code, kinds_min, is_licensed, licensed_days_min,
        days_min, claim_date

),

-- Something of several days was going on at the time of the patrol: it had begun the night before
-- at the latest, and had not ended long before.
enough as (

    select
        judged.claim_id,
        judged.evidence_code,
        judged.place_scope_code,
        judged.kinds_min,
        sum(case when judged.kinds_min > 1 then 1 else 0 end) over (
            partition by judged.claim_id
        ) as kinds_together
    from judged
    cross join rules
    where
        judged.days_seen >= judged.days_needed
        and (
            judged.days_needed = 1
            or (
                judged.first_night_date < judged.claim_date
                and judged.last_night_date
                >= judged.claim_date - 1 - cast(rules.window_days as integer)
            )
        )

),

final as (

    select
        'X01' as rule_code,
        claims.claim_type,
        claims.claim_id,
        claims.claim_delivery_sha256,
        claims.claim_file_name,
        claims.claim_sheet_name,
        claims.claim_unit_code,
        claims.township_code,
        claims.village_code,
        claims.site_id,
        claims.unregistered_place_id,
        claims.claim_text,
        paired.evidence_type,
        paired.evidence_id,
        paired.signal_id,
        paired.evidence_delivery_sha256,
        paired.evidence_file_name,
        paired.evidence_sheet_name,
        paired.evidence_text,
        paired.confidence_code,
        claims.claim_row_number,
        paired.evidence_row_number,
        paired.distance_m,
        greatest(
            {{ seconds_between('paired.ended_at', 'cast(claims.claim_date as timestamp)') }},
            {{ seconds_between(
                "cast(claims.claim_date as timestamp) + interval '1' day", 'paired.started_at'
            ) }},
            0
        ) / 3600e0 as hours_between,
        claims.claim_date,
        paired.evidence_date,
        claims.claimed_at,
        paired.started_at as evidence_at,
        paired.evidence_known_at
    from paired
    inner join enough
        on
            paired.claim_id = enough.claim_id
            and paired.evidence_code = enough.evidence_code
            and paired.place_scope_code = enough.place_scope_code
    inner join claims
        on
            paired.claim_id = claims.claim_id
            and paired.place_scope_code = claims.place_scope_code
    where enough.kinds_min <= greatest(enough.kinds_together, 1)

)

select * from final
