-- The day that shows an alert best. Of the company's alerts only the day they were raised is known.

with

alerts as (

    select * from {{ ref('int_power_alerts_united') }}

),

hits as (

    select * from {{ ref('int_power_rule_days') }}

),

days as (

    select * from {{ ref('int_power_days_compared') }}
    where point_count > 0

),

calendar as (

    select * from {{ ref('int_working_days') }}

),

context as (

    select
        cast(
            date_trunc('day', as_of_at)
            - cast({{ setting('curve_history_days') }} as bigint) * interval '1' day as date
        ) as from_date
    from {{ source('build', 'context') }}

),

candidates as (

    select
        alerts.power_alert_id,
        alerts.meter_id,
        -- What the rule looks at: the night, the highest point, else the whole day.
        case
            when alerts.rule_code in ('night_share', 'farm_night', 'project_night')
                then hits.night_kwh
            when alerts.rule_code = 'over_capacity' then hits.peak_kw
            else hits.day_kwh
        end as oddity,
        hits.reading_date as curve_date
    from alerts
    inner join hits
        on
            alerts.meter_id = hits.meter_id
            and alerts.rule_code = hits.rule_code
            and hits.reading_date between cast(alerts.alerted_at as date) and alerts.last_date
    union all
    select
        power_alert_id,
        meter_id,
        cast(0 as double) as oddity,
        cast(alerted_at as date) as curve_date
    from alerts
    where source_code = 'company'

),

final as (

    select
        candidates.power_alert_id,
        candidates.meter_id,
        calendar.day_number,
        days.is_working_day,
        candidates.curve_date
    from candidates
    inner join days
        on candidates.meter_id = days.meter_id and candidates.curve_date = days.reading_date
    inner join calendar on candidates.curve_date = calendar.calendar_date
    inner join context on candidates.curve_date >= context.from_date
    qualify row_number() over (
        partition by candidates.power_alert_id
        order by candidates.oddity desc, candidates.curve_date asc
    ) = 1

)

select * from final
