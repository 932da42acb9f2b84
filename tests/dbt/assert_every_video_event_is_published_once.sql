-- Guards the joins from events to places, kinds, cameras and verifications: an event of an unknown
-- device, kind or place must come through, and one verified twice must not be doubled.
with

identified as (

    select
        video_event_id,
        1 as row_count
    from {{ ref('int_video_events_identified') }}
    group by video_event_id

),

published as (

    select
        video_event_id,
        count(*) as row_count
    from {{ ref('fct_video_events') }}
    group by video_event_id

)

select
    coalesce(identified.video_event_id, published.video_event_id) as video_event_id,
    published.row_count as published_count
from identified
full outer join published on identified.video_event_id = published.video_event_id
where identified.row_count is distinct from published.row_count
