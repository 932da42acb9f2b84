with

evidence as (

    select * from {{ ref('int_contradictions_unioned') }}

),

counted as (

    select
        contradiction_id,
        count(*) as evidence_count,
        count(distinct evidence_type) as source_count,
        max(case confidence_code when 'high' then 3 when 'medium' then 2 else 1 end) as surest,
        min(known_date) as raised_date
    from evidence
    group by contradiction_id

),

-- The claim is the same in all its rows; the evidence shown is the surest, then the nearest.
final as (

    select
        evidence.contradiction_id,
        evidence.rule_code,
        evidence.claim_type,
        evidence.claim_id,
        evidence.claim_delivery_sha256,
        evidence.claim_unit_code,
        evidence.township_code,
        evidence.village_code,
        evidence.site_id,
        evidence.unregistered_place_id,
        evidence.evidence_type,
        evidence.evidence_id,
        evidence.signal_id,
        evidence.evidence_delivery_sha256,
        evidence.claim_file_name,
        evidence.claim_sheet_name,
        evidence.claim_text,
        evidence.evidence_file_name,
        evidence.evidence_sheet_name,
        evidence.evidence_text,
        -- Seen by two kinds of source is more than seen twice by one.
        case
            when counted.surest = 3 or counted.source_count > 1 then 'high'
            when counted.surest = 2 then 'medium'
            else 'low'
        end as confidence_code,
        evidence.claim_row_number,
        evidence.evidence_row_number,
        counted.evidence_count,
        counted.source_count,
        evidence.distance_m,
        evidence.hours_between,
        evidence.claim_date,
        evidence.evidence_date,
        counted.raised_date,
        evidence.claimed_at,
        evidence.evidence_at
    from evidence
    inner join counted on evidence.contradiction_id = counted.contradiction_id
    where evidence.evidence_rank = 1

)

select * from final
