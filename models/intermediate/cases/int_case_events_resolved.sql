with

events as (

    select * from {{ ref('stg_case_events') }}

),

states as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'case_state'

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

organisations as (

    select * from {{ ref('int_organisations_named') }}

),

final as (

    select
        -- What staging holds once per.
        {{ hash_id([
            'events.case_id', 'events.state_name',
            'coalesce(events.document_number, cast(events.occurred_at as varchar))'
        ]) }} as case_event_id,
        events.delivery_sha256,
        events.case_id,
        states.value_code as state_code,
        coalesce(states.value_code, {{ normalised_place_name('events.state_name') }}) as state_key,
        units.unit_code as counterpart_unit_code,
        -- A decision is served on the party, who may be a person.
        coalesce(units.unit_name, organisations.organisation_name) as counterpart_unit_name,
        coalesce(states.value_name, events.state_name) as state_name,
        nullif({{ normalised_place_name('events.document_number') }}, '') as document_number,
        events.file_name,
        events.sheet_name,
        events.row_number,
        events.amount_yuan,
        cast(cast(events.occurred_at as date) as timestamp) = events.occurred_at as is_date_only,
        events.due_date,
        events.occurred_at,
        -- An end before the beginning is a slip and ends nothing.
        case when events.ended_at >= events.occurred_at then events.ended_at end as ended_at,
        events.received_at,
        events.first_received_at
    from events
    left join states
        on {{ normalised_place_name('events.state_name') }} = states.name_text
    left join units
        on {{ normalised_place_name('events.counterpart_unit_name') }} = units.name_text
    left join organisations on events.counterpart_unit_name = organisations.written_name

)

select * from final
