with

nights as (

    select * from {{ ref('int_camera_dark_nights') }}

),

cameras as (

    select * from {{ ref('dim_cameras') }}

),

final as (

    select
        {{ hash_id(['nights.camera_id', 'nights.night_date']) }} as camera_dark_night_id,
        nights.camera_dark_spell_id,
        nights.camera_id,
        nights.delivery_sha256,
        cameras.township_code,
        cameras.camera_name,
        nights.file_name,
        nights.sheet_name,
        nights.row_number,
        nights.offline_night_minutes as offline_minutes,
        nights.night_date
    from nights
    inner join cameras on nights.camera_id = cameras.camera_id

)

select * from final
