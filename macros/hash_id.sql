{#- A stable id from what makes a thing itself. The separator keeps ('a', 'bc') and ('ab', 'c') apart. -#}
{% macro hash_id(expressions) -%}
    md5(
        {%- for expression in expressions %}
        coalesce(cast({{ expression }} as varchar), ''){% if not loop.last %} || '|' ||{% endif %}
        {%- endfor %}
    )
{%- endmacro %}
