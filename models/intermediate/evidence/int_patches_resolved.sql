with

staged as (

    select * from {{ ref('stg_patches') }}

),

patch_conclusions as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'patch_conclusion'

),

cases as (

    select distinct case_id from {{ ref('stg_cases') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.patch_id,
        staged.case_id,
        staged.file_name,
        staged.sheet_name,
        case
            when staged.conclusion_name is null then 'none'
            else coalesce(patch_conclusions.value_code, 'other')
        end as conclusion_code,
        coalesce(patch_conclusions.value_name, staged.conclusion_name) as conclusion_name,
        staged.row_number,
        staged.area_mu,
        {{ wgs84_longitude(
            'staged.longitude', 'staged.latitude', 'staged.crs_name'
        ) }} as longitude,
        {{ wgs84_latitude(
            'staged.longitude', 'staged.latitude', 'staged.crs_name'
        ) }} as latitude,
        cases.case_id is not null as is_known_case,
        staged.issued_date,
        staged.reported_date
    from staged
    left join patch_conclusions
        on {{ normalised_place_name('staged.conclusion_name') }} = patch_conclusions.name_text
    left join cases on staged.case_id = cases.case_id

)

select * from final
