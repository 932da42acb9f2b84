with

cameras as (

    select * from {{ ref('int_cameras_resolved') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

final as (

    select
        cameras.camera_id,
        cameras.delivery_sha256,
        cameras.township_code,
        townships.township_name,
        cameras.village_code,
        villages.village_name,
        cameras.site_id,
        cameras.site_name,
        cameras.camera_name,
        cameras.camera_kind_code,
        cameras.build_state_code,
        cameras.crs_name,
        cameras.file_name,
        cameras.sheet_name,
        cameras.row_number,
        cameras.view_radius_m,
        cameras.match_distance_m,
        cameras.longitude,
        cameras.latitude,
        cameras.is_in_service,
        cameras.is_built_in_time,
        cameras.has_date_conflict,
        cameras.has_state_conflict,
        cameras.planned_date,
        cameras.built_date,
        cameras.accepted_date,
        cameras.service_from_date,
        cameras.first_received_at as listed_at,
        cameras.received_at as reported_at
    from cameras
    left join townships on cameras.township_code = townships.township_code
    left join villages on cameras.village_code = villages.village_code

)

select * from final
