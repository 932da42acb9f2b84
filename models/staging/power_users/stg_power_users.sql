with

power_users as (

    select * from {{ source('raw', 'power_users') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(meter_id) as meter_id,
        nullif(trim(township_code), '') as township_code,
        nullif(trim(village_code), '') as village_code,
        nullif(trim(site_id), '') as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(power_user_name) as power_user_name,
        trim(electricity_kind_name) as electricity_kind_name,
        trim(industry_name) as industry_name,
        trim(voltage_name) as voltage_name,
        trim(user_state_name) as user_state_name,
        trim(address_text) as address_text,
        trim(crs_name) as crs_name,
        is_key_monitored,
        -- numbers
        _row_number as row_number,
        cast(contract_capacity_kva as decimal(18, 4)) as contract_capacity_kva,
        cast(running_capacity_kva as decimal(18, 4)) as running_capacity_kva,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        cast(total_factor as decimal(18, 4)) as total_factor,
        -- dates and times
        cast(opened_date as date) as opened_date,
        cast(closed_date as date) as closed_date,
        _received_at as received_at
    from power_users
    where _reject_reasons is null

)

select * from final
