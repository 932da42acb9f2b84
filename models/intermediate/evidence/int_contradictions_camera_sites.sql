with

cameras as (

    select * from {{ ref('dim_cameras') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

views as (

    select * from {{ ref('fct_camera_views') }}

),

measured as (

    select
        cameras.camera_id,
        sites.site_id,
        cameras.view_radius_m,
        {{ distance_m(
            'cameras.longitude', 'cameras.latitude', 'sites.longitude', 'sites.latitude'
        ) }} as distance_m
    from cameras
    inner join sites on cameras.township_code = sites.township_code

),

-- Somebody who went there knows better than the circle on the map.
final as (

    select
        measured.camera_id,
        measured.site_id,
        measured.distance_m,
        views.is_visible is not null as is_view_verified,
        count(*) over (partition by measured.camera_id) = 1 as is_only_site
    from measured
    left join views
        on measured.camera_id = views.camera_id and measured.site_id = views.site_id
    where
        coalesce(views.is_visible, coalesce(measured.distance_m <= measured.view_radius_m, false))

)

select * from final
