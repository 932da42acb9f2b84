with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

rules as (

    select * from {{ ref('int_obligation_rules') }}

),

final as (

    select
        rules.rule_code,
        rules.clause_code,
        rules.family_code,
        rules.kind_code,
        rules.subject_type,
        rules.period_kind_code,
        rules.start_event_code,
        rules.stop_event_codes,
        rules.limit_unit_code,
        rules.owner_code,
        rules.lead_unit_code,
        rules.applies_code,
        rules.certainty_code,
        rules.rule_name,
        rules.lead_unit_name,
        rules.owner_text,
        rules.basis_text,
        rules.note_text,
        rules.limit_number,
        rules.extension_number,
        rules.due_soon_number,
        rules.grace_hours,
        rules.is_restricted,
        rules.valid_from_date <= context.as_of_date
        and coalesce(context.as_of_date < rules.valid_to_date, true) as is_in_force,
        rules.due_date,
        rules.valid_from_date,
        rules.valid_to_date
    from rules
    cross join context

)

select * from final
