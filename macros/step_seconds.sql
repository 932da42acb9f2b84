{#- Seconds from a start to a step that followed; null while one of them is missing and when the step lies
    before the start, which would spoil every mean. A step at midnight of the start's own day is a date
    without a time, as lists often have it, and counts as the start itself. -#}
{% macro step_seconds(started_at, stepped_at) -%}
    case
        when {{ seconds_between(started_at, stepped_at) }} >= 0
            then {{ seconds_between(started_at, stepped_at) }}
        when {{ stepped_at }} = date_trunc('day', {{ started_at }}) then 0
    end
{%- endmacro %}

{#- Whether a step lies before its start; never null. -#}
{% macro is_step_before(started_at, stepped_at) -%}
    coalesce(
        {{ stepped_at }} < {{ started_at }}
        and {{ stepped_at }} <> date_trunc('day', {{ started_at }}),
        false
    )
{%- endmacro %}
