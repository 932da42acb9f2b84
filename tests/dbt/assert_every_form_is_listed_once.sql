-- Zero reports have no lines to remind of them: each headed form must be a row of its own.
with

delivered as (

    select count(*) as form_count
    from {{ source('build', 'delivery_forms') }}
    where feed_code = 'patrol_ledger'

),

published as (

    select count(*) as form_count from {{ ref('fct_patrol_forms') }}

)

select
    delivered.form_count as delivered_count,
    published.form_count as published_count
from delivered
cross join published
where delivered.form_count <> published.form_count
