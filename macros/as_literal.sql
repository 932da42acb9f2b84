{#- A text as an SQL literal on one line; null for nothing. -#}
{% macro as_literal(text) -%}
    {%- if text is none or text is undefined -%}
        cast(null as varchar)
    {%- else -%}
        '{{ (text | string).split() | join(' ') | replace("'", "''") }}'
    {%- endif -%}
{%- endmacro %}
