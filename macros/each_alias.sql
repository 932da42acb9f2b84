{#- One row per entry of a list such as 'a|b、c', in the select list. Its own column only: entries are
    trimmed by normalised_place_name, and empty ones are filtered by the caller. A null list gives no row. -#}
{% macro each_alias(expression) -%}
    {{ return(adapter.dispatch('each_alias')("translate(" ~ expression ~ ", '、；;，,', '|||||')")) }}
{%- endmacro %}

{% macro default__each_alias(expression) -%}
    unnest(string_split({{ expression }}, '|'))
{%- endmacro %}

{% macro spark__each_alias(expression) -%}
    explode(split({{ expression }}, '[|]'))
{%- endmacro %}
