{#- A name as it is compared: no white space, half-width brackets and digits, one character for each
    set of variants (seeds/place_name_variants.csv, so a unit test of a caller mocks that seed). -#}
{% macro normalised_place_name(expression) -%}
    translate(
        translate(
            {{ expression }},
            '（）［］０１２３４５６７８９ 　' || chr(9) || chr(10) || chr(13) || chr(160),
            '()[]0123456789'
        ),
        (select {{ joined_characters('variant_text', 'variant_text') }} from {{ ref('place_name_variants') }}),
        (select {{ joined_characters('standard_text', 'variant_text') }} from {{ ref('place_name_variants') }})
    )
{%- endmacro %}
