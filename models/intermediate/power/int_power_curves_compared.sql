-- Points, not energy: which hours of a day are odd. The whole feed is read for it, so the days of a
-- few alerts are picked out before they are turned into a row a point.

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
            values
            {% for number in range(1, 97) -%}
            ({{ number }}){% if not loop.last %}, {% endif %}
            {%- endfor %}
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
        settings.history_days,
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

pointed as (

    select
        curves.*,
        points.point_number,
        try_cast(round(
            cast(
                case points.point_number {{ over_points('when {n} then curves.{p}', ' ') }} end
                as double
            ) * curves.t_factor, 3
        ) as decimal(18, 3)) as power_kw
    from curves
    cross join points

),

known as (

    select
        *,
        case when is_known then cast(power_kw as double) end as known_kw
    from pointed

),

remembered as (

    {%- set history = [
        'known_kw', 'meter_id, is_working_day, point_number', 'day_number', 'history_days'
    ] %}
    select
        known.*,
        {{ count_before(*history) }} as known_day_count,
        {{ median_before(*history) }} as median_kw,
        {{ mad_before(*history) }} as mad_kw
    from known

),

shown as (

    select distinct
        meter_id,
        curve_date
    from chosen

),

final as (

    select
        remembered.meter_id,
        cast(remembered.point_number as bigint) as point_number,
        remembered.power_kw,
        cast(remembered.known_day_count as bigint) as known_day_count,
        remembered.median_kw,
        remembered.mad_kw,
        remembered.reading_date
    from remembered
    inner join shown
        on
            remembered.meter_id = shown.meter_id
            and remembered.reading_date = shown.curve_date

)

select * from final
