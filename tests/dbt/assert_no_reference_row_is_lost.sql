-- Guards staging and the joins behind dim_townships, dim_villages and dim_units: each code and
-- first day that was delivered in a good row is there.
with

delivered as (

    select
        'townships' as feed_code,
        township_code as code,
        valid_from_date
    from {{ source('raw', 'townships') }}
    where _reject_reasons is null
    union all
    select
        'villages' as feed_code,
        village_code as code,
        valid_from_date
    from {{ source('raw', 'villages') }}
    where _reject_reasons is null
    union all
    select
        'units' as feed_code,
        unit_code as code,
        valid_from_date
    from {{ source('raw', 'units') }}
    where _reject_reasons is null

),

kept as (

    select
        'townships' as feed_code,
        township_code as code,
        valid_from_date
    from {{ ref('dim_townships') }}
    union all
    select
        'villages' as feed_code,
        village_code as code,
        valid_from_date
    from {{ ref('dim_villages') }}
    union all
    select
        'units' as feed_code,
        unit_code as code,
        valid_from_date
    from {{ ref('dim_units') }}

)

select delivered.*
from delivered
left join kept
    on
        delivered.feed_code = kept.feed_code
        and trim(delivered.code) = kept.code
        and delivered.valid_from_date = kept.valid_from_date
where kept.code is null
