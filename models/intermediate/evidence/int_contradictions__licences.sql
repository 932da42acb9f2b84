{%- set register = {
    'township_code': 'township_code', 'village_code': 'village_code', 'site_id': 'site_id',
    'evidence_type': "'site'", 'evidence_id': 'site_id',
    'evidence_delivery_sha256': 'other_delivery_sha256', 'evidence_file_name': 'other_file_name',
    'evidence_sheet_name': 'other_sheet_name', 'evidence_row_number': 'other_row_number',
    'confidence_code': "'high'", 'claim_delivery_sha256': 'delivery_sha256',
    'claim_file_name': 'file_name', 'claim_sheet_name': 'sheet_name', 'claim_row_number': 'row_number',
    'evidence_at': 'valid_from_at',
} -%}
{%- set line = dict(register, **{
    'claim_type': "'patrol'", 'claim_id': 'patrol_id', 'claim_unit_code': 'reporting_unit_code',
    'claim_date': 'patrol_date', 'claimed_at': 'reported_at',
}) -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}

),

minerals as (

    select * from {{ ref('minerals') }}

),

-- What the register says today of a licence held on the day too: licences are seldom back-dated.
mines as (

    select
        site_id,
        site_name,
        mineral_code,
        mineral_name,
        licence_to_date,
        delivery_sha256 as other_delivery_sha256,
        file_name as other_file_name,
        sheet_name as other_sheet_name,
        row_number as other_row_number,
        valid_from_at
    from {{ ref('dim_sites') }}
    where is_current and site_class_code = 'licensed_mine'

),

patrols as (

    select
        patrols.*,
        mines.mineral_code as licensed_mineral_code,
        mines.mineral_name as licensed_mineral_name,
        mines.licence_to_date,
        mines.other_delivery_sha256,
        mines.other_file_name,
        mines.other_sheet_name,
        mines.other_row_number,
        mines.valid_from_at,
        coalesce(patrols.reporting_unit_name, '') || '台账：' || cast(patrols.patrol_date as varchar)
        || '巡查' || mines.site_name as line_text
    from {{ ref('fct_patrols') }} as patrols
    inner join mines on patrols.site_id = mines.site_id
    where patrols.patrol_date is not null

),

run_out as (

    select
        patrols.*,
        {{ seconds_between(
            'cast(patrols.licence_to_date as timestamp)', 'cast(patrols.patrol_date as timestamp)'
        ) }} / 3600e0 as hours_between
    from patrols
    inner join rules
        on
            rules.rule_code = 'X14'
            and {{ seconds_between(
                'cast(patrols.licence_to_date as timestamp)', 'cast(patrols.patrol_date as timestamp)'
            ) }} > rules.window_days * 86400
    where patrols.mining_licence_code = 'yes'

),

named as (

    select
        patrols.*,
        minerals.mineral_name
    from patrols
    inner join minerals on patrols.mineral_code = minerals.mineral_code
    where patrols.mineral_code <> patrols.licensed_mineral_code

),

cases as (

    select
        cases.*,
        mines.mineral_name as licensed_mineral_name,
        mines.other_delivery_sha256,
        mines.other_file_name,
        mines.other_sheet_name,
        mines.other_row_number,
        mines.valid_from_at
    from {{ ref('fct_cases') }} as cases
    inner join mines on cases.site_id = mines.site_id
    where cases.mineral_code <> mines.mineral_code

),

final as (

    {{ contradiction_rows('X14', 'run_out', dict(line, **{
        'claim_text': "line_text || '，有采矿证'",
        'evidence_text': "'登记册：采矿许可证有效期止于' || cast(licence_to_date as varchar)",
        'hours_between': 'hours_between',
        'evidence_date': 'licence_to_date',
    })) }}
    union all
    {{ contradiction_rows('X15', 'named', dict(line, **{
        'claim_text': "line_text || '，矿种为' || mineral_name",
        'evidence_text': "'登记册：许可矿种为' || licensed_mineral_name",
        'hours_between': '0',
        'evidence_date': 'patrol_date',
    })) }}
    union all
    {{ contradiction_rows('X15', 'cases', dict(register, **{
        'claim_type': "'case'",
        'claim_id': 'case_id',
        'claim_unit_code': 'handling_unit_code',
        'claim_text': "'案件' || case_id || '（' || cast(discovered_date as varchar) || '发现，' || site_name"
            " || '）：矿种为' || mineral_name",
        'evidence_text': "'登记册：许可矿种为' || licensed_mineral_name",
        'hours_between': '0',
        'claim_date': 'discovered_date',
        'evidence_date': 'discovered_date',
        'claimed_at': 'cast(discovered_date as timestamp)',
    })) }}

)

select * from final
