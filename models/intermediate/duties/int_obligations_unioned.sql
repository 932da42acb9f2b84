{#- Read once, by the next step: a table would be written only to be read again. -#}
{{ config(materialized = 'view') }}

{#- What a family says of its own beside who owes what for which subject; for the rest the same
    holds of all its rows. -#}
{%- set families = {
    'patrols': ['has_unit_reported', 'is_excused', 'period_start_date', 'period_end_date'],
    'sponsor_visits': ['has_unit_reported', 'period_start_date', 'period_end_date'],
    'unit_acts': ['has_unit_reported', 'period_start_date', 'period_end_date', 'started_at'],
    'clocks': [
        'trigger_id', 'extension_count', 'paused_days', 'act_date', 'stated_due_date', 'started_at',
    ],
} -%}
{%- set otherwise = {
    'trigger_id': 'cast(null as varchar)',
    'extension_count': 'cast(0 as bigint)',
    'paused_days': 'cast(0 as bigint)',
    'has_unit_reported': 'true',
    'is_excused': 'false',
    'period_start_date': 'cast(null as date)',
    'period_end_date': 'cast(null as date)',
    'act_date': 'cast(null as date)',
    'stated_due_date': 'cast(null as date)',
    'started_at': 'cast(null as timestamp)',
} -%}
with

context as (

    select * from {{ source('build', 'context') }}

),

unioned as (
    {% for family, own in families.items() %}
    select
        rule_code,
        subject_type,
        subject_id,
        owing_unit_code,
        township_code,
        evidence_type,
        evidence_id,
        subject_name,
        fulfilled_at,
        reported_at,
        {% for column, constant in otherwise.items() -%}
        {% if column in own %}{{ column }}{% else %}{{ constant }} as {{ column }}{% endif %}
        {%- if not loop.last %},
        {% endif %}
        {%- endfor %}
    from {{ ref('int_obligations__' ~ family) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

-- What lies after the as-of has not happened: a typing slip in a year, or a date meant as a plan.
-- It starts nothing and discharges nothing.
known as (

    select
        unioned.*,
        unioned.evidence_id is not null
        and coalesce(unioned.fulfilled_at <= context.as_of_at, true) as is_fulfilled
    from unioned
    cross join context
    where coalesce(unioned.started_at <= context.as_of_at, true)

),

final as (

    select
        rule_code,
        subject_type,
        subject_id,
        trigger_id,
        owing_unit_code,
        township_code,
        case when is_fulfilled then evidence_type end as evidence_type,
        case when is_fulfilled then evidence_id end as evidence_id,
        subject_name,
        extension_count,
        paused_days,
        has_unit_reported,
        is_excused,
        is_fulfilled,
        period_start_date,
        period_end_date,
        act_date,
        stated_due_date,
        started_at,
        case when is_fulfilled then fulfilled_at end as fulfilled_at,
        case when is_fulfilled then reported_at end as reported_at
    from known

)

select * from final
