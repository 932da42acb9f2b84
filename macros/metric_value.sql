{#- The value of a metric from its parts: a share in per cent, null for a zero base; else what was counted. -#}
{% macro metric_value(numerator, denominator) -%}
    cast(
        case
            when kind_code <> 'share' then {{ numerator }}
            when {{ denominator }} <> 0 then round({{ numerator }} * 100e0 / {{ denominator }}, 2)
        end as decimal(18, 2)
    )
{%- endmacro %}
