with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

metrics as (

    select * from {{ ref('dim_metrics') }}

),

counts as (

    select * from {{ ref('rpt_metric_counts') }}

),

townships as (

    select
        'township' as scope_code,
        township_code,
        township_name
    from {{ ref('dim_townships') }}
    where is_current

),

units as (

    select
        'unit' as scope_code,
        unit_code,
        unit_name
    from {{ ref('dim_units') }}
    qualify row_number() over (partition by unit_code order by valid_from_date desc) = 1

),

months as (

    select
        period_start_date as month_start_date,
        period_end_date as month_end_date
    from {{ ref('int_periods') }}
    where
        period_kind_code = 'month'
        and year_number * 100 + month_number >= {{ setting('metrics_base_month') }}

),

-- A member is the county, a township or a unit; '' is the one that is not known, so that members
-- add up to the county.
members as (

    select
        metric_code,
        'county' as scope_code,
        '' as member_code
    from metrics
    union all
    select
        metrics.metric_code,
        'township' as scope_code,
        townships.township_code as member_code
    from metrics
    cross join townships
    where metrics.is_by_township
    union distinct
    select
        metrics.metric_code,
        'township' as scope_code,
        coalesce(counts.township_code, '') as member_code
    from counts
    inner join metrics on counts.metric_code = metrics.metric_code
    where metrics.is_by_township
    union distinct
    select
        metrics.metric_code,
        'unit' as scope_code,
        coalesce(counts.unit_code, '') as member_code
    from counts
    inner join metrics on counts.metric_code = metrics.metric_code
    where metrics.is_by_unit

),

scoped as (

    select
        metric_code,
        'county' as scope_code,
        '' as member_code,
        numerator,
        denominator,
        month_start_date
    from counts
    union all
    select
        metric_code,
        'township' as scope_code,
        coalesce(township_code, '') as member_code,
        numerator,
        denominator,
        month_start_date
    from counts
    union all
    select
        metric_code,
        'unit' as scope_code,
        coalesce(unit_code, '') as member_code,
        numerator,
        denominator,
        month_start_date
    from counts

),

summed as (

    select
        metric_code,
        scope_code,
        member_code,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        month_start_date
    from scoped
    group by metric_code, scope_code, member_code, month_start_date

),

spined as (

    select
        members.metric_code,
        members.scope_code,
        members.member_code,
        metrics.kind_code,
        metrics.direction_code,
        metrics.target_number,
        metrics.is_cumulative,
        coalesce(summed.numerator, 0) as numerator,
        case when metrics.kind_code = 'share' then coalesce(summed.denominator, 0) end
            as denominator,
        months.month_end_date < context.as_of_date as is_complete,
        months.month_start_date
    from members
    inner join metrics on members.metric_code = metrics.metric_code
    cross join months
    inner join context on months.month_start_date <= context.as_of_date
    left join summed
        on
            members.metric_code = summed.metric_code
            and members.scope_code = summed.scope_code
            and members.member_code = summed.member_code
            and months.month_start_date = summed.month_start_date

),

-- A stock does not accumulate: what was there in two months is there once.
accumulated as (

    select
        *,
        case
            when is_cumulative
                then sum(numerator) over (
                    partition by metric_code, scope_code, member_code
                    order by month_start_date
                    rows between unbounded preceding and current row
                )
        end as cumulative_numerator,
        case
            when is_cumulative
                then sum(denominator) over (
                    partition by metric_code, scope_code, member_code
                    order by month_start_date
                    rows between unbounded preceding and current row
                )
        end as cumulative_denominator
    from spined

),

valued as (

    select
        *,
        {{ metric_value('numerator', 'denominator') }} as metric_value,
        {{ metric_value('cumulative_numerator', 'cumulative_denominator') }} as cumulative_value
    from accumulated

),

final as (

    select
        {{ hash_id([
            'valued.metric_code', 'valued.scope_code', 'valued.member_code', 'valued.month_start_date',
        ]) }} as metric_month_id,
        valued.metric_code,
        metrics.clause_code,
        valued.scope_code,
        case when valued.scope_code = 'township' then nullif(valued.member_code, '') end
            as township_code,
        case when valued.scope_code = 'unit' then nullif(valued.member_code, '') end as unit_code,
        case
            when valued.kind_code = 'share' and valued.metric_value is null then 'no_base'
            when valued.target_number is null then 'no_target'
            when valued.direction_code = 'lower' and valued.metric_value <= valued.target_number
                then 'met'
            when valued.direction_code <> 'lower' and valued.metric_value >= valued.target_number
                then 'met'
            else 'missed'
        end as target_status_code,
        metrics.metric_name,
        townships.township_name,
        units.unit_name,
        metrics.unit_text,
        cast(valued.numerator as decimal(18, 4)) as numerator,
        cast(valued.denominator as decimal(18, 4)) as denominator,
        valued.metric_value,
        lag(valued.metric_value) over (
            partition by valued.metric_code, valued.scope_code, valued.member_code
            order by valued.month_start_date
        ) as previous_value,
        cast(valued.cumulative_numerator as decimal(18, 4)) as cumulative_numerator,
        cast(valued.cumulative_denominator as decimal(18, 4)) as cumulative_denominator,
        valued.cumulative_value,
        valued.target_number,
        valued.is_complete,
        metrics.is_restricted,
        valued.month_start_date
    from valued
    inner join metrics on valued.metric_code = metrics.metric_code
    left join townships
        on
            valued.scope_code = townships.scope_code
            and valued.member_code = townships.township_code
    left join units
        on valued.scope_code = units.scope_code and valued.member_code = units.unit_code

)

select * from final
