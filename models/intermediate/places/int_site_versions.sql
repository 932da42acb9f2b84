with

sites as (

    select * from {{ ref('int_sites_resolved') }}

),

-- Of one moment only the last row counts, as inside one file.
delivered as (

    select * from sites
    qualify row_number() over (
        partition by site_id, received_at
        order by
            file_name desc, delivery_sha256 desc, sheet_name desc nulls last, row_number desc
    ) = 1

),

-- A site that a later register does not carry stays: no delivery is a full list.
changed as (

    select * from delivered
    qualify content_hash is distinct from lag(content_hash) over (
        partition by site_id order by received_at
    )

),

final as (

    select
        {{ hash_id(['site_id', 'received_at']) }} as site_version_id,
        site_id,
        delivery_sha256,
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
        file_name,
        sheet_name,
        row_number,
        longitude,
        latitude,
        has_coordinates,
        has_warning_sign,
        has_responsibility_plate,
        has_township_grid_member,
        has_village_grid_member,
        is_key_area,
        has_coordinates
        and has_warning_sign
        and has_responsibility_plate
        and (has_township_grid_member or has_village_grid_member) as is_register_complete,
        -- Who registered it without a date did register it; from its 销号日期 on it is no longer one.
        {{ is_in_force("coalesce(registered_date, date '1949-01-01')", 'deregistered_date') }}
            as is_active,
        lead(received_at) over (partition by site_id order by received_at) is null as is_current,
        closed_date,
        licence_from_date,
        licence_to_date,
        registered_date,
        deregistered_date,
        -- It was supervised from its registration on, which the first file reports afterwards.
        case
            when lag(received_at) over (partition by site_id order by received_at) is null
                then least(cast(registered_date as timestamp), received_at)
            else received_at
        end as valid_from_at,
        lead(received_at) over (partition by site_id order by received_at) as valid_to_at
    from changed

)

select * from final
