{#- The patrol level that a normalised title, name or cell states; null when it states none, or several
    (乡村两级, 县级、乡级). -#}
{% macro patrol_level_in(expression) -%}
    {%- set county = "(" ~ expression ~ " like '%县级%' or " ~ expression ~ " = '县')" -%}
    {%- set township = "(" ~ expression ~ " like '%乡级%' or " ~ expression ~ " like '%镇级%' or "
        ~ expression ~ " like '%乡(镇)级%' or " ~ expression ~ " in ('乡', '镇', '乡镇', '乡(镇)'))" -%}
    {%- set village = "(" ~ expression ~ " like '%村级%' or " ~ expression ~ " like '%村(社区)级%' or "
        ~ expression ~ " in ('村', '社区', '村(社区)'))" -%}
    case
        when {{ county }} and not {{ township }} and not {{ village }} then 'county'
        when {{ township }} and not {{ county }} and not {{ village }} then 'township'
        when {{ village }} and not {{ county }} and not {{ township }} then 'village'
    end
{%- endmacro %}
