with

sites as (

    select * from {{ source('raw', 'sites') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        nullif(trim(site_id), '') as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(site_name) as site_name,
        trim(class_name) as class_name,
        trim(township_name) as township_name,
        trim(village_name) as village_name,
        trim(small_place_name) as small_place_name,
        trim(crs_name) as crs_name,
        trim(mineral_text) as mineral_text,
        trim(licence_number) as licence_number,
        warning_sign_code,
        responsibility_plate_code,
        trim(county_unit_name) as county_unit_name,
        trim(township_grid_member_name) as township_grid_member_name,
        trim(village_grid_member_name) as village_grid_member_name,
        trim(grid_area_text) as grid_area_text,
        trim(grid_duty_text) as grid_duty_text,
        trim(production_state_name) as production_state_name,
        key_area_code,
        trim(responsible_enterprise_name) as responsible_enterprise_name,
        trim(deregistered_reason) as deregistered_reason,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        -- dates and times
        cast(licence_from_date as date) as licence_from_date,
        cast(licence_to_date as date) as licence_to_date,
        cast(closed_date as date) as closed_date,
        cast(registered_date as date) as registered_date,
        cast(deregistered_date as date) as deregistered_date,
        _received_at as received_at
    from sites
    where _reject_reasons is null

)

select * from final
