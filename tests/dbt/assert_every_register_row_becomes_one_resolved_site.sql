-- Guards the joins to names, classes and minerals in int_sites_resolved: an inner join would
-- drop a site in a township nobody has listed, a name listed twice would double it.
with

delivered as (

    select
        _delivery_sha256 as delivery_sha256,
        count(*) as row_count
    from {{ source('raw', 'sites') }}
    where _reject_reasons is null
    group by _delivery_sha256

),

resolved as (

    select
        delivery_sha256,
        count(*) as row_count
    from {{ ref('int_sites_resolved') }}
    group by delivery_sha256

)

select
    delivered.delivery_sha256,
    delivered.row_count,
    resolved.row_count as resolved_count
from delivered
full outer join resolved on delivered.delivery_sha256 = resolved.delivery_sha256
where delivered.row_count is distinct from resolved.row_count
