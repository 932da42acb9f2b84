with

{% set found = [
    'no_findings', 'zero_months', 'dark_cameras', 'forewarned_visits', 'changed_answers',
] -%}
final as (

    {% for rule in found -%}
    select * from {{ ref('int_contradictions_' ~ rule) }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from final
