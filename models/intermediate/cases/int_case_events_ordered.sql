with

events as (

    select * from {{ ref('int_case_events_merged') }}

),

states as (

    select * from {{ ref('case_states') }}

),

cases as (

    select
        case_id,
        discovered_date
    from {{ ref('stg_cases') }}

),

context as (

    select as_of_at from {{ source('build', 'context') }}

),

-- A hearing that is set for next week has not been held.
numbered as (

    select
        events.*,
        states.branch_code,
        states.stage_number,
        states.amount_kind_code,
        row_number() over (
            partition by events.case_id
            order by
                events.occurred_at asc,
                states.sort_number asc nulls last,
                events.case_event_id asc
        ) as sequence_number,
        lag(events.occurred_at) over (
            partition by events.case_id
            order by
                events.occurred_at asc,
                states.sort_number asc nulls last,
                events.case_event_id asc
        ) as previous_at,
        cases.case_id is not null as is_known_case,
        states.state_code is not null as is_known_state,
        coalesce(states.is_pause, false) as is_pause,
        coalesce(states.is_terminal, false) as is_terminal,
        coalesce(states.is_ending, false) as is_ending,
        events.occurred_at > context.as_of_at as is_after_as_of,
        coalesce(
            events.occurred_at < cast(cases.discovered_date as timestamp), false
        ) as is_before_discovery
    from events
    cross join context
    left join states on events.state_code = states.state_code
    left join cases on events.case_id = cases.case_id

),

counted as (

    select
        *,
        count(case when is_ending and not is_after_as_of then 1 end) over (
            partition by case_id
            order by sequence_number
            rows between unbounded preceding and current row
        ) as ending_count
    from numbered

),

-- 撤案 and filed again: the case begins anew, and what its first round came to counts no longer. A
-- filing written again without an ending between begins nothing.
filings as (

    select
        case_event_id,
        ending_count > coalesce(
            lag(ending_count) over (partition by case_id order by sequence_number), 0
        ) as is_new_round
    from counted
    where state_code = 'FILING' and not is_after_as_of

),

final as (

    select
        counted.case_event_id,
        counted.delivery_sha256,
        counted.case_id,
        counted.state_code,
        counted.branch_code,
        counted.amount_kind_code,
        counted.counterpart_unit_code,
        counted.counterpart_unit_name,
        counted.state_name,
        counted.document_number,
        counted.file_name,
        counted.sheet_name,
        counted.row_number,
        counted.sequence_number,
        counted.stage_number,
        1 + count(case when filings.is_new_round then 1 end) over (
            partition by counted.case_id
            order by counted.sequence_number
            rows between unbounded preceding and current row
        ) as round_number,
        counted.amount_yuan,
        counted.writing_count,
        counted.is_known_case,
        counted.is_known_state,
        counted.is_pause,
        counted.is_terminal,
        counted.is_ending,
        counted.is_after_as_of,
        counted.is_before_discovery,
        counted.due_date,
        counted.previous_at,
        counted.occurred_at,
        counted.ended_at,
        counted.received_at
    from counted
    left join filings on counted.case_event_id = filings.case_event_id

)

select * from final
