with

clues as (

    select * from {{ source('raw', 'clues') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(clue_id) as clue_id,
        nullif(trim(site_id), '') as site_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(channel_name) as channel_name,
        trim(content_text) as content_text,
        trim(place_text) as place_text,
        trim(township_name) as township_name,
        trim(village_name) as village_name,
        trim(reporter_hash) as reporter_hash,
        trim(phone_hash) as phone_hash,
        is_real_name,
        trim(transferred_unit_name) as transferred_unit_name,
        trim(result_name) as result_name,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        -- dates and times
        cast(clue_received_at as timestamp) as clue_received_at,
        cast(transferred_at as timestamp) as transferred_at,
        cast(verified_at as timestamp) as verified_at,
        cast(answered_at as timestamp) as answered_at,
        _received_at as received_at,
        min(case when transferred_at is not null then _received_at end) over (partition by clue_id)
            as transferred_reported_at,
        min(case when verified_at is not null then _received_at end) over (partition by clue_id)
            as verified_reported_at,
        min(case when answered_at is not null then _received_at end) over (partition by clue_id)
            as answered_reported_at,
        min(case when nullif(trim(case_id), '') is not null then _received_at end) over (
            partition by clue_id
        ) as case_reported_at
    from clues
    where _reject_reasons is null
    qualify row_number() over (
        partition by clue_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
