with

days as (

    select * from {{ ref('int_calendar_days') }}

),

-- A week belongs to the year and month of its Thursday, as ISO 8601 says of the year: so every week
-- is in one month, and the n-th week of a month is the one with its n-th Thursday.
weeks as (

    select
        'week' as period_kind_code,
        calendar_date as thursday_date,
        cast(calendar_date - interval '3' day as date) as period_start_date,
        cast(calendar_date + interval '3' day as date) as period_end_date
    from days
    where {{ period_start_date("'week'", 'calendar_date') }} = calendar_date - interval '3' day

),

months as (

    select
        'month' as period_kind_code,
        calendar_date as period_start_date,
        {{ period_end_date("'month'", 'calendar_date') }} as period_end_date
    from days
    where day(calendar_date) = 1

),

quarters as (

    select
        'quarter' as period_kind_code,
        period_start_date,
        {{ period_end_date("'quarter'", 'period_start_date') }} as period_end_date
    from months
    where {{ period_start_date("'quarter'", 'period_start_date') }} = period_start_date

),

final as (

    select
        period_kind_code,
        cast(year(thursday_date) as bigint) as year_number,
        cast(quarter(thursday_date) as bigint) as quarter_number,
        cast(month(thursday_date) as bigint) as month_number,
        cast(ceil(day(thursday_date) / 7e0) as bigint) as week_of_month_number,
        cast(ceil(dayofyear(thursday_date) / 7e0) as bigint) as iso_week_number,
        period_start_date,
        period_end_date
    from weeks
    union all
    select
        period_kind_code,
        cast(year(period_start_date) as bigint) as year_number,
        cast(quarter(period_start_date) as bigint) as quarter_number,
        cast(month(period_start_date) as bigint) as month_number,
        cast(null as bigint) as week_of_month_number,
        cast(null as bigint) as iso_week_number,
        period_start_date,
        period_end_date
    from months
    union all
    select
        period_kind_code,
        cast(year(period_start_date) as bigint) as year_number,
        cast(quarter(period_start_date) as bigint) as quarter_number,
        cast(null as bigint) as month_number,
        cast(null as bigint) as week_of_month_number,
        cast(null as bigint) as iso_week_number,
        period_start_date,
        period_end_date
    from quarters

)

select * from final
