with

weeks as (

    select * from {{ ref('int_deadline_weeks') }}

),

things as (

    select * from {{ ref('int_deadline_things') }}

),

townships as (

    select * from {{ ref('int_townships_dated') }}
    where is_current

),

scopes as (

    select
        'county' as scope_code,
        cast(null as varchar) as township_code
    union all
    select
        'no_township' as scope_code,
        cast(null as varchar) as township_code
    union all
    select
        'township' as scope_code,
        township_code
    from townships

),

-- Each thing counts twice: for the county, and for its township or as one that belongs to none.
scoped as (

    select
        things.*,
        'county' as scope_code,
        'county' as scope_key
    from things
    union all
    select
        things.*,
        case when township_code is null then 'no_township' else 'township' end as scope_code,
        coalesce(township_code, 'no_township') as scope_key
    from things

),

final as (

    select
        weeks.deadline_code,
        scopes.scope_code,
        scopes.township_code,
        count(scoped.obligation_id) as planned_count,
        count(
            case when scoped.due_date <= weeks.week_end_date then scoped.obligation_id end
        ) as due_count,
        count(
            case when scoped.done_at < weeks.measured_at then scoped.obligation_id end
        ) as done_count,
        count(
            case
                when scoped.done_at < weeks.measured_at and scoped.is_done_in_time
                    then scoped.obligation_id
            end
        ) as done_in_time_count,
        count(
            case
                when scoped.done_at < weeks.measured_at and scoped.done_at >= weeks.pace_from_at
                    then scoped.obligation_id
            end
        ) as recent_done_count,
        {{ seconds_between('weeks.pace_from_at', 'weeks.measured_at') }} / 86400e0 as pace_days,
        weeks.is_open,
        weeks.week_start_date,
        weeks.week_end_date,
        max(
            case when scoped.done_at < weeks.measured_at then scoped.done_at end
        ) as last_done_at,
        weeks.measured_at
    from weeks
    cross join scopes
    left join scoped
        on
            weeks.deadline_code = scoped.deadline_code
            and scopes.scope_code = scoped.scope_code
            and coalesce(scopes.township_code, scopes.scope_code) = scoped.scope_key
            and weeks.measured_at > scoped.planned_from_at
    group by
        weeks.deadline_code,
        scopes.scope_code,
        scopes.township_code,
        weeks.is_open,
        weeks.week_start_date,
        weeks.week_end_date,
        weeks.pace_from_at,
        weeks.measured_at

)

select * from final
