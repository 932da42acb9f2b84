with

resolved as (

    select * from {{ ref('int_camera_views_resolved') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

final as (

    select
        resolved.camera_view_id,
        resolved.delivery_sha256,
        resolved.camera_id,
        resolved.site_id,
        resolved.file_name,
        resolved.sheet_name,
        sites.site_name,
        sites.township_code,
        sites.township_name,
        resolved.row_number,
        resolved.is_visible,
        resolved.is_known_camera,
        sites.site_id is not null as is_known_site,
        resolved.verified_date
    from resolved
    left join sites on resolved.site_id = sites.site_id

)

select * from final
