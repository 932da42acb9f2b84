with

periods as (

    select * from {{ ref('int_obligation_periods') }}
    where family_code = 'sponsor_visits'

),

versions as (

    select * from {{ ref('int_sponsorship_versions') }}

),

visits as (

    select * from {{ ref('int_sponsor_visits_resolved') }}

),

deliveries as (

    select * from {{ ref('int_feeds_delivered') }}
    where feed_code = 'sponsor_visits'

),

governments as (

    select * from {{ ref('int_township_governments') }}

),

ends as (

    select
        sponsorship_id,
        end_date
    from versions
    where is_current

),

-- Who takes over in mid-month owes from the next one on, and who leaves in mid-month owes no more.
owed as (

    select
        periods.rule_code,
        versions.sponsorship_id,
        case versions.level_code
            when 'township' then governments.unit_code
            else periods.lead_unit_code
        end as owing_unit_code,
        versions.township_code,
        versions.position_name || ' ' || versions.township_name
        || coalesce(versions.village_name, '') as subject_name,
        periods.period_start_date,
        periods.period_end_date,
        cast(periods.period_start_date as timestamp) as from_at,
        cast(periods.period_end_date + interval '1' day as timestamp)
        + periods.grace_hours * interval '1' hour as report_to_at
    from periods
    inner join versions
        on
            periods.period_start_date >= cast(versions.valid_from_at as date)
            and coalesce(periods.period_start_date < cast(versions.valid_to_at as date), true)
            and periods.period_start_date >= versions.start_date
    inner join ends
        on
            versions.sponsorship_id = ends.sponsorship_id
            and coalesce(periods.period_end_date <= ends.end_date, true)
    left join governments on versions.township_code = governments.township_code

),

made as (

    select
        owed.sponsorship_id,
        owed.period_start_date,
        visits.sponsor_visit_id,
        cast(visits.visit_date as timestamp) as fulfilled_at,
        visits.reported_at
    from owed
    inner join visits
        on
            owed.sponsorship_id = visits.sponsorship_id
            and owed.period_start_date <= visits.visit_date
            and owed.period_end_date >= visits.visit_date
    qualify row_number() over (
        partition by owed.sponsorship_id, owed.period_start_date
        order by
            case when visits.reported_at > owed.report_to_at then 1 else 0 end asc,
            visits.visit_date asc,
            visits.sponsor_visit_id asc
    ) = 1

),

-- Its office sent the list, or a visit of it, while a report of the month was in time.
reported as (

    select distinct
        owed.sponsorship_id,
        owed.period_start_date
    from owed
    inner join deliveries
        on
            owed.owing_unit_code = deliveries.unit_code
            and owed.from_at <= deliveries.received_at
            and owed.report_to_at >= deliveries.received_at
    union
    select distinct
        owed.sponsorship_id,
        owed.period_start_date
    from owed
    inner join visits
        on
            owed.sponsorship_id = visits.sponsorship_id
            and owed.from_at <= visits.reported_at
            and owed.report_to_at >= visits.reported_at

),

final as (

    select
        owed.rule_code,
        'sponsorship' as subject_type,
        owed.sponsorship_id as subject_id,
        owed.owing_unit_code,
        owed.township_code,
        case when made.sponsor_visit_id is not null then 'sponsor_visit' end as evidence_type,
        made.sponsor_visit_id as evidence_id,
        owed.subject_name,
        made.sponsor_visit_id is not null
        or reported.sponsorship_id is not null as has_unit_reported,
        owed.period_start_date,
        owed.period_end_date,
        made.fulfilled_at,
        made.reported_at
    from owed
    left join made
        on
            owed.sponsorship_id = made.sponsorship_id
            and owed.period_start_date = made.period_start_date
    left join reported
        on
            owed.sponsorship_id = reported.sponsorship_id
            and owed.period_start_date = reported.period_start_date

)

select * from final
