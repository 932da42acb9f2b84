{#- A threshold by its code (seeds/settings.csv, overridden by the county's settings.toml), as double.
    An unknown code is null, which no comparison survives; a data test keeps the codes known. -#}
{% macro setting(code) -%}
    (select setting_value from {{ ref('int_settings') }} where setting_code = '{{ code }}')
{%- endmacro %}
