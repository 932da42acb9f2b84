{#- The place of a row as a ledger would write it in one cell: its own 乡镇 and 村 cells stand before
    its text unless that holds them. So what these cells call by no known name is still looked for as
    text, and one place that two registers write differently has one spelling. Null when all are. -#}
{% macro with_stated_place(township_name, village_name, text) -%}
    nullif(
        case
            when instr(coalesce({{ text }}, ''), coalesce({{ township_name }}, '')) > 0 then ''
            else coalesce({{ township_name }}, '')
        end
        || case
            when instr(coalesce({{ text }}, ''), coalesce({{ village_name }}, '')) > 0 then ''
            else coalesce({{ village_name }}, '')
        end
        || coalesce({{ text }}, ''),
        ''
    )
{%- endmacro %}
