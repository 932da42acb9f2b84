with

deadlines as (

    select * from {{ ref('deadlines') }}

),

days as (

    select * from {{ ref('int_calendar_days') }}

),

as_of as (

    select days.day_number
    from {{ source('build', 'context') }} as context
    inner join days on cast(context.as_of_at as date) = days.calendar_date

),

final as (

    select
        deadlines.deadline_code,
        deadlines.clause_code,
        deadlines.certainty_code,
        deadlines.deadline_name,
        deadlines.source_text,
        due_days.day_number - as_of.day_number as days_left,
        cast(deadlines.due_date as date) as due_date
    from deadlines
    left join days as due_days on cast(deadlines.due_date as date) = due_days.calendar_date
    left join as_of on true

)

select * from final
