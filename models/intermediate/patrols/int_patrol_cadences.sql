with

rules as (

    select * from {{ ref('int_obligation_rules') }}
    where family_code = 'patrols'

),

final as (

    select
        rule_code,
        case owner_code when 'lead_unit' then 'county' else owner_code end as patrol_level_code,
        period_kind_code,
        subject_type as subject_kind_code,
        grace_hours,
        valid_from_date,
        valid_to_date
    from rules

)

select * from final
