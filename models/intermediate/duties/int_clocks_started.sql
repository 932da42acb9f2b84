with

rules as (

    select
        *,
        min(valid_from_date) over (partition by rule_code) as first_valid_date
    from {{ ref('int_obligation_rules') }}
    where family_code = 'clocks'

),

steps as (

    select * from {{ ref('int_duty_steps') }}
    where is_starting and occurred_at is not null

),

context as (

    select as_of_at from {{ source('build', 'context') }}

),

-- What must be so, or be so by a date, is owed since the rule came into force, however long the
-- thing has been there.
started as (

    select
        rules.rule_code,
        rules.stop_event_codes,
        rules.limit_unit_code,
        rules.extension_event_code,
        rules.pause_event_codes,
        rules.owner_code,
        rules.applies_code,
        rules.lead_unit_code,
        rules.limit_number,
        rules.extension_number,
        rules.is_early_counted,
        rules.valid_from_date,
        rules.valid_to_date,
        steps.subject_type,
        steps.subject_id,
        steps.trigger_id,
        steps.unit_code,
        steps.township_code,
        steps.subject_name,
        steps.act_date,
        steps.stated_due_date,
        case
            when rules.kind_code in ('standing', 'dated')
                then greatest(steps.occurred_at, cast(rules.first_valid_date as timestamp))
            else steps.occurred_at
        end as started_at
    from rules
    inner join steps
        on rules.subject_type = steps.subject_type and rules.start_event_code = steps.step_code

),

dated as (

    select
        *,
        case applies_code
            when 'act' then coalesce(act_date, cast(started_at as date))
            else cast(started_at as date)
        end as rule_date
    from started

),

final as (

    select
        dated.rule_code,
        dated.stop_event_codes,
        dated.limit_unit_code,
        dated.extension_event_code,
        dated.pause_event_codes,
        dated.owner_code,
        dated.lead_unit_code,
        dated.subject_type,
        dated.subject_id,
        dated.trigger_id,
        dated.unit_code,
        dated.township_code,
        dated.subject_name,
        dated.limit_number,
        dated.extension_number,
        dated.is_early_counted,
        dated.act_date,
        dated.stated_due_date,
        dated.started_at
    from dated
    cross join context
    where
        dated.started_at <= context.as_of_at
        and dated.rule_date >= dated.valid_from_date
        and coalesce(dated.rule_date < dated.valid_to_date, true)

)

select * from final
