-- A cut of a line is one hole in the curves of neighbours. Nothing names the line a meter hangs on,
-- so villages stand in for it: in an hour of an outage most live meters of a village went dark, and
-- in such villages of one township enough meters in all, as many villages have one or two of them.

with

days as (

    select * from {{ ref('int_power_days_latest') }}

),

places as (

    select * from {{ ref('int_power_user_places') }}
    where township_code is not null

),

hours as (

    select
        listed.hour_number,
        listed.hour_mask
    from
        (
            values
            {% for hour in [
                0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23
            ] -%}
            ({{ hour }}, {{ 2 ** hour }}){% if not loop.last %},{% endif %}
            {% endfor %}
        ) as listed (hour_number, hour_mask)

),

-- Hours that are dark every day, as those of a pump at night, are no hole. A day without any point
-- is a failure of collection and takes no part.
holed as (

    select
        days.meter_id,
        places.township_code,
        places.neighbourhood_code,
        days.dark_hours_mask,
        bit_and(days.dark_hours_mask) over (
            partition by days.meter_id
            order by days.reading_date
            rows between 7 preceding and 1 preceding
        ) as usual_mask,
        days.reading_date
    from days
    inner join places on days.meter_id = places.meter_id
    where not days.is_collection_failure

),

-- Meters that drew something in the days before and on the day: a wholly dark day is a shutdown, as
-- of all pumps at the end of their season. Of a meter's first day nothing is known.
live as (

    select
        holed.*,
        holed.dark_hours_mask - (holed.dark_hours_mask & holed.usual_mask) as hole_mask
    from holed
    where
        holed.usual_mask <> {{ 2 ** 24 - 1 }}
        and holed.dark_hours_mask <> {{ 2 ** 24 - 1 }}

),

neighbourhoods as (

    select
        neighbourhood_code,
        reading_date,
        count(*) as live_count
    from live
    group by neighbourhood_code, reading_date

),

dark as (

    select
        live.meter_id,
        live.township_code,
        live.neighbourhood_code,
        hours.hour_number,
        live.reading_date
    from live
    inner join hours on (live.hole_mask & hours.hour_mask) <> 0

),

dark_neighbourhoods as (

    select
        dark.township_code,
        dark.neighbourhood_code,
        dark.hour_number,
        dark.reading_date,
        count(*) as dark_count
    from dark
    group by
        dark.township_code, dark.neighbourhood_code, dark.hour_number, dark.reading_date

),

outage_hours as (

    select
        dark_neighbourhoods.*,
        sum(dark_neighbourhoods.dark_count) over (
            partition by
                dark_neighbourhoods.township_code,
                dark_neighbourhoods.hour_number,
                dark_neighbourhoods.reading_date
        ) as township_dark_count
    from dark_neighbourhoods
    inner join neighbourhoods
        on
            dark_neighbourhoods.neighbourhood_code = neighbourhoods.neighbourhood_code
            and dark_neighbourhoods.reading_date = neighbourhoods.reading_date
    where
        dark_neighbourhoods.dark_count
        >= {{ setting('outage_meter_share_min') }} * neighbourhoods.live_count

),

final as (

    select
        dark.meter_id,
        dark.township_code,
        cast(count(*) as bigint) as outage_hour_count,
        cast(min(dark.hour_number) as bigint) as first_hour_number,
        cast(max(dark.hour_number) as bigint) as last_hour_number,
        cast(max(outage_hours.township_dark_count) as bigint) as outage_meter_count,
        dark.reading_date
    from dark
    inner join outage_hours
        on
            dark.neighbourhood_code = outage_hours.neighbourhood_code
            and dark.hour_number = outage_hours.hour_number
            and dark.reading_date = outage_hours.reading_date
    where outage_hours.township_dark_count >= {{ setting('outage_meters_min') }}
    group by dark.meter_id, dark.township_code, dark.reading_date
    having count(*) >= {{ setting('outage_hours_min') }}

)

select * from final
