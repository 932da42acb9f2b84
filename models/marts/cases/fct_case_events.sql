with

events as (

    select * from {{ ref('int_case_events_ordered') }}

),

final as (

    select
        -- ids
        case_event_id,
        case_id,
        delivery_sha256,
        state_code,
        branch_code,
        counterpart_unit_code,
        -- text
        state_name,
        counterpart_unit_name,
        document_number,
        file_name,
        sheet_name,
        -- numbers
        row_number,
        sequence_number,
        round_number,
        cast(amount_yuan as decimal(18, 2)) as amount_yuan,
        {{ days_between('previous_at', 'occurred_at') }} as days_since_previous,
        -- booleans
        is_known_case,
        is_known_state,
        is_pause,
        is_terminal,
        is_ending,
        is_before_discovery,
        is_after_as_of,
        -- dates
        due_date,
        -- timestamps
        occurred_at,
        ended_at,
        received_at as reported_at
    from events

)

select * from final
