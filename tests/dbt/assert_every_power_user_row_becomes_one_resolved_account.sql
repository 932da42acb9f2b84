-- Guards the joins to kinds, states and names in int_power_users_resolved: an inner join would drop
-- accounts in words nobody has listed, a name judged twice would double them.
with

delivered as (

    select
        _delivery_sha256 as delivery_sha256,
        count(*) as row_count
    from {{ source('raw', 'power_users') }}
    where _reject_reasons is null
    group by _delivery_sha256

),

resolved as (

    select
        delivery_sha256,
        count(*) as row_count
    from {{ ref('int_power_users_resolved') }}
    group by delivery_sha256

)

select
    delivered.delivery_sha256,
    delivered.row_count,
    resolved.row_count as resolved_count
from delivered
full outer join resolved on delivered.delivery_sha256 = resolved.delivery_sha256
where delivered.row_count is distinct from resolved.row_count
