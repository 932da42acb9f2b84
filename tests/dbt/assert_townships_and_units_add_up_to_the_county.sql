-- What has no known township or unit is a member of its own, so that nothing is left out of a sum.
with

monthly as (

    select * from {{ ref('fct_metrics_monthly') }}

),

metrics as (

    select * from {{ ref('dim_metrics') }}

),

summed as (

    select
        metric_code,
        month_start_date,
        scope_code,
        sum(numerator) as numerator,
        coalesce(sum(denominator), 0) as denominator
    from monthly
    group by metric_code, month_start_date, scope_code

),

county as (

    select * from summed
    where scope_code = 'county'

)

select
    county.metric_code,
    county.month_start_date,
    summed.scope_code,
    county.numerator as county_numerator,
    summed.numerator as summed_numerator
from county
inner join metrics on county.metric_code = metrics.metric_code
left join summed
    on
        county.metric_code = summed.metric_code
        and county.month_start_date = summed.month_start_date
        and (
            (summed.scope_code = 'township' and metrics.is_by_township)
            or (summed.scope_code = 'unit' and metrics.is_by_unit)
        )
where
    -- A unit that never counted has no row: then nothing was counted at all.
    coalesce(summed.numerator, 0) <> county.numerator
    and (metrics.is_by_township or metrics.is_by_unit)
    or coalesce(summed.denominator, 0) <> county.denominator
    and (metrics.is_by_township or metrics.is_by_unit)
