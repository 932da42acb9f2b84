with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

rules as (

    select * from {{ ref('int_obligation_rules') }}
    where kind_code = 'period'

),

periods as (

    select * from {{ ref('int_periods') }}

),

-- A rule that comes into force in mid-period is owed from the next period on.
final as (

    select
        rules.rule_code,
        rules.family_code,
        rules.period_kind_code,
        rules.owner_code,
        rules.subject_type,
        rules.stop_event_codes,
        rules.lead_unit_code,
        rules.clause_code,
        rules.grace_hours,
        context.as_of_date <= periods.period_end_date as is_open,
        periods.period_start_date,
        periods.period_end_date
    from rules
    cross join context
    inner join periods
        on
            rules.period_kind_code = periods.period_kind_code
            and rules.valid_from_date <= periods.period_start_date
            and coalesce(rules.valid_to_date > periods.period_start_date, true)
            and context.as_of_date >= periods.period_start_date

)

select * from final
