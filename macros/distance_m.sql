{#- Great-circle distance in metres between two WGS84 points in degrees; null when any part is.
    atan2 and not asin, which fails when rounding brings its argument above 1. -#}
{% macro distance_m(longitude_1, latitude_1, longitude_2, latitude_2) -%}
    {%- set squared_half_chord -%}
        (
            power(sin(radians({{ latitude_2 }} - {{ latitude_1 }}) / 2), 2)
            + cos(radians({{ latitude_1 }})) * cos(radians({{ latitude_2 }}))
            * power(sin(radians({{ longitude_2 }} - {{ longitude_1 }}) / 2), 2)
        )
    {%- endset -%}
    2 * 6371008.8e0 * atan2(
        sqrt({{ squared_half_chord }}), sqrt(abs(1 - {{ squared_half_chord }}))
    )
{%- endmacro %}
