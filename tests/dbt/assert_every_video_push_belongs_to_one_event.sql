-- Guards the appended features and the joins to types, words and cameras: a push read twice or left
-- out, or a device registered twice, would change every count of events.
with

delivered as (

    select
        delivery_sha256,
        count(*) as row_count
    from {{ ref('stg_video_events') }}
    group by delivery_sha256

),

identified as (

    select
        delivery_sha256,
        count(*) as row_count
    from {{ ref('int_video_events_identified') }}
    group by delivery_sha256

)

select
    coalesce(delivered.delivery_sha256, identified.delivery_sha256) as delivery_sha256,
    delivered.row_count as delivered_count,
    identified.row_count as identified_count
from delivered
full outer join identified on delivered.delivery_sha256 = identified.delivery_sha256
where delivered.row_count is distinct from identified.row_count
