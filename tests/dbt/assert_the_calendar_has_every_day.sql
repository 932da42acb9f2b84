-- Guards the digits of int_calendar_days and the joins of dim_dates: 28 years with 7 leap
-- days, each day once, and no day on which the count of working days runs backwards or jumps.
with

days as (

    select
        calendar_date,
        working_day_number
        - lag(working_day_number) over (order by calendar_date)
        - case when is_working_day then 1 else 0 end as jump_count
    from {{ ref('dim_dates') }}

),

extent as (

    select
        count(*) as day_count,
        min(calendar_date) as first_date,
        max(calendar_date) as last_date,
        count(case when jump_count <> 0 then 1 end) as jump_count
    from days

)

select * from extent
where
    day_count <> 28 * 365 + 7
    or first_date <> date '2010-01-01'
    or last_date <> date '2037-12-31'
    or jump_count > 0
