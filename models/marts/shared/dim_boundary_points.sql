with

points as (

    select * from {{ ref('stg_boundary') }}

),

final as (

    select
        ring_number,
        point_number,
        {{ wgs84_longitude('longitude', 'latitude', 'crs_name') }} as longitude,
        {{ wgs84_latitude('longitude', 'latitude', 'crs_name') }} as latitude
    from points

)

select * from final
