-- Guards the history in int_site_versions: no site that was ever delivered is missing from the
-- mart, and none has two rows that call themselves the latest.
with

delivered as (

    select distinct site_id from {{ ref('int_sites_resolved') }}

),

current_versions as (

    select
        site_id,
        count(*) as version_count
    from {{ ref('dim_sites') }}
    where is_current
    group by site_id

)

select
    delivered.site_id,
    current_versions.site_id as mart_site_id,
    current_versions.version_count
from delivered
full outer join current_versions on delivered.site_id = current_versions.site_id
where
    delivered.site_id is null
    or current_versions.version_count is distinct from 1
