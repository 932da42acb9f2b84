{#- Whether a row with a first day and an exclusive last day holds on the as-of date. -#}
{% macro is_in_force(valid_from_date, valid_to_date) -%}
    (
        {{ valid_from_date }} <= (select cast(as_of_at as date) from {{ source('build', 'context') }})
        and coalesce(
            (select cast(as_of_at as date) from {{ source('build', 'context') }}) < {{ valid_to_date }},
            true
        )
    )
{%- endmacro %}
