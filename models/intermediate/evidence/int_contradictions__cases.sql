{%- set case = {
    'claim_type': "'case'", 'claim_id': 'case_id', 'claim_delivery_sha256': 'delivery_sha256',
    'claim_file_name': 'file_name', 'claim_sheet_name': 'sheet_name', 'claim_row_number': 'row_number',
    'claim_unit_code': 'handling_unit_code', 'township_code': 'township_code',
    'village_code': 'village_code', 'site_id': 'site_id',
    'unregistered_place_id': 'unregistered_place_id', 'evidence_type': "'case'",
    'evidence_id': 'other_case_id', 'evidence_delivery_sha256': 'other_delivery_sha256',
    'evidence_file_name': 'other_file_name', 'evidence_sheet_name': 'other_sheet_name',
    'evidence_row_number': 'other_row_number', 'confidence_code': "'medium'",
    'hours_between': 'hours_between', 'claim_date': 'claim_date', 'evidence_date': 'other_date',
    'claimed_at': 'claimed_at', 'evidence_at': 'cast(other_date as timestamp)',
} -%}

with

context as (

    select as_of_at
    from {{ source('build', 'context') }}

),

rules as (

    select * from {{ ref('contradiction_rules') }}

),

parties as (

    select
        case_id,
        party_hash
    from {{ ref('stg_cases') }}

),

cases as (

    select
        cases.*,
        parties.party_hash,
        cast(cases.case_value_yuan as double) as value_yuan,
        coalesce(cases.decided_at, cases.closed_at) as concluded_at,
        '案件' || cases.case_id || '（' || cast(cases.discovered_date as varchar) || '发现）' as case_text
    from {{ ref('fct_cases') }} as cases
    left join parties on cases.case_id = parties.case_id

),

-- Nobody is asked before the days are over that the law leaves for it. Where mining is forbidden
-- outright half the value is enough.
concluded as (

    select
        cases.*,
        rules.rule_code,
        cases.case_id as other_case_id,
        cases.delivery_sha256 as other_delivery_sha256,
        cases.file_name as other_file_name,
        cases.sheet_name as other_sheet_name,
        cases.row_number as other_row_number,
        cast(cases.concluded_at as date) as claim_date,
        cases.discovered_date as other_date,
        cases.concluded_at as claimed_at,
        0 as hours_between
    from cases
    cross join context
    inner join rules
        on
            (
                rules.rule_code = 'X17'
                or (rules.rule_code = 'X17N' and cases.area_kind_code = 'nature_reserve')
            )
            and cases.value_yuan >= rules.value_yuan_min
            and {{ seconds_between('cases.concluded_at', 'context.as_of_at') }}
            >= rules.window_days * 86400
    where not cases.is_transferred_to_police
    qualify row_number() over (partition by cases.case_id order by rules.rule_code) = 1

),

kept as (

    select * from concluded
    where rule_code = 'X17'

),

reserved as (

    select * from concluded
    where rule_code = 'X17N'

),

-- The same party, else the same place, which one party's several names share.
tied as (

    select
        case_id,
        party_hash as tie_key
    from cases
    where party_hash is not null
    union
    select
        case_id,
        coalesce(site_id, unregistered_place_id) as tie_key
    from cases
    where coalesce(site_id, unregistered_place_id) is not null

),

pairs as (

    select distinct
        tied.case_id,
        earlier_tied.case_id as other_case_id
    from tied
    inner join tied as earlier_tied
        on tied.tie_key = earlier_tied.tie_key and tied.case_id <> earlier_tied.case_id

),

added as (

    select
        cases.*,
        earlier.case_id as other_case_id,
        earlier.delivery_sha256 as other_delivery_sha256,
        earlier.file_name as other_file_name,
        earlier.sheet_name as other_sheet_name,
        earlier.row_number as other_row_number,
        earlier.value_yuan as other_value_yuan,
        earlier.discovered_date as other_date,
        cases.discovered_date as claim_date,
        cast(cases.discovered_date as timestamp) as claimed_at,
        {{ seconds_between(
            'cast(earlier.discovered_date as timestamp)', 'cast(cases.discovered_date as timestamp)'
        ) }} / 3600e0 as hours_between,
        rules.value_yuan_min,
        cases.value_yuan + sum(earlier.value_yuan) over (partition by cases.case_id) as sum_yuan
    from pairs
    inner join cases on pairs.case_id = cases.case_id
    inner join cases as earlier on pairs.other_case_id = earlier.case_id
    inner join rules
        on
            rules.rule_code = 'X18'
            and cases.value_yuan < rules.value_yuan_min
            and earlier.value_yuan < rules.value_yuan_min
            and {{ seconds_between(
                'cast(earlier.discovered_date as timestamp)',
                'cast(cases.discovered_date as timestamp)'
            ) }} between 0 and rules.window_days * 86400
    where not cases.is_transferred_to_police and not earlier.is_transferred_to_police

),

together as (

    select * from added
    where sum_yuan >= value_yuan_min

),

final as (

    {{ contradiction_rows('X17', 'kept', dict(case, **{
        'claim_text': "case_text || '已于' || cast(claim_date as varchar) || '处理，未登记移送公安'",
        'evidence_text': "'登记的涉案价值' || cast(cast(round(value_yuan) as bigint) as varchar) || '元'",
    })) }}
    union all
    {{ contradiction_rows('X17N', 'reserved', dict(case, **{
        'claim_text': "case_text || '在自然保护区内，已于' || cast(claim_date as varchar)"
            " || '处理，未登记移送公安'",
        'evidence_text': "'登记的涉案价值' || cast(cast(round(value_yuan) as bigint) as varchar) || '元'",
    })) }}
    union all
    {{ contradiction_rows('X18', 'together', dict(case, **{
        'claim_text': "case_text || '涉案价值' || cast(cast(round(value_yuan) as bigint) as varchar)"
            " || '元，未登记移送公安'",
        'evidence_text': "'同一当事人或同一地点另有案件' || other_case_id || '（涉案价值'"
            " || cast(cast(round(other_value_yuan) as bigint) as varchar) || '元），合计'"
            " || cast(cast(round(sum_yuan) as bigint) as varchar) || '元'",
    })) }}

)

select * from final
