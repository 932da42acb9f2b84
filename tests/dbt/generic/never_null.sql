{#- Columns of a table that are never null, in one query: a node of dbt costs more than a scan. -#}
{% test never_null(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
where {{ columns | join(' is null or ') }} is null
{% endtest %}
