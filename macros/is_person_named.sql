{#- Whether a cell for a person holds more than a placeholder; never null. -#}
{% macro is_person_named(expression) -%}
    coalesce(
        translate({{ expression }}, ' 　', '')
        not in ('', '无', '暂无', '没有', '空', '不详', '未知', '待定', '/', '／', '-', '－', '--', '—', '——'),
        false
    )
{%- endmacro %}
