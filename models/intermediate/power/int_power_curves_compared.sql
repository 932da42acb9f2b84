-- Points, not energy: which hours of a day are odd. Medians are taken of groups: the moving ones of
-- int_power_days_compared cost seven times as much here.

with

chosen as (

    select * from {{ ref('int_power_alert_days_chosen') }}

),

pointed as (

    select * from {{ ref('int_power_curves_read') }}

),

settings as (

    select cast({{ setting('baseline_history_days') }} as bigint) as history_days

),

shown as (

    select distinct
        chosen.meter_id,
        chosen.day_number,
        chosen.day_number - settings.history_days as first_day_number,
        chosen.is_working_day,
        chosen.curve_date
    from chosen
    cross join settings

),

usual as (

    select
        shown.meter_id,
        shown.curve_date,
        pointed.point_number,
        cast(pointed.power_kw as double) as known_kw
    from shown
    inner join pointed
        on
            shown.meter_id = pointed.meter_id
            and shown.is_working_day = pointed.is_working_day
            and pointed.day_number between shown.first_day_number and shown.day_number - 1
    where pointed.is_known and pointed.power_kw is not null

),

centred as (

    select
        meter_id,
        curve_date,
        point_number,
        count(*) as known_day_count,
        {{ median_of('known_kw') }} as median_kw
    from usual
    group by meter_id, curve_date, point_number

),

spread as (

    select
        usual.meter_id,
        usual.curve_date,
        usual.point_number,
        {{ median_of('abs(usual.known_kw - centred.median_kw)') }} as mad_kw
    from usual
    inner join centred
        on
            usual.meter_id = centred.meter_id
            and usual.curve_date = centred.curve_date
            and usual.point_number = centred.point_number
    group by usual.meter_id, usual.curve_date, usual.point_number

),

final as (

    select
        pointed.meter_id,
        pointed.point_number,
        pointed.power_kw,
        coalesce(centred.known_day_count, 0) as known_day_count,
        centred.median_kw,
        spread.mad_kw,
        pointed.reading_date
    from shown
    inner join pointed
        on shown.meter_id = pointed.meter_id and shown.curve_date = pointed.reading_date
    left join centred
        on
            pointed.meter_id = centred.meter_id
            and pointed.reading_date = centred.curve_date
            and pointed.point_number = centred.point_number
    left join spread
        on
            pointed.meter_id = spread.meter_id
            and pointed.reading_date = spread.curve_date
            and pointed.point_number = spread.point_number

)

select * from final
