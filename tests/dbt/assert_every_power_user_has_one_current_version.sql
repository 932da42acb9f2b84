-- Guards the history in int_power_user_versions and the places joined to it: no account that was
-- ever delivered is missing from the mart, and none has two rows that call themselves the latest.
with

delivered as (

    select distinct meter_id from {{ ref('stg_power_users') }}

),

current_versions as (

    select
        meter_id,
        count(*) as version_count
    from {{ ref('dim_power_users') }}
    where is_current
    group by meter_id

)

select
    delivered.meter_id,
    current_versions.meter_id as mart_meter_id,
    current_versions.version_count
from delivered
full outer join current_versions on delivered.meter_id = current_versions.meter_id
where
    delivered.meter_id is null
    or current_versions.version_count is distinct from 1
