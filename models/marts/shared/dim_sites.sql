with

versions as (

    select * from {{ ref('int_site_versions') }}

),

-- Seen from any camera is seen.
views as (

    select
        site_id,
        min(verified_date) as first_visible_date
    from {{ ref('int_camera_views_resolved') }}
    where is_visible
    group by site_id

),

final as (

    select
        versions.site_version_id,
        versions.site_id,
        versions.delivery_sha256,
        versions.site_name,
        versions.site_class_code,
        versions.township_code,
        versions.township_name,
        versions.village_code,
        versions.village_name,
        versions.small_place_name,
        versions.mineral_code,
        versions.mineral_name,
        versions.licence_number,
        versions.crs_name,
        versions.county_unit_name,
        versions.production_state_name,
        versions.responsible_enterprise_name,
        versions.deregistered_reason,
        versions.file_name,
        versions.sheet_name,
        versions.row_number,
        versions.longitude,
        versions.latitude,
        versions.has_coordinates,
        versions.has_warning_sign,
        versions.has_responsibility_plate,
        versions.has_township_grid_member,
        versions.has_village_grid_member,
        versions.is_key_area,
        versions.is_register_complete,
        versions.is_active,
        versions.is_current,
        versions.closed_date,
        versions.licence_from_date,
        versions.licence_to_date,
        versions.registered_date,
        versions.deregistered_date,
        views.first_visible_date,
        versions.valid_from_at,
        versions.valid_to_at
    from versions
    left join views on versions.site_id = views.site_id

)

select * from final
