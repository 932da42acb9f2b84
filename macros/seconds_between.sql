{#- Whole seconds from one moment to another, negative when the second lies before the first. -#}
{% macro seconds_between(first_at, second_at) -%}
    {{ return(adapter.dispatch('seconds_between')(first_at, second_at)) }}
{%- endmacro %}

{% macro default__seconds_between(first_at, second_at) -%}
    date_sub('second', {{ first_at }}, {{ second_at }})
{%- endmacro %}

{% macro spark__seconds_between(first_at, second_at) -%}
    timestampdiff(second, {{ first_at }}, {{ second_at }})
{%- endmacro %}
