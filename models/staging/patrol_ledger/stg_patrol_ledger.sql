with

ledger as (

    select * from {{ source('raw', 'patrol_ledger') }}

),

final as (

    select
        -- ids
        {{ hash_id(['_delivery_sha256', '_form_number', '_sheet', '_row_number']) }} as patrol_id,
        {{ hash_id(['_delivery_sha256', '_form_number']) }} as form_id,
        _delivery_sha256 as delivery_sha256,
        nullif(trim(site_id), '') as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(reporting_unit_name) as reporting_unit_name,
        trim(preparer_name) as preparer_name,
        trim(patroller_text) as patroller_text,
        trim(location_text) as location_text,
        trim(mineral_text) as mineral_text,
        mining_licence_code,
        shallow_coal_code,
        illegal_mining_code,
        out_of_bounds_code,
        violation_code,
        trim(disposition_text) as disposition_text,
        trim(remark_text) as remark_text,
        trim(period_text) as period_text,
        trim(patrol_level) as level_text,
        trim(photo_text) as photo_text,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        -- dates and times
        cast(filled_date as date) as filled_date,
        cast(patrol_date as date) as patrol_date,
        cast(arrived_at as timestamp) as arrived_at,
        _received_at as received_at
    from ledger
    where _reject_reasons is null

)

select * from final
