with

events as (

    select * from {{ ref('stg_video_events') }}
    where longitude between -180 and 180 and latitude between -90 and 90

),

-- Four decimals are some 10 m: a pan-tilt camera computes a new point for every frame.
rounded as (

    select distinct
        cast(longitude as decimal(8, 4)) as longitude,
        cast(latitude as decimal(7, 4)) as latitude,
        crs_name
    from events

),

final as (

    select
        cast(longitude as varchar) || ',' || cast(latitude as varchar) || ','
        || coalesce(crs_name, '') as point_key,
        crs_name,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude
    from rounded

)

select * from final
