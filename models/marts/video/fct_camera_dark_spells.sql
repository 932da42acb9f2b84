with

nights as (

    select
        *,
        row_number() over (
            partition by camera_dark_spell_id
            order by night_date
        ) as night_rank
    from {{ ref('int_camera_dark_nights') }}

),

cameras as (

    select * from {{ ref('dim_cameras') }}

),

spells as (

    select
        camera_dark_spell_id,
        camera_id,
        min(case when night_rank = 1 then delivery_sha256 end) as delivery_sha256,
        min(case when night_rank = 1 then file_name end) as file_name,
        min(case when night_rank = 1 then sheet_name end) as sheet_name,
        min(case when night_rank = 1 then row_number end) as row_number,
        count(*) as night_count,
        cast(sum(offline_night_minutes) as bigint) as offline_minutes,
        min(night_date) as first_night_date,
        max(night_date) as last_night_date
    from nights
    group by camera_dark_spell_id, camera_id

),

final as (

    select
        spells.camera_dark_spell_id,
        spells.camera_id,
        spells.delivery_sha256,
        cameras.township_code,
        cameras.village_code,
        cameras.site_id,
        cameras.camera_name,
        cameras.township_name,
        cameras.village_name,
        cameras.site_name,
        spells.file_name,
        spells.sheet_name,
        spells.row_number,
        spells.night_count,
        spells.offline_minutes,
        cameras.longitude,
        cameras.latitude,
        spells.first_night_date,
        spells.last_night_date
    from spells
    inner join cameras on spells.camera_id = cameras.camera_id

)

select * from final
