with

events as (

    select * from {{ ref('int_video_events_read') }}

),

-- Points of deliveries that this build does not use stay: no event stands on them.
final as (

    select distinct
        point_key,
        crs_name,
        longitude,
        latitude
    from events
    where point_key is not null

)

select * from final
