{#- One sentence about a signal: days, source, how often, what a look at it found. -#}
{% macro signal_text(relation) -%}
    cast(cast({{ relation }}.started_at as date) as varchar)
    || case
        when cast({{ relation }}.ended_at as date) > cast({{ relation }}.started_at as date)
            then '至' || cast(cast({{ relation }}.ended_at as date) as varchar)
        else ''
    end
    || {{ relation }}.source_name
    || case
        when {{ relation }}.repeat_count > 1
            then cast({{ relation }}.repeat_count as varchar) || '次'
        else ''
    end
    || case {{ relation }}.verdict_code
        when 'confirmed' then '，经核实属实'
        when 'refuted' then '，经核实不属实'
        else '，尚未核实'
    end
{%- endmacro %}
