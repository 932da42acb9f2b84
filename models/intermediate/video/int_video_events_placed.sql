with

events as (

    select * from {{ ref('int_video_events_merged') }}

),

points as (

    select * from {{ ref('int_mentions_matched') }}
    where source_code = 'video_point'

),

cameras as (

    select * from {{ ref('int_cameras_resolved') }}

),

-- A camera on a mast is not where the digging is: the event's own point counts, and if no site is
-- near that, none near the mast is taken instead.
final as (

    select
        events.video_event_id,
        cameras.camera_name,
        coalesce(points.township_code, cameras.township_code) as township_code,
        case
            when coalesce(points.township_code = cameras.township_code, true)
                then coalesce(points.village_code, cameras.village_code)
            else points.village_code
        end as village_code,
        case when points.mention_id is null then cameras.site_id else points.site_id end as site_id,
        case when points.mention_id is null then cameras.site_name else points.site_name end
            as site_name,
        case
            when points.mention_id is null then cameras.match_distance_m
            else points.match_distance_m
        end as match_distance_m,
        coalesce(points.longitude, cameras.longitude) as longitude,
        coalesce(points.latitude, cameras.latitude) as latitude,
        points.mention_id is not null as has_own_coordinates
    from events
    left join points on {{ hash_id(["'video_point'", 'events.point_key']) }} = points.mention_id
    left join cameras on events.camera_id = cameras.camera_id

)

select * from final
