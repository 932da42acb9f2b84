with

staged as (

    select * from {{ ref('stg_projects') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

project_kinds as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'project_kind'

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.project_id,
        staged.file_name,
        staged.sheet_name,
        staged.project_name,
        approving_units.unit_code as approving_unit_code,
        coalesce(approving_units.unit_name, staged.approving_unit_name) as approving_unit_name,
        case
            when staged.kind_name is null then 'none'
            else coalesce(project_kinds.value_code, 'other')
        end as project_kind_code,
        coalesce(project_kinds.value_name, staged.kind_name) as project_kind_name,
        township_names.township_code,
        village_names.village_code,
        staged.row_number,
        {{ wgs84_longitude(
            'staged.longitude', 'staged.latitude', 'staged.crs_name'
        ) }} as longitude,
        {{ wgs84_latitude(
            'staged.longitude', 'staged.latitude', 'staged.crs_name'
        ) }} as latitude,
        coalesce(staged.is_publicised = 'yes', false) as is_publicised,
        {{ is_person_named('staged.supervisor_name') }} as has_named_supervisor,
        staged.start_date,
        staged.end_date
    from staged
    left join unit_names as approving_units
        on {{ normalised_place_name('staged.approving_unit_name') }} = approving_units.name_text
    left join project_kinds
        on {{ normalised_place_name('staged.kind_name') }} = project_kinds.name_text
    left join township_names
        on {{ normalised_place_name('staged.township_name') }} = township_names.name_text
    left join village_names
        on
            township_names.township_code = village_names.township_code
            and {{ normalised_place_name('staged.village_name') }} = village_names.name_text

)

select * from final
