{#- A candidate is read by nobody before it is finished, so tables are made under their own name: what dbt
    does instead (make it beside the old one, rename both, drop one) is four statements more for each. -#}
{% materialization table, adapter='duckdb' %}
    {%- set table = this.incorporate(type='table') -%}
    {% call statement('main') -%}
        drop table if exists {{ table }};
        {{ create_table_as(False, table, compiled_code) }}
    {%- endcall %}
    {% do persist_docs(table, model) %}
    {{ adapter.commit() }}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}
