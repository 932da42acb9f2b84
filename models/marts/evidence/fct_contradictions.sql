with

contradictions as (

    select * from {{ ref('int_contradictions_gathered') }}

),

owned as (

    select * from {{ ref('int_contradictions_owned') }}

),

rules as (

    select * from {{ ref('contradiction_rules') }}

),

-- What was asked last counts.
asked as (

    select * from {{ ref('fct_explanations') }}
    where object_kind_code = 'contradiction'
    qualify row_number() over (
        partition by object_id order by issued_at desc, explanation_id asc
    ) = 1

),

-- By when an answer is owed, and whether it is late, is told once, by the duty to explain.
duties as (

    select * from {{ ref('fct_obligations') }}
    where subject_type = 'explanation'

),

units as (

    select
        unit_code,
        unit_name
    from {{ ref('dim_units') }}
    qualify row_number() over (partition by unit_code order by valid_from_date desc) = 1

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

judged as (

    select
        contradictions.contradiction_id,
        asked.explanation_id,
        coalesce(asked.conclusion_code, 'none') as conclusion_code,
        case
            when asked.explanation_id is null then 'unasked'
            when asked.conclusion_code in ('confirmed', 'partly_confirmed') then 'confirmed'
            when asked.conclusion_code = 'unfounded' then 'refuted'
            when asked.is_answered then 'explained'
            when duties.status in ('overdue', 'no_report') then 'unanswered'
            else 'asked'
        end as status_code,
        asked.issued_at as asked_at,
        duties.due_at,
        asked.explained_at
    from contradictions
    left join asked on contradictions.contradiction_id = asked.object_id
    left join duties on asked.explanation_id = duties.subject_id

),

final as (

    select
        -- ids
        contradictions.contradiction_id,
        contradictions.rule_code,
        rules.kind_code,
        contradictions.claim_type,
        contradictions.claim_id,
        contradictions.claim_delivery_sha256,
        contradictions.claim_unit_code,
        contradictions.township_code,
        contradictions.village_code,
        contradictions.site_id,
        contradictions.unregistered_place_id,
        owned.site_version_id,
        contradictions.evidence_type,
        contradictions.evidence_id,
        contradictions.signal_id,
        contradictions.evidence_delivery_sha256,
        owned.asked_unit_code,
        owned.township_unit_code,
        owned.village_unit_code,
        owned.lead_unit_code,
        judged.explanation_id,
        -- text
        contradictions.confidence_code,
        judged.status_code,
        judged.conclusion_code,
        rules.rule_name,
        contradictions.claim_text,
        contradictions.evidence_text,
        claim_units.unit_name as claim_unit_name,
        asked_units.unit_name as asked_unit_name,
        townships.township_name,
        villages.village_name,
        sites.site_name,
        owned.county_sponsor_name,
        owned.township_sponsor_name,
        contradictions.claim_file_name,
        contradictions.claim_sheet_name,
        contradictions.evidence_file_name,
        contradictions.evidence_sheet_name,
        -- numbers
        contradictions.claim_row_number,
        contradictions.evidence_row_number,
        contradictions.evidence_count,
        contradictions.source_count,
        contradictions.distance_m,
        contradictions.hours_between,
        -- booleans
        owned.has_township_grid_member,
        owned.has_village_grid_member,
        judged.status_code in ('confirmed', 'unanswered') as is_reportable,
        -- dates and times
        contradictions.claim_date,
        contradictions.evidence_date,
        contradictions.raised_date,
        contradictions.claimed_at,
        contradictions.evidence_at,
        judged.asked_at,
        judged.due_at,
        judged.explained_at
    from contradictions
    inner join owned on contradictions.contradiction_id = owned.contradiction_id
    inner join judged on contradictions.contradiction_id = judged.contradiction_id
    inner join rules on contradictions.rule_code = rules.rule_code
    left join units as claim_units on contradictions.claim_unit_code = claim_units.unit_code
    left join units as asked_units on owned.asked_unit_code = asked_units.unit_code
    left join sites on contradictions.site_id = sites.site_id
    left join townships on contradictions.township_code = townships.township_code
    left join villages on contradictions.village_code = villages.village_code

)

select * from final
