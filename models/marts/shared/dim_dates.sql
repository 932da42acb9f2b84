with

days as (

    select * from {{ ref('int_working_days') }}

),

final as (

    select
        holiday_name,
        cast(extract(year from calendar_date) as bigint) as year_number,
        cast(extract(quarter from calendar_date) as bigint) as quarter_number,
        cast(extract(month from calendar_date) as bigint) as month_number,
        -- A week belongs to the year of its Thursday.
        cast(extract(year from week_start_date + interval '3' day) as bigint) as iso_year_number,
        cast(
            floor((extract(doy from week_start_date + interval '3' day) + 6) / 7) as bigint
        ) as iso_week_number,
        weekday_number,
        working_day_number,
        is_working_day,
        is_holiday,
        is_adjusted_working_day,
        is_calendar_known,
        calendar_date,
        week_start_date,
        cast(week_start_date + interval '6' day as date) as week_end_date,
        cast(date_trunc('month', calendar_date) as date) as month_start_date,
        last_day(calendar_date) as month_end_date,
        cast(date_trunc('quarter', calendar_date) as date) as quarter_start_date,
        last_day(cast(date_trunc('quarter', calendar_date) + interval '2' month as date))
            as quarter_end_date
    from days

)

select * from final
