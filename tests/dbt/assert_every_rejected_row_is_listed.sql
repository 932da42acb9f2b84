-- A delivery that says it has rejected rows must show each of them, with at least one reason.
with

listed as (

    select
        delivery_sha256,
        feed_code,
        count(distinct coalesce(sheet_name, '') || '|' || cast(row_number as varchar)) as row_count
    from {{ ref('fct_rejected_rows') }}
    group by delivery_sha256, feed_code

)

select
    deliveries.delivery_sha256,
    deliveries.feed_code,
    deliveries.rejected_count,
    listed.row_count
from {{ ref('fct_deliveries') }} as deliveries
left join listed
    on
        deliveries.delivery_sha256 = listed.delivery_sha256
        and deliveries.feed_code = listed.feed_code
where
    deliveries.outcome_code = 'used'
    and deliveries.rejected_count is distinct from coalesce(listed.row_count, 0)
