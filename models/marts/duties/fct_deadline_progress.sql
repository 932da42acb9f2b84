with

counted as (

    select * from {{ ref('int_deadline_weeks_counted') }}

),

deadlines as (

    select * from {{ ref('dim_deadlines') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

-- As many days as the rest takes at the pace of the weeks before: it is finished on the last one.
-- Where nothing was done lately there is no such day, and none is made up.
forecast as (

    select
        counted.*,
        counted.planned_count - counted.done_count as remaining_count,
        case
            when counted.planned_count = 0 then 'nothing_planned'
            when counted.planned_count = counted.done_count then 'finished'
            when counted.recent_done_count = 0 then 'stalled'
            else 'forecast'
        end as forecast_code,
        cast(
            ceil(
                (counted.planned_count - counted.done_count)
                * counted.pace_days
                / nullif(counted.recent_done_count, 0)
            ) as bigint
        ) as days_to_go
    from counted

),

dated as (

    select
        forecast.*,
        cast(
            case forecast.forecast_code
                when 'finished' then forecast.last_done_at
                when 'forecast'
                    then
                        forecast.measured_at
                        + forecast.days_to_go * interval '1' day
                        - interval '1' second
            end as date
        ) as forecast_date
    from forecast

),

final as (

    select
        {{ hash_id([
            'dated.deadline_code', 'dated.scope_code', 'dated.township_code', 'dated.week_start_date'
        ]) }} as deadline_progress_id,
        dated.deadline_code,
        deadlines.clause_code,
        deadlines.certainty_code,
        dated.scope_code,
        dated.township_code,
        dated.forecast_code,
        deadlines.deadline_name,
        townships.township_name,
        dated.planned_count,
        dated.due_count,
        dated.done_count,
        dated.done_in_time_count,
        dated.remaining_count,
        dated.recent_done_count,
        cast(
            round(cast(dated.done_count as double) * 100 / nullif(dated.planned_count, 0), 2)
            as decimal(5, 2)
        ) as done_pct,
        cast(
            round(dated.recent_done_count * 7 / nullif(dated.pace_days, 0), 2) as decimal(12, 2)
        ) as pace_per_week,
        cast(
            {{ seconds_between(
                'cast(deadlines.due_date as timestamp)', 'cast(dated.forecast_date as timestamp)'
            ) }} / 86400e0 as bigint
        ) as days_after_due,
        dated.is_open,
        dated.week_start_date,
        dated.week_end_date,
        deadlines.due_date,
        dated.forecast_date,
        dated.measured_at
    from dated
    inner join deadlines on dated.deadline_code = deadlines.deadline_code
    left join townships on dated.township_code = townships.township_code

)

select * from final
