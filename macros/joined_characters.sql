{#- All values of a column as one text in the order of another column; '' when there are none, because
    translate() with null would wipe out what it should leave alone. -#}
{% macro joined_characters(expression, ordered_by) -%}
    {{ return(adapter.dispatch('joined_characters')(expression, ordered_by)) }}
{%- endmacro %}

{% macro default__joined_characters(expression, ordered_by) -%}
    coalesce(string_agg({{ expression }}, '' order by {{ ordered_by }}), '')
{%- endmacro %}

{% macro spark__joined_characters(expression, ordered_by) -%}
    coalesce(listagg({{ expression }}, '') within group (order by {{ ordered_by }}), '')
{%- endmacro %}
