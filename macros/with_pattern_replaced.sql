{#- The text with something else for everything that the pattern matches. Engines agree on patterns
    without backslashes and look-around. -#}
{% macro with_pattern_replaced(expression, pattern, replacement) -%}
    {{ return(adapter.dispatch('with_pattern_replaced')(expression, pattern, replacement)) }}
{%- endmacro %}

{% macro default__with_pattern_replaced(expression, pattern, replacement) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro spark__with_pattern_replaced(expression, pattern, replacement) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}
