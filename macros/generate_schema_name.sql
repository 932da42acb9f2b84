{#- Schemas are named as in docs: marts, not main_marts. One file is one warehouse; no prefix is needed. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name if custom_schema_name is not none else target.schema }}
{%- endmacro %}
