with

events as (

    select * from {{ ref('int_case_events_ordered') }}
    where state_code is not null and not is_after_as_of

),

written as (

    select * from {{ ref('int_case_events_resolved') }}

),

stages as (

    select * from {{ ref('int_case_stages_reached') }}

),

cases as (

    select * from {{ ref('int_duty_cases') }}

),

-- However often a step is written, it was known from the first writing of its day on.
reports as (

    select
        case_id,
        state_code,
        cast(occurred_at as date) as occurred_date,
        min(first_received_at) as reported_at
    from written
    group by case_id, state_code, cast(occurred_at as date)

),

-- A case is filed, decided and closed once, until it is filed anew. Seizures, demands and the like
-- may come several times, and each has a clock of its own.
told_apart as (

    select
        events.*,
        events.branch_code in ('measure', 'execution', 'procedure') as is_repeatable,
        row_number() over (
            partition by events.case_id, events.state_code, events.round_number
            order by events.sequence_number
        ) as number_of_round,
        row_number() over (
            partition by events.case_id, events.state_code, cast(events.occurred_at as date)
            order by events.sequence_number
        ) as number_of_day,
        sum(case when events.state_code = 'EXECUTE' then events.amount_yuan end) over (
            partition by events.case_id
            order by events.sequence_number
            rows between unbounded preceding and current row
        ) as paid_yuan,
        min(case when events.state_code in ('SEIZE', 'REGISTER_EVIDENCE') then 1 end) over (
            partition by events.case_id
        ) is not null as has_goods,
        min(case when events.branch_code = 'police' then 1 end) over (
            partition by events.case_id
        ) is not null as has_police,
        min(case when events.state_code = 'PUBLISH' then events.sequence_number end) over (
            partition by events.case_id
        ) as published_number
    from events

),

things as (

    select
        'case' as subject_type,
        told_apart.case_id as subject_id,
        case
            when told_apart.is_repeatable
                then
                    cast(cast(told_apart.occurred_at as date) as varchar)
                    || ' ' || cast(told_apart.number_of_day as varchar)
            else cast(told_apart.round_number as varchar)
        end as trigger_id,
        told_apart.state_code,
        cases.handling_unit_code as unit_code,
        cases.township_code,
        cases.party_kind_code,
        'case_event' as evidence_type,
        told_apart.case_event_id as evidence_id,
        cases.case_name as subject_name,
        told_apart.is_repeatable or told_apart.number_of_round = 1 as is_starting,
        coalesce(cases.is_grave, false) as is_grave,
        told_apart.has_goods,
        coalesce(cases.is_grave, false) or told_apart.has_police as is_suspect,
        coalesce(told_apart.published_number < told_apart.sequence_number, false) as was_published,
        coalesce(stages.fine_imposed_yuan > 0, false) as is_fined,
        -- An instalment does not pay a fine; without amounts a payment is taken for the whole.
        told_apart.amount_yuan is null
        or coalesce(told_apart.paid_yuan >= stages.fine_imposed_yuan, true) as is_paid_up,
        cases.act_date,
        case when told_apart.state_code = 'SUPERVISED' then told_apart.due_date end
            as stated_due_date,
        told_apart.occurred_at,
        told_apart.ended_at,
        reports.reported_at
    from told_apart
    left join cases on told_apart.case_id = cases.case_id
    left join stages on told_apart.case_id = stages.case_id
    left join reports
        on
            told_apart.case_id = reports.case_id
            and told_apart.state_code = reports.state_code
            and cast(told_apart.occurred_at as date) = reports.occurred_date

),

-- Beside each state itself: where it ends, and what it means for some cases only.
final as (

    {% for step, condition, occurred_at in [
        (none, 'true', 'occurred_at'),
        ('REGISTER_EVIDENCE_END', "state_code = 'REGISTER_EVIDENCE'", 'ended_at'),
        ('RELEASE', "state_code = 'SEIZE'", 'ended_at'),
        ('XFER_APPROVE_END', "state_code = 'XFER_APPROVE'", 'ended_at'),
        ('XFER_APPROVED', "state_code = 'XFER_APPROVE'", 'coalesce(ended_at, occurred_at)'),
        ('MAJOR_FILED', "state_code = 'FILING' and is_grave", 'occurred_at'),
        ('DECISION_ON_ENTERPRISE',
         "state_code = 'DECISION' and party_kind_code = 'enterprise'", 'occurred_at'),
        ('DECISION_ON_PERSON',
         "state_code = 'DECISION' and party_kind_code = 'person'", 'occurred_at'),
        ('DECISION_ON_SUSPECT', "state_code = 'DECISION' and is_suspect", 'occurred_at'),
        ('SERVE_OF_FINE', "state_code = 'SERVE' and is_fined", 'occurred_at'),
        ('SERVE_WITH_GOODS', "state_code = 'SERVE' and has_goods", 'occurred_at'),
        ('PAID_UP', "state_code = 'EXECUTE' and is_paid_up", 'occurred_at'),
        ('NO_PENALTY_AFTER_PUBLISH',
         "state_code = 'NO_PENALTY' and was_published", 'occurred_at'),
    ] -%}
    select
        subject_type,
        subject_id,
        trigger_id,
        {% if step is none %}state_code{% else %}'{{ step }}'{% endif %} as step_code,
        unit_code,
        township_code,
        evidence_type,
        evidence_id,
        subject_name,
        is_starting,
        act_date,
        stated_due_date,
        {{ occurred_at }} as occurred_at,
        reported_at
    from things
    where {{ condition }} and {{ occurred_at }} is not null
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from final
