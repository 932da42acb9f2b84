with

video_verifications as (

    select * from {{ source('raw', 'video_verifications') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(event_id) as event_id,
        nullif(trim(case_id), '') as case_id,
        nullif(trim(clue_id), '') as clue_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(verifying_unit_name) as verifying_unit_name,
        trim(result_name) as result_name,
        trim(disposition_text) as disposition_text,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(verified_at as timestamp) as verified_at,
        cast(disposed_at as timestamp) as disposed_at,
        _received_at as received_at,
        min(_received_at) over (partition by event_id) as first_received_at
    from video_verifications
    where _reject_reasons is null
    qualify row_number() over (
        partition by event_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
