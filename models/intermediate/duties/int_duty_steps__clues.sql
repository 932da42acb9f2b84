with

clues as (

    select * from {{ ref('int_clues_resolved') }}

),

reports as (

    select * from {{ ref('stg_clues') }}

),

rewards as (

    select * from {{ ref('stg_rewards') }}

),

-- A clue has no name here and no township: who may see what of it is decided by its own fact.
clue_things as (

    select
        'clue' as subject_type,
        clues.clue_id as subject_id,
        clues.transferred_unit_code as unit_code,
        cast(null as varchar) as township_code,
        'clue' as evidence_type,
        clues.clue_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as date) as stated_due_date,
        clues.is_real_name,
        clues.result_code <> 'none' as has_result,
        clues.result_code in ('confirmed', 'partly_confirmed') as is_confirmed,
        clues.case_id,
        clues.received_at,
        clues.transferred_at,
        clues.verified_at,
        clues.answered_at,
        reports.transferred_reported_at,
        reports.verified_reported_at,
        reports.answered_reported_at,
        reports.case_reported_at
    from clues
    inner join reports on clues.clue_id = reports.clue_id

),

reward_things as (

    select
        'reward' as subject_type,
        reward_id as subject_id,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'reward' as evidence_type,
        reward_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as date) as stated_due_date,
        recognised_date,
        paid_date,
        approved_yuan > 0 as is_due,
        -- 足额: less than was approved is not paid.
        paid_yuan >= approved_yuan as is_paid_in_full,
        recognised_reported_at,
        paid_reported_at
    from rewards

),

-- Whoever decided, with a reason, that there is no reward has decided.
recognitions as (

    select
        'clue' as subject_type,
        clue_id as subject_id,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'reward' as evidence_type,
        reward_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as date) as stated_due_date,
        recognised_date,
        recognised_reported_at
    from rewards
    where recognised_date is not null or no_reward_reason is not null

),

final as (

    {{ steps_taken('clue_things', [
        ('received', 'true', 'received_at', 'cast(null as timestamp)'),
        ('real_name_received', 'is_real_name', 'received_at', 'cast(null as timestamp)'),
        ('transferred', 'transferred_at is not null', 'transferred_at', 'transferred_reported_at'),
        ('verified', 'has_result or verified_at is not null', 'verified_at', 'verified_reported_at'),
        ('confirmed', 'is_confirmed and verified_at is not null', 'verified_at', 'verified_reported_at'),
        ('answered', 'answered_at is not null', 'answered_at', 'answered_reported_at'),
        ('has_case', 'case_id is not null', 'null', 'case_reported_at'),
    ]) }}
    union all
    {{ steps_taken('reward_things', [
        ('recognised', 'is_due and recognised_date is not null', 'recognised_date', 'recognised_reported_at'),
        ('reward_paid', 'is_paid_in_full and paid_date is not null', 'paid_date', 'paid_reported_at'),
    ]) }}
    union all
    select
        subject_type,
        subject_id,
        'reward_recognised' as step_code,
        unit_code,
        township_code,
        evidence_type,
        evidence_id,
        subject_name,
        stated_due_date,
        cast(recognised_date as timestamp) as occurred_at,
        recognised_reported_at as reported_at
    from recognitions

)

select * from final
