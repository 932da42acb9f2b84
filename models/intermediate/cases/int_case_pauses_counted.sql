with

pauses as (

    select * from {{ ref('int_case_pauses') }}

),

stages as (

    select * from {{ ref('int_case_stages_reached') }}
    where filed_at is not null

),

context as (

    select as_of_at from {{ source('build', 'context') }}

),

-- The clock runs from the filing to the decision, else to the end of the case, else until today.
running as (

    select
        stages.case_id,
        stages.filed_at as clock_started_at,
        coalesce(stages.decided_at, stages.ended_at, context.as_of_at) as clock_stopped_at
    from stages
    cross join context

),

clipped as (

    select
        running.case_id,
        greatest(pauses.started_at, running.clock_started_at) as started_at,
        least(
            coalesce(pauses.ended_at, running.clock_stopped_at), running.clock_stopped_at
        ) as ended_at
    from running
    inner join pauses on running.case_id = pauses.case_id

),

-- Two pauses at once stop the clock once.
marked as (

    select
        case_id,
        started_at,
        ended_at,
        case
            when started_at <= max(ended_at) over (
                partition by case_id
                order by started_at, ended_at
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first
    from clipped
    where started_at < ended_at

),

grouped as (

    select
        case_id,
        started_at,
        ended_at,
        sum(is_first) over (
            partition by case_id
            order by started_at, ended_at
            rows between unbounded preceding and current row
        ) as standstill_number
    from marked

),

standstills as (

    select
        case_id,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from grouped
    group by case_id, standstill_number

),

final as (

    select
        case_id,
        sum({{ seconds_between('started_at', 'ended_at') }}) as paused_seconds,
        count(*) as standstill_count
    from standstills
    group by case_id

)

select * from final
