-- Guards the joins to accounts, places and visits and the runs of days: a meter with two sites or
-- two versions on one day would find itself odd twice, and a run cut wrong would lose days.
with

hits as (

    select
        meter_id,
        rule_code,
        count(*) as hit_count,
        count(distinct reading_date) as day_count
    from {{ ref('int_power_rule_days') }}
    where days_min = 1
    group by meter_id, rule_code

),

alerts as (

    select
        meter_id,
        rule_code,
        sum(days_count) as alerted_count
    from {{ ref('fct_power_alerts') }}
    where source_code = 'derived'
    group by meter_id, rule_code

)

select
    hits.*,
    alerts.alerted_count
from hits
left join alerts on hits.meter_id = alerts.meter_id and hits.rule_code = alerts.rule_code
where
    hits.hit_count <> hits.day_count
    or hits.hit_count is distinct from alerts.alerted_count
