with

periods as (

    select * from {{ ref('int_obligation_periods') }}

),

cadences as (

    select * from {{ ref('int_patrol_cadences') }}

),

final as (

    select
        periods.rule_code,
        cadences.patrol_level_code,
        periods.period_kind_code,
        cadences.subject_kind_code,
        periods.is_open,
        periods.period_start_date,
        periods.period_end_date
    from periods
    inner join cadences
        on
            periods.rule_code = cadences.rule_code
            and periods.period_start_date >= cadences.valid_from_date
            and coalesce(periods.period_start_date < cadences.valid_to_date, true)

)

select * from final
