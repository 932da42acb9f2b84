with

deadlines as (

    select * from {{ ref('deadlines') }}

),

obligations as (

    select * from {{ ref('int_obligations_judged') }}
    where kind_code = 'dated' and status != 'waived'

),

townships as (

    select * from {{ ref('int_townships_dated') }}
    where is_current

),

weeks as (

    select distinct
        deadline_code,
        started_at
    from {{ ref('int_deadline_weeks') }}

),

-- Evidence without a date is known from its report on.
named as (

    select
        deadlines.deadline_code,
        obligations.obligation_id,
        townships.township_code,
        deadlines.due_date as deadline_due_date,
        obligations.due_date,
        weeks.started_at as deadline_started_at,
        coalesce(obligations.started_at, weeks.started_at) as started_at,
        case
            when obligations.evidence_id is not null
                then
                    coalesce(
                        obligations.fulfilled_at,
                        obligations.reported_at,
                        obligations.started_at,
                        weeks.started_at
                    )
        end as done_at,
        min(cast(obligations.started_at as date)) over (
            partition by deadlines.deadline_code, obligations.rule_code
        ) as first_listed_date
    from deadlines
    inner join weeks on deadlines.deadline_code = weeks.deadline_code
    inner join obligations
        on instr('|' || deadlines.rule_codes || '|', '|' || obligations.rule_code || '|') > 0
    left join townships on obligations.township_code = townships.township_code

),

final as (

    select
        deadline_code,
        obligation_id,
        township_code,
        coalesce(
            done_at < cast(deadline_due_date as timestamp) + interval '1' day, false
        ) as is_done_in_time,
        due_date,
        -- The first list is the plan with which work started, however late it came; what a later
        -- one adds was not planned before.
        case
            when coalesce(cast(started_at as date) <= first_listed_date, true)
                then deadline_started_at
            else least(started_at, coalesce(done_at, started_at))
        end as planned_from_at,
        done_at
    from named

)

select * from final
