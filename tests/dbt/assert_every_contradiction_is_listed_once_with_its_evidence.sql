-- Guards the joins behind fct_contradictions: a claim that a rule holds against evidence is one
-- row, and no piece of its evidence is lost or doubled on the way.
with

found as (

    select
        rule_code,
        claim_type,
        claim_id,
        count(*) as evidence_count
    from {{ ref('int_contradictions_unioned') }}
    group by rule_code, claim_type, claim_id

),

listed as (

    select
        contradictions.rule_code,
        contradictions.claim_type,
        contradictions.claim_id,
        count(*) as evidence_count,
        min(contradictions.evidence_count) as told_count
    from {{ ref('fct_contradictions') }} as contradictions
    inner join {{ ref('fct_contradiction_evidence') }} as evidence
        on contradictions.contradiction_id = evidence.contradiction_id
    group by contradictions.rule_code, contradictions.claim_type, contradictions.claim_id

)

select
    found.rule_code,
    found.claim_type,
    found.claim_id,
    found.evidence_count,
    listed.evidence_count as listed_count
from found
left join listed
    on
        found.rule_code = listed.rule_code
        and found.claim_type = listed.claim_type
        and found.claim_id = listed.claim_id
where
    found.evidence_count is distinct from listed.evidence_count
    or found.evidence_count is distinct from listed.told_count
