with

sponsorships as (

    select * from {{ source('raw', 'sponsorships') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(sponsorship_id) as sponsorship_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(position_name) as position_name,
        trim(level_name) as level_name,
        trim(township_name) as township_name,
        trim(village_name) as village_name,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        _received_at as received_at
    from sponsorships
    where _reject_reasons is null

)

select * from final
