{#- First and last day (inclusive) of the week, month or quarter that contains a date; weeks begin on
    Monday. Any other kind has neither. -#}
{% macro period_start_date(kind, date) -%}
    case {{ kind }}
        when 'week' then cast(date_trunc('week', {{ date }}) as date)
        when 'month' then cast(date_trunc('month', {{ date }}) as date)
        when 'quarter' then cast(date_trunc('quarter', {{ date }}) as date)
    end
{%- endmacro %}

{% macro period_end_date(kind, start_date) -%}
    case {{ kind }}
        when 'week' then cast({{ start_date }} + interval '6' day as date)
        when 'month' then last_day({{ start_date }})
        when 'quarter' then last_day(cast({{ start_date }} + interval '2' month as date))
    end
{%- endmacro %}

{#- The day inside a stated period that tells which week, month or quarter a date counts for: a stated week
    belongs to the month of its Thursday, whatever the date; in a longer one the date itself decides, moved
    to the nearest edge when it lies outside. -#}
{% macro date_within_stated(kind, start_date, end_date, date) -%}
    case
        when {{ kind }} = 'week' then cast({{ start_date }} + interval '3' day as date)
        when {{ kind }} is not null
            then least(greatest(coalesce({{ date }}, {{ start_date }}), {{ start_date }}), {{ end_date }})
        else {{ date }}
    end
{%- endmacro %}
