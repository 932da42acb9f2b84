with

events as (

    select * from {{ ref('int_case_events_ordered') }}
    where not is_after_as_of

),

filing as (

    select stage_number from {{ ref('case_states') }}
    where state_code = 'FILING'

),

pauses as (

    select * from events
    where is_pause

),

-- Work that goes on, or a case that is over, ends a pause nobody ended in writing.
resuming as (

    select
        events.case_id,
        events.sequence_number,
        events.occurred_at
    from events
    cross join filing
    where
        events.state_code = 'RESUME'
        or events.is_ending
        or events.stage_number > filing.stage_number

),

final as (

    select
        pauses.case_event_id,
        pauses.case_id,
        pauses.state_code,
        pauses.occurred_at as started_at,
        coalesce(pauses.ended_at, min(resuming.occurred_at)) as ended_at
    from pauses
    left join resuming
        on
            pauses.case_id = resuming.case_id
            and pauses.sequence_number < resuming.sequence_number
    group by
        pauses.case_event_id, pauses.case_id, pauses.state_code, pauses.occurred_at,
        pauses.ended_at

)

select * from final
