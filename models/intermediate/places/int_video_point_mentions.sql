with

points as (

    select * from {{ ref('int_video_event_points') }}

),

final as (

    select
        {{ hash_id(["'video_point'", 'point_key']) }} as mention_id,
        point_key,
        crs_name,
        longitude,
        latitude
    from points

)

select * from final
