{#- Steps of duties, one select a step, in the columns of int_duty_steps__*. `relation` has everything but what
    `steps` lists: the step, which rows took it, when that was, and when it was first reported. -#}
{% macro steps_taken(relation, steps) -%}
    {% for step, condition, occurred_at, reported_at in steps -%}
    select
        subject_type,
        subject_id,
        '{{ step }}' as step_code,
        unit_code,
        township_code,
        evidence_type,
        evidence_id,
        subject_name,
        stated_due_date,
        cast({{ occurred_at }} as timestamp) as occurred_at,
        {{ reported_at }} as reported_at
    from {{ relation }}
    where {{ condition }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}
{%- endmacro %}
