with

clocks as (

    select * from {{ ref('int_clocks_started') }}
    where
        subject_type = 'case' and pause_event_codes is not null

),

pauses as (

    select * from {{ ref('int_case_pauses') }}

),

events as (

    select * from {{ ref('int_case_events_ordered') }}
    where not is_after_as_of

),

days as (

    select * from {{ ref('int_working_days') }}

),

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

-- While the police decide, the authority can only wait.
standing_still as (

    select
        case_id,
        state_code,
        started_at,
        ended_at
    from pauses
    union all
    select
        sent.case_id,
        sent.state_code,
        sent.occurred_at as started_at,
        min(decided.occurred_at) as ended_at
    from events as sent
    left join events as decided
        on
            sent.case_id = decided.case_id
            and sent.sequence_number < decided.sequence_number
            and decided.state_code in ('PSB_FILED', 'PSB_REFUSED')
    where sent.state_code = 'XFER_SENT'
    group by sent.case_id, sent.state_code, sent.case_event_id, sent.occurred_at

),

-- Counted in days of the rule's kind from the start of its clock; a pause that lasts counts until
-- today.
counted as (

    select
        clocks.rule_code,
        clocks.subject_id,
        clocks.trigger_id,
        clocks.limit_number,
        clocks.extension_number,
        greatest(
            case clocks.limit_unit_code
                when 'working_day'
                    then from_days.working_day_number - first_days.working_day_number
                else from_days.day_number - first_days.day_number
            end,
            0
        ) as from_number,
        case clocks.limit_unit_code
            when 'working_day' then to_days.working_day_number - first_days.working_day_number
            else to_days.day_number - first_days.day_number
        end as to_number
    from clocks
    cross join context
    inner join standing_still
        on
            clocks.subject_id = standing_still.case_id
            and instr(
                '|' || clocks.pause_event_codes || '|', '|' || standing_still.state_code || '|'
            ) > 0
    inner join days as first_days on cast(clocks.started_at as date) = first_days.calendar_date
    inner join days as from_days
        on cast(standing_still.started_at as date) = from_days.calendar_date
    inner join days as to_days
        on
            least(
                coalesce(cast(standing_still.ended_at as date), context.as_of_date),
                context.as_of_date
            ) = to_days.calendar_date

),

-- Two pauses at once stop the clock once.
marked as (

    select
        *,
        case
            when from_number <= max(to_number) over (
                partition by rule_code, subject_id, trigger_id
                order by from_number, to_number
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first
    from counted
    where from_number < to_number

),

grouped as (

    select
        *,
        sum(is_first) over (
            partition by rule_code, subject_id, trigger_id
            order by from_number, to_number
            rows between unbounded preceding and current row
        ) as standstill_number
    from marked

),

standstills as (

    select
        rule_code,
        subject_id,
        trigger_id,
        min(limit_number) as limit_number,
        min(extension_number) as extension_number,
        min(from_number) as from_number,
        max(to_number) as to_number
    from grouped
    group by rule_code, subject_id, trigger_id, standstill_number

),

-- How much of the limit had run when it began to stand still.
final as (

    select
        *,
        from_number - coalesce(
            sum(to_number - from_number) over (
                partition by rule_code, subject_id, trigger_id
                order by from_number
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as run_number
    from standstills

)

select * from final
