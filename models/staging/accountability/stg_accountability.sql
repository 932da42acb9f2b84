with

accountability as (

    select * from {{ source('raw', 'accountability') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(accountability_id) as accountability_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(action_text) as action_text,
        -- numbers
        _row_number as row_number,
        cast(person_count as bigint) as person_count,
        -- dates and times
        cast(received_date as date) as received_date,
        cast(closed_date as date) as closed_date,
        cast(published_date as date) as published_date,
        _received_at as received_at,
        min(_received_at) over (partition by accountability_id) as first_received_at,
        min(case when closed_date is not null then _received_at end) over (
            partition by accountability_id
        ) as closed_reported_at
    from accountability
    where _reject_reasons is null
    qualify row_number() over (
        partition by accountability_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
