with

rules as (

    select * from {{ ref('obligation_rules') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

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
        rules.extension_event_code,
        rules.pause_event_codes,
        rules.owner_code,
        units.unit_code as lead_unit_code,
        rules.applies_code,
        rules.certainty_code,
        rules.rule_name,
        coalesce(units.unit_name, rules.lead_unit_name) as lead_unit_name,
        rules.owner_text,
        rules.basis_text,
        rules.note_text,
        rules.limit_number,
        rules.extension_number,
        rules.due_soon_number,
        rules.grace_hours,
        rules.is_early_counted,
        rules.is_restricted,
        rules.due_date,
        rules.valid_from_date,
        rules.valid_to_date
    from rules
    left join units on {{ normalised_place_name('rules.lead_unit_name') }} = units.name_text

)

select * from final
