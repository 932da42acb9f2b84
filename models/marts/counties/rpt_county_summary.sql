with

months as (

    select * from {{ ref('rpt_county_months') }}

),

known_metrics as (

    select * from {{ ref('dim_metrics') }}

),

handed_up as (

    select metrics.*
    from {{ ref('fct_county_metrics') }} as metrics
    inner join {{ source('build', 'context') }} as context on metrics.is_sample = context.is_sample

),

-- An older system may lack a metric and has handed up the month all the same.
metrics as (

    select
        metric_code,
        min(metric_name) as metric_name,
        min(unit_text) as unit_text,
        min(target_number) as target_number
    from handed_up
    where level_code = 'county'
    group by metric_code

),

final as (

    select
        {{ hash_id(['months.county_code', 'metrics.metric_code', 'months.month_start_date']) }}
            as county_summary_id,
        months.county_code,
        metrics.metric_code,
        known_metrics.clause_code,
        known_metrics.kind_code,
        case
            when not months.has_reported then 'no_report'
            when county.met_count > 0 then 'met'
            when county.missed_count > 0 then 'missed'
            when coalesce(county.target_number, metrics.target_number) is null then 'no_target'
            else 'no_base'
        end as target_status_code,
        months.county_name,
        coalesce(known_metrics.metric_name, metrics.metric_name) as metric_name,
        coalesce(known_metrics.unit_text, metrics.unit_text) as unit_text,
        county.metric_value,
        county.cumulative_value,
        coalesce(county.target_number, metrics.target_number) as target_number,
        townships.member_count as township_count,
        townships.met_count as township_met_count,
        months.has_reported,
        months.month_start_date,
        months.received_at
    from months
    cross join metrics
    left join known_metrics on metrics.metric_code = known_metrics.metric_code
    left join handed_up as county
        on
            months.county_code = county.county_code
            and months.month_start_date = county.month_start_date
            and metrics.metric_code = county.metric_code
            and county.level_code = 'county'
    left join handed_up as townships
        on
            months.county_code = townships.county_code
            and months.month_start_date = townships.month_start_date
            and metrics.metric_code = townships.metric_code
            and townships.level_code = 'township'

)

select * from final
