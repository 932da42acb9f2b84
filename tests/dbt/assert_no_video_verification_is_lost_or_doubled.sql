-- Guards the joins from verifications to events and units: one for an event that never arrived
-- stays, one by a unit that nobody knows too, and what counts is what its event shows.
with

delivered as (

    select
        delivery_sha256,
        count(*) as row_count
    from {{ ref('stg_video_verifications') }}
    group by delivery_sha256

),

published as (

    select
        delivery_sha256,
        count(*) as row_count
    from {{ ref('fct_video_verifications') }}
    group by delivery_sha256

),

shown as (

    select video_event_id from {{ ref('fct_video_events') }}
    where is_verified

),

counted as (

    select video_event_id from {{ ref('fct_video_verifications') }}
    where is_known_event
    group by video_event_id
    having sum(case when is_counted then 1 else 0 end) = 1

)

select
    'delivery' as subject_code,
    coalesce(delivered.delivery_sha256, published.delivery_sha256) as subject_id
from delivered
full outer join published on delivered.delivery_sha256 = published.delivery_sha256
where delivered.row_count is distinct from published.row_count
union all
select
    'event' as subject_code,
    coalesce(shown.video_event_id, counted.video_event_id) as subject_id
from shown
full outer join counted on shown.video_event_id = counted.video_event_id
where shown.video_event_id is null or counted.video_event_id is null
