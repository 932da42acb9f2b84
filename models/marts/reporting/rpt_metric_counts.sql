with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

-- What is in stock is counted at the end of each month, in the running one on the as-of.
snapshots as (

    select
        periods.period_start_date as month_start_date,
        least(periods.period_end_date, context.as_of_date) as snapshot_date
    from {{ ref('int_periods') }} as periods
    cross join context
    where
        periods.period_kind_code = 'month'
        and periods.period_start_date <= context.as_of_date
        and periods.year_number * 100 + periods.month_number
        >= {{ setting('metrics_base_month') }}

),

counted as (

    {% for measure in metric_measures() -%}
    select
        '{{ measure.metric_code }}' as metric_code,
        {{ measure.township | default('cast(null as varchar)') }} as township_code,
        {{ measure.unit | default('cast(null as varchar)') }} as unit_code,
        cast({{ measure.counts | default(1) }} as decimal(18, 4)) as numerator,
        cast({{ measure.whole | default('null') }} as decimal(18, 4)) as denominator,
        cast({{ measure.date | default('month_start_date') }} as date) as counted_date
    from {{ ref(measure.relation) }}
    {{ 'cross join snapshots' if measure.during }}
    where {{ measure.where | default('true') }} and {{ measure.during | default('true') }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- A day to come is a slip of the pen or not yet counted.
final as (

    select
        counted.metric_code,
        counted.township_code,
        counted.unit_code,
        cast(sum(counted.numerator) as decimal(18, 4)) as numerator,
        cast(sum(counted.denominator) as decimal(18, 4)) as denominator,
        cast(date_trunc('month', counted.counted_date) as date) as month_start_date
    from counted
    inner join context on counted.counted_date <= context.as_of_date
    group by
        counted.metric_code, counted.township_code, counted.unit_code,
        cast(date_trunc('month', counted.counted_date) as date)

)

select * from final
