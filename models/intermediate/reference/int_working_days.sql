with

days as (

    select * from {{ ref('int_calendar_days') }}

),

holidays as (

    select * from {{ ref('int_holidays') }}

),

known_years as (

    select distinct extract(year from calendar_date) as year_number from holidays

),

-- 2010-01-01 was a Friday. Counted instead of asked for: engines number weekdays differently.
weeks as (

    select
        day_number,
        calendar_date,
        (day_number + 4) % 7 + 1 as weekday_number,
        cast(calendar_date - ((day_number + 4) % 7) * interval '1' day as date) as week_start_date
    from days

),

marked as (

    select
        weeks.*,
        holidays.holiday_name,
        -- Beyond the last year with a published plan weekends are the best guess; is_calendar_known
        -- says so wherever a number of working days is shown.
        coalesce(
            holidays.day_kind_code = 'adjusted_working_day',
            weeks.weekday_number <= 5
        ) as is_working_day,
        coalesce(holidays.day_kind_code = 'holiday', false) as is_holiday,
        coalesce(holidays.day_kind_code = 'adjusted_working_day', false) as is_adjusted_working_day,
        known_years.year_number is not null as is_calendar_known
    from weeks
    left join holidays on weeks.calendar_date = holidays.calendar_date
    left join known_years on extract(year from weeks.calendar_date) = known_years.year_number

),

final as (

    select
        holiday_name,
        day_number,
        cast(weekday_number as bigint) as weekday_number,
        cast(
            sum(case when is_working_day then 1 else 0 end) over (
                order by calendar_date rows between unbounded preceding and current row
            ) as bigint
        ) as working_day_number,
        is_working_day,
        is_holiday,
        is_adjusted_working_day,
        is_calendar_known,
        calendar_date,
        week_start_date
    from marked

)

select * from final
