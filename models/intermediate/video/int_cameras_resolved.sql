with

cameras as (

    select * from {{ ref('stg_cameras') }}

),

places as (

    select * from {{ ref('int_mentions_matched') }}
    where source_code = 'camera'

),

value_names as (

    select * from {{ ref('int_value_names') }}

),

context as (

    select cast(as_of_at as date) as as_of_date from {{ source('build', 'context') }}

),

resolved as (

    select
        cameras.*,
        coalesce(kinds.value_code, 'other') as camera_kind_code,
        coalesce(states.value_code, 'unknown') as build_state_code,
        places.township_code,
        places.village_code,
        places.site_id,
        places.site_name,
        places.match_distance_m,
        places.longitude as wgs84_longitude,
        places.latitude as wgs84_latitude,
        -- It serves from the day it was built; acceptance is paper that may come months later.
        coalesce(cameras.built_date, cameras.accepted_date) as service_from_date
    from cameras
    left join places on {{ hash_id(["'camera'", 'cameras.device_id']) }} = places.mention_id
    left join value_names as kinds
        on
            kinds.list_code = 'camera_kind'
            and {{ normalised_place_name('cameras.kind_name') }} = kinds.name_text
    left join value_names as states
        on
            states.list_code = 'camera_build_state'
            and {{ normalised_place_name('cameras.build_state_name') }} = states.name_text

),

final as (

    select
        resolved.device_id as camera_id,
        resolved.delivery_sha256,
        resolved.camera_name,
        resolved.camera_kind_code,
        resolved.build_state_code,
        resolved.township_code,
        resolved.village_code,
        resolved.site_id,
        resolved.site_name,
        resolved.crs_name,
        resolved.file_name,
        resolved.sheet_name,
        resolved.row_number,
        resolved.view_radius_m,
        resolved.match_distance_m,
        resolved.wgs84_longitude as longitude,
        resolved.wgs84_latitude as latitude,
        -- A date says more than a state that nobody went back to change.
        case
            when resolved.service_from_date is not null
                then resolved.service_from_date <= context.as_of_date
            else resolved.build_state_code in ('built', 'accepted')
        end as is_in_service,
        coalesce(resolved.built_date <= resolved.planned_date, false) as is_built_in_time,
        coalesce(resolved.accepted_date < resolved.built_date, false) as has_date_conflict,
        coalesce(
            case
                when resolved.build_state_code in ('built', 'accepted')
                    then resolved.service_from_date > context.as_of_date
                when resolved.build_state_code in ('planned', 'under_construction')
                    then resolved.service_from_date <= context.as_of_date
            end,
            false
        ) as has_state_conflict,
        resolved.planned_date,
        resolved.built_date,
        resolved.accepted_date,
        resolved.service_from_date,
        resolved.first_received_at,
        resolved.received_at
    from resolved
    cross join context

)

select * from final
