{#- Days from one moment to a later one, in hundredths; null when they contradict each other by lying the
    other way round, or when one is missing. -#}
{% macro days_between(started_at, ended_at) -%}
    case
        when {{ started_at }} <= {{ ended_at }}
            then {{ days_of_seconds(seconds_between(started_at, ended_at)) }}
    end
{%- endmacro %}

{% macro days_of_seconds(seconds) -%}
    cast(round({{ seconds }} / 86400e0, 2) as decimal(18, 2))
{%- endmacro %}
