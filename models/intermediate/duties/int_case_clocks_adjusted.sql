with

clocks as (

    select * from {{ ref('int_clocks_started') }}
    where
        subject_type = 'case'
        and (pause_event_codes is not null or extension_event_code is not null)

),

standstills as (

    select * from {{ ref('int_case_clock_standstills') }}

),

events as (

    select * from {{ ref('int_case_events_ordered') }}
    where not is_after_as_of

),

days as (

    select * from {{ ref('int_working_days') }}

),

asked as (

    select
        clocks.rule_code,
        clocks.subject_id,
        clocks.trigger_id,
        clocks.limit_number,
        case clocks.limit_unit_code
            when 'working_day'
                then asked_days.working_day_number - first_days.working_day_number
            else asked_days.day_number - first_days.day_number
        end as asked_number
    from clocks
    inner join events
        on
            clocks.subject_id = events.case_id
            and clocks.extension_event_code = events.state_code
            and clocks.started_at <= events.occurred_at
    inner join days as first_days on cast(clocks.started_at as date) = first_days.calendar_date
    inner join days as asked_days on cast(events.occurred_at as date) = asked_days.calendar_date

),

paused_until_asked as (

    select
        asked.rule_code,
        asked.subject_id,
        asked.trigger_id,
        asked.limit_number,
        asked.asked_number,
        coalesce(
            sum(least(standstills.to_number, asked.asked_number) - standstills.from_number), 0
        ) as paused_number
    from asked
    left join standstills
        on
            asked.rule_code = standstills.rule_code
            and asked.subject_id = standstills.subject_id
            and asked.trigger_id = standstills.trigger_id
            and asked.asked_number > standstills.from_number
    group by
        asked.rule_code, asked.subject_id, asked.trigger_id, asked.limit_number, asked.asked_number

),

-- Once, and only while there was something left to extend.
extended as (

    select
        rule_code,
        subject_id,
        trigger_id,
        1 as extension_count
    from paused_until_asked
    where asked_number - paused_number <= limit_number
    group by rule_code, subject_id, trigger_id

),

-- A clock that has run out does not stand still any more.
paused as (

    select
        standstills.rule_code,
        standstills.subject_id,
        standstills.trigger_id,
        sum(standstills.to_number - standstills.from_number) as paused_days
    from standstills
    left join extended
        on
            standstills.rule_code = extended.rule_code
            and standstills.subject_id = extended.subject_id
            and standstills.trigger_id = extended.trigger_id
    where
        standstills.run_number
        <= standstills.limit_number
        + coalesce(extended.extension_count, 0) * coalesce(standstills.extension_number, 0)
    group by standstills.rule_code, standstills.subject_id, standstills.trigger_id

),

final as (

    select
        clocks.rule_code,
        clocks.subject_id,
        clocks.trigger_id,
        cast(coalesce(extended.extension_count, 0) as bigint) as extension_count,
        cast(coalesce(paused.paused_days, 0) as bigint) as paused_days
    from clocks
    left join extended
        on
            clocks.rule_code = extended.rule_code
            and clocks.subject_id = extended.subject_id
            and clocks.trigger_id = extended.trigger_id
    left join paused
        on
            clocks.rule_code = paused.rule_code
            and clocks.subject_id = paused.subject_id
            and clocks.trigger_id = paused.trigger_id

)

select * from final
