with

events as (

    select * from {{ ref('int_case_events_ordered') }}

),

cases as (

    select * from {{ ref('fct_cases') }}

),

final as (

    select
        -- ids
        events.case_event_id,
        events.case_id,
        events.delivery_sha256,
        events.state_code,
        events.branch_code,
        cases.township_code,
        cases.handling_unit_code,
        events.counterpart_unit_code,
        -- text
        events.state_name,
        events.counterpart_unit_name,
        events.document_number,
        events.file_name,
        events.sheet_name,
        -- numbers
        events.row_number,
        events.sequence_number,
        events.round_number,
        cast(events.amount_yuan as decimal(18, 2)) as amount_yuan,
        {{ days_between('events.previous_at', 'events.occurred_at') }} as days_since_previous,
        -- booleans
        events.is_known_case,
        events.is_known_state,
        events.is_pause,
        events.is_terminal,
        events.is_ending,
        events.is_before_discovery,
        events.is_after_as_of,
        -- dates
        events.due_date,
        -- timestamps
        events.occurred_at,
        events.ended_at,
        events.received_at as reported_at
    from events
    left join cases on events.case_id = cases.case_id

)

select * from final
