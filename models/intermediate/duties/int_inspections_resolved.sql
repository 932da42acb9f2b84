with

staged as (

    select * from {{ ref('stg_inspections') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

inspection_levels as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'inspection_level'

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.inspection_id,
        staged.site_id,
        staged.file_name,
        staged.sheet_name,
        staged.problem_text,
        staged.problem_kind_name,
        inspected_units.unit_code as inspected_unit_code,
        coalesce(inspected_units.unit_name, staged.inspected_unit_name) as inspected_unit_name,
        case
            when staged.level_name is null then 'none'
            else coalesce(inspection_levels.value_code, 'other')
        end as inspection_level_code,
        coalesce(inspection_levels.value_name, staged.level_name) as inspection_level_name,
        township_names.township_code,
        staged.row_number,
        coalesce(staged.is_announced = 'yes', false) as is_announced,
        coalesce(staged.problem_text not in ('', '未发现', '未发现问题', '没有', '无问题', '未发现异常'), false)
            as has_problem,
        staged.inspection_date,
        staged.rectify_due_date,
        staged.rectified_date
    from staged
    left join unit_names as inspected_units
        on {{ normalised_place_name('staged.inspected_unit_name') }} = inspected_units.name_text
    left join inspection_levels
        on {{ normalised_place_name('staged.level_name') }} = inspection_levels.name_text
    left join township_names
        on {{ normalised_place_name('staged.township_name') }} = township_names.name_text

)

select * from final
