{%- set form = {
    'claim_type': "'patrol_form'", 'claim_id': 'form_id', 'claim_delivery_sha256': 'delivery_sha256',
    'claim_file_name': 'file_name', 'claim_sheet_name': 'sheet_name',
    'claim_unit_code': 'reporting_unit_code', 'township_code': 'township_code',
    'village_code': 'village_code', 'hours_between': '0', 'claim_date': 'filled_date',
    'claimed_at': 'reported_at', 'evidence_type': "'patrol_form'", 'evidence_id': 'other_form_id',
    'evidence_delivery_sha256': 'other_delivery_sha256', 'evidence_file_name': 'other_file_name',
    'evidence_sheet_name': 'other_sheet_name', 'evidence_at': 'other_reported_at',
} -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}

),

deliveries as (

    select * from {{ source('build', 'deliveries') }}

),

forms as (

    select
        *,
        coalesce(reporting_unit_code, reporting_unit_name) as unit_key,
        coalesce(reporting_unit_name, '') || '台账（' || cast(filled_date as varchar) || '填写）'
            as form_text
    from {{ ref('fct_patrol_forms') }}
    where not is_superseded and filled_date is not null

),

wordings as (

    select * from {{ ref('int_contradictions_forms_worded') }}

),

-- When something was loaded is not when it was received: nobody is late by that.
late as (

    select
        forms.*,
        rules.hours_max,
        {{ seconds_between(
            "cast(forms.period_end_date + interval '1' day as timestamp)", 'forms.reported_at'
        ) }} as seconds_late
    from forms
    inner join deliveries on forms.delivery_sha256 = deliveries.delivery_sha256
    inner join rules
        on
            rules.rule_code = 'X10'
            and {{ seconds_between(
                "cast(forms.period_end_date + interval '1' day as timestamp)", 'forms.reported_at'
            ) }} >= rules.window_days * 86400
    where deliveries.received_at_source_code <> 'load'

),

-- One form that is late is late; several periods in one evening are written from memory.
filed_together as (

    select
        late.*,
        others.form_id as other_form_id,
        others.delivery_sha256 as other_delivery_sha256,
        others.file_name as other_file_name,
        others.sheet_name as other_sheet_name,
        others.period_start_date as other_start_date,
        others.period_end_date as other_end_date,
        others.reported_at as other_reported_at
    from late
    inner join late as others
        on
            late.unit_key = others.unit_key
            and late.patrol_level_code = others.patrol_level_code
            and late.period_start_date <> others.period_start_date
            and abs({{ seconds_between('late.reported_at', 'others.reported_at') }})
            <= late.hours_max * 3600
    qualify row_number() over (
        partition by late.form_id
        order by
            abs({{ seconds_between(
                'cast(late.period_start_date as timestamp)',
                'cast(others.period_start_date as timestamp)'
            ) }}),
            others.period_start_date,
            others.form_id
    ) = 1

),

-- A line that says little is the same every week; one in the writer's own words is not.
copied as (

    select
        forms.*,
        earlier.form_id as other_form_id,
        earlier.delivery_sha256 as other_delivery_sha256,
        earlier.file_name as other_file_name,
        earlier.sheet_name as other_sheet_name,
        earlier.filled_date as other_filled_date,
        earlier.reported_at as other_reported_at
    from wordings
    inner join forms on wordings.form_id = forms.form_id
    inner join forms as earlier on wordings.earlier_form_id = earlier.form_id
    inner join rules on rules.rule_code = 'X11' and wordings.remark_length >= rules.text_length_min

),

final as (

    {{ contradiction_rows('X10', 'filed_together', dict(form, **{
        'claim_text': "form_text || '，所属期' || cast(period_start_date as varchar) || '至'"
            " || cast(period_end_date as varchar)",
        'evidence_text': "'期满后' || cast(floor(seconds_late / 86400) as bigint) || '天收到，与'"
            " || cast(other_start_date as varchar) || '至' || cast(other_end_date as varchar)"
            " || '的台账一并送达'",
        'confidence_code': "'high'",
        'hours_between': 'seconds_late / 3600e0',
        'evidence_date': 'cast(reported_at as date)',
    })) }}
    union all
    {{ contradiction_rows('X11', 'copied', dict(form, **{
        'claim_text': "form_text || '，共' || cast(row_count as varchar) || '行'",
        'evidence_text': "'与本单位' || cast(other_filled_date as varchar) || '填写的台账逐字相同'",
        'confidence_code': "'medium'",
        'hours_between': seconds_between(
            'cast(other_filled_date as timestamp)', 'cast(filled_date as timestamp)') ~ ' / 3600e0',
        'evidence_date': 'other_filled_date',
    })) }}

)

select * from final
