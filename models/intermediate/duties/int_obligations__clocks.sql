with

clocks as (

    select * from {{ ref('int_clocks_started') }}

),

steps as (

    select * from {{ ref('int_duty_steps') }}

),

adjusted as (

    select * from {{ ref('int_case_clocks_adjusted') }}

),

governments as (

    select * from {{ ref('int_township_governments') }}

),

units as (

    select * from {{ ref('int_units_dated') }}
    where is_current

),

owed as (

    select
        clocks.*,
        case clocks.owner_code
            when 'lead_unit' then clocks.lead_unit_code
            when 'named_unit' then clocks.unit_code
            when 'named_or_lead' then coalesce(clocks.unit_code, clocks.lead_unit_code)
            when 'township' then coalesce(governments.unit_code, clocks.lead_unit_code)
        end as owing_unit_code
    from clocks
    left join governments on clocks.township_code = governments.township_code

),

-- What happened on the day itself counts where one of the two has no time of day. What is known
-- without a time is only that it is so.
fulfilled as (

    select
        clocks.rule_code,
        clocks.subject_id,
        clocks.trigger_id,
        steps.evidence_type,
        steps.evidence_id,
        steps.occurred_at as fulfilled_at,
        steps.reported_at
    from clocks
    inner join steps
        on
            clocks.subject_type = steps.subject_type
            and clocks.subject_id = steps.subject_id
            and instr('|' || clocks.stop_event_codes || '|', '|' || steps.step_code || '|') > 0
    where
        clocks.is_early_counted
        or coalesce(steps.occurred_at >= clocks.started_at, true)
        or (
            cast(steps.occurred_at as date) = cast(clocks.started_at as date)
            and steps.occurred_at = cast(cast(steps.occurred_at as date) as timestamp)
        )
    qualify row_number() over (
        partition by clocks.rule_code, clocks.subject_id, clocks.trigger_id
        order by
            steps.occurred_at asc nulls last,
            steps.reported_at asc nulls last,
            steps.step_code asc,
            steps.evidence_id asc
    ) = 1

),

final as (

    select
        owed.rule_code,
        owed.subject_type,
        owed.subject_id,
        owed.trigger_id,
        owed.owing_unit_code,
        coalesce(owed.township_code, units.township_code) as township_code,
        fulfilled.evidence_type,
        fulfilled.evidence_id,
        owed.subject_name,
        coalesce(adjusted.extension_count, 0) as extension_count,
        coalesce(adjusted.paused_days, 0) as paused_days,
        owed.act_date,
        owed.stated_due_date,
        owed.started_at,
        fulfilled.fulfilled_at,
        fulfilled.reported_at
    from owed
    left join fulfilled
        on
            owed.rule_code = fulfilled.rule_code
            and owed.subject_id = fulfilled.subject_id
            and owed.trigger_id is not distinct from fulfilled.trigger_id
    left join adjusted
        on
            owed.rule_code = adjusted.rule_code
            and owed.subject_id = adjusted.subject_id
            and owed.trigger_id = adjusted.trigger_id
    left join units on owed.owing_unit_code = units.unit_code

)

select * from final
