with

context as (

    select * from {{ source('build', 'context') }}

),

deadlines as (

    select * from {{ ref('deadlines') }}

),

rules as (

    select * from {{ ref('int_obligation_rules') }}
    where kind_code = 'dated'

),

weeks as (

    select * from {{ ref('int_periods') }}
    where period_kind_code = 'week'

),

-- Work towards a deadline starts on the day from which the first of its duties is owed.
started as (

    select
        deadlines.deadline_code,
        cast(min(rules.valid_from_date) as timestamp) as started_at
    from deadlines
    inner join rules
        on instr('|' || deadlines.rule_codes || '|', '|' || rules.rule_code || '|') > 0
    group by deadlines.deadline_code

),

-- The running week is measured as it stands now.
measured as (

    select
        started.deadline_code,
        weeks.period_end_date >= cast(context.as_of_at as date) as is_open,
        weeks.period_start_date as week_start_date,
        weeks.period_end_date as week_end_date,
        started.started_at,
        least(
            cast(weeks.period_end_date + interval '1' day as timestamp), context.as_of_at
        ) as measured_at
    from started
    cross join context
    inner join weeks
        on
            cast(started.started_at as date) <= weeks.period_end_date
            and cast(context.as_of_at as date) >= weeks.period_start_date
    where context.as_of_at >= started.started_at

),

final as (

    select
        deadline_code,
        is_open,
        week_start_date,
        week_end_date,
        started_at,
        greatest(
            started_at,
            measured_at
            - cast({{ setting('deadline_pace_weeks') }} * 7 as bigint) * interval '1' day
        ) as pace_from_at,
        measured_at
    from measured

)

select * from final
