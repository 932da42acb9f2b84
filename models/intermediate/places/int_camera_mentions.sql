with

cameras as (

    select * from {{ ref('stg_cameras') }}

),

final as (

    select
        {{ hash_id(["'camera'", 'device_id']) }} as mention_id,
        device_id,
        township_name as stated_township_text,
        village_name as stated_village_text,
        {{ with_stated_place('township_name', 'village_name', 'camera_name') }} as location_text,
        crs_name,
        longitude,
        latitude
    from cameras

)

select * from final
