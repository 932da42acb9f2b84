with

meetings as (

    select * from {{ source('raw', 'meetings') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(group_name) as group_name,
        trim(kind_name) as kind_name,
        trim(minutes_number) as minutes_number,
        -- numbers
        _row_number as row_number,
        cast(decision_count as bigint) as decision_count,
        cast(closed_count as bigint) as closed_count,
        -- dates and times
        cast(meeting_date as date) as meeting_date,
        _received_at as received_at,
        min(_received_at) over (partition by group_name, meeting_date) as first_received_at
    from meetings
    where _reject_reasons is null
    qualify row_number() over (
        partition by group_name, meeting_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
