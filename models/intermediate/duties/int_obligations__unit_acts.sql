with

rules as (

    select * from {{ ref('int_obligation_rules') }}
    where family_code = 'unit_acts'

),

periods as (

    select * from {{ ref('int_obligation_periods') }}
    where family_code = 'unit_acts'

),

owners as (

    select * from {{ ref('int_rule_owners') }}

),

acts as (

    select * from {{ ref('int_unit_acts') }}

),

deliveries as (

    select * from {{ ref('int_feeds_delivered') }}

),

feeds as (

    select
        listed.act_code,
        listed.feed_code
    from (
        values
        ('meeting', 'meetings'),
        ('capacity', 'capacity'),
        ('agency_check', 'agency_checks'),
        ('joint_operation', 'joint_operations'),
        ('publicity', 'publicity'),
        ('exposure', 'publicity'),
        ('county_inspection', 'inspections'),
        ('township_ledger', 'patrol_ledger'),
        ('county_ledger', 'patrol_ledger'),
        ('video_system_built', 'milestones')
    ) as listed (act_code, feed_code)

),

-- A unit that comes in mid-period owes from the next one on; by a date every unit of today owes.
owed as (

    select
        periods.rule_code,
        periods.stop_event_codes as act_code,
        periods.subject_type,
        owners.unit_code,
        owners.unit_name,
        owners.township_code,
        periods.lead_unit_code,
        periods.period_start_date,
        periods.period_end_date,
        cast(null as timestamp) as started_at,
        cast(periods.period_start_date as timestamp) as from_at,
        cast(periods.period_end_date + interval '1' day as timestamp) as to_at,
        cast(periods.period_end_date + interval '1' day as timestamp)
        + periods.grace_hours * interval '1' hour as report_to_at
    from periods
    inner join owners
        on
            periods.rule_code = owners.rule_code
            and periods.period_start_date >= owners.valid_from_date
            and coalesce(periods.period_start_date < owners.valid_to_date, true)
    union all
    select
        rules.rule_code,
        rules.stop_event_codes as act_code,
        rules.subject_type,
        owners.unit_code,
        owners.unit_name,
        owners.township_code,
        rules.lead_unit_code,
        cast(null as date) as period_start_date,
        cast(null as date) as period_end_date,
        cast(rules.valid_from_date as timestamp) as started_at,
        timestamp '1949-01-01 00:00:00' as from_at,
        timestamp '9999-01-01 00:00:00' as to_at,
        timestamp '9999-01-01 00:00:00' as report_to_at
    from rules
    inner join owners on rules.rule_code = owners.rule_code
    where rules.kind_code = 'dated' and owners.is_current

),

fitting as (

    select
        owed.rule_code,
        owed.unit_code,
        owed.from_at,
        acts.evidence_type,
        acts.evidence_id,
        cast(acts.act_date as timestamp) as fulfilled_at,
        acts.reported_at,
        row_number() over (
            partition by owed.rule_code, owed.unit_code, owed.from_at
            order by
                case when acts.reported_at > owed.report_to_at then 1 else 0 end asc,
                acts.act_date asc,
                acts.reported_at asc nulls last,
                acts.evidence_id asc
        ) as act_rank
    from owed
    inner join acts
        on
            owed.act_code = acts.act_code
            and owed.unit_code = coalesce(acts.unit_code, owed.lead_unit_code)
            and owed.from_at <= acts.act_date
            and owed.to_at > acts.act_date

),

-- Whoever sent the list, or is in it, has reported, whatever it says of the period. Measures of all
-- kinds come in one list.
heard as (

    select
        feed_code,
        unit_code,
        received_at
    from deliveries
    union
    select
        coalesce(feeds.feed_code, 'measures') as feed_code,
        acts.unit_code,
        acts.reported_at as received_at
    from acts
    left join feeds on acts.act_code = feeds.act_code

),

reported as (

    select distinct
        owed.rule_code,
        owed.unit_code,
        owed.from_at
    from owed
    left join feeds on owed.act_code = feeds.act_code
    inner join heard
        on
            coalesce(feeds.feed_code, 'measures') = heard.feed_code
            and owed.unit_code = coalesce(heard.unit_code, owed.lead_unit_code)
            and owed.from_at <= heard.received_at
            and owed.report_to_at >= heard.received_at

),

final as (

    select
        owed.rule_code,
        owed.subject_type,
        owed.unit_code as subject_id,
        owed.unit_code as owing_unit_code,
        owed.township_code,
        fitting.evidence_type,
        fitting.evidence_id,
        owed.unit_name as subject_name,
        reported.rule_code is not null or fitting.rule_code is not null as has_unit_reported,
        owed.period_start_date,
        owed.period_end_date,
        owed.started_at,
        fitting.fulfilled_at,
        fitting.reported_at
    from owed
    left join fitting
        on
            owed.rule_code = fitting.rule_code
            and owed.unit_code = fitting.unit_code
            and owed.from_at = fitting.from_at
            and fitting.act_rank = 1
    left join reported
        on
            owed.rule_code = reported.rule_code
            and owed.unit_code = reported.unit_code
            and owed.from_at = reported.from_at

)

select * from final
