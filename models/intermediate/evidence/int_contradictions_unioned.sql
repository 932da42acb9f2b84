{%- set families = [
    'ledgers', 'forms', 'positions', 'routes', 'licences', 'accounts', 'supply', 'sites', 'clues', 'areas', 'cases',
    'offenders', 'rewards',
] -%}
{%- set columns = [
    'rule_code', 'claim_type', 'claim_id', 'claim_delivery_sha256', 'claim_file_name', 'claim_sheet_name',
    'claim_unit_code', 'township_code', 'village_code', 'site_id', 'unregistered_place_id', 'claim_text',
    'evidence_type', 'evidence_id', 'signal_id', 'evidence_delivery_sha256', 'evidence_file_name',
    'evidence_sheet_name', 'evidence_text', 'confidence_code', 'claim_row_number', 'evidence_row_number',
    'claim_date', 'evidence_date', 'claimed_at', 'evidence_at', 'evidence_known_at',
] -%}

with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

families as (

    {% for family in families -%}
    select
        {{ columns | join(',\n        ') }},
        cast(round(distance_m, 1) as decimal(10, 1)) as distance_m,
        cast(round(hours_between, 1) as decimal(12, 1)) as hours_between
    from {{ ref('int_contradictions__' ~ family) }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- Called by rule and claim alone: more evidence, or evidence in another order, is the same
-- contradiction, and a question that was asked about it stays asked.
named as (

    select
        {{ hash_id(['families.rule_code', 'families.claim_type', 'families.claim_id']) }}
            as contradiction_id,
        {{ hash_id([
            'families.rule_code', 'families.claim_type', 'families.claim_id',
            'families.evidence_type', 'families.evidence_id',
        ]) }} as contradiction_evidence_id,
        families.*,
        -- Nobody could know before both had been told.
        least(
            cast(greatest(
                families.claimed_at, coalesce(families.evidence_known_at, families.evidence_at)
            ) as date),
            context.as_of_date
        ) as known_date
    from families
    inner join context on families.claim_date <= context.as_of_date

),

final as (

    select
        *,
        row_number() over (
            partition by contradiction_id
            order by
                case confidence_code when 'high' then 1 when 'medium' then 2 else 3 end,
                distance_m nulls last,
                hours_between,
                evidence_at,
                contradiction_evidence_id
        ) as evidence_rank
    from named

)

select * from final
