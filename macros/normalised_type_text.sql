{#- A platform's type as it is compared: lower case, no white space, hyphens or underscores, half-width
    brackets and digits. -#}
{% macro normalised_type_text(expression) -%}
    lower(
        translate(
            {{ expression }},
            '（）０１２３４５６７８９ 　_-' || chr(9) || chr(10) || chr(13) || chr(160),
            '()0123456789'
        )
    )
{%- endmacro %}
