with

case_events as (

    select * from {{ source('raw', 'case_events') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(case_id) as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(state_name) as state_name,
        trim(document_number) as document_number,
        trim(counterpart_unit_name) as counterpart_unit_name,
        trim(remark_text) as remark_text,
        -- numbers
        _row_number as row_number,
        cast(amount_yuan as decimal(18, 4)) as amount_yuan,
        -- dates and times
        cast(due_date as date) as due_date,
        cast(occurred_at as timestamp) as occurred_at,
        cast(ended_at as timestamp) as ended_at,
        _received_at as received_at,
        min(_received_at) over (
            partition by
                case_id, state_name, coalesce(document_number, cast(occurred_at as varchar))
        ) as first_received_at
    from case_events
    where _reject_reasons is null
    qualify row_number() over (
        partition by case_id, state_name, coalesce(document_number, cast(occurred_at as varchar))
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
