{#- Read once, by the next step: a table would be written only to be read again. -#}
{{ config(materialized = 'view') }}

with

obligations as (

    select * from {{ ref('int_obligations_unioned') }}

),

rules as (

    select * from {{ ref('int_obligation_rules') }}

),

days as (

    select * from {{ ref('int_working_days') }}

),

-- An outer join that asks something of its left side alone compares every row with every day: so
-- the days say which limits they are for.
working_days as (

    select
        'working_day' as limit_unit_code,
        working_day_number,
        calendar_date
    from days
    where is_working_day

),

joined as (

    select
        obligations.*,
        rules.clause_code,
        rules.kind_code,
        rules.period_kind_code,
        rules.limit_unit_code,
        rules.lead_unit_code,
        rules.certainty_code,
        rules.rule_name,
        rules.lead_unit_name,
        rules.basis_text,
        rules.due_soon_number,
        rules.grace_hours,
        rules.limit_number
        + obligations.extension_count * coalesce(rules.extension_number, 0)
        + obligations.paused_days as limit_number,
        rules.is_restricted,
        rules.due_date as rule_due_date,
        cast(obligations.started_at as date) as started_date,
        rules.valid_from_date,
        rules.valid_to_date,
        case rules.applies_code
            when 'period_start' then obligations.period_start_date
            when 'act' then coalesce(obligations.act_date, cast(obligations.started_at as date))
            else cast(obligations.started_at as date)
        end as rule_date
    from obligations
    inner join rules on obligations.rule_code = rules.rule_code

),

-- What began while no row of its rule was in force is owed by nobody.
ruled as (

    select * from joined
    where
        rule_date >= valid_from_date
        and coalesce(rule_date < valid_to_date, true)

),

-- The first day does not count. Of working days the n-th after it is the last one.
counted as (

    select
        ruled.*,
        case
            when ruled.period_end_date is not null then ruled.period_end_date
            when ruled.stated_due_date is not null then ruled.stated_due_date
            when ruled.rule_due_date is not null then ruled.rule_due_date
            when ruled.limit_unit_code = 'natural_day'
                then cast(ruled.started_date + ruled.limit_number * interval '1' day as date)
            when ruled.limit_unit_code = 'month'
                then cast(ruled.started_date + ruled.limit_number * interval '1' month as date)
            when ruled.limit_unit_code = 'working_day' then last_days.calendar_date
        end as last_date,
        -- Midnight sharp is a date that nobody gave a time: its hours count from its end.
        case
            when ruled.started_at = cast(ruled.started_date as timestamp)
                then ruled.started_at + interval '1' day
            else ruled.started_at
        end as hours_from_at
    from ruled
    left join days as first_days on ruled.started_date = first_days.calendar_date
    left join working_days as last_days
        on
            ruled.limit_unit_code = last_days.limit_unit_code
            and first_days.working_day_number + ruled.limit_number = last_days.working_day_number

),

due as (

    select
        *,
        case
            when last_date is not null
                then cast(last_date + interval '1' day as timestamp)
            when limit_unit_code = 'hour' then hours_from_at + limit_number * interval '1' hour
        end as due_at
    from counted

),

final as (

    select
        rule_code,
        clause_code,
        kind_code,
        period_kind_code,
        subject_type,
        subject_id,
        trigger_id,
        lead_unit_code,
        owing_unit_code,
        township_code,
        evidence_type,
        evidence_id,
        certainty_code,
        rule_name,
        lead_unit_name,
        subject_name,
        basis_text,
        extension_count,
        paused_days,
        due_soon_number,
        is_restricted,
        has_unit_reported,
        is_excused,
        is_fulfilled,
        period_start_date,
        period_end_date,
        coalesce(last_date, cast(due_at - interval '1' second as date)) as due_date,
        started_at,
        due_at,
        due_at + grace_hours * interval '1' hour as report_due_at,
        fulfilled_at,
        reported_at
    from due

)

select * from final
