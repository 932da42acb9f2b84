{%- set case = {
    'claim_type': "'case'", 'claim_id': 'case_id', 'claim_delivery_sha256': 'delivery_sha256',
    'claim_file_name': 'file_name', 'claim_sheet_name': 'sheet_name', 'claim_row_number': 'row_number',
    'claim_unit_code': 'handling_unit_code', 'township_code': 'township_code',
    'village_code': 'village_code', 'site_id': 'site_id',
    'unregistered_place_id': 'unregistered_place_id', 'evidence_type': "'case'",
    'evidence_id': 'other_case_id', 'evidence_delivery_sha256': 'other_delivery_sha256',
    'evidence_file_name': 'other_file_name', 'evidence_sheet_name': 'other_sheet_name',
    'evidence_row_number': 'other_row_number', 'confidence_code': "'medium'", 'hours_between': '0',
    'claim_date': 'cast(concluded_at as date)', 'evidence_date': 'cast(other_decided_at as date)',
    'claimed_at': 'concluded_at', 'evidence_at': 'other_decided_at',
} -%}

with

context as (

    select as_of_at
    from {{ source('build', 'context') }}

),

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X17P'

),

parties as (

    select
        case_id,
        party_hash
    from {{ ref('stg_cases') }}
    where party_hash is not null

),

cases as (

    select
        cases.*,
        parties.party_hash,
        coalesce(cases.decided_at, cases.closed_at) as concluded_at,
        cast(coalesce(cases.act_date, cases.discovered_date) as timestamp) as acted_at
    from {{ ref('fct_cases') }} as cases
    inner join parties on cases.case_id = parties.case_id

),

-- Who was punished and did it again: what counts is the day of the decision before the new act.
punished as (

    select
        cases.*,
        earlier.case_id as other_case_id,
        earlier.delivery_sha256 as other_delivery_sha256,
        earlier.file_name as other_file_name,
        earlier.sheet_name as other_sheet_name,
        earlier.row_number as other_row_number,
        earlier.decided_at as other_decided_at,
        rules.count_min,
        count(*) over (partition by cases.case_id) as penalty_count
    from cases
    cross join context
    cross join rules
    inner join cases as earlier
        on
            cases.party_hash = earlier.party_hash
            and cases.acted_at > earlier.decided_at
            and {{ seconds_between('earlier.decided_at', 'cases.acted_at') }}
            <= rules.window_days * 86400
    where
        not cases.is_transferred_to_police
        and {{ seconds_between('cases.concluded_at', 'context.as_of_at') }}
        >= rules.hours_max * 3600

),

repeated as (

    select * from punished
    where penalty_count >= count_min

),

final as (

    {{ contradiction_rows('X17P', 'repeated', dict(case, **{
        'claim_text': "'案件' || case_id || '（' || cast(discovered_date as varchar) || '发现）已于'"
            " || cast(cast(concluded_at as date) as varchar) || '处理，未登记移送公安'",
        'evidence_text': "'同一当事人此前两年内受过行政处罚' || cast(penalty_count as varchar)"
            " || '次：案件' || other_case_id || '，' || cast(cast(other_decided_at as date) as varchar)"
            " || '决定'",
    })) }}

)

select * from final
