with

context as (

    select is_sample from {{ source('build', 'context') }}

),

units as (

    select * from {{ ref('dim_units') }}
    where unit_kind_code = 'county_government' and is_current

),

known_metrics as (

    select * from {{ ref('dim_metrics') }}

),

-- A sample county in a real city's inbox is a mistake, and its figures are invented.
handed_up as (

    select metrics.*
    from {{ ref('fct_county_metrics') }} as metrics
    inner join context on metrics.is_sample = context.is_sample

),

latest as (

    select max(month_start_date) as month_start_date
    from handed_up

),

month as (

    select handed_up.*
    from handed_up
    inner join latest on handed_up.month_start_date = latest.month_start_date

),

counties as (

    select
        unit_code as county_code,
        unit_name as county_name
    from units
    union all
    select
        month.county_code,
        min(month.county_name) as county_name
    from month
    left join units on month.county_code = units.unit_code
    where units.unit_code is null
    group by month.county_code

),

-- An older system may lack a metric and has handed up the month all the same.
reporting as (

    select
        county_code,
        max(received_at) as received_at
    from month
    group by county_code

),

metrics as (

    select
        metric_code,
        min(metric_name) as metric_name,
        min(unit_text) as unit_text,
        min(target_number) as target_number,
        min(month_start_date) as month_start_date
    from month
    where level_code = 'county'
    group by metric_code

),

final as (

    select
        {{ hash_id(['counties.county_code', 'metrics.metric_code']) }} as county_summary_id,
        counties.county_code,
        metrics.metric_code,
        known_metrics.clause_code,
        counties.county_name,
        coalesce(known_metrics.metric_name, metrics.metric_name) as metric_name,
        coalesce(known_metrics.unit_text, metrics.unit_text) as unit_text,
        county.metric_value,
        county.cumulative_value,
        metrics.target_number,
        townships.member_count as township_count,
        townships.met_count as township_met_count,
        reporting.county_code is not null as has_reported,
        metrics.month_start_date,
        reporting.received_at
    from counties
    cross join metrics
    left join known_metrics on metrics.metric_code = known_metrics.metric_code
    left join reporting on counties.county_code = reporting.county_code
    left join month as county
        on
            counties.county_code = county.county_code
            and metrics.metric_code = county.metric_code
            and county.level_code = 'county'
    left join month as townships
        on
            counties.county_code = townships.county_code
            and metrics.metric_code = townships.metric_code
            and townships.level_code = 'township'

)

select * from final
