{#- A number up to 99 in digits or as 七, 十二, 四十一; null when it is none. -#}
{% macro small_number(expression) -%}
    case
        when {{ expression }} like '%十%'
            then
                coalesce({{ numerals_as_digits("split_part(" ~ expression ~ ", '十', 1)") }}, 1) * 10
                + coalesce({{ numerals_as_digits("split_part(" ~ expression ~ ", '十', 2)") }}, 0)
        else {{ numerals_as_digits(expression) }}
    end
{%- endmacro %}

{% macro numerals_as_digits(expression) -%}
    try_cast(nullif(translate({{ expression }}, '一二三四五六七八九〇零○', '123456789000'), '') as bigint)
{%- endmacro %}
