with

register_rows as (

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

class_names as (

    select
        site_class_code,
        site_class_name as class_name
    from {{ ref('site_classes') }}
    union all
    select
        site_class_code,
        {{ each_alias('aliases') }} as class_name
    from {{ ref('site_classes') }}

),

classes as (

    select
        {{ normalised_place_name('class_name') }} as name_text,
        min(site_class_code) as site_class_code
    from class_names
    group by 1

),

resolved as (

    select
        register_rows.delivery_sha256,
        register_rows.site_id,
        register_rows.file_name,
        register_rows.sheet_name,
        register_rows.site_name,
        classes.site_class_code,
        township_names.township_code,
        coalesce(township_names.township_name, register_rows.township_name) as township_name,
        village_names.village_code,
        coalesce(village_names.village_name, register_rows.village_name) as village_name,
        register_rows.small_place_name,
        mineral_names.mineral_code,
        coalesce(mineral_names.mineral_name, register_rows.mineral_text) as mineral_name,
        register_rows.licence_number,
        register_rows.crs_name,
        register_rows.county_unit_name,
        register_rows.production_state_name,
        register_rows.responsible_enterprise_name,
        register_rows.deregistered_reason,
        {{ hash_id([
            'coalesce(township_names.township_code, ' ~ normalised_place_name('register_rows.township_name') ~ ')',
            'coalesce(village_names.village_code, ' ~ normalised_place_name('register_rows.village_name') ~ ')',
            normalised_place_name('register_rows.site_name')
        ]) }} as natural_key_hash,
        -- What was delivered, so that a version begins where the register changed and not where a
        -- village got another code.
        {{ hash_id([
            'register_rows.site_name', 'register_rows.class_name', 'register_rows.township_name',
            'register_rows.village_name', 'register_rows.small_place_name', 'register_rows.longitude',
            'register_rows.latitude', 'register_rows.crs_name', 'register_rows.mineral_text',
            'register_rows.licence_number', 'register_rows.licence_from_date',
            'register_rows.licence_to_date', 'register_rows.closed_date',
            'register_rows.warning_sign_code', 'register_rows.responsibility_plate_code',
            'register_rows.county_unit_name', 'register_rows.township_grid_member_name',
            'register_rows.village_grid_member_name', 'register_rows.grid_area_text',
            'register_rows.grid_duty_text', 'register_rows.production_state_name',
            'register_rows.key_area_code', 'register_rows.responsible_enterprise_name',
            'register_rows.registered_date', 'register_rows.deregistered_date',
            'register_rows.deregistered_reason'
        ]) }} as content_hash,
        register_rows.row_number,
        {{ wgs84_longitude(
            'register_rows.longitude', 'register_rows.latitude', 'register_rows.crs_name'
        ) }} as longitude,
        {{ wgs84_latitude(
            'register_rows.longitude', 'register_rows.latitude', 'register_rows.crs_name'
        ) }} as latitude,
        register_rows.longitude is not null and register_rows.latitude is not null as has_coordinates,
        coalesce(register_rows.warning_sign_code = 'yes', false) as has_warning_sign,
        coalesce(register_rows.responsibility_plate_code = 'yes', false) as has_responsibility_plate,
        {{ is_person_named('register_rows.township_grid_member_name') }} as has_township_grid_member,
        {{ is_person_named('register_rows.village_grid_member_name') }} as has_village_grid_member,
        coalesce(register_rows.key_area_code = 'yes', false) as is_key_area,
        register_rows.closed_date,
        register_rows.licence_from_date,
        register_rows.licence_to_date,
        register_rows.registered_date,
        register_rows.deregistered_date,
        register_rows.received_at
    from register_rows
    left join classes
        on {{ normalised_place_name('register_rows.class_name') }} = classes.name_text
    left join township_names
        on {{ normalised_place_name('register_rows.township_name') }} = township_names.name_text
    left join village_names
        on
            township_names.township_code = village_names.township_code
            and {{ normalised_place_name('register_rows.village_name') }} = village_names.name_text
    -- Of several minerals in one cell the first counts.
    left join mineral_names
        on
            {{ normalised_place_name(
                "split_part(translate(register_rows.mineral_text, '、，,；;/', '||||||'), '|', 1)"
            ) }} = mineral_names.name_text

),

-- A township may send a site before it knows its number. Once exactly one numbered site of that name
-- in that village is known, the two are one site with one history.
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
