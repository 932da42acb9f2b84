with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X01'

),

claims as (

    select * from {{ ref('int_contradictions_nothing_found') }}

),

paired as (

    select * from {{ ref('int_contradictions_nothing_paired') }}

),

leads as (

    select * from {{ ref('int_contradictions_leads') }}

),

judged as (

    select
        claim_id,
        evidence_code,
        place_scope_code,
        kinds_min,
        days_needed,
        claim_date,
        count(distinct night_date) as days_seen,
        min(days_usual) as days_usual,
        min(night_date) as first_night_date,
        max(night_date) as last_night_date
    from paired
    group by claim_id, evidence_code, place_scope_code, kinds_min, days_needed, claim_date

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
                and judged.days_seen > judged.days_usual
                and judged.last_night_date
                >= judged.claim_date - 1 - cast(rules.window_days as integer)
            )
        )

),

-- What is known to be at the place, and lies in its village as well, is one piece of evidence.
kept as (

    select paired.*
    from paired
    inner join enough
        on
            paired.claim_id = enough.claim_id
            and paired.evidence_code = enough.evidence_code
            and paired.place_scope_code = enough.place_scope_code
    where enough.kinds_min <= greatest(enough.kinds_together, 1)
    qualify row_number() over (
        partition by paired.claim_id, paired.evidence_type, paired.evidence_id
        order by paired.place_scope_code
    ) = 1

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
        leads.evidence_type,
        leads.evidence_id,
        leads.signal_id,
        leads.evidence_delivery_sha256,
        leads.evidence_file_name,
        leads.evidence_sheet_name,
        leads.evidence_text,
        leads.confidence_code,
        claims.claim_row_number,
        leads.evidence_row_number,
        kept.distance_m,
        greatest(
            {{ seconds_between('leads.ended_at', 'cast(claims.claim_date as timestamp)') }},
            {{ seconds_between(
                "cast(claims.claim_date as timestamp) + interval '1' day", 'leads.started_at'
            ) }},
            0
        ) / 3600e0 as hours_between,
        claims.claim_date,
        leads.evidence_date,
        claims.claimed_at,
        leads.started_at as evidence_at,
        leads.evidence_known_at
    from kept
    inner join leads
        on kept.evidence_type = leads.evidence_type and kept.evidence_id = leads.evidence_id
    inner join claims
        on
            kept.claim_id = claims.claim_id
            and kept.place_scope_code = claims.place_scope_code

)

select * from final
