with

chosen as (

    select * from {{ ref('int_power_alert_days_chosen') }}

),

curves as (

    select * from {{ ref('int_power_curves_compared') }}

),

settings as (

    select
        {{ setting('curve_shift_slots') }} as shift_slots,
        {{ setting('night_start_slot') }} - {{ setting('curve_shift_slots') }} as evening_point,
        {{ setting('night_end_slot') }} - {{ setting('curve_shift_slots') }} as morning_point,
        {{ setting('baseline_days_min') }} as days_min,
        {{ setting('curve_band_mads') }} as band_mads

),

final as (

    select
        chosen.power_alert_id,
        chosen.meter_id,
        curves.point_number,
        cast(15 * (curves.point_number - 1 + settings.shift_slots) as bigint) as minute_number,
        curves.known_day_count as baseline_day_count,
        curves.power_kw,
        case
            when curves.known_day_count >= settings.days_min
                then try_cast(round(curves.median_kw, 3) as decimal(18, 3))
        end as usual_kw,
        case
            when curves.known_day_count >= settings.days_min
                then try_cast(round(
                    greatest(curves.median_kw - settings.band_mads * curves.mad_kw, 0), 3
                ) as decimal(18, 3))
        end as usual_low_kw,
        case
            when curves.known_day_count >= settings.days_min
                then try_cast(round(
                    curves.median_kw + settings.band_mads * curves.mad_kw, 3
                ) as decimal(18, 3))
        end as usual_high_kw,
        chosen.is_working_day,
        -- The same two runs of points that the night's energy is summed over.
        curves.point_number >= settings.evening_point
        or curves.point_number <= settings.morning_point as is_night,
        chosen.curve_date
    from chosen
    inner join curves
        on chosen.meter_id = curves.meter_id and chosen.curve_date = curves.reading_date
    cross join settings

)

select * from final
