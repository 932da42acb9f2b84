{#- How sure an incident is by the counts of its signals. Seen by two kinds of source is more than seen twice by one;
    unverified pictures beside it add nothing, for there are some of every place. -#}
{% macro incident_confidence(signals) -%}
    case
        when {{ signals }}.confirmed_count > 0 or {{ signals }}.credible_source_count > 1 then 'high'
        when {{ signals }}.credible_count > 0 then 'medium'
        else 'low'
    end
{%- endmacro %}
