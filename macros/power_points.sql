{#- One expression over the 96 points: the pieces of `template` with {p} and {n} filled in, joined. -#}
{% macro over_points(template, joiner) -%}
    {%- for number in range(1, 97) -%}
        {{ template | replace('{p}', 'p' ~ number) | replace('{n}', number) }}
        {%- if not loop.last %}{{ joiner }}{% endif -%}
    {%- endfor -%}
{%- endmacro %}
