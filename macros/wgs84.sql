{#- WGS84 degrees from a point in its declared system, rounded to a centimetre because engines
    differ in the last digits of a sine. CGCS2000 differs by centimetres and counts as WGS84; so does an
    unknown or missing declaration: whoever assumes something else says so. -#}
{% macro wgs84_longitude(longitude, latitude, crs) -%}
    case {{ crs_family(crs) }}
        when 'GCJ-02' then round({{ gcj02_to_wgs84_longitude(longitude, latitude) }}, 7)
        when 'BD-09' then round({{ gcj02_to_wgs84_longitude(
            bd09_to_gcj02_longitude(longitude, latitude), bd09_to_gcj02_latitude(longitude, latitude)
        ) }}, 7)
        else {{ longitude }}
    end
{%- endmacro %}

{% macro wgs84_latitude(longitude, latitude, crs) -%}
    case {{ crs_family(crs) }}
        when 'GCJ-02' then round({{ gcj02_to_wgs84_latitude(longitude, latitude) }}, 7)
        when 'BD-09' then round({{ gcj02_to_wgs84_latitude(
            bd09_to_gcj02_longitude(longitude, latitude), bd09_to_gcj02_latitude(longitude, latitude)
        ) }}, 7)
        else {{ latitude }}
    end
{%- endmacro %}

{#- GCJ02, 火星坐标 and 高德 mean GCJ-02; BD09LL and 百度 mean BD-09; CGCS2000 and 国家2000
    count as WGS84; null when nothing, or nothing of these, is declared. -#}
{% macro crs_family(crs) -%}
    case
        when upper({{ crs }}) like '%GCJ%' or {{ crs }} like '%火星%' or {{ crs }} like '%高德%'
            then 'GCJ-02'
        when upper({{ crs }}) like '%BD%09%' or {{ crs }} like '%百度%' then 'BD-09'
        when upper({{ crs }}) like '%WGS%' or {{ crs }} like '%2000%' then 'WGS84'
    end
{%- endmacro %}

{#- The public formula gives the offset at the WGS84 point, which is what we look for. Taking it at the
    GCJ-02 point errs by up to 2.5 m; one Newton step with the slopes that matter brings that below
    1 m without nesting the whole formula in itself. -#}
{% macro gcj02_to_wgs84_longitude(longitude, latitude) -%}
    ({{ longitude }})
    - {{ gcj02_shift_east_m(longitude, latitude) }} / {{ gcj02_m_per_degree_east(latitude) }}
    * (
        1 - (
            {{ gcj02_wave_slope(longitude) }}
            + 40e0 / 3 * pi() * (
                cos(pi() * ({{ longitude }} - 105)) + 2e0 / 3 * cos(pi() / 3 * ({{ longitude }} - 105))
            )
        ) / {{ gcj02_m_per_degree_east(latitude) }}
    )
{%- endmacro %}

{% macro gcj02_to_wgs84_latitude(longitude, latitude) -%}
    {%- set x, y = "(" ~ longitude ~ " - 105)", "(" ~ latitude ~ " - 35)" -%}
    ({{ latitude }})
    - (
        -100 + 2 * {{ x }} + 3 * {{ y }} + 0.2 * {{ y }} * {{ y }} + 0.1 * {{ x }} * {{ y }}
        + 0.2 * sqrt(abs({{ x }}))
        + 2e0 / 3 * (
            20 * sin(6 * pi() * {{ x }}) + 20 * sin(2 * pi() * {{ x }})
            + 20 * sin(pi() * {{ y }}) + 40 * sin(pi() / 3 * {{ y }})
            + 160 * sin(pi() / 12 * {{ y }}) + 320 * sin(pi() / 30 * {{ y }})
        )
        - {{ gcj02_wave_slope(longitude) }}
        * {{ gcj02_shift_east_m(longitude, latitude) }} / {{ gcj02_m_per_degree_east(latitude) }}
    )
    / (
        6378245e0 * (1 - 0.00669342162296594e0)
        / power(1 - 0.00669342162296594e0 * power(sin(radians({{ latitude }})), 2), 1.5e0)
        * pi() / 180
    )
{%- endmacro %}

{% macro gcj02_shift_east_m(longitude, latitude) -%}
    {%- set x, y = "(" ~ longitude ~ " - 105)", "(" ~ latitude ~ " - 35)" -%}
    (
        300 + {{ x }} + 2 * {{ y }} + 0.1 * {{ x }} * {{ x }} + 0.1 * {{ x }} * {{ y }}
        + 0.1 * sqrt(abs({{ x }}))
        + 2e0 / 3 * (
            20 * sin(6 * pi() * {{ x }}) + 20 * sin(2 * pi() * {{ x }})
            + 20 * sin(pi() * {{ x }}) + 40 * sin(pi() / 3 * {{ x }})
            + 150 * sin(pi() / 12 * {{ x }}) + 300 * sin(pi() / 30 * {{ x }})
        )
    )
{%- endmacro %}

{#- Metres of shift, east and north alike, that the two fast waves add per degree of longitude. -#}
{% macro gcj02_wave_slope(longitude) -%}
    {%- set x = "(" ~ longitude ~ " - 105)" -%}
    (2e0 / 3 * 20 * pi() * (6 * cos(6 * pi() * {{ x }}) + 2 * cos(2 * pi() * {{ x }})))
{%- endmacro %}

{#- On the Krasovsky ellipsoid, which the formula uses: a = 6378245 m, e² = 0.00669342162296594. -#}
{% macro gcj02_m_per_degree_east(latitude) -%}
    (
        6378245e0 / sqrt(1 - 0.00669342162296594e0 * power(sin(radians({{ latitude }})), 2))
        * cos(radians({{ latitude }})) * pi() / 180
    )
{%- endmacro %}

{#- The public inverse of the BD-09 shift; good to half a metre. -#}
{% macro bd09_to_gcj02_longitude(longitude, latitude) -%}
    ({{ bd09_radius(longitude, latitude) }} * cos({{ bd09_angle(longitude, latitude) }}))
{%- endmacro %}

{% macro bd09_to_gcj02_latitude(longitude, latitude) -%}
    ({{ bd09_radius(longitude, latitude) }} * sin({{ bd09_angle(longitude, latitude) }}))
{%- endmacro %}

{% macro bd09_radius(longitude, latitude) -%}
    (
        sqrt(power({{ longitude }} - 0.0065e0, 2) + power({{ latitude }} - 0.006e0, 2))
        - 0.00002e0 * sin(({{ latitude }} - 0.006e0) * pi() * 50 / 3)
    )
{%- endmacro %}

{% macro bd09_angle(longitude, latitude) -%}
    (
        atan2({{ latitude }} - 0.006e0, {{ longitude }} - 0.0065e0)
        - 0.000003e0 * cos(({{ longitude }} - 0.0065e0) * pi() * 50 / 3)
    )
{%- endmacro %}
