-- Guards the joins from an alert's day to its delivered row: two rows of one number would draw a
-- curve twice, and a day whose row is not found would draw none.
with

chosen as (

    select * from {{ ref('int_power_alert_days_chosen') }}

),

curves as (

    select
        power_alert_id,
        count(*) as row_count,
        count(distinct point_number) as point_count
    from {{ ref('fct_power_alert_curves') }}
    group by power_alert_id

)

select
    chosen.power_alert_id,
    curves.row_count,
    curves.point_count
from chosen
left join curves on chosen.power_alert_id = curves.power_alert_id
where
    curves.row_count is distinct from 96
    or curves.point_count is distinct from 96
