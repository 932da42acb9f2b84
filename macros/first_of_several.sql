{#- The first entry of a cell that may list several: 煤、铝土矿. -#}
{% macro first_of_several(expression) -%}
    split_part(translate({{ expression }}, '、，,；;/', '||||||'), '|', 1)
{%- endmacro %}
