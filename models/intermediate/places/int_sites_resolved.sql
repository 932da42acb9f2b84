with

delivered as (

    select * from {{ ref('stg_sites') }}

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

mineral_names as (

    select * from {{ ref('int_mineral_names') }}

),

classes as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'site_class'

),

resolved as (

    select
        delivered.delivery_sha256,
        delivered.site_id,
        delivered.file_name,
        delivered.sheet_name,
        delivered.site_name,
        classes.value_code as site_class_code,
        township_names.township_code,
        coalesce(township_names.township_name, delivered.township_name) as township_name,
        village_names.village_code,
        coalesce(village_names.village_name, delivered.village_name) as village_name,
        delivered.small_place_name,
        mineral_names.mineral_code,
        coalesce(mineral_names.mineral_name, delivered.mineral_text) as mineral_name,
        delivered.licence_number,
        delivered.crs_name,
        delivered.county_unit_name,
        delivered.production_state_name,
        delivered.responsible_enterprise_name,
        delivered.deregistered_reason,
        {{ hash_id([
            'coalesce(township_names.township_code, '
            ~ normalised_place_name('delivered.township_name') ~ ')',
            'coalesce(village_names.village_code, '
            ~ normalised_place_name('delivered.village_name') ~ ')',
            normalised_place_name('delivered.site_name')
        ]) }} as natural_key_hash,
        -- What was delivered, so that a version begins where the register changed and not where
        -- a village got another code.
        {{ hash_id([
            'delivered.site_name', 'delivered.class_name', 'delivered.township_name',
            'delivered.village_name', 'delivered.small_place_name', 'delivered.longitude',
            'delivered.latitude', 'delivered.crs_name', 'delivered.mineral_text',
            'delivered.licence_number', 'delivered.licence_from_date',
            'delivered.licence_to_date', 'delivered.closed_date',
            'delivered.warning_sign_code', 'delivered.responsibility_plate_code',
            'delivered.county_unit_name', 'delivered.township_grid_member_name',
            'delivered.village_grid_member_name', 'delivered.grid_area_text',
            'delivered.grid_duty_text', 'delivered.production_state_name',
            'delivered.key_area_code', 'delivered.responsible_enterprise_name',
            'delivered.registered_date', 'delivered.deregistered_date',
            'delivered.deregistered_reason'
        ]) }} as content_hash,
        delivered.row_number,
        {{ wgs84_longitude(
            'delivered.longitude', 'delivered.latitude', 'delivered.crs_name'
        ) }} as longitude,
        {{ wgs84_latitude(
            'delivered.longitude', 'delivered.latitude', 'delivered.crs_name'
        ) }} as latitude,
        delivered.longitude is not null and delivered.latitude is not null as has_coordinates,
        coalesce(delivered.warning_sign_code = 'yes', false) as has_warning_sign,
        coalesce(delivered.responsibility_plate_code = 'yes', false) as has_responsibility_plate,
        {{ is_person_named('delivered.township_grid_member_name') }} as has_township_grid_member,
        {{ is_person_named('delivered.village_grid_member_name') }} as has_village_grid_member,
        coalesce(delivered.key_area_code = 'yes', false) as is_key_area,
        delivered.closed_date,
        delivered.licence_from_date,
        delivered.licence_to_date,
        delivered.registered_date,
        delivered.deregistered_date,
        delivered.received_at
    from delivered
    left join classes
        on {{ normalised_place_name('delivered.class_name') }} = classes.name_text
    left join township_names
        on {{ normalised_place_name('delivered.township_name') }} = township_names.name_text
    left join village_names
        on
            township_names.township_code = village_names.township_code
            and {{ normalised_place_name('delivered.village_name') }} = village_names.name_text
    -- Of several minerals in one cell the first counts.
    left join mineral_names
        on
            {{ normalised_place_name(first_of_several('delivered.mineral_text')) }}
            = mineral_names.name_text

),

-- A township may send a site before it knows its number. Once exactly one numbered site of that
-- name in that village is known, the two are one site with one history.
numbered as (

    select
        natural_key_hash,
        min(site_id) as site_id
    from resolved
    where site_id is not null
    group by natural_key_hash
    having count(distinct site_id) = 1

),

final as (

    select
        resolved.delivery_sha256,
        coalesce(
            resolved.site_id, numbered.site_id, 'natural:' || resolved.natural_key_hash
        ) as site_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.site_name,
        resolved.site_class_code,
        resolved.township_code,
        resolved.township_name,
        resolved.village_code,
        resolved.village_name,
        resolved.small_place_name,
        resolved.mineral_code,
        resolved.mineral_name,
        resolved.licence_number,
        resolved.crs_name,
        resolved.county_unit_name,
        resolved.production_state_name,
        resolved.responsible_enterprise_name,
        resolved.deregistered_reason,
        resolved.content_hash,
        resolved.row_number,
        resolved.longitude,
        resolved.latitude,
        resolved.has_coordinates,
        resolved.has_warning_sign,
        resolved.has_responsibility_plate,
        resolved.has_township_grid_member,
        resolved.has_village_grid_member,
        resolved.is_key_area,
        resolved.closed_date,
        resolved.licence_from_date,
        resolved.licence_to_date,
        resolved.registered_date,
        resolved.deregistered_date,
        resolved.received_at
    from resolved
    left join numbered on resolved.natural_key_hash = numbered.natural_key_hash

)

select * from final
