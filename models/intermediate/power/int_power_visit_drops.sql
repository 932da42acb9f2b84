-- A meter that stands on the day of a visit between days of work: somebody has rung up. Curves are
-- compared by whole days, so the day before the visit, on whose evening work stops, is left out.

with

inspections as (

    select
        site_id,
        inspection_date as visit_date
    from {{ ref('int_inspections_resolved') }}
    where site_id is not null

),

checks as (

    select
        site_id,
        check_date as visit_date
    from {{ ref('int_agency_checks_resolved') }}
    where site_id is not null

),

visits as (

    select
        site_id,
        visit_date
    from inspections
    union
    select
        site_id,
        visit_date
    from checks

),

places as (

    select * from {{ ref('int_power_user_places') }}
    where site_id is not null

),

days as (

    select * from {{ ref('int_power_days_compared') }}
    where not is_outage

),

numbered as (

    select * from {{ ref('int_working_days') }}

),

around as (

    select
        places.meter_id,
        visits.visit_date,
        cast(days.energy_kwh as double) as energy_kwh,
        dated.day_number - visited.day_number as day_offset
    from visits
    inner join places on visits.site_id = places.site_id
    inner join numbered as visited on visits.visit_date = visited.calendar_date
    inner join days
        on
            places.meter_id = days.meter_id
            and days.reading_date between visits.visit_date - interval '4' day
            and visits.visit_date + interval '3' day
    inner join numbered as dated on days.reading_date = dated.calendar_date

),

final as (

    select
        meter_id,
        avg(case when day_offset <= -2 then energy_kwh end) as before_kwh,
        max(case when day_offset = 0 then energy_kwh end) as visit_kwh,
        avg(case when day_offset >= 1 then energy_kwh end) as after_kwh,
        visit_date
    from around
    group by meter_id, visit_date

)

select * from final
