with

transfers as (

    select * from {{ source('raw', 'transfers') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(transfer_id) as transfer_id,
        nullif(trim(case_id), '') as case_id,
        nullif(trim(clue_id), '') as clue_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(kind_name) as kind_name,
        trim(from_unit_name) as from_unit_name,
        trim(to_unit_name) as to_unit_name,
        trim(result_text) as result_text,
        trim(link_name) as link_name,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(transferred_at as timestamp) as transferred_at,
        cast(acknowledged_at as timestamp) as acknowledged_at,
        cast(answered_at as timestamp) as answered_at,
        _received_at as received_at,
        min(_received_at) over (partition by transfer_id) as first_received_at,
        min(case when acknowledged_at is not null then _received_at end) over (
            partition by transfer_id
        ) as acknowledged_reported_at,
        min(case when answered_at is not null then _received_at end) over (partition by transfer_id)
            as answered_reported_at
    from transfers
    where _reject_reasons is null
    qualify row_number() over (
        partition by transfer_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
