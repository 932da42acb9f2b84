with

monthly as (

    select * from {{ ref('fct_metrics_monthly') }}
    where cumulative_numerator is not null

),

followed as (

    select
        *,
        lag(cumulative_numerator, 1, 0) over (
            partition by metric_code, scope_code, township_code, unit_code
            order by month_start_date
        ) as numerator_before,
        lag(cumulative_denominator, 1, 0) over (
            partition by metric_code, scope_code, township_code, unit_code
            order by month_start_date
        ) as denominator_before
    from monthly

)

select * from followed
where
    numerator_before + numerator <> cumulative_numerator
    or denominator_before + denominator <> cumulative_denominator
