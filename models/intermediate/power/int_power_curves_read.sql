-- The feed is read for it at every build, as far back as alerts are shown, so the days of a few
-- meters are picked out before they become a row a point.

with

chosen as (

    select * from {{ ref('int_power_alert_days_chosen') }}

),

days as (

    select * from {{ ref('int_power_days_compared') }}

),

calendar as (

    select * from {{ ref('int_working_days') }}

),

readings as (

    select * from {{ ref('stg_power_readings') }}
    where data_type = 1

),

points as (

    select listed.point_number
    from
        (
            values {{ over_points('({n})', ', ') }}
        ) as listed (point_number)

),

settings as (

    select
        cast({{ setting('baseline_history_days') }} as bigint) as history_days,
        {{ setting('baseline_completeness_min_pct') }} as completeness_min_pct

),

needed as (

    select distinct
        days.meter_id,
        days.delivery_sha256,
        days.row_number,
        days.is_working_day,
        days.reading_date,
        calendar.day_number,
        not days.is_outage and days.completeness_pct >= settings.completeness_min_pct as is_known
    from chosen
    cross join settings
    inner join days
        on chosen.meter_id = days.meter_id and chosen.is_working_day = days.is_working_day
    inner join calendar
        on
            days.reading_date = calendar.calendar_date
            and calendar.day_number between chosen.day_number - settings.history_days
            and chosen.day_number

),

curves as (

    select
        needed.*,
        coalesce(cast(readings.t_factor as double), 1) as t_factor,
        {{ over_points('readings.{p}', ', ') }}
    from needed
    inner join readings
        on
            needed.delivery_sha256 = readings.delivery_sha256
            and needed.row_number = readings.row_number
            and needed.meter_id = readings.meter_id
            and needed.reading_date = readings.reading_date

),

final as (

    select
        curves.meter_id,
        curves.day_number,
        cast(points.point_number as bigint) as point_number,
        try_cast(round(
            cast(
                case points.point_number {{ over_points('when {n} then curves.{p}', ' ') }} end
                as double
            ) * curves.t_factor, 3
        ) as decimal(18, 3)) as power_kw,
        curves.is_working_day,
        curves.is_known,
        curves.reading_date
    from curves
    cross join points

)

select * from final
