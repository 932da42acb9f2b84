with

nights as (

    select * from {{ ref('int_camera_nights') }}

),

cameras as (

    select * from {{ ref('dim_cameras') }}

),

-- Dark for most of what is known of the night, and not by day: a device that is simply broken, or a
-- village without power, is dark by day as well.
dark as (

    select *
    from nights
    where
        offline_night_minutes >= {{ setting('camera_dark_minutes_min') }}
        and offline_night_minutes >= online_night_minutes
        and online_day_minutes > 0
        and offline_day_minutes
        <= {{ setting('camera_dark_day_offline_share_max') }}
        * (online_day_minutes + offline_day_minutes)

),

followed as (

    select
        dark.*,
        lag(dark.night_date) over (
            partition by dark.camera_id
            order by dark.night_date
        ) as previous_date
    from dark

),

numbered as (

    select
        followed.*,
        sum(
            case
                when
                    followed.night_date
                    <= followed.previous_date
                    + cast({{ setting('camera_dark_gap_days') }} as integer)
                    then 0
                else 1
            end
        ) over (
            partition by followed.camera_id
            order by followed.night_date
            rows between unbounded preceding and current row
        ) as spell_number
    from followed

),

ranked as (

    select
        numbered.*,
        row_number() over (
            partition by numbered.camera_id, numbered.spell_number
            order by numbered.night_date
        ) as night_rank
    from numbered

),

spells as (

    select
        camera_id,
        min(case when night_rank = 1 then delivery_sha256 end) as delivery_sha256,
        min(case when night_rank = 1 then file_name end) as file_name,
        min(case when night_rank = 1 then sheet_name end) as sheet_name,
        min(case when night_rank = 1 then row_number end) as row_number,
        count(*) as night_count,
        cast(sum(offline_night_minutes) as bigint) as offline_minutes,
        min(night_date) as first_night_date,
        max(night_date) as last_night_date
    from ranked
    group by camera_id, spell_number

),

final as (

    select
        {{ hash_id(['spells.camera_id', 'spells.first_night_date']) }} as camera_dark_spell_id,
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
    where spells.night_count >= {{ setting('camera_dark_nights_min') }}

)

select * from final
