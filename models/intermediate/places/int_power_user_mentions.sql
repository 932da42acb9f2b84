with

power_users as (

    select * from {{ ref('stg_power_users') }}

),

final as (

    select
        {{ hash_id(["'power_user'", 'meter_id']) }} as mention_id,
        meter_id,
        site_id as stated_site_id,
        township_code as stated_township_text,
        village_code as stated_village_text,
        address_text as location_text,
        crs_name,
        longitude,
        latitude
    from power_users
    qualify row_number() over (
        partition by meter_id
        order by
            received_at desc, file_name desc, delivery_sha256 desc,
            sheet_name desc nulls last, row_number desc
    ) = 1

)

select * from final
