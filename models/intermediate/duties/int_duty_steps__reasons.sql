with

explanations as (

    select * from {{ ref('stg_explanations') }}
    where explained_at is not null

),

-- Any number can be asked about; whose it is shows where it is looked up.
final as (

    {% for subject_type in ['clue', 'power_alert', 'video_event', 'patch'] -%}
    select
        '{{ subject_type }}' as subject_type,
        object_id as subject_id,
        'explained' as step_code,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'explanation' as evidence_type,
        object_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as date) as stated_due_date,
        explained_at as occurred_at,
        explained_reported_at as reported_at
    from explanations
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from final
