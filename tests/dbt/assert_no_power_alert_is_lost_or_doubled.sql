-- Guards the joins to accounts, types and results: an alert on a meter nobody delivered must come
-- through, and one on an account with several versions only once.
with

delivered as (

    select distinct trim(alert_id) as power_alert_id
    from {{ source('raw', 'power_alerts') }}
    where _reject_reasons is null

),

listed as (

    select
        power_alert_id,
        count(*) as row_count
    from {{ ref('fct_power_alerts') }}
    where source_code = 'company'
    group by power_alert_id

)

select
    delivered.power_alert_id,
    listed.power_alert_id as mart_alert_id,
    listed.row_count
from delivered
full outer join listed on delivered.power_alert_id = listed.power_alert_id
where
    delivered.power_alert_id is null
    or listed.row_count is distinct from 1
