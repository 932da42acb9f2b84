with

metrics as (

    select * from {{ ref('metrics') }}

),

measures as (

    {% for measure in metric_measures() -%}
    select
        '{{ measure.metric_code }}' as metric_code,
        '{{ measure.relation }}' as relation_name,
        {{ as_literal(measure.counts | default('1')) }} as numerator_sql,
        {{ as_literal(measure.whole) }} as denominator_sql,
        {{ as_literal(measure.where) }} as condition_sql,
        {{ as_literal(measure.date) }} as date_sql,
        {{ as_literal(measure.during) }} as stock_sql,
        {{ as_literal(measure.township) }} as township_sql,
        {{ as_literal(measure.unit) }} as unit_sql
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

final as (

    select
        metrics.metric_code,
        metrics.clause_code,
        metrics.kind_code,
        metrics.direction_code,
        metrics.metric_name,
        metrics.definition_text,
        metrics.unit_text,
        measures.relation_name,
        measures.numerator_sql,
        measures.denominator_sql,
        measures.condition_sql,
        measures.date_sql,
        measures.stock_sql,
        measures.township_sql,
        measures.unit_sql,
        cast(metrics.target_number as decimal(18, 2)) as target_number,
        metrics.is_additive,
        metrics.is_assessed,
        metrics.is_restricted,
        measures.stock_sql is null as is_cumulative,
        measures.township_sql is not null as is_by_township,
        measures.unit_sql is not null as is_by_unit
    from metrics
    inner join measures on metrics.metric_code = measures.metric_code

)

select * from final
