{#- Great-circle distance in metres between two WGS84 points in degrees; null when any part is.
    least() guards asin against 1.0000000001 at antipodes. -#}
{% macro distance_m(longitude_1, latitude_1, longitude_2, latitude_2) -%}
    2 * 6371008.8 * asin(
        least(
            case when {{ longitude_1 }} + {{ latitude_1 }} + {{ longitude_2 }} + {{ latitude_2 }} is not null then 1.0 end,
            sqrt(
                power(sin(radians({{ latitude_2 }} - {{ latitude_1 }}) / 2), 2)
                + cos(radians({{ latitude_1 }})) * cos(radians({{ latitude_2 }}))
                * power(sin(radians({{ longitude_2 }} - {{ longitude_1 }}) / 2), 2)
            )
        )
    )
{%- endmacro %}
