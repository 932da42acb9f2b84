with

versions as (

    select * from {{ ref('int_site_versions') }}

),

final as (

    select
        site_version_id,
        site_id,
        site_name,
        site_class_code,
        township_code,
        township_name,
        village_code,
        village_name,
        small_place_name,
        mineral_code,
        mineral_name,
        licence_number,
        crs_name,
        county_unit_name,
        production_state_name,
        responsible_enterprise_name,
        deregistered_reason,
        longitude,
        latitude,
        has_coordinates,
        has_warning_sign,
        has_responsibility_plate,
        has_township_grid_member,
        has_village_grid_member,
        is_key_area,
        is_register_complete,
        is_active,
        is_current,
        closed_date,
        licence_from_date,
        licence_to_date,
        registered_date,
        deregistered_date,
        valid_from_at,
        valid_to_at
    from versions

)

select * from final
