with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

cadences as (

    select * from {{ ref('patrol_cadences') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

-- A rule that comes into force in mid-period is owed from the next period on.
final as (

    select
        cadences.patrol_level_code,
        cadences.period_kind_code,
        cadences.subject_kind_code,
        context.as_of_date <= periods.period_end_date as is_open,
        periods.period_start_date,
        periods.period_end_date
    from cadences
    cross join context
    inner join periods
        on
            cadences.period_kind_code = periods.period_kind_code
            and cadences.valid_from_date <= periods.period_start_date
            and coalesce(cadences.valid_to_date > periods.period_start_date, true)
            and context.as_of_date >= periods.period_start_date

)

select * from final
