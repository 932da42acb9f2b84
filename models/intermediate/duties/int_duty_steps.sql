{%- set subjects = [
    'transfers', 'tasks', 'clues', 'reasons', 'sites', 'power', 'video', 'patches', 'cases',
    'case_papers',
] -%}
with

unioned as (
    {% for subject in subjects %}
    select
        subject_type,
        subject_id,
        {% if subject == 'cases' %}trigger_id{% else %}cast(null as varchar) as trigger_id{% endif %},
        step_code,
        unit_code,
        township_code,
        evidence_type,
        evidence_id,
        subject_name,
        {% if subject == 'cases' %}is_starting{% else %}true as is_starting{% endif %},
        {% if subject == 'cases' %}act_date{% else %}cast(null as date) as act_date{% endif %},
        {% if subject == 'case_papers' %}cast(null as date) as {% endif %}stated_due_date,
        occurred_at,
        reported_at
    from {{ ref('int_duty_steps__' ~ subject) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
)

select * from unioned
