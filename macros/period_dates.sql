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
