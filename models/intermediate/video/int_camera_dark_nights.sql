with

nights as (

    select * from {{ ref('int_camera_nights') }}

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

spelled as (

    select
        *,
        min(night_date) over (partition by camera_id, spell_number) as first_night_date,
        count(*) over (partition by camera_id, spell_number) as night_count
    from numbered

),

final as (

    select
        {{ hash_id(['camera_id', 'first_night_date']) }} as camera_dark_spell_id,
        camera_id,
        delivery_sha256,
        file_name,
        sheet_name,
        row_number,
        offline_night_minutes,
        night_date
    from spelled
    where night_count >= {{ setting('camera_dark_nights_min') }}

)

select * from final
